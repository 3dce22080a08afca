"""Dates behind a cue for one, before it, or as the answer to a question for one: when a card expires, when somebody was born."""

from consumer.redaction import lexicon as lx
from consumer.redaction import small_talk
from consumer.redaction.line import DATE_CONTENT, Line
from consumer.redaction.numbers import read
from consumer.redaction.small_talk import LOOSE, SHORT
from consumer.redaction.span import Kind, Source, Span
from consumer.redaction.windows import DATES, Window, Windows

_FEWEST, _MOST = 3, 10  # digits, a month counts as two
_EXPIRY_MOST = 6
_WHOLE = 5  # digits of the shortest date with day, month and year
_CUE_REACH = 6  # tokens between a date and the cue behind it
_TALK = 5  # words around a date that leaves no doubt
_YEARS = range(20, 60)  # in which cards expire, without the century
_DAYS = frozenset(("on", "for"))
_ALWAYS = ["twenty", "four", "seven"]  # and no month at that
_PRONOUNS = frozenset(("one", "ones"))
_VAGUE = frozenset("in since until till by before after from back".split())


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
        if not _FEWEST <= digits <= _MOST or small_talk.is_verb(line, first):
            continue
        cued = cues[before - 1].kind if before else None
        if cued is None and before < len(cues) and _names(line, last, cues[before].first):
            cued = cues[before].kind
        window = windows.of(cued) if cued is not None else _waiting(line, windows, (first, last, digits))
        if window is not None:
            window.last, window.digits = index, window.digits + digits
            found.append(Span(*line.whole(*line.place(first, last)), window.kind, "date.cue", Source.CUE))
    return found


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
    before = line.words[first - 1] if first else ""
    content = line.date_content
    if (
        line.words[first : last + 1] == _ALWAYS
        or lx.HUNDRED in classes
        or (before in lx.HOLDERS and before not in _VAGUE)
    ):
        return False
    if window.kind is Kind.CARD_EXPIRY:
        if ordinals or digits > _EXPIRY_MOST:
            return False
    elif line.words[last] in _PRONOUNS and classes[-2:-1] == lx.ORDINAL:
        return False  # "the first one"
    elif before in _VAGUE and (digits <= SHORT or (months and not ordinals and digits <= _EXPIRY_MOST)):
        return False  # "back in august 1978" is nobody's birthday
    if content == 0:
        return True
    if window.kind is Kind.DATE_OF_BIRTH:
        if before in _DAYS and digits <= SHORT:
            return False
        whole = digits >= _WHOLE
        named = digits >= SHORT and (months > 0 or ordinals > 1)
        return (content <= LOOSE and (named or whole)) or (content <= _TALK and named and whole)
    said = read(line.words, line.classes, first, last).digits
    return (
        content <= LOOSE and digits >= _FEWEST and (int(said[-2:] or 0) in _YEARS if months else _month_and_year(said))
    )


def _month_and_year(digits: str) -> bool:
    month = digits[:-4] if len(digits) > SHORT and digits[-4:-2] == "20" else digits[:-2]
    return month.isdecimal() and 1 <= int(month) <= 12 and int(digits[-2:]) in _YEARS  # noqa: PLR2004 - months
