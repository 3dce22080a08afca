"""One edge on three brokers, without consumer, index and Genesys: what a test of the edge's failures needs, and its senders."""

import asyncio
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp
import orjson
import psutil
from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.structs import TopicPartition
from prometheus_client.parser import text_string_to_metric_families

from common import events
from deploy.local import LocalStack, ManagedProcess, url_answers
from deploy.local.kafka import KafkaServer
from deploy.local.machine import free_ports
from deploy.local.system import ROOT
from tests.simulator.events import Delivery, webhook

ACCEPTED = 202
SECRET = "an-edge-of-its-own"
PARTITIONS, COPIES = 6, 3
ACK_SECONDS = 2.0
ANSWER_SECONDS = ACK_SECONDS + 3.0  # the deadline, and the patience of a machine that does many things


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the edge said to one delivery, how long that took, and when it came (monotonic seconds)."""

    status: int
    body: dict[str, Any]
    seconds: float
    at: float
    retry_after: str | None


class EdgeAlone:
    """Starts, asks and watches an edge; its topic is made with it, unless told otherwise."""

    def __init__(
        self,
        stack: LocalStack,
        *,
        logs: Path,
        name: str,
        settings: Mapping[str, str] | None = None,
        topic: bool = True,
    ) -> None:
        (self.port,) = free_ports(1)
        self.url = f"http://127.0.0.1:{self.port}"
        self.topic = f"{name}.events"
        self._servers = stack.bootstrap_servers
        self._make_topic = topic
        self._session: aiohttp.ClientSession | None = None
        inherited = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        self.process = ManagedProcess(
            [sys.executable, "-m", "producer", "serve"],
            name=name,
            log_path=logs / f"{name}.log",
            cwd=logs,
            env={
                **inherited,
                "PYTHONPATH": str(ROOT),
                "KAFKA_BOOTSTRAP_SERVERS": self._servers,
                "KAFKA_TOPIC_PREFIX": name,
                "GENESYS_WEBHOOK_SECRET": SECRET,
                "EDGE_PORT": str(self.port),
                "EDGE_ACK_SECONDS": str(ACK_SECONDS),
                **(settings or {}),
            },
            ready=url_answers(f"{self.url}/livez"),
        )

    async def __aenter__(self) -> Self:
        """Create the topic and start the edge; return when it is ready, which it cannot be without a topic."""
        if self._make_topic:
            await self.create_topic()
        await asyncio.to_thread(self.process.start)
        connector = aiohttp.TCPConnector(limit=0)
        self._session = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=30))
        if self._make_topic:
            await self.until_ready()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
        await asyncio.to_thread(self.process.stop)

    async def create_topic(self) -> None:
        """Make the events topic."""
        async with administration(self._servers) as admin:
            await admin.create_topics([NewTopic(self.topic, PARTITIONS, COPIES)])

    async def delete_topic(self) -> None:
        """Remove the events topic."""
        async with administration(self._servers) as admin:
            await admin.delete_topics([self.topic])

    async def post(self, transcription_id: str) -> Answer:
        """Deliver one webhook."""
        return await self.deliver(webhook(transcription_id, secret=SECRET))

    async def deliver(self, delivery: Delivery) -> Answer:
        """Post a delivery on a kept connection."""
        assert self._session is not None
        started = time.monotonic()
        async with self._session.post(
            self.url + delivery.path, data=delivery.body, headers=delivery.headers
        ) as response:
            body = orjson.loads(await response.read())
            now = time.monotonic()
            return Answer(
                status=response.status,
                body=body,
                seconds=now - started,
                at=now,
                retry_after=response.headers.get("Retry-After"),
            )

    async def readiness(self) -> list[str]:
        """Ask what is wrong with the edge."""
        assert self._session is not None
        async with self._session.get(f"{self.url}/readyz") as response:
            reasons: list[str] = orjson.loads(await response.read())["reasons"]
            return reasons

    async def until_ready(self, *, seconds: float = 45.0) -> None:
        """Wait until nothing is wrong."""
        async with asyncio.timeout(seconds):
            while await self.readiness():  # noqa: ASYNC110 - another process sets no event here
                await asyncio.sleep(0.1)

    async def until_unready(self, reason: str = "", *, seconds: float = 45.0) -> None:
        """Wait until something is wrong, for the given reason."""
        async with asyncio.timeout(seconds):
            while not any(reason in one for one in await self.readiness()):  # noqa: ASYNC110 - likewise
                await asyncio.sleep(0.1)

    async def metric(self, name: str) -> float:
        """Read a metric without labels."""
        assert self._session is not None
        async with self._session.get(f"{self.url}/metrics") as response:
            families = text_string_to_metric_families(await response.text())
            return next(sample.value for family in families for sample in family.samples if sample.name == name)

    async def until_accepted(self, transcription_id: str, *, seconds: float = 45.0) -> Answer:
        """Deliver again and again, as Genesys does, until the answer is 202."""
        async with asyncio.timeout(seconds):
            while (answer := await self.post(transcription_id)).status != ACCEPTED:
                assert answer.status == 503, answer
                await asyncio.sleep(0.2)
            return answer

    async def records(self) -> dict[str, list[str]]:
        """Read the whole topic: the event ids of the records of each key."""
        found: dict[str, list[str]] = {}
        async with AIOKafkaConsumer(bootstrap_servers=self._servers, auto_offset_reset="earliest") as consumer:
            partitions = [TopicPartition(self.topic, number) for number in range(PARTITIONS)]
            consumer.assign(partitions)
            ends = await consumer.end_offsets(partitions)
            async with asyncio.timeout(30):
                while any([await consumer.position(one) < end for one, end in ends.items()]):
                    for batch in (await consumer.getmany(timeout_ms=200)).values():
                        for record in batch:
                            found.setdefault(record.key.decode(), []).append(events.decode(record.value).event_id)
        return found

    def memory_mb(self) -> float:
        """Measure the edge's resident memory."""
        return float(psutil.Process(self.process.pid).memory_info().rss) / 1024 / 1024


class Load:
    """Senders that each deliver one event after another, again after a refusal, until the context is left."""

    def __init__(self, edge: EdgeAlone, *, senders: int = 8, name: str = "load", pause_seconds: float = 0.1) -> None:
        self._edge = edge
        self._senders = senders
        self._name = name
        self._pause_seconds = pause_seconds
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []
        self.accepted: dict[str, Answer] = {}
        self.refusals: list[Answer] = []

    async def __aenter__(self) -> Self:
        """Start."""
        self._tasks = [asyncio.create_task(self._send(number)) for number in range(self._senders)]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping = True
        await asyncio.gather(*self._tasks)

    async def until_accepted(self, count: int) -> None:
        """Wait until so many more events have been accepted."""
        goal = len(self.accepted) + count
        await until(lambda: len(self.accepted) >= goal)

    async def _send(self, sender: int) -> None:
        number = 0
        while not self._stopping:
            answer = await self._edge.post(name := f"{self._name}-{sender}-{number}")
            if answer.status == ACCEPTED:
                self.accepted[name] = answer
                number += 1
            else:
                self.refusals.append(answer)
                await asyncio.sleep(self._pause_seconds)


async def leaders(stack: LocalStack, topic: str) -> dict[int, KafkaServer]:
    """Tell which broker leads each partition of a topic, as soon as the broker that is asked knows of it."""
    async with administration(stack.bootstrap_servers) as admin, asyncio.timeout(20):
        while True:
            (found,) = await admin.describe_topics([topic])
            nodes = {one["partition"]: one["leader"] for one in found["partitions"]}
            if nodes and all(node > 0 for node in nodes.values()):
                return {partition: stack.kafka.brokers[node - 1] for partition, node in nodes.items()}
            await asyncio.sleep(0.1)


async def until(condition: Callable[[], bool], *, seconds: float = 45.0) -> None:
    """Wait for a condition, at most the given time."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - other processes set no event here
            await asyncio.sleep(0.05)


class administration:  # noqa: N801 - used like a function
    """An admin client as a context."""

    def __init__(self, servers: str) -> None:
        self._admin = AIOKafkaAdminClient(bootstrap_servers=servers, request_timeout_ms=10_000)

    async def __aenter__(self) -> AIOKafkaAdminClient:
        await self._admin.start()
        return self._admin

    async def __aexit__(self, *_: object) -> None:
        await self._admin.close()
