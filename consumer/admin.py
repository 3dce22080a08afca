"""The admin side of Kafka: partitions, and a group's commits with the metadata that a consumer does not show."""

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager

import structlog
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaConnectionError
from aiokafka.structs import OffsetAndMetadata, TopicPartition

from common.kafka import make_admin
from common.settings import ConfigurationError
from consumer.settings import CLIENT_ID, ConsumerSettings

KAFKA_WAIT_SECONDS = 60.0

log = structlog.get_logger()


class CommitReader:
    """Reads a group's commits with their metadata through an admin client, opened for each reading: it happens at rebalances only."""

    def __init__(self, settings: ConsumerSettings, group: str) -> None:
        self._settings = settings
        self._group = group

    async def read(self, partitions: Collection[TopicPartition]) -> Mapping[TopicPartition, OffsetAndMetadata]:
        """Read the commits of some partitions. Raises KafkaError."""
        if not partitions:
            return {}
        admin = make_admin(self._settings.kafka, client_id=CLIENT_ID)
        try:
            await admin.start()
            found: dict[TopicPartition, OffsetAndMetadata] = await admin.list_consumer_group_offsets(
                self._group, partitions=list(partitions)
            )
        finally:
            await admin.close()
        return found


async def partition_numbers(settings: ConsumerSettings, topic: str) -> list[int]:
    """List the partitions of a topic."""
    async with connected_admin(settings) as admin:
        described = await admin.describe_topics([topic])
    return sorted(partition["partition"] for one in described for partition in one["partitions"])


@asynccontextmanager
async def connected_admin(settings: ConsumerSettings) -> AsyncIterator[AIOKafkaAdminClient]:
    """Connect an admin client, waiting a while for a broker that is still starting. Raises ConfigurationError."""
    deadline = time.monotonic() + KAFKA_WAIT_SECONDS
    while True:
        admin = make_admin(settings.kafka, client_id=CLIENT_ID)
        try:
            await admin.start()
            break
        except KafkaConnectionError:
            await admin.close()
            if time.monotonic() > deadline:
                raise ConfigurationError(
                    f"KAFKA_BOOTSTRAP_SERVERS: no broker answers at {settings.kafka.bootstrap_servers}:"
                    " is Kafka running, are the address and KAFKA_SECURITY_PROTOCOL right?"
                ) from None
            log.warning("kafka_unreachable", servers=settings.kafka.bootstrap_servers)
            await asyncio.sleep(1.0)
    try:
        yield admin
    finally:
        await admin.close()
