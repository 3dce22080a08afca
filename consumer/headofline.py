"""Which partitions are held up by one record while all behind it is done, and for how long. Pure; time goes in."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Partition = TypeVar("Partition", bound=Hashable)

NEARLY_FULL = 0.9  # of the records in flight: that many have passed the front
NEARLY_ALL = 0.98  # of what was taken behind the front is finished
METADATA_NEARLY_FULL = 0.65  # of the commit's metadata; at 0.75 nothing more is taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The lowest unfinished offset of a partition, what passed it, what is open (itself included), and the metadata's load."""

    offset: int
    finished_above: int
    open: int
    load: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked(Generic[Partition]):
    """A front that holds its partition up, since so many seconds."""

    partition: Partition
    offset: int
    seconds: float


class HeadOfLine(Generic[Partition]):
    """Watches the fronts of one member."""

    def __init__(self, *, window: int) -> None:
        """`window` is the bound of records in flight."""
        self._window = window
        self._since: dict[Partition, tuple[int, float]] = {}

    def look(self, heads: Mapping[Partition, Head], now: float, *, paused: bool) -> list[Blocked[Partition]]:
        """List the blocked fronts, longest first. While something outside holds up everyone, no front is to blame."""
        blocked = {} if paused else {one: head for one, head in heads.items() if self._is_blocked(head)}
        self._since = {
            one: known
            if (known := self._since.get(one)) is not None and known[0] == head.offset
            else (head.offset, now)
            for one, head in blocked.items()
        }
        found = [
            Blocked(partition=one, offset=offset, seconds=now - since) for one, (offset, since) in self._since.items()
        ]
        return sorted(found, key=lambda one: -one.seconds)

    def _is_blocked(self, head: Head) -> bool:
        if head.load >= METADATA_NEARLY_FULL:
            return True
        behind = head.finished_above + head.open - 1
        return head.finished_above >= NEARLY_FULL * self._window and head.finished_above >= NEARLY_ALL * behind
