"""Genesys Cloud and Elasticsearch for one process, as HTTP on the wire; what they say comes from the world's model."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import orjson

from tests.simulation.faults import Fault, Faults
from tests.simulation.trace import Trace
from tests.simulation.wire import Connection, Reply

HOST, GENESYS_PORT, ELASTICSEARCH_PORT = "127.0.0.1", 7001, 9200
FILE_REFUSALS = (403, 500, 503, 429)
HEAD = b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nX-Elastic-Product: Elasticsearch\r\nContent-Length: %d\r\n%s\r\n"


def http(status: int, body: object, headers: bytes = b"") -> bytes:
    """Encode an answer."""
    raw = orjson.dumps(body)
    return HEAD % (status, len(raw), headers) + raw


class Http:
    """An HTTP/1.1 server with keep-alive; subclasses answer a method, a path and a body."""

    name = ""
    refusals: tuple[int, ...] = ()

    def __init__(self, *, faults: Faults, trace: Trace) -> None:
        self._faults = faults
        self.trace = trace

    async def start(self, port: int) -> asyncio.Server:
        """Listen."""
        return await asyncio.get_running_loop().create_server(lambda: Connection(self), HOST, port)

    def cut(self, buffer: bytes) -> tuple[bytes, bytes] | None:
        """Take one request off: head, blank line, as many bytes as Content-Length says."""
        end = buffer.find(b"\r\n\r\n") + 4
        if end < 4:
            return None
        for line in buffer[:end].split(b"\r\n"):
            if line.lower().startswith(b"content-length:"):
                end += int(line[15:])
        return (buffer[:end], buffer[end:]) if len(buffer) >= end else None

    def refusals_of(self, _message: bytes) -> tuple[int, ...]:
        """Tell which errors a request may be answered with."""
        return self.refusals

    def fate(self, message: bytes) -> Fault:
        """Draw what becomes of a request."""
        fault = self._faults.draw(self.name, asyncio.get_running_loop().time(), self.refusals_of(message))
        self.trace.note(self.name, message.split(b"\r\n", 1)[0].decode(), fault.where.name, fault.code)
        return fault

    def handle(self, message: bytes, reply: Reply) -> None:
        """Answer a request."""
        head, body = message.split(b"\r\n\r\n", 1)
        method, target, _ = head.split(b"\r\n", 1)[0].decode().split(" ", 2)
        reply(self.answer(method, urlsplit(target).path, body))

    def refusal(self, message: bytes, code: int) -> bytes:
        """Answer with an error, and as Genesys does, say when to come back."""
        return http(code, {"error": {"type": "refused"}, "status": code}, b"Retry-After: 1\r\n" if code == 429 else b"")

    def answer(self, method: str, path: str, body: bytes) -> bytes:
        """Answer one request."""
        raise NotImplementedError


class Genesys(Http):
    """Tokens, both contracts and files. `ask(path)` returns status and body."""

    name = "genesys"
    refusals = (429, 500, 502, 503, 401)

    def __init__(self, ask: Callable[[str], tuple[int, object]], *, faults: Faults, trace: Trace) -> None:
        super().__init__(faults=faults, trace=trace)
        self._ask = ask
        self._tokens = 0

    def refusals_of(self, message: bytes) -> tuple[int, ...]:
        """Answer as S3 does where a file is asked for: 403 for a link that has expired, no 401."""
        return FILE_REFUSALS if message.startswith(b"GET /files/") else self.refusals

    def answer(self, method: str, path: str, body: bytes) -> bytes:
        """Answer one request."""
        if path == "/oauth/token":
            self._tokens += 1
            return http(200, {"access_token": f"token-{self._tokens}", "expires_in": 3600})
        return http(*self._ask(path))


@dataclass(slots=True)
class Document:
    """What the index holds of one id."""

    version: int
    body: bytes


@dataclass(slots=True)
class Index:
    """Documents with external versions (external_gte). `refuses(id)` says which ids never get in."""

    refuses: Callable[[str], bool]
    documents: dict[str, Document] = field(default_factory=dict)

    def put(self, document_id: str, version: int, body: bytes) -> tuple[int, str | None]:
        """Index one document: status and error type."""
        if self.refuses(document_id):
            return 400, "document_parsing_exception"
        held = self.documents.get(document_id)
        if held is not None and held.version > version:
            return 409, "version_conflict_engine_exception"
        self.documents[document_id] = Document(version, body)
        return (201 if held is None else 200), None


class Elasticsearch(Http):
    """Bulk and get; with faults, single items are refused with 429."""

    name = "elasticsearch"
    refusals = (429, 503, 403)

    def __init__(self, index: Index, *, faults: Faults, trace: Trace) -> None:
        super().__init__(faults=faults, trace=trace)
        self._index = index

    def answer(self, method: str, path: str, body: bytes) -> bytes:
        """Answer one request."""
        if path.endswith("/_bulk"):
            return self._bulk(body)
        if "/_doc/" in path:
            document_id = path.rsplit("/", 1)[1].replace("%3A", ":")
            held = self._index.documents.get(document_id)
            if held is None:
                return http(404, {"_id": document_id, "found": False})
            found = {"_id": document_id, "found": True, "_version": held.version}
            return http(200, found | {"_source": orjson.loads(held.body)})
        return http(200, {"version": {"number": "9.2.0"}, "tagline": "You Know, for Search"})

    def _bulk(self, body: bytes) -> bytes:
        lines = [line for line in body.split(b"\n") if line]
        items: list[dict[str, Any]] = []
        now = asyncio.get_running_loop().time()
        for action, source in zip(lines[::2], lines[1::2], strict=True):
            error: str | None
            what = orjson.loads(action)["index"]
            if self._faults.draw(self.name, now, (429,)).code:
                status, error = 429, "es_rejected_execution_exception"
            else:
                status, error = self._index.put(what["_id"], what["version"], source)
            self.trace.note("index", what["_id"], what["version"], status)
            items.append({"index": {"status": status} | ({"error": {"type": error}} if error else {})})
        return http(200, {"errors": any("error" in item["index"] for item in items), "items": items})
