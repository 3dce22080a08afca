"""The line stops when dead letters reach their limit: nothing more is buried, one record at a time is tried, until it works again."""

import asyncio
import math
import time
from collections.abc import Callable

import structlog

from consumer.circuit import CircuitLimits
from consumer.deadletter import DeadLetterLimit, DeadLetterLimits
from consumer.dependency import Dependency
from consumer.outcome import Outcome
from consumer.work import Stage, Unreadable, Work

MEND = (
    "find out why by the reasons of the last dead letters; one record at a time is tried and the line goes on when they end well,"
    " or at once by `python -m consumer resume`"
)
LONGEST_PROBE_SECONDS = 60.0

log = structlog.get_logger()


class Line:
    """Every dead letter asks here first. Counts are this member's own and begin anew when it starts."""

    def __init__(
        self, limits: DeadLetterLimits, *, probe_seconds: float = 5.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`probe_seconds` is how long to wait between records that are tried while the line is stopped."""
        self._limit = DeadLetterLimit(limits)
        self._probe_seconds = probe_seconds
        self._clock = clock
        circuit = CircuitLimits(first_probe_seconds=probe_seconds, longest_probe_seconds=LONGEST_PROBE_SECONDS)
        self._probes = Dependency("the line", mend=lambda _: MEND, limits=circuit, clock=clock)
        self._going = asyncio.Event()
        self._going.set()
        self._next_take = -math.inf
        self.held = 0

    @property
    def halted(self) -> bool:
        """Whether the line is stopped."""
        return self._probes.is_out

    @property
    def problem(self) -> str | None:
        """Say since when the line is stopped, why, and what to do; None while it goes."""
        return self._probes.problem

    async def may_bury(self, record: Work | Unreadable, reason: str) -> bool:
        """Tell whether a dead letter may be written. False comes after a wait: the record is to be tried again from its start.

        What was held while the line was stopped is not buried when it goes on: its cause may be gone.
        """
        while not self._limit.allows:
            self._halt(record, reason)
            self.held += 1
            stage, record.stage = record.stage, Stage.WAITING
            try:
                if isinstance(record, Unreadable):
                    await self._going.wait()  # no second try can make it readable
                else:
                    await self._probes.turn(record.key)
            finally:
                self.held -= 1
                record.stage = stage
            if isinstance(record, Work):
                return False
        self._limit.bury()
        return True

    def finished(self, record: Work | Unreadable, outcome: Outcome) -> None:
        """Note an outcome; a good one may set the line going again, or lets the next record be tried at once."""
        self._limit.finish(outcome)
        if not self.halted:
            return
        if self._limit.allows:
            self._go()
        elif outcome is not Outcome.DEAD_LETTERED:
            self._next_take = -math.inf
            self._probes.withdraw(record.key)

    def withdraw(self, record: Work | Unreadable) -> None:
        """Give a try back that ended without an outcome."""
        self._probes.withdraw(record.key)

    def resume(self, dead_letters: int = 0) -> bool:
        """Go on, as an operator says, and let that many dead letters pass; True if the line was stopped."""
        was_halted = self.halted
        self._limit.reset(dead_letters)
        log.warning("line_resumed", was_halted=was_halted, dead_letters=dead_letters)
        self._go()
        return was_halted

    def room(self, running: int) -> float:
        """Tell how many records may be taken: without bound, or one when all that are worked on are held and the time has come."""
        if not self.halted:
            return math.inf
        return 1 if running <= self.held and self._clock() >= self._next_take else 0

    def taken(self) -> None:
        """Note that records were taken."""
        if self.halted:
            self._next_take = self._clock() + self._probe_seconds

    @property
    def patience(self) -> float:
        """How long to wait before asking for room again, in seconds."""
        return self._probe_seconds if self.halted else math.inf

    def _halt(self, record: Work | Unreadable, reason: str) -> None:
        if not self.halted:
            dead, row = self._limit.dead, self._limit.consecutive
            log.error("line_halted", reason=reason, dead_letters=dead, in_a_row=row, mend=MEND)
            self._going.clear()
            self._next_take = self._clock() + self._probe_seconds
        self._probes.failed(record.key, f"too many dead letters, the last one for {reason}", at_once=True)

    def _go(self) -> None:
        self._probes.succeeded()
        self._going.set()
