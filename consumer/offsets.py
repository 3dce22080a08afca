"""Which offset of a partition may be committed: the lowest one that is not finished. Pure bookkeeping, no I/O."""

from collections import deque


class OffsetTracker:
    """The records of one partition under one assignment.

    Offsets are taken in ascending order, with any gaps (compaction, transaction markers, retention), and finished in any order.
    """

    __slots__ = ("_finished", "_open", "_taken_up_to")

    def __init__(self) -> None:
        self._open: deque[int] = deque()
        self._finished: set[int] = set()
        self._taken_up_to: int | None = None

    def take(self, offset: int) -> None:
        """Note that the record at an offset is being worked on.

        Raises ValueError for an offset that was taken already: the caller read a record twice.
        """
        if self._taken_up_to is not None and offset < self._taken_up_to:
            raise ValueError(f"offset {offset} lies before {self._taken_up_to}, which is taken")
        self._open.append(offset)
        self._taken_up_to = offset + 1

    def finish(self, offset: int) -> None:
        """Note that every effect of the record's outcome is acknowledged."""
        if not self._open or offset < self._open[0]:
            raise ValueError(f"offset {offset} is not open")
        self._finished.add(offset)
        while self._open and self._open[0] in self._finished:
            self._finished.remove(self._open.popleft())

    @property
    def front(self) -> int | None:
        """The offset to commit: the lowest unfinished, or one past the last taken; None before anything was taken."""
        return self._open[0] if self._open else self._taken_up_to

    @property
    def next_offset(self) -> int | None:
        """One past the last record taken: where reading goes on; None before anything was taken."""
        return self._taken_up_to

    @property
    def unfinished(self) -> int:
        """How many records are open."""
        return len(self._open) - len(self._finished)
