"""The composition root of the edge: the only place that names concrete classes and puts them together."""

import asyncio
from contextlib import AsyncExitStack

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector

from common.genesys.client import GenesysClient
from common.genesys.settings import GenesysSettings
from common.kafka import KafkaSettings, make_producer
from common.settings import ConfigurationError
from common.telemetry import Health, add_telemetry_routes
from producer.handlers import Handlers, Limits
from producer.metrics import EdgeMetrics
from producer.outbox import Outbox
from producer.settings import EdgeSettings

CLIENT_ID = "transcripts-edge"
BACKLOG = 1024

log = structlog.get_logger()


async def serve(edge: EdgeSettings, kafka: KafkaSettings, genesys: GenesysSettings | None, stop: asyncio.Event) -> None:
    """Serve until told to stop, then finish the requests in flight and write what they sent.

    Raises ConfigurationError for what cannot work.
    """
    if genesys is not None and edge.submit_keys and genesys.submission_share <= 0.0:
        raise ConfigurationError(
            "GENESYS_SUBMISSION_SHARE must be above 0 where EDGE_SUBMIT_API_KEYS is set: submissions need a share of the quota"
        )
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
    async with AsyncExitStack() as stack:
        client = None
        if genesys is not None and edge.submit_keys:
            client = await stack.enter_async_context(
                GenesysClient(genesys, share=genesys.submission_share, observer=metrics)
            )
        outbox.start()
        stack.push_async_callback(outbox.stop)
        application = build(edge, outbox, client, metrics, registry)
        runner = web.AppRunner(application, access_log=None, keepalive_timeout=75.0, shutdown_timeout=edge.stop_seconds)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, edge.host, edge.port, backlog=BACKLOG).start()
        address = runner.addresses[0]
        log.info("edge_started", host=address[0], port=address[1], topic=kafka.topics.events)
        await stop.wait()
        log.info("edge_stopping")
    log.info("edge_stopped")


def build(
    edge: EdgeSettings, outbox: Outbox, client: GenesysClient | None, metrics: EdgeMetrics, registry: CollectorRegistry
) -> web.Application:
    """Put the routes together."""
    handlers = Handlers(
        outbox=outbox,
        genesys=client,
        credentials=edge.credentials,
        submit_keys=edge.submit_keys,
        limits=Limits(
            body_bytes=edge.max_body_bytes, read_seconds=edge.read_seconds, retry_after_seconds=edge.retry_after_seconds
        ),
        metrics=metrics,
    )
    application = web.Application(client_max_size=edge.max_body_bytes)
    application.add_routes(handlers.routes())
    health = Health(live=list, ready=lambda: [outbox.problem] if outbox.problem else [])
    add_telemetry_routes(application, registry=registry, health=health)
    return application
