"""How many requests one OAuth client may still send: a pure token bucket; time goes in, a delay comes out."""

import math

ROUNDING_SECONDS = 1e-6


class RateBudget:
    """A bucket of `burst` requests, refilled so that no 60 seconds ever see more than `per_minute` of them.

    Reservations are granted in the order of asking. All times are seconds of one monotonic clock.
    """

    def __init__(self, *, per_minute: float, burst: int) -> None:
        self._burst = max(1, min(burst, int(per_minute // 2)))
        # A full bucket and the refill of one minute may fall into the same window, so the refill leaves room for the burst.
        self._interval = 60.0 / max(per_minute - self._burst, 0.5)
        self._next_free = -math.inf
        self._blocked_until = -math.inf

    def reserve(self, now: float) -> float:
        """Take one request out of the budget; returns the seconds to wait before sending it, 0.0 for at once."""
        slot = max(self._next_free, now - self._interval * (self._burst - 1))
        self._next_free = slot + self._interval
        wait = slot - now
        return wait if wait > ROUNDING_SECONDS else 0.0

    def would_wait(self, now: float) -> float:
        """Tell how many seconds a reservation made now would wait, without making it."""
        return max(self._next_free - now, 0.0)

    def block(self, now: float, seconds: float) -> None:
        """Send nothing for a while, as a 429 or a spent quota demands; never shortens an earlier block.

        Reservations made before the block are void: whoever holds one asks `blocked_for` and reserves again,
        so that the requests that waited leave one by one and not as a herd.
        """
        if now + seconds > self._blocked_until:
            self._blocked_until = now + seconds
            self._next_free = self._blocked_until

    def blocked_for(self, now: float) -> float:
        """Tell how many seconds a block still lasts."""
        return max(self._blocked_until - now, 0.0)
