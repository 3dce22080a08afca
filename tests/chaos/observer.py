"""Reads topics, committed offsets and index from outside, patiently: a broker or the index may be down at any moment."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

import aiohttp
import orjson
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from aiokafka.structs import TopicPartition

from tests.chaos.facts import EVENTS, RETRIES, TOPICS, DocumentFact, Topics, documents
from tests.chaos.traffic import MOST_EVENTS

ONE_TRY_SECONDS = 15.0
PATIENCE_SECONDS = 90.0
REQUEST_MS = 5_000
_Found = TypeVar("_Found")


class Observer:
    """Everything that can be seen of one system without asking its processes."""

    def __init__(self, *, bootstrap_servers: str, prefix: str, group: str, partitions: int, index_url: str) -> None:
        """`index_url` is the alias' own address."""
        self.topics = Topics()
        self.raw: list[bytes] = []
        self.raw_documents: list[bytes] = []
        self._servers = bootstrap_servers
        self._prefix = prefix
        self._group = group
        self._index_url = index_url
        self._next = {TopicPartition(f"{prefix}.{name}", number): 0 for name in TOPICS for number in range(partitions)}
        self._reading = asyncio.Lock()
        logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # brokers that are down are the point, not news

    async def catch_up(self) -> Topics:
        """Read every topic to its end as of now."""
        async with self._reading:
            await patiently(self._read)
        return self.topics

    async def committed(self) -> dict[tuple[str, int], int]:
        """Read the group's committed offsets, by topic (without prefix) and partition."""
        return await patiently(self._committed)

    async def ends(self) -> dict[tuple[str, int], int]:
        """Tell where the group has to arrive: the ends of events and retry topics, as far as they were read."""
        return {
            (name, one.partition): end
            for one, end in self._next.items()
            if (name := one.topic.removeprefix(f"{self._prefix}.")) in (EVENTS, *RETRIES)
        }

    async def documents(self) -> dict[str, DocumentFact]:
        """Read the whole index, by id."""
        return await patiently(self._documents)

    async def produce(self, key: bytes, value: bytes) -> None:
        """Write a record to the events topic, past the edge."""
        async with AIOKafkaProducer(bootstrap_servers=self._servers, acks="all") as producer:
            await producer.send_and_wait(f"{self._prefix}.{EVENTS}", value=value, key=key)

    async def clear(self) -> None:
        """Delete topics and index, so that the servers stay small over many runs."""

        async def delete_topics() -> None:
            async with self._admin() as admin:
                await admin.delete_topics([f"{self._prefix}.{name}" for name in TOPICS])

        await patiently(delete_topics)
        async with aiohttp.ClientSession() as session, session.delete(f"{self._index_url}-000001"):
            pass

    async def _read(self) -> None:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._servers,
            request_timeout_ms=REQUEST_MS,
            fetch_max_wait_ms=100,
            metadata_max_age_ms=3_000,
        )
        try:
            await consumer.start()
            consumer.assign(list(self._next))
            ends = await consumer.end_offsets(list(self._next))
            for partition, offset in self._next.items():
                consumer.seek(partition, offset)
            while any(self._next[partition] < end for partition, end in ends.items()):
                for partition, records in (await consumer.getmany(timeout_ms=200)).items():
                    for record in records:
                        self._take(record)
                    self._next[partition] = records[-1].offset + 1
        finally:
            with suppress(KafkaError, TimeoutError):
                await asyncio.wait_for(consumer.stop(), ONE_TRY_SECONDS)

    def _take(self, record: Any) -> None:
        self.topics.add(record, prefix=self._prefix)
        self.raw += [record.key or b"", record.value or b"", *(value for _, value in record.headers)]

    async def _committed(self) -> dict[tuple[str, int], int]:
        async with self._admin() as admin:
            found = await admin.list_consumer_group_offsets(self._group)
        return {
            (one.topic.removeprefix(f"{self._prefix}."), one.partition): max(held.offset, 0)
            for one, held in found.items()
        }

    async def _documents(self) -> dict[str, DocumentFact]:
        query = {"size": MOST_EVENTS, "version": True, "query": {"match_all": {}}}
        timeout = aiohttp.ClientTimeout(total=ONE_TRY_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout, raise_for_status=True) as session:
            async with session.post(f"{self._index_url}/_refresh"):
                pass
            async with session.post(f"{self._index_url}/_search", json=query) as response:
                raw = await response.read()
        self.raw_documents = [raw]
        return documents(orjson.loads(raw)["hits"]["hits"])

    @asynccontextmanager
    async def _admin(self) -> AsyncIterator[AIOKafkaAdminClient]:
        admin = AIOKafkaAdminClient(bootstrap_servers=self._servers, request_timeout_ms=REQUEST_MS)
        try:
            await admin.start()
            yield admin
        finally:
            with suppress(KafkaError, TimeoutError):
                await asyncio.wait_for(admin.close(), ONE_TRY_SECONDS)


async def patiently(ask: Callable[[], Awaitable[_Found]], *, seconds: float = PATIENCE_SECONDS) -> _Found:
    """Ask until there is an answer. Raises TimeoutError, from the last reason, when the time is over."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return await asyncio.wait_for(ask(), ONE_TRY_SECONDS)
        except (KafkaError, aiohttp.ClientError, OSError, TimeoutError) as error:
            if time.monotonic() > deadline:
                raise TimeoutError(f"no answer within {seconds:g} s: {type(error).__name__}") from error
        await asyncio.sleep(0.3)
