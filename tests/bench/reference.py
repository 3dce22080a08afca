"""What both reference consumers share: where things are, the three patterns, and a sink that writes bulk, audit and commit."""

import asyncio
import os
import re
import time
from datetime import UTC, datetime
from typing import Any

import aiohttp
import orjson
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from common.kafka import partition_by_crc32

BOOTSTRAP = os.environ["KAFKA_BOOTSTRAP_SERVERS"]
PREFIX = os.environ["KAFKA_TOPIC_PREFIX"]
SEARCH = os.environ["ELASTICSEARCH_HOST"]
ALIAS = os.environ["ES_ALIAS"]
GENESYS = os.environ["GENESYS_API_URL"]
GROUP = os.environ["CONSUMER_GROUP"]
CONCURRENCY = int(os.environ["CONSUMER_FETCH_CONCURRENCY"])
BULK = 500
LINGER_SECONDS = 0.05

CARD = re.compile(r"\b(?:\d[ -]?){12,18}\d\b")
SSN = re.compile(r"\b\d{3}[- ]?\d{2}[- ]?\d{4}\b")
PHONE = re.compile(r"(?:\+?1[ .-]?)?\(?\b\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}\b")


def redact(text: str) -> tuple[str, int]:
    """Hide the three types, one pattern after another."""
    text, cards = CARD.subn("[REDACTED_CREDIT_CARD]", text)
    text, numbers = SSN.subn("[REDACTED_SSN]", text)
    text, phones = PHONE.subn("[REDACTED_PHONE]", text)
    return text, cards + numbers + phones


def epoch(text: str) -> float:
    """Turn ISO 8601 into epoch seconds."""
    return datetime.fromisoformat(text).timestamp()


class Sink:
    """Collects documents; one task writes bulk, then audit, then commits what was polled. No bookkeeping."""

    def __init__(self, session: aiohttp.ClientSession, consumer: AIOKafkaConsumer) -> None:
        self._session = session
        self._consumer = consumer
        self._queue: asyncio.Queue[tuple[str, int, bytes, int]] = asyncio.Queue(maxsize=2000)
        self._producer = AIOKafkaProducer(
            bootstrap_servers=BOOTSTRAP,
            acks="all",
            enable_idempotence=True,
            partitioner=partition_by_crc32,
            max_batch_size=256 * 1024,
        )

    async def put(self, key: str, version: int, document: bytes, hidden: int) -> None:
        """Queue a document."""
        await self._queue.put((key, version, document, hidden))

    async def run(self) -> None:
        """Write for ever."""
        await self._producer.start()
        while True:
            batch = [await self._queue.get()]
            deadline = time.monotonic() + LINGER_SECONDS
            while len(batch) < BULK and (left := deadline - time.monotonic()) > 0:
                if self._queue.empty():
                    await asyncio.sleep(min(left, 0.01))
                while len(batch) < BULK and not self._queue.empty():
                    batch.append(self._queue.get_nowait())
            lines = []
            for key, version, document, _ in batch:
                lines += [
                    orjson.dumps({"index": {"_id": key, "version": version, "version_type": "external_gte"}}),
                    document,
                ]
            body = b"\n".join(lines) + b"\n"
            async with self._session.post(
                f"{SEARCH}/{ALIAS}/_bulk?filter_path=errors",
                data=body,
                headers={"Content-Type": "application/x-ndjson"},
            ) as response:
                assert orjson.loads(await response.read()) == {"errors": False}
            now = datetime.now(UTC).isoformat()
            sent = []
            for key, version, _, hidden in batch:
                record = {
                    "key": key,
                    "timestamp": now,
                    "outcome": "indexed",
                    "redacted_entities": hidden,
                    "document_version": version,
                }
                sent.append(await self._producer.send(f"{PREFIX}.audit", value=orjson.dumps(record), key=key.encode()))
            await asyncio.gather(*sent)
            await self._consumer.commit()


async def start_consumer() -> AIOKafkaConsumer:
    """Join the group."""
    consumer = AIOKafkaConsumer(
        f"{PREFIX}.events",
        bootstrap_servers=BOOTSTRAP,
        group_id=GROUP,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    await consumer.start()
    return consumer


def session() -> aiohttp.ClientSession:
    """Open one HTTP session without a limit of its own."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), headers={"Authorization": "Bearer token"})


def document_of(event: dict[str, Any], utterances: list[dict[str, Any]], confidences: list[float]) -> dict[str, Any]:
    """Shape the document."""
    now = time.time()
    return {
        "key": event["transcription_id"],
        "contract": event["contract"],
        "transcription_id": event["transcription_id"],
        "event_id": event["event_id"],
        "occurred_at": event["received_at_ms"],
        "utterances": utterances,
        "metrics": {
            "average_confidence": round(sum(confidences) / len(confidences), 4) if confidences else None,
            "processing_latency_seconds": round(now - event["received_at_ms"] / 1000, 3),
            "utterance_count": len(utterances),
        },
        "indexed_at": datetime.fromtimestamp(now, UTC).isoformat(),
    }
