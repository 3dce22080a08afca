"""The tracker's one promise: what it offers to commit never passes a record that is not finished."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from consumer.offsets import OffsetTracker


class TrackerMachine(RuleBasedStateMachine):
    """Compare the tracker with the plain set of what is unfinished."""

    def __init__(self) -> None:
        super().__init__()
        self.tracker = OffsetTracker()
        self.unfinished: set[int] = set()
        self.next_offset = 0
        self.taken = False

    @rule(gap=st.integers(0, 5))
    def take(self, gap: int) -> None:
        offset = self.next_offset + gap
        self.tracker.take(offset)
        self.unfinished.add(offset)
        self.next_offset = offset + 1
        self.taken = True

    @precondition(lambda self: self.unfinished)
    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        offset = data.draw(st.sampled_from(sorted(self.unfinished)))
        self.tracker.finish(offset)
        self.unfinished.remove(offset)

    @invariant()
    def front_is_the_lowest_unfinished(self) -> None:
        expected = min(self.unfinished) if self.unfinished else (self.next_offset if self.taken else None)
        assert self.tracker.front == expected
        assert self.tracker.unfinished == len(self.unfinished)


TestTracker = TrackerMachine.TestCase


def test_a_record_read_twice_is_an_error_and_not_a_second_record() -> None:
    tracker = OffsetTracker()
    tracker.take(7)
    with pytest.raises(ValueError, match="offset 7"):
        tracker.take(7)


@given(st.integers(-5, 6))
def test_an_offset_that_is_not_open_cannot_be_finished(offset: int) -> None:
    tracker = OffsetTracker()
    tracker.take(7)
    with pytest.raises(ValueError, match="not open"):
        tracker.finish(offset)
