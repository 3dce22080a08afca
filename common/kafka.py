"""Kafka connection settings and the factories of producers and consumers; every unsafe client default is changed here."""

import asyncio
import ssl
import zlib
from collections.abc import Sequence
from typing import Any, Literal, Self

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.errors import ProducerClosed
from pydantic import Field, FilePath, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from common.settings import SettingsGroup, is_loopback
from common.topics import Topics

MAX_RECORD_BYTES = 1024 * 1024
CLOSE_SECONDS = 5.0

log = structlog.get_logger()


class KafkaSettings(SettingsGroup):
    """How to reach Kafka and what the topics are called."""

    model_config = SettingsConfigDict(env_prefix="KAFKA_")

    bootstrap_servers: str = "localhost:9092"
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    allow_plaintext: bool = False
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = "SCRAM-SHA-256"
    sasl_username: str | None = None
    sasl_password: SecretStr | None = None
    ca_file: FilePath | None = None
    topic_prefix: str = Field(default="transcripts", pattern=r"^[A-Za-z0-9._-]{1,100}$")
    topic_partitions: int = Field(default=12, ge=1, le=1000)
    replication_factor: int = Field(default=1, ge=1, le=9)

    @model_validator(mode="after")
    def _refuse_what_cannot_work(self) -> Self:
        hosts = [server.strip().rsplit(":", 1) for server in self.bootstrap_servers.split(",")]
        if any(len(host) != 2 or not host[0] or not host[1].isdigit() for host in hosts):  # noqa: PLR2004 - host and port
            raise ValueError("KAFKA_BOOTSTRAP_SERVERS must be host:port, several separated by commas")
        plain = self.security_protocol.endswith("PLAINTEXT")
        if plain and not self.allow_plaintext and not all(is_loopback(host) for host, _ in hosts):
            raise ValueError(
                "KAFKA_SECURITY_PROTOCOL is without TLS and KAFKA_BOOTSTRAP_SERVERS is not this machine:"
                " use SSL or SASL_SSL, or set KAFKA_ALLOW_PLAINTEXT=true for a network you trust"
            )
        if self.security_protocol.startswith("SASL") and not (self.sasl_username and self.sasl_password):
            raise ValueError("KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD are needed for " + self.security_protocol)
        return self

    @property
    def topics(self) -> Topics:
        """The topics under this prefix."""
        return Topics(prefix=self.topic_prefix, partitions=self.topic_partitions)

    def connection(self) -> dict[str, Any]:
        """Build the client arguments that every Kafka client of the project shares."""
        arguments: dict[str, Any] = {
            "bootstrap_servers": self.bootstrap_servers,
            "security_protocol": self.security_protocol,
        }
        if self.security_protocol.endswith("SSL"):
            arguments["ssl_context"] = ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)
        if self.security_protocol.startswith("SASL") and self.sasl_password is not None:
            arguments |= {
                "sasl_mechanism": self.sasl_mechanism,
                "sasl_plain_username": self.sasl_username,
                "sasl_plain_password": self.sasl_password.get_secret_value(),
            }
        return arguments


def partition_by_crc32(key: bytes | None, partitions: Sequence[int], available: Sequence[int]) -> int:
    """Place a key on its partition; every writer of this project uses it, so one key stays on one partition.

    CRC-32 runs in C; aiokafka's own murmur2 is pure Python and costs half of a send.
    A partition without a leader keeps its keys: sending them elsewhere would break their order.
    """
    if key is None:
        return (available or partitions)[0]
    return partitions[zlib.crc32(key) % len(partitions)]


def make_producer(settings: KafkaSettings, *, client_id: str) -> AIOKafkaProducer:
    """Build a producer whose acknowledgement means "on every in-sync replica, once"."""
    return AIOKafkaProducer(
        **settings.connection(),
        client_id=client_id,
        acks="all",
        enable_idempotence=True,
        partitioner=partition_by_crc32,
        linger_ms=0,  # aiokafka batches by itself while a request is in flight
        max_batch_size=256 * 1024,
        max_request_size=MAX_RECORD_BYTES,
        request_timeout_ms=40_000,  # shorter invites OutOfOrderSequenceNumber; callers set their own deadline
    )


async def close_producer(producer: AIOKafkaProducer) -> None:
    """Flush and disconnect; a producer that cannot flush in time is cut off, so that it neither holds a stop up nor lives on unseen."""
    stopping = asyncio.create_task(producer.stop(), name="kafka-stop")
    await asyncio.wait([stopping], timeout=CLOSE_SECONDS)
    if not stopping.done():
        # `stop` waits for ever for batches that an idempotent producer never gives up: fail them, then hang up.
        producer._message_accumulator.fail_all(ProducerClosed())  # noqa: SLF001 - aiokafka has no public way
        await producer.client.close()
        await asyncio.wait([stopping], timeout=CLOSE_SECONDS)
        stopping.cancel()
    outcome: list[object] = await asyncio.gather(stopping, return_exceptions=True)
    if isinstance(outcome[0], BaseException):
        log.warning("kafka_producer_not_flushed", error=type(outcome[0]).__name__)


async def close_consumer(consumer: AIOKafkaConsumer) -> None:
    """Leave the group and disconnect; brokers that are away do not hold a stop up: the group notices by the session timeout."""
    # In a task of its own: aiokafka lets the cancellation of its own fetches out, as if this one were cancelled.
    stopping = asyncio.create_task(consumer.stop(), name="kafka-stop")
    await asyncio.wait([stopping], timeout=CLOSE_SECONDS)
    stopping.cancel()
    outcome: list[object] = await asyncio.gather(stopping, return_exceptions=True)
    if isinstance(outcome[0], BaseException):
        log.warning("kafka_consumer_not_closed", error=type(outcome[0]).__name__)
        await consumer._client.close()  # noqa: SLF001 - a second stop does nothing


def fetching_ended(consumer: AIOKafkaConsumer) -> bool:
    """Tell whether the client stopped fetching for good, after an error that it did not foresee: it hands out nothing more and says nothing."""
    fetcher = getattr(consumer, "_fetcher", None)  # aiokafka has no public way
    return fetcher is not None and fetcher.error_future.done()


def make_consumer(
    settings: KafkaSettings,
    *,
    client_id: str,
    group_id: str | None,
    rebalance_timeout_ms: int,
    session_timeout_ms: int = 30_000,
) -> AIOKafkaConsumer:
    """Build a consumer that commits only what it is told to, reads from the start and hands out raw bytes."""
    return AIOKafkaConsumer(
        **settings.connection(),
        client_id=client_id,
        group_id=group_id,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        session_timeout_ms=session_timeout_ms,
        heartbeat_interval_ms=session_timeout_ms // 10,
        rebalance_timeout_ms=rebalance_timeout_ms,
        max_poll_interval_ms=300_000,
        # By range, so that a key's partitions of the events and the retry topics are one member's, who keeps its records in order.
        partition_assignment_strategy=(RangePartitionAssignor,),
        fetch_max_wait_ms=100,
        max_partition_fetch_bytes=MAX_RECORD_BYTES,
    )


def make_admin(settings: KafkaSettings, *, client_id: str) -> AIOKafkaAdminClient:
    """Build an admin client."""
    return AIOKafkaAdminClient(**settings.connection(), client_id=client_id)
