"""Letters said one by one: names, mailboxes and identifiers spelled out, with or without "as in"."""

import re
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction.line import Line
from consumer.redaction.numbers import read

Range = tuple[int, int]
"""First and last token."""

LINKS: Final = (("as", "in"), ("like", "in"), ("is", "for"), ("is", "as", "in"), ("for",), ("like",), ("as",), ("is",))
_LINKED: Final[dict[str, list[tuple[str, ...]]]] = {
    first: [link[1:] for link in LINKS if link[0] == first] for first, *_ in LINKS
}
BETWEEN: Final = frozenset(
    ("-", ".", ",", "double", "uh", "um", "and", "then", "capital", "lowercase", "uppercase", "lower", "upper", "case")
)
_ARTICLES: Final = frozenset(("a", "i"))
_DOUBLED: Final = 3
_ROW: Final = 6  # letters in a row that are no cue
_OCTET_DIGITS: Final = 4  # "two hundred one" may be read as 2001
_OHS: Final = frozenset(("o", "oh"))
_DOTTED: Final = re.compile(
    r"([dtTnm][dtTnhmaw]{0,5}?)D([dtTnm][dtTnhmaw]{0,5}?)D([dtTnm][dtTnhmaw]{0,5}?)D([dtTnm][dtTnhmw]{0,5})"
)
_LETTERS_AND_DIGITS: Final = re.compile(r"[lpdtTnmw](?:[fa,.\-]{0,3}[lpdtTnmhw]){3,60}")


def letters(line: Line, start: int = 0, *, fewest: int = 3) -> list[Range]:
    """List the stretches of at least `fewest` letters said one by one."""
    found: list[Range] = []
    if not line.spells:
        return found
    index, size = start, len(line.words)
    while index < size:
        if not is_letter(line, index):
            index += 1
            continue
        last, count, behind = stretch(line, index)
        if count >= fewest:
            found.append((index, last))
        index = behind
    return found


def stretch(line: Line, index: int) -> tuple[int, int, int]:
    """Follow the letters that begin at a token: return the last of them, their number, and where to go on."""
    last, count, size = index, 0, len(line.words)
    while index < size:
        if is_letter(line, index):
            count += 1
            last, index = index, index + 1
            spoken = phonetic(line, index)
            if spoken:
                count, last, index = count + 1, index + spoken - 1, index + spoken
        elif line.words[index] in BETWEEN:
            index += 1
        else:
            break
    return last, count, index


def is_letter(line: Line, index: int) -> bool:
    """Tell whether a token is a single letter, and no "o" beside a digit."""
    word = line.words[index]
    if len(word) == 1:
        letter = line.unmasked[index]
        return word.isalpha() and (
            letter not in "Qd"
            or (letter == "Q" and _in_row(line, index))
            or (letter == "d" and word == "o" and _among_letters(line, index))
        )
    return line.unmasked[index] == lx.LETTER


def _in_row(line: Line, index: int) -> bool:
    """Tell the letters of a longer word from a cue that is spelled: "p a n c a k e" from "p a n"."""
    first = last = index
    while first > 0 and index - first < _ROW and len(line.words[first - 1]) == 1 and line.words[first - 1].isalpha():
        first -= 1
    while (
        last + 1 < len(line.words)
        and last - index < _ROW
        and len(line.words[last + 1]) == 1
        and line.words[last + 1].isalpha()
    ):
        last += 1
    return last - first >= _ROW - 1


def _among_letters(line: Line, index: int) -> bool:
    """Tell the letter "o" from the digit: letters stand beside it, and no digits ("w double o d s")."""
    letters = 0
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(line.words) and abs(at - index) <= _DOUBLED and line.words[at] in ("double", "o"):
            at += step
        if 0 <= at < len(line.words):
            if line.classes[at] in "dtTn":
                return False
            letters += len(line.words[at]) == 1 and line.words[at].isalpha()
    return letters > 0


def phonetic(line: Line, index: int) -> int:
    """Count the tokens of "as in boy" behind a letter; 0 where there are none."""
    words = line.words
    if index >= len(words) or (links := _LINKED.get(words[index])) is None:
        return 0
    for rest in links:
        at = index + 1
        for word in rest:
            if at < len(words) and words[at] == word:
                at += 1
        if at == index + 1 + len(rest) and at < len(words):
            said = words[at]
            if said[0].isalpha() and said[0] == words[index - 1]:
                return at - index + 1
    return 0


def mixed(line: Line, start: int, *, fewest: int = 4) -> Range | None:
    """Find letters and digits said one by one ("a b one two three four five six c"), or written in groups ("AB 12 34 56 C")."""
    if not line.spells:
        return None
    if line.spelled is None:
        line.spelled = _spelling_classes(line)
    if "l" not in line.spelled:
        return None
    for found in _LETTERS_AND_DIGITS.finditer(line.spelled, start):
        first, last = found.start(), found.end() - 1
        while last > first and _article(line, last, last + 1):
            last -= 1
        while first < last and _article(line, first, first - 1, leading=True):
            first += 1
        inner = found.group()[first - found.start() : last + 1 - found.start()]
        if "l" in inner and any(letter in inner for letter in "dtTn") and len(inner) >= fewest:
            return first, last
    return None


def dotted(line: Line) -> list[Range]:
    """List four groups of digits with "dot" or "point" between them: an IPv4 address as it is spoken."""
    classes = line.classes.replace("u", "D") if "point" in line.words else line.classes
    if not _OHS.isdisjoint(line.words):
        classes = "".join(
            lx.DIGIT if word in _OHS and lx.DOT in classes[max(at - 1, 0) : at + 2] else classes[at]
            for at, word in enumerate(line.words)
        )
    found = []
    for match in _DOTTED.finditer(classes):
        groups = [match.span(number) for number in range(1, 5)]
        values = [read(line.words, classes, first, end - 1).digits for first, end in groups]
        if all(len(value) <= _OCTET_DIGITS for value in values):
            found.append((match.start(), match.end() - 1))
    return found


def _spelling_classes(line: Line) -> str:
    """Write the classes once more, with "as in boy" as part of its letter and short capitals as letters."""
    classes = list(line.unmasked)
    for index, word in enumerate(line.words):
        if classes[index] == "Q":
            continue
        if is_letter(line, index):
            classes[index] = "l"
            for behind in range(index + 1, index + 1 + phonetic(line, index + 1)):
                classes[behind] = "p"
        elif (
            len(word) == len("AB")
            and classes[index] == lx.OTHER
            and line.raw[slice(*line.place(index, index))].isupper()
        ):
            classes[index] = "l"
    return "".join(classes)


def _article(line: Line, index: int, beside: int, *, leading: bool = False) -> bool:
    """Tell "a" and "i" as words from the letters: letters stand at the end, beside other letters, or as capitals."""
    if line.words[index] not in _ARTICLES:
        return False
    inside = index + 1 if leading else index - 1
    if 0 <= inside < len(line.words) and (
        is_letter(line, inside) or (not leading and line.words[index] == "a" and line.classes[inside] in "dtTn")
    ):
        return not (beside < 0 or beside >= len(line.words) or line.classes[beside] in "fgaQu.,?!" or leading)
    return True
