"""Fetch with patience: short waits, a few tries, a turn at the circuit, room for the bytes, a slot for the request."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

import structlog

from common.events import TranscriptEvent
from consumer.bounds import ByteBudget, Hold
from consumer.dependency import Dependency
from consumer.fetch import Fetched, NotReady, Refused, Unavailable
from consumer.metrics import ConsumerMetrics
from consumer.retry import RetryBudget, full_jitter
from consumer.transcript import Transcript
from consumer.work import Stage, Work

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 10.0
REFUSED_SECONDS = 5.0
LATELY_SECONDS = 3600.0

log = structlog.get_logger()


class TranscriptSource(Protocol):
    """Where transcripts come from."""

    async def fetch(self, event: TranscriptEvent, received: Callable[[int], None]) -> Fetched:
        """Fetch what an event names; failures are values. `received` hears of the bytes of every body as it is read."""
        ...


class FetchSlots(Protocol):
    """How many fetches may be under way; a plain semaphore, or something that adapts."""

    async def __aenter__(self) -> object:
        """Wait for a slot."""
        ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> object:
        """Give the slot back."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often a record is tried in place, and how long it waits there, in seconds, for a transcript that is not ready."""

    attempts: int
    not_ready_waits: tuple[float, ...]


class PatientFetching:
    """The one layer that tries fetches again. A slot is held only while a request is under way."""

    def __init__(
        self,
        source: TranscriptSource,
        *,
        patience: Patience,
        slots: FetchSlots,
        held: ByteBudget,
        genesys: Dependency,
        metrics: ConsumerMetrics,
    ) -> None:
        self._source = source
        self._patience = patience
        self._slots = slots
        self._held = held
        self._genesys = genesys
        self._metrics = metrics
        self._retries = RetryBudget()
        self._under_way = 0
        metrics.fetches_in_flight.set_function(lambda: self._under_way)

    def answers_others(self) -> bool:
        """Tell whether Genesys answered anyone within the last hour."""
        return self._genesys.worked_within(LATELY_SECONDS)

    async def fetch(self, work: Work, hold: Hold) -> Fetched:
        """Fetch what an event names. Refused credentials, and whatever fails for everyone, are waited out here."""
        waits = iter(self._patience.not_ready_waits if work.rounds == 0 else ())
        failures = refusals = 0
        self._retries.earn()
        while True:
            fetched = await self._in_turn(work, hold)
            match fetched:
                case NotReady():
                    wait = next(waits, None)
                    if wait is None:
                        return fetched
                case Unavailable(throttled=True):
                    wait = 0.0  # the next request waits for the rate budget, which knows when
                case Unavailable() | Refused() if self._genesys.is_out:
                    continue  # not this record's fault: it costs no attempt
                case Refused():
                    refusals += 1
                    wait = _back_off(refusals)
                case Unavailable():
                    failures += 1
                    if failures >= self._patience.attempts or not self._retries.spend():
                        return fetched
                    wait = _back_off(failures)
                case _:
                    return fetched
            await asyncio.sleep(wait)

    async def _in_turn(self, work: Work, hold: Hold) -> Fetched:
        """Make one request when the circuit, the bytes and the slots allow it."""
        while True:
            if self._genesys.is_out:
                await self._genesys.turn(work.key)
            if self._held.full:
                await self._held.room()
            async with self._slots:
                if self._held.full or self._genesys.holds_back(work.key):
                    continue  # things changed while this one waited for a slot
                work.stage = Stage.FETCHING
                try:
                    fetched = await self._request(work, hold)
                except BaseException:
                    self._genesys.withdraw(work.key)
                    raise
                finally:
                    work.stage = Stage.WAITING
            self._report(work, fetched)
            return fetched

    async def _request(self, work: Work, hold: Hold) -> Fetched:
        started = time.perf_counter()
        self._under_way += 1
        hold.guess()
        try:
            fetched = await self._source.fetch(work.event, hold.received)
        finally:
            self._under_way -= 1
        if isinstance(fetched, Transcript):
            self._held.learn(hold.size)
        else:
            hold.resize(0)
        self._metrics.fetched(type(fetched).__name__, time.perf_counter() - started)
        return fetched

    def _report(self, work: Work, fetched: Fetched) -> None:
        match fetched:
            case Refused(reason=reason):
                log.error("genesys_refuses_credentials", reason=reason)
                # Not at the first refusal: one OAuth client of several may be revoked.
                self._genesys.failed(work.key, reason, at_once=self._genesys.fails_for(REFUSED_SECONDS))
            case Unavailable(reason=reason, throttled=False):
                self._genesys.failed(work.key, reason)
            case _:
                self._genesys.succeeded()


def _back_off(attempt: int) -> float:
    return full_jitter(
        attempt, uniform=random.uniform, first_seconds=FIRST_WAIT_SECONDS, longest_seconds=LONGEST_WAIT_SECONDS
    )
