"""Settings of the consumer."""

import base64
from pathlib import Path
from typing import Literal, Self

from pydantic import AliasChoices, Field, FilePath, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict
from yarl import URL

from common.genesys.settings import GenesysSettings
from common.kafka import KafkaSettings
from common.settings import ConfigurationError, SettingsGroup, is_loopback
from consumer.redaction import Policy, PolicyError, Redactor
from consumer.redaction.policy import SHIPPED, Action, parse, shipped

CLIENT_ID = "transcripts-consumer"
MIB = 1024 * 1024
COMMIT_SECONDS = 10.0  # of one commit; the last one of a drain comes after its deadline
LONGEST_DELAY_SECONDS = 24 * 60 * 60  # far inside the retention of the retry topics, see common/topics.py


class SearchSettings(SettingsGroup):
    """Where the index is and how documents are sent to it."""

    model_config = SettingsConfigDict(env_prefix="ES_")

    host: str = Field(default="http://localhost:9200", validation_alias=AliasChoices("ELASTICSEARCH_HOST"))
    user: str | None = None
    password: SecretStr | None = Field(default=None, validation_alias=AliasChoices("ES_PASS"))
    allow_plaintext: bool = False
    ca_file: FilePath | None = None
    alias: str = Field(default="genesys_transcriptions", pattern=r"^[a-z][a-z0-9_.-]{0,100}$")
    request_timeout_seconds: float = Field(default=30.0, gt=0, le=600)
    bulk_documents: int = Field(default=500, ge=1, le=10_000)
    bulk_bytes: int = Field(default=5 * MIB, ge=1024, le=90 * MIB)
    bulk_linger_seconds: float = Field(default=0.05, ge=0.0, le=10.0)
    bulk_in_flight: int = Field(default=4, ge=1, le=64)

    @model_validator(mode="after")
    def _refuse_what_cannot_work(self) -> Self:
        try:
            url = URL(self.host)
        except ValueError:  # its message may quote a password
            url = URL()
        if url.scheme not in ("http", "https") or not url.host:
            raise ValueError("ELASTICSEARCH_HOST must be a URL such as https://search.example:9200")
        if url.user or url.password:
            raise ValueError("ELASTICSEARCH_HOST must not hold credentials: use ES_USER and ES_PASS")
        if url.scheme == "http" and not is_loopback(url.host) and not self.allow_plaintext:
            raise ValueError(
                "ELASTICSEARCH_HOST is http and not this machine: use https, or set ES_ALLOW_PLAINTEXT=true for a network you trust"
            )
        if bool(self.user) != bool(self.password):
            raise ValueError("ES_USER and ES_PASS belong together: set both or neither")
        return self


class WorkerSettings(SettingsGroup):
    """How much is done at once, how long things may take, and what happens to a transcript that is not ready."""

    model_config = SettingsConfigDict(env_prefix="CONSUMER_")

    group: str = Field(default="transcripts-consumer", pattern=r"^[A-Za-z0-9._-]{1,200}$")
    fetch_concurrency: int = Field(default=64, ge=1, le=2000)
    max_records_in_flight: int = Field(default=1000, ge=1, le=100_000)
    max_bytes_in_flight: int = Field(default=32 * MIB, ge=MIB)
    commit_interval_seconds: float = Field(default=1.0, gt=0, le=60)
    drain_seconds: float = Field(default=25.0, gt=0, le=600)
    rebalance_timeout_seconds: float = Field(default=60.0, gt=0, le=900)
    session_timeout_seconds: float = Field(default=30.0, ge=6, le=300)
    not_ready_waits_seconds: tuple[float, ...] = (2.0, 5.0)
    fetch_attempts: int = Field(default=3, ge=1, le=20)
    retry_delays_seconds: tuple[float, float, float] = (60.0, 600.0, 3600.0)
    deadline_seconds: float = Field(default=86_400.0, gt=0)
    head_of_line_seconds: float = Field(default=300.0, gt=0)
    dead_letter_max_ratio: float = Field(default=0.2, gt=0, le=1)
    dead_letter_window: int = Field(default=500, ge=10, le=1_000_000)
    dead_letter_max_consecutive: int = Field(default=50, ge=1)
    dead_letter_probe_seconds: float = Field(default=5.0, gt=0, le=3600)
    health_host: str = "127.0.0.1"
    health_port: int = Field(default=9102, ge=0, le=65535)
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")
    event_loop: Literal["auto", "asyncio", "uvloop"] = "auto"

    @model_validator(mode="after")
    def _refuse_what_cannot_work(self) -> Self:
        if self.drain_seconds + COMMIT_SECONDS > self.rebalance_timeout_seconds:
            raise ValueError(
                f"CONSUMER_DRAIN_SECONDS ({self.drain_seconds:g}) and {COMMIT_SECONDS:g} s for the last commit must fit into"
                f" CONSUMER_REBALANCE_TIMEOUT_SECONDS ({self.rebalance_timeout_seconds:g}):"
                " a member that drains longer is thrown out of its group"
            )
        if self.max_records_in_flight < self.fetch_concurrency:
            raise ValueError(
                f"CONSUMER_MAX_RECORDS_IN_FLIGHT ({self.max_records_in_flight}) must be at least"
                f" CONSUMER_FETCH_CONCURRENCY ({self.fetch_concurrency}), or the fetches starve"
            )
        if list(self.retry_delays_seconds) != sorted(self.retry_delays_seconds) or self.retry_delays_seconds[0] <= 0:
            raise ValueError(
                "CONSUMER_RETRY_DELAYS_SECONDS must be three positive numbers that grow, such as [60, 600, 3600]"
            )
        if self.retry_delays_seconds[-1] > LONGEST_DELAY_SECONDS:
            raise ValueError(
                f"CONSUMER_RETRY_DELAYS_SECONDS must not exceed {LONGEST_DELAY_SECONDS} (one day):"
                " a retry topic deletes its records after 7 days, due or not"
            )
        if any(wait < 0 for wait in self.not_ready_waits_seconds):
            raise ValueError("CONSUMER_NOT_READY_WAITS_SECONDS must not be negative")
        return self


class RedactionSettings(SettingsGroup):
    """Which policy is applied, and the keys that it needs."""

    model_config = SettingsConfigDict(env_prefix="REDACTION_")

    policy: str = "default"
    token_keys: dict[str, SecretStr] = Field(default_factory=dict)
    allow_report_only: bool = False

    @classmethod
    def with_policy(cls, policy: str) -> "RedactionSettings":
        """Read the other settings, and use this policy. Raises ConfigurationError."""
        settings = cls.model_construct(policy=policy, allow_report_only=True, token_keys={})
        try:
            if any(action is Action.HMAC_TOKEN for action in settings.read().actions.values()):
                keys = cls.load().token_keys
                settings = cls.model_construct(policy=policy, allow_report_only=True, token_keys=keys)
            settings.redactor()
        except ValueError as error:
            raise ConfigurationError(str(error)) from None
        return settings

    @model_validator(mode="after")
    def _refuse_what_cannot_work(self) -> Self:
        self.redactor()
        return self

    def redactor(self) -> Redactor:
        """Build the redactor. Raises ValueError that names setting, line and key."""
        keys: dict[str, bytes] = {}
        for name, secret in self.token_keys.items():
            try:
                keys[name] = base64.b64decode(secret.get_secret_value(), validate=True)
            except ValueError:
                raise ValueError(f"REDACTION_TOKEN_KEYS[{name}] must be base64") from None
        policy = self.read()
        try:
            return Redactor(policy, token_keys=keys, allow_report_only=self.allow_report_only)
        except PolicyError as error:
            raise ValueError(f"REDACTION_POLICY {self.policy}: {error}") from None

    def read(self) -> Policy:
        """Read the policy. Raises ValueError that names setting, line and key."""
        try:
            return (
                shipped(self.policy) if self.policy in SHIPPED else parse(Path(self.policy).read_text(encoding="utf-8"))
            )
        except PolicyError as error:
            raise ValueError(f"REDACTION_POLICY {self.policy}: {error}") from None
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(
                f"REDACTION_POLICY {self.policy}: cannot be read ({type(error).__name__}):"
                f" name a YAML file, or one of {', '.join(SHIPPED)}"
            ) from None


class ConsumerSettings:
    """All settings of the consumer, read once."""

    def __init__(
        self,
        *,
        kafka: KafkaSettings,
        genesys: GenesysSettings,
        search: SearchSettings,
        worker: WorkerSettings,
        redaction: RedactionSettings,
    ) -> None:
        self.kafka = kafka
        self.genesys = genesys
        self.search = search
        self.worker = worker
        self.redaction = redaction

    @classmethod
    def load(cls) -> Self:
        """Read everything. Raises ConfigurationError that names every setting that is wrong, not only the first group's."""
        problems: list[str] = []
        groups: dict[str, SettingsGroup] = {}
        for name, group in (
            ("kafka", KafkaSettings),
            ("genesys", GenesysSettings),
            ("search", SearchSettings),
            ("worker", WorkerSettings),
            ("redaction", RedactionSettings),
        ):
            try:
                groups[name] = group.load()
            except ConfigurationError as error:
                problems.append(str(error))
        if problems:
            raise ConfigurationError("\n".join(problems))
        return cls(**groups)  # type: ignore[arg-type]  # each name is loaded by its own class above
