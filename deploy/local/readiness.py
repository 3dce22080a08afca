"""Kafka is ready when it is usable: a round trip through it, not an open port."""

import asyncio
import logging
import uuid
from collections.abc import Coroutine
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError

from deploy.local.errors import StartError

PROBE_SECONDS = 10.0
REQUEST_MS = 5_000
PROBE_TOPIC = "local-readiness"


async def kafka_usable(bootstrap_servers: str, brokers: int, timeout_seconds: float) -> None:
    """Repeat the round trip until it succeeds; raise StartError with the last reason when the time is over."""
    reason: BaseException | None = None
    client_log = logging.getLogger("aiokafka")
    level = client_log.level
    client_log.setLevel(logging.CRITICAL)  # a broker that is not there yet is what this waits for, not news
    try:
        async with asyncio.timeout(timeout_seconds):
            while True:
                try:
                    return await asyncio.wait_for(round_trip(bootstrap_servers, brokers), PROBE_SECONDS)
                except (KafkaError, TimeoutError, OSError) as error:
                    reason = error
                    await asyncio.sleep(0.1)
    except TimeoutError:
        raise StartError(
            f"Kafka at {bootstrap_servers} was not usable within {timeout_seconds:g} s: {reason!r}"
        ) from reason
    finally:
        client_log.setLevel(level)


async def round_trip(bootstrap_servers: str, brokers: int) -> None:
    """Make a topic on all brokers, have a record acknowledged by all, delete the topic."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers, request_timeout_ms=REQUEST_MS)
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap_servers, acks="all", request_timeout_ms=REQUEST_MS)
    try:
        await admin.start()
        members = (await admin.describe_cluster())["brokers"]
        if len(members) < brokers:
            raise KafkaError(f"{len(members)} of {brokers} brokers are members")
        topic = f"{PROBE_TOPIC}-{uuid.uuid4().hex[:8]}"
        await admin.create_topics([NewTopic(topic, num_partitions=1, replication_factor=brokers)])
        await producer.start()
        await producer.send_and_wait(topic, b"ready")
        await admin.delete_topics([topic])
    finally:
        await closed(producer.stop())
        await closed(admin.close())


async def closed(closing: Coroutine[Any, Any, Any]) -> None:
    """Close a client that may never have connected."""
    try:
        await closing
    except KafkaError:
        return
