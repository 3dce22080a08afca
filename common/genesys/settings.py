"""Settings of the Genesys Cloud connection."""

from typing import Self

from pydantic import BaseModel, Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict
from yarl import URL

from common.settings import SettingsGroup, is_loopback

# https://developer.genesys.cloud/platform/api/ lists the region hosts; the API answers at api.<host>.
REGIONS = (
    "mypurecloud.com", "mypurecloud.ie", "mypurecloud.com.au", "mypurecloud.jp", "mypurecloud.de", "usw2.pure.cloud",
    "cac1.pure.cloud", "apne2.pure.cloud", "euw2.pure.cloud", "aps1.pure.cloud", "use2.us-gov-pure.cloud", "sae1.pure.cloud",
    "mec1.pure.cloud", "apne3.pure.cloud", "euc2.pure.cloud", "mxc1.pure.cloud", "apse1.pure.cloud",
)  # fmt: skip


class OAuthClient(BaseModel):
    """One client-credentials grant; each has a rate budget of its own."""

    model_config = {"frozen": True, "hide_input_in_errors": True}

    id: str = Field(min_length=1)
    secret: SecretStr


class GenesysSettings(SettingsGroup):
    """Where Genesys Cloud is, who we are there and how much we may ask of it."""

    model_config = SettingsConfigDict(env_prefix="GENESYS_")

    region: str = "mypurecloud.com"
    api_url: str | None = None
    login_url: str | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = None
    more_clients: tuple[OAuthClient, ...] = ()
    requests_per_minute: int = Field(default=300, ge=1, le=10_000_000)
    rate_burst: int = Field(default=10, ge=1, le=100_000)
    submission_share: float = Field(default=0.1, ge=0.0, lt=1.0)
    replay_share: float = Field(default=0.1, ge=0.0, lt=1.0)
    request_timeout_seconds: float = Field(default=15.0, gt=0, le=300)
    file_timeout_seconds: float = Field(default=60.0, gt=0, le=600)
    max_file_bytes: int = Field(default=64 * 1024 * 1024, ge=1024)
    file_hosts: tuple[str, ...] = (".amazonaws.com",)
    allow_loopback: bool = False

    @field_validator("region")
    @classmethod
    def _known_region(cls, region: str) -> str:
        if region not in REGIONS:
            raise ValueError(f"is not a Genesys Cloud region host; one of {', '.join(REGIONS)}")
        return region

    @field_validator("api_url", "login_url")
    @classmethod
    def _origin(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            url = URL(value)
        except ValueError:  # its message may quote a password
            url = URL()
        if (
            url.scheme not in ("http", "https")
            or not url.host
            or url.path not in ("", "/")
            or url.user
            or url.query_string
        ):
            raise ValueError("must be an origin such as https://api.mypurecloud.com, without path, user or query")
        return str(url.origin())

    @model_validator(mode="after")
    def _refuse_what_cannot_work(self) -> Self:
        if not self.client_id or not self.client_secret:
            raise ValueError(
                "GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET are needed: an OAuth client with the client credentials grant"
            )
        if self.submission_share + self.replay_share >= 1.0:
            raise ValueError(
                "GENESYS_SUBMISSION_SHARE and GENESYS_REPLAY_SHARE must leave a part of the budget to the consumer group:"
                f" {self.submission_share:g} + {self.replay_share:g} is all of it"
            )
        for name, value in (("GENESYS_API_URL", self.api), ("GENESYS_LOGIN_URL", self.login)):
            url = URL(value)
            if url.scheme == "http" and not (self.allow_loopback and is_loopback(url.host or "")):
                raise ValueError(
                    f"{name} must be https; only loopback may be http, and only with GENESYS_ALLOW_LOOPBACK=true"
                )
        for host in self.file_hosts:
            if not host.strip(".") or "/" in host or "*" in host:
                raise ValueError(
                    "GENESYS_FILE_HOSTS takes host names, or suffixes that start with a dot, such as .amazonaws.com"
                )
        return self

    @property
    def api(self) -> str:
        """The API's origin."""
        return self.api_url or f"https://api.{self.region}"

    @property
    def login(self) -> str:
        """The token endpoint's origin."""
        return self.login_url or f"https://login.{self.region}"

    @property
    def group_share(self) -> float:
        """What submissions and a replay leave of every client's budget: the members of the consumer group share it."""
        return 1.0 - self.submission_share - self.replay_share

    @property
    def clients(self) -> tuple[OAuthClient, ...]:
        """Every OAuth client; their rate budgets add up."""
        if self.client_id is None or self.client_secret is None:
            return self.more_clients
        return (OAuthClient(id=self.client_id, secret=self.client_secret), *self.more_clients)
