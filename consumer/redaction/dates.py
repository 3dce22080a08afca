"""Dates behind a cue for one, before it, or as the answer to a question for one: when a card expires, when somebody was born."""

import re
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction import small_talk
from consumer.redaction.line import DATE_CONTENT, Line
from consumer.redaction.numbers import read
from consumer.redaction.small_talk import LOOSE, SHORT
from consumer.redaction.span import Kind, Source, Span
from consumer.redaction.windows import DATES, Window, Windows

_FEWEST: Final = 3
_MOST: Final = 10  # digits, a month counts as two
_EXPIRY_MOST: Final = 6
_WHOLE: Final = 5  # digits of the shortest date with day, month and year
_CUE_REACH: Final = 6  # tokens between a date and the cue behind it
_TALK: Final = 5  # words around a date that leaves no doubt
_JUST: Final = 3  # utterances
_YEARS: Final = range(20, 60)  # in which cards expire, without the century
_WRITTEN_OUT: Final = range(6, 9)  # digits of a date with its century
_CENTURIES: Final = ("19", "20")
_ENDS: Final = re.compile(r"[fag,.?!]*")
_MEETING: Final = (["at"], ["between"])
_DAYS: Final = frozenset(("on", "for"))
_ALWAYS: Final = ["twenty", "four", "seven"]  # and no month at that
_PRONOUNS: Final = frozenset(("one", "ones"))
_VAGUE: Final = frozenset("in since until till by before after from back".split())


def find(line: Line, windows: Windows, index: int) -> list[Span]:
    """Find the dates of one utterance that were asked for or announced."""
    if any(cue.kind is None for cue in line.cues):
        return []
    found = []
    cues = [cue for cue in line.cues if cue.kind in DATES]
    before = 0
    for first, last, digits in line.dates:
        while before < len(cues) and cues[before].last < first:
            before += 1
        if digits > _MOST or small_talk.is_verb(line, first) or (first and line.classes[first - 1] == "$"):
            continue
        if digits < _FEWEST and not _piece(line, first, last) and not _year(line, last, digits, windows, index):
            continue
        cued = cues[before - 1].kind if before else None
        if cued is None and before < len(cues) and _names(line, last, cues[before].first):
            cued = cues[before].kind
        window = windows.of(cued) if cued is not None else _waiting(line, windows, (first, last, digits))
        if window is not None:
            window.last, window.digits = index, window.digits + digits
            start, end = line.place(first, last)
            start, end = line.whole(start, end)
            found.append(Span(start, end, window.kind, "date.cue", Source.CUE))
    return found


def may_answer(line: Line) -> bool:
    """Tell whether an utterance without cues holds what may be a date that was asked for."""
    return any(digits >= _FEWEST or not line.date_content for _, _, digits in line.dates)


def _piece(line: Line, first: int, last: int) -> bool:
    """Tell a date that is said piece by piece: nothing but "the seventeenth", then nothing but "september"."""
    classes = line.classes[first : last + 1]
    if line.date_content or not _ENDS.fullmatch(line.classes, last + 1):
        return False
    before = line.words[first - 1] if first else "the"
    return classes.strip("f,") == lx.MONTH or (
        classes[-1] == lx.ORDINAL and (before == "the" or line.classes[first - 1] in "f,n")
    )


def _year(line: Line, last: int, digits: int, windows: Windows, index: int) -> bool:
    """Tell the year that completes a day and a month said a moment ago, or puts it right: nothing but "eighty one"."""
    if digits != len("81") or line.date_content or not _ENDS.fullmatch(line.classes, last + 1):
        return False
    return any(
        one.kind in DATES
        and index - one.last <= _JUST
        and (0 < one.digits < _WHOLE or (one.digits > 0 and (line.corrects or "no" in line.words)))
        for one in windows
    )


def _names(line: Line, last: int, cue: int) -> bool:
    """Tell whether a cue behind a date says what it was: "is when it runs out"."""
    between = line.masked[last + 1 : cue]
    if "when" in line.words[last + 1 : cue]:
        between = between.replace(lx.OTHER, "", 1)
    return cue - last <= _CUE_REACH and not set(between) & set(DATE_CONTENT + "dtTnMO|")


def _waiting(line: Line, windows: Windows, date: tuple[int, int, int]) -> Window | None:
    waiting = sorted((one for one in windows if one.kind in DATES), key=lambda one: (one.complete, -one.last))
    return next((one for one in waiting if _answers(line, *date, one)), None)


def _answers(line: Line, first: int, last: int, digits: int, window: Window) -> bool:
    """Tell whether an utterance answers with a date: nothing but digits, or a whole date and little else around it."""
    classes = line.classes[first : last + 1]
    months, ordinals = classes.count(lx.MONTH), classes.count(lx.ORDINAL)
    before = _before(line, first)
    if line.words[first : last + 1] == _ALWAYS or lx.HUNDRED in classes or _held(line, first, last, before):
        return False
    if window.kind is Kind.DATE_OF_BIRTH:
        if line.words[last] in _PRONOUNS and classes[-2:-1] == lx.ORDINAL:
            return False  # "the first one"
        if before in _VAGUE and (digits <= SHORT or (months and not ordinals and digits <= _EXPIRY_MOST)):
            return False  # "back in august 1978" is nobody's birthday
        return not line.date_content or _born(line, first, last, digits, window)
    if ordinals or digits > _EXPIRY_MOST:
        return False
    said = read(line.words, line.classes, first, last).digits
    if not line.date_content:
        return months > 0 or not _past(said)
    return (
        line.date_content <= LOOSE
        and digits >= _FEWEST
        and (int(said[-2:] or 0) in _YEARS if months else _month_and_year(said))
    )


def _before(line: Line, first: int) -> str:
    before = line.words[first - 1] if first else ""
    return line.words[first - 2] if before == "the" and first > 1 else before


def _held(line: Line, first: int, last: int, before: str) -> bool:
    """Tell whether a word before a date holds it, or it is one of two."""
    if before in lx.HOLDERS and before not in _VAGUE and not _whole(line, first, last):
        return True
    return line.date_content > 0 and (before == "or" or line.words[last + 1 : last + 2] == ["or"])


def _born(line: Line, first: int, last: int, digits: int, window: Window) -> bool:
    """Tell whether somebody was born on a date that stands among other words."""
    content = line.date_content
    yearless = digits <= SHORT or read(line.words, line.classes, first, last).size <= small_talk.PAIR
    if yearless and (_before(line, first) in _DAYS or line.words[last + 1 : last + 2] in _MEETING):
        return False
    if content <= _TALK + 1 and not window.complete and _whole(line, first, last):
        return True
    classes = line.classes[first : last + 1]
    named = digits >= SHORT and (lx.MONTH in classes or classes.count(lx.ORDINAL) > 1)
    whole = digits >= _WHOLE
    return (content <= LOOSE and (named or whole)) or (content <= _TALK and named and whole)


def _whole(line: Line, first: int, last: int) -> bool:
    """Tell a date with its day, month and year in digits: "22 09 2011", "5/17/51", "zero one zero five nineteen forty two"."""
    said = read(line.words, line.classes, first, last)
    if said.size in _WRITTEN_OUT and said.digits[-4:-2] in _CENTURIES:
        return True
    return len(said.groups) == len("dmy") and max(said.groups[:2]) <= small_talk.PAIR and said.size >= _WHOLE


def _past(said: str) -> bool:
    """Tell a year in which no card expires any more: "2013", "nineteen eighty six"."""
    return len(said) == SHORT and said[:2] in _CENTURIES and (said[0] == "1" or int(said[2:]) not in _YEARS)


def _month_and_year(digits: str) -> bool:
    month = digits[:-4] if len(digits) > SHORT and digits[-4:-2] == "20" else digits[:-2]
    return month.isdecimal() and 1 <= int(month) <= 12 and int(digits[-2:]) in _YEARS  # noqa: PLR2004 - months
