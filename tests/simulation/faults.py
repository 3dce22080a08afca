"""What goes wrong with one message: decided by the seed, before and after it is handled."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto


class Where(Enum):
    """At which point a message fails."""

    NOWHERE = auto()
    BEFORE = auto()  # the connection drops, nothing was done
    AFTER = auto()  # it is done, and the connection drops instead of an answer
    REFUSED = auto()  # an error is answered, nothing was done
    DOUBTFUL = auto()  # an error is answered although it is done


@dataclass(frozen=True, slots=True)
class Fault:
    """The fate of one message. Times in seconds; `code` is what a refusal says."""

    where: Where
    before: float
    after: float
    code: int = 0


class Faults:
    """Draws the fate of every message; after `until` (seconds of the loop's clock) everything works and is quick."""

    def __init__(self, rng: random.Random, *, rate: float, slow_rate: float, until: float) -> None:
        self._rng = rng
        self._rate = rate
        self._slow_rate = slow_rate
        self.until = until
        self.outages: dict[str, list[tuple[float, float]]] = {}

    def out(self, service: str, now: float) -> bool:
        """Tell whether a service is down as a whole."""
        return any(start <= now < end for start, end in self.outages.get(service, ()))

    def draw(self, service: str, now: float, refusals: Sequence[int], doubts: Sequence[int] = ()) -> Fault:
        """Decide about one message; refusals are the error codes it may get, doubts those it may get although it is done."""
        rng = self._rng
        before, after = rng.uniform(0.0002, 0.01), rng.uniform(0.0002, 0.01)
        if now >= self.until:
            return Fault(Where.NOWHERE, before, after)
        if self.out(service, now):
            return Fault(Where.BEFORE, before, after)
        if rng.random() < self._slow_rate:
            before, after = rng.choice(((rng.expovariate(1.0), after), (before, rng.expovariate(1.0)), (before, 8.0)))
        if rng.random() >= self._rate:
            return Fault(Where.NOWHERE, before, after)
        kinds = [Where.BEFORE, Where.AFTER, *[Where.REFUSED] * bool(refusals), *[Where.DOUBTFUL] * bool(doubts)]
        where = rng.choice(kinds)
        codes = {Where.REFUSED: refusals, Where.DOUBTFUL: doubts}.get(where, (0,))
        return Fault(where, before, after, rng.choice(codes))
