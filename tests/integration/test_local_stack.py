"""The local servers keep data over every kind of stop, and never outlive the process that started them."""

import asyncio
import json
import shutil
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.local import LocalStack, ManagedProcess, StartError, url_answers
from deploy.local.errors import LocalStackError
from deploy.local.machine import RunDirectory, free_ports

ROOT = Path(__file__).parents[2]
PARENT = """
import json, sys, time
from deploy.local import LocalStack
stack = LocalStack(own=True, kafka="kafka" in sys.argv, elasticsearch="elasticsearch" in sys.argv)
stack.start()
print(json.dumps({"data": str(stack.log_directory.parent)}), flush=True)
time.sleep(600)
"""
FORKING_PARENT = """
import json, os, sys, time
from pathlib import Path
from deploy.local import ManagedProcess
process = ManagedProcess([sys.executable, "-c", "import time; time.sleep(600)"], name="child", log_path=Path(sys.argv[1]))
process.start()
worker = os.fork()
if worker:
    print(json.dumps({"child": process.pid, "worker": worker}), flush=True)
time.sleep(600)
"""


async def until(condition: Callable[[], bool], *, seconds: float = 20.0) -> None:
    """Wait for a condition, at most the given time."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - other processes set no event here
            await asyncio.sleep(0.05)


async def create_topic(servers: str, *, copies: int = 1) -> str:
    topic = f"local-{uuid.uuid4().hex[:8]}"
    admin = AIOKafkaAdminClient(bootstrap_servers=servers)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(topic, num_partitions=1, replication_factor=copies)])
    finally:
        await admin.close()
    return topic


async def produce(servers: str, topic: str, *values: bytes) -> None:
    async with AIOKafkaProducer(bootstrap_servers=servers, acks="all", enable_idempotence=True) as producer:
        for value in values:
            await producer.send_and_wait(topic, value)


async def consume(servers: str, topic: str, count: int) -> list[bytes]:
    async with AIOKafkaConsumer(topic, bootstrap_servers=servers, auto_offset_reset="earliest") as consumer:
        async with asyncio.timeout(20):
            return [(await consumer.getone()).value for _ in range(count)]


def search(url: str, method: str, path: str, body: dict[str, Any] | None = None, *, seconds: float = 10.0) -> Any:
    """Call Elasticsearch and return its decoded answer."""
    request = urllib.request.Request(  # noqa: S310 - the address is the local server's
        url + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310
        return json.load(answer)


async def test_a_record_produced_is_consumed(kafka: str) -> None:
    topic = await create_topic(kafka)
    await produce(kafka, topic, b"one", b"two")
    assert await consume(kafka, topic, 2) == [b"one", b"two"]


def test_a_document_written_is_found(elasticsearch_url: str) -> None:
    index = f"local-{uuid.uuid4().hex[:8]}"
    search(elasticsearch_url, "PUT", f"/{index}/_doc/1?refresh=true", {"text": "hello"})
    found = search(elasticsearch_url, "POST", f"/{index}/_search", {"query": {"match": {"text": "hello"}}})
    assert found["hits"]["total"]["value"] == 1


async def test_kafka_keeps_records_and_port_over_stop_and_kill(stack: LocalStack) -> None:
    servers = stack.bootstrap_servers
    topic = await create_topic(servers)
    await produce(servers, topic, b"one")
    await asyncio.to_thread(stack.kafka.restart)
    await produce(servers, topic, b"two")
    await asyncio.to_thread(stack.kafka.kill)
    assert not stack.kafka.brokers[0].running
    await asyncio.to_thread(stack.kafka.start)
    assert stack.bootstrap_servers == servers
    assert await consume(servers, topic, 2) == [b"one", b"two"]


async def test_a_paused_broker_does_not_answer_until_resumed(stack: LocalStack) -> None:
    topic = await create_topic(stack.bootstrap_servers)
    async with AIOKafkaProducer(bootstrap_servers=stack.bootstrap_servers, acks="all") as producer:
        await producer.send_and_wait(topic, b"before")
        stack.kafka.pause()
        delivery = await producer.send(topic, b"during")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(delivery), 1.0)
        stack.kafka.resume()
        await asyncio.wait_for(delivery, 20)
    assert await consume(stack.bootstrap_servers, topic, 2) == [b"before", b"during"]


@pytest.mark.parametrize("end", ["stop", "kill"])
async def test_elasticsearch_keeps_documents_and_address(stack: LocalStack, end: str) -> None:
    url = stack.elasticsearch_url
    index = f"local-{uuid.uuid4().hex[:8]}"
    search(url, "PUT", f"/{index}/_doc/1", {"text": end})
    await asyncio.to_thread(getattr(stack.elasticsearch, end))
    assert not url_answers(url + "/_cluster/health")()
    await asyncio.to_thread(stack.elasticsearch.start)
    assert search(url, "GET", f"/{index}/_doc/1")["_source"] == {"text": end}


async def test_a_paused_node_does_not_answer_until_resumed(stack: LocalStack) -> None:
    answers = url_answers(stack.elasticsearch_url + "/_cluster/health", timeout_seconds=1.0)
    assert answers()
    stack.elasticsearch.pause()
    assert not answers()
    stack.elasticsearch.resume()
    await until(answers)


async def test_every_process_of_a_paused_node_is_stopped(stack: LocalStack) -> None:
    launcher = psutil.Process(stack.elasticsearch.pid)
    group = [launcher, *launcher.children(recursive=True)]
    stack.elasticsearch.pause()
    try:
        assert {process.status() for process in group} == {psutil.STATUS_STOPPED}
    finally:
        stack.elasticsearch.resume()


@pytest.mark.parametrize("server", ["kafka", "elasticsearch"])
async def test_kill_9_of_the_parent_leaves_no_process_and_no_data(server: str) -> None:
    argv = [sys.executable, "-c", PARENT, server]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:  # noqa: ASYNC220, S603
        assert parent.stdout is not None
        run = Path(json.loads(await asyncio.to_thread(parent.stdout.readline))["data"])
        descendants = psutil.Process(parent.pid).children(recursive=True)
        assert any(process.name() == "java" for process in descendants)
        parent.kill()
    await until(lambda: not any(process.is_running() for process in descendants))
    await until(lambda: not run.exists())


async def test_a_forked_copy_of_the_parent_does_not_keep_the_child_alive(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", FORKING_PARENT, str(tmp_path / "log")]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:  # noqa: ASYNC220, S603
        assert parent.stdout is not None
        pids = json.loads(await asyncio.to_thread(parent.stdout.readline))
        child, worker = psutil.Process(pids["child"]), psutil.Process(pids["worker"])
        parent.kill()
    try:
        await until(lambda: not child.is_running())
        assert worker.is_running()
    finally:
        worker.kill()


async def test_kill_9_of_the_supervisor_ends_every_process_of_the_server() -> None:
    with LocalStack(own=True, kafka=False) as stack:
        launcher = psutil.Process(stack.elasticsearch.pid)
        group = [launcher, *launcher.children(recursive=True)]
        supervisor = launcher.parent()
        assert supervisor is not None
        supervisor.kill()
        await until(lambda: not any(process.is_running() for process in group))


async def test_three_brokers_replicate_and_survive_the_loss_of_one() -> None:
    with LocalStack(own=True, brokers=3, elasticsearch=False) as stack:
        assert len(stack.bootstrap_servers.split(",")) == 3
        topic = await create_topic(stack.bootstrap_servers, copies=3)
        await produce(stack.bootstrap_servers, topic, b"one")
        await asyncio.to_thread(stack.kafka.brokers[0].kill)
        await produce(stack.bootstrap_servers, topic, b"two")
        await asyncio.to_thread(stack.kafka.brokers[0].start)
        await asyncio.to_thread(stack.kafka.await_usable)
        assert await consume(stack.bootstrap_servers, topic, 2) == [b"one", b"two"]


def test_a_server_that_dies_while_starting_is_reported_at_once_with_its_log(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="elasticsearch exited with") as failure:
        LocalStack(
            own=True, kafka=False, elasticsearch_settings={"no.such.setting": "1"}, log_directory=tmp_path
        ).start()
    assert str(tmp_path) in str(failure.value)
    assert "no.such.setting" in str(failure.value)


def test_a_process_of_our_own_is_ready_then_stopped(tmp_path: Path) -> None:
    [port] = free_ports(1)
    process = ManagedProcess(
        [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"],
        name="http",
        log_path=tmp_path / "http.log",
        cwd=tmp_path,
        ready=url_answers(f"http://127.0.0.1:{port}/"),
    )
    with process:
        assert process.running
        with pytest.raises(LocalStackError, match="already running"):
            process.start()
    assert process.exit_code == -15
    assert "GET / HTTP/1.1" in process.tail()


def test_a_process_that_exits_while_starting_shows_the_end_of_its_log(tmp_path: Path) -> None:
    process = ManagedProcess(
        [sys.executable, "-c", "import sys; sys.exit('no such setting')"],
        name="broken",
        log_path=tmp_path / "broken.log",
        ready=lambda: False,
    )
    with pytest.raises(StartError, match=r"broken exited with 1 while starting(.|\n)*no such setting"):
        process.start()


def test_a_command_that_does_not_exist_is_named(tmp_path: Path) -> None:
    process = ManagedProcess([str(tmp_path / "missing")], name="missing", log_path=tmp_path / "log")
    with pytest.raises(StartError, match=r"missing: .*No such file"):
        process.start()


def test_sigterm_is_ignored_but_sigkill_follows_after_the_grace(tmp_path: Path) -> None:
    code = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True); time.sleep(600)"
    )
    log = tmp_path / "stubborn.log"
    process = ManagedProcess(
        [sys.executable, "-c", code],
        name="stubborn",
        log_path=log,
        ready=lambda: "on" in log.read_text(),
        grace_seconds=0.3,
    )
    with process:
        pass
    assert process.exit_code == -9


@pytest.mark.parametrize("keep_logs", [False, True])
def test_the_run_directory_goes_away_but_logs_can_be_kept(keep_logs: bool) -> None:
    run = RunDirectory()
    (run.data / "file").write_text("x")
    run.close(keep_logs=keep_logs)
    assert not run.data.exists()
    assert run.logs.exists() is keep_logs
    shutil.rmtree(run.path, ignore_errors=True)
