"""The consumer beside the plain and the tuned loop: documents a second, CPU per 1,000 documents, peak memory."""

import asyncio
import os
import sys
import time
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
from tests.bench.measure import Usage, usage

SUBJECTS = {
    "plain loop": ["tests.bench.plain_consumer"],
    "tuned loop": ["tests.bench.tuned_consumer"],
    "this consumer": ["consumer", "run"],
}
LATENCY_SECONDS = 0.05
PARTITIONS = 12
WARM = 0.15  # of the documents, before the clock starts
POLL_SECONDS = 0.05
LONGEST_RUN_SECONDS = 240.0
# Stored but not analysed: the benchmark is about the consumer, and one core of Elasticsearch analyses less than it delivers.
UNANALYSED = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
    "mappings": {"dynamic": False},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One session on one pair of servers."""

    stack: LocalStack
    upstream_url: str
    logs: Path
    core: int
    concurrency: int


async def run_once(bench: Bench, subject: str, documents: int, *, profile: Path | None = None) -> dict[str, float]:
    """Let one subject work off a backlog. Raises AssertionError when anything is missing in the end."""
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
        [*argv, str(bench.core), *SUBJECTS[subject]],
        name=subject.replace(" ", "-"),
        log_path=bench.logs / f"{name}.log",
        env=environment,
        cwd=bench.logs,
    )
    await asyncio.to_thread(process.start)
    try:
        figures = await _watch(bench, topics, process, documents)
    finally:
        await asyncio.to_thread(process.stop)
        await _clean(bench, topics)
    return figures


async def _prepare(bench: Bench, topics: Topics, documents: int) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bench.stack.bootstrap_servers)
    await admin.start()
    await create_topics(admin, topics, replication_factor=1)
    await admin.close()
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
    watcher = AIOKafkaConsumer(bootstrap_servers=bench.stack.bootstrap_servers)
    await watcher.start()
    audit = [TopicPartition(topics.audit, number) for number in range(PARTITIONS)]
    first: tuple[float, int, Usage] | None = None
    deadline = time.monotonic() + LONGEST_RUN_SECONDS
    pid = worker_pid(process)
    try:
        while True:
            done = sum((await watcher.end_offsets(audit)).values())
            now = time.monotonic()
            if first is None and done >= documents * WARM:
                first = (now, done, usage(pid))
            if done >= documents:
                break
            assert now < deadline, f"{done} of {documents} after {LONGEST_RUN_SECONDS} s\n{process.tail()}"
            assert process.running, process.tail()
            await asyncio.sleep(POLL_SECONDS)
        last = usage(pid)
        assert first is not None
        assert done == documents, f"{done} audit records for {documents} events"
        await _check(bench, topics, documents, watcher)
    finally:
        await watcher.stop()
    seconds, count = now - first[0], done - first[1]
    cpu = last.cpu_seconds - first[2].cpu_seconds
    return {"documents/s": count / seconds, "CPU-s per 1,000": cpu / count * 1000, "peak MB": last.peak_mb}


async def _check(bench: Bench, topics: Topics, documents: int, watcher: AIOKafkaConsumer) -> None:
    """Hold a run to its job: every event is a document, an audit record and a committed offset."""
    async with aiohttp.ClientSession() as session:
        base = f"{bench.stack.elasticsearch_url}/{topics.prefix}"
        async with session.post(f"{base}/_refresh") as response:
            assert response.status == 200
        async with session.get(f"{base}/_count") as response:
            count = (await response.json())["count"]
    assert count == documents, f"{count} documents for {documents} events"
    events_partitions = [TopicPartition(topics.events, number) for number in range(PARTITIONS)]
    ends = await watcher.end_offsets(events_partitions)
    admin = AIOKafkaAdminClient(bootstrap_servers=bench.stack.bootstrap_servers)
    await admin.start()
    try:
        deadline = time.monotonic() + 10
        while True:
            committed = await admin.list_consumer_group_offsets(topics.prefix)
            if all(committed[one].offset == end for one, end in ends.items() if end and one in committed) and len(
                committed
            ) >= len(ends):
                return
            assert time.monotonic() < deadline, "not every offset was committed"
            await asyncio.sleep(0.2)
    finally:
        await admin.close()


async def _clean(bench: Bench, topics: Topics) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bench.stack.bootstrap_servers)
    await admin.start()
    await admin.delete_topics([one.name for one in topics.definitions()])
    await admin.close()
    async with (
        aiohttp.ClientSession() as session,
        session.delete(f"{bench.stack.elasticsearch_url}/{topics.prefix}-000001") as response,
    ):
        assert response.status == 200


def worker_pid(process: ManagedProcess) -> int:
    """Tell the pid of the process under test."""
    assert process.pid is not None
    return process.pid
