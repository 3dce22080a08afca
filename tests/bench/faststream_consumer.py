"""FastStream on the same job; the sink, the patterns and the document are those of the plain loop.

held        up to CONCURRENCY handlers at once, each until document and audit record are written; on a timer, FastStream commits what was taken
freed       the same, but a handler ends when its document is queued
committing  commits what was finished, after each handler: that leaves one handler for each partition
concurrent  held, under faststream-concurrent-aiokafka, which commits up to the first handler that has not ended
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from faststream import AckPolicy, FastStream
from faststream.kafka import KafkaBroker
from faststream_concurrent_aiokafka import (
    KafkaConcurrentProcessingMiddleware,
    initialize_concurrent_processing,
    stop_concurrent_processing,
)

from common.topics import Topics
from tests.bench.reference import BOOTSTRAP, CONCURRENCY, GROUP, PREFIX, Sink, fetch, redacted, session

FORM = sys.argv[1]
ACKNOWLEDGE = {"committing": AckPolicy.NACK_ON_ERROR, "concurrent": AckPolicy.MANUAL}
HANDLERS = {"committing": Topics().partitions, "concurrent": 1}  # concurrent: the middleware counts, not the subscriber


class Job:
    """What a handler works with; there once the application runs."""

    http: aiohttp.ClientSession
    sink: Sink


broker = KafkaBroker(BOOTSTRAP, logger=None)  # two log lines for each record would be a good part of its CPU
if FORM == "concurrent":
    broker.add_middleware(KafkaConcurrentProcessingMiddleware)


@asynccontextmanager
async def life() -> AsyncIterator[None]:
    """Open the session and let the sink write."""
    async with session() as Job.http:
        Job.sink = Sink(Job.http, None)
        writing = asyncio.create_task(Job.sink.run())
        if FORM == "concurrent":
            await initialize_concurrent_processing(
                context=broker.context,
                concurrency_limit=CONCURRENCY,
                commit_batch_size=500,
                commit_batch_timeout_sec=1.0,
            )
        try:
            yield
        finally:
            if FORM == "concurrent":
                await stop_concurrent_processing(broker.context)
            await Job.sink.close()
            writing.cancel()


@broker.subscriber(
    f"{PREFIX}.events",
    group_id=GROUP,
    auto_offset_reset="earliest",
    ack_policy=ACKNOWLEDGE.get(FORM, AckPolicy.ACK_FIRST),
    max_workers=HANDLERS.get(FORM, CONCURRENCY),
)
async def handle(event: dict[str, Any]) -> None:
    """Bring one event into the index."""
    file = await fetch(Job.http, event)
    document, hidden = redacted(event, file)
    written = await Job.sink.put(event["transcription_id"], event["received_at_ms"], document, hidden)
    if FORM != "freed":
        await written


if __name__ == "__main__":
    asyncio.run(FastStream(broker, lifespan=life, logger=None).run())
