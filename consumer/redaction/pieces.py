"""Parts of one number within an utterance: "four one five, sorry, my dog is barking, five five five oh one three two"."""

from collections.abc import Sequence
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction import small_talk
from consumer.redaction.line import CUED, MASKED, Line
from consumer.redaction.numbers import Run

INTERRUPTION: Final = 8  # tokens that may interrupt a number
LEAD: Final = 5  # words that may lead over to a part of a number: "you want to write these down properly"
GARBLED: Final = 2  # tokens that may be a digit that nobody understands
_BARRIERS: Final = frozenset((MASKED, CUED, lx.TAG))
_DOUBTFUL: Final = frozenset((small_talk.HELD, small_talk.ATTRIBUTE))  # small talk only if no number goes on
FEWEST: Final = 9  # digits of a number that nobody announced


def joined(line: Line, before: Run, behind: Run) -> bool:
    """Tell whether little enough stands between two numbers that they can be parts of one."""
    between = slice(before.last + 1, behind.first)
    return behind.first - before.last <= INTERRUPTION and not _BARRIERS & set(line.masked[between])


def part(line: Line, run: Run, *, open_: bool, gap: int = INTERRUPTION) -> bool:
    """Tell whether a number can be a part of one beside it; what interrupts an open one holds none of its digits."""
    if run.magnitude:
        return False
    if run.size == 1 and gap > GARBLED and not (open_ and lx.OTHER not in line.masked[: run.first]):
        return False
    talk = small_talk.reason(line, run)
    if talk is not None and not (open_ and talk in _DOUBTFUL and one_by_one(run)):
        return False
    follows = line.masked[run.last + 1 : run.last + 2]
    if follows == lx.UNIT:
        return False
    return follows != lx.OTHER or run.size > small_talk.PAIR or gap <= GARBLED or (open_ and one_by_one(run))


def one_by_one(run: Run) -> bool:
    """Tell whether digits were said one by one or written in groups, unlike a count of things."""
    return run.size > 1 and (bool(run.groups) or run.singles > 1 or run.atoms > 1)


def interrupted(line: Line, runs: Sequence[Run]) -> list[Run]:
    """Find the parts of a number that nobody announced among numbers that nothing else explained."""
    group: list[Run] = []
    if "address" in line.words:
        return group
    for run in runs:
        if not one_by_one(run) or not part(line, run, open_=bool(group)):
            continue
        if group and not (joined(line, group[-1], run) and _loosely(line, group[-1], run)):
            if _enough(group):
                break
            group = []
        group.append(run)
    return group if _enough(group) else []


def _loosely(line: Line, before: Run, behind: Run) -> bool:
    """Tell whether hardly anything between two numbers is about something else."""
    return line.masked.count(lx.OTHER, before.last + 1, behind.first) <= small_talk.LOOSE


def _enough(group: Sequence[Run]) -> bool:
    return len(group) > 1 and sum(run.size for run in group) >= FEWEST
