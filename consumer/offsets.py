"""Which offset of a partition may be committed, and what is finished above it. Pure bookkeeping, no I/O."""

from collections import deque

from consumer.checkpoint import MAX_MAP_BYTES, Checkpoint, Run, largest_map_bytes, runs_between

SPARE_OFFSETS = 64
NARROW_OFFSETS = 4 * MAX_MAP_BYTES  # bits of these fill half of the metadata at most: no need to look closer


class OffsetTracker:
    """The records of one partition under one assignment.

    Offsets are taken in ascending order, with any gaps (compaction, transaction markers, retention), and finished in any order.
    What an earlier owner had finished above its commit is passed over, as long as the log is the one that it spoke of:
    the record at the committed offset must bear the timestamp noted, and no record may be newer than the newest one noted.
    """

    __slots__ = (
        "_anchor_ms",
        "_newest_ms",
        "_order",
        "_restored",
        "_restored_from",
        "_taken_up_to",
        "_unfinished",
        "changes",
    )

    def __init__(self, restored: Checkpoint | None = None) -> None:
        self._order: deque[int] = deque()  # ascending; holds everything unfinished and, for a while, some that is not
        self._unfinished: dict[int, int] = {}  # offset -> timestamp
        self._taken_up_to: int | None = None
        self._anchor_ms = 0
        self._newest_ms = 0
        self._restored_from = restored
        self._restored: deque[Run] = deque(restored.finished if restored else ())
        self.changes = 0

    def take(self, offset: int, timestamp_ms: int = 0) -> bool:
        """Note a record that was read; False if it is known to be finished, so that there is nothing to do.

        Raises ValueError for an offset that was taken already: the caller read a record twice.
        """
        if self._taken_up_to is not None and offset < self._taken_up_to:
            raise ValueError(f"offset {offset} lies before {self._taken_up_to}, which is taken")
        if self._restored_from is not None and self._known(offset, timestamp_ms):
            self._anchor_ms = timestamp_ms
            self._taken_up_to = offset + 1
            self.changes += 1
            return False
        self._order.append(offset)
        self._unfinished[offset] = timestamp_ms
        self._newest_ms = max(self._newest_ms, timestamp_ms)
        self._anchor_ms = timestamp_ms
        self._taken_up_to = offset + 1
        return True

    def finish(self, offset: int) -> None:
        """Note that every effect of the record's outcome is acknowledged."""
        if self._unfinished.pop(offset, None) is None:
            raise ValueError(f"offset {offset} is not open")
        self.changes += 1
        order, unfinished = self._order, self._unfinished
        while order and order[0] not in unfinished:
            order.popleft()
        if len(order) > 2 * len(unfinished) + SPARE_OFFSETS:
            self._order = deque([one for one in order if one in unfinished])

    @property
    def front(self) -> int | None:
        """The offset to commit: the lowest unfinished, or one past the last taken; None before anything was taken.

        While something further on is known to be finished, it stays at a record that was read, as proof of which log it is.
        """
        if self._order:
            return self._order[0]
        if self._restored and self._taken_up_to is not None:
            return self._taken_up_to - 1
        return self._taken_up_to

    @property
    def next_offset(self) -> int | None:
        """One past the last record taken: where reading goes on; None before anything was taken."""
        return self._taken_up_to

    @property
    def unfinished(self) -> int:
        """How many records are open."""
        return len(self._unfinished)

    @property
    def finished_above(self) -> int:
        """How many offsets were taken above the front and are not open; gaps count."""
        return self._taken_up_to - self._order[0] - len(self._unfinished) if self._order and self._taken_up_to else 0

    @property
    def load(self) -> float:
        """How full the commit's metadata can become with what is taken now: 1.0 is all that fits; never said too low."""
        if not self._order or self._taken_up_to is None:
            return 0.0
        end = self._restored[-1][1] if self._restored else self._taken_up_to
        span = end - self._order[0]
        if span <= NARROW_OFFSETS:
            return span / (8 * MAX_MAP_BYTES)
        holes = len(self._unfinished) + len(self._restored)
        return largest_map_bytes(span=span, holes=holes) / MAX_MAP_BYTES

    def checkpoint(self) -> Checkpoint | None:
        """State what to commit; None before anything was taken."""
        front, end = self.front, self._taken_up_to
        if front is None or end is None:
            return None
        open_offsets = [one for one in self._order if one in self._unfinished]
        runs = [*runs_between(front, open_offsets, end), *self._restored]
        return Checkpoint(
            front=front,
            anchor_ms=self._unfinished.get(front, self._anchor_ms),
            newest_ms=max(self._newest_ms, self._restored_from.newest_ms if self._restored_from else 0),
            finished=tuple(runs),
            revision=self.changes,
        )

    def _known(self, offset: int, timestamp_ms: int) -> bool:
        """Tell whether an earlier owner finished this record."""
        past = self._restored_from
        if past is None:
            return False
        if self._taken_up_to is None and (offset, timestamp_ms) != (past.front, past.anchor_ms):
            self._forget()
            return False
        while self._restored and self._restored[0][1] <= offset:
            self._restored.popleft()
        if not self._restored:
            self._newest_ms = max(self._newest_ms, past.newest_ms)
        if not self._restored or timestamp_ms > past.newest_ms:
            self._forget()
            return False
        start, stop = self._restored[0]
        if offset < start:
            return False
        if offset + 1 < stop:
            self._restored[0] = (offset + 1, stop)
        else:
            self._restored.popleft()
        return True

    def _forget(self) -> None:
        self._restored.clear()
        self._restored_from = None
