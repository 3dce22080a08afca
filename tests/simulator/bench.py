"""The happy path for benchmarks, on a bare protocol so that the simulator is never the limit.

Every id has the same call, rendered once; only the id differs. No token, quota, signature or fault is checked, and
latency counts for every GET of the API and of files. /admin/stats says how many requests there were.
"""

import asyncio
from collections import Counter

import orjson

from tests.simulator.formats import quality_file, sized_call, speech_file
from tests.simulator.generator import communication_of
from tests.simulator.state import SimulatorConfig

PLACEHOLDER = "bench-id-placeholder"
DEFAULT_BYTES = 27_000
DEFAULT_UTTERANCES = 60
HEAD = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
QUOTA = (
    b"ININ-Correlation-Id: bench\r\ninin-ratelimit-count: 1\r\ninin-ratelimit-allowed: 1000000\r\n"
    b"inin-ratelimit-reset: 60\r\nX-RateLimit-Remaining: 999999\r\n"
)
QUALITY = "/api/v2/quality/transcriptions/"
SPEECH = "/api/v2/speechandtextanalytics/conversations/"
TOKEN = orjson.dumps({"access_token": "bench", "token_type": "bearer", "expires_in": 86_400})


def http(body: bytes, *, status: bytes = b"200 OK") -> bytes:
    """Put a body behind its headers."""
    return HEAD % (status, len(body), QUOTA) + body


class Template:
    """A rendered file in which only the id changes."""

    def __init__(self, file: object) -> None:
        self._parts = orjson.dumps(file).split(PLACEHOLDER.encode())

    def response(self, call_id: str) -> bytes:
        """Render the HTTP answer for an id."""
        return http(call_id.encode().join(self._parts))


class Answers:
    """Finds the answer to a request line; shared by all connections."""

    def __init__(self, config: SimulatorConfig) -> None:
        size = config.target_bytes or DEFAULT_BYTES
        call = sized_call(1, 0, utterances=config.utterances, target_bytes=size, call_id=PLACEHOLDER)
        self.latency = config.latency
        self.requests: Counter[str] = Counter()
        self.url = ""
        self._quality = Template(quality_file(call, plain=True))
        self._speech = Template(speech_file(call, communication_id=communication_of(PLACEHOLDER)))
        self._token = http(TOKEN)
        self._queued = http(b'{"id":"bench-job","status":"queued"}')
        self._nothing = http(b"{}", status=b"404 Not Found")

    def of(self, method: str, target: str) -> tuple[bytes, float]:
        """Answer a request: the bytes to send, and after how many seconds."""
        if target.startswith(QUALITY):
            self.requests["transcript"] += 1
            return self._quality.response(target[len(QUALITY) :]), self.latency
        if target.startswith("/files/"):
            self.requests["file"] += 1
            return self._speech.response(target.split("/")[2]), self.latency
        if target.startswith(SPEECH):
            self.requests["link"] += 1
            return self._link(target), self.latency
        if method == "POST":
            operation = "token" if target == "/oauth/token" else "submit"
            self.requests[operation] += 1
            return (self._token if operation == "token" else self._queued), 0.0
        if target.startswith("/api/v2/analytics/conversations/"):
            self.requests["details"] += 1
            return self._details(target.split("/")[5]), self.latency
        if target == "/admin/stats":
            return http(orjson.dumps({"requests": dict(self.requests)})), 0.0
        return self._nothing, 0.0

    def _link(self, target: str) -> bytes:
        parts = target.split("/")
        call_id, communication = parts[5], parts[7]
        url = f"{self.url}/files/{call_id}/{communication}?X-Amz-Expires-At=9999999999&X-Amz-Signature=bench"
        if target.endswith("urls"):
            return http(orjson.dumps({"urls": [{"recording": {"id": communication}, "url": url}]}))
        return http(orjson.dumps({"url": url}))

    def _details(self, call_id: str) -> bytes:
        session = {"sessionId": communication_of(call_id), "mediaType": "voice", "recording": True}
        participant = {"participantId": "p-1", "purpose": "customer", "sessions": [session]}
        return http(orjson.dumps({"conversationId": call_id, "participants": [participant]}))


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, one request at a time."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._buffer = b""
        self._loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head, whole = self._buffer[:end], end + 4
            if head.startswith(b"POST"):
                whole += _length(head)
            if len(self._buffer) < whole:
                return
            self._buffer = self._buffer[whole:]
            method, target, _ = head.split(b"\r\n", 1)[0].decode("ascii", "replace").split(" ", 2)
            response, wait = self._answers.of(method, target)
            if wait:
                self._loop.call_later(wait, self._send, response)
            else:
                self._send(response)

    def _send(self, response: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(response)


async def listen(config: SimulatorConfig) -> asyncio.Server:
    """Listen on a bare protocol."""
    answers = Answers(config)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(answers), config.host, config.port, backlog=1024)
    host, port = server.sockets[0].getsockname()[:2]
    answers.url = f"http://{host}:{port}"
    return server


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    return 0
