"""Something outside that all records need: while it is out they wait, one of them probes, and an operator reads what to do."""

import asyncio
import contextlib
import math
import random
import time
from collections.abc import Callable

import structlog

from consumer.circuit import Circuit, CircuitLimits

Mend = Callable[[str], str]

log = structlog.get_logger()


class Dependency:
    """One circuit with its waiters. Nothing that waits here is given up."""

    def __init__(
        self, name: str, *, mend: Mend, limits: CircuitLimits | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`mend` turns the reason of a failure into what an operator should do."""
        self.name = name
        self._mend = mend
        self._circuit = Circuit(limits or CircuitLimits())
        self._clock = clock
        self._line = asyncio.Lock()  # first come, first served: a probe that failed goes to the back
        self._changed = asyncio.Event()
        self._worked_at = -math.inf

    @property
    def is_out(self) -> bool:
        """Whether everyone waits."""
        return self._circuit.opened_at is not None

    def out(self) -> float:
        """Say 1.0 while everyone waits, for a gauge."""
        return float(self.is_out)

    @property
    def opened_by(self) -> str | None:
        """Who met the failure that opened the circuit."""
        return self._circuit.opened_by

    @property
    def problem(self) -> str | None:
        """Say since when it is out, why, and what to do; None while it works."""
        since = self._circuit.opened_at
        if since is None:
            return None
        reason = self._circuit.reason
        return f"{self.name} is out for {self._clock() - since:.0f} s ({reason}): {self._mend(reason)}"

    def worked_within(self, seconds: float) -> bool:
        """Tell whether anything worked in the last seconds."""
        return self._clock() - self._worked_at <= seconds

    def fails_for(self, seconds: float) -> bool:
        """Tell whether nothing has worked since a failure this long ago."""
        since = self._circuit.failing_since
        return since is not None and self._clock() - since >= seconds

    async def turn(self, who: str) -> None:
        """Return at once while it works; else when it works again, or when it is for the caller to try."""
        if not self.holds_back(who):
            return
        async with self._line:
            while (wait := self._circuit.turn(who, self._clock())) > 0.0:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._changed.wait()

    def holds_back(self, who: str) -> bool:
        """Tell whether the caller has to ask for a turn again: it went out since, and another one probes."""
        return self._circuit.holds_back(who)

    def succeeded(self) -> None:
        """Note that it works: everyone goes on."""
        self._worked_at = self._clock()
        opened_at = self._circuit.opened_at
        if self._circuit.succeeded():
            self._wake()
            log.info("dependency_back", dependency=self.name, out_seconds=round(self._clock() - (opened_at or 0.0), 1))

    def failed(self, who: str, reason: str, *, at_once: bool = False) -> None:
        """Note a failure; reasons are fixed words without any content."""
        jitter = random.uniform(0.5, 1.0)  # noqa: S311 - jitter
        if self._circuit.failed(who, reason, self._clock(), at_once=at_once, jitter=jitter):
            log.error("dependency_out", dependency=self.name, reason=reason, mend=self._mend(reason))
        self._wake()

    def withdraw(self, who: str) -> None:
        """Give a probe back without a result."""
        self._circuit.withdraw(who, self._clock())
        self._wake()

    def _wake(self) -> None:
        """Let the head of the line look again."""
        self._changed.set()
        self._changed = asyncio.Event()
