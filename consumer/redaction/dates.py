"""Dates behind a cue for one, or as the answer to a question for one: when a card expires, when somebody was born."""

from consumer.redaction import lexicon as lx
from consumer.redaction.line import Line
from consumer.redaction.small_talk import LOOSE, SHORT
from consumer.redaction.span import Kind, Source, Span
from consumer.redaction.windows import DATES, Window, Windows

_FEWEST, _MOST = 3, 10  # digits, a month counts as two
_EXPIRY_MOST = 6


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
        if not _FEWEST <= digits <= _MOST:
            continue
        window = _window(line, windows, first, last, digits, cues[before - 1].kind if before else None)
        if window is not None:
            window.last, window.digits = index, window.digits + digits
            found.append(Span(*line.whole(*line.place(first, last)), window.kind, "date.cue", Source.CUE))
    return found


def _window(line: Line, windows: Windows, first: int, last: int, digits: int, cued: Kind | None) -> Window | None:
    if cued is not None:
        return windows.of(cued)
    waiting = sorted((one for one in windows if one.kind in DATES), key=lambda one: (one.complete, -one.last))
    return next((one for one in waiting if _answers(line, first, last, digits, one.kind)), None)


def _answers(line: Line, first: int, last: int, digits: int, kind: Kind) -> bool:
    """Tell whether an utterance answers with a date: nothing but digits, or a month and little else around it."""
    classes = line.classes[first : last + 1]
    if kind is Kind.CARD_EXPIRY and (lx.ORDINAL in classes or digits > _EXPIRY_MOST):
        return False
    if lx.HUNDRED in classes or (first > 0 and line.words[first - 1] in lx.HOLDERS):
        return False
    return line.date_content == 0 or (lx.MONTH in classes and line.date_content <= LOOSE and digits >= SHORT)
