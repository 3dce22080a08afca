"""`consumer setup` on servers that are not there or refuse it: one message that names the setting, no crash."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import StringIO

import pytest
from aiokafka.errors import KafkaConnectionError
from elastic_transport import ApiResponseMeta, ConnectionTimeout, HttpHeaders, NodeConfig
from elastic_transport import ConnectionError as NoConnection
from elasticsearch import AsyncElasticsearch, AuthenticationException
from rich.console import Console

from common.genesys.settings import GenesysSettings
from common.kafka import KafkaSettings
from common.settings import ConfigurationError
from consumer import admin as admin_module
from consumer import provision
from consumer.commands import setup as commands_setup
from consumer.commands.setup import setup
from consumer.settings import ConsumerSettings, RedactionSettings, SearchSettings, WorkerSettings

META = ApiResponseMeta(401, "1.1", HttpHeaders(), 0.0, NodeConfig("http", "localhost", 9))


def settings() -> ConsumerSettings:
    genesys = GenesysSettings.model_validate({"client_id": "a", "client_secret": "b"})
    return ConsumerSettings(
        kafka=KafkaSettings(),
        genesys=genesys,
        search=SearchSettings(),
        worker=WorkerSettings(),
        redaction=RedactionSettings(),
    )


async def run() -> None:
    await setup(settings(), Console(file=StringIO()))


async def test_a_broker_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Admin:
        """Cannot connect."""

        async def start(self) -> None:
            """Fail."""
            raise KafkaConnectionError

        async def close(self) -> None:
            """Nothing to close."""

    monkeypatch.setattr(admin_module, "make_admin", lambda *_, **__: Admin())
    monkeypatch.setattr(admin_module, "KAFKA_WAIT_SECONDS", -1.0)
    with pytest.raises(ConfigurationError, match="KAFKA_BOOTSTRAP_SERVERS"):
        await run()


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (NoConnection("refused"), "ELASTICSEARCH_HOST"),
        (ConnectionTimeout("late"), "ELASTICSEARCH_HOST"),
        (AuthenticationException("security_exception", META, {}), "ES_USER"),
    ],
)
async def test_an_engine_that_does_not_answer_or_refuses_us_is_named(
    error: Exception, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    @asynccontextmanager
    async def connected(_: ConsumerSettings) -> AsyncIterator[None]:
        yield None

    async def created(*_: object, **__: object) -> list[str]:
        return []

    async def refused(_client: AsyncElasticsearch, _alias: str) -> bool:
        raise error

    monkeypatch.setattr(commands_setup, "connected_admin", connected)
    monkeypatch.setattr(provision, "create_topics", created)
    monkeypatch.setattr(provision, "create_index", refused)
    with pytest.raises(ConfigurationError, match=named):
        await run()
