"""The bare reference: aiohttp and aiokafka, one signature check, 202 after the acknowledgement, nothing else."""

import hashlib
import hmac
import os
import time

import orjson
from aiohttp import web
from aiokafka import AIOKafkaProducer

from common.kafka import partition_by_crc32

SECRET = os.environ["GENESYS_WEBHOOK_SECRET"].encode()
TOPIC = os.environ["KAFKA_TOPIC_PREFIX"] + ".events"
PRODUCER = web.AppKey("producer", AIOKafkaProducer)


def record_of(body: bytes, signature: str) -> tuple[bytes, bytes] | None:
    """Check a webhook and make its record: key and value."""
    if not hmac.compare_digest(hmac.digest(SECRET, body, "sha256").hex(), signature):
        return None
    hook = orjson.loads(body)
    transcription_id = hook["transcriptionId"]
    event = {
        "version": 1,
        "event_id": hashlib.sha256(body).hexdigest(),
        "contract": "quality",
        "type": hook["type"],
        "transcription_id": transcription_id,
        "received_at_ms": int(time.time() * 1000),
    }
    return transcription_id.encode(), orjson.dumps(event)


async def hook(request: web.Request) -> web.Response:
    """Take one webhook."""
    record = record_of(await request.read(), request.headers.get("X-Genesys-Signature", ""))
    if record is None:
        return web.Response(status=401)
    await (await request.app[PRODUCER].send(TOPIC, key=record[0], value=record[1]))
    return web.Response(status=202, body=b'{"status":"accepted"}', content_type="application/json")


async def start(app: web.Application) -> None:
    """Connect."""
    app[PRODUCER] = AIOKafkaProducer(
        bootstrap_servers=os.environ["KAFKA_BOOTSTRAP_SERVERS"],
        acks="all",
        enable_idempotence=True,
        partitioner=partition_by_crc32,
        max_batch_size=256 * 1024,
    )
    await app[PRODUCER].start()


async def ready(_request: web.Request) -> web.Response:
    """Answer the harness."""
    return web.Response()


def main() -> None:
    """Serve."""
    app = web.Application()
    app.on_startup.append(start)
    app.router.add_post("/webhook/transcription", hook)
    app.router.add_get("/readyz", ready)
    web.run_app(app, host="127.0.0.1", port=int(os.environ["EDGE_PORT"]), access_log=None, print=None)


if __name__ == "__main__":
    main()
