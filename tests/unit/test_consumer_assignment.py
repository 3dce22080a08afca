"""An assignment offers for commit what is finished under it, partition by partition, and a byte budget what there is room for."""

import pytest
from aiokafka.structs import TopicPartition
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from consumer.assignment import Assignment
from consumer.offsets import OffsetTracker

PARTITIONS = tuple(TopicPartition("x.events", number) for number in range(3))


class AssignmentMachine(RuleBasedStateMachine):
    """Take, finish and commit on several partitions, reassign at any time, and compare with plain sets."""

    def __init__(self) -> None:
        super().__init__()
        self.group: dict[TopicPartition, int] = {}
        self.finished_ever: dict[TopicPartition, set[int]] = {one: set() for one in PARTITIONS}
        self.taken_ever: dict[TopicPartition, set[int]] = {one: set() for one in PARTITIONS}
        self.stale: list[tuple[Assignment, TopicPartition, int]] = []
        self.begin()

    def begin(self) -> None:
        self.assignment = Assignment(dict.fromkeys(PARTITIONS))
        self.unfinished: dict[TopicPartition, set[int]] = {one: set() for one in PARTITIONS}
        self.next = {one: self.group.get(one, 0) for one in PARTITIONS}
        self.taken: set[TopicPartition] = set()

    @rule(partition=st.sampled_from(PARTITIONS), gap=st.integers(0, 3))
    def take(self, partition: TopicPartition, gap: int) -> None:
        offset = self.next[partition] + gap
        # What the gap skips is no longer in the topic (compaction, retention): nobody will read it.
        self.taken_ever[partition] -= set(range(self.next[partition], offset))
        self.assignment.take(partition, offset)
        self.unfinished[partition].add(offset)
        self.taken_ever[partition].add(offset)
        self.next[partition] = offset + 1
        self.taken.add(partition)

    @precondition(lambda self: any(self.unfinished.values()))
    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        partition = data.draw(st.sampled_from([one for one in PARTITIONS if self.unfinished[one]]))
        offset = data.draw(st.sampled_from(sorted(self.unfinished[partition])))
        self.assignment.finish(partition, offset)
        self.unfinished[partition].remove(offset)
        self.finished_ever[partition].add(offset)

    @rule()
    def commit(self) -> None:
        checkpoints = self.assignment.uncommitted()
        self.group.update({one: checkpoint.front for one, checkpoint in checkpoints.items()})
        self.assignment.committed(checkpoints)
        assert self.assignment.uncommitted() == {}

    @rule()
    def commit_that_fails(self) -> None:
        # Nothing is noted as committed, so the same fronts are offered again.
        assert self.assignment.uncommitted() == self.assignment.uncommitted()

    @rule()
    def rebalance(self) -> None:
        self.stale += [(self.assignment, one, offset) for one, open_ in self.unfinished.items() for offset in open_]
        self.begin()

    @precondition(lambda self: self.stale)
    @rule()
    def finish_under_an_older_assignment(self) -> None:
        assignment, partition, offset = self.stale.pop()
        before = self.assignment.fronts()
        assignment.finish(partition, offset)
        assert self.assignment.fronts() == before

    @invariant()
    def nothing_unfinished_was_passed(self) -> None:
        for partition, offset in self.group.items():
            passed = {one for one in self.taken_ever[partition] if one < offset}
            assert passed <= self.finished_ever[partition]

    @invariant()
    def fronts_are_the_lowest_unfinished(self) -> None:
        assert self.assignment.fronts() == {
            one: min(self.unfinished[one], default=self.next[one]) for one in self.taken
        }
        assert self.assignment.in_flight == sum(map(len, self.unfinished.values()))
        for one in PARTITIONS:
            assert self.assignment.next_offset(one) == (self.next[one] if one in self.taken else None)


TestAssignment = AssignmentMachine.TestCase


@given(st.lists(st.integers(0, 9), unique=True, min_size=1), st.randoms(use_true_random=False))
def test_the_front_is_one_past_the_last_when_all_is_finished_in_any_order(offsets: list[int], rng: object) -> None:
    tracker = OffsetTracker()
    for offset in sorted(offsets):
        tracker.take(offset)
    for done, offset in enumerate(offsets, start=1):
        tracker.finish(offset)
        assert tracker.unfinished == len(offsets) - done
    assert tracker.front == tracker.next_offset == max(offsets) + 1


def test_only_what_was_assigned_belongs_to_an_assignment() -> None:
    assignment = Assignment({PARTITIONS[0]: None})
    assert PARTITIONS[0] in assignment
    assert PARTITIONS[1] not in assignment
    assert len(assignment) == 1
    with pytest.raises(KeyError):
        assignment.take(PARTITIONS[1], 0)


@pytest.mark.parametrize(("offset", "within"), [(0, True), (4, True), (5, False), (6, False)])
def test_a_bound_is_exclusive_and_none_is_no_end(offset: int, within: bool) -> None:
    assignment = Assignment({PARTITIONS[0]: 5, PARTITIONS[1]: None})
    assert assignment.within_bounds(PARTITIONS[0], offset) is within
    assert assignment.within_bounds(PARTITIONS[1], offset)
    assert assignment.until == {PARTITIONS[0]: 5}


def test_only_fronts_that_moved_are_committed_again() -> None:
    assignment = Assignment(dict.fromkeys(PARTITIONS))
    for partition in PARTITIONS[:2]:
        assignment.take(partition, 0)
        assignment.finish(partition, 0)
    assignment.committed(assignment.uncommitted())
    assignment.take(PARTITIONS[0], 1)
    assert assignment.uncommitted() == {}
    assignment.finish(PARTITIONS[0], 1)
    assert {one: checkpoint.front for one, checkpoint in assignment.uncommitted().items()} == {PARTITIONS[0]: 2}
