"""When to stop asking something that fails for everyone, and who may try it again: a pure circuit breaker; time goes in."""

import math
from dataclasses import dataclass

PROBE_LEASE_SECONDS = 120.0  # a probe that never reports does not keep others out for ever


@dataclass(frozen=True, slots=True, kw_only=True)
class CircuitLimits:
    """`failures` of different askers in a row open the circuit; then one probe at a time, ever further apart."""

    failures: int = 1
    first_probe_seconds: float = 0.4
    longest_probe_seconds: float = 15.0


class Circuit:
    """Closed while things work. All times are seconds of one monotonic clock."""

    __slots__ = (
        "_failed",
        "_interval",
        "_limits",
        "_next_probe",
        "_probe",
        "failing_since",
        "opened_at",
        "opened_by",
        "reason",
    )

    def __init__(self, limits: CircuitLimits) -> None:
        self._limits = limits
        self._failed: set[str] = set()
        self._interval = limits.first_probe_seconds
        self._next_probe = -math.inf
        self._probe: str | None = None
        self.failing_since: float | None = None
        self.opened_at: float | None = None
        self.opened_by: str | None = None
        self.reason = ""

    def succeeded(self) -> bool:
        """Note that something worked; True if that closes the circuit."""
        if not self._failed:
            return False
        was_open = self.opened_at is not None
        self._failed.clear()
        self._probe = self.failing_since = self.opened_at = self.opened_by = None
        self._interval = self._limits.first_probe_seconds
        return was_open

    def failed(self, who: str, reason: str, now: float, *, at_once: bool = False, jitter: float = 1.0) -> bool:
        """Note a failure; True if it opens the circuit. `at_once` opens it whoever else succeeds; `jitter` (0.5 to 1) spreads probes."""
        self._failed.add(who)
        self.reason = reason
        if self.failing_since is None:
            self.failing_since = now
        if self.opened_at is None:
            if not at_once and len(self._failed) < self._limits.failures:
                return False
            self.opened_at, self.opened_by = now, who
            self._next_probe = now + self._interval * jitter
            return True
        if who == self._probe:
            self._interval = min(self._interval * 2, self._limits.longest_probe_seconds)
            self._next_probe = now + self._interval * jitter
            self._probe = None
        return False

    def turn(self, who: str, now: float) -> float:
        """Ask to try; 0.0 means go on (as the probe, if the circuit is open), else the seconds after which to ask again."""
        if self.opened_at is None or who == self._probe:
            return 0.0
        if now < self._next_probe:
            return self._next_probe - now
        self._probe = who
        self._next_probe = now + PROBE_LEASE_SECONDS
        return 0.0

    def holds_back(self, who: str) -> bool:
        """Tell whether this asker must not go on now: the circuit opened after its turn, and another one probes."""
        return self.opened_at is not None and who != self._probe

    def withdraw(self, who: str, now: float) -> None:
        """Give the probe back without a result."""
        if who == self._probe:
            self._probe = None
            self._next_probe = now
