"""What follows a number: the cue that says what it was, and the other parts of it."""

from bisect import bisect_left, bisect_right
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction import pieces, small_talk
from consumer.redaction.cues import Cue, Strength
from consumer.redaction.line import Line
from consumer.redaction.numbers import Run
from consumer.redaction.scene import Scene
from consumer.redaction.small_talk import LOOSE, SHORT
from consumer.redaction.span import Kind
from consumer.redaction.windows import NOT_NUMERIC

CHAIN_MIN: Final = 7  # digits of a number in parts that nobody announced
CHAIN_GAP: Final = 4  # utterances between two of its parts
CHAIN_REACH: Final = 12
LATE_CUE_REACH: Final = 3  # utterances behind a number in which its name may come
LATE_CUE_TOKENS: Final = 4
LATE_CUE_FAR: Final = 9
_PARTS: Final = 3  # of a number whose last part stands before the cue
WEAKLY_NAMED: Final = 6  # digits that "is my account" names
_OTHERS: Final = frozenset("dtTnG")
_BACK: Final = frozenset("that that's was need for there's".split())
_NAMING: Final = frozenset("is that's my the our was it's for and here's there's that it".split())


def cue_behind(scene: Scene, index: int, line: Line, run: Run) -> Kind | None:
    """Find the cue that comes behind a number: in the same utterance, or in one of the next."""
    for cue in line.cues[bisect_right(line.cues, run.last, key=lambda one: one.first) :]:
        if cue.first > run.last + LATE_CUE_TOKENS and not _looks_back(line, run.last, cue):
            break
        if _crosses(line, run.last, cue.first):
            continue
        if _names_a_number(cue.kind, cue.strength):
            return cue.kind if _long_enough(line, run, cue.kind) else None
        naming = line.words[run.last + 1 : cue.first]
        if cue.strength is Strength.WEAK and run.size >= WEAKLY_NAMED and naming and _NAMING.issuperset(naming):
            return cue.kind
    if not line.pure:
        return None
    for at in range(index + 1, min(index + 1 + LATE_CUE_REACH, scene.end)):
        following = scene.line(at)
        if lx.TAG in following.classes:
            return None
        if following.cues:
            first = following.cues[0]
            named = _names_a_number(first.kind, first.strength) and _long_enough(line, run, first.kind)
            return first.kind if named else None
    return None


def named_here(line: Line, run: Run) -> bool:
    """Tell whether a cue right behind a number says what it is: "415-431-5000 is the phone number"."""
    behind = bisect_right(line.cues, run.last, key=lambda one: one.first)
    for cue in line.cues[behind : behind + 1]:
        naming = line.words[run.last + 1 : cue.first]
        return bool(naming) and _names_a_number(cue.kind, cue.strength) and _NAMING.issuperset(naming)
    return False


def length(scene: Scene, index: int, line: Line) -> int:
    """Count the digits of an utterance and of the parts that follow it; 0 if there is only one part."""
    said = _digits(line)
    if len(said) < 2:  # noqa: PLR2004 - one digit begins nothing
        return 0
    last, parts, voice = index, 1, scene.speaker(index)
    for at in range(index + 1, min(index + 1 + CHAIN_REACH, scene.end)):
        if at - last > CHAIN_GAP:
            break
        following = scene.line(at)
        if any(cue.kind is None for cue in following.cues) or lx.TAG in following.classes:
            break
        if not (line.pure or following.runs) and any(_names_a_number(cue.kind, cue.strength) for cue in following.cues):
            break  # another number is asked for
        digits = _digits(following) if following.pure or _loose_part(following) else ""
        if not digits:
            continue
        last = at
        if scene.speaker(at) == voice or digits not in said:  # else read back
            said, parts = said + digits, parts + 1
    return len(said) if parts > 1 else 0


def _looks_back(line: Line, last: int, cue: Cue) -> bool:
    """Tell whether a cue farther behind a number still names it: "and that was my pin, yes", "in case you need my zip code"."""
    between = line.masked[last + 1 : cue.first]
    return (
        len(between) <= LATE_CUE_FAR
        and between.count(lx.OTHER) <= 1
        and lx.UNIT not in between
        and not _BACK.isdisjoint(line.words[last + 1 : cue.first])
        and _OTHERS.isdisjoint(line.masked[cue.last + 1 :])
    )


def _loose_part(line: Line) -> bool:
    """Tell whether an utterance with a word or two besides is part of a number: "then nine zero zero to finish"."""
    return line.content <= LOOSE and any(
        (run.size > small_talk.PAIR or (run.size > 1 and small_talk.ends(line, run)))
        and pieces.one_by_one(run)
        and not run.magnitude
        and not small_talk.noun_follows(line, run)
        for run in line.runs
    )


def _long_enough(line: Line, run: Run, kind: Kind | None) -> bool:
    """Tell whether a number, or the last part of it, can be what a cue behind it says."""
    size, at = run.size, bisect_left(line.runs, run.first, key=lambda one: one.first)
    for one in reversed(line.runs[max(at - _PARTS, 0) : at]):
        if not pieces.joined(line, one, run) or small_talk.reason(line, one) is not None:
            break
        size, run = size + one.size, one
    return size >= SHORT or (kind is Kind.CVV and size == SHORT - 1)


def _crosses(line: Line, last: int, first: int) -> bool:
    """Tell whether another number, or what was hidden before, stands between two tokens."""
    return not _OTHERS.isdisjoint(line.classes[last + 1 : first])


def _names_a_number(kind: Kind | None, strength: Strength) -> bool:
    return kind is not None and strength is Strength.STRONG and kind not in NOT_NUMERIC


def _digits(line: Line) -> str:
    return "".join(run.digits for run in line.runs if small_talk.reason(line, run) is None)
