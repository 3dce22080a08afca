"""The edge's way to Kafka: bounded, with a deadline of its own, and a producer that is replaced when it broke for good."""

import asyncio
import time
from collections.abc import Callable

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from producer.metrics import EdgeMetrics

CONNECT_WAIT_SECONDS = 1.0
STOP_SECONDS = 5.0

log = structlog.get_logger()


class UnavailableError(Exception):
    """The record was not acknowledged in time; it may still be written later."""


class Outbox:
    """Sends records to one topic; `send` returns when every in-sync replica has the record."""

    def __init__(
        self,
        make: Callable[[], AIOKafkaProducer],
        *,
        topic: str,
        ack_seconds: float,
        max_in_flight: int,
        metrics: EdgeMetrics,
    ) -> None:
        self._make = make
        self._topic = topic
        self._ack_seconds = ack_seconds
        self._max_in_flight = max_in_flight
        self._metrics = metrics
        self._producer: AIOKafkaProducer | None = None
        self._in_flight = 0
        self._connecting: asyncio.Task[None] | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self.problem: str | None = "not connected to Kafka yet"

    def start(self) -> None:
        """Connect in the background; until then every send is refused."""
        self._connecting = asyncio.create_task(self._connect(), name="kafka-connect")

    async def stop(self) -> None:
        """Write what is on its way, within bounds, and disconnect."""
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        await asyncio.gather(*self._closing, return_exceptions=True)
        if self._producer is not None:
            await _close(self._producer)

    async def send(self, *, key: bytes, value: bytes, headers: list[tuple[str, bytes]]) -> None:
        """Write one record within the deadline. Raises UnavailableError.

        Giving up the wait does not take the record back: it may be written after the deadline, and the sender's retry
        then makes a second record with the same event id.
        """
        producer = self._producer
        if producer is None:
            self._metrics.send_failed("not_connected")
            raise UnavailableError("not connected")
        if self._in_flight >= self._max_in_flight:
            self._metrics.send_failed("too_many_in_flight")
            raise UnavailableError("too many records in flight")
        started = time.perf_counter()
        self._in_flight += 1
        self._metrics.in_flight.set(self._in_flight)
        try:
            async with asyncio.timeout(self._ack_seconds):
                await (await producer.send(self._topic, value=value, key=key, headers=headers))
        except TimeoutError:
            self._metrics.send_failed("deadline")
            raise UnavailableError("no acknowledgement in time") from None
        except KafkaError as error:
            self._metrics.send_failed(type(error).__name__)
            self._replace(producer, type(error).__name__)
            raise UnavailableError(type(error).__name__) from None
        finally:
            self._in_flight -= 1
            self._metrics.in_flight.set(self._in_flight)
        self._metrics.ack_seconds.observe(time.perf_counter() - started)

    def _replace(self, broken: AIOKafkaProducer, why: str) -> None:
        """Start over with a new producer: an idempotent one may never recover from a leader that was gone for long."""
        if self._producer is not broken:
            return
        log.warning("kafka_producer_replaced", error=why)
        self._producer = None
        self.problem = f"Kafka refused a record ({why}); connecting again"
        self._metrics.kafka_ready.set(0)
        closing = asyncio.create_task(_close(broken), name="kafka-close")
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)
        self.start()

    async def _connect(self) -> None:
        while True:
            producer = self._make()
            try:
                await producer.start()
                await producer.partitions_for(self._topic)
            except (KafkaError, TimeoutError) as error:
                self.problem = (
                    f"Kafka is not usable ({type(error).__name__}): is it running, and does topic {self._topic} exist?"
                )
                log.warning("kafka_not_usable", error=type(error).__name__, topic=self._topic)
                await _close(producer)
                await asyncio.sleep(CONNECT_WAIT_SECONDS)
            except BaseException:
                await _close(producer)
                raise
            else:
                self._producer = producer
                self.problem = None
                self._metrics.kafka_ready.set(1)
                log.info("kafka_connected", topic=self._topic)
                return


async def _close(producer: AIOKafkaProducer) -> None:
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await producer.stop()
    except (KafkaError, TimeoutError) as error:
        log.warning("kafka_producer_not_closed", error=type(error).__name__)
