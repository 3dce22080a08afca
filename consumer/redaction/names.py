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
_ADDRESSED: Final = frozenset("mr mrs ms miss mister missus".split())
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
    return index, _name_ends(line, last, capitals=capitals)


def _name_ends(line: Line, last: int, *, capitals: bool) -> int:
    """Follow a name from its first word to the last one, spelled parts included."""
    words, following = 1, last + 1
    while following < len(line.words) and words < LONGEST:
        word = line.words[following]
        if word in "-'" or (word == "." and len(line.words[following - 1]) == 1):
            following += 1
            continue
        if _initial(line, following):
            last, words = following + 1, words + 1
            following = last + 1
            continue
        if spelling.is_letter(line, following) and word not in ("i", "a"):
            spelled = spelling.stretch(line, following)[0]
            if spelled - following > 0:
                return last if _code(line, spelled) else spelled
            if _code(line, following):
                break
        elif (capitals and word not in PARTICLES and not line.capital(following)) or not _word_of_name(line, following):
            break
        last, words = following, words + (word not in PARTICLES)
        following = last + 1
    return last


def _initial(line: Line, index: int) -> bool:
    """Tell the initial in "ines h rosenthal", "vikram a page": one letter with a last name behind it."""
    behind = index + 1
    return (
        len(line.words[index]) == 1
        and line.words[index].isalpha()
        and line.words[index] != "i"
        and behind < len(line.words)
        and len(line.words[behind]) > 1
        and line.words[behind][0].isalpha()
        and line.classes[behind] not in _NUMERIC
        and (not is_known(line.words[behind]) or line.words[behind] in SURNAMES)
        and spelling.phonetic(line, behind) == 0
    )


def _code(line: Line, last: int) -> bool:
    """Tell letters that begin a postcode, or end right before a number."""
    return last + 1 < len(line.words) and line.classes[last + 1] in _NUMERIC


def answer(line: Line, covered: frozenset[int] = frozenset(), *, fresh: bool = False) -> list[Range]:
    """List the names in an answer; `covered` tokens are explained already.

    A word that nobody knows is a name unless another word holds it ("in the kerfuffle"); a name that is a word as well ("penny") has to
    stand alone. To a `fresh` question one or two words of every day that say nothing else are a name as well ("it's lance").
    """
    words = candidates(line)
    if not words:
        return []
    found: list[Range] = []
    frame = answers.Frame(line, covered)
    strange, index = 0, 0
    for at in words:
        place = name(line, at) if at >= index and _begins(line, at, covered) else None
        if place is None:
            continue
        index = place[1] + 1
        place = _with_first(line, place, covered), place[1]
        sure = False
        for one in range(place[0], place[1] + 1):
            sure = sure or evident(line, one) or _titled(line, one)
            strange += one not in covered
        if (sure and _stands(line, place, frame, covered)) or (_open(line, place[0], frame) and frame.ends(place[1])):
            found.append(place)
    if not found and fresh and not covered and (place := as_a_whole(line, frame)) is not None:
        return [place]
    return found if strange <= _MOST_STRANGE + 2 * len(found) else []


def may_answer(word: str) -> bool:
    """Tell whether an answer with this word in it may hold a name; letters spelled aside."""
    return len(word) > 1 and (not is_talk(word) or word in GIVEN or word in _ADDRESSED)


def candidates(line: Line) -> list[int]:
    """List the words that may be one of a name in an answer."""
    if line.candidates is None:
        line.candidates = [
            at
            for at, word in enumerate(line.words)
            if len(word) > 1 and (not is_talk(word) or word in GIVEN or _titled(line, at))
        ]
    return line.candidates


def as_a_whole(line: Line, frame: answers.Frame) -> Range | None:
    """Find one or two words of every day as the whole of an answer."""
    if line.numeric or line.cues or "?" in line.words:
        return None
    found = answers.runs(line, 0, answers.plain)
    if len(found) != 1:
        return None
    first, last = found[0]
    short = last - first < _PAIR and all(
        line.classes[at] == lx.OTHER and not line.words[at].endswith("'s") for at in range(first, last + 1)
    )
    alone = frame.led(first) and answers.introduced(line, first) and first <= _LONGEST_LEAD and frame.ends(last)
    return (first, last) if short and alone and not answers.held(line, first) else None


def _open(line: Line, first: int, frame: answers.Frame) -> bool:
    return not answers.held(line, first) and (
        frame.led(first) or (first <= _LONGEST_LEAD and answers.introduced(line, first))
    )


def _with_first(line: Line, place: Range, covered: frozenset[int]) -> int:
    """Go back over words of every day before a name that nobody knows: "sun hee hughes", "drew l villanueva"."""
    first = place[0]
    if first > 1 and line.words[first - 1] not in "aio" and _initial(line, first - 1) and first - 1 not in covered:
        before = line.words[first - 2]
        if len(before) > 1 and before[0].isalpha() and before not in answers.PIVOTS and first - 2 not in covered:
            return first - 2
        if answers.introduced(line, first - 1):
            return first - 1
    if first == 1 and _may_be_given(line, 0) and 0 not in covered:
        return 0
    while (
        first
        and line.words[first - 1] not in _TITLES
        and place[0] - first < _PAIR
        and answers.plain(line, first - 1)
        and first - 1 not in covered
    ):
        first -= 1
    return (
        first
        if first < place[0]
        and (answers.introduced(line, first) or _led(line, first))
        and not line.words[first].endswith("s")
        else place[0]
    )


def _may_be_given(line: Line, index: int) -> bool:
    """Tell whether a word of talk may be a first name all the same: "blessing adeleke", but not "okay adeleke"."""
    word = line.words[index]
    return (
        word[0].isalpha()
        and line.classes[index] == lx.OTHER
        and word not in lx.COMMON
        and word not in answers.PIVOTS
        and not word.endswith("'s")
    )


def _led(line: Line, first: int) -> bool:
    return all(
        is_talk(line.words[at]) or not line.words[at][0].isalpha() for at in range(max(first - _LONGEST_LEAD, 0), first)
    ) and not answers.held(line, first)


def _begins(line: Line, index: int, covered: frozenset[int]) -> bool:
    word = line.words[index]
    if index in covered or not word[0].isalpha() or len(word) < 2:  # noqa: PLR2004 - letters are spelled
        return False
    if line.classes[index] == lx.TAG or (line.unmasked[index] == "Q") or _beside_digits(line, index):
        return False
    if (line.classes[index] in "MOu" and word not in GIVEN) or (
        word in ALSO_NAMES and line.words[max(index - 1, 0)] in ("i", "we", "you", "they", "to")
    ):
        return False
    return evident(line, index) or word in GIVEN or word in SURNAMES


def _beside_digits(line: Line, index: int) -> bool:
    """Tell a part of a code: "ls82bd"."""
    return (line.glued(index) and line.words[index - 1].isdecimal()) or (
        line.glued(index + 1) and line.words[index + 1].isdecimal()
    )


def _titled(line: Line, index: int) -> bool:
    """Tell the last name in "missus long"."""
    return index > 0 and line.words[index - 1] in _ADDRESSED and line.words[index] in SURNAMES


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
        follows = line.masked[behind] in "dtTn" and not line.glued(behind) and not _coded_name(line, place)
        return follows and frame.led(first) and answers.introduced(line, first) and not answers.held(line, first)
    if answers.held(line, first):
        return False
    return (
        answers.introduced(line, first)
        or frame.led(first)
        or not covered.isdisjoint((first - 1, last + 1, last + 2, last + 3))
        or (frame.ends(last) and first <= _LONGEST_LEAD)
    )


def _coded_name(line: Line, place: Range) -> bool:
    """Tell what a number behind it makes no name: two letters, what is glued to something, words of every day ("indigo flight")."""
    words = line.words[place[0] : place[1] + 1]
    return (
        line.glued(place[0])
        or len(words[-1]) < 3  # noqa: PLR2004
        or any(is_known(word) and word not in GIVEN and word not in SURNAMES for word in words)
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


_LONGEST_LEAD_IN: Final = 24  # tokens


def _skip(line: Line, index: int) -> int:
    """Pass over hesitations and titles."""
    words = line.words
    end = min(index + _LONGEST_LEAD_IN, len(words))
    while index < end and (
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
