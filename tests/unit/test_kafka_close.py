"""Leaving Kafka takes bounded time, and what aiokafka cancels of its own does not count as our cancellation."""

import asyncio

import pytest

from common import kafka
from common.kafka import close_consumer


class Client:
    """Notes that it was closed."""

    closed = False

    async def close(self) -> None:
        """Hang up."""
        self.closed = True


class Consumer:
    """Stops as it is told to."""

    def __init__(self, how: str) -> None:
        self.how = how
        self._client = Client()

    async def stop(self) -> None:
        """Leave the group."""
        if self.how == "never":
            await asyncio.Event().wait()
        if self.how == "cancelled":
            raise asyncio.CancelledError


@pytest.mark.parametrize(("how", "cut_off"), [("at once", False), ("never", True), ("cancelled", True)])
async def test_a_consumer_is_closed_whatever_its_brokers_do(
    how: str, cut_off: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kafka, "CLOSE_SECONDS", 0.01)
    consumer = Consumer(how)
    async with asyncio.timeout(5):
        await close_consumer(consumer)
    assert consumer._client.closed == cut_off
