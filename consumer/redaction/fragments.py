"""Tell numbers that answer a question, or stand behind their cue, from small talk with a number in it."""

from collections.abc import Callable
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction import pieces, small_talk
from consumer.redaction.ahead import CHAIN_MIN, WEAKLY_NAMED
from consumer.redaction.line import CUED, Line
from consumer.redaction.numbers import Run
from consumer.redaction.small_talk import LOOSE, SHORT
from consumer.redaction.span import Kind
from consumer.redaction.windows import NOT_NUMERIC, Window

CONTINUES: Final = 6  # tokens between a weak cue and "is"
NEAR: Final = 2
WEAK_CUE_SURE: Final = 11  # digits that a weak cue alone makes secret
COPULAS: Final = frozenset("is it's was are : be that's goes says reads being".split())
_DETERMINERS: Final = (["the"], ["a"], ["an"], ["of"])
SHORT_KINDS: Final = frozenset((Kind.CVV, Kind.PIN))
_WHOLE: Final = {Kind.CVV: (3, 4), Kind.PIN: (4, 6)}  # digits
# The fewest digits that count right behind a cue in the same utterance.
_FEWEST: Final = {
    Kind.PHONE: 3,
    Kind.CREDIT_CARD: 2,
    Kind.SSN: 2,
    Kind.NUMBER: 4,
    Kind.POSTAL_CODE: 3,
    Kind.CVV: 3,
    Kind.PIN: 3,
}


def behind_cue(line: Line, run: Run, window: Window, cue: int) -> bool:
    """Tell whether a number stands behind its cue in one utterance; `cue` is the last token of that."""
    size = run.size + run.edge_digits
    if window.kind in NOT_NUMERIC or _amount(run, window):
        return False
    if not window.strong:
        return _behind_weak_cue(line, run, window, cue, size)
    about = line.content <= LOOSE
    if size < CHAIN_MIN and not about and (window.complete or small_talk.noun_follows(line, run)):
        return False
    last = run.last >= len(line.words) - 2
    return size >= (1 if last and about else _FEWEST.get(window.kind, 2))


def _amount(run: Run, window: Window) -> bool:
    """Tell "one hundred and twenty" from a number that is given, but for a whole CVV or PIN."""
    fewest, most = _WHOLE.get(window.kind, (CHAIN_MIN, CHAIN_MIN)) if window.strong else (CHAIN_MIN, CHAIN_MIN)
    return run.magnitude and run.size < CHAIN_MIN and not fewest <= run.size <= most


def _behind_weak_cue(line: Line, run: Run, window: Window, cue: int, size: int) -> bool:
    copula = (line.words[run.first - 1] in COPULAS and run.first - cue <= CONTINUES) or (
        run.first == cue + 1 and line.words[cue].endswith("'s")
    )
    if copula and size > 1 and line.content <= LOOSE and (run.atoms > 1 or run.groups):
        window.strong = True
        return True
    near = run.first - cue <= NEAR and size >= SHORT and not small_talk.noun_follows(line, run)
    if window.kind is Kind.PHONE:
        return near or size >= CHAIN_MIN
    return near or size >= WEAK_CUE_SURE or line.pure


def _goes_along(line: Line, run: Run) -> bool:
    """Tell a further part of a number, with some words around it, from a number of something else."""
    if line.content > pieces.LEAD or _owned(line, run):
        return False
    return run.size > 1 or small_talk.ends(line, run) or lx.OTHER not in line.masked[: run.first]


def _owned(line: Line, run: Run) -> bool:
    """Tell whether what follows says that a number is of something else: "fifteen fifty four the green"."""
    after = run.last + 1
    return (
        small_talk.noun_follows(line, run)
        or line.masked[after : after + 1] == CUED
        or line.words[after : after + 1] in _DETERMINERS
    )


def fragment(line: Line, run: Run, window: Window, goes_on: Callable[[Window], bool], *, given: bool = False) -> bool:
    """Tell a part of the number that is being given from small talk with a number in it.

    `goes_on` tells whether a single digit can begin the number, `given` that other parts were said a moment ago.
    """
    content = line.content
    if _amount(run, window) or line.own_tags:
        return False
    if given and content and _goes_along(line, run):
        return True
    if content == 0:
        return run.size > 1 or (window.strong and (window.digits > 0 or goes_on(window)))
    if content <= LOOSE and line.corrects:
        return window.digits > 0 or (window.strong and run.size > 1)
    if not window.strong:
        return _hinted_at(line, run)
    ends = small_talk.ends(line, run)
    if content <= LOOSE:
        garbled = window.kind in SHORT_KINDS and len(line.runs) > 1
        return run.size > small_talk.PAIR or (run.size > 1 and (window.digits > 0 or ends)) or garbled
    return not (window.complete or small_talk.noun_follows(line, run)) and _in_talk(
        line, run, window, goes_on, ends=ends
    )


def _hinted_at(line: Line, run: Run) -> bool:
    """Tell whether a number answers a question that only hints at one."""
    if line.content > LOOSE or run.size <= small_talk.PAIR:  # no more than an age or a day
        return False
    return small_talk.ends(line, run) or (run.size >= WEAKLY_NAMED and pieces.one_by_one(run))


def _in_talk(line: Line, run: Run, window: Window, goes_on: Callable[[Window], bool], *, ends: bool) -> bool:
    """Tell a part of a number that several words lead over to."""
    if ends and run.size > 1 and line.content <= pieces.LEAD and (pieces.one_by_one(run) or goes_on(window)):
        return True
    return max(run.singles + 1, run.size) >= SHORT or (ends and run.size in _WHOLE.get(window.kind, ()))
