"""The partitions of one assignment and how far each has come. A new assignment is a new object, so stale results are told apart."""

from collections.abc import Iterator, Mapping

from aiokafka.structs import TopicPartition

from consumer.checkpoint import Checkpoint
from consumer.headofline import Head
from consumer.offsets import OffsetTracker


class Assignment:
    """What was taken and finished under one assignment; `until` bounds a replay, None means no end.

    `restored` is what the commits said at its beginning: the records finished above each committed offset.
    """

    def __init__(
        self,
        partitions: Mapping[TopicPartition, int | None],
        restored: Mapping[TopicPartition, Checkpoint] | None = None,
    ) -> None:
        known = restored or {}
        self._trackers = {partition: OffsetTracker(known.get(partition)) for partition in partitions}
        self._incarnations = dict.fromkeys(partitions, 0)
        self._committed: dict[TopicPartition, tuple[int, int]] = {}
        self.until = {partition: until for partition, until in partitions.items() if until is not None}
        self.in_flight = 0

    def __contains__(self, partition: TopicPartition) -> bool:
        return partition in self._trackers

    def __iter__(self) -> Iterator[TopicPartition]:
        return iter(self._trackers)

    def __len__(self) -> int:
        return len(self._trackers)

    def within_bounds(self, partition: TopicPartition, offset: int) -> bool:
        """Tell whether an offset lies before the end of a replay."""
        until = self.until.get(partition)
        return until is None or offset < until

    def take(self, partition: TopicPartition, offset: int, timestamp_ms: int = 0) -> bool:
        """Note a record that was read; False if it was finished before this assignment began."""
        if not self._trackers[partition].take(offset, timestamp_ms):
            return False
        self.in_flight += 1
        return True

    def finish(self, partition: TopicPartition, offset: int, incarnation: int = 0) -> None:
        """Note that every effect of a record's outcome is acknowledged; the result of a log that is gone counts for nothing."""
        if incarnation == self._incarnations[partition]:
            self._trackers[partition].finish(offset)
        self.in_flight -= 1

    def incarnation(self, partition: TopicPartition) -> int:
        """Count how often a partition's log began anew under this assignment."""
        return self._incarnations[partition]

    def begin_anew(self, partition: TopicPartition) -> None:
        """Forget a partition whose log was truncated, or whose topic was created again: its offsets mean other records now."""
        self._trackers[partition] = OffsetTracker()
        self._incarnations[partition] += 1
        self._committed.pop(partition, None)

    def next_offset(self, partition: TopicPartition) -> int | None:
        """One past the last record taken of a partition; None if none was."""
        return self._trackers[partition].next_offset

    def load(self, partition: TopicPartition) -> float:
        """How full a partition's commit metadata can become with what is taken now; 1.0 is all that fits."""
        return self._trackers[partition].load

    @property
    def partitions(self) -> list[TopicPartition]:
        """List the partitions."""
        return list(self._trackers)

    def heads(self) -> dict[TopicPartition, Head]:
        """Describe the front of every partition in which a record is open."""
        return {
            partition: Head(
                offset=tracker.front or 0,
                finished_above=tracker.finished_above,
                open=tracker.unfinished,
                load=tracker.load,
            )
            for partition, tracker in self._trackers.items()
            if tracker.unfinished
        }

    def fronts(self) -> dict[TopicPartition, int]:
        """List the lowest unfinished offset of every partition of which something was taken."""
        return {
            partition: front for partition, tracker in self._trackers.items() if (front := tracker.front) is not None
        }

    def uncommitted(self) -> dict[TopicPartition, Checkpoint]:
        """List the checkpoints of the partitions in which the front moved, or something was finished, since the last commit."""
        found: dict[TopicPartition, Checkpoint] = {}
        for partition, tracker in self._trackers.items():
            if self._committed.get(partition) == (tracker.front, tracker.changes):
                continue
            if (checkpoint := tracker.checkpoint()) is not None:
                found[partition] = checkpoint
        return found

    def committed(self, checkpoints: Mapping[TopicPartition, Checkpoint]) -> None:
        """Note what the broker acknowledged."""
        for partition, one in checkpoints.items():
            self._committed[partition] = (one.front, one.revision)
