"""The edge beside a bare handler and FastAPI: accepted requests a second, latencies, CPU per 10,000."""

import asyncio
import hashlib
import hmac
import os
import sys
import time
from functools import partial

import orjson
from aiokafka.admin import AIOKafkaAdminClient

from common.topics import Topics
from consumer.provision import create_topics
from deploy.local import ManagedProcess, url_answers
from deploy.local.machine import free_ports
from deploy.local.system import ROOT
from tests.bench.consumer_bench import Bench, worker_pid
from tests.bench.measure import usage

SUBJECTS = {
    "FastAPI": ["tests.bench.fastapi_edge"],
    "bare aiohttp": ["tests.bench.bare_edge"],
    "this edge": ["producer", "serve"],
}
CONNECTIONS = 64
BODY_BYTES = 600
SECRET = "a-benchmark-secret"
WARM_SECONDS = 1.0


class Client(asyncio.Protocol):
    """One keep-alive connection that sends its request again as soon as it is answered."""

    def __init__(self, request: bytes, latencies: list[float], refused: list[bytes]) -> None:
        self._request = request
        self._latencies = latencies
        self._refused = refused
        self._transport: asyncio.Transport | None = None
        self._sent = 0.0
        self.going = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        if data.startswith(b"HTTP/1.1 ") and not data.startswith(b"HTTP/1.1 202"):
            self._refused.append(data[:60])
        if not data.endswith(b"}"):
            return  # headers alone; the body comes in a segment of its own
        self._latencies.append(time.perf_counter() - self._sent)
        if self.going:
            self._send()

    def _send(self) -> None:
        self._sent = time.perf_counter()
        if self._transport is not None:
            self._transport.write(self._request)

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()


def request_of(number: int) -> bytes:
    """Sign one webhook of the usual size."""
    body = {"transcriptionId": f"job-{number}", "type": "quality.transcription.completed", "detail": ""}
    body["detail"] = "x" * (BODY_BYTES - len(orjson.dumps(body)))
    raw = orjson.dumps(body)
    signature = hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()
    head = (
        "POST /webhook/transcription HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"X-Genesys-Signature: {signature}\r\nContent-Length: {len(raw)}\r\n\r\n"
    )
    return head.encode() + raw


async def run_once(bench: Bench, subject: str, seconds: float) -> dict[str, float]:
    """Load one subject for a while. Raises AssertionError when anything was refused."""
    name = f"bench-{time.time_ns()}"
    topics = Topics(prefix=name, partitions=12)
    admin = AIOKafkaAdminClient(bootstrap_servers=bench.stack.bootstrap_servers)
    await admin.start()
    await create_topics(admin, topics, replication_factor=1)
    (port,) = free_ports(1)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "KAFKA_BOOTSTRAP_SERVERS": bench.stack.bootstrap_servers,
        "KAFKA_TOPIC_PREFIX": name,
        "GENESYS_WEBHOOK_SECRET": SECRET,
        "EDGE_PORT": str(port),
    }
    process = ManagedProcess(
        [sys.executable, "-m", "tests.bench.pinned", str(bench.core), *SUBJECTS[subject]],
        name=subject.replace(" ", "-"),
        log_path=bench.logs / f"{name}.log",
        env=environment,
        cwd=bench.logs,
        ready=url_answers(f"http://127.0.0.1:{port}/readyz"),
    )
    await asyncio.to_thread(process.start)
    latencies: list[float] = []
    refused: list[bytes] = []
    loop = asyncio.get_running_loop()
    try:
        clients = []
        for number in range(CONNECTIONS):
            connect = partial(Client, request_of(number), latencies, refused)
            _, client = await loop.create_connection(connect, "127.0.0.1", port)
            clients.append(client)
        await asyncio.sleep(WARM_SECONDS)
        latencies.clear()
        before, started = usage(worker_pid(process)), time.perf_counter()
        await asyncio.sleep(seconds)
        elapsed, after = time.perf_counter() - started, usage(worker_pid(process))
        count = len(latencies)
        for client in clients:
            client.going = False
            client.close()
    finally:
        await asyncio.to_thread(process.stop)
        await admin.delete_topics([one.name for one in topics.definitions()])
        await admin.close()
    assert not refused, refused[0]
    ordered = sorted(latencies[:count])
    return {
        "requests/s": count / elapsed,
        "p50 ms": ordered[count // 2] * 1000,
        "p99 ms": ordered[count * 99 // 100] * 1000,
        "CPU-s per 10,000": (after.cpu_seconds - before.cpu_seconds) / count * 10_000,
    }
