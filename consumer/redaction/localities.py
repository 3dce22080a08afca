"""What follows a street in an address: the unit, the town, the state and the postcode."""

from typing import Final

from consumer.redaction import postcodes
from consumer.redaction.line import Line
from consumer.redaction.vocabulary import is_talk

_LONGEST: Final = 26
_MOST_TOWN: Final = 4
_BEHIND: Final = frozenset("flat unit apartment apt suite ste # floor building".split())
_DIRECTIONS: Final = frozenset(
    "north south east west n s e w ne nw se sw northeast northwest southeast southwest".split()
)
_ABBREVIATIONS: Final = frozenset("st ave dr rd blvd apt ln ct pl hwy ste no n s e w".split())
NUMBER: Final = frozenset("dtTnhkmO")
STOPS: Final = frozenset(
    """
    my your i you he she we they thanks thank please okay ok yes yeah what how can could is are was do does did have has would
    will that's it's i'm because but so if when who where why calling that got price
    """.split()
)


def beyond(line: Line, street: int) -> int:
    """Go on from the street to the unit, the town, the state and the postcode."""
    last, at, towns = street, street + 1, 0
    words, size = line.words, len(line.words)
    while at < size and at - street < _LONGEST:
        word, letter = words[at], line.classes[at]
        if letter in "Q$G;" or word in "?!;" or line.unmasked[at] == "Q":
            break
        if word in _BEHIND and (unit := _unit_behind(line, at + 1)) > at:
            last, at = unit, unit + 1
            continue
        if word == ".":
            if at + 1 < size and words[at - 1] in _ABBREVIATIONS and (at + 1 == size or not is_talk(words[at + 1])):
                at += 1
                continue
            break
        if len(word) == 1 and word.isalpha() and (code := postcodes.spoken(line, at)):
            return code
        if word in (",", "-", "#") or word in ("in", "the", "of", "and", "uh", "um", "that's", "on"):
            if word == "that's" or (at + 1 < size and _talks(line, at + 1)):
                break
            at += 1
            continue
        if letter in NUMBER or word in _DIRECTIONS or (not is_talk(word) and word[0].isalpha() and towns < _MOST_TOWN):
            towns += letter not in NUMBER
            last, at = at, at + 1
            continue
        break
    return last


def _talks(line: Line, at: int) -> bool:
    """Tell whether an address ends before a token."""
    word = line.words[at]
    return (
        is_talk(word)
        and word not in _DIRECTIONS
        and line.masked[at] not in "dtTn"
        and not (len(word) == 1 and postcodes.spoken(line, at))
    )


def _unit_behind(line: Line, at: int) -> int:
    """Follow "(apartment) number four b", "(unit) 9c", "(flat) a" to its last token; 0 if there is none."""
    words, size = line.words, len(line.words)
    if at < size and words[at] in ("number", "no", "#"):
        at += 1
    last = 0
    while at < size and line.classes[at] in NUMBER:
        last, at = at, at + 1
    if at < size and len(words[at]) == 1 and words[at].isalpha() and words[at] != "i" and not _code_begins(line, at):
        last = at
    return last


def _code_begins(line: Line, at: int) -> bool:
    """Tell the first letter of a postcode, "s w one ...", from the letter of a flat."""
    behind = line.words[at + 1 : at + 2]
    return (
        bool(behind)
        and (line.classes[at + 1] in NUMBER or (len(behind[0]) == 1 and behind[0].isalpha()))
        and not (line.glued(at) and not line.glued(at + 1))
    )


def end(line: Line, index: int) -> int:
    """Follow an address without the word street to where talk begins."""
    last = index
    for following in range(index + 1, min(index + _LONGEST, len(line.words))):
        word = line.words[following]
        if word in STOPS or line.classes[following] in "Q$G" or word in "?!;":
            break
        if word == ".":
            before, behind = line.words[following - 1], following + 1
            if behind < len(line.words) and (before in _ABBREVIATIONS or not line.capital(behind)):
                continue
            break
        if line.classes[following] not in "fag,-#.":
            last = following
    return last
