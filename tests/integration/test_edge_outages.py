"""Whatever happens to three real brokers: 503 in time, no event acknowledged and lost, recovery without a restart of the edge."""

import asyncio
import contextlib
import itertools
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import NewTopic
from aiokafka.errors import OutOfOrderSequenceNumber
from prometheus_client import CollectorRegistry

from common.kafka import close_producer, partition_by_crc32
from deploy.local import LocalStack
from deploy.local.kafka import KafkaServer
from producer.metrics import EdgeMetrics
from producer.outbox import Outbox, UnavailableError
from tests.integration.conftest import running
from tests.integration.edge_alone import (
    ANSWER_SECONDS,
    PARTITIONS,
    Answer,
    EdgeAlone,
    Load,
    administration,
    leaders,
    until,
)


@pytest.fixture(scope="module")
def brokers(request: pytest.FixtureRequest) -> Iterator[LocalStack]:
    """Start three brokers of this module's own; a test leaves them running."""
    with running(request, LocalStack(own=True, brokers=3, elasticsearch=False)) as own:
        yield own


def partition_of(key: str) -> int:
    return partition_by_crc32(key.encode(), range(PARTITIONS), ())


def assert_refused_in_time(answers: list[Answer]) -> None:
    for answer in answers:
        assert answer.status == 503, answer
        assert answer.retry_after is not None
        assert answer.seconds < ANSWER_SECONDS, answer


async def assert_kept(edge: EdgeAlone, accepted: dict[str, Answer]) -> None:
    """Find every accepted event on the topic; however often it was delivered and written, it is one event."""
    records = await edge.records()
    assert not {key for key in accepted if key not in records}
    for key, answer in accepted.items():
        assert set(records[key]) == {answer.body["event_id"]}


@pytest.mark.parametrize("end", ["kill", "pause"])
async def test_a_leader_lost_under_load_costs_no_accepted_event_and_no_restart(
    brokers: LocalStack, tmp_path: Path, end: str
) -> None:
    async with EdgeAlone(brokers, logs=tmp_path, name=f"edge-leader-{end}") as edge:
        async with Load(edge) as load:
            await load.until_accepted(300)
            before = await leaders(brokers, edge.topic)
            lost = before[0]
            moving = {partition for partition, leader in before.items() if leader is lost}
            await asyncio.to_thread(getattr(lost, end))
            at = time.monotonic()

            def moved() -> bool:
                late = {partition_of(key) for key, answer in load.accepted.items() if answer.at > at + 1}
                return moving <= late

            await until(moved, seconds=60)
            await asyncio.to_thread(lost.start if end == "kill" else lost.resume)
            await load.until_accepted(100)
        assert_refused_in_time(load.refusals)
        await assert_kept(edge, load.accepted)


async def test_kafka_that_hangs_under_a_flood_is_a_503_in_time_in_bounded_memory_and_heals(
    brokers: LocalStack, tmp_path: Path
) -> None:
    bounds = {"EDGE_MAX_IN_FLIGHT": "100", "EDGE_MAX_CONNECTIONS": "300"}
    async with EdgeAlone(brokers, logs=tmp_path, name="edge-flood", settings=bounds) as edge:
        async with Load(edge, senders=250) as load:
            await load.until_accepted(1000)
        before, usual = load.accepted, edge.memory_mb()
        brokers.kafka.pause()
        try:
            async with Load(edge, senders=250, name="flood", pause_seconds=0.01) as flood:
                await until(lambda: len(flood.refusals) > 5000)
                await edge.until_unready("Kafka has not acknowledged a record within 2 s")
                assert await edge.metric("edge_in_flight") == 100
        finally:
            brokers.kafka.resume()
        assert edge.memory_mb() < usual + 15
        assert_refused_in_time(flood.refusals)
        healed = {name: await edge.until_accepted(name) for name in ("flood-0-0", "flood-1-0", "after")}
        await edge.until_ready()
        await assert_kept(edge, before | flood.accepted | healed)
        assert await edge.metric("edge_in_flight") == 0


async def test_an_edge_that_stops_finishes_the_requests_in_flight(brokers: LocalStack, tmp_path: Path) -> None:
    async with EdgeAlone(brokers, logs=tmp_path, name="edge-stop", settings={"EDGE_ACK_SECONDS": "5"}) as edge:
        brokers.kafka.pause()
        try:
            posting = asyncio.create_task(edge.post("in-flight"))
            async with asyncio.timeout(5):
                while await edge.metric("edge_in_flight") != 1:  # noqa: ASYNC110 - another process sets no event here
                    await asyncio.sleep(0.02)
            stopping = asyncio.create_task(asyncio.to_thread(edge.process.stop))
        finally:
            brokers.kafka.resume()
        answer = await posting
        assert answer.status == 202
        await stopping
        assert edge.process.exit_code == 0
        await assert_kept(edge, {"in-flight": answer})


async def test_brokers_with_a_full_disk_are_a_503_in_time_lose_nothing_and_an_edge_may_start_before_them(
    brokers: LocalStack, tmp_path: Path
) -> None:
    early = EdgeAlone(brokers, logs=tmp_path, name="edge-early", topic=False)
    async with EdgeAlone(brokers, logs=tmp_path, name="edge-disk") as edge, contextlib.AsyncExitStack() as stack:
        async with Load(edge) as load:
            await load.until_accepted(100)
            for broker in brokers.kafka.brokers:
                fill_the_disk(broker)
            await until(lambda: len(load.refusals) > 20)
            # Kafka stops a broker whose only log directory fails; an operator makes room and starts it again.
            await until(lambda: not any(broker.running for broker in brokers.kafka.brokers))
            await edge.until_unready()
            await stack.enter_async_context(early)
            await early.until_unready("Kafka is not usable")
            await asyncio.to_thread(brokers.kafka.start)
            await load.until_accepted(100)
        assert_refused_in_time(load.refusals)
        await assert_kept(edge, load.accepted)
        await early.until_unready("create it with `python -m consumer setup`")
        assert_refused_in_time([await early.post("early")])
        await early.create_topic()
        await assert_kept(early, {"early": await early.until_accepted("early")})


async def test_a_topic_that_is_deleted_is_a_503_in_time_until_it_is_there_again(
    brokers: LocalStack, tmp_path: Path
) -> None:
    async with EdgeAlone(brokers, logs=tmp_path, name="edge-topic") as edge:
        await edge.until_accepted("before")
        await edge.delete_topic()
        await edge.until_unready()
        assert_refused_in_time(await asyncio.gather(*(edge.post(f"meanwhile-{number}") for number in range(3))))
        await edge.create_topic()
        accepted = {name: await edge.until_accepted(name) for name in ("meanwhile-0", "after-1", "after-2")}
        await edge.until_ready()
        await assert_kept(edge, accepted)


async def test_a_producer_that_kafka_believes_no_more_is_replaced(brokers: LocalStack) -> None:
    """A leader that hangs for longer than request_timeout_ms breaks an idempotent producer for good; 40 s are 3 s here."""
    topic = "edge-broken.events"
    connection = {
        "bootstrap_servers": brokers.bootstrap_servers,
        "acks": "all",
        "enable_idempotence": True,
        "request_timeout_ms": 3000,
    }
    async with administration(brokers.bootstrap_servers) as admin:
        await admin.create_topics([NewTopic(topic, 1, 1)])
    leader = (await leaders(brokers, topic))[0]
    outbox = Outbox(
        lambda: AIOKafkaProducer(**connection),
        topic=topic,
        ack_seconds=1.0,
        max_in_flight=100,
        metrics=EdgeMetrics(CollectorRegistry()),
    )

    async def sent(value: bytes) -> bool:
        try:
            await outbox.send(key=b"k", value=value, headers=[])
        except UnavailableError:
            return False
        return True

    plain = AIOKafkaProducer(**connection)
    outbox.start()
    await plain.start()
    try:
        await until(lambda: outbox.problem is None)
        assert await sent(b"before")
        await plain.send_and_wait(topic, b"plain", key=b"k")
        leader.pause()
        try:
            lost = []
            for number in range(1, 4):
                lost.append(await plain.send(topic, b"plain", key=b"k"))
                assert not await sent(b"during")
                assert outbox.in_flight == number
            async with asyncio.timeout(30):
                await asyncio.gather(*lost, return_exceptions=True)
        finally:
            leader.resume()
        await until(lambda: outbox.problem is None)
        assert await sent(b"after")
        assert outbox.in_flight == 0
        with pytest.raises(OutOfOrderSequenceNumber):  # what the outbox was spared
            await plain.send_and_wait(topic, b"plain", key=b"k")
    finally:
        await outbox.stop()
        await close_producer(plain)


async def test_who_sends_headers_or_a_body_too_slowly_is_hung_up_on_while_others_are_served(
    brokers: LocalStack, tmp_path: Path
) -> None:
    bounds = {"EDGE_READ_SECONDS": "2", "EDGE_MAX_CONNECTIONS": "50"}
    head = b"POST /webhook/transcription HTTP/1.1\r\nHost: edge\r\nContent-Type: application/json\r\n"
    async with EdgeAlone(brokers, logs=tmp_path, name="edge-slow", settings=bounds) as edge:
        headers = [asyncio.create_task(dribble(edge.port, head)) for _ in range(20)]
        bodies = [
            asyncio.create_task(dribble(edge.port, b"{" * 500, at_once=head + b"Content-Length: 500\r\n\r\n"))
            for _ in range(20)
        ]
        assert (await edge.post("meanwhile")).status == 202
        assert {answer for answer, _ in await asyncio.gather(*headers)} == {b""}
        assert {answer.partition(b"\r\n")[0] for answer, _ in await asyncio.gather(*bodies)} == {
            b"HTTP/1.1 408 Request Timeout"
        }
        assert max(seconds for _, seconds in await asyncio.gather(*headers, *bodies)) < 10


async def test_one_connection_too_many_is_told_so_and_hung_up_on(brokers: LocalStack, tmp_path: Path) -> None:
    bounds = {"EDGE_READ_SECONDS": "1", "EDGE_MAX_CONNECTIONS": "10"}
    async with EdgeAlone(brokers, logs=tmp_path, name="edge-full", settings=bounds) as edge:
        kept = [await asyncio.open_connection("127.0.0.1", edge.port) for _ in range(12)]
        answers = await asyncio.gather(*(asyncio.wait_for(reader.read(), 10) for reader, _ in kept))
        full = [answer for answer in answers if answer]
        assert full
        assert all(answer.startswith(b"HTTP/1.1 503 ") and b"Retry-After" in answer for answer in full)
        for _, writer in kept:
            writer.close()
        assert (await edge.until_accepted("after")).status == 202


async def dribble(port: int, slowly: bytes, *, at_once: bytes = b"") -> tuple[bytes, float]:
    """Send a byte at a time, without end, until hung up on; return what the edge said and how long it took (seconds)."""
    started = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    received = bytearray()

    async def listen() -> None:
        with contextlib.suppress(ConnectionError):
            while chunk := await reader.read(4096):
                received.extend(chunk)

    listening = asyncio.create_task(listen())
    try:
        writer.write(at_once)
        for byte in itertools.cycle(slowly):
            writer.write(bytes([byte]))
            if (await asyncio.wait([listening], timeout=0.1))[0]:
                break
        return bytes(received), time.monotonic() - started
    finally:
        listening.cancel()
        writer.transport.abort()


def fill_the_disk(broker: KafkaServer) -> None:
    """Let every write of a running broker fail from now on, as on a full disk; ends with the process.

    The kernel refuses a file to grow beyond RLIMIT_FSIZE with EFBIG where a full disk says ENOSPC; to Kafka both are an
    IOException of its log directory. No root is needed for this, other than for a small file system of one's own.
    """
    assert broker.pid is not None
    _, hard = resource.prlimit(broker.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(broker.pid, resource.RLIMIT_FSIZE, (1, hard))
