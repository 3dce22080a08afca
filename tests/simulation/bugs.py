"""Bugs planted on purpose, one at a time: the simulation has to find each of them, or it proves nothing."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from consumer.checkpoint import Checkpoint
from consumer.lanes import Lanes
from consumer.offsets import OffsetTracker
from consumer.outcome import Outcome
from consumer.pipeline import Pipeline
from consumer.publisher import Publisher
from consumer.work import Work


def commit_past_an_unfinished_record() -> None:
    """Commit up to the last record taken, as auto-commit does."""
    honest = OffsetTracker.checkpoint

    def checkpoint(self: OffsetTracker) -> Checkpoint | None:
        found, taken = honest(self), self.next_offset
        return replace(found, front=taken, finished=()) if found is not None and taken is not None else None

    _replace(OffsetTracker, "checkpoint", checkpoint)


def drop_at_revoke() -> None:
    """Forget what is in flight when partitions are taken away, and commit as if it were done."""

    async def drain(self: Lanes, *, seconds: float, flush: Callable[[], None]) -> None:
        for task, record in list(self._running.items()):
            task.cancel()
            for one in (record, *self._queues.get(record.key, ())):
                one.assignment.finish(one.partition, one.offset, one.incarnation)
        await asyncio.gather(*self._running, return_exceptions=True)

    _replace(Lanes, "drain", drain)


def acknowledge_before_the_audit() -> None:
    """Count a document as done while its audit record is still on its way."""
    honest = Pipeline._audit

    async def audit(self: Pipeline, *given: Any, **named: Any) -> None:
        self.__dict__.setdefault("sloppy", set()).add(asyncio.create_task(honest(self, *given, **named)))

    _replace(Pipeline, "_audit", audit)


def claim_what_is_open_as_finished() -> None:
    """Write a map of finished records into the commit that takes open ones for finished."""
    honest = OffsetTracker.checkpoint

    def checkpoint(self: OffsetTracker) -> Checkpoint | None:
        found, taken = honest(self), self.next_offset
        if found is None or taken is None or taken - found.front < 2:
            return found
        return replace(found, finished=((found.front + 1, taken),))

    _replace(OffsetTracker, "checkpoint", checkpoint)


def give_up_on_a_failed_write() -> None:
    """Take a record as written after the first failure."""
    honest = Publisher.put

    async def put(self: Publisher, *given: Any, **named: Any) -> None:
        try:
            async with asyncio.timeout(1.0):
                await honest(self, *given, **named)
        except TimeoutError:
            return

    _replace(Publisher, "put", put)


def let_an_event_that_found_nothing_keep_older_ones_out() -> None:
    """Take an event for superseded once a newer one ended, however that ended."""
    honest = Pipeline._audit

    async def audit(self: Pipeline, work: Work, *given: Any, **named: Any) -> None:
        await honest(self, work, *given, **named)
        self._found.note(work.key, work.event.document_version)

    _replace(Pipeline, "_audit", audit)


def let_an_event_that_found_nothing_speak_over_a_document() -> None:
    """Write how an event ended to the audit although an older one's document stands."""

    async def conclude(self: Pipeline, work: Work, outcome: Outcome, reason: str) -> Outcome:
        await self._audit(work, outcome, reason=reason)
        return outcome

    _replace(Pipeline, "_conclude", conclude)


BUGS: dict[str, Callable[[], None]] = {
    bug.__name__.replace("_", "-"): bug
    for bug in (
        commit_past_an_unfinished_record,
        drop_at_revoke,
        acknowledge_before_the_audit,
        claim_what_is_open_as_finished,
        give_up_on_a_failed_write,
        let_an_event_that_found_nothing_keep_older_ones_out,
        let_an_event_that_found_nothing_speak_over_a_document,
    )
}


def _replace(owner: type, name: str, by: Callable[..., Any]) -> None:
    setattr(owner, name, by)
