"""The edge's way to Kafka: bounded, with a deadline of its own, and a producer that is replaced when it broke for good.

aiokafka never gives up a batch of an idempotent producer while its partition has a leader, and never recovers from a batch
it gave up without one. So a record counts as in flight until the broker's word on it is known, however long ago its sender
was told 503. A producer that failed a record is replaced, and so is one that owes its word on a record for long: a leader
that hangs keeps its connection, so aiokafka would wait for it until request_timeout_ms although another leads by then.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

import structlog
from aiokafka.errors import KafkaError, ProducerClosed

from common.kafka import close_producer
from producer.deadline import Deadlines
from producer.metrics import EdgeMetrics

CONNECT_SECONDS = 5.0  # a broker that hangs may be the one that is asked first; the next try may ask another
FIND_TOPIC_SECONDS = 3.0
CONNECT_AGAIN_SECONDS = 1.0
PROBE_SECONDS = 5.0
OVERDUE_SECONDS = 15.0  # longer than Kafka takes to move a leader (some 12 s), which needs no new producer

log = structlog.get_logger()


class UnavailableError(Exception):
    """The record was not acknowledged in time; it may still be written later."""


class Producer(Protocol):
    """The part of AIOKafkaProducer that is used here."""

    client: Any

    async def start(self) -> None:
        """Connect."""

    async def stop(self) -> None:
        """Flush and disconnect."""

    async def partitions_for(self, topic: str) -> set[int]:
        """Find a topic."""

    async def send(
        self, topic: str, *, value: bytes, key: bytes, headers: list[tuple[str, bytes]]
    ) -> asyncio.Future[Any]:
        """Take a record; the future is the broker's word on it."""


@dataclass(slots=True, eq=False)
class _Link:
    """One producer and what it still owes; `overdue` are records past their deadline, by the time they were sent."""

    producer: Producer
    broken: asyncio.Future[str]
    in_flight: int = 0
    overdue: dict[asyncio.Future[Any], float] = field(default_factory=dict)
    missed: bool = False  # a deadline passed since the last acknowledgement
    unreachable: str | None = None


class Outbox:
    """Sends records to one topic; `send` returns when every in-sync replica has the record."""

    def __init__(
        self,
        make: Callable[[], Producer],
        *,
        topic: str,
        ack_seconds: float,
        max_in_flight: int,
        metrics: EdgeMetrics,
    ) -> None:
        self._make = make
        self._topic = topic
        self._ack_seconds = ack_seconds
        self._deadlines = Deadlines(ack_seconds)
        self._max_in_flight = max_in_flight
        self._metrics = metrics
        self._link: _Link | None = None
        self._absence = "not connected to Kafka yet"
        self._keeper: asyncio.Task[None] | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()
        self._clock = self._loop.time
        metrics.watch_outbox(in_flight=lambda: self.in_flight, ready=lambda: self.problem is None)

    @property
    def in_flight(self) -> int:
        """Count the records whose fate is open."""
        return 0 if self._link is None else self._link.in_flight

    @property
    def problem(self) -> str | None:
        """Say why records cannot be written now, None if they can."""
        link = self._link
        if link is None:
            return self._absence
        if link.missed and link.in_flight:
            return f"Kafka has not acknowledged a record within {self._ack_seconds:g} s"
        return link.unreachable

    @property
    def fault(self) -> str | None:
        """Say that only a restart helps: the task that keeps the connection is gone."""
        keeper = self._keeper
        return "the connection to Kafka is no longer looked after" if keeper is not None and keeper.done() else None

    def start(self) -> None:
        """Connect in the background, for as long as it takes; until then every send is refused."""
        self._keeper = asyncio.create_task(self._keep(), name="kafka-keeper")

    async def stop(self) -> None:
        """Write what is on its way, within bounds, and disconnect."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        link, self._link = self._link, None
        if link is not None:
            link.broken.set_result("stopped")
            await close_producer(link.producer)
        await asyncio.gather(*self._closing, return_exceptions=True)

    async def send(self, *, key: bytes, value: bytes, headers: list[tuple[str, bytes]]) -> None:
        """Write one record within the deadline. Raises UnavailableError.

        Giving up the wait does not take the record back: it may be written after the deadline, and the sender's retry
        then makes a second record with the same event id.
        """
        link = self._link
        if link is None:
            raise self._unavailable("not_connected")
        if link.in_flight >= self._max_in_flight:
            raise self._unavailable("too_many_in_flight")
        started = self._clock()
        link.in_flight += 1
        receipt: asyncio.Future[Any] | None = None
        try:
            with self._deadlines.start(started):
                receipt = await link.producer.send(self._topic, value=value, key=key, headers=headers)
                # A future of its own, so that the deadline ends the wait and not the receipt.
                word: asyncio.Future[None] = self._loop.create_future()
                receipt.add_done_callback(partial(self._settle, link, started, word))
                await word
        except TimeoutError:
            link.missed = True
            if receipt is not None and not receipt.done():
                link.overdue[receipt] = started
            raise self._unavailable("deadline") from None
        except KafkaError as error:
            self._break(link, type(error).__name__)
            raise self._unavailable(type(error).__name__) from None
        finally:
            if receipt is None:
                link.in_flight -= 1

    def _settle(self, link: _Link, started: float, word: asyncio.Future[None], receipt: asyncio.Future[Any]) -> None:
        """Note the broker's word on a record, however late it comes, and pass it on if somebody still waits for it."""
        link.in_flight -= 1
        link.overdue.pop(receipt, None)
        error = ProducerClosed() if receipt.cancelled() else receipt.exception()
        if error is not None:
            self._break(link, type(error).__name__)
            if not word.done():
                word.set_exception(error)
            return
        link.missed = False
        self._metrics.ack_seconds.observe(self._clock() - started)
        if not word.done():
            word.set_result(None)

    def _unavailable(self, reason: str) -> UnavailableError:
        self._metrics.send_failed(reason)
        return UnavailableError(reason)

    def _break(self, link: _Link, why: str) -> None:
        """Take a producer out of use at once and close it in the background; the keeper makes another."""
        if link.broken.done():
            return
        link.broken.set_result(why)
        if self._link is link:
            self._link = None
            self._absence = f"Kafka failed a record ({why}); connecting again"
        log.warning("kafka_producer_replaced", error=why)
        self._close(link.producer)

    def _close(self, producer: Producer) -> None:
        closing = asyncio.create_task(close_producer(producer), name="kafka-close")
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    async def _keep(self) -> None:
        while True:
            link = await self._connect()
            former, self._link = self._link, link
            if former is not None:  # stayed in use until now: it serves every partition but those that hang
                self._break(former, "overdue")
            log.info("kafka_connected", topic=self._topic)
            await self._watch(link)

    async def _connect(self) -> _Link:
        while True:
            producer = self._make()
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    await producer.start()
                problem = await self._find_topic(producer)
            except (KafkaError, OSError) as error:  # a TimeoutError is an OSError
                problem = f"Kafka is not usable ({type(error).__name__})"
            except BaseException:
                await close_producer(producer)
                raise
            if problem is None:
                return _Link(producer, self._loop.create_future())
            self._absence = problem
            log.warning("kafka_not_usable", problem=problem)
            self._close(producer)
            await asyncio.sleep(CONNECT_AGAIN_SECONDS)

    async def _find_topic(self, producer: Producer) -> str | None:
        try:
            async with asyncio.timeout(FIND_TOPIC_SECONDS):
                await producer.partitions_for(self._topic)
        except TimeoutError:
            return f"topic {self._topic} does not exist: create it with `python -m consumer setup`"
        return None

    async def _watch(self, link: _Link) -> None:
        """Return when the producer has to be replaced; ask the broker now and then, so that an idle edge knows too."""
        while True:
            await asyncio.wait([link.broken], timeout=PROBE_SECONDS)
            oldest = next(iter(link.overdue.values()), None)
            if link.broken.done() or (oldest is not None and self._clock() - oldest > OVERDUE_SECONDS):
                return
            link.unreachable = await self._probe(link)

    async def _probe(self, link: _Link) -> str | None:
        client = link.producer.client
        update = client.force_metadata_update()
        await asyncio.wait([update, link.broken], timeout=self._ack_seconds, return_when=asyncio.FIRST_COMPLETED)
        if not update.done() or update.result() is False:
            return "Kafka does not answer"
        if client.cluster.partitions_for_topic(self._topic) is None:
            return f"topic {self._topic} does not exist any more"
        return None
