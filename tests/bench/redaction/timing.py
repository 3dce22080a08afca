"""CPU time of redactors on the same calls, in interleaved rounds: medians, ratios within one run, spread over the calls."""

import gc
import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tests.bench.redaction.items import Turn

Call = Sequence[Turn]


class Redacts(Protocol):
    """Something that can be timed: turns are prepared outside of the clock, redacted inside."""

    name: str

    def prepare(self, turns: Sequence[Turn]) -> Sequence[Any]:
        """Bring turns into the form that `redact` takes."""
        ...

    def redact(self, prepared: Sequence[Any]) -> list[str]:
        """Return the redacted texts."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """One contender on one set of calls. Times are CPU seconds of this process; `rounds` those of all calls together."""

    utterances: int
    rounds: tuple[float, ...]
    calls: tuple[float, ...]

    @property
    def utterances_per_second(self) -> float:
        """Tell the median over the rounds."""
        return self.utterances / statistics.median(self.rounds)

    def call_us(self, share: float) -> float:
        """Tell the time of a call at this quantile of the calls, in microseconds; each call by its median over the rounds."""
        ordered = sorted(self.calls)
        return 1e6 * ordered[max(0, math.ceil(share * len(ordered)) - 1)]

    def ratio(self, reference: "Timing") -> float:
        """Tell how many times as fast as the reference: median of the ratios of the rounds."""
        return statistics.median(theirs / mine for mine, theirs in zip(self.rounds, reference.rounds, strict=True))


def race(contenders: Sequence[Redacts], calls: Sequence[Call], *, rounds: int) -> dict[str, Timing]:
    """Time all contenders on all calls, one contender after another within every round."""
    prepared = {one.name: [one.prepare(call) for call in calls] for one in contenders}
    taken: dict[str, list[list[float]]] = {one.name: [] for one in contenders}
    for contender in contenders:
        _once(contender.redact, prepared[contender.name])
    for number in range(rounds):
        turn = number % len(contenders)
        for contender in (*contenders[turn:], *contenders[:turn]):
            taken[contender.name].append(_once(contender.redact, prepared[contender.name]))
    utterances = sum(len(call) for call in calls)
    return {name: _timing(utterances, times) for name, times in taken.items()}


def lengths(contender: Redacts, call: Call, counts: Sequence[int], *, rounds: int) -> Mapping[int, float]:
    """Time one call that is repeated up to these many utterances: microseconds per utterance, medians."""
    result = {}
    for count in counts:
        turns = [call[at % len(call)] for at in range(count)]
        times = [_once(contender.redact, [contender.prepare(turns)])[0] for _ in range(rounds)]
        result[count] = 1e6 * statistics.median(times) / count
    return result


def _once(redact: Callable[[Sequence[Any]], list[str]], calls: Sequence[Sequence[Any]]) -> list[float]:
    gc.collect()
    times = []
    for call in calls:
        start = time.process_time_ns()
        redact(call)
        times.append((time.process_time_ns() - start) / 1e9)
    return times


def _timing(utterances: int, rounds: Sequence[Sequence[float]]) -> Timing:
    return Timing(
        utterances=utterances,
        rounds=tuple(sum(times) for times in rounds),
        calls=tuple(statistics.median(times) for times in zip(*rounds, strict=True)),
    )
