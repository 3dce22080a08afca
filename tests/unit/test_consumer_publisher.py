"""The publisher comes back with an acknowledgement or not at all, and replaces a producer that broke for good."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from aiokafka.errors import (
    KafkaConnectionError,
    KafkaTimeoutError,
    MessageSizeTooLargeError,
    OutOfOrderSequenceNumber,
    ProducerClosed,
    RecordTooLargeError,
    TopicAuthorizationFailedError,
)

from common import kafka as kafka_module
from common.kafka import partition_by_crc32
from consumer import publisher as publisher_module
from consumer.dependency import Dependency
from consumer.publisher import Publisher, RecordRefusedError
from tests.unit.fakes import new_dependency, turn_over, until


class FakeProducer:
    """Acknowledges every record, or fails in the ways of aiokafka's: at the send, at the acknowledgement, at the start."""

    def __init__(
        self,
        *,
        at_send: Exception | None = None,
        at_ack: Exception | None = None,
        at_start: Exception | None = None,
        at_stop: Exception | None = None,
    ) -> None:
        self.at_send = at_send
        self.at_ack = at_ack
        self.at_start = at_start
        self.at_stop = at_stop
        self.sent: list[tuple[str, bytes, bytes, list[tuple[str, bytes]]]] = []
        self.partitions: dict[bytes, int | None] = {}
        self.acknowledge = True
        self.waiting: list[asyncio.Future[None]] = []
        self.started = False
        self.stopped = False
        self.client = self.cluster = self  # where aiokafka keeps what it knows of topics

    def partitions_for_topic(self, topic: str) -> set[int] | None:
        """Know one topic."""
        return set(range(12)) if topic == "known" else None

    async def start(self) -> None:
        """Connect."""
        if self.at_start is not None:
            raise self.at_start
        self.started = True

    async def stop(self) -> None:
        """Disconnect."""
        self.stopped = True
        for waiting in self.waiting:
            if not waiting.done():  # as aiokafka fails what it could not flush
                waiting.set_exception(ProducerClosed())
        if self.at_stop is not None:
            raise self.at_stop

    async def send(
        self, topic: str, *, value: bytes, key: bytes, headers: list[tuple[str, bytes]], partition: int | None = None
    ) -> "asyncio.Future[None]":
        """Queue a record; the future is its acknowledgement."""
        self.partitions[key] = partition
        if self.at_send is not None:
            raise self.at_send
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self.at_ack is not None:
            future.set_exception(self.at_ack)
            return future
        self.sent.append((topic, key, value, headers))
        self.waiting.append(future)
        if self.acknowledge:
            future.set_result(None)
        return future


class Factory:
    """Hands out the given producers one after another."""

    def __init__(self, *producers: FakeProducer) -> None:
        self.producers = list(producers)
        self.made: list[FakeProducer] = []

    def __call__(self) -> FakeProducer:
        self.made.append(self.producers.pop(0))
        return self.made[-1]


async def started(producers: Sequence[FakeProducer], kafka: Dependency | None = None) -> tuple[Publisher, Factory]:
    factory = Factory(*producers)
    publisher = Publisher(factory, lambda topic: kafka or new_dependency(topic))
    await publisher.start()
    return publisher, factory


async def test_a_record_is_put_when_it_is_acknowledged_and_not_when_it_is_sent() -> None:
    producer = FakeProducer()
    producer.acknowledge = False
    publisher, _ = await started([producer])
    putting = asyncio.create_task(publisher.put("t", key=b"k", value=b"v", headers=[("h", b"1")]))
    await until(lambda: producer.waiting)
    await turn_over()
    assert not putting.done()
    producer.waiting[0].set_result(None)
    await putting
    assert producer.sent == [("t", b"k", b"v", [("h", b"1")])]


async def test_a_record_that_waits_for_metadata_of_a_producer_that_was_replaced_is_sent_by_the_new_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Waiting(FakeProducer):
        async def send(self, topic: str, **_: object) -> "asyncio.Future[None]":
            """Never come back for one topic, as aiokafka does not where it is closed meanwhile; fail for the others."""
            if topic == "unknown":
                await asyncio.Event().wait()
            raise OutOfOrderSequenceNumber

    monkeypatch.setattr(publisher_module, "SEND_SECONDS", 0.05)
    fresh = FakeProducer()
    publisher, _ = await started([Waiting(), fresh])
    putting = asyncio.create_task(publisher.put("unknown", key=b"k", value=b"v"))
    await turn_over()
    await publisher.put("known", key=b"k", value=b"v")
    async with asyncio.timeout(5):
        await putting
    assert [topic for topic, *_ in fresh.sent] == ["known", "unknown"]


@pytest.mark.parametrize(("topic", "sends"), [("known", 1), ("unknown", 2)])
async def test_only_a_topic_that_is_not_known_yet_is_waited_for_so_long(
    topic: str, sends: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(FakeProducer):
        async def send(self, topic: str, **more: Any) -> "asyncio.Future[None]":
            """Take longer than a topic is waited for, as a full batch may."""
            await asyncio.sleep(0.05)
            return await super().send(topic, **more)

    monkeypatch.setattr(publisher_module, "SEND_SECONDS", 0.01)
    publisher, factory = await started([Slow(), FakeProducer()])
    await publisher.put(topic, key=b"k", value=b"v")
    assert len(factory.made) == sends


async def test_a_key_stays_on_the_partition_that_every_other_writer_chooses_for_it() -> None:
    producer = FakeProducer()
    publisher, _ = await started([producer])
    for number in range(40):
        await publisher.put("known", key=b"%d" % number, value=b"v")
    await publisher.put("unknown", key=b"left to the producer's partitioner", value=b"v")
    chosen = {b"%d" % number: partition_by_crc32(b"%d" % number, range(12), ()) for number in range(40)}
    assert producer.partitions == chosen | {b"left to the producer's partitioner": None}


@pytest.mark.parametrize("where", ["send", "ack"])
async def test_a_failed_record_is_sent_again_by_a_new_producer(where: str) -> None:
    error = OutOfOrderSequenceNumber()
    broken = FakeProducer(at_send=error) if where == "send" else FakeProducer(at_ack=error)
    fresh = FakeProducer()
    publisher, _ = await started([broken, fresh])
    await publisher.put("t", key=b"k", value=b"v")
    assert broken.stopped
    assert fresh.started
    assert fresh.sent == [("t", b"k", b"v", [])]


async def test_a_record_is_tried_for_as_long_as_it_takes() -> None:
    broken = [FakeProducer(at_ack=KafkaTimeoutError()) for _ in range(8)]
    publisher, factory = await started([*broken, FakeProducer()])
    await publisher.put("t", key=b"k", value=b"v")
    assert len(factory.made) == 9


async def test_while_a_topic_is_out_one_record_at_a_time_tries_and_other_topics_go_on() -> None:
    unwritable = TopicAuthorizationFailedError()
    kafka = {"audit": new_dependency("audit"), "retry": new_dependency("retry")}
    tried: list[str] = []

    class Choosy(FakeProducer):
        async def send(self, topic: str, **more: Any) -> "asyncio.Future[None]":
            tried.append(topic)
            if topic == "audit" and len(tried) < 40:
                raise unwritable
            return await super().send(topic, **more)

    publisher = Publisher(Choosy, kafka.__getitem__)
    await publisher.start()
    audits = [asyncio.create_task(publisher.put("audit", key=b"%d" % one, value=b"v")) for one in range(8)]
    await until(lambda: len(tried) > 15)
    problem = kafka["audit"].problem
    assert problem is not None
    assert "TopicAuthorizationFailedError" in problem
    async with asyncio.timeout(1):
        await publisher.put("retry", key=b"k", value=b"v")
        await asyncio.gather(*audits)
    assert kafka["audit"].problem is None


async def test_a_record_that_a_replaced_producer_left_behind_is_sent_again_by_the_new_one() -> None:
    silent, fresh = FakeProducer(), FakeProducer()
    silent.acknowledge = False
    publisher, _ = await started([silent, fresh])
    left_behind = asyncio.create_task(publisher.put("t", key=b"left", value=b"v"))
    await until(lambda: silent.waiting)
    silent.at_ack = OutOfOrderSequenceNumber()
    async with asyncio.timeout(2):
        await publisher.put("other", key=b"k", value=b"v")
        await left_behind
    assert {key for _, key, _, _ in fresh.sent} == {b"left", b"k"}


async def test_a_record_whose_task_is_cancelled_is_not_sent_again() -> None:
    silent = FakeProducer()
    silent.acknowledge = False
    publisher, factory = await started([silent])
    putting = asyncio.create_task(publisher.put("t", key=b"k", value=b"v"))
    await until(lambda: silent.waiting)
    putting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await putting
    assert len(factory.made) == 1


async def test_records_that_fail_together_replace_the_producer_once() -> None:
    publisher, factory = await started([FakeProducer(at_ack=KafkaTimeoutError()), FakeProducer()])
    await asyncio.gather(*(publisher.put("t", key=b"k", value=b"%d" % number) for number in range(5)))
    assert len(factory.made) == 2
    assert len(factory.made[1].sent) == 5


async def test_while_no_new_producer_connects_the_old_one_is_kept_and_the_record_tried_on() -> None:
    broken = FakeProducer(at_ack=KafkaTimeoutError())
    unconnected = FakeProducer(at_start=KafkaConnectionError())
    fresh = FakeProducer()
    publisher, factory = await started([broken, unconnected, fresh])
    await publisher.put("t", key=b"k", value=b"v")
    assert unconnected.stopped
    assert len(factory.made) == 3
    assert fresh.sent


async def test_a_broken_producer_that_does_not_close_holds_up_nothing() -> None:
    broken = FakeProducer(at_ack=KafkaTimeoutError(), at_stop=KafkaConnectionError())
    publisher, factory = await started([broken, FakeProducer()])
    await publisher.put("t", key=b"k", value=b"v")
    assert factory.made[1].sent


@pytest.mark.parametrize("error", [MessageSizeTooLargeError, RecordTooLargeError])
@pytest.mark.parametrize("where", ["send", "ack"])
async def test_a_record_too_large_is_refused_and_not_tried_again(error: type[Exception], where: str) -> None:
    refusing = FakeProducer(at_send=error()) if where == "send" else FakeProducer(at_ack=error())
    publisher, factory = await started([refusing])
    with pytest.raises(RecordRefusedError, match="larger than the broker takes"):
        await publisher.put("t", key=b"k", value=b"4111")
    assert len(factory.made) == 1


async def test_a_publisher_that_cannot_connect_says_so_and_leaves_nothing_open() -> None:
    unconnected = FakeProducer(at_start=KafkaConnectionError())
    with pytest.raises(KafkaConnectionError):
        await started([unconnected])
    assert unconnected.stopped


async def test_stopping_stops_the_producer_of_now() -> None:
    publisher, factory = await started([FakeProducer(at_ack=KafkaTimeoutError()), FakeProducer()])
    await publisher.put("t", key=b"k", value=b"v")
    await publisher.stop()
    assert factory.made[1].stopped
    await Publisher(Factory(), new_dependency).stop()


async def test_a_publisher_must_be_started() -> None:
    with pytest.raises(RuntimeError):
        await Publisher(Factory(), new_dependency).put("t", key=b"k", value=b"v")


async def test_a_stop_fails_what_no_broker_takes_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kafka_module, "CLOSE_SECONDS", 0.01)

    class Stuck(FakeProducer):
        """Flushes for ever, as aiokafka's idempotent producer does while its brokers are away."""

        def __init__(self) -> None:
            super().__init__()
            self.failed: list[Exception] = []
            self.client = self._message_accumulator = self

        def fail_all(self, error: Exception) -> None:
            """Give up what is queued."""
            self.failed.append(error)

        async def close(self) -> None:
            """Hang up."""
            self.stopped = True

        async def stop(self) -> None:
            """Flush."""
            await asyncio.Event().wait()

    producer = Stuck()
    publisher, _ = await started([producer])
    async with asyncio.timeout(5):
        await publisher.stop()
    assert [type(error) for error in producer.failed] == [ProducerClosed]
    assert producer.stopped
