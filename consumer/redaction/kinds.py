"""What a number is by its length and its groups, when no cue says it."""

from typing import Final

from consumer.redaction import validators
from consumer.redaction.line import Line
from consumer.redaction.numbers import Run
from consumer.redaction.small_talk import SHORT
from consumer.redaction.span import Kind
from consumer.redaction.windows import fits

NET_WRITTEN: Final = 12  # the safety net: no run of more digits stays, whatever it is
NET_SPOKEN: Final = 9
_SURE: Final = 6  # digits said one by one, beside which "to" and "for" are some as well
_SSN_DIGITS: Final = 9
_SSN_GROUPS: Final = (3, 2, 4)
_TELLING_SHAPES: Final = ((3, 3, 4), (1, 3, 3, 4), (3, 2, 4))


def alone(run: Run) -> Kind | None:
    """Recognise a number without any cue, by its length."""
    size = run.size + (run.edge_digits if run.singles >= _SURE else 0)
    if run.magnitude or (not run.groups and (size < NET_SPOKEN or run.atoms < SHORT)):
        return None
    match size:
        case 9:
            return Kind.SSN if run.spoken or len(run.groups) in (1, 3) else Kind.NUMBER
        case 10 | 11:
            return Kind.PHONE
        case 12:
            return Kind.CREDIT_CARD if validators.card(run.digits) else Kind.PHONE
        case _:
            return None


def typed(kind: Kind, run: Run) -> Kind:
    """Call what is too long for what was asked for by its groups."""
    if fits(kind, run.size) or run.groups not in _TELLING_SHAPES:
        return kind
    return Kind.SSN if run.groups == _SSN_GROUPS else Kind.PHONE


def in_parts(size: int) -> Kind:
    """Guess what a number in parts is by its digits."""
    if size > NET_WRITTEN:
        return Kind.CREDIT_CARD
    return Kind.SSN if size == _SSN_DIGITS else Kind.PHONE


def telling_shape(line: Line, run: Run) -> bool:
    """Tell whether a number is written like a phone or a social security number."""
    return line.words[run.first] in "(+" or run.groups in _TELLING_SHAPES
