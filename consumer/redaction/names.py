"""Names of people behind a cue: "my name is ...", "this is ... speaking", an answer to "may i have your name", spelled letters."""

from typing import Final

from consumer.redaction import answers, spelling
from consumer.redaction import lexicon as lx
from consumer.redaction.everyday import GIVEN, SURNAMES
from consumer.redaction.line import Line
from consumer.redaction.spelling import Range
from consumer.redaction.vocabulary import is_known, is_talk

LONGEST: Final = 4
_PAIR: Final = 2  # a given and a last name
_LONGEST_LEAD: Final = 6  # words of talk before a name that nothing announces
_MOST_STRANGE: Final = 5  # words of an answer that are no talk; more of them are another story

_NOT_FIRST: Final = frozenset(
    """
    misspelled incorrect associated attached different changed required mentioned shown unable interested wondering having doing
    trouble available missing pending blank private confidential not
    """.split()
)
ALSO_NAMES: Final = frozenset("may will grace hope rich mark bill rose faith joy dean".split())
_VERB_SUBJECTS: Final = frozenset(
    "i we you he she they it be not have the a this that my your get take do need".split()
)
_TITLES: Final = frozenset("mr mrs ms miss dr doctor mister missus professor prof".split())
PARTICLES: Final = frozenset("de van von der den la le du da di del dos el al bin ibn mac mc st".split())
_NUMERIC: Final = frozenset("dtTnmhk")
_SKIPPED: Final = frozenset("is it's that's yes yeah okay ok sure so well of course actually be would the like".split())


def name(line: Line, start: int, *, sure: bool = True) -> Range | None:
    """Find a name of up to four words, spelled parts included, that begins at a token (hesitations and titles aside).

    Where it begins with a capital, only capitalised words belong to it. Where a cue only mentions a name, words of every day are none.
    """
    index = _skip(line, start)
    if index >= len(line.words) or not _word_of_name(line, index) or line.words[index] in _NOT_FIRST:
        return None
    if not (sure or _told(line, index) or spelling.is_letter(line, index) or _alone_behind(line, index)):
        return None
    capitals = (answers.proper(line, index) or len(line.words[index]) == 1) and not spelling.is_letter(line, index)
    last = index
    if spelling.is_letter(line, index):
        last, count, _ = spelling.stretch(line, index)
        if count < 2:  # noqa: PLR2004 - one letter is no name
            return None
    words, following = 1, last + 1
    while following < len(line.words) and words < LONGEST:
        word = line.words[following]
        if word in "-'" or (word == "." and len(line.words[following - 1]) == 1):
            following += 1
            continue
        if spelling.is_letter(line, following) and word not in ("i", "a"):
            last = spelling.stretch(line, following)[0]
            if last - following > 0:
                return index, last
        elif (capitals and word not in PARTICLES and not line.capital(following)) or not _word_of_name(line, following):
            break
        last, words = following, words + (word not in PARTICLES)
        following = last + 1
    return index, last


def answer(line: Line, covered: frozenset[int] = frozenset(), *, fresh: bool = False) -> list[Range]:
    """List the names in an answer; `covered` tokens are explained already.

    A word that nobody knows is a name unless another word holds it ("in the kerfuffle"); a name that is a word as well ("penny") has to
    stand alone. To a `fresh` question one or two words of every day that say nothing else are a name as well ("it's lance").
    """
    candidates = [at for at, word in enumerate(line.words) if (not is_talk(word) or word in GIVEN) and len(word) > 1]
    if not candidates:
        return []
    found: list[Range] = []
    frame = answers.Frame(line, covered)
    strange, index = 0, 0
    for at in candidates:
        place = name(line, at) if at >= index and _begins(line, at, covered) else None
        if place is None:
            continue
        index = place[1] + 1
        place = _with_first(line, place, covered), place[1]
        sure = any(evident(line, one) for one in range(place[0], place[1] + 1))
        strange += sum(one not in covered for one in range(place[0], place[1] + 1))
        if (sure and _stands(line, place, frame, covered)) or (_open(line, place[0], frame) and frame.ends(place[1])):
            found.append(place)
    if not found and fresh and not covered and (place := _plain(line, frame)) is not None:
        return [place]
    return found if strange <= _MOST_STRANGE + 2 * len(found) else []


def _plain(line: Line, frame: answers.Frame) -> Range | None:
    """Find one or two words of every day as the whole of an answer."""
    found = answers.runs(line, 0, answers.plain)
    if len(found) != 1 or line.numeric or line.cues or "?" in line.words:
        return None
    first, last = found[0]
    short = last - first < _PAIR and all(
        line.classes[at] == lx.OTHER and not line.words[at].endswith("'s") for at in range(first, last + 1)
    )
    alone = frame.led(first) and answers.introduced(line, first) and first <= _LONGEST_LEAD and frame.ends(last)
    return (first, last) if short and alone and not answers.held(line, first) else None


def _open(line: Line, first: int, frame: answers.Frame) -> bool:
    return frame.led(first) or (
        first <= _LONGEST_LEAD and answers.introduced(line, first) and not answers.held(line, first)
    )


def _with_first(line: Line, place: Range, covered: frozenset[int]) -> int:
    """Go back over words of every day before a name that nobody knows: "sun hee hughes"."""
    first = place[0]
    while first and place[0] - first < 2 and answers.plain(line, first - 1) and first - 1 not in covered:  # noqa: PLR2004 - two given names
        first -= 1
    return (
        first
        if first < place[0]
        and (answers.introduced(line, first) or _led(line, first))
        and not line.words[first].endswith("s")
        else place[0]
    )


def _led(line: Line, first: int) -> bool:
    return all(
        is_talk(line.words[at]) or not line.words[at][0].isalpha() for at in range(max(first - _LONGEST_LEAD, 0), first)
    ) and not answers.held(line, first)


def _begins(line: Line, index: int, covered: frozenset[int]) -> bool:
    word = line.words[index]
    if index in covered or not word[0].isalpha() or len(word) < 2:  # noqa: PLR2004 - letters are spelled
        return False
    if line.classes[index] == lx.TAG or (line.unmasked[index] == "Q"):
        return False
    if line.classes[index] in "MOu" and word not in GIVEN:
        return False
    return evident(line, index) or word in GIVEN or word in SURNAMES


def evident(line: Line, index: int) -> bool:
    """Tell whether a word speaks for a name by itself."""
    return line.unmasked[index] not in "QMOdtTn" and (not is_known(line.words[index]) or answers.proper(line, index))


def _told(line: Line, index: int) -> bool:
    """Tell a name behind a cue that only mentions one: a word that nobody knows, or a name with a capital; no "Music Practice"."""
    word = line.words[index]
    return evident(line, index) and (
        not is_known(word)
        or word in GIVEN
        or word in SURNAMES
        or (index + 1 < len(line.words) and not is_known(line.words[index + 1]))
    )


def _stands(line: Line, place: Range, frame: answers.Frame, covered: frozenset[int]) -> bool:
    """Tell whether a word that nobody knows stands where an answer does."""
    first, last = place
    behind = last + 1
    if behind + 1 < len(line.words) and line.words[behind] == "-" and line.glued(behind):
        behind += 1
    if behind < len(line.words) and line.masked[behind] in "dtTn$|%u":
        return False
    if answers.held(line, first):
        return False
    return (
        answers.introduced(line, first)
        or frame.led(first)
        or not covered.isdisjoint((first - 1, last + 1, last + 2, last + 3))
        or (frame.ends(last) and first <= _LONGEST_LEAD)
    )


def _alone_behind(line: Line, index: int) -> bool:
    """Tell whether a name that is a word as well is the last thing said: "last name baker", "surname king spelt k i n g"."""
    word, behind = line.words[index], line.words[index + 1 : index + 2]
    return (word in GIVEN or word in SURNAMES) and (
        not behind
        or behind[0] in SURNAMES
        or not is_known(behind[0])
        or line.unmasked[index + 1] in "Q,.l"
        or answers.closes(line, index)
    )


def _skip(line: Line, index: int) -> int:
    """Pass over hesitations and titles."""
    words = line.words
    while index < len(words) and (
        words[index] in lx.FILLERS or words[index] in _TITLES or words[index] in _SKIPPED or words[index] in ",:-."
    ):
        index += 1
    return index


def _word_of_name(line: Line, index: int) -> bool:
    word = line.words[index]
    if not word[0].isalpha() or (line.classes[index] in _NUMERIC and not line.capital(index)):
        return False
    if word in ALSO_NAMES:
        following = line.words[index + 1] if index + 1 < len(line.words) else "."
        return following not in _VERB_SUBJECTS or (
            index > 0 and line.capital(index) and line.words[index - 1] not in ".?!"
        )
    if word in PARTICLES:
        return index + 1 < len(line.words)
    return (not is_talk(word) or word in GIVEN or word in SURNAMES) and not word.endswith("'s") and not line.cued(index)
