"""Which event loop the consumer runs on."""

import asyncio
import socket
import struct
from typing import Self

import pytest
import uvloop
from aiokafka.conn import AIOKafkaConnection
from aiokafka.errors import IncompatibleBrokerVersion, KafkaConnectionError

from common.settings import ConfigurationError
from consumer import eventloop
from consumer.settings import WorkerSettings


async def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


def _run(choice: str) -> asyncio.AbstractEventLoop:
    with asyncio.Runner(loop_factory=eventloop.factory(choice)) as runner:
        return runner.run(_loop())


@pytest.mark.parametrize("choice", ["auto", "uvloop"])
def test_uvloop_is_used_where_it_is_installed(choice: str) -> None:
    assert isinstance(_run(choice), uvloop.Loop)


def test_asyncio_is_used_where_it_is_asked_for() -> None:
    assert not isinstance(_run("asyncio"), uvloop.Loop)


def test_without_uvloop_auto_falls_back_and_uvloop_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eventloop, "uvloop", None)
    assert eventloop.factory("auto") is None
    with pytest.raises(ConfigurationError, match="CONSUMER_EVENT_LOOP: uvloop is not installed"):
        eventloop.factory("uvloop")


def test_another_loop_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSUMER_EVENT_LOOP", "trio")
    with pytest.raises(ConfigurationError, match="CONSUMER_EVENT_LOOP: Input should be 'auto', 'asyncio' or 'uvloop'"):
        WorkerSettings.load()


class Request:
    """As much of a request of aiokafka's as a connection needs to write it."""

    def prepare(self, _versions: object) -> Self:
        return self

    def build_request_header(self, **_: object) -> Self:
        return self

    def encode(self) -> bytes:
        return b"request"


async def _written_after_a_reset(name: str) -> tuple[bool, Exception | None]:
    """Write to a broker's connection in the turn of the loop in which it was reset; tell whether it seemed connected, and what was raised."""
    reset, told = asyncio.Event(), asyncio.get_running_loop().create_future()

    async def broker(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reset.wait()
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    server = await asyncio.start_server(broker, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    connection = AIOKafkaConnection("127.0.0.1", port, request_timeout_ms=1000, max_idle_ms=None)
    connection._do_version_lookup = lambda: asyncio.sleep(0)
    await connection.connect()
    lost = connection._protocol.connection_lost

    def write() -> None:
        connected = connection.connected()
        try:
            getattr(connection, name)(PAYLOAD[name]).close()
        except (KafkaConnectionError, RuntimeError) as error:
            told.set_result((connected, error))
        else:
            told.set_result((connected, None))

    def connection_lost(error: Exception | None) -> None:
        lost(error)
        asyncio.get_running_loop().call_soon(write)

    connection._protocol.connection_lost = connection_lost
    reset.set()
    connected, error = await told
    connection.close()
    server.close()
    return connected, error


PAYLOAD: dict[str, object] = {"send": Request(), "_send_sasl_token": b"token"}


@pytest.mark.parametrize("name", eventloop.WRITES)
def test_a_write_to_a_connection_that_was_just_reset_fails_as_aiokafka_expects(name: str) -> None:
    with asyncio.Runner(loop_factory=eventloop.factory("uvloop")) as runner:
        connected, error = runner.run(_written_after_a_reset(name))
    assert connected  # or it would not have been written to
    assert isinstance(error, KafkaConnectionError)


async def test_an_error_of_aiokafkas_own_breaks_no_connection() -> None:
    eventloop.factory("uvloop")
    closed: list[object] = []

    class Unsupported(Request):
        def prepare(self, _versions: object) -> Self:
            raise IncompatibleBrokerVersion

    connection = AIOKafkaConnection("127.0.0.1", 1)
    connection._writer = object()
    connection.close = lambda **how: closed.append(how)
    with pytest.raises(IncompatibleBrokerVersion):
        connection.send(Unsupported())
    assert not closed
    connection._writer = None


def test_what_is_guarded_is_guarded_once() -> None:
    eventloop.factory("uvloop")
    send = AIOKafkaConnection.send
    eventloop.factory("uvloop")
    assert AIOKafkaConnection.send is send
