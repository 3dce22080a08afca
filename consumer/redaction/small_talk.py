"""Numbers that are no part of anything secret: a room, a time, a year, a count of things. Only short ones can be."""

import re

from consumer.redaction import lexicon as lx
from consumer.redaction.line import CUED, Line
from consumer.redaction.numbers import Run

SHORT = 4  # digits
PAIR = 2  # digits
LONGEST_CODE = 9
CODE = "part of a code"
LOOSE = 2  # words besides a number up to which an utterance is about that number

_ENDS = re.compile(r"[fagewl.,;?!]*")
_ROADS = frozenset("on take taking off down via catch from onto along".split())
_PRONOUN_BEFORE = frozenset(
    "the this that these those next last first other which right wrong no any every each new have has had only just got need want".split()
)
_PRONOUN_AFTER = frozenset("of more at by thing moment is that's last or and".split())
_CHOICES = frozenset(("of", "or"))
_YEAR_BEFORE = frozenset(("in", "since", "of", "year"))
_CENTURIES = ("19", "20")
_NOUN_BEFORE = frozenset("the a in on this that my an".split())
_DETAIL = frozenset("on at for in by".split())
_PRONOUNS = frozenset(("one", "ones", "two", "twos"))


def reason(line: Line, run: Run) -> str | None:
    """Say why a number is small talk; None if nothing speaks for that."""
    size = SHORT if run.magnitude else run.size
    if size > LONGEST_CODE:
        return None
    return _by_its_size(line, run, size) or (_by_its_neighbours(line, run, size) if size <= SHORT + 1 else None)


def _by_its_size(line: Line, run: Run, size: int) -> str | None:
    before, after = run.first - 1, run.last + 1
    if before >= 0 and line.words[before] in ("from", "between"):
        return "a range"
    if size <= PAIR and after < len(line.words) and line.words[after] in ("digit", "digits"):
        return "a length"
    if before >= 0 and line.words[before] == "-" and line.glued(run.first):
        before -= 1  # "ED-870232365"
    if before >= 0 and line.classes[before] == lx.OTHER and line.glued(before + 1):
        return CODE
    return None


def _by_its_neighbours(line: Line, run: Run, size: int) -> str | None:
    classes, words = line.masked, line.words
    before, after = run.first - 1, run.last + 1
    while before >= 0 and classes[before] in "f,-(":
        before -= 1
    word = words[before] if before >= 0 else ""
    letter = classes[before] if before >= 0 else CUED
    following = words[after] if after < len(words) else ""
    if letter in "MO" and size <= SHORT:
        return "a date"
    if letter != CUED:
        if word in lx.HOLDERS and size <= SHORT:
            return f"held by '{word}'"
        if word in _YEAR_BEFORE and size == SHORT and run.digits[:2] in _CENTURIES and run.atoms < SHORT:
            return "a year"
        if letter == lx.OTHER and line.content >= LOOSE:
            return "held by the word before"
    if size <= PAIR and (following == "of" or (after < len(words) and classes[after] == CUED)):
        return "a count"
    if word == "the" and size < SHORT and before >= 1 and words[before - 1] in _ROADS:
        return "a road"
    if size <= SHORT and not _CHOICES.isdisjoint(words[run.first : run.last + 1]):
        return "a choice"
    if _pronoun(words, run, size, word, following):
        return "a pronoun"
    if noun_follows(line, run) and (line.content > LOOSE or word in _NOUN_BEFORE):
        return "an attribute"
    if line.content and size < SHORT and following in _DETAIL and classes[after + 1 : after + 2] == lx.OTHER:
        return "a detail"
    if word == "#" and before >= 1 and classes[before - 1] != CUED:
        return "a unit of an address"
    return None


def _pronoun(words: list[str], run: Run, size: int, before: str, following: str) -> bool:
    """Tell "the other one", "one more thing" from the digit."""
    if size <= PAIR and words[run.last] == "one" and following in _PRONOUN_AFTER:
        return True
    return size == 1 and words[run.first] in _PRONOUNS and (before in _PRONOUN_BEFORE or following in _PRONOUN_AFTER)


def noun_follows(line: Line, run: Run) -> bool:
    """Tell whether a word that is about something else follows directly."""
    return line.masked[run.last + 1 : run.last + 2] in ("x", "u")


def ends(line: Line, run: Run) -> bool:
    """Tell whether nothing of weight follows a number in its utterance."""
    return _ENDS.fullmatch(line.masked, run.last + 1) is not None
