"""Postcodes, and identifiers with letters in them: written, said, and told before or long behind their cue."""

import re
from typing import Final

from consumer.redaction import answers, inner, spelling
from consumer.redaction.alphabets import CODE_WORDS
from consumer.redaction.cues import Cue
from consumer.redaction.line import Line
from consumer.redaction.spelling import Range
from consumer.redaction.vocabulary import is_talk

POSTCODE: Final = re.compile(r"(?:^|[^a-z0-9])([a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})(?:[^a-z0-9]|$)")
IDENTIFIER: Final = re.compile(r"(?:^|[^a-z0-9])((?:[a-z0-9]-?){4,20})(?:[^a-z0-9]|$)")
_EARLY_DIGIT: Final = re.compile(r"[a-z-]{0,8}\d")


_INWARD: Final = 2  # letters at the end of a British postcode, which a digit is glued to
_REACH: Final = 5  # words between "zip" and "is": "the postcode on the bill's"
_FEWEST: Final = 3
_LATE: Final = 8  # tokens between a code and its cue
_HOLDS: Final = frozenset("order number reference ticket invoice case at for about".split())
_MOST: Final = 12  # what a code is said in
_STATES: Final = frozenset(("is", "be", "reads", "was"))
_NUMBER: Final = frozenset("dtTnm")
_PARTS: Final = frozenset("dtTnmhlf-")


def postcode(text: str, start: int) -> Range | None:
    """Find the first British postcode behind a place, in characters."""
    return inner.first(POSTCODE, text, start)


def identifier(text: str, start: int) -> Range | None:
    """Find the first identifier of letters and digits behind a place, in characters; it begins with a digit or has one soon."""
    while (found := inner.first(IDENTIFIER, text, start)) is not None:
        if _EARLY_DIGIT.match(text, found[0]):
            return found
        start = found[0] + 1
    return None


def apart(line: Line, cue: Cue) -> Range | None:
    """Find a code that does not follow its cue directly: "the zip for billing's ...", "... is our postcode"."""
    if (first := answers.value_before(line, cue.first)) and (found := _last(line, first)) is not None:
        return found
    words = line.words
    for at in range(cue.last + 1, min(cue.last + 1 + _REACH, len(words))):
        if words[at] in _STATES or words[at].endswith("'s"):
            return _code(line, at + 1) if at > cue.last + 1 or words[at] not in _STATES else None
        if line.classes[at] in _NUMBER or words[at] in answers.MARKS:
            break
    return _before(line, cue.first) if not _given(line, cue) else None


def _given(line: Line, cue: Cue) -> bool:
    """Tell whether a number follows the cue."""
    return any(line.classes[at] in _NUMBER for at in range(cue.last + 1, len(line.words)))


def spoken(line: Line, first: int) -> int:
    """Follow a British postcode said one by one, "s w one two eight b l", "g for george four six ...", to its end; 0 if there is none."""
    letters = digits = 0
    at, last, size = first, 0, len(line.words)
    while at < size and letters + digits < _MOST:
        if line.classes[at] in _NUMBER:
            digits, last, at = digits + 1, at, at + 1
        elif len(line.words[at]) == 1 and line.words[at].isalpha():
            behind = spelling.phonetic(line, at + 1)
            letters, last, at = letters + 1, at + behind, at + behind + 1
        elif digits and len(line.words[at]) == _INWARD and line.glued(at) and line.words[at].isalpha():
            return at if letters or digits > 1 else 0
        elif line.classes[at] in "f-" and last:
            at += 1
        else:
            break
    return last if digits and letters > 1 else 0


def anywhere(line: Line) -> list[Range]:
    """List the British postcodes that are said one by one, letters first and last."""
    found: list[Range] = []
    end = -1
    for first, word in enumerate(line.words):
        if first <= end or len(word) != 1 or not word.isalpha() or word == "i":
            continue
        last = spoken(line, first)
        numbers = [at for at in range(first, last + 1) if line.classes[at] in _NUMBER]
        letters = [at for at in range(first, last + 1) if len(line.words[at]) == 1 and line.words[at].isalpha()]
        if len(numbers) > 1 and len(letters) > _INWARD and letters[-_INWARD] > numbers[-1]:
            found.append((first, last))
            end = last
    return found


def _before(line: Line, end: int) -> Range | None:
    """Find a whole code some words of talk before its cue: "... in case you need my zip code", "..., and that was my postcode"."""
    at = end - 1
    while (
        at >= 0
        and end - at <= _LATE
        and (line.words[at] in answers.MARKS or is_talk(line.words[at]))
        and not _part(line, at)
    ):
        at -= 1
    found = _last(line, at + 1) if at >= 0 and at < end - 1 else None
    if found is None or (found[0] > 0 and line.words[found[0] - 1] in _HOLDS):
        return None
    inside = range(found[0], found[1] + 1)
    digits = sum(
        len(line.words[one]) if line.words[one].isdecimal() else 1 for one in inside if line.classes[one] in _NUMBER
    )
    letters = any(line.words[one].isalpha() and line.classes[one] not in "dtTnmhfW" for one in inside)
    return found if letters or digits > _FEWEST else None


def _last(line: Line, end: int) -> Range | None:
    """Find the code that stands right before a token."""
    begin = end
    while begin > 0 and (
        _part(line, begin - 1) or (begin < end and line.glued(begin) and line.words[begin - 1].isalnum())
    ):
        begin -= 1
    return _code(line, begin)


def _part(line: Line, at: int) -> bool:
    word = line.words[at]
    return (
        line.classes[at] in _PARTS
        or spelling.is_letter(line, at)
        or word in CODE_WORDS
        or (len(word) == _INWARD and not is_talk(word) and word.isalpha() and line.glued(at))
    )


def _code(line: Line, begin: int) -> Range | None:
    """Take the letters and digits that begin at a token, if they are as many as a postcode has."""
    last = begin - 1
    while last + 1 < len(line.words) and (
        _part(line, last + 1) or (last >= begin and line.glued(last + 1) and line.words[last + 1].isalnum())
    ):
        last += 1
    while last >= begin and (line.classes[last] in "f-" or line.words[last] == "i"):
        last -= 1
    inside = range(begin, last + 1)
    numbers = [at for at in inside if line.classes[at] in _NUMBER]
    size = sum(len(line.words[at]) if line.words[at].isdecimal() else 1 for at in inside)
    return (begin, last) if numbers and _FEWEST <= size + (len(numbers) > 1) <= _MOST else None
