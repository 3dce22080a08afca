"""What one run is made of, and what it came to."""

from collections import Counter
from dataclasses import dataclass, field

from tests.chaos.figures import Duplicates
from tests.chaos.fleet import Incidents
from tests.chaos.injector import Applied
from tests.chaos.invariants import Violation
from tests.chaos.senders import Patience, Sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one run is made of."""

    seed: int
    seconds: float
    brokers: int
    rate: float = 15.0
    settle_seconds: float = 120.0
    patience: Patience = field(default_factory=lambda: Patience(retry_seconds=2.0))


@dataclass(slots=True, kw_only=True)
class Result:
    """What a run came to."""

    plan: Plan
    sent: Sent
    incidents: Incidents
    faults: list[Applied]
    events: int
    lost: int
    duplicates: Duplicates
    outcomes: Counter[str]
    commit_checks: int
    settled_after_seconds: float | None
    recoveries: list[tuple[Applied, float | None]]
    violations: list[Violation]

    @property
    def passed(self) -> bool:
        """Whether every promise held."""
        return not self.violations
