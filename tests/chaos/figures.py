"""What a run came to in numbers: duplicates, and how soon full speed was back after each fault. Pure."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.chaos.facts import Topics

FULL_SPEED_SHARE = 0.9
WINDOW_SECONDS = 1.0
STEP_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """What happened more often than once: records of one event, fetches of one record, audit records of one record."""

    deliveries: int
    fetches: int
    audits: int


def duplicates(topics: Topics, fetches: Mapping[str, int], fetchable: Mapping[str, int]) -> Duplicates:
    """Count; `fetchable` says how many records of the topic each call of the simulator stands behind."""
    ids = Counter(event.event_id for event in topics.events if event.event_id is not None)
    sources = Counter(audit.source for audit in topics.audits)
    return Duplicates(
        deliveries=sum(count - 1 for count in ids.values()),
        fetches=sum(max(count - fetchable.get(call, 0), 0) for call, count in fetches.items()),
        audits=sum(count - 1 for count in sources.values()),
    )


def recovery_seconds(
    healed: float, arrived: Sequence[float], finished: Sequence[float], *, last: float
) -> float | None:
    """Tell how long after `healed` the system was at full speed again; None if it never was until `last`.

    Full speed: within the next second at least 90 % of what arrived per second lately is finished, or nothing waits.
    `arrived` and `finished` are the sorted times of events on the topic and of their ends; all in epoch seconds.
    """
    moment = healed
    while moment <= last:
        waiting = bisect_right(arrived, moment) - bisect_right(finished, moment)
        lately = _within(arrived, moment - 5 * WINDOW_SECONDS, moment) / 5
        done = _within(finished, moment, moment + WINDOW_SECONDS)
        if waiting <= 0 or (lately > 0 and done >= FULL_SPEED_SHARE * lately):
            return round(moment - healed, 1)
        moment += STEP_SECONDS
    return None


def _within(times: Sequence[float], start: float, end: float) -> int:
    return bisect_left(times, end) - bisect_left(times, start)
