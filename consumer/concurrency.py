"""How many fetches run at once: up to the ceiling while Genesys answers as fast as it can, fewer when it says or shows that it cannot."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType

THROTTLED_FACTOR = 0.7  # of the limit, after a 429, a 5xx of an overloaded service or a timeout
SLOW_FACTOR = 0.9  # of the limit, after a round of slow answers: the weaker sign
SLOW_RATIO = 2.0
SLOW_SECONDS = 0.25  # a busy event loop of our own is no sign
OUTLIER_RATIO = 4.0  # one answer counts at most so many times what counts as slow
SHORTEST_ROUND = 16  # answers
FLOOR_SHARE = 0.125  # of the ceiling: slowness alone lowers the limit no further
FOLLOW_SHARE = 0.25  # how fast the usual latency follows a change, per round


class AdaptiveLimit:
    """Additive increase, multiplicative decrease between 1 and the ceiling. Pure: times go in (seconds of one monotonic clock).

    A round is as many answers as the limit allows at once. It adds one if the limit was used and the answers were no slower
    than usual. Signs that stem from before the last decrease do not count again: they tell of the old limit.
    The usual latency is that of the best rounds. Answers that stay slow with few fetches are not slow because of us:
    then their latency becomes the usual one.
    """

    def __init__(self, ceiling: int) -> None:
        self._ceiling = ceiling
        self._limit = ceiling
        self._usual: float | None = None
        self._decreased_at = float("-inf")
        self._answers = 0
        self._seconds = 0.0
        self._most_in_flight = 0

    @property
    def limit(self) -> int:
        """How many may run at once."""
        return self._limit

    def observe(self, now: float, seconds: float, *, overloaded: bool, in_flight: int) -> None:
        """Note one answer, which took `seconds` and came while `in_flight` fetches ran, itself included."""
        if now - seconds < self._decreased_at:
            return
        if overloaded:
            self._decrease(now, THROTTLED_FACTOR)
            return
        self._answers += 1
        self._seconds += seconds if self._usual is None else min(seconds, OUTLIER_RATIO * _slow(self._usual))
        self._most_in_flight = max(self._most_in_flight, in_flight)
        if self._answers >= self._limit and self._answers >= SHORTEST_ROUND:
            self._end_round(now)

    def _end_round(self, now: float) -> None:
        mean = self._seconds / self._answers
        usual = mean if self._usual is None else self._usual
        slow, at_floor = mean > _slow(usual), self._limit <= max(self._ceiling * FLOOR_SHARE, 1.0)
        self._usual = usual + (mean - usual) * FOLLOW_SHARE if mean < usual or (slow and at_floor) else usual
        if slow and not at_floor:
            self._decrease(now, SLOW_FACTOR)
            return
        if not slow and self._most_in_flight >= self._limit:
            self._limit = min(self._limit + 1, self._ceiling)
        self._begin_round()

    def _decrease(self, now: float, factor: float) -> None:
        self._limit = max(int(self._limit * factor), 1)
        self._decreased_at = now
        self._begin_round()

    def _begin_round(self) -> None:
        self._answers = 0
        self._seconds = 0.0
        self._most_in_flight = 0


def _slow(usual: float) -> float:
    """Tell from which mean latency on a round is slow, in seconds."""
    return SLOW_RATIO * usual + SLOW_SECONDS


class FetchGate:
    """Lets at most `limit` fetches run at once (`async with`), in the order of asking; `observe` moves the limit."""

    def __init__(self, ceiling: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._adaptive = AdaptiveLimit(ceiling)
        self._clock = clock
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._in_flight = 0

    @property
    def limit(self) -> int:
        """How many fetches may run at once now."""
        return self._adaptive.limit

    def observe(self, seconds: float, *, overloaded: bool) -> None:
        """Note how an answer came; fits GenesysClient's `on_answer`."""
        self._adaptive.observe(self._clock(), seconds, overloaded=overloaded, in_flight=self._in_flight)
        self._admit()

    async def __aenter__(self) -> None:
        if self._in_flight < self._adaptive.limit and not self._waiting:
            self._in_flight += 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # it was let in and cancelled in the same turn of the loop
                self._in_flight -= 1
            elif turn in self._waiting:
                self._waiting.remove(turn)
            self._admit()
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._in_flight -= 1
        self._admit()

    def _admit(self) -> None:
        while self._waiting and self._in_flight < self._adaptive.limit:
            turn = self._waiting.popleft()
            if not turn.done():
                self._in_flight += 1
                turn.set_result(None)
