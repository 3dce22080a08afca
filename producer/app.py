"""The composition root of the edge: the only place that names concrete classes and puts them together."""

import asyncio
import gc
from contextlib import AsyncExitStack

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector

from common.genesys.client import GenesysClient
from common.genesys.settings import GenesysSettings
from common.kafka import KafkaSettings, make_producer
from common.settings import ConfigurationError
from common.telemetry import Health, telemetry_handlers
from producer.door import Door
from producer.handlers import Handlers, Limits
from producer.metrics import EdgeMetrics
from producer.outbox import Outbox
from producer.router import Router, make_server
from producer.settings import EdgeSettings

CLIENT_ID = "transcripts-edge"
BACKLOG = 1024
IDLE_SECONDS = 75.0  # longer than the 60 s after which common load balancers drop an idle connection
GC_THRESHOLD = 20_000  # allocations that survive; 700 is Python's own

log = structlog.get_logger()


async def serve(edge: EdgeSettings, kafka: KafkaSettings, genesys: GenesysSettings | None, stop: asyncio.Event) -> None:
    """Serve until told to stop, then finish the requests in flight and write what they sent.

    Kafka need not be up. Raises ConfigurationError for what cannot work.
    """
    _check(edge, kafka, genesys)
    registry = CollectorRegistry()
    for collector in (ProcessCollector, PlatformCollector, GCCollector):
        collector(registry=registry)
    metrics = EdgeMetrics(registry)
    outbox = Outbox(
        lambda: make_producer(kafka, client_id=CLIENT_ID),
        topic=kafka.topics.events,
        ack_seconds=edge.ack_seconds,
        max_in_flight=edge.max_in_flight,
        metrics=metrics,
    )
    # Left in the opposite order: no new connections, requests finished, records written, connections to Genesys closed.
    async with AsyncExitStack() as stack:
        client = None
        if genesys is not None and edge.submit_keys:
            client = GenesysClient(genesys, share=genesys.submission_share, observer=metrics)
            await stack.enter_async_context(client)
        outbox.start()
        stack.push_async_callback(outbox.stop)
        server = make_server(
            build(edge, outbox, client, metrics, registry),
            max_body_bytes=edge.max_body_bytes,
            keepalive_seconds=IDLE_SECONDS,
        )
        runner = web.ServerRunner(server, shutdown_timeout=edge.stop_seconds)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        listener = await _listen(edge, server, stack)
        host, port = listener.sockets[0].getsockname()[:2]
        log.info("edge_started", host=host, port=port, topic=kafka.topics.events, submissions=client is not None)
        _spare_the_collector()
        await stop.wait()
        log.info("edge_stopping")
    log.info("edge_stopped")


def build(
    edge: EdgeSettings, outbox: Outbox, client: GenesysClient | None, metrics: EdgeMetrics, registry: CollectorRegistry
) -> Router:
    """Put the routes together."""
    handlers = Handlers(
        outbox=outbox,
        genesys=client,
        credentials=edge.credentials,
        submit_keys=edge.submit_keys,
        limits=Limits(
            body_bytes=edge.max_body_bytes,
            read_seconds=edge.read_seconds,
            retry_after_seconds=edge.retry_after_seconds,
            submissions=edge.max_submissions,
        ),
        metrics=metrics,
    )
    health = Health(
        live=lambda: [outbox.fault] if outbox.fault else [], ready=lambda: [outbox.problem] if outbox.problem else []
    )
    return Router(
        posts=handlers.posts(),
        gets=telemetry_handlers(registry=registry, health=health),
        fallback=handlers.elsewhere,
    )


async def _listen(edge: EdgeSettings, server: web.Server, stack: AsyncExitStack) -> asyncio.Server:
    door = Door(server, max_connections=edge.max_connections, header_seconds=edge.read_seconds)
    loop = asyncio.get_running_loop()
    try:
        listener = await loop.create_server(door, edge.host, edge.port, backlog=BACKLOG)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigurationError(
            f"EDGE_HOST and EDGE_PORT: cannot listen on {edge.host}:{edge.port}: {reason}"
        ) from None
    stack.callback(door.close)
    stack.callback(listener.close)
    return listener


def _spare_the_collector() -> None:
    """Keep what start-up made out of every later collection, and collect less often: each full one stalls all requests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD, 20, 20)


def _check(edge: EdgeSettings, kafka: KafkaSettings, genesys: GenesysSettings | None) -> None:
    if genesys is not None and edge.submit_keys and genesys.submission_share <= 0.0:
        raise ConfigurationError(
            "GENESYS_SUBMISSION_SHARE must be above 0 where EDGE_SUBMIT_API_KEYS is set: submissions need a share of the quota"
        )
    try:
        kafka.connection()  # reads the CA file
    except OSError as error:
        raise ConfigurationError(f"KAFKA_CA_FILE: cannot be used ({type(error).__name__})") from None
    for name in edge.short_secrets:
        log.warning("secret_is_short", setting=name, advice="use 32 random characters")
    if edge.allow_unsigned and not edge.webhook_secrets and not edge.api_keys:
        log.warning("unsigned_requests_are_accepted", setting="EDGE_ALLOW_UNSIGNED")
