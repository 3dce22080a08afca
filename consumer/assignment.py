"""The partitions of one assignment and how far each has come. A new assignment is a new object, so stale results are told apart."""

from collections.abc import Iterator, Mapping

from aiokafka.structs import TopicPartition

from consumer.offsets import OffsetTracker


class Assignment:
    """What was taken and finished under one assignment; `until` bounds a replay, None means no end."""

    def __init__(self, partitions: Mapping[TopicPartition, int | None]) -> None:
        self._trackers = {partition: OffsetTracker() for partition in partitions}
        self._committed: dict[TopicPartition, int] = {}
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

    def take(self, partition: TopicPartition, offset: int) -> None:
        """Note that a record is being worked on."""
        self._trackers[partition].take(offset)
        self.in_flight += 1

    def finish(self, partition: TopicPartition, offset: int) -> None:
        """Note that every effect of a record's outcome is acknowledged."""
        self._trackers[partition].finish(offset)
        self.in_flight -= 1

    def next_offset(self, partition: TopicPartition) -> int | None:
        """One past the last record taken of a partition; None if none was."""
        return self._trackers[partition].next_offset

    def fronts(self) -> dict[TopicPartition, int]:
        """List the lowest unfinished offset of every partition of which something was taken."""
        return {
            partition: front for partition, tracker in self._trackers.items() if (front := tracker.front) is not None
        }

    def uncommitted(self) -> dict[TopicPartition, int]:
        """List the fronts that moved since the last commit."""
        return {
            partition: front for partition, front in self.fronts().items() if self._committed.get(partition) != front
        }

    def committed(self, fronts: Mapping[TopicPartition, int]) -> None:
        """Note what the broker acknowledged."""
        self._committed.update(fronts)
