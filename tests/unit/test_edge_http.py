"""The edge's HTTP, byte for byte: aiohttp's real protocol on a transport that is no socket, and an outbox that is no Kafka."""

import asyncio
import hashlib
import hmac
import http.client
import io
from collections.abc import Iterable
from email.message import Message
from typing import Any, NamedTuple, Self

import orjson
import pytest
from prometheus_client import CollectorRegistry, generate_latest

from common import events
from producer.app import build
from producer.metrics import EdgeMetrics
from producer.outbox import UnavailableError
from producer.router import make_server
from producer.settings import EdgeSettings
from tests.unit.fakes import until

SECRET = "a-secret-for-tests-only"
LIMIT = 2048
BODY = orjson.dumps({"transcriptionId": "job-1", "type": "quality.transcription.completed", "text": "secret words"})


class FakeOutbox:
    """Keeps what it is sent; refuses it, or holds its word back, when told so."""

    def __init__(self) -> None:
        self.sent: list[tuple[bytes, bytes, list[tuple[str, bytes]]]] = []
        self.available = True
        self.acknowledged = asyncio.Event()
        self.acknowledged.set()
        self.problem: str | None = None
        self.fault: str | None = None

    async def send(self, *, key: bytes, value: bytes, headers: list[tuple[str, bytes]]) -> None:
        if not self.available:
            raise UnavailableError("deadline")
        self.sent.append((key, value, headers))
        await self.acknowledged.wait()


class FakeTransport(asyncio.Transport):
    """Collects what is written."""

    def __init__(self) -> None:
        super().__init__({"peername": ("192.0.2.1", 1)})
        self.written = b""
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += bytes(data)

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    def pause_reading(self) -> None:
        """Do nothing: bytes come by hand."""

    def resume_reading(self) -> None:
        """Do nothing."""


class Answer(NamedTuple):
    """A whole response."""

    status: int
    headers: Message
    body: bytes


class Edge:
    """An edge with one connection."""

    def __init__(self, *, keepalive_seconds: float = 60.0, **settings: Any) -> None:
        self.registry = CollectorRegistry()
        metrics = EdgeMetrics(self.registry)
        self.outbox = FakeOutbox()
        edge = EdgeSettings(
            _env_file=None,
            webhook_secrets=SECRET,
            max_body_bytes=LIMIT,
            **settings,
        )
        router = build(edge, self.outbox, None, metrics, self.registry)  # type: ignore[arg-type]  # an outbox by shape
        self.server = make_server(router, max_body_bytes=LIMIT, keepalive_seconds=keepalive_seconds)
        self.transport = FakeTransport()
        self.connection = self.server()
        self.connection.connection_made(self.transport)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.transport.closed = True
        self.connection.connection_lost(None)
        await self.server.shutdown(1.0)

    async def send(self, *chunks: bytes) -> None:
        """Give the connection bytes as they would come in."""
        for chunk in chunks:
            self.connection.data_received(chunk)
            await asyncio.sleep(0)

    async def answers(self, count: int = 1) -> list[Answer]:
        """Wait for this many whole answers and parse them."""
        await until(lambda: len(parsed(self.transport.written)) >= count)
        return parsed(self.transport.written)

    async def ask(self, *chunks: bytes) -> Answer:
        """Send one request and wait for its answer."""
        await self.send(*chunks)
        (answer,) = await self.answers()
        return answer


class _File:
    """A response's bytes as http.client wants to be given them."""

    def __init__(self, data: io.BytesIO) -> None:
        self._data = data

    def makefile(self, _mode: str) -> io.BytesIO:
        return self._data


class _Open(io.BytesIO):
    """Stays open when one answer has been read: the next one follows in it."""

    def close(self) -> None:
        """Do nothing."""


def parsed(written: bytes) -> list[Answer]:
    """Read as many whole final answers as there are."""
    data, found = _Open(written), list[Answer]()
    while data.tell() < len(written):
        answer = http.client.HTTPResponse(_File(data))  # type: ignore[arg-type]  # a socket by shape
        try:
            answer.begin()
            body = answer.read()
        except http.client.HTTPException:
            break
        found.append(Answer(answer.status, answer.headers, body))
    return found


def request(
    body: bytes = BODY,
    *,
    method: str = "POST",
    path: str = "/webhook/transcription",
    headers: Iterable[str] = (),
    version: str = "1.1",
    length: bool = True,
) -> bytes:
    """Write a signed request."""
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    lines = [
        f"{method} {path} HTTP/{version}",
        "Host: edge",
        "Content-Type: application/json",
        f"X-Genesys-Signature: {signature}",
        *([f"Content-Length: {len(body)}"] if length else []),
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def test_an_event_is_answered_with_its_id_when_it_is_acknowledged_and_not_before() -> None:
    async with Edge() as edge:
        edge.outbox.acknowledged.clear()
        await edge.send(request())
        await until(lambda: edge.outbox.sent)
        assert not edge.transport.written
        edge.outbox.acknowledged.set()
        (answer,) = await edge.answers()
        (key, value, _) = edge.outbox.sent[0]
        event = events.decode(value)
        assert answer.status == 202
        assert orjson.loads(answer.body) == {"status": "accepted", "event_id": event.event_id}
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["Date"].endswith(" GMT")
        assert key == b"job-1"
        assert b"secret" not in value


async def test_the_same_event_twice_has_the_same_id() -> None:
    async with Edge() as edge:
        await edge.send(request(), request())
        first, second = await edge.answers(2)
        assert first.body == second.body


async def test_requests_that_come_together_are_all_answered_in_order() -> None:
    bodies = [
        orjson.dumps({"transcriptionId": f"job-{n}", "type": "quality.transcription.completed"}) for n in range(3)
    ]
    async with Edge() as edge:
        await edge.send(b"".join(request(body) for body in bodies))
        assert [answer.status for answer in await edge.answers(3)] == [202] * 3
        assert [key for key, _, _ in edge.outbox.sent] == [b"job-0", b"job-1", b"job-2"]


async def test_a_sender_that_does_not_read_its_answers_is_not_read_either() -> None:
    async with Edge() as edge:
        edge.connection.pause_writing()
        await edge.send(request() + request())
        await until(lambda: edge.transport.written)
        for _ in range(10):
            await asyncio.sleep(0)
        assert len(edge.outbox.sent) == 1
        edge.connection.resume_writing()
        await edge.answers(2)


@pytest.mark.parametrize(("version", "headers"), [("1.0", []), ("1.1", ["Connection: close"])])
async def test_a_sender_that_does_not_keep_its_connection_is_answered_and_left(
    version: str, headers: list[str]
) -> None:
    async with Edge() as edge:
        status, _, body = await edge.ask(request(version=version, headers=headers))
        assert status == 202
        assert b'"event_id"' in body
        await until(lambda: edge.transport.closed)


async def test_a_refusal_of_kafka_is_a_503_that_says_when_to_come_again() -> None:
    async with Edge() as edge:
        edge.outbox.available = False
        status, headers, body = await edge.ask(request())
        assert (status, headers["Retry-After"]) == (503, "5")
        assert orjson.loads(body) == {"error": "Kafka does not answer; send the event again"}


async def test_a_wrong_signature_is_a_401_whatever_the_body_is() -> None:
    async with Edge() as edge:
        status, _, _ = await edge.ask(request().replace(BODY, b"{" + BODY[1:-1] + b"!"))
        assert status == 401
        assert not edge.outbox.sent


@pytest.mark.parametrize("form", ["announced and whole", "announced, on its way", "in chunks", "endless chunks"])
async def test_a_body_over_the_limit_is_a_413(form: str) -> None:
    body = b" " * (LIMIT + 1)
    chunk = b"%x\r\n%b\r\n" % (len(body), body)
    chunked = request(b"", headers=["Transfer-Encoding: chunked"], length=False)
    async with Edge() as edge:
        status, _, answer = await edge.ask(
            *{
                "announced and whole": [request(body)],
                "announced, on its way": [request(body)[:-1000]],
                "in chunks": [chunked + chunk + b"0\r\n\r\n"],
                "endless chunks": [chunked, chunk],
            }[form]
        )
        assert status == 413
        assert f"{LIMIT} bytes" in orjson.loads(answer)["error"]
        assert not edge.outbox.sent


async def test_a_body_in_pieces_is_put_together() -> None:
    whole = request()
    async with Edge() as edge:
        status, _, _ = await edge.ask(*(whole[at : at + 50] for at in range(0, len(whole), 50)))
        assert status == 202


CHUNKED = request(b"", headers=["Transfer-Encoding: chunked"], length=False)


@pytest.mark.parametrize("sent", [[request()[:-1]], [CHUNKED, b"2\r\n{"], [CHUNKED, b"not a length\r\n"]])
async def test_a_body_that_does_not_come_is_a_408_and_the_connection_ends(sent: list[bytes]) -> None:
    async with Edge(read_seconds=0.05) as edge:
        status, headers, _ = await edge.ask(*sent)
        assert status == 408
        assert headers["Connection"] == "close"
        assert not edge.outbox.sent


@pytest.mark.parametrize("more", [b"", request()[:20]])
async def test_a_kept_connection_without_another_whole_request_is_ended(more: bytes) -> None:
    async with Edge(keepalive_seconds=0.05) as edge:
        await edge.ask(request())
        await edge.send(more)
        await until(lambda: edge.transport.closed)
        assert len(edge.outbox.sent) == 1


async def test_a_sender_that_asks_first_is_told_to_go_on_only_if_its_body_would_be_read() -> None:
    asking = request(headers=["Expect: 100-continue"])
    async with Edge() as edge:
        await edge.send(asking[: -len(BODY)])
        await until(lambda: edge.transport.written)
        assert edge.transport.written == b"HTTP/1.1 100 Continue\r\n\r\n"
        await edge.send(BODY)
        assert [answer.status for answer in await edge.answers()] == [202]
    async with Edge() as edge:
        too_large = request(b"x" * (LIMIT + 1), headers=["Expect: 100-continue"])
        status, _, _ = await edge.ask(too_large[: -LIMIT - 1])
        assert status == 413
        assert b"100 Continue" not in edge.transport.written


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/livez", 200, None),
        ("HEAD", "/readyz", 200, None),
        ("GET", "/readyz?verbose=1", 200, None),
        ("GET", "/webhook/transcription", 405, "POST"),
        ("POST", "/livez", 405, "GET, HEAD"),
        ("GET", "/", 404, None),
        ("GET", "/livez/", 404, None),
    ],
)
async def test_every_path_takes_its_own_methods(method: str, path: str, status: int, allow: str | None) -> None:
    async with Edge() as edge:
        await edge.send(request(b"", method=method, path=path))
        await until(lambda: edge.transport.written)
        head = edge.transport.written.partition(b"\r\n\r\n")[0].decode()
        assert head.startswith(f"HTTP/1.1 {status} ")
        assert (f"\r\nAllow: {allow}" in head) == (allow is not None)
        assert method != "HEAD" or edge.transport.written.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("path", ["/webhook/transcription?from=genesys", "/webhook/%74ranscription"])
async def test_a_path_may_be_encoded_and_carry_a_query(path: str) -> None:
    async with Edge() as edge:
        status, _, _ = await edge.ask(request(path=path))
        assert status == 202


async def test_readiness_says_what_is_wrong_and_liveness_only_what_a_restart_mends() -> None:
    async with Edge() as edge:
        edge.outbox.problem = "Kafka is away"
        status, _, body = await edge.ask(request(b"", method="GET", path="/readyz"))
        assert (status, orjson.loads(body)) == (503, {"status": "failing", "reasons": ["Kafka is away"]})
    async with Edge() as edge:
        edge.outbox.problem = "Kafka is away"
        status, _, _ = await edge.ask(request(b"", method="GET", path="/livez"))
        assert status == 200


async def test_every_answer_is_counted_by_route_and_status() -> None:
    async with Edge() as edge:
        await edge.send(request(), request(b"{}"), request(path="/nowhere"))
        await edge.answers(3)
        text = generate_latest(edge.registry).decode()
    for route, status, outcome in (
        ("/webhook/transcription", 202, "accepted"),
        ("/webhook/transcription", 400, "refused"),
        ("other", 404, "refused"),
    ):
        labels = f'outcome="{outcome}",route="{route}",status="{status}"'
        assert f"edge_request_seconds_count{{{labels}}} 1.0" in text


async def test_an_error_inside_is_a_500_that_tells_nothing() -> None:
    async with Edge() as edge:

        async def broken(**_: object) -> None:
            raise ValueError("secret words")

        edge.outbox.send = broken  # type: ignore[method-assign]  # one way to break
        status, _, body = await edge.ask(request())
        assert (status, orjson.loads(body)) == (500, {"error": "internal error"})
