"""Passwords behind a cue, and as the answer to a question for one: words, spelled letters, digits and signs."""

from typing import Final

from consumer.redaction import answers, spelling
from consumer.redaction import lexicon as lx
from consumer.redaction.cues import Cue
from consumer.redaction.line import Line
from consumer.redaction.spelling import Range
from consumer.redaction.vocabulary import is_known, is_talk

_LONGEST: Final = 40
_FEWEST_LETTERS: Final = 3
_LONGEST_LEAD: Final = 6  # words of talk before a value that nothing announces
_LONGEST_ANSWER: Final = 12
_FARTHEST_STATE: Final = 7  # words between "password" and "is": "password i've got on here is"
_SENTENCE_END: Final = frozenset(".?!;")
_STATES: Final = frozenset(("is", ":", "was", "=", "would", "be", "reads", "says", "it's", "that's", "used", "being"))
_FIRST_ONLY: Final = frozenset(("it's", "that's", "be", "would"))
_NOT_SAID: Final = frozenset(
    """
    reset has have link links for to and or i you we they that when again please did do does not with on in at by of from isn't doesn't
    won't wasn't expired expires manager change changed needs so but because if then page it what wrong incorrect refusing rejected
    invalid too set no yes something still always the this your here there working required case
    """.split()
)
_DECLINES: Final = frozenset(
    "don't didn't forgot forgotten know remember why what can't cannot reset sent not look looking find need never".split()
)
_TRAILING: Final = frozenset(
    """
    thanks thank you please okay ok got it is that right i believe think and if helps at least says here what that's all of did get lower
    upper case lowercase uppercase one word small letters now for moment always sir mate come through have lot reckon only cheers ta yeah alright no spaces together so
    """.split()
)
_SIGNS: Final = frozenset(
    "hash star exclamation mark sign underscore dash hyphen dot slash percent ampersand asterisk question plus equals dollar capital"
    " uppercase lowercase at full stop".split()
)
_NOT_ALONE: Final = frozenset(
    "mark sign dash dot question plus capital uppercase lowercase full stop at dollar star".split()
)
_ASKS: Final = frozenset(
    "what what's which how why when who where can could may would do does did is are have has tell give".split()
)
_QUESTION: Final = frozenset("what what's which how why".split())
_LONGEST_PHRASE: Final = 6
# Words of a sentence: what holds one is no password.
_SENTENCE: Final = frozenset(
    "i you he she it we they is are was were be am has have had do does did a an the on in at of from with to not no and but or my your"
    " it's that's i'm got get been so many this these every still just went go come up out off need want".split()
)
_DIGITS: Final = frozenset("dtTnhm")


def cued(line: Line, cue: Cue) -> Range | None:
    """Read "password is ...", "password: ...", "the password i use is ..." up to the end of the sentence."""
    words = line.words
    start = cue.last + 1
    states = words[cue.last] in _STATES or words[cue.last] == "to" or words[cue.last].endswith("'s")
    if not states:
        for at in range(start, min(start + _FARTHEST_STATE, len(words))):
            if words[at] in _STATES and not (at == start and words[at] in _FIRST_ONLY):
                start, states = at, True
                break
            if not is_talk(words[at]) or words[at] in answers.MARKS:
                break
    while start < len(words) and (
        words[start] in _STATES or words[start] in ",\"'-" or line.classes[start] == lx.FILLER
    ):
        states = states or words[start] in _STATES
        start += 1
    if words[start : start + 1] == ["to"] and start + 1 < len(words) and words[start + 1] not in lx.COMMON:
        start, states = start + 1, True
    if (
        start >= len(words)
        or words[start] in _NOT_SAID
        or (words[start] in answers.MARKS and not line.glued(start + 1))
        or line.classes[start] == lx.TAG
    ):
        return None
    if not states and not _glued(line, start) and (words[start] in _SENTENCE_END or not _likely(line, start)):
        return None
    if words[0] in _QUESTION and is_talk(words[start]):
        return None
    return start, _end(line, start)


def _likely(line: Line, start: int) -> bool:
    """Tell whether a value follows a cue that does not say so: "password swordfish", "password capital k e t t l e"."""
    if line.words[0] in _ASKS and line.classes[start] not in _DIGITS and is_known(line.words[start]):
        return False
    return line.words[start] in _SIGNS or not is_talk(line.words[start]) or spelling.is_letter(line, start)


def _glued(line: Line, start: int) -> bool:
    """Tell a password that is written as one, with signs or digits in it: "Start@2025"."""
    return line.glued(start + 1) and line.words[start + 1] not in ".,?;:'" and line.words[start] not in "?.,;:"


def _end(line: Line, start: int) -> int:
    last = start
    for index in range(start + 1, min(start + _LONGEST, len(line.words))):
        word = line.words[index]
        if (word in _SENTENCE_END and not line.glued(index + 1) and not line.glued(index)) or word in (
            "but", "okay", "ok", "thanks", "right", "can",
        ):  # fmt: skip
            break
        if word in _SENTENCE_END and not line.glued(index + 1):
            break
        last = index
    while last > start and (_trails(line, last) or line.words[last] in ",."):
        last -= 1
    return last


def said(line: Line, *, known: bool = False) -> Range | None:
    """Find the password in an answer; `known` says that it was given before and is only read back or spelled."""
    words = line.words
    if not words or lx.TAG in line.classes or any(cue.kind is None for cue in line.cues):
        return None
    if all(map(is_talk, words)) and not line.numeric:
        return None
    questions = words[-1] == "?" and words[0] in _ASKS
    frame = answers.Frame(line)
    best: Range | None = None
    declines = not _DECLINES.isdisjoint(words)
    spelled = _letters(line)
    for place in answers.runs(line, 0, lambda one, at: at in spelled or _belongs(one, at)):
        found = _trimmed(line, place)
        if found is None or found[1] - found[0] >= _LONGEST:
            continue
        if _evident(line, *found) and not (answers.held(line, found[0]) and not _mixed(line, *found)):
            if frame.ends(found[1]) or (
                (answers.introduced(line, found[0]) or frame.led(found[0]))
                and (answers.strange(line, *found) or _mixed(line, *found))
            ):
                best = (best[0], found[1]) if best is not None and found[0] - best[1] < 3 else found  # noqa: PLR2004
        elif (
            best is None and not declines and not known and not questions
            and found[1] - found[0] < _LONGEST_ANSWER
            and not answers.held(line, found[0])
            and (frame.led(found[0]) or (found[0] <= _LONGEST_LEAD and answers.introduced(line, found[0]))) and frame.ends(found[1])
        ):  # fmt: skip
            best = found
    if best is None and not (declines or known or questions):
        best = _phrase(line, frame)
    return _widened(line, frame, best) if best is not None and not known else best


def _phrase(line: Line, frame: answers.Frame) -> Range | None:
    """Find a few words of every day that are all of an answer: "my dog spot"."""
    first, last = frame.middle
    if (
        not 0 <= last - first < _LONGEST_PHRASE
        or line.numeric
        or line.cues
        or (answers.held(line, first) and line.words[first - 1] != "my")
    ):
        return None
    plain = [at for at in range(first, last + 1) if answers.plain(line, at)]
    sentence = (
        not _SENTENCE.isdisjoint(line.words[first : last + 1]) or sum(map(is_talk, line.words[first : last + 1])) > 1
    )
    return (
        (plain[0], plain[-1])
        if plain and not sentence and answers.introduced(line, first - (line.words[first - 1 : first] == ["my"]))
        else None
    )


def _widened(line: Line, frame: answers.Frame, place: Range) -> Range:
    """Take in words of talk where they can only be part of the password: "correct horse", "manchester united", "my dog spot"."""
    first, last = frame.middle
    if first > 0 and line.words[first - 1] == "my" and first < len(line.words):
        first -= 1
    inside = line.words[first : last + 1]
    if (
        len(inside) > _LONGEST_PHRASE
        or sum(map(is_talk, inside)) > 1 + (inside[:1] == ["my"])
        or not _SENTENCE.isdisjoint(inside[1:])
        or not (first <= place[0] and place[1] <= last)
    ):
        return place
    return first, last


def _belongs(line: Line, index: int) -> bool:
    word = line.words[index]
    if (
        (word[0] == "[" and len(word) > 1)
        or (line.unmasked[index] in "Q?!" and word.isalpha())
        or (word.endswith("'s") and not line.glued(index))
    ):
        return False
    if word in ("oh", "for", "to", "too") and line.classes[index] not in _DIGITS:
        beside = line.words[max(index - 1, 0) : index] + line.words[index + 1 : index + 2]
        return word in beside or (
            index > 0
            and line.classes[index - 1] in _DIGITS
            and line.classes[index + 1 : index + 2] in ("", "d", "t", "T", "f")
        )
    if word in answers.MARKS:
        return line.glued(index) and line.glued(index + 1)
    if line.classes[index] in _DIGITS or not word[0].isalpha():
        return True
    if len(word) == 1 or (word == "case" and line.words[index - 1] in ("upper", "lower")):
        return False
    if word in _SIGNS:
        return True
    return not is_talk(word)


def _letters(line: Line) -> frozenset[int]:
    """List the tokens of letters said one by one."""
    return frozenset(at for first, last in spelling.letters(line, fewest=2) for at in range(first, last + 1))


def _trimmed(line: Line, place: Range) -> Range | None:
    """Cut off marks and words of signs that cannot begin or end a password; a number alone is none."""
    first, last = place
    while first <= last and (
        line.words[first] in answers.MARKS or line.words[first] in ("at", "dot", "mark", "sign", "stop", "full")
    ):
        first += 1
    while last >= first and (
        line.words[last] in answers.MARKS
        or line.words[last] in ("at", "lowercase", "uppercase", "capital", "full", "dot")
    ):
        last -= 1
    if first > last:
        return None
    values = [at for at in range(first, last + 1) if line.words[at] not in _NOT_ALONE]
    if not values or (len(values) == 1 and line.words[values[0]] in ("one", "two", "1", "2")):
        return None
    return first, last


def _evident(line: Line, first: int, last: int) -> bool:
    """Tell whether a stretch speaks for a password by itself."""
    return (
        answers.strange(line, first, last)
        or _mixed(line, first, last)
        or _spelled(line, first, last)
        or any(answers.proper(line, at) for at in range(first, last + 1))
        or _numbered(line, first, last)
    )


def _spelled(line: Line, first: int, last: int) -> bool:
    return sum(spelling.is_letter(line, at) for at in range(first, last + 1)) >= _FEWEST_LETTERS


def _numbered(line: Line, first: int, last: int) -> bool:
    """Tell a word with digits or a sign behind it, "kettle star fifty six", from "page nine"."""
    said = [at for at in range(first, last + 1) if line.classes[at] in _DIGITS or line.words[at] in _SIGNS]
    return len(said) > 1 and len(said) <= last - first and said[-1] == last


def _mixed(line: Line, first: int, last: int) -> bool:
    """Tell words and digits written as one, or signs among them."""
    written = any(
        line.glued(at)
        for at in range(first + 1, last + 1)
        if line.words[at] not in answers.MARKS and line.classes[at] != lx.ORDINAL
    )
    return written and any(line.words[at][0].isalpha() for at in range(first, last + 1))


def _trails(line: Line, index: int) -> bool:
    """Tell whether a word at the end is no part of a password: "one" is, but in "one word"."""
    word = line.words[index]
    return word in _TRAILING and (word != "one" or line.words[index + 1 : index + 2] == ["word"])
