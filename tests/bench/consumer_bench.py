"""The consumer beside its references: documents a second, CPU per 1,000 documents, peak memory."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.structs import TopicPartition

from common import events
from common.events import Contract, TranscriptEvent
from common.kafka import partition_by_crc32
from common.topics import Topics
from consumer.provision import create_topics
from deploy.local import LocalStack, ManagedProcess
from deploy.local.machine import free_ports
from deploy.local.system import ROOT
from tests.bench.measure import usage

OURS = "this consumer"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is run, and on which part of the backlog: the slow ones get a smaller one."""

    argv: tuple[str, ...]
    share: float = 1.0


SUBJECTS = {
    "sequential": Subject(("tests.bench.sequential_consumer",), share=0.01),
    "FastStream, commits after": Subject(("tests.bench.faststream_consumer", "committing"), share=0.05),
    "FastStream, slot held": Subject(("tests.bench.faststream_consumer", "held"), share=0.5),
    "FastStream, slot freed": Subject(("tests.bench.faststream_consumer", "freed"), share=0.5),
    "FastStream concurrent": Subject(("tests.bench.faststream_consumer", "concurrent"), share=0.5),
    "plain loop": Subject(("tests.bench.plain_consumer",)),
    "tuned loop": Subject(("tests.bench.tuned_consumer",)),
    OURS: Subject(("consumer", "run")),
}
LATENCY_SECONDS = 0.05
PARTITIONS = 12
WARM = 0.15  # of the documents, before the clock starts
POLL_SECONDS = 0.05
LONGEST_RUN_SECONDS = 240.0
LONGEST_COMMIT_SECONDS = 10.0  # after the last audit record
KILLED_AT = 0.4  # of the documents
QUIET_SECONDS = 3.0
GRACE_SECONDS = 40.0  # of a SIGTERM, more than anyone asks for
# Stored but not analysed: the benchmark is about the consumer, and one core of Elasticsearch analyses less than it delivers.
UNANALYSED = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
    "mappings": {"dynamic": False},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One session on one pair of servers; the upstream with large transcripts has the same ones, ten times as long."""

    stack: LocalStack
    upstream_url: str
    large_upstream_url: str
    logs: Path
    core: int
    concurrency: int


async def run_once(bench: Bench, subject: str, documents: int, *, profile: Path | None = None) -> dict[str, float]:
    """Let one subject work off a backlog. Raises AssertionError when anything is missing in the end."""
    async with _job(bench, subject, documents, profile) as (topics, process):
        await asyncio.to_thread(process.start)
        return await _watch(bench, topics, process, documents)


async def restart_once(bench: Bench, subject: str, documents: int, *, kill: bool) -> dict[str, float]:
    """Kill one subject (or send it SIGTERM) right after a commit and start it again: how many documents are missing, how many written twice.

    After a commit, since that is when a record is lost if it was committed before it was written.
    """
    async with _job(bench, subject, documents) as (topics, process), _watcher(bench) as watcher:
        await asyncio.to_thread(process.start)
        await _written(topics, watcher, process, documents * KILLED_AT)
        await _next_commit(bench, topics)
        await asyncio.to_thread(process.kill if kill else process.stop)
        await asyncio.to_thread(process.start)
        await _committed(bench, topics, watcher, LONGEST_RUN_SECONDS)
        written, now = -1, await _audit_records(topics, watcher)
        while written != now:  # what is committed may still be on its way
            await asyncio.sleep(QUIET_SECONDS)
            written, now = now, await _audit_records(topics, watcher)
        found = await _documents(bench, topics)
        return {"lost": documents - found, "written twice": written - found}


@asynccontextmanager
async def _job(
    bench: Bench, subject: str, documents: int, profile: Path | None = None
) -> AsyncIterator[tuple[Topics, ManagedProcess]]:
    """Make a backlog and a process for it; stop the process and clean up in the end."""
    name = f"bench-{time.time_ns()}"
    topics = Topics(prefix=name, partitions=PARTITIONS)
    await _prepare(bench, topics, documents)
    (health_port,) = free_ports(1)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "KAFKA_BOOTSTRAP_SERVERS": bench.stack.bootstrap_servers,
        "KAFKA_TOPIC_PREFIX": name,
        "ELASTICSEARCH_HOST": bench.stack.elasticsearch_url,
        "ES_ALIAS": name,
        "GENESYS_API_URL": bench.upstream_url,
        "GENESYS_LOGIN_URL": bench.upstream_url,
        "GENESYS_ALLOW_LOOPBACK": "true",
        "GENESYS_CLIENT_ID": "bench",
        "GENESYS_CLIENT_SECRET": "bench",
        "GENESYS_REQUESTS_PER_MINUTE": "10000000",
        "GENESYS_RATE_BURST": "100000",
        "GENESYS_SUBMISSION_SHARE": "0",
        "GENESYS_REPLAY_SHARE": "0",
        "CONSUMER_GROUP": name,
        "CONSUMER_FETCH_CONCURRENCY": str(bench.concurrency),
        "CONSUMER_HEALTH_PORT": str(health_port),
    }
    argv = [
        sys.executable,
        *(["-m", "tests.bench.profiled", str(profile)] if profile else ["-m", "tests.bench.pinned"]),
    ]
    process = ManagedProcess(
        [*argv, str(bench.core), *SUBJECTS[subject].argv],
        name=subject.replace(", ", "-").replace(" ", "-"),
        log_path=bench.logs / f"{name}.log",
        env=environment,
        cwd=bench.logs,
        grace_seconds=GRACE_SECONDS,
    )
    try:
        yield topics, process
    finally:
        await asyncio.to_thread(process.stop)
        await _clean(bench, topics)


async def _prepare(bench: Bench, topics: Topics, documents: int) -> None:
    async with _admin(bench) as admin:
        await create_topics(admin, topics, replication_factor=1)
    async with aiohttp.ClientSession() as session:
        index = UNANALYSED | {"aliases": {topics.prefix: {"is_write_index": True}}}
        async with session.put(f"{bench.stack.elasticsearch_url}/{topics.prefix}-000001", json=index) as response:
            assert response.status == 200, await response.text()
    producer = AIOKafkaProducer(
        bootstrap_servers=bench.stack.bootstrap_servers, partitioner=partition_by_crc32, linger_ms=5
    )
    await producer.start()
    now = int(time.time() * 1000)
    for number in range(documents):
        event = TranscriptEvent(
            event_id=f"event-{number}",
            contract=Contract.QUALITY,
            type="quality.transcription.completed",
            transcription_id=f"job-{number}",
            received_at_ms=now,
        )
        await producer.send(topics.events, value=events.encode(event), key=event.key.encode())
    await producer.stop()


async def _watch(bench: Bench, topics: Topics, process: ManagedProcess, documents: int) -> dict[str, float]:
    """Clock the stretch between the warm-up and the last audit record, then check that nothing is missing."""
    async with _watcher(bench) as watcher:
        begun, count = await _written(topics, watcher, process, documents * WARM)
        first = usage(worker_pid(process))
        ended, done = await _written(topics, watcher, process, documents)
        last = usage(worker_pid(process))
        assert done == documents, f"{done} audit records for {documents} events"
        await _check(bench, topics, documents, watcher)
    seconds, count = ended - begun, done - count
    cpu = last.cpu_seconds - first.cpu_seconds
    return {"documents/s": count / seconds, "CPU-s per 1,000": cpu / count * 1000, "peak MB": last.peak_mb}


@asynccontextmanager
async def _watcher(bench: Bench) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(bootstrap_servers=bench.stack.bootstrap_servers)
    await consumer.start()
    try:
        yield consumer
    finally:
        await consumer.stop()


async def _audit_records(topics: Topics, watcher: AIOKafkaConsumer) -> int:
    audit = [TopicPartition(topics.audit, number) for number in range(PARTITIONS)]
    return sum((await watcher.end_offsets(audit)).values())


async def _written(
    topics: Topics, watcher: AIOKafkaConsumer, process: ManagedProcess, wanted: float
) -> tuple[float, int]:
    """Wait for a number of audit records; tell when there were how many."""
    deadline = time.monotonic() + LONGEST_RUN_SECONDS
    while True:
        done = await _audit_records(topics, watcher)
        now = time.monotonic()
        if done >= wanted:
            return now, done
        assert now < deadline, f"{done} of {wanted} after {LONGEST_RUN_SECONDS} s\n{process.tail()}"
        assert process.running, process.tail()
        await asyncio.sleep(POLL_SECONDS)


async def _check(bench: Bench, topics: Topics, documents: int, watcher: AIOKafkaConsumer) -> None:
    """Hold a run to its job: every event is a document, an audit record and a committed offset."""
    count = await _documents(bench, topics)
    assert count == documents, f"{count} documents for {documents} events"
    await _committed(bench, topics, watcher, LONGEST_COMMIT_SECONDS)


async def _documents(bench: Bench, topics: Topics) -> int:
    async with aiohttp.ClientSession() as session:
        base = f"{bench.stack.elasticsearch_url}/{topics.prefix}"
        async with session.post(f"{base}/_refresh") as response:
            assert response.status == 200
        async with session.get(f"{base}/_count") as response:
            return int((await response.json())["count"])


async def _next_commit(bench: Bench, topics: Topics) -> None:
    """Wait until the group's committed offsets change."""
    async with _admin(bench) as admin:
        before = await admin.list_consumer_group_offsets(topics.prefix)
        deadline = time.monotonic() + LONGEST_COMMIT_SECONDS
        while (now := await admin.list_consumer_group_offsets(topics.prefix)) == before:
            assert time.monotonic() < deadline, f"no commit within {LONGEST_COMMIT_SECONDS} s: {now}"
            await asyncio.sleep(POLL_SECONDS / 5)


async def _committed(bench: Bench, topics: Topics, watcher: AIOKafkaConsumer, seconds: float) -> None:
    """Wait until every offset of the events is committed."""
    events_partitions = [TopicPartition(topics.events, number) for number in range(PARTITIONS)]
    ends = {one: end for one, end in (await watcher.end_offsets(events_partitions)).items() if end}
    async with _admin(bench) as admin:
        deadline = time.monotonic() + seconds
        while True:
            committed = await admin.list_consumer_group_offsets(topics.prefix)
            if all(one in committed and committed[one].offset == end for one, end in ends.items()):
                return
            assert time.monotonic() < deadline, "not every offset was committed"
            await asyncio.sleep(0.2)


@asynccontextmanager
async def _admin(bench: Bench) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(bootstrap_servers=bench.stack.bootstrap_servers)
    await admin.start()
    try:
        yield admin
    finally:
        await admin.close()


async def _clean(bench: Bench, topics: Topics) -> None:
    async with _admin(bench) as admin:
        await admin.delete_topics([one.name for one in topics.definitions()])
    async with (
        aiohttp.ClientSession() as session,
        session.delete(f"{bench.stack.elasticsearch_url}/{topics.prefix}-000001") as response,
    ):
        assert response.status == 200


def worker_pid(process: ManagedProcess) -> int:
    """Tell the pid of the process under test."""
    assert process.pid is not None
    return process.pid
