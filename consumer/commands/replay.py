"""`consumer replay`: read a stretch of the events topic again, in a group of its own, through the same pipeline."""

import asyncio
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson
import structlog
from aiokafka import AIOKafkaConsumer
from aiokafka.structs import TopicPartition
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from common.kafka import close_consumer
from common.settings import ConfigurationError
from consumer import app as application
from consumer.admin import partition_numbers
from consumer.settings import ConsumerSettings
from consumer.worker import Worker

PROGRESS_SECONDS = 0.25

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayRequest:
    """What to read again. Times without a zone are UTC; `end` is exclusive."""

    start: datetime | None
    end: datetime | None
    group: str | None
    rate: float | None
    dry_run: bool
    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Offsets per partition, from inclusive, to exclusive; empty partitions are left out."""

    bounds: Mapping[TopicPartition, tuple[int, int]]

    @property
    def records(self) -> int:
        """Count the records at most; compaction and retention may have left fewer."""
        return sum(end - start for start, end in self.bounds.values())


async def replay(settings: ConsumerSettings, request: ReplayRequest, stop: asyncio.Event) -> None:
    """Plan, show the plan, and unless it is a dry run, carry it out. Safe to stop: its group remembers how far it came."""
    if request.start and request.end and _utc(request.start) >= _utc(request.end):
        raise ConfigurationError("--from must lie before --to")
    if not settings.genesys.replay_share:
        raise ConfigurationError("GENESYS_REPLAY_SHARE is 0: a replay needs a share of the quota, such as 0.1")
    await application.check(settings)
    group = request.group or f"{settings.worker.group}-replay-{uuid.uuid4().hex[:8]}"
    if group == settings.worker.group:
        raise ConfigurationError("--group names the live group: a replay must not move its offsets")
    consumer = application.make_group_consumer(settings, group=group)
    await consumer.start()
    try:
        topic = settings.kafka.topics.events
        partitions = [TopicPartition(topic, number) for number in await partition_numbers(settings, topic)]
        plan = await make_plan(consumer, partitions, request)
        _say(request, _describe(plan, request, settings, group))
        if request.dry_run or not plan.records:
            return
        async with application.assemble(settings, share=settings.genesys.replay_share) as parts:
            worker = application.make_worker(settings, parts, consumer, group=group, admit=_throttle(request.rate))
            for partition, (start, _) in plan.bounds.items():
                consumer.seek(partition, start)
            ends = {partition: end for partition, (_, end) in plan.bounds.items()}
            worker.assign(ends, await worker.restore(ends))
            showing = asyncio.create_task(_show_progress(worker, plan, request))
            try:
                await worker.run(stop)
            finally:
                showing.cancel()
                await asyncio.gather(showing, return_exceptions=True)
    finally:
        await close_consumer(consumer)
    done = "stopped" if stop.is_set() else "finished"
    _say(
        request,
        {"replay": done, "group": group, "records_finished": worker.finished_records, "records_planned": plan.records},
    )


async def make_plan(consumer: AIOKafkaConsumer, partitions: list[TopicPartition], request: ReplayRequest) -> Plan:
    """Turn times into offsets; a group that was here before goes on where it stopped."""
    consumer.assign(partitions)
    first, last = await consumer.beginning_offsets(partitions), await consumer.end_offsets(partitions)
    starts = await _offsets_at(consumer, partitions, request.start) if request.start else first
    ends = await _offsets_at(consumer, partitions, request.end) if request.end else last
    bounds: dict[TopicPartition, tuple[int, int]] = {}
    for partition in partitions:
        committed = await consumer.committed(partition) or 0
        start = max(starts.get(partition, last[partition]), first[partition], committed)
        end = min(ends.get(partition, last[partition]), last[partition])
        if start < end:
            bounds[partition] = (start, end)
    if bounds:
        consumer.assign(list(bounds))
    return Plan(bounds=bounds)


async def _offsets_at(
    consumer: AIOKafkaConsumer, partitions: list[TopicPartition], moment: datetime
) -> dict[TopicPartition, int]:
    stamp = int(_utc(moment).timestamp() * 1000)
    found = await consumer.offsets_for_times(dict.fromkeys(partitions, stamp))
    return {partition: at.offset for partition, at in found.items() if at is not None}


def _describe(plan: Plan, request: ReplayRequest, settings: ConsumerSettings, group: str) -> dict[str, object]:
    genesys = settings.genesys
    ceiling = genesys.requests_per_minute * genesys.replay_share * len(genesys.clients) / 60
    rate = min(request.rate or ceiling, ceiling)
    return {
        "plan": settings.kafka.topics.events,
        "records": plan.records,
        "partitions": len(plan.bounds),
        "from": _utc(request.start).isoformat() if request.start else "the oldest record",
        "to": _utc(request.end).isoformat() if request.end else "now",
        "group": group,
        "estimated_seconds": round(plan.records / rate, 1),
        "dry_run": request.dry_run,
    }


def _say(request: ReplayRequest, facts: dict[str, object]) -> None:
    console = Console(highlight=False)
    if request.json:
        console.print(orjson.dumps(facts).decode(), soft_wrap=True, markup=False)
        return
    console.print(", ".join(f"{name}: {value}" for name, value in facts.items()), soft_wrap=True, markup=False)


def _throttle(rate: float | None) -> Callable[[], float]:
    """Space records out evenly; returns what to wait before the next one, in seconds."""
    if rate is None:
        return lambda: 0.0
    interval = 1.0 / rate
    due = time.monotonic()

    def wait() -> float:
        nonlocal due
        now = time.monotonic()
        due = max(due + interval, now)
        return due - now

    return wait


async def _show_progress(worker: Worker, plan: Plan, request: ReplayRequest) -> None:
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("replay"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=request.json, transient=True) as progress:
        bar = progress.add_task("replay", total=plan.records)
        while True:
            progress.update(bar, completed=worker.finished_records)
            await asyncio.sleep(PROGRESS_SECONDS)


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
