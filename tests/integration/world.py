"""A running system as a test sees it: from outside, through the edge, the topics, the index, the metrics and the logs."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import aiohttp
import orjson
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.structs import ConsumerRecord, TopicPartition
from prometheus_client.parser import text_string_to_metric_families

from consumer.checkpoint import decode
from deploy.local.system import System
from tests.simulator.events import Delivery, webhook

SETTLE_SECONDS = 60.0
Record = ConsumerRecord  # generic only in its stub


class World:
    """Asks one system questions; every wait is for a condition and bounded."""

    def __init__(self, system: System) -> None:
        self.system = system

    def topic(self, name: str) -> str:
        """Name a topic of this system."""
        return f"{self.system.topic_prefix}.{name}"

    async def post(self, delivery: Delivery, **headers: str) -> tuple[int, dict[str, Any]]:
        """Post a delivery to the edge."""
        async with aiohttp.ClientSession() as session:
            url = self.system.edge_url + delivery.path
            async with session.post(url, data=delivery.body, headers=delivery.headers | headers) as response:
                return response.status, orjson.loads(await response.read())

    async def accept(self, *deliveries: Delivery) -> None:
        """Post deliveries that the edge must accept."""
        for delivery in deliveries:
            status, answer = await self.post(delivery)
            assert status == 202, answer

    def webhooks(self, ids: Iterable[str]) -> list[Delivery]:
        """Sign one webhook per id."""
        return [webhook(one, secret=self.system.webhook_secret) for one in ids]

    async def fault(self, **fault: Any) -> None:
        """Put a fault in force at the simulator."""
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.system.simulator_url}/admin/faults", json=fault) as response,
        ):
            assert response.status == 200, await response.text()

    async def simulator_stats(self) -> dict[str, Any]:
        """Read what the simulator counted."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{self.system.simulator_url}/admin/stats") as response,
        ):
            found: dict[str, Any] = orjson.loads(await response.read())
            return found

    async def settled(
        self, expected: Mapping[str, str], *, seconds: float = SETTLE_SECONDS
    ) -> dict[str, dict[str, Any]]:
        """Wait until the audit topic says that every key ended as expected; return the last record of every key."""
        state: dict[str, dict[str, Any]] = {}

        async def reached() -> bool:
            state.update({record.key.decode(): orjson.loads(record.value) for record in await self.records("audit")})
            return all(state.get(key, {}).get("outcome") == outcome for key, outcome in expected.items())

        try:
            await eventually(reached, seconds=seconds)
        except AssertionError:
            missing = {
                key: state.get(key, {}).get("outcome")
                for key, outcome in expected.items()
                if state.get(key, {}).get("outcome") != outcome
            }
            raise AssertionError(f"not as expected after {seconds} s: {missing}\n{self.logs()[-3000:]}") from None
        return state

    async def records(self, topic: str) -> list[Any]:
        """Read a topic from its beginning to its end."""
        consumer = AIOKafkaConsumer(bootstrap_servers=self.system.stack.bootstrap_servers, auto_offset_reset="earliest")
        await consumer.start()
        try:
            name = self.topic(topic)
            partitions = [
                TopicPartition(name, number) for number in range(int(self.system.environment["KAFKA_TOPIC_PARTITIONS"]))
            ]
            consumer.assign(partitions)
            ends = await consumer.end_offsets(partitions)
            found: list[Any] = []
            while any([await consumer.position(one) < end for one, end in ends.items()]):
                for batch in (await consumer.getmany(timeout_ms=200)).values():
                    found += batch
            return sorted(found, key=lambda record: record.timestamp)
        finally:
            await consumer.stop()

    async def produce(
        self,
        value: bytes,
        *,
        key: bytes | None = b"k",
        headers: list[tuple[str, bytes]] | None = None,
        topic: str = "events",
    ) -> None:
        """Write a raw record, past the edge."""
        producer = AIOKafkaProducer(bootstrap_servers=self.system.stack.bootstrap_servers)
        await producer.start()
        try:
            await producer.send_and_wait(self.topic(topic), value=value, key=key, headers=headers or [])
        finally:
            await producer.stop()

    async def documents(self) -> dict[str, dict[str, Any]]:
        """Read the whole index, by id; `_version` stands beside the fields."""
        base = f"{self.system.stack.elasticsearch_url}/{self.system.alias}"
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{base}/_refresh") as response:
                assert response.status == 200
            query = {"size": 10_000, "version": True, "query": {"match_all": {}}}
            async with session.post(f"{base}/_search", json=query) as response:
                hits = orjson.loads(await response.read())["hits"]["hits"]
        return {hit["_id"]: hit["_source"] | {"_version": hit["_version"]} for hit in hits}

    async def search(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        """Search the index."""
        base = f"{self.system.stack.elasticsearch_url}/{self.system.alias}"
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{base}/_refresh") as response:
                assert response.status == 200
            async with session.post(f"{base}/_search", json=query) as response:
                hits: list[dict[str, Any]] = orjson.loads(await response.read())["hits"]["hits"]
        return hits

    async def metric(self, name: str, *, url: str | None = None, **labels: str) -> float:
        """Sum a metric's samples with these labels, of one process or of every consumer."""
        total = 0.0
        for one in (
            [url] if url else [consumer_url for process, consumer_url in self.system.consumers if process.running]
        ):
            async with aiohttp.ClientSession() as session, session.get(f"{one}/metrics") as response:
                text = await response.text()
            total += sum(
                sample.value
                for family in text_string_to_metric_families(text)
                for sample in family.samples
                if sample.name == name and labels.items() <= sample.labels.items()
            )
        return total

    async def committed(self) -> dict[int, int]:
        """Read the group's committed offsets of the events topic, by partition."""
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self.system.stack.bootstrap_servers,
            group_id=self.system.environment["CONSUMER_GROUP"],
            enable_auto_commit=False,
        )
        await consumer.start()
        try:
            partitions = [
                TopicPartition(self.topic("events"), number)
                for number in range(int(self.system.environment["KAFKA_TOPIC_PARTITIONS"]))
            ]
            return {one.partition: await consumer.committed(one) or 0 for one in partitions}
        finally:
            await consumer.stop()

    async def known_finished(self) -> set[str]:
        """Read from the group's commits, metadata included, which events are finished; returns their keys."""
        places = {(one.partition, one.offset): one.key.decode() for one in await self.records("events")}
        admin = AIOKafkaAdminClient(bootstrap_servers=self.system.stack.bootstrap_servers)
        await admin.start()
        try:
            found = await admin.list_consumer_group_offsets(self.system.environment["CONSUMER_GROUP"])
        finally:
            await admin.close()
        fronts = {one.partition: at.offset for one, at in found.items() if one.topic == self.topic("events")}
        above = {
            (one.partition, offset)
            for one, at in found.items()
            if one.topic == self.topic("events")
            for start, stop in decode(at.offset, at.metadata).finished
            for offset in range(start, stop)
        }
        return {key for place, key in places.items() if place[1] < fronts.get(place[0], 0) or place in above}

    async def audits(self) -> Counter[str]:
        """Count the audit records of every key."""
        return Counter(one.key.decode() for one in await self.records("audit"))

    async def behave(self) -> None:
        """Take all faults away from the simulator."""
        async with (
            aiohttp.ClientSession() as session,
            session.delete(f"{self.system.simulator_url}/admin/faults") as response,
        ):
            assert response.status == 200, await response.text()

    async def health(self, probe: str, *, url: str) -> tuple[int, dict[str, Any]]:
        """Ask /livez or /readyz of a consumer."""
        async with aiohttp.ClientSession() as session, session.get(f"{url}/{probe}") as response:
            return response.status, orjson.loads(await response.read())

    def logs(self) -> str:
        """Read the logs of every process of this system."""
        return "\n".join(
            path.read_text(errors="replace")
            for path in sorted(self.system.logs.glob(f"{self.system.topic_prefix}-*.log"))
        )


async def eventually(condition: Callable[[], Awaitable[bool]], *, seconds: float = SETTLE_SECONDS) -> None:
    """Wait for a condition. Raises AssertionError when the time is over."""
    deadline = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < deadline, f"not true within {seconds} s"
        await asyncio.sleep(0.1)
