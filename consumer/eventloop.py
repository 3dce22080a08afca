"""The event loop that the consumer runs on: uvloop's where it is installed, for the sake of the CPU, see docs/benchmarks.md."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiokafka.conn import AIOKafkaConnection, CloseReason
from aiokafka.errors import KafkaConnectionError

from common.settings import ConfigurationError

try:
    import uvloop
except ImportError:  # there is none for Windows
    uvloop = None  # type: ignore[assignment]  # the package has no type for its absence

AUTO, UVLOOP = "auto", "uvloop"
WRITES = ("send", "_send_sasl_token")  # the methods of a connection that write to its transport


def factory(choice: str = AUTO) -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Choose how an event loop is made, for asyncio.Runner; None means asyncio's own.

    Raises ConfigurationError where uvloop is asked for and not installed.
    """
    if choice == UVLOOP and uvloop is None:
        raise ConfigurationError("CONSUMER_EVENT_LOOP: uvloop is not installed: use asyncio, or auto")
    if choice not in (AUTO, UVLOOP) or uvloop is None:
        return None
    for name in WRITES:
        _guard(name)
    return uvloop.new_event_loop


def _guard(name: str) -> None:
    """Let a write to a connection that broke a moment ago fail as aiokafka expects it.

    asyncio ignores such a write and breaks the connection later; uvloop raises RuntimeError, which ends aiokafka's fetching for good
    (https://github.com/aio-libs/aiokafka/issues/1038).
    """
    write = getattr(AIOKafkaConnection, name)
    if getattr(write, "guarded", False):
        return

    def guarded(connection: Any, *arguments: Any, **options: Any) -> Any:
        try:
            return write(connection, *arguments, **options)
        except RuntimeError as error:
            if type(error) is not RuntimeError:  # aiokafka's own errors are RuntimeErrors too
                raise
            connection.close(reason=CloseReason.CONNECTION_BROKEN)
            raise KafkaConnectionError(f"Connection at {connection.host}:{connection.port} broken") from error

    guarded.guarded = True  # type: ignore[attr-defined]  # so that it is not guarded twice
    setattr(AIOKafkaConnection, name, guarded)
