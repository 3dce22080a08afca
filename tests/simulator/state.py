"""What the simulator is set to, what it holds, and what it counted."""

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from tests.simulator.access import MINUTE, Links, Tokens
from tests.simulator.faults import Faults
from tests.simulator.library import Library

DEFAULT_CLIENT = ("simulated-client", "simulated-secret")


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatorConfig:
    """How the simulator behaves without any fault. Times in seconds."""

    host: str = "127.0.0.1"
    port: int = 0
    clients: tuple[tuple[str, str], ...] = (DEFAULT_CLIENT,)
    token_seconds: float = 3600.0
    link_seconds: float = 600.0
    limit_per_minute: int = 1_000_000
    latency: float = 0.0
    utterances: int = 30
    target_bytes: int | None = None


class Busiest:
    """The most requests that any 60 seconds saw."""

    def __init__(self) -> None:
        self.most = 0
        self._recent: deque[float] = deque()

    def count(self, now: float) -> None:
        """Count one request."""
        self._recent.append(now)
        while self._recent[0] <= now - MINUTE:
            self._recent.popleft()
        self.most = max(self.most, len(self._recent))


@dataclass(slots=True)
class Stats:
    """Counts of requests: by operation, by client, by id."""

    requests: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    fetches: Counter[str] = field(default_factory=Counter)
    clients: Counter[str] = field(default_factory=Counter)
    tokens: Counter[str] = field(default_factory=Counter)
    busiest: Busiest = field(default_factory=Busiest)
    busiest_by_client: dict[str, Busiest] = field(default_factory=dict)
    authorization_on_files: int = 0

    def request_of(self, client: str, now: float) -> None:
        """Count a request whose sender is known."""
        self.clients[client] += 1
        self.busiest_by_client.setdefault(client, Busiest()).count(now)

    def report(self) -> dict[str, Any]:
        """Shape the answer of GET /admin/stats."""
        return {
            "requests": dict(self.requests),
            "statuses": {str(status): count for status, count in self.statuses.items()},
            "fetches": dict(self.fetches),
            "clients": dict(self.clients),
            "token_requests": dict(self.tokens),
            "most_per_minute": self.busiest.most,
            "most_per_minute_by_client": {client: one.most for client, one in self.busiest_by_client.items()},
            "authorization_on_files": self.authorization_on_files,
        }


class State:
    """Everything that the vendor's side and the admin side share."""

    def __init__(self, config: SimulatorConfig) -> None:
        self.config = config
        self.url = ""
        self.faults = Faults()
        self.stats = Stats()
        self.links = Links()
        self.tokens = Tokens(dict(config.clients), config.token_seconds, config.limit_per_minute)
        self.library = Library(utterances=config.utterances, target_bytes=config.target_bytes)
        self.submitted: dict[str, dict[str, Any]] = {}
