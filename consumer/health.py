"""Health by progress: the known ways in which a member can be stuck so that only a restart helps, and nothing else. Pure.

What is outside (Kafka, Elasticsearch, Genesys, its quota) or waits for an operator is no reason to restart: it resets the clocks.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """What a member knows of itself. Moments are seconds of one monotonic clock; None: not so at all."""

    polled_at: float
    progressed_at: float
    commits_fail_since: float | None
    outside_the_group_since: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """One way to be stuck: since when, and after how many seconds liveness turns false."""

    name: str
    seconds: float
    since: Callable[[Vitals], float | None]
    says: str


WAYS = (
    Stuck(
        name="poll_loop_silent",
        seconds=120.0,
        since=lambda vitals: vitals.polled_at,
        says="the poll loop does not turn",
    ),
    Stuck(
        name="nothing_finished",
        seconds=900.0,
        since=lambda vitals: vitals.progressed_at,
        says="records wait and none is finished, though nothing outside explains it",
    ),
    Stuck(
        name="commits_fail",
        seconds=300.0,
        since=lambda vitals: vitals.commits_fail_since,
        says="no commit succeeds, though Kafka answers",
    ),
    Stuck(
        name="outside_the_group",
        seconds=600.0,
        since=lambda vitals: vitals.outside_the_group_since,
        says="the group gives this member no assignment, not even an empty one, though Kafka answers",
    ),
)


def stuck(vitals: Vitals, now: float) -> list[str]:
    """Name every way in which this member is stuck; an empty list while it lives."""
    return [
        f"{way.name}: {way.says} for {now - since:.0f} s"
        for way in WAYS
        if (since := way.since(vitals)) is not None and now - since > way.seconds
    ]


class Progress:
    """When this member last got on, had nothing to do, or had a known reason not to."""

    def __init__(self, now: float) -> None:
        self._finished = 0
        self.at = now

    def note(self, now: float, *, finished: int, waiting: bool, paused: bool) -> None:
        """Look at the number of records finished so far, whether any wait, and whether something known holds them up."""
        if finished != self._finished or not waiting or paused:
            self._finished = finished
            self.at = now
