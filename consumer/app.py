"""The composition root: the only place that names concrete classes and puts them together."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog
from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaConnectionError
from aiokafka.structs import OffsetAndMetadata, TopicPartition
from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector

from common.genesys.client import GenesysClient
from common.kafka import make_admin, make_consumer, make_producer
from common.settings import ConfigurationError
from common.telemetry import Health, serve_telemetry
from consumer import provision
from consumer.bounds import ByteBudget
from consumer.concurrency import FetchGate
from consumer.deadletter import DeadLetterLimits
from consumer.fetch import Fetcher
from consumer.fetching import Patience, PatientFetching
from consumer.line import Line
from consumer.metrics import ConsumerMetrics
from consumer.operate import operator_routes
from consumer.outside import Outside
from consumer.pipeline import Pipeline
from consumer.presigned import FileDownloader
from consumer.publisher import Publisher
from consumer.redaction import Redactor
from consumer.search.elasticsearch import ElasticsearchBackend, make_client
from consumer.search.indexer import BulkIndexer, BulkLimits
from consumer.settings import ConsumerSettings
from consumer.share import share_by_partitions
from consumer.worker import GroupListener, Worker, WorkerLimits

CLIENT_ID = "transcripts-consumer"
KAFKA_WAIT_SECONDS = 60.0
HEARTBEAT_SECONDS = 90.0
GC_THRESHOLD = 50_000  # records are short-lived and free of cycles; the default of 700 costs a fifth of the CPU

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a run and a replay share."""

    client: GenesysClient
    pipeline: Pipeline
    indexer: BulkIndexer
    outside: Outside
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
        client = await stack.enter_async_context(
            GenesysClient(genesys, share=share, observer=metrics, on_answer=gate.observe)
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
            redactor=Redactor(),
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
            live=lambda: liveness(worker),
            ready=lambda: readiness(worker, parts.line),
            details=lambda: parts.outside.problems,
        )
        telemetry = await serve_telemetry(
            host=limits.health_host,
            port=limits.health_port,
            registry=parts.registry,
            health=health,
            routes=operator_routes(parts.line),
        )
        log.info("consumer_started", group=limits.group, topic=kafka.topics.events, health_port=limits.health_port)
        gc.freeze()
        try:
            await consumer.start()
            await worker.run(stop)
        finally:
            await consumer.stop()
            await telemetry.cleanup()
    log.info("consumer_stopped", finished=worker.finished_records)


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
        ),
        retry_delays=dict(zip(settings.kafka.topics.retries, limits.retry_delays_seconds, strict=True)),
        offsets=CommitReader(settings, group),
        line=parts.line,
        metrics=parts.metrics,
        flush=parts.indexer.flush,
        admit=admit,
    )


def readiness(worker: Worker, line: Line) -> list[str]:
    """Name why this member does no work: it has not joined, or its line is stopped. What is outside changes nothing here."""
    problem = line.problem
    return ([] if worker.joined else ["not a member of the group yet"]) + ([problem] if problem else [])


class CommitReader:
    """Reads a group's commits with their metadata through an admin client, opened for each reading: it happens at rebalances only."""

    def __init__(self, settings: ConsumerSettings, group: str) -> None:
        self._settings = settings
        self._group = group

    async def read(self, partitions: Collection[TopicPartition]) -> Mapping[TopicPartition, OffsetAndMetadata]:
        """Read the commits of some partitions. Raises KafkaError."""
        if not partitions:
            return {}
        admin = make_admin(self._settings.kafka, client_id=CLIENT_ID)
        try:
            await admin.start()
            found: dict[TopicPartition, OffsetAndMetadata] = await admin.list_consumer_group_offsets(
                self._group, partitions=list(partitions)
            )
        finally:
            await admin.close()
        return found


def liveness(worker: Worker) -> list[str]:
    """Name what a restart would heal: a loop that no longer turns."""
    silent = time.monotonic() - worker.last_pump
    return [f"the poll loop has been silent for {silent:.0f} s"] if silent > HEARTBEAT_SECONDS else []


async def check(settings: ConsumerSettings) -> None:
    """Refuse to start on topics or an index that cannot keep the guarantees. Raises ConfigurationError."""
    async with _admin(settings) as admin:
        problems = await provision.check_topics(admin, settings.kafka.topics)
    client = make_client(settings.search)
    try:
        problems += await provision.check_index(client, settings.search.alias)
    finally:
        await client.close()
    if problems:
        raise ConfigurationError("\n".join(problems))


async def partition_numbers(settings: ConsumerSettings, topic: str) -> list[int]:
    """List the partitions of a topic."""
    async with _admin(settings) as admin:
        described = await admin.describe_topics([topic])
    return sorted(partition["partition"] for one in described for partition in one["partitions"])


@asynccontextmanager
async def _admin(settings: ConsumerSettings) -> AsyncIterator[AIOKafkaAdminClient]:
    """Connect an admin client, waiting a while for a broker that is still starting. Raises ConfigurationError."""
    deadline = time.monotonic() + KAFKA_WAIT_SECONDS
    while True:
        admin = make_admin(settings.kafka, client_id=CLIENT_ID)
        try:
            await admin.start()
            break
        except KafkaConnectionError:
            await admin.close()
            if time.monotonic() > deadline:
                raise ConfigurationError(
                    f"KAFKA_BOOTSTRAP_SERVERS: no broker answers at {settings.kafka.bootstrap_servers}:"
                    " is Kafka running, are the address and KAFKA_SECURITY_PROTOCOL right?"
                ) from None
            log.warning("kafka_unreachable", servers=settings.kafka.bootstrap_servers)
            await asyncio.sleep(1.0)
    try:
        yield admin
    finally:
        await admin.close()
