"""The door lets in a bounded number of connections, and each only for as long as its first headers may take."""

import asyncio
from typing import Any

import pytest

from producer.door import MAX_HEADER_BYTES, Door
from tests.unit.fakes import until
from tests.unit.test_edge_http import BODY, Edge, FakeTransport, parsed, request


class Line(FakeTransport):
    """A transport whose protocol can be exchanged, as the door does."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.aborted = False
        self.protocol: Any = door()
        self.protocol.connection_made(self)

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self.protocol = protocol

    def abort(self) -> None:
        self.aborted = self.closed = True

    def send(self, data: bytes) -> None:
        """Give the protocol bytes as they would come in."""
        self.protocol.data_received(data)

    def hang_up(self) -> None:
        """End the connection from the other side."""
        self.closed = True
        self.protocol.connection_lost(None)


@pytest.mark.parametrize("piece", [1, 7, 10_000])
async def test_a_request_in_pieces_of_any_size_is_answered(piece: int) -> None:
    async with Edge() as edge:
        line = Line(Door(edge.server, max_connections=10, header_seconds=60))
        data = request()
        for at in range(0, len(data), piece):
            line.send(data[at : at + piece])
        await until(lambda: parsed(line.written))
        assert parsed(line.written)[0].status == 202
        line.hang_up()


@pytest.mark.parametrize("sent", [b"", b"POST / HTTP/1.1\r\nHost: edge\r\n"])
async def test_who_does_not_send_its_headers_in_time_is_hung_up_on(sent: bytes) -> None:
    async with Edge() as edge:
        door = Door(edge.server, max_connections=10, header_seconds=0.02)
        line = Line(door)
        line.send(sent)
        await until(lambda: line.aborted)
        assert not line.written
        assert not door.newcomers


async def test_who_sent_its_headers_in_time_is_not_hung_up_on_later() -> None:
    async with Edge() as edge:
        line = Line(Door(edge.server, max_connections=10, header_seconds=0.02))
        line.send(request()[: -len(BODY)])
        await asyncio.sleep(0.05)
        assert not line.aborted
        line.send(BODY)
        await until(lambda: parsed(line.written))
        line.hang_up()


async def test_newcomers_and_served_connections_count_against_one_bound() -> None:
    async with Edge() as edge:  # one connection is open already
        door = Door(edge.server, max_connections=3, header_seconds=60)
        served, waiting = Line(door), Line(door)
        served.send(request())
        refused = Line(door)
        (answer,) = parsed(refused.written)
        assert (answer.status, answer.headers["Retry-After"], answer.headers["Connection"]) == (503, "1", "close")
        assert refused.closed
        refused.send(request())
        refused.hang_up()
        assert len(edge.outbox.sent) == 0
        waiting.hang_up()
        assert not Line(door).closed
        await until(lambda: parsed(served.written))
        served.hang_up()
        door.close()


async def test_headers_without_an_end_are_kept_within_bounds() -> None:
    async with Edge() as edge:
        door = Door(edge.server, max_connections=10, header_seconds=60)
        line = Line(door)
        line.send(b"POST / HTTP/1.1\r\nX-Long: " + b"x" * MAX_HEADER_BYTES)
        await until(lambda: parsed(line.written))
        assert parsed(line.written)[0].status == 400
        assert not door.newcomers
        line.hang_up()


async def test_closing_the_door_ends_who_has_not_sent_a_request_yet() -> None:
    async with Edge() as edge:
        door = Door(edge.server, max_connections=10, header_seconds=60)
        line = Line(door)
        door.close()
        assert line.aborted
