"""Postal addresses behind a cue, or as an answer: a house, a street and what goes with them."""

from typing import Final

from consumer.redaction import answers
from consumer.redaction import lexicon as lx
from consumer.redaction.line import Line
from consumer.redaction.localities import NUMBER, STOPS, beyond, end
from consumer.redaction.spelling import Range
from consumer.redaction.vocabulary import is_known, is_talk

_LONGEST_STREET: Final = 5  # words of a street's name
_NUMBERED: Final = frozenset("highway hwy route interstate".split())
_UNIT_REACH: Final = 4
_AS_ONE: Final = ("sway", "street", "strasse", "straat", "gasse", "weg")  # "queensway", "hauptstrasse"
_ALONE: Final = frozenset(("esplanade", "broadway", "embankment", "parkway"))
# A number and a word before one of these are an address; the second list says so less clearly.
_STREETS: Final = frozenset(
    """
    street st avenue ave road rd lane ln boulevard blvd terrace parkway pkwy highway hwy plaza crescent gardens grove mews alley
    strasse strada rue via esplanade parade quay wharf embankment broadway drive dr square court ct circle close place pl way hill
    """.split()
)
_ALSO_STREETS: Final = frozenset(
    """
    trail loop row walk path pike run view ridge point crossing approach rise end green park heights hollow valley farm house cottage
    towers gate bend creek landing meadow meadows field fields villas buildings chase vale bank common cove glen manor estate
    promenade turnpike freeway expressway causeway junction cross dale lea lodge mount orchard passage pines ranch spur strand
    """.split()
)
_UNITS: Final = frozenset(
    "flat unit apartment apt suite ste floor block building bldg house number no # plot lot box".split()
)
_INNER: Final = frozenset(
    "the of and st saint mount upon on old new north south east west main high park first second third king's queen's".split()
)
_ADJECTIVES: Final = (_INNER | _ALSO_STREETS) - {"the", "of", "and", "first", "second", "third"}
_OTHERS: Final = frozenset(
    "them their they they're located locate find venue visit reach event hotel restaurant office store shop found condos apartments".split()
)
BOXES: Final = ("po", "p")
TELLING: Final = _STREETS.union(BOXES, lx.MULTIPLIERS)
"""One of these, or a number, is in every address."""
MOMENTS: Final = (["second"], ["sec"], ["moment"], ["minute"])


def house_number(line: Line, start: int) -> int:
    """Find the next house number or post box; one past the last token if there is none."""
    for index in range(start, len(line.words)):
        if line.words[index] == "one" and (
            line.words[index - 1 : index] == ["the"]
            or line.words[index + 1 : index + 2] in MOMENTS
            or _pronoun(line, index)
        ):
            continue
        if (
            line.classes[index] in "ndtTm"
            or (line.words[index] == "a" and line.classes[index + 1 : index + 2] == lx.HUNDRED)
            or (line.words[index] in BOXES and "box" in line.words[index + 1 : index + 4])
        ):
            return index
    return len(line.words)


def _pronoun(line: Line, index: int) -> bool:
    behind = line.words[index + 1] if index + 1 < len(line.words) else "."
    return behind in ("in", "at", "on", "of", "for", "that", "is", "to", "more", ".", "?")


def address(line: Line, number: int) -> Range | None:
    """Take a house number (or a post box) and what follows it, up to the end of the address."""
    street = _street(line, number)
    last = end(line, number) if street is None else beyond(line, street)
    return (_unit(line, number), last) if last > number else None


def with_street(line: Line) -> Range | None:
    """Find the first house number that a street follows, and all of the address."""
    number = house_number(line, 0)
    while number < len(line.words):
        if _street(line, number) is not None:
            return address(line, number)
        number = house_number(line, max(number + 1, _behind_number(line, number)))
    return None


def has_street(line: Line, found: Range) -> bool:
    """Tell whether a street is named: what makes a number an address without a cue right before it."""
    number = house_number(line, found[0])
    return number < found[1] and _street(line, number) is not None


def of_others(line: Line, place: Range) -> bool:
    """Tell that somebody gives the address of a shop: "you can find them at ...", "the venue is at ..."."""
    return not _OTHERS.isdisjoint(line.words[: place[0]])


def named(line: Line) -> Range | None:
    """Find a street or a house without a number, as the whole of an answer: "oak street", "rose cottage mill lane"."""
    frame = answers.Frame(line)
    for at, word in enumerate(line.words):
        if (
            at
            and word in _STREETS
            and word not in ("st", "via", "way", "place", "drive", "close")
            and line.unmasked[at] != "Q"
        ):
            first = at
            while first and at - first < _LONGEST_STREET and (size := _of_named(line, first)):
                first -= size
            if first < at and frame.led(first) and not answers.held(line, first):
                last = beyond(line, at)
                return (first, last) if frame.ends(last) else None
    return None


def _of_named(line: Line, first: int) -> int:
    """Count the tokens before one that belong to the same house or street: "rose cottage, mill" before "lane"."""
    size = 2 if first > 1 and line.words[first - 1] == "," else 1
    word = line.words[first - size]
    return size * ((answers.plain(line, first - size) and word not in _UNITS) or word in _ADJECTIVES)


def _street(line: Line, number: int) -> int | None:
    """Find the word that says street behind a house number."""
    words, size = line.words, len(line.words)
    if number >= size or words[number] in BOXES:
        return None
    begin = _behind_number(line, number)
    ordinal = line.classes[begin - 1] == lx.ORDINAL
    named = ordinal
    for at in range(begin, min(begin + _LONGEST_STREET + 1, size)):
        word, further = words[at], words[at + 1 : at + 2]
        street = word in _STREETS or word.endswith(_AS_ONE)
        if (street and (at > begin or ordinal or word in _ALONE or word.endswith(_AS_ONE))) or (
            word in _ALSO_STREETS and (named or (at == begin + 1 and words[begin] == "the"))
        ):
            return _last_street(line, at)
        if at == begin and word in _NUMBERED and further and line.classes[at + 1] in NUMBER:
            return at + 1
        if word in "-'.":
            continue
        if (
            (line.glued(at) and words[at - 1].isdecimal())
            or word in STOPS
            or not word[0].isalpha()
            or line.unmasked[at] in "QGu"
            or (word in _UNITS and word != "park")
        ):
            return None
        named = (
            named
            or not is_talk(word)
            or (bool(further) and (further[0] in _STREETS or (further[0] in _ALSO_STREETS and word in _ADJECTIVES)))
        )
    return None


def _behind_number(line: Line, number: int) -> int:
    """Go past a house number and a unit said with it: "flat b", "twelve forty", "one hundred and twenty", "unit 3, 6"."""
    words, at = line.words, number
    while at < len(words) and (
        line.classes[at] in NUMBER
        or words[at] in (",", "-", "/", "#", "oh")
        or (words[at] == "and" and at > number and line.classes[at - 1] in "hk")
        or (words[at] in _UNITS and at - number <= _UNIT_REACH)
        or (len(words[at]) == 1 and words[at].isalpha() and at - number <= _UNIT_REACH)
    ):
        at += 1
    return at


def _last_street(line: Line, at: int) -> int:
    """Follow "park avenue", "station approach road" to the last word of the street."""
    while at + 1 < len(line.words) and (
        line.words[at + 1] in _STREETS or line.words[at + 1] in ("north", "south", "east", "west")
    ):
        at += 1
    return at


def _unit(line: Line, number: int) -> int:
    """Go back from a house number to "flat b", "unit" or "number" before it."""
    words, first = line.words, number
    if first > 1 and len(words[first - 1]) == 1 and words[first - 1].isalpha() and words[first - 2] in _UNITS:
        return first - 2
    if first > 1 and words[first - 1] in _UNITS and words[first - 2] in ("the", "a", "my"):
        return number
    while first > 0 and (
        words[first - 1] in _UNITS or (words[first - 1] == "." and first > 1 and words[first - 2] in _UNITS)
    ):
        first -= 1
    near = number - first < _UNIT_REACH and (first == number or words[first] != "no" or line.glued(first + 1))
    return first if near else number


def may_be(line: Line, place: Range) -> bool:
    """Tell a house number with a name behind it from times, prices and counts."""
    number = house_number(line, place[0])
    if number >= len(line.words) or any(cue.kind is None for cue in line.cues):
        return False
    behind = [at for at in range(number + 1, place[1] + 1) if line.classes[at] == lx.OTHER]
    return begins(line, number) and (
        _box(line, number)
        or (
            all(line.classes[at] in "fag,.:-" or is_known(line.words[at]) for at in range(place[0]))
            and any(not is_known(line.words[at]) or answers.proper(line, at) for at in behind)
        )
    )


def begins(line: Line, number: int) -> bool:
    """Tell whether a word that can be a street's follows a house number directly."""
    if _box(line, number):
        return True
    if line.masked[number] not in "dtTn":
        return False
    at = number
    while at < len(line.words) and (line.classes[at] in NUMBER or line.words[at] in "-/,"):
        at += 1
    return (
        at < len(line.words)
        and line.words[at][0].isalpha()
        and (
            line.words[at] in _INNER
            or line.words[at] in _UNITS
            or not (is_talk(line.words[at]) or line.classes[at] in "uQ")
        )
    )


def _box(line: Line, number: int) -> bool:
    return line.words[number] in BOXES
