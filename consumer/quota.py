"""How long Genesys' quota holds us up, on its way to the metrics: a wait for it is no standstill."""

import math
import time
from collections.abc import Callable

from common.genesys.client import Observer

WORTH_SAYING_SECONDS = 30.0


class QuotaWatch:
    """Hears what the Genesys client reports and passes it on."""

    def __init__(self, metrics: Observer, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._metrics = metrics
        self._clock = clock
        self._until = -math.inf

    @property
    def problem(self) -> str | None:
        """Say how long the next request still waits, if that is long; None otherwise."""
        left = self._until - self._clock()
        if left <= WORTH_SAYING_SECONDS:
            return None
        return f"genesys' quota is spent, requests wait up to {left:.0f} s: another OAuth client (GENESYS_MORE_CLIENTS) adds to it"

    @property
    def holds(self) -> bool:
        """Whether a request waits for the quota."""
        return self._clock() < self._until

    def rate_limit_waited(self, seconds: float) -> None:
        """Note a wait that begins."""
        self._until = max(self._until, self._clock() + seconds)
        self._metrics.rate_limit_waited(seconds)

    def rate_limit_remaining(self, client: str, remaining: float) -> None:
        """Pass on what is left of a client's quota."""
        self._metrics.rate_limit_remaining(client, remaining)

    def throttled(self) -> None:
        """Pass on an answer of 429."""
        self._metrics.throttled()
