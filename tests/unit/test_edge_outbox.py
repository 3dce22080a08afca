"""The outbox answers within its deadline, knows what became of every record, however late, and replaces a producer that broke."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiokafka.errors import KafkaConnectionError, LeaderNotAvailableError, OutOfOrderSequenceNumber
from prometheus_client import CollectorRegistry

from common import kafka
from producer import outbox as module
from producer.metrics import EdgeMetrics
from producer.outbox import Outbox, UnavailableError
from tests.unit.fakes import until

TOPIC = "t.events"
SOON = 0.05


class FakeClient:
    """Metadata as a broker gives it, or does not."""

    def __init__(self) -> None:
        self.answers = True
        self.topics = {TOPIC}
        self.closed = False
        self.cluster = self

    def force_metadata_update(self) -> asyncio.Future[bool]:
        update: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        if self.answers:
            update.set_result(True)
        return update

    def partitions_for_topic(self, topic: str) -> set[int] | None:
        return {0} if topic in self.topics else None

    async def close(self) -> None:
        self.closed = True


class FakeProducer:
    """Acknowledges at once, or holds every word back in `waiting`."""

    def __init__(self) -> None:
        self.client: Any = FakeClient()
        self.acknowledges = True
        self.blocks = False
        self.finds_topic = True
        self.start_error: Exception | None = None
        self.waiting: list[asyncio.Future[None]] = []
        self.sent: list[bytes] = []
        self.stopping, self.may_stop, self.stopped = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.may_stop.set()
        self._message_accumulator = self

    async def start(self) -> None:
        if self.start_error is not None:
            raise self.start_error

    async def stop(self) -> None:
        """Wait for what is not acknowledged, as aiokafka does."""
        self.stopping.set()
        await self.may_stop.wait()
        if self.waiting:
            await asyncio.wait(self.waiting)
        self.stopped.set()

    def fail_all(self, error: Exception) -> None:
        for word in self.waiting:
            if not word.done():
                word.set_exception(error)

    async def partitions_for(self, topic: str) -> set[int]:
        if not self.finds_topic:
            await asyncio.Event().wait()
        return {0}

    async def send(
        self, topic: str, *, value: bytes, key: bytes, headers: list[tuple[str, bytes]]
    ) -> asyncio.Future[Any]:
        if self.blocks:
            await asyncio.Event().wait()
        self.sent.append(value)
        word: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self.acknowledges:
            word.set_result(None)
        else:
            self.waiting.append(word)
        return word


@asynccontextmanager
async def running(
    producers: Sequence[FakeProducer], registry: CollectorRegistry | None = None, **changes: Any
) -> AsyncIterator[Outbox]:
    left = list(producers)
    bounds = {"ack_seconds": SOON, "max_in_flight": 3, **changes}
    outbox = Outbox(lambda: left.pop(0), topic=TOPIC, metrics=EdgeMetrics(registry or CollectorRegistry()), **bounds)
    outbox.start()
    try:
        yield outbox
    finally:
        await outbox.stop()


async def send(outbox: Outbox, value: bytes = b"v") -> None:
    await outbox.send(key=b"k", value=value, headers=[])


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait less between tries; what a test is about it sets itself."""
    monkeypatch.setattr(module, "CONNECT_AGAIN_SECONDS", 0.01)
    monkeypatch.setattr(module, "FIND_TOPIC_SECONDS", SOON)
    monkeypatch.setattr(kafka, "CLOSE_SECONDS", SOON)


async def test_a_send_ends_with_the_acknowledgement_and_not_before() -> None:
    producer = FakeProducer()
    producer.acknowledges = False
    async with running([producer], ack_seconds=60) as outbox:
        await until(lambda: outbox.problem is None)
        sending = asyncio.create_task(send(outbox))
        await until(lambda: producer.waiting)
        assert not sending.done()
        assert outbox.in_flight == 1
        producer.waiting[0].set_result(None)
        await sending
        assert outbox.in_flight == 0


async def test_an_acknowledgement_after_the_deadline_is_still_noted() -> None:
    producer, registry = FakeProducer(), CollectorRegistry()
    producer.acknowledges = False
    async with running([producer], registry) as outbox:
        await until(lambda: outbox.problem is None)
        with pytest.raises(UnavailableError):
            await send(outbox)
        assert outbox.in_flight == 1
        assert outbox.problem == "Kafka has not acknowledged a record within 0.05 s"
        assert registry.get_sample_value("edge_ack_seconds_count") == 0
        producer.waiting[0].set_result(None)
        await until(lambda: outbox.problem is None)
        assert outbox.in_flight == 0
        assert registry.get_sample_value("edge_ack_seconds_count") == 1
        assert registry.get_sample_value("edge_send_failures_total", {"reason": "deadline"}) == 1


async def test_a_producer_that_takes_no_record_is_unavailable_by_the_deadline() -> None:
    producer = FakeProducer()
    producer.blocks = True
    async with running([producer]) as outbox:
        await until(lambda: outbox.problem is None)
        with pytest.raises(UnavailableError):
            await send(outbox)
        assert outbox.in_flight == 0
        assert not producer.sent


async def test_records_whose_fate_is_open_are_bounded_however_often_senders_come_again() -> None:
    producer = FakeProducer()
    producer.acknowledges = False
    async with running([producer]) as outbox:
        await until(lambda: outbox.problem is None)
        outcomes = await asyncio.gather(*(send(outbox) for _ in range(20)), return_exceptions=True)
        assert {str(one) for one in outcomes} == {"deadline", "too_many_in_flight"}
        with pytest.raises(UnavailableError, match="too_many_in_flight"):
            await send(outbox)
        assert len(producer.sent) == outbox.in_flight == 3


async def test_a_sender_that_hangs_up_takes_no_record_back() -> None:
    producer = FakeProducer()
    producer.acknowledges = False
    async with running([producer], ack_seconds=60) as outbox:
        await until(lambda: outbox.problem is None)
        sending = asyncio.create_task(send(outbox))
        await until(lambda: producer.waiting)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert not producer.waiting[0].done()
        assert outbox.in_flight == 1
        producer.waiting[0].set_result(None)
        await until(lambda: outbox.in_flight == 0)


async def test_a_producer_that_failed_a_record_is_replaced_and_what_else_it_has_is_flushed() -> None:
    broken, fresh = FakeProducer(), FakeProducer()
    broken.acknowledges = False
    async with running([broken, fresh], ack_seconds=60) as outbox:
        await until(lambda: outbox.problem is None)
        failing, other = asyncio.create_task(send(outbox, b"1")), asyncio.create_task(send(outbox, b"2"))
        await until(lambda: len(broken.waiting) == 2)
        broken.waiting[0].set_exception(OutOfOrderSequenceNumber())
        with pytest.raises(UnavailableError, match="OutOfOrderSequenceNumber"):
            await failing
        await until(lambda: outbox.problem is None)
        await send(outbox, b"3")
        broken.waiting[1].set_result(None)
        await other
        await until(broken.stopped.is_set)
        assert fresh.sent == [b"3"]


async def test_what_a_broken_producer_cannot_flush_is_refused_and_the_producer_cut_off() -> None:
    broken, fresh = FakeProducer(), FakeProducer()
    broken.acknowledges = False
    async with running([broken, fresh], ack_seconds=60) as outbox:
        await until(lambda: outbox.problem is None)
        failing, stuck = asyncio.create_task(send(outbox, b"1")), asyncio.create_task(send(outbox, b"2"))
        await until(lambda: len(broken.waiting) == 2)
        broken.waiting[0].set_exception(LeaderNotAvailableError())
        for sending in (failing, stuck):
            with pytest.raises(UnavailableError):
                await sending
        assert broken.client.closed
        assert outbox.in_flight == 0


async def test_records_are_refused_at_once_until_kafka_is_there() -> None:
    away, found = FakeProducer(), FakeProducer()
    away.start_error = KafkaConnectionError()
    async with running([away, found]) as outbox:
        with pytest.raises(UnavailableError, match="not_connected"):
            await send(outbox)
        await until(lambda: outbox.problem == "Kafka is not usable (KafkaConnectionError)")
        await until(lambda: outbox.problem is None)
        await send(outbox)
        assert away.stopped.is_set()


async def test_a_missing_topic_is_named_with_the_mend_and_found_when_it_is_made() -> None:
    without, with_topic = FakeProducer(), FakeProducer()
    without.finds_topic = False
    async with running([without, with_topic]) as outbox:
        await until(lambda: outbox.problem is not None and "python -m consumer setup" in outbox.problem)
        await until(lambda: outbox.problem is None)


async def test_an_idle_edge_notices_that_kafka_does_not_answer_and_that_it_does_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PROBE_SECONDS", 0.01)
    producer = FakeProducer()
    async with running([producer]) as outbox:
        await until(lambda: outbox.problem is None)
        producer.client.answers = False
        await until(lambda: outbox.problem == "Kafka does not answer")
        producer.client.answers, producer.client.topics = True, set()
        await until(lambda: outbox.problem == f"topic {TOPIC} does not exist any more")
        producer.client.topics = {TOPIC}
        await until(lambda: outbox.problem is None)


async def test_a_producer_that_owes_a_record_for_long_is_replaced_and_serves_until_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PROBE_SECONDS", 0.01)
    monkeypatch.setattr(module, "OVERDUE_SECONDS", 2 * SOON)
    hanging, unusable, fresh = FakeProducer(), FakeProducer(), FakeProducer()
    hanging.acknowledges = False
    unusable.start_error = KafkaConnectionError()
    unusable.may_stop.clear()
    async with running([hanging, unusable, fresh]) as outbox:
        await until(lambda: outbox.problem is None)
        with pytest.raises(UnavailableError):
            await send(outbox, b"stuck")
        await until(unusable.stopping.is_set)
        hanging.acknowledges = True
        await send(outbox, b"another partition's")
        unusable.may_stop.set()
        await until(hanging.stopping.is_set)
        await send(outbox, b"after")
        assert hanging.sent == [b"stuck", b"another partition's"]
        assert fresh.sent == [b"after"]
        assert outbox.in_flight == 0


async def test_a_producer_that_is_only_slow_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PROBE_SECONDS", 0.01)
    monkeypatch.setattr(module, "OVERDUE_SECONDS", 2 * SOON)
    slow = FakeProducer()
    slow.acknowledges = False
    async with running([slow]) as outbox:
        await until(lambda: outbox.problem is None)
        for number in range(1, 5):
            with pytest.raises(UnavailableError):
                await send(outbox)
            slow.waiting[-1].set_result(None)
            await until(lambda: outbox.in_flight == 0)
            assert len(slow.sent) == number
        assert outbox.fault is None


async def test_a_stop_waits_for_the_acknowledgements_that_are_owed() -> None:
    producer = FakeProducer()
    producer.acknowledges = False
    async with running([producer], ack_seconds=60) as outbox:
        await until(lambda: outbox.problem is None)
        sending = asyncio.create_task(send(outbox))
        await until(lambda: producer.waiting)
        stopping = asyncio.create_task(outbox.stop())
        await asyncio.sleep(0)
        producer.waiting[0].set_result(None)
        await asyncio.gather(sending, stopping)
        assert producer.stopped.is_set()


async def test_only_a_lost_keeper_is_a_fault_that_a_restart_mends() -> None:
    async with running([]) as outbox:  # nothing to make a producer from: the keeper ends with an IndexError
        await until(lambda: outbox.fault is not None)
        assert outbox.fault == "the connection to Kafka is no longer looked after"
