"""The tracker's promises: no commit passes an unfinished record, and nothing finished and committed is worked on again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from consumer.checkpoint import MAX_MAP_BYTES, Checkpoint, decode, encode
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

    @invariant()
    def the_checkpoint_holds_everything_finished_above_the_front_and_nothing_unfinished(self) -> None:
        checkpoint = self.tracker.checkpoint()
        assert (checkpoint is None) is not self.taken
        if checkpoint is not None:
            known = {one for start, stop in checkpoint.finished for one in range(start, stop)}
            assert known == set(range(checkpoint.front, self.next_offset)) - self.unfinished
            assert self.tracker.finished_above == len(known)


TestTracker = TrackerMachine.TestCase


class LogMachine(RuleBasedStateMachine):
    """A partition, the group's commit, and owners that come and go by kill or in good order.

    Records have names, so that an offset that means another record after a truncation is told apart.
    """

    def __init__(self) -> None:
        super().__init__()
        self.log: dict[int, tuple[int, int]] = {}  # offset -> (name, timestamp)
        self.end = 0
        self.clock = 1000
        self.names = 0
        self.commit: tuple[int, str] | None = None
        self.effective: set[int] = set()  # names whose effects are acknowledged
        self.durable: set[int] = set()  # those that the last commit knew of
        self.same_log = True  # since the last commit
        self.start_owner()

    def start_owner(self) -> None:
        self.position = self.commit[0] if self.commit else 0
        self.tracker = OffsetTracker(decode(*self.commit) if self.commit else None)
        self.open: dict[int, int] = {}
        self.known = set(self.durable)  # names that this owner has to know as finished

    def begin_anew(self) -> None:
        self.tracker, self.open, self.known = OffsetTracker(), {}, set()

    @rule(gap=st.integers(0, 3), tick=st.integers(0, 2))
    def append(self, gap: int, tick: int) -> None:
        self.clock += tick
        self.end += gap
        self.names += 1
        self.log[self.end] = (self.names, self.clock)
        self.end += 1

    @rule(count=st.integers(1, 8))
    def take(self, count: int) -> None:
        if self.position > self.end:  # out of range: the client goes back to the oldest record
            self.position = 0
        for offset in sorted(one for one in self.log if one >= self.position)[:count]:
            name, timestamp = self.log[offset]
            following = self.tracker.next_offset
            if following is not None and offset < following:
                self.begin_anew()
            if self.tracker.take(offset, timestamp):
                self.open[offset] = name
                assert not (self.same_log and name in self.known), "worked on again"
                self.known.discard(name)
            else:
                assert name in self.effective, "passed over and lost"
            self.position = offset + 1

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        offset = data.draw(st.sampled_from(sorted(self.open)))
        name = self.open.pop(offset)
        self.effective.add(name)
        self.known.add(name)
        self.tracker.finish(offset)

    @rule()
    def make_commit(self) -> None:
        checkpoint = self.tracker.checkpoint()
        if checkpoint is not None:
            below = {name for offset, (name, _) in self.log.items() if offset < checkpoint.front}
            assert below <= self.effective
            self.commit = (checkpoint.front, encode(checkpoint))
            self.durable = set(self.known)
            self.same_log = True

    @rule()
    def change_owner(self) -> None:
        self.start_owner()

    @precondition(lambda self: self.log)
    @rule(data=st.data())
    def retention_or_compaction(self, data: st.DataObject) -> None:
        for offset in data.draw(st.sets(st.sampled_from(sorted(self.log)), max_size=4)):
            if self.commit is None or offset != self.commit[0]:  # without its anchor a map is not believed
                del self.log[offset]

    @precondition(lambda self: self.log)
    @rule(data=st.data())
    def truncation(self, data: st.DataObject) -> None:
        # Not below the commit, and noticed before the log has grown again: this client knows no leader epochs.
        kept = self.commit[0] if self.commit else 0
        self.end = data.draw(st.sampled_from([one for one in (kept, *sorted(self.log)) if one >= kept]))
        self.log = {offset: one for offset, one in self.log.items() if offset < self.end}
        self.clock += 1
        self.same_log = False
        if self.position > self.end:
            self.begin_anew()
            self.position = 0

    @rule()
    def topic_created_again(self) -> None:
        # The broker forgets the commits of a deleted topic; a member notices by its position.
        self.log, self.end, self.commit = {}, 0, None
        self.clock += 1
        self.start_owner()

    @invariant()
    def no_record_that_is_still_there_was_passed_by_the_commit(self) -> None:
        if self.commit is not None and self.same_log:
            passed = {name for offset, (name, _) in self.log.items() if offset < self.commit[0]}
            assert passed <= self.effective


TestLog = LogMachine.TestCase


def restored(*runs: tuple[int, int], front: int = 10, anchor_ms: int = 5, newest_ms: int = 90) -> OffsetTracker:
    return OffsetTracker(Checkpoint(front=front, anchor_ms=anchor_ms, newest_ms=newest_ms, finished=runs))


def test_a_restart_passes_over_what_was_finished_and_keeps_it_in_the_next_commit() -> None:
    tracker = restored((11, 13), (15, 20))
    assert [tracker.take(one, 5) for one in range(10, 16)] == [True, False, False, True, True, False]
    checkpoint = tracker.checkpoint()
    assert checkpoint is not None
    known = {one for start, stop in checkpoint.finished for one in range(start, stop)}
    assert (checkpoint.front, known) == (10, {11, 12, 15, 16, 17, 18, 19})


def test_the_front_stays_at_a_record_that_was_read_while_more_is_known_further_on() -> None:
    tracker = restored((11, 13), (15, 20))
    for offset in (10, 11):
        tracker.take(offset, 5)
    tracker.finish(10)
    checkpoint = tracker.checkpoint()
    assert checkpoint is not None
    again = OffsetTracker(decode(checkpoint.front, encode(checkpoint)))
    assert [again.take(one, 5) for one in range(11, 16)] == [False, False, True, True, False]


@pytest.mark.parametrize(("first", "timestamp"), [(10, 6), (11, 5), (12, 5), (0, 5)])
def test_a_map_of_another_log_is_not_believed(first: int, timestamp: int) -> None:
    tracker = restored((11, 20))
    assert [tracker.take(one, timestamp) for one in range(first, 15)] == [True] * (15 - first)


def test_a_record_newer_than_all_that_was_known_is_not_passed_over() -> None:
    tracker = restored((11, 20), newest_ms=90)
    assert tracker.take(10, 5)
    assert not tracker.take(11, 90)
    assert tracker.take(12, 91)
    assert tracker.take(13, 60)


def test_a_stuck_front_costs_no_memory_and_little_metadata_however_much_passes_it() -> None:
    tracker = OffsetTracker()
    tracker.take(0)
    for offset in range(1, 50_000):
        tracker.take(offset)
        tracker.finish(offset)
    assert len(tracker._order) < 200
    assert tracker.load < 0.01
    checkpoint = tracker.checkpoint()
    assert checkpoint is not None
    assert checkpoint.finished == ((1, 50_000),)


def test_the_load_says_beforehand_when_the_metadata_could_overflow() -> None:
    tracker = OffsetTracker()
    offset = 0
    while tracker.load < 0.75:
        tracker.take(offset)
        if offset % 2:
            tracker.finish(offset)
        offset += 1
    checkpoint = tracker.checkpoint()
    assert checkpoint is not None
    assert 0 < len(encode(checkpoint)) <= 4096
    assert offset > MAX_MAP_BYTES / 4


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
