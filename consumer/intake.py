"""Take records off the topics within bounds: what is not due, not ours or too much stays where it is."""

import asyncio
import time
from collections.abc import Callable, Mapping

import structlog
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import IllegalStateError, KafkaError
from aiokafka.structs import ConsumerRecord, TopicPartition

from common.kafka import fetching_ended
from consumer.assignment import Assignment
from consumer.lanes import Lanes
from consumer.line import Line
from consumer.work import read

POLL_MS = 200
MAX_POLL_RECORDS = 500  # one larger batch stalls the loop for over ten milliseconds
FULL_WAIT_SECONDS = 30.0  # well inside max_poll_interval_ms
MIN_PAUSE_SECONDS = 0.5
CHECKPOINT_FULL = 0.75  # of the commit's metadata: nothing more is taken of a partition whose front is stuck
CHECKPOINT_ROOM = 0.5
ASK_SECONDS = 10.0

log = structlog.get_logger()


class Intake:
    """Moves records from the consumer to the lanes; the only code that moves a position."""

    def __init__(
        self,
        consumer: AIOKafkaConsumer,
        lanes: Lanes,
        *,
        limit: int,
        retry_delays: Mapping[str, float],
        current: Callable[[], Assignment | None],
        line: Line,
        admit: Callable[[], float] = lambda: 0.0,
    ) -> None:
        """`limit` bounds the records in flight; `retry_delays` maps each retry topic to its delay, in seconds.

        `current` names the assignment of this moment; `line` is the stop at too many dead letters; `admit` slows a replay (seconds to wait before a record).
        """
        self._consumer = consumer
        self._lanes = lanes
        self._limit = limit
        self._retry_delays = dict(retry_delays)
        self.current = current
        self._line = line
        self._admit = admit
        self._paused: dict[TopicPartition, float | None] = {}
        self._stop = asyncio.Event()
        self.room = asyncio.Event()
        self.turned_at = time.monotonic()

    @property
    def paused(self) -> frozenset[TopicPartition]:
        """The partitions from which nothing is taken: what is next is not due, or their commit metadata is full."""
        return frozenset(self._paused)

    async def end_at(self, stop: asyncio.Event) -> None:
        """Wait for nothing any more once told to stop."""
        self._stop = stop
        await stop.wait()
        self.room.set()

    def forget_pauses(self) -> None:
        """Begin anew: a rebalance lifts every pause at the consumer, and the next record shows whether it is due."""
        self._paused.clear()

    async def pump(self) -> None:
        """Take one batch of records, if there is room."""
        self.turned_at = time.monotonic()
        assignment = self.current()
        lanes = self._lanes
        room = int(min(self._limit - lanes.in_flight, self._line.room(lanes.running), MAX_POLL_RECORDS))
        if room <= 0:
            await self._wait_for_room()
            return
        self._resume(assignment)
        batches = await self._consumer.getmany(timeout_ms=POLL_MS, max_records=room)
        for partition, records in batches.items():
            for record in records:
                if assignment is not None and not assignment.within_bounds(partition, record.offset):
                    self._consumer.pause(partition)  # the end of a replay; what lies behind costs neither time nor rate
                    break
                if (delay := self._admit()) > 0.0 and await self._stopped_within(delay):
                    return  # what was polled and not taken is not committed either
                if assignment is None or assignment is not self.current() or partition not in assignment:
                    await self._read_again(partition)
                    break
                if not self._take(assignment, partition, record):
                    break

    def _take(self, assignment: Assignment, partition: TopicPartition, record: "ConsumerRecord[bytes, bytes]") -> bool:
        """Start on a record; False when it and all behind it in its partition have to wait."""
        delay = self._retry_delays.get(partition.topic)
        if delay is not None and (remaining := _not_due(record.timestamp, delay)) > 0.0:
            self._pause(partition, record.offset, until=time.monotonic() + max(remaining, MIN_PAUSE_SECONDS))
            return False
        if assignment.load(partition) >= CHECKPOINT_FULL:
            log.warning("commit_metadata_full", topic=partition.topic, partition=partition.partition)
            self._pause(partition, record.offset, until=None)
            return False
        following = assignment.next_offset(partition)
        if following is not None and record.offset < following:
            log.error("log_began_anew", topic=partition.topic, partition=partition.partition, offset=record.offset)
            assignment.begin_anew(partition)
        if assignment.take(partition, record.offset, record.timestamp):
            work = read(record, assignment)
            work.incarnation = assignment.incarnation(partition)
            self._lanes.add(work)
            self._line.taken()
        return True

    def _pause(self, partition: TopicPartition, offset: int, *, until: float | None) -> None:
        self._consumer.pause(partition)
        self._consumer.seek(partition, offset)
        self._paused[partition] = until

    def _resume(self, assignment: Assignment | None) -> None:
        """Go on with partitions whose next record is due, and with those whose front got ahead."""
        if not self._paused or assignment is None:
            return
        now = time.monotonic()
        for partition, due in list(self._paused.items()):
            if (assignment.load(partition) <= CHECKPOINT_ROOM) if due is None else (due <= now):
                del self._paused[partition]
                if partition in self._consumer.assignment():
                    self._consumer.resume(partition)

    async def _stopped_within(self, seconds: float) -> bool:
        """Wait, but not on after being told to stop."""
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return False
        return True

    async def _wait_for_room(self) -> None:
        self.room.clear()
        if self._stop.is_set():
            return
        try:
            async with asyncio.timeout(min(FULL_WAIT_SECONDS, self._line.patience)):
                await self.room.wait()
        except TimeoutError:
            # A member that stops polling is thrown out of its group: poll on, with everything paused.
            running = [partition for partition in self._consumer.assignment() if partition not in self._paused]
            self._consumer.pause(*running)
            for partition in await self._consumer.getmany(timeout_ms=0):
                await self._read_again(partition)
            self._consumer.resume(*[partition for partition in running if partition in self._consumer.assignment()])

    async def _read_again(self, partition: TopicPartition) -> None:
        """Forget records that were polled across a rebalance: go back to where the assignment of now stands.

        Until that is known nothing else is read: to go on from behind these records would lose them.
        """
        while not self._stop.is_set() and not fetching_ended(self._consumer):
            self.turned_at = time.monotonic()
            try:
                async with asyncio.timeout(ASK_SECONDS):
                    await self._seek_back(partition)
            except IllegalStateError:
                return  # not ours any more: whoever gets it starts at the committed offset
            except (KafkaError, TimeoutError) as error:
                log.warning("position_unknown", error=type(error).__name__)
                await self._stopped_within(MIN_PAUSE_SECONDS)
            else:
                return

    async def _seek_back(self, partition: TopicPartition) -> None:
        if partition not in self._consumer.assignment():
            return
        assignment = self.current()
        position = assignment.next_offset(partition) if assignment is not None and partition in assignment else None
        if position is None:
            position = await self._consumer.committed(partition)
        if position is None:
            await self._consumer.seek_to_beginning(partition)
        else:
            self._consumer.seek(partition, position)


def _not_due(timestamp_ms: int, delay_seconds: float) -> float:
    """Tell how many seconds a postponed record still waits; never longer than its topic's delay, whatever its timestamp says."""
    return min(timestamp_ms / 1000.0 + delay_seconds - time.time(), delay_seconds)
