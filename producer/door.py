"""Who may keep a connection open: a bounded number, and only who sends a request's headers in time.

aiohttp bounds neither the number of connections nor the time a new one takes to its first request. A newcomer's bytes are
kept here until the headers are whole; then aiohttp's own protocol takes the connection over and nothing here runs for it again.
"""

import asyncio

from aiohttp import web

MAX_HEADER_BYTES = 64 * 1024  # aiohttp refuses far less by itself
END_OF_HEADERS = b"\r\n\r\n"
FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: 32\r\n"
    b'Retry-After: 1\r\nConnection: close\r\n\r\n{"error":"too many connections"}'
)


class Door:
    """Makes the protocol of each new connection."""

    def __init__(self, server: web.Server, *, max_connections: int, header_seconds: float) -> None:
        self._max_connections = max_connections
        self.server = server
        self.header_seconds = header_seconds
        self.newcomers: set[Newcomer] = set()

    def __call__(self) -> asyncio.Protocol:
        """Make the protocol of one connection."""
        return Newcomer(self)

    @property
    def is_full(self) -> bool:
        """Tell whether one more connection is one too many."""
        return len(self.newcomers) + len(self.server.connections) >= self._max_connections

    def close(self) -> None:
        """Hang up on everybody who has not sent a request yet."""
        for newcomer in tuple(self.newcomers):
            newcomer.hang_up()


class Newcomer(asyncio.Protocol):
    """A connection until its first request's headers are whole."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._data = bytearray()
        self._transport: asyncio.Transport | None = None
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let in, or answer that it is full."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - narrows the type; a server makes no other
        if self._door.is_full:
            transport.write(FULL)
            transport.close()
            return
        self._transport = transport
        self._door.newcomers.add(self)
        self._deadline = asyncio.get_running_loop().call_later(self._door.header_seconds, self.hang_up)

    def data_received(self, data: bytes) -> None:
        """Collect the headers."""
        transport = self._transport
        if transport is None:
            return
        searched = max(0, len(self._data) - len(END_OF_HEADERS) + 1)
        self._data += data
        if self._data.find(END_OF_HEADERS, searched) < 0 and len(self._data) <= MAX_HEADER_BYTES:
            return
        self._leave()
        handler = self._door.server()
        transport.set_protocol(handler)
        handler.connection_made(transport)
        handler.data_received(bytes(self._data))

    def connection_lost(self, _error: Exception | None) -> None:
        """Forget who left."""
        self._leave()

    def hang_up(self) -> None:
        """End the connection without an answer."""
        if self._transport is not None:
            self._transport.abort()
        self._leave()

    def _leave(self) -> None:
        self._door.newcomers.discard(self)
        if self._deadline is not None:
            self._deadline.cancel()
