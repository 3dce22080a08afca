"""How many dead letters are still single broken events, and from when on they say that something else is broken. Pure."""

from collections import deque
from dataclasses import dataclass

from consumer.outcome import Outcome

# That there is no transcript after the deadline, that a record waits, or that a newer one was there, says nothing either way.
GOOD = frozenset({Outcome.INDEXED, Outcome.EXPANDED, Outcome.FAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetterLimits:
    """At most `max_ratio` of the last `window` outcomes, and at most `max_consecutive` in a row, may be dead letters."""

    max_ratio: float = 0.2
    window: int = 500
    max_consecutive: int = 50


class DeadLetterLimit:
    """Counts outcomes. A dead letter counts when it is allowed, not when it is written, so that many at once cannot pass together."""

    def __init__(self, limits: DeadLetterLimits) -> None:
        self._limits = limits
        self._most = max(int(limits.max_ratio * limits.window), 1)
        self._last: deque[bool] = deque(maxlen=limits.window)
        self._allowance = 0
        self.dead = 0
        self.consecutive = 0

    @property
    def allows(self) -> bool:
        """Whether one more dead letter stays within the limits."""
        if self._allowance > 0:
            return True
        return self.consecutive < self._limits.max_consecutive and self.dead < self._most

    def bury(self) -> None:
        """Count a dead letter."""
        self._allowance = max(self._allowance - 1, 0)
        self.consecutive += 1
        self._count(dead=True)

    def finish(self, outcome: Outcome) -> None:
        """Count any other outcome."""
        if outcome in GOOD:
            self.consecutive = 0
            self._count(dead=False)

    def reset(self, allowance: int) -> None:
        """Begin anew, as an operator says; that many more dead letters pass whatever the limits are."""
        self._last.clear()
        self.dead = self.consecutive = 0
        self._allowance = allowance

    def _count(self, *, dead: bool) -> None:
        if len(self._last) == self._last.maxlen:
            self.dead -= self._last[0]
        self._last.append(dead)
        self.dead += dead
