"""Postponed records wait out the delay of their topic, however the group rebalances, and then go on in order, each once."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from aiokafka.structs import TopicPartition
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from consumer import intake as intake_module
from consumer.assignment import Assignment
from consumer.deadletter import DeadLetterLimits
from consumer.intake import MIN_PAUSE_SECONDS, Intake
from consumer.lanes import Record
from consumer.line import Line
from tests.unit.fakes import FakeConsumer

DELAYS = {"retry-1": 5.0, "retry-2": 60.0}
PARTITIONS = [TopicPartition("events", 0), *(TopicPartition(topic, number) for topic in DELAYS for number in (0, 1))]
EPOCH_SECONDS = 1_000_000.0


class Taken:
    """Stands in for the lanes: what is taken is finished at once."""

    def __init__(self) -> None:
        self.in_flight = self.running = 0
        self.records: list[Record] = []

    def add(self, record: Record) -> None:
        self.records.append(record)
        record.assignment.finish(record.partition, record.offset, record.incarnation)


class Scheduler(RuleBasedStateMachine):
    """Records come, time passes, the member polls, and the group rebalances, in any order."""

    @initialize()
    def begin(self) -> None:
        self.now = 0.0
        self.loop = asyncio.new_event_loop()
        self.consumer, self.lanes = FakeConsumer(*PARTITIONS), Taken()
        lanes: Any = self.lanes
        self.assignment = Assignment(dict.fromkeys(PARTITIONS))
        self.due: dict[tuple[TopicPartition, int], float] = {}
        self.seen = 0
        with self.clock():
            self.intake = Intake(
                self.consumer,
                lanes,
                limit=1000,
                retry_delays=DELAYS,
                current=lambda: self.assignment,
                line=Line(DeadLetterLimits()),
            )

    def teardown(self) -> None:
        if hasattr(self, "loop"):
            self.loop.close()

    @contextmanager
    def clock(self) -> Iterator[None]:
        names = vars(intake_module)
        real = names["time"]
        names["time"] = SimpleNamespace(monotonic=lambda: self.now, time=lambda: EPOCH_SECONDS + self.now)
        try:
            yield
        finally:
            names["time"] = real

    @rule(
        partition=st.sampled_from(PARTITIONS), age=st.sampled_from((0.0, 0.0, 3.0, 30.0, 90.0)), count=st.integers(1, 3)
    )
    def records_come(self, partition: TopicPartition, age: float, count: int) -> None:
        for _ in range(count):
            offset = self.consumer.highwater(partition)
            stamp = int((EPOCH_SECONDS + self.now - age) * 1000)
            self.consumer.add(partition, b"{}", timestamp=stamp)
            due = stamp / 1000.0 - EPOCH_SECONDS + DELAYS.get(partition.topic, -1e9)
            # Nothing passes the record in front of it.
            self.due[partition, offset] = max(due, self.due.get((partition, offset - 1), due))

    @rule(seconds=st.floats(0.1, 70.0))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def poll(self) -> None:
        with self.clock():
            self.loop.run_until_complete(self.intake.pump())

    @rule()
    def rebalance(self) -> None:
        """Lose everything and get it back at the committed offsets, as aiokafka does: positions and pauses are gone."""
        fronts = self.assignment.fronts()
        for partition in PARTITIONS:
            self.consumer.group_offsets[partition] = fronts.get(
                partition, self.consumer.group_offsets.get(partition, 0)
            )
        self.consumer.positions = dict(self.consumer.group_offsets)
        self.consumer.halted.clear()
        self.assignment = Assignment(dict.fromkeys(PARTITIONS))
        self.intake.forget_pauses()

    @rule()
    def everything_that_is_due_is_taken_after_the_shortest_pause(self) -> None:
        due = {place for place, moment in self.due.items() if moment <= self.now}
        self.now += MIN_PAUSE_SECONDS
        for _ in range(2):  # one poll to resume what is paused, and one if the first one only found what has to wait
            self.poll()
        assert due <= {(one.partition, one.offset) for one in self.lanes.records}

    @invariant()
    def nothing_is_taken_before_it_is_due_or_twice_or_out_of_order(self) -> None:
        for one in self.lanes.records[self.seen :]:
            assert self.due[one.partition, one.offset] <= self.now + 1e-3
        self.seen = len(self.lanes.records)
        for partition in PARTITIONS:
            offsets = [one.offset for one in self.lanes.records if one.partition == partition]
            assert offsets == list(range(len(offsets)))


TestScheduler = Scheduler.TestCase
TestScheduler.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
