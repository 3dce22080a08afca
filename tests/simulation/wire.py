"""One connection of a fake server: a message at a time, each with its fate."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from tests.simulation.faults import Fault, Where

Reply = Callable[[bytes], None]


class Server(Protocol):
    """What speaks a protocol over such a connection."""

    def cut(self, buffer: bytes) -> tuple[bytes, bytes] | None:
        """Take the first whole message off a buffer: the message and the rest; None if none is whole."""
        ...

    def fate(self, message: bytes) -> Fault:
        """Decide what becomes of a message."""
        ...

    def handle(self, message: bytes, reply: Reply) -> None:
        """Do what a message asks; reply now or later."""
        ...

    def refusal(self, message: bytes, code: int) -> bytes:
        """Answer a message with an error."""
        ...


class Connection(asyncio.Protocol):
    """Reads messages, lets each meet its fate, and answers in order."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._loop = asyncio.get_running_loop()
        self._buffer = b""
        self._busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        self._buffer += data
        self._next()

    def _next(self) -> None:
        if self._busy or (found := self._server.cut(self._buffer)) is None:
            return
        self._busy = True
        message, self._buffer = found
        fault = self._server.fate(message)
        self._loop.call_later(fault.before, self._handle, message, fault)

    def _handle(self, message: bytes, fault: Fault) -> None:
        if fault.where is Where.BEFORE:
            self._transport.abort()
        elif fault.where is Where.REFUSED:
            self._later(self._server.refusal(message, fault.code), fault)
        else:
            # Also when the other side has gone meanwhile: what was sent arrives.
            self._server.handle(message, lambda answer: self._answer(message, answer, fault))

    def _answer(self, message: bytes, answer: bytes, fault: Fault) -> None:
        if fault.where is Where.AFTER:
            self._transport.abort()
        elif fault.where is Where.DOUBTFUL:
            self._later(self._server.refusal(message, fault.code), fault)
        else:
            self._later(answer, fault)

    def _later(self, answer: bytes, fault: Fault) -> None:
        self._loop.call_later(fault.after, self._write, answer)

    def _write(self, answer: bytes) -> None:
        if self._transport.is_closing():
            return
        self._transport.write(answer)
        self._busy = False
        self._next()
