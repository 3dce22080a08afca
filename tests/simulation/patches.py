"""What the process needs so that nothing but the wire, the clock and the dice differ from production."""

import time
import warnings
from typing import Any

import aiohttp.connector
import async_solipsism
from aiokafka.producer.message_accumulator import BatchBuilder

from consumer import app
from consumer.settings import ConsumerSettings
from tests.simulation.virtual import patch_datetimes


class _Collector:
    """Stands in for the gc module: collecting at its own times is switched off, and there is one process for all members."""

    def set_threshold(self, _count: int) -> None:
        """Leave the collector alone."""

    def freeze(self) -> None:
        """Leave the collector alone."""


async def _no_check(_settings: ConsumerSettings) -> None:
    """Skip the start-up checks of topics and index: they are tested on real servers."""


def apply() -> None:
    """Patch this process, once."""
    warnings.simplefilter("ignore")  # a killed member closes nothing
    # aiohttp hands its sockets to aiohappyeyeballs, which knows only real ones.
    aiohttp.connector.aiohappyeyeballs.start_connection = async_solipsism.aiohappyeyeballs_start_connection  # type: ignore[attr-defined]
    append = BatchBuilder.append

    def stamped(self: Any, *, timestamp: int | None, **rest: Any) -> Any:
        # The record builder is C and would read the real clock.
        return append(self, timestamp=int(time.time() * 1000) if timestamp is None else timestamp, **rest)

    BatchBuilder.append = stamped
    app.check = _no_check  # type: ignore[assignment]  # the same call
    app.gc = _Collector()  # type: ignore[attr-defined,assignment]  # the two calls that app makes
    patch_datetimes()
