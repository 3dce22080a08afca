"""Postal addresses behind a cue, postcodes, and identifiers with letters in them."""

import re

from consumer.redaction import inner
from consumer.redaction.line import Line
from consumer.redaction.spelling import Range

_LONGEST = 26
_STREETS = frozenset(
    """
    street st avenue ave road rd drive dr lane ln boulevard blvd court ct place pl way circle terrace parkway pkwy highway hwy trail
    square plaza loop close crescent gardens grove hill mews row walk alley path pike run view ridge point crossing strasse strada rue via
    """.split()
)
_STOPS = frozenset(
    """
    my your i you he she we they thanks thank please okay ok yes yeah what how can could is are was do does did have has would
    will that's it's i'm because but so if when who where why calling that got price
    """.split()
)
_ABBREVIATIONS = frozenset("st ave dr rd blvd apt ln ct pl hwy ste no n s e w".split())
BOXES = ("po", "p")
MOMENTS = (["second"], ["sec"], ["moment"], ["minute"])
POSTCODE = re.compile(r"(?:^|[^a-z0-9])([a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})(?:[^a-z0-9]|$)")
IDENTIFIER = re.compile(r"(?:^|[^a-z0-9])((?:[a-z0-9]-?){4,20})(?:[^a-z0-9]|$)")
_EARLY_DIGIT = re.compile(r"[a-z-]{0,8}\d")


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


def house_number(line: Line, start: int) -> int:
    """Find the next house number or post box; one past the last token if there is none."""
    for index in range(start, len(line.words)):
        if line.words[index] == "one" and (
            line.words[index - 1 : index] == ["the"] or line.words[index + 1 : index + 2] in MOMENTS
        ):
            continue
        if line.classes[index] in "ndtTm" or (
            line.words[index] in BOXES and "box" in line.words[index + 1 : index + 4]
        ):
            return index
    return len(line.words)


def address(line: Line, number: int) -> Range | None:
    """Take a house number (or a post box) and what follows it, up to the end of the address."""
    last = _end(line, number)
    return (number, last) if last > number else None


def has_street(line: Line, found: Range) -> bool:
    """Tell whether a street is named: what makes a number an address without a cue right before it."""
    return any(word in _STREETS for word in line.words[found[0] : found[1] + 1])


def _end(line: Line, index: int) -> int:
    last = index
    for following in range(index + 1, min(index + _LONGEST, len(line.words))):
        word = line.words[following]
        if word in _STOPS or line.classes[following] in "Q$G" or word in "?!;":
            break
        if word == ".":
            before, behind = line.words[following - 1], following + 1
            if behind < len(line.words) and (before in _ABBREVIATIONS or not line.capital(behind)):
                continue
            break
        if line.classes[following] not in "fag,-#.":
            last = following
    return last
