"""What the reference consumers share: where things are, the three patterns, and a sink that writes bulk, audit and commit."""

import asyncio
import os
import re
import time
from collections.abc import Awaitable, Callable
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

    def __init__(self, session: aiohttp.ClientSession, commit: Callable[[], Awaitable[None]] | None) -> None:
        """`commit` is left out where the framework commits by itself."""
        self._session = session
        self._commit = commit
        self._queue: asyncio.Queue[tuple[str, int, bytes, int, asyncio.Future[None]]] = asyncio.Queue(maxsize=2000)
        self._producer = make_producer()

    async def put(self, key: str, version: int, document: bytes, hidden: int) -> asyncio.Future[None]:
        """Queue a document; the future tells when document and audit record are written."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        await self._queue.put((key, version, document, hidden, written))
        return written

    async def close(self) -> None:
        """Write what is queued, and end."""
        await self._queue.join()
        await self._producer.stop()

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
            for key, version, document, _, _ in batch:
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
            sent = [
                await self._producer.send(f"{PREFIX}.audit", value=audit_of(key, version, hidden), key=key.encode())
                for key, version, _, hidden, _ in batch
            ]
            await asyncio.gather(*sent)
            for *_, written in batch:
                written.set_result(None)
                self._queue.task_done()
            if self._commit is not None:
                await self._commit()


def make_producer() -> AIOKafkaProducer:
    """Build the producer of audit records."""
    return AIOKafkaProducer(
        bootstrap_servers=BOOTSTRAP,
        acks="all",
        enable_idempotence=True,
        partitioner=partition_by_crc32,
        max_batch_size=256 * 1024,
    )


def audit_of(key: str, version: int, hidden: int) -> bytes:
    """Write the audit record of a document."""
    return orjson.dumps(
        {
            "key": key,
            "timestamp": datetime.now(UTC).isoformat(),
            "outcome": "indexed",
            "redacted_entities": hidden,
            "document_version": version,
        }
    )


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


async def fetch(http: aiohttp.ClientSession, event: dict[str, Any]) -> Any:
    """Fetch a transcript."""
    async with http.get(f"{GENESYS}/api/v2/quality/transcriptions/{event['transcription_id']}") as response:
        return orjson.loads(await response.read())


def redacted(event: dict[str, Any], file: Any) -> tuple[bytes, int]:
    """Make the document as one writes it by hand, and count what is hidden in it."""
    utterances: list[dict[str, Any]] = []
    confidences: list[float] = []
    hidden = 0
    for turn in file["utterances"]:
        text, hits = redact(turn["text"])
        hidden += hits
        utterances.append(
            {
                "speaker": turn.get("speaker", "unknown"),
                "text": text,
                "start_epoch": epoch(turn["start"]),
                "end_epoch": epoch(turn["end"]),
                "confidence": turn.get("confidence"),
            }
        )
        if turn.get("confidence") is not None:
            confidences.append(turn["confidence"])
    return orjson.dumps(document_of(event, utterances, confidences)), hidden
