"""The first signal stops the consumer in good order, the second one is not held back."""

import asyncio
import os
import signal

import pytest

from common.genesys.settings import GenesysSettings
from common.kafka import KafkaSettings
from consumer.__main__ import _with_signals
from consumer.settings import ConsumerSettings, RedactionSettings, SearchSettings, WorkerSettings


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_after_the_first_signal_the_next_one_ends_the_process(number: signal.Signals) -> None:
    genesys = GenesysSettings.model_validate({"client_id": "a", "client_secret": "b"})
    settings = ConsumerSettings(
        kafka=KafkaSettings(),
        genesys=genesys,
        search=SearchSettings(),
        worker=WorkerSettings(),
        redaction=RedactionSettings(),
    )
    handlers: list[object] = []

    async def command(_: ConsumerSettings, stop: asyncio.Event) -> None:
        os.kill(os.getpid(), number)
        async with asyncio.timeout(5):
            await stop.wait()
        handlers.append(signal.getsignal(signal.SIGTERM))
        handlers.append(signal.getsignal(signal.SIGINT))

    asyncio.run(_with_signals(command, settings))
    assert handlers == [signal.SIG_DFL, signal.default_int_handler]
