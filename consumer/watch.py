"""Look after a worker every second: lag and ages for the metrics, blocked fronts, and the vitals that liveness is judged by."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import IllegalStateError, KafkaError
from aiokafka.structs import TopicPartition

from consumer.assignment import Assignment
from consumer.committer import Committer
from consumer.headofline import HeadOfLine
from consumer.health import Progress, Vitals
from consumer.intake import Intake
from consumer.lanes import Lanes
from consumer.metrics import ConsumerMetrics

WATCH_SECONDS = 1.0
QUIET_SECONDS = 15.0  # without progress for so long, Kafka is asked whether there is anything to do at all
ASK_SECONDS = 10.0
POSITION_SECONDS = 0.5
SAY_SECONDS = 10.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The parts of a worker that are looked after."""

    consumer: AIOKafkaConsumer
    lanes: Lanes
    intake: Intake
    committer: Committer


class Watch:
    """One worker's. It moves a record out of the way of its partition; apart from that it only looks."""

    def __init__(
        self,
        parts: Watched,
        *,
        window: int,
        head_of_line_seconds: float,
        paused: Callable[[], bool],
        throttled: Callable[[], bool],
        metrics: ConsumerMetrics,
    ) -> None:
        """`window` is the bound of records in flight; `paused` tells whether something known holds up everyone.

        `throttled` tells whether requests wait for their quota, which explains a standstill but no single record's.
        """
        self._parts = parts
        self._fronts: HeadOfLine[TopicPartition] = HeadOfLine(window=window)
        self._move_after = head_of_line_seconds
        self._paused = paused
        self._throttled = throttled
        self._metrics = metrics
        self._said: set[tuple[TopicPartition, int]] = set()
        now = time.monotonic()
        self._progress = Progress(now)
        self._finished = 0
        self._quiet_since = self._asked_at = now
        self._outside_since: float | None = now
        self._commits_fail_since: float | None = None
        self._lagging = False
        self._kafka_answers = True

    @property
    def vitals(self) -> Vitals:
        """Say what liveness is judged by."""
        return Vitals(
            polled_at=self._parts.intake.turned_at,
            progressed_at=self._progress.at,
            commits_fail_since=self._commits_fail_since,
            outside_the_group_since=self._outside_since,
        )

    async def look(self, assignment: Assignment | None, finished: int) -> None:
        """Look once; `finished` is the number of records finished so far."""
        now = time.monotonic()
        if finished != self._finished:
            self._finished, self._quiet_since = finished, now
            self._lagging, self._kafka_answers = False, True
        if assignment is None or now - self._quiet_since >= QUIET_SECONDS:
            await self._ask_kafka(assignment, now)
        paused = self._paused() or not self._kafka_answers
        waiting = self._parts.lanes.in_flight > 0 or self._lagging
        self._progress.note(now, finished=finished, waiting=waiting, paused=paused or self._throttled())
        self._outside_since = self._since(self._outside_since, assignment is None and self._kafka_answers, now)
        self._commits_fail_since = self._parts.committer.failing_since if self._kafka_answers else None
        if assignment is not None:
            await self._report(assignment)
            self._unblock(assignment, now, paused=paused)

    async def _report(self, assignment: Assignment) -> None:
        consumer, fronts = self._parts.consumer, assignment.fronts()
        for partition in assignment.partitions:
            front = fronts[partition] if partition in fronts else await self._position(partition)
            if assignment is not self._parts.intake.current():
                return
            highwater = consumer.highwater(partition) if partition in consumer.assignment() else None
            if highwater is not None and front is not None:
                self._metrics.lag.labels(partition.topic, str(partition.partition)).set(max(highwater - front, 0))
        oldest = self._parts.lanes.oldest_timestamp_ms()
        self._metrics.oldest_unfinished.set(0.0 if oldest is None else max(time.time() - oldest / 1000.0, 0.0))

    async def _position(self, partition: TopicPartition) -> int | None:
        """Tell where reading starts in a partition of which nothing was taken yet; None while that is not known."""
        try:
            async with asyncio.timeout(POSITION_SECONDS):
                position: int = await self._parts.consumer.position(partition)
        except (TimeoutError, IllegalStateError):
            return None
        return position

    def _unblock(self, assignment: Assignment, now: float, *, paused: bool) -> None:
        """Name the fronts that hold up their partition, and in time move them to a retry topic."""
        blocked = self._fronts.look(assignment.heads(), now, paused=paused)
        self._metrics.head_of_line.set(blocked[0].seconds if blocked else 0.0)
        said = {(one.partition, one.offset) for one in blocked if one.seconds >= SAY_SECONDS}
        for one in blocked:
            key = self._parts.lanes.key_at(one.partition, one.offset)
            where = {"topic": one.partition.topic, "partition": one.partition.partition, "offset": one.offset}
            if (one.partition, one.offset) in said - self._said:
                log.warning("front_blocked", key=key, seconds=round(one.seconds), **where)
            if one.seconds >= self._move_after and key is not None and self._parts.lanes.displace(key):
                self._metrics.head_of_line_moved.inc()
                log.warning("front_moved", key=key, seconds=round(one.seconds), **where)
        self._said = said

    async def _ask_kafka(self, assignment: Assignment | None, now: float) -> None:
        """Find out whether Kafka answers, and whether there is anything to read that is not paused on purpose."""
        if now - self._asked_at < QUIET_SECONDS:
            return
        self._asked_at = now
        consumer, paused = self._parts.consumer, self._parts.intake.paused
        try:
            async with asyncio.timeout(ASK_SECONDS):
                partitions = [one for one in assignment.partitions if one not in paused] if assignment else []
                if not partitions:
                    await consumer.topics()
                    self._lagging = False
                else:
                    ends = await consumer.end_offsets(partitions)
                    self._lagging = any([await consumer.position(one) < end for one, end in ends.items()])
        except (KafkaError, TimeoutError) as error:
            self._kafka_answers = False
            log.warning("kafka_does_not_answer", error=type(error).__name__)
        else:
            self._kafka_answers = True

    @staticmethod
    def _since(before: float | None, holds: bool, now: float) -> float | None:
        return (now if before is None else before) if holds else None
