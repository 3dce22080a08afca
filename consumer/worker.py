"""The worker: what is taken, what runs, what is committed, and the one way in which all of it ends.

A record is finished when the pipeline returns, which it does only after the acknowledgement of every effect.
Every result belongs to the assignment under which its record was taken; a result of an older assignment is dropped:
a duplicate is harmless, a loss is not.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener
from aiokafka.structs import TopicPartition

from common.kafka import fetching_ended
from consumer.assignment import Assignment
from consumer.checkpoint import Checkpoint
from consumer.committer import Committer, GroupOffsets
from consumer.intake import ASK_SECONDS, Intake
from consumer.lanes import Lanes, Record, Story
from consumer.line import Line
from consumer.metrics import ConsumerMetrics
from consumer.outcome import Outcome
from consumer.watch import WATCH_SECONDS, Watch, Watched

log = structlog.get_logger()


class FetchingEndedError(Exception):
    """The Kafka client hands out nothing more; only a new one does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLimits:
    """Bounds of one member. Times in seconds."""

    records: int
    commit_interval: float
    drain: float
    head_of_line: float = 300.0


class Worker:
    """A group member, or a replay over fixed bounds."""

    def __init__(
        self,
        consumer: AIOKafkaConsumer,
        pipeline: Story,
        *,
        limits: WorkerLimits,
        retry_delays: Mapping[str, float],
        offsets: GroupOffsets,
        line: Line,
        metrics: ConsumerMetrics,
        flush: Callable[[], None],
        admit: Callable[[], float] = lambda: 0.0,
        paused: Callable[[], bool] = lambda: False,
        throttled: Callable[[], bool] = lambda: False,
    ) -> None:
        """`paused` tells whether something outside holds up all records, `throttled` whether they wait for a quota.

        `retry_delays` maps each retry topic to its delay; `flush` sends buffered documents; `admit` slows a replay (seconds).
        """
        self._consumer = consumer
        self._limits = limits
        self._metrics = metrics
        self._flush = flush
        self._assignment: Assignment | None = None
        self._committer = Committer(consumer, offsets, metrics=metrics)
        self._lanes = Lanes(pipeline, wanted=lambda one: one.assignment is self._assignment, finished=self._finished)
        self._intake = Intake(
            consumer,
            self._lanes,
            limit=limits.records,
            retry_delays=retry_delays,
            current=lambda: self._assignment,
            line=line,
            admit=admit,
        )
        self.watch = Watch(
            Watched(consumer=consumer, lanes=self._lanes, intake=self._intake, committer=self._committer),
            window=limits.records,
            head_of_line_seconds=limits.head_of_line,
            paused=lambda: line.halted or paused(),
            throttled=throttled,
            metrics=metrics,
        )
        self._crash: BaseException | None = None
        self._revoking = asyncio.Lock()
        self.joined = False
        self.finished_records = 0
        metrics.records_in_flight.set_function(lambda: self._lanes.in_flight)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop (a replay: until its bounds are reached), then drain, commit and return.

        Raises what broke the worker itself; failures of records are outcomes and never end it.
        """
        beside = [
            asyncio.create_task(self._intake.end_at(stop), name="wake-when-stopped"),
            asyncio.create_task(self._commit_periodically(), name="commit"),
            asyncio.create_task(self._watch_periodically(), name="watch"),
        ]
        for task in beside:
            task.add_done_callback(self._broke)
        try:
            while not stop.is_set():
                if (broken := self._crash or self._lanes.failure) is not None:
                    raise broken
                if await self._bounds_reached():
                    break
                if fetching_ended(self._consumer):
                    raise FetchingEndedError("aiokafka stopped fetching: start again")
                await self._intake.pump()
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            await self.revoke()

    async def restore(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, Checkpoint]:
        """Read what was finished above the commits of partitions that are about to be assigned."""
        return await self._committer.restore(partitions)

    def assign(
        self,
        partitions: Mapping[TopicPartition, int | None],
        restored: Mapping[TopicPartition, Checkpoint] | None = None,
    ) -> None:
        """Begin a new assignment; a number is the offset to stop before (replay), None means no end."""
        self._assignment = Assignment(partitions, restored)
        self._intake.forget_pauses()
        self.joined = True
        self._metrics.rebalances.inc()
        self._metrics.assigned.set(len(partitions))

    async def revoke(self) -> None:
        """Give all partitions back: stop taking, drain to the deadline, commit, forget. The one path of rebalance and shutdown."""
        async with self._revoking:  # a shutdown in the middle of a rebalance waits until that has drained and committed
            assignment, self._assignment = self._assignment, None
            if assignment is None:
                return
            await self._lanes.drain(seconds=self._limits.drain, flush=self._flush)
            await self._committer.commit(assignment)
            self._intake.forget_pauses()
            self._metrics.assigned.set(0)
            self._metrics.lag.clear()  # whoever gets the partitions reports them from now on
            self._intake.room.set()

    def _finished(self, record: Record, outcome: Outcome) -> None:
        """Note an outcome; under an older assignment it finishes nothing of this one."""
        record.assignment.finish(record.partition, record.offset, record.incarnation)
        self.finished_records += 1
        self._metrics.finished(outcome, record_timestamp_ms=record.source.timestamp_ms, now=time.time())
        self._intake.room.set()

    def _broke(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self._crash = error
            self._intake.room.set()

    async def _commit_periodically(self) -> None:
        while True:
            await asyncio.sleep(self._limits.commit_interval)
            if (assignment := self._assignment) is not None:
                await self._committer.commit(assignment)

    async def _watch_periodically(self) -> None:
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            await self.watch.look(self._assignment, self.finished_records)

    async def _bounds_reached(self) -> bool:
        """Tell whether a replay is through: read up to every bound, and nothing left in flight."""
        assignment = self._assignment
        if assignment is None or not assignment.until or assignment.in_flight:
            return False
        try:
            async with asyncio.timeout(ASK_SECONDS):  # a client that stopped fetching may never know
                for partition, until in assignment.until.items():
                    if await self._consumer.position(partition) < until:
                        return False
        except TimeoutError:
            return False
        return True


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
        """Go on from the committed offsets, past what was finished above them."""
        self._owns(assigned)
        restored = await self._worker.restore(assigned)
        known = sum(stop - start for one in restored.values() for start, stop in one.finished)
        log.info("partitions_assigned", count=len(assigned), finished_above=known)
        self._worker.assign(dict.fromkeys(assigned), restored)
