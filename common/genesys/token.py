"""One OAuth token, cached, refreshed before it expires, by one request however many are waiting for it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
import msgspec

from common.genesys.settings import OAuthClient

REFRESH_EARLY_SHARE = 0.1  # of the token's life; Genesys tokens live 5 minutes to 48 hours
REFRESH_EARLY_MAX_SECONDS = 300.0
MAX_TOKEN_BYTES = 64 * 1024


class TokenRefusedError(Exception):
    """The token endpoint refused the credentials; carries the status only, never the answer."""

    def __init__(self, status: int) -> None:
        super().__init__(
            f"the token endpoint answered {status}: check GENESYS_CLIENT_ID, GENESYS_CLIENT_SECRET and the OAuth client's grant"
        )
        self.status = status


class TokenUnavailableError(Exception):
    """The token endpoint did not answer usably; worth another try."""


class _Grant(msgspec.Struct):
    access_token: str
    expires_in: float = 3600.0


@dataclass(slots=True, repr=False)
class _Held:
    token: str
    refresh_at: float


class TokenSource:
    """Hand out a bearer token for one OAuth client (client credentials grant, RFC 6749 section 4.4)."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        login: str,
        client: OAuthClient,
        timeout_seconds: float,
        clock: Callable[[], float],
    ) -> None:
        self._session = session
        self._url = f"{login}/oauth/token"
        self._auth = aiohttp.encode_basic_auth(client.id, client.secret.get_secret_value())
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._clock = clock
        self._held: _Held | None = None
        self._refresh: asyncio.Task[str] | None = None

    def __repr__(self) -> str:
        return f"TokenSource({self._url})"

    def cached(self) -> str | None:
        """Return the token at hand while it needs no refresh: the hot path without an await."""
        held = self._held
        return held.token if held is not None and self._clock() < held.refresh_at else None

    async def get(self) -> str:
        """Return a valid token. Raises TokenRefusedError or TokenUnavailableError."""
        if (token := self.cached()) is not None:
            return token
        if self._refresh is None:
            self._refresh = asyncio.create_task(self._fetch(), name="genesys-token")
            self._refresh.add_done_callback(self._refreshed)
        # One waiter's cancellation must not take the token away from the others.
        return await asyncio.shield(self._refresh)

    def discard(self, token: str) -> None:
        """Forget a token that the API refused, unless a newer one is here already."""
        if self._held is not None and self._held.token == token:
            self._held = None

    def _refreshed(self, task: asyncio.Task[str]) -> None:
        self._refresh = None
        if not task.cancelled():
            task.exception()  # each waiter raises it; without waiters it would be reported as never retrieved

    async def _fetch(self) -> str:
        try:
            async with self._session.post(
                self._url,
                data={"grant_type": "client_credentials"},
                headers={"Authorization": self._auth},
                timeout=self._timeout,
                allow_redirects=False,
            ) as response:
                body = await _read(response)
                status = response.status
        except (aiohttp.ClientError, TimeoutError) as error:
            raise TokenUnavailableError(type(error).__name__) from None
        if status in (400, 401, 403):
            raise TokenRefusedError(status)
        if status != 200:  # noqa: PLR2004 - OK
            raise TokenUnavailableError(f"status {status}")
        try:
            grant = msgspec.json.decode(body, type=_Grant)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            raise TokenUnavailableError("an answer that is no token") from None
        early = min(grant.expires_in * REFRESH_EARLY_SHARE, REFRESH_EARLY_MAX_SECONDS)
        self._held = _Held(grant.access_token, self._clock() + grant.expires_in - early)
        return grant.access_token


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """Read a small body in however many pieces it comes; one beyond the cap is cut, and then is no token."""
    body = b""
    while len(body) <= MAX_TOKEN_BYTES and (piece := await response.content.readany()):
        body += piece
    return body[:MAX_TOKEN_BYTES]
