"""The worker: take records off the topics within bounds, keep the records of one key in order, commit what is finished.

A record is finished when the pipeline returns, which it does only after the acknowledgement of every effect.
Every result belongs to the assignment under which its record was taken; a result of an older assignment is dropped:
a duplicate is harmless, a loss is not.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError
from aiokafka.structs import ConsumerRecord, OffsetAndMetadata, TopicPartition

from consumer.assignment import Assignment
from consumer.metrics import ConsumerMetrics
from consumer.outcome import Outcome
from consumer.pipeline import Pipeline
from consumer.work import Stage, Unreadable, Work, read

POLL_MS = 200
MAX_POLL_RECORDS = 500  # one larger batch stalls the loop for over ten milliseconds
FULL_WAIT_SECONDS = 30.0  # well inside max_poll_interval_ms
FETCH_GRACE_SECONDS = 2.0
INTERNAL_ATTEMPTS = 3
MIN_PAUSE_SECONDS = 0.5

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLimits:
    """Bounds of one member. Times in seconds."""

    records: int
    commit_interval: float
    drain: float


class Worker:
    """A group member, or a replay over fixed bounds: the only code that decides what is taken and what is committed."""

    def __init__(
        self,
        consumer: AIOKafkaConsumer,
        pipeline: Pipeline,
        *,
        limits: WorkerLimits,
        retry_delays: Mapping[str, float],
        metrics: ConsumerMetrics,
        flush: Callable[[], None],
        admit: Callable[[], float] = lambda: 0.0,
    ) -> None:
        """`retry_delays` maps each retry topic to its delay; `flush` sends buffered documents; `admit` slows a replay (seconds)."""
        self._consumer = consumer
        self._pipeline = pipeline
        self._limits = limits
        self._retry_delays = dict(retry_delays)
        self._metrics = metrics
        self._flush = flush
        self._admit = admit
        self._assignment: Assignment | None = None
        self._paused: dict[TopicPartition, float] = {}
        self._queues: dict[str, deque[Work | Unreadable]] = {}
        self._tasks: dict[asyncio.Task[None], Work | Unreadable] = {}
        self._room = asyncio.Event()
        self._crash: BaseException | None = None
        self.joined = False
        self.last_pump = time.monotonic()
        self.finished_records = 0
        metrics.records_in_flight.set_function(lambda: self._assignment.in_flight if self._assignment else 0)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop (a replay: until its bounds are reached), then drain, commit and return.

        Raises what broke the worker itself; failures of records are outcomes and never end it.
        """
        committing = asyncio.create_task(self._commit_periodically(), name="commit")
        committing.add_done_callback(self._done)
        try:
            while not stop.is_set() and not await self._bounds_reached():
                await self._pump()
        finally:
            committing.cancel()
            await asyncio.gather(committing, return_exceptions=True)
            await self.revoke()

    def assign(self, partitions: Mapping[TopicPartition, int | None]) -> None:
        """Begin a new assignment; a number is the offset to stop before (replay), None means no end."""
        self._assignment = Assignment(partitions)
        self.joined = True
        self._metrics.rebalances.inc()
        self._metrics.assigned.set(len(partitions))

    async def revoke(self) -> None:
        """Give all partitions back: stop taking, drain to the deadline, commit, forget. The one path of rebalance and shutdown."""
        assignment, self._assignment = self._assignment, None
        if assignment is None:
            return
        await self._drain(assignment)
        await self._commit(assignment)
        self._paused.clear()
        self._queues.clear()
        self._metrics.assigned.set(0)
        self._room.set()

    async def _pump(self) -> None:
        """Take one batch of records, if there is room."""
        self.last_pump = time.monotonic()
        if self._crash is not None:
            raise self._crash
        assignment = self._assignment
        room = self._limits.records - (assignment.in_flight if assignment else 0)
        if room <= 0:
            await self._wait_for_room()
            return
        self._resume_due()
        batches = await self._consumer.getmany(timeout_ms=POLL_MS, max_records=min(room, MAX_POLL_RECORDS))
        for partition, records in batches.items():
            for record in records:
                if (delay := self._admit()) > 0.0:
                    await asyncio.sleep(delay)
                if assignment is None or assignment is not self._assignment or partition not in assignment:
                    await self._read_again(partition)
                    break
                if not self._take(assignment, partition, record):
                    break

    async def _wait_for_room(self) -> None:
        self._room.clear()
        try:
            async with asyncio.timeout(FULL_WAIT_SECONDS):
                await self._room.wait()
        except TimeoutError:
            # A member that stops polling is thrown out of its group: poll on, with everything paused.
            running = [partition for partition in self._consumer.assignment() if partition not in self._paused]
            self._consumer.pause(*running)
            for partition in await self._consumer.getmany(timeout_ms=0):
                await self._read_again(partition)
            self._consumer.resume(*[partition for partition in running if partition in self._consumer.assignment()])

    def _take(self, assignment: Assignment, partition: TopicPartition, record: "ConsumerRecord[bytes, bytes]") -> bool:
        """Start on a record; False when it and all behind it in its partition are not due, or past the end of a replay."""
        if not assignment.within_bounds(partition, record.offset):
            return False
        delay = self._retry_delays.get(partition.topic)
        if delay is not None and (remaining := _not_due(record.timestamp, delay)) > 0.0:
            self._consumer.pause(partition)
            self._consumer.seek(partition, record.offset)
            self._paused[partition] = time.monotonic() + max(remaining, MIN_PAUSE_SECONDS)
            return False
        assignment.take(partition, record.offset)
        work = read(record, assignment)
        queue = self._queues.get(work.key)
        if queue is not None:
            queue.append(work)
            return True
        self._queues[work.key] = deque()
        task = asyncio.create_task(self._work_off(work))
        self._tasks[task] = work
        task.add_done_callback(self._done)
        return True

    def _resume_due(self) -> None:
        if not self._paused:
            return
        now = time.monotonic()
        for partition in [partition for partition, due in self._paused.items() if due <= now]:
            del self._paused[partition]
            if partition in self._consumer.assignment():
                self._consumer.resume(partition)

    async def _read_again(self, partition: TopicPartition) -> None:
        """Forget records that were polled across a rebalance: go back to where the assignment of now stands."""
        try:
            assignment = self._assignment
            position = assignment.next_offset(partition) if assignment is not None and partition in assignment else None
            if position is None:
                position = await self._consumer.committed(partition)
            if position is None:
                await self._consumer.seek_to_beginning(partition)
            else:
                self._consumer.seek(partition, position)
        except (IllegalStateError, KafkaError):
            return  # not ours any more: whoever gets it starts at the committed offset

    async def _work_off(self, work: Work | Unreadable) -> None:
        """Work off one key's records, one after another."""
        assignment = work.assignment
        while True:
            outcome = await self._process(work)
            assignment.finish(work.partition, work.offset)
            if assignment is self._assignment:
                self._room.set()
            self.finished_records += 1
            self._metrics.finished(outcome, record_timestamp_ms=work.source.timestamp_ms, now=time.time())
            queue = self._queues[work.key]
            if not queue or assignment is not self._assignment:
                del self._queues[work.key]
                return
            work = queue.popleft()
            self._tasks[asyncio.current_task()] = work  # type: ignore[index]  # this runs in a task

    async def _process(self, work: Work | Unreadable) -> Outcome:
        """Bring a record to its outcome; an error of our own is tried again, then buried rather than blocking its partition."""
        attempt = 0
        while True:
            try:
                if isinstance(work, Unreadable):
                    return await self._pipeline.bury_unreadable(work)
                if attempt < INTERNAL_ATTEMPTS:
                    return await self._pipeline.process(work)
                return await self._pipeline.bury(work, "internal_error")
            except Exception:
                attempt += 1
                log.exception("record_failed", key=work.key, attempt=attempt)
                await asyncio.sleep(min(2.0 ** min(attempt, 10) * 0.1, FULL_WAIT_SECONDS))

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._crash = error
            self._room.set()

    async def _drain(self, assignment: Assignment) -> None:
        """Give back what only waits, let fetches end within a grace and the rest within the deadline, then cancel."""
        deadline = time.monotonic() + self._limits.drain
        self._cancel(Stage.WAITING)
        grace = time.monotonic() + min(FETCH_GRACE_SECONDS, self._limits.drain)
        while any(work.stage is Stage.FETCHING for work in self._tasks.values()) and time.monotonic() < grace:
            await asyncio.wait(list(self._tasks), timeout=0.05, return_when=asyncio.FIRST_COMPLETED)
        self._cancel(Stage.WAITING, Stage.FETCHING)
        while self._tasks and (left := deadline - time.monotonic()) > 0:
            self._flush()
            await asyncio.wait(list(self._tasks), timeout=min(left, 0.1))
        if self._tasks:
            log.warning("drain_deadline", unfinished=assignment.in_flight)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _cancel(self, *stages: Stage) -> None:
        for task, work in self._tasks.items():
            if work.stage in stages:
                task.cancel()

    async def _commit_periodically(self) -> None:
        while True:
            await asyncio.sleep(self._limits.commit_interval)
            if (assignment := self._assignment) is not None:
                await self._commit(assignment)
                self._report_lag(assignment)

    async def _commit(self, assignment: Assignment) -> None:
        """Commit the front of every partition that moved."""
        fronts = assignment.uncommitted()
        if not fronts:
            return
        try:
            await self._consumer.commit(
                {partition: OffsetAndMetadata(front, "") for partition, front in fronts.items()}
            )
        except (CommitFailedError, IllegalStateError) as error:
            # Expected while the group rebalances: the records come again, to us or to another member.
            self._metrics.commits_failed.inc()
            log.info("commit_skipped", error=type(error).__name__)
        except KafkaError as error:
            self._metrics.commits_failed.inc()
            log.warning("commit_failed", error=type(error).__name__)
        else:
            assignment.committed(fronts)

    def _report_lag(self, assignment: Assignment) -> None:
        for partition, front in assignment.fronts().items():
            highwater = self._consumer.highwater(partition) if partition in self._consumer.assignment() else None
            if highwater is not None:
                self._metrics.lag.labels(partition.topic, str(partition.partition)).set(max(highwater - front, 0))
        oldest = min((work.timestamp_ms for work in self._tasks.values()), default=None)
        self._metrics.oldest_unfinished.set(0.0 if oldest is None else max(time.time() - oldest / 1000.0, 0.0))

    async def _bounds_reached(self) -> bool:
        """Tell whether a replay is through: read up to every bound, and nothing left in flight."""
        assignment = self._assignment
        if assignment is None or not assignment.until or assignment.in_flight:
            return False
        for partition, until in assignment.until.items():
            if await self._consumer.position(partition) < until:
                return False
        return True


def _not_due(timestamp_ms: int, delay_seconds: float) -> float:
    """Tell how many seconds a postponed record still waits; never longer than its topic's delay, whatever its timestamp says."""
    return min(timestamp_ms / 1000.0 + delay_seconds - time.time(), delay_seconds)


class GroupListener(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka ships no types
    """Hands rebalances to the worker; aiokafka logs and swallows what is raised here."""

    def __init__(self, worker: Worker, *, owns: Callable[[Collection[TopicPartition]], None] = lambda _: None) -> None:
        """`owns` is told which partitions this member owns, whenever that changes."""
        self._worker = worker
        self._owns = owns

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:  # noqa: ARG002 - eager: always all of them
        """Drain and commit before another member may take over."""
        await self._worker.revoke()
        self._owns(())

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        """Start over from the committed offsets."""
        log.info("partitions_assigned", count=len(assigned))
        self._owns(assigned)
        self._worker.assign(dict.fromkeys(assigned))
