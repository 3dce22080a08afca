"""The composition root: the only place that names concrete classes and puts them together."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog
from aiohttp import web
from aiokafka import AIOKafkaConsumer
from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector

from common.genesys.client import GenesysClient
from common.kafka import close_consumer, make_consumer, make_producer
from common.settings import ConfigurationError
from common.telemetry import Health, serve_telemetry
from consumer import provision
from consumer.admin import CommitReader, connected_admin
from consumer.bounds import ByteBudget
from consumer.concurrency import FetchGate
from consumer.deadletter import DeadLetterLimits
from consumer.fetch import Fetcher
from consumer.fetching import Patience, PatientFetching
from consumer.health import stuck
from consumer.line import Line
from consumer.metrics import ConsumerMetrics
from consumer.operate import operator_routes
from consumer.outside import Outside
from consumer.pipeline import Pipeline
from consumer.presigned import FileDownloader
from consumer.publisher import Publisher
from consumer.quota import QuotaWatch
from consumer.redaction import native
from consumer.search.elasticsearch import ElasticsearchBackend, make_client
from consumer.search.indexer import BulkIndexer, BulkLimits
from consumer.settings import CLIENT_ID, ConsumerSettings, WorkerSettings
from consumer.share import share_by_partitions
from consumer.worker import GroupListener, Worker, WorkerLimits

GC_THRESHOLD = 50_000  # records are short-lived and free of cycles; the default of 700 costs a fifth of the CPU

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a run and a replay share."""

    client: GenesysClient
    pipeline: Pipeline
    indexer: BulkIndexer
    outside: Outside
    quota: QuotaWatch
    line: Line
    metrics: ConsumerMetrics
    registry: CollectorRegistry


@asynccontextmanager
async def assemble(settings: ConsumerSettings, *, share: float) -> AsyncIterator[Parts]:
    """Open everything a pipeline needs and close it again in the opposite order; `share` is its part of Genesys' budget."""
    registry = CollectorRegistry()
    for collector in (ProcessCollector, PlatformCollector, GCCollector):
        collector(registry=registry)
    metrics = ConsumerMetrics(registry)
    worker, search, genesys = settings.worker, settings.search, settings.genesys
    gate = FetchGate(worker.fetch_concurrency)
    metrics.fetch_limit.set_function(lambda: gate.limit)
    async with AsyncExitStack() as stack:
        quota = QuotaWatch(metrics)
        client = await stack.enter_async_context(
            GenesysClient(genesys, share=share, observer=quota, on_answer=gate.observe)
        )
        metrics.rate.set_function(lambda: client.requests_per_minute)
        files = await stack.enter_async_context(FileDownloader(genesys))
        limits = BulkLimits(
            documents=search.bulk_documents,
            bytes=search.bulk_bytes,
            linger_seconds=search.bulk_linger_seconds,
            in_flight=search.bulk_in_flight,
        )
        outside = Outside.of(settings.kafka.topics)
        for dependency in outside.all:
            metrics.dependency_out.labels(dependency.name).set_function(dependency.out)
        indexer = BulkIndexer(
            ElasticsearchBackend(make_client(search)),
            index=search.alias,
            limits=limits,
            engine=outside.search,
            metrics=metrics,
        )
        stack.push_async_callback(indexer.close)
        publisher = Publisher(lambda: make_producer(settings.kafka, client_id=CLIENT_ID), outside.topics.__getitem__)
        await publisher.start()
        stack.push_async_callback(publisher.stop)
        held = ByteBudget(worker.max_bytes_in_flight)
        line = Line(
            DeadLetterLimits(
                max_ratio=worker.dead_letter_max_ratio,
                window=worker.dead_letter_window,
                max_consecutive=worker.dead_letter_max_consecutive,
            ),
            probe_seconds=worker.dead_letter_probe_seconds,
        )
        metrics.line_halted.set_function(lambda: line.halted)
        metrics.dead_letters_held.set_function(lambda: line.held)
        fetching = PatientFetching(
            Fetcher(client, files, max_file_bytes=genesys.max_file_bytes),
            patience=Patience(attempts=worker.fetch_attempts, not_ready_waits=worker.not_ready_waits_seconds),
            slots=gate,
            held=held,
            genesys=outside.genesys,
            metrics=metrics,
        )
        pipeline = Pipeline(
            fetching=fetching,
            index=indexer,
            records=publisher,
            redactor=settings.redaction.redactor(),
            topics=settings.kafka.topics,
            deadline_seconds=worker.deadline_seconds,
            held=held,
            line=line,
            metrics=metrics,
        )
        yield Parts(
            client=client,
            pipeline=pipeline,
            indexer=indexer,
            outside=outside,
            quota=quota,
            line=line,
            metrics=metrics,
            registry=registry,
        )


async def run(settings: ConsumerSettings, stop: asyncio.Event) -> None:
    """Be a member of the group until told to stop. Raises ConfigurationError for what cannot work."""
    gc.set_threshold(GC_THRESHOLD)
    await check(settings)
    kafka, limits = settings.kafka, settings.worker
    async with assemble(settings, share=0.0) as parts:  # until there are partitions
        consumer = make_group_consumer(settings, group=limits.group)
        worker = make_worker(settings, parts, consumer, group=limits.group)
        listener = GroupListener(worker, owns=share_by_partitions(settings, parts.client, consumer))
        consumer.subscribe(topics=[kafka.topics.events, *kafka.topics.retries], listener=listener)
        health = Health(
            live=lambda: stuck(worker.watch.vitals, time.monotonic()),
            ready=lambda: readiness(worker, parts.line),
            details=lambda: [*parts.outside.problems, *filter(None, [parts.quota.problem])],
        )
        telemetry = await listen(limits, parts.registry, health, operator_routes(parts.line))
        log.info(
            "consumer_started",
            group=limits.group,
            topic=kafka.topics.events,
            health_port=limits.health_port,
            redaction_compiled=bool(native.path()),
        )
        gc.freeze()
        try:
            await consumer.start()
            await worker.run(stop)
        finally:
            await close_consumer(consumer)
            await telemetry.cleanup()
    log.info("consumer_stopped", finished=worker.finished_records)


async def listen(
    limits: WorkerSettings, registry: CollectorRegistry, health: Health, routes: Iterable[web.RouteDef] = ()
) -> web.AppRunner:
    """Serve health and metrics. Raises ConfigurationError where the address cannot be had, by a second member's default port say."""
    host, port = limits.health_host, limits.health_port
    try:
        return await serve_telemetry(host=host, port=port, registry=registry, health=health, routes=routes)
    except OSError as error:
        raise ConfigurationError(
            f"CONSUMER_HEALTH_HOST and CONSUMER_HEALTH_PORT: cannot listen on {host}:{port}"
            f" ({type(error).__name__}): each member on one machine needs a port of its own"
        ) from None


def make_group_consumer(settings: ConsumerSettings, *, group: str) -> AIOKafkaConsumer:
    """Build the Kafka consumer of a member or of a replay."""
    return make_consumer(
        settings.kafka,
        client_id=CLIENT_ID,
        group_id=group,
        rebalance_timeout_ms=int(settings.worker.rebalance_timeout_seconds * 1000),
        session_timeout_ms=int(settings.worker.session_timeout_seconds * 1000),
    )


def make_worker(
    settings: ConsumerSettings,
    parts: Parts,
    consumer: AIOKafkaConsumer,
    *,
    group: str,
    admit: Callable[[], float] = lambda: 0.0,
) -> Worker:
    """Build the worker around a Kafka consumer; `admit` slows a replay."""
    limits = settings.worker
    return Worker(
        consumer,
        parts.pipeline,
        limits=WorkerLimits(
            records=limits.max_records_in_flight,
            commit_interval=limits.commit_interval_seconds,
            drain=limits.drain_seconds,
            head_of_line=limits.head_of_line_seconds,
        ),
        retry_delays=dict(zip(settings.kafka.topics.retries, limits.retry_delays_seconds, strict=True)),
        offsets=CommitReader(settings, group),
        line=parts.line,
        metrics=parts.metrics,
        flush=parts.indexer.flush,
        admit=admit,
        paused=lambda: any(one.is_out for one in parts.outside.all),
        throttled=lambda: parts.quota.holds,
    )


def readiness(worker: Worker, line: Line) -> list[str]:
    """Name why this member does no work: it has not joined, or its line is stopped. What is outside changes nothing here."""
    problem = line.problem
    return ([] if worker.joined else ["not a member of the group yet"]) + ([problem] if problem else [])


async def check(settings: ConsumerSettings) -> None:
    """Refuse to start on topics or an index that cannot keep the guarantees. Raises ConfigurationError."""
    async with connected_admin(settings) as admin:
        problems = await provision.check_topics(admin, settings.kafka.topics)
    client = make_client(settings.search)
    try:
        problems += await provision.check_index(client, settings.search.alias)
    finally:
        await client.close()
    if problems:
        raise ConfigurationError("\n".join(problems))
