"""Run the records of one key one after another and all keys at once; give everything back within a deadline."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

import structlog
from aiokafka.structs import TopicPartition

from consumer.outcome import Outcome
from consumer.work import Stage, Unreadable, Work

FETCH_GRACE_SECONDS = 2.0
INTERNAL_ATTEMPTS = 3
FIRST_WAIT_SECONDS = 0.2
LONGEST_WAIT_SECONDS = 30.0

Record = Work | Unreadable

log = structlog.get_logger()


class Story(Protocol):
    """What happens to one record; consumer/pipeline.py tells it."""

    async def process(self, work: Work) -> Outcome:
        """Bring an event to its outcome, every effect acknowledged."""
        ...

    async def bury(self, work: Work, reason: str) -> Outcome:
        """Write an event to the dead letters."""
        ...

    async def displace(self, work: Work, reason: str) -> Outcome:
        """Send an event away that holds up others."""
        ...

    async def bury_unreadable(self, record: Unreadable) -> Outcome:
        """Write what is known of a record that is no event to the dead letters."""
        ...


class Lanes:
    """One lane for each key that has records in flight."""

    def __init__(
        self,
        story: Story,
        *,
        wanted: Callable[[Record], bool],
        finished: Callable[[Record, Outcome], None],
    ) -> None:
        """`wanted` tells whether a record that waited still belongs to us; `finished` hears of every outcome at once."""
        self._story = story
        self._wanted = wanted
        self._finished = finished
        self._queues: dict[str, deque[Record]] = {}
        self._running: dict[asyncio.Task[None], Record] = {}
        self._draining = False
        self.in_flight = 0
        self.failure: BaseException | None = None

    def add(self, record: Record) -> None:
        """Start on a record, behind those of its key."""
        self.in_flight += 1
        queue = self._queues.get(record.key)
        if queue is not None:
            queue.append(record)
            return
        self._queues[record.key] = deque()
        task = asyncio.create_task(self._work_off(record))
        self._running[task] = record
        task.add_done_callback(self._ended)

    @property
    def running(self) -> int:
        """How many records are worked on; the others in flight wait behind one of their key."""
        return len(self._running)

    def key_at(self, partition: TopicPartition, offset: int) -> str | None:
        """Name the key of a record in flight, by where it stands."""
        waiting = (record for queue in self._queues.values() for record in queue)
        for record in (*self._running.values(), *waiting):
            if (record.partition, record.offset) == (partition, offset):
                return record.key
        return None

    def displace(self, key: str) -> bool:
        """Send the record away that a key's lane is at, so that those behind it and its partition go on; False if it cannot be."""
        for task, record in self._running.items():
            if record.key == key and isinstance(record, Work) and not record.displaced:
                record.displaced = True
                return task.cancel()
        return False

    def oldest_timestamp_ms(self) -> int | None:
        """Tell the oldest record time among what runs; None if nothing does."""
        return min((record.timestamp_ms for record in self._running.values()), default=None)

    async def drain(self, *, seconds: float, flush: Callable[[], None]) -> None:
        """Give back what only waits, let fetches end within a grace and the rest within the deadline, then cancel.

        `flush` sends documents that wait for company. Afterwards nothing is in flight, also where draining is cancelled itself.
        """
        deadline = time.monotonic() + seconds
        self._draining = True
        try:
            await self._drain(deadline, seconds, flush)
        finally:
            tasks = list(self._running)
            for task in tasks:
                task.cancel()
            try:
                await asyncio.gather(*tasks, return_exceptions=True)
            finally:
                self._draining = False

    async def _drain(self, deadline: float, seconds: float, flush: Callable[[], None]) -> None:
        self._cancel(Stage.WAITING)
        grace = time.monotonic() + min(FETCH_GRACE_SECONDS, seconds)
        while any(one.stage is Stage.FETCHING for one in self._running.values()) and time.monotonic() < grace:
            await asyncio.wait(list(self._running), timeout=0.05, return_when=asyncio.FIRST_COMPLETED)
        self._cancel(Stage.WAITING, Stage.FETCHING)
        while self._running and (left := deadline - time.monotonic()) > 0:
            flush()
            await asyncio.wait(list(self._running), timeout=min(left, 0.1))
        if self._running:
            log.warning("drain_deadline", unfinished=len(self._running))

    async def _work_off(self, first: Record) -> None:
        """Work off one key's records, one after another."""
        task, record = asyncio.current_task(), first
        while True:
            outcome = await self._process(record)
            self.in_flight -= 1
            self._finished(record, outcome)
            following = self._next(record.key)
            if following is None or task is None:
                return
            record = self._running[task] = following

    def _next(self, key: str) -> Record | None:
        queue = self._queues[key]
        while queue:
            record = queue.popleft()
            if self._wanted(record):
                return record
            self.in_flight -= 1
        del self._queues[key]
        return None

    async def _process(self, record: Record) -> Outcome:
        """Bring a record to its outcome; an error of our own is tried again, then buried rather than blocking its partition."""
        attempt = 0
        while True:
            try:
                if isinstance(record, Unreadable):
                    return await self._story.bury_unreadable(record)
                if attempt < INTERNAL_ATTEMPTS:
                    return await self._story.process(record)
                return await self._story.bury(record, "internal_error")
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if isinstance(record, Unreadable) or not record.displaced or self._draining or task is None:
                    raise
                task.uncancel()
                return await self._displace(record)
            except Exception:
                attempt += 1
                log.exception("record_failed", key=record.key, attempt=attempt)
                await asyncio.sleep(min(FIRST_WAIT_SECONDS * 2.0 ** min(attempt - 1, 10), LONGEST_WAIT_SECONDS))

    async def _displace(self, work: Work) -> Outcome:
        while True:
            try:
                return await self._story.displace(work, "head_of_line")
            except Exception:
                log.exception("record_failed", key=work.key)
                await asyncio.sleep(LONGEST_WAIT_SECONDS)

    def _ended(self, task: asyncio.Task[None]) -> None:
        record = self._running.pop(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self.failure = error
        elif task.cancelled():
            self.in_flight -= 1 + len(self._queues.pop(record.key, ()))

    def _cancel(self, *stages: Stage) -> None:
        for task, record in self._running.items():
            if record.stage in stages:
                task.cancel()
