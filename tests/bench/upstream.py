"""Genesys for benchmarks: one cached transcript after a fixed latency, on a bare protocol so that it is never the limit."""

import asyncio
import random
import sys

import orjson

from tests.simulator.generator import SMALL_TALK

UTTERANCES = 60
TARGET_BYTES = 27_000
TOKEN = orjson.dumps({"access_token": "token", "token_type": "bearer", "expires_in": 86_400})


def transcript(seed: int = 1, times: int = 1) -> bytes:
    """Make a transcript of about 27 KB, or so many times that: 60 utterances, three of them with a number, the rest of the bytes in words[]."""
    rng = random.Random(seed)
    utterances = []
    for number in range(UTTERANCES * times):
        minute = f"{10 + number // 60:02}:{number % 60:02}"
        text = rng.choice(SMALL_TALK)
        if number % 20 == 7:
            text += rng.choice((" 4111 1111 1111 1111", " 415-555-0132", " 123-45-6789"))
        utterances.append(
            {
                "speaker": ("agent", "customer")[number % 2],
                "text": text,
                "start": f"2024-05-01T{minute}:00.123Z",
                "end": f"2024-05-01T{minute}:04.5+00:00",
                "confidence": round(rng.uniform(0.6, 0.99), 3),
                "words": [{"word": word, "confidence": 0.91} for word in text.split()],
            }
        )
    body = orjson.dumps({"id": "benchmark", "status": "completed", "language": "en-US", "utterances": utterances})
    padding = max(TARGET_BYTES * times - len(body), 0)
    return body[:-1] + b',"analytics":"' + b"x" * padding + b'"}'


class Upstream(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, one request at a time per connection, bodies ignored."""

    def __init__(self, latency: float, transcript_answer: bytes, token_answer: bytes) -> None:
        self._latency = latency
        self._transcript = transcript_answer
        self._token = token_answer
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        transport = self._transport
        if transport is None:
            return
        if data.startswith(b"GET"):
            asyncio.get_running_loop().call_later(self._latency, self._answer, self._transcript)
        elif data.startswith(b"POST"):
            self._answer(self._token)

    def _answer(self, answer: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(answer)


def http(body: bytes) -> bytes:
    """Put a body behind its headers."""
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body


async def serve(port: int, latency: float, times: int) -> None:
    """Serve until killed."""
    answers = http(transcript(times=times)), http(TOKEN)
    server = await asyncio.get_running_loop().create_server(
        lambda: Upstream(latency, *answers), "127.0.0.1", port, backlog=1024
    )
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
