"""Settings of the edge."""

import json
from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import AliasChoices, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from common.settings import SettingsGroup
from producer.authenticity import Credentials

GENESYS_PATIENCE_SECONDS = 10.0  # Open Messaging waits this long for an answer
SHORT_SECRET_CHARACTERS = 16


def _several(value: object) -> object:
    """Split a list written with commas, or as JSON."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        try:
            return json.loads(value)
        except ValueError:
            raise ValueError("must be values separated by commas, or a JSON list") from None
    return [part.strip() for part in value.split(",") if part.strip()]


Secrets = Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_several)]


class EdgeSettings(SettingsGroup):
    """Where the edge listens, whom it believes and how long it waits."""

    model_config = SettingsConfigDict(env_prefix="EDGE_")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    webhook_secrets: Secrets = Field(default=(), validation_alias=AliasChoices("GENESYS_WEBHOOK_SECRET"))
    api_keys: Secrets = ()
    submit_api_keys: Secrets = ()
    allow_unsigned: bool = False
    ack_seconds: float = Field(default=5.0, gt=0)
    max_body_bytes: int = Field(default=256 * 1024, ge=1024, le=16 * 1024 * 1024)
    max_in_flight: int = Field(default=2000, ge=1, le=100_000)
    max_connections: int = Field(default=1000, ge=1, le=100_000)
    max_submissions: int = Field(default=16, ge=1, le=1000)
    read_seconds: float = Field(default=5.0, gt=0, le=60)
    retry_after_seconds: int = Field(default=5, ge=1, le=3600)
    stop_seconds: float = Field(default=15.0, gt=0, le=600)
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @model_validator(mode="after")
    def _refuse_what_cannot_work(self) -> Self:
        if not self.webhook_secrets and not self.api_keys and not self.allow_unsigned:
            raise ValueError(
                "GENESYS_WEBHOOK_SECRET and EDGE_API_KEYS are both empty, so anybody could post events:"
                " set one of them, or EDGE_ALLOW_UNSIGNED=true if something in front of the edge checks the sender"
            )
        for name, secret in self._secrets():
            if not secret or not secret.isprintable():
                raise ValueError(f"{name}: a secret must not be empty or hold control characters")
        if shared := set(self.api_keys) & set(self.submit_api_keys):
            raise ValueError(
                f"EDGE_SUBMIT_API_KEYS and EDGE_API_KEYS share {len(shared)}: who delivers events must not spend the quota"
            )
        if self.ack_seconds + self.read_seconds > GENESYS_PATIENCE_SECONDS:
            raise ValueError(
                f"EDGE_ACK_SECONDS ({self.ack_seconds:g}) and EDGE_READ_SECONDS ({self.read_seconds:g}) together must not exceed"
                f" the {GENESYS_PATIENCE_SECONDS:g} s that Genesys waits for an answer"
            )
        return self

    def _secrets(self) -> Iterator[tuple[str, str]]:
        for name, group in (
            ("GENESYS_WEBHOOK_SECRET", self.webhook_secrets),
            ("EDGE_API_KEYS", self.api_keys),
            ("EDGE_SUBMIT_API_KEYS", self.submit_api_keys),
        ):
            for secret in group:
                yield name, secret.get_secret_value()

    @property
    def short_secrets(self) -> list[str]:
        """Name the settings that hold a secret that is quickly guessed."""
        return sorted({name for name, secret in self._secrets() if len(secret) < SHORT_SECRET_CHARACTERS})

    @property
    def credentials(self) -> Credentials:
        """What proves a webhook's sender."""
        return Credentials(
            webhook_secrets=_bytes(self.webhook_secrets),
            api_keys=_bytes(self.api_keys),
            allow_unsigned=self.allow_unsigned,
        )

    @property
    def submit_keys(self) -> tuple[bytes, ...]:
        """What proves who may submit jobs."""
        return _bytes(self.submit_api_keys)


def _bytes(secrets: tuple[SecretStr, ...]) -> tuple[bytes, ...]:
    return tuple(one.get_secret_value().encode() for one in secrets)


class GenesysPresence(SettingsGroup):
    """Whether an OAuth client is configured at all; half of one counts, so that what is missing is named."""

    model_config = SettingsConfigDict(env_prefix="GENESYS_")

    client_id: str | None = None
    client_secret: SecretStr | None = None

    @property
    def is_configured(self) -> bool:
        """Tell whether any part of the client is set."""
        return bool(self.client_id or self.client_secret)
