"""The same job with FastAPI on uvicorn (httptools, asyncio loop)."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from aiokafka import AIOKafkaProducer
from fastapi import FastAPI, Request, Response

from common.kafka import partition_by_crc32
from tests.bench.bare_edge import TOPIC, record_of

producers: list[AIOKafkaProducer] = []


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    """Connect and disconnect."""
    producer = AIOKafkaProducer(
        bootstrap_servers=os.environ["KAFKA_BOOTSTRAP_SERVERS"],
        acks="all",
        enable_idempotence=True,
        partitioner=partition_by_crc32,
        max_batch_size=256 * 1024,
    )
    await producer.start()
    producers.append(producer)
    yield
    await producer.stop()


app = FastAPI(lifespan=lifespan)


@app.post("/webhook/transcription")
async def hook(request: Request) -> Response:
    """Take one webhook."""
    record = record_of(await request.body(), request.headers.get("x-genesys-signature", ""))
    if record is None:
        return Response(status_code=401)
    await (await producers[0].send(TOPIC, key=record[0], value=record[1]))
    return Response(status_code=202, content=b'{"status":"accepted"}', media_type="application/json")


@app.get("/readyz")
async def ready() -> Response:
    """Answer the harness."""
    return Response()


if __name__ == "__main__":
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(os.environ["EDGE_PORT"]),
        access_log=False,
        log_level="error",
        http="httptools",
        loop="asyncio",
    )
