"""Write records to Kafka and come back only when they are acknowledged; a producer that broke for good is replaced."""

import asyncio
import itertools
from collections.abc import Callable, Sequence

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, RecordTooLargeError

from common.kafka import close_producer, partition_by_crc32
from consumer.dependency import Dependency

SEND_SECONDS = 60.0  # longer than aiokafka itself waits for metadata and for room (request_timeout_ms)

Headers = Sequence[tuple[str, bytes]]

log = structlog.get_logger()


class RecordRefusedError(Exception):
    """The broker will never take this record, whoever sends it and when."""


class Publisher:
    """The consumer's one way to write: audit records, dead letters, postponed events and children."""

    def __init__(self, make: Callable[[], AIOKafkaProducer], topic: Callable[[str], Dependency]) -> None:
        """`topic` names where a topic's being out is known: each has its own, as permissions and leaders are each topic's own."""
        self._make = make
        self._topic = topic
        self._producer: AIOKafkaProducer = None
        self._puts = itertools.count()
        self._replacing = asyncio.Lock()

    async def start(self) -> None:
        """Connect. Raises aiokafka's KafkaConnectionError."""
        self._producer = await self._started()

    async def stop(self) -> None:
        """Flush what is on its way, within bounds, and disconnect."""
        if self._producer is not None:
            await close_producer(self._producer)

    async def put(self, topic: str, *, key: bytes, value: bytes, headers: Headers = ()) -> None:
        """Write one record and wait for every in-sync replica, however long it takes.

        Raises RecordRefusedError for a record that is too large. All other failures are retried:
        only an acknowledged record may let its offset pass.
        """
        kafka = self._topic(topic)
        who = str(next(self._puts))
        while True:
            if kafka.is_out:
                await kafka.turn(who)
            producer = self._producer
            if producer is None:
                raise RuntimeError("Publisher is used before start")
            try:
                acknowledged = await _queued(producer, topic, key=key, value=value, headers=list(headers))
                await acknowledged
            except (MessageSizeTooLargeError, RecordTooLargeError):
                kafka.withdraw(who)
                raise RecordRefusedError(f"{topic}: larger than the broker takes") from None
            except (KafkaError, TimeoutError) as error:
                log.warning("publish_failed", topic=topic, error=type(error).__name__)
                kafka.failed(who, type(error).__name__, at_once=True)
                await self._replace(producer)
            except asyncio.CancelledError:
                kafka.withdraw(who)
                raise
            else:
                kafka.succeeded()
                return

    async def _replace(self, broken: AIOKafkaProducer) -> None:
        """Put a new producer in the place of one that failed: an idempotent one may never recover from a lost leader."""
        async with self._replacing:
            if self._producer is not broken:
                return
            try:
                self._producer = await self._started()
            except KafkaError as error:
                log.warning("publisher_not_replaced", error=type(error).__name__)
                return
        await close_producer(broken)  # which fails what it never acknowledged: that is sent again by the new one

    async def _started(self) -> AIOKafkaProducer:
        producer: AIOKafkaProducer = self._make()
        try:
            await producer.start()
        except BaseException:
            await close_producer(producer)
            raise
        return producer


async def _queued(
    producer: AIOKafkaProducer, topic: str, *, key: bytes, value: bytes, headers: list[tuple[str, bytes]]
) -> "asyncio.Future[object]":
    """Queue a record; the future is its acknowledgement. Raises TimeoutError where a topic stays unknown.

    A producer that was replaced meanwhile waits for the metadata of an unknown topic for ever. A known one is not waited for,
    and needs no timer.
    """
    partitions = producer.client.cluster.partitions_for_topic(topic)
    acknowledged: asyncio.Future[object]
    if partitions:
        # Told, as aiokafka asks for two more copies of the partitions to let the partitioner choose.
        partition = partition_by_crc32(key, list(partitions), ())
        acknowledged = await producer.send(topic, value=value, key=key, partition=partition, headers=headers)
    else:
        async with asyncio.timeout(SEND_SECONDS):
            acknowledged = await producer.send(topic, value=value, key=key, headers=headers)
    return acknowledged
