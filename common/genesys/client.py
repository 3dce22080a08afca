"""Ask the Genesys Cloud API under a rate budget, with a token that is always fresh; every answer is a value."""

import asyncio
import math
import random
import time
from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

import aiohttp
import msgspec
from yarl import URL

from common.genesys.budget import RateBudget
from common.genesys.deadline import Deadline
from common.genesys.settings import GenesysSettings, OAuthClient
from common.genesys.token import TokenRefusedError, TokenSource, TokenUnavailableError

UNAUTHORIZED = 401
TOO_MANY_REQUESTS = 429
OVERLOADED = frozenset({TOO_MANY_REQUESTS, 502, 503, 504})
FIRST_BLOCK_SECONDS = 1.0  # a 429 without Retry-After: double from here
LONGEST_BLOCK_SECONDS = 60.0
LONGEST_RETRY_AFTER_SECONDS = 3600.0


class Answer(msgspec.Struct, frozen=True):
    """What the API said: status, body, and the seconds of a Retry-After if it gave one."""

    status: int
    body: bytes
    retry_after_seconds: float | None = None

    def __repr__(self) -> str:
        return f"Answer(status={self.status}, {len(self.body)} bytes)"


class Unreachable(msgspec.Struct, frozen=True):
    """The API gave no whole answer; `reason` is the kind of failure."""

    reason: str


class Unauthorized(msgspec.Struct, frozen=True):
    """Genesys refuses our credentials: no record can succeed until an operator acts."""

    reason: str


class TooLarge(msgspec.Struct, frozen=True):
    """The answer is larger than the configured cap."""

    limit_bytes: int


Result = Answer | Unreachable | Unauthorized | TooLarge


class Observer(Protocol):
    """What the client reports to metrics; numbers and fixed labels only."""

    def rate_limit_waited(self, seconds: float) -> None:
        """Count a wait for the rate budget that begins: the first of those who wait, the others stand behind it."""

    def rate_limit_remaining(self, client: str, remaining: float) -> None:
        """Note what the API says is left of a client's quota."""

    def throttled(self) -> None:
        """Count an answer of 429."""


def _unheeded(seconds: float, *, overloaded: bool) -> None:
    """Take no notice of how fast the API answers."""


class OnAnswer(Protocol):
    """Told of every answer of the API, for whoever adapts to it."""

    def __call__(self, seconds: float, *, overloaded: bool) -> None:
        """Note how long an answer took, and whether it says (by 429, 502 to 504 or silence) that there is too much to do."""


class _Member:
    """One OAuth client: its token, its budget and how often in a row it was throttled."""

    __slots__ = ("budget", "label", "throttles", "token")

    def __init__(self, label: str, token: TokenSource, budget: RateBudget) -> None:
        self.label = label
        self.token = token
        self.budget = budget
        self.throttles = 0


class GenesysClient:
    """The authenticated side of Genesys Cloud; presigned files have a client of their own."""

    def __init__(
        self,
        settings: GenesysSettings,
        *,
        share: float,
        observer: Observer,
        on_answer: OnAnswer = _unheeded,
        clock: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """`share` is this process's part of every client's budget, 0 to 1."""
        self._settings = settings
        self._share = share
        self._observer = observer
        self._on_answer = on_answer
        self._clock = clock
        self._jitter = jitter
        self._origin = URL(settings.api)
        self._members: list[_Member] = []
        self._turn = asyncio.Lock()
        self._share_changed = asyncio.Event()
        self._session: aiohttp.ClientSession | None = None
        self._deadline = Deadline(settings.request_timeout_seconds)  # and one for each event loop, whose timer it keeps

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=60.0, ttl_dns_cache=300)
        session = aiohttp.ClientSession(
            connector=connector, timeout=aiohttp.ClientTimeout(), cookie_jar=aiohttp.DummyCookieJar()
        )
        self._session, self._deadline = session, Deadline(self._settings.request_timeout_seconds)
        self._members = [self._member(number, client, session) for number, client in enumerate(self._settings.clients)]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    def _member(self, number: int, client: OAuthClient, session: aiohttp.ClientSession) -> _Member:
        token = TokenSource(
            session,
            login=self._settings.login,
            client=client,
            timeout_seconds=self._settings.request_timeout_seconds,
            clock=self._clock,
        )
        settings = self._settings
        budget = RateBudget(per_minute=settings.requests_per_minute, burst=settings.rate_burst, share=self._share)
        return _Member(str(number), token, budget)

    @property
    def requests_per_minute(self) -> float:
        """How much of one OAuth client's budget this process may spend now."""
        return self._settings.requests_per_minute * self._share

    def set_share(self, share: float) -> None:
        """Spend another part of every client's budget from now on, 0 to 1."""
        self._share = share
        now = self._clock()
        for member in self._members:
            member.budget.set_share(now, share)
        self._share_changed.set()
        self._share_changed = asyncio.Event()

    async def get(self, path: str, *, cap_bytes: int) -> Result:
        """GET a path of the API, without a query; ids in it are percent-encoded already."""
        return await self._request("GET", path, None, cap_bytes)

    async def post(self, path: str, payload: bytes, *, cap_bytes: int, patience_seconds: float | None = None) -> Result:
        """POST JSON to a path of the API, without a query; what finds no place in the budget within its patience is not sent: a 429 of our own."""
        return await self._request("POST", path, payload, cap_bytes, patience_seconds)

    async def _request(
        self, method: str, path: str, payload: bytes | None, cap_bytes: int, patience_seconds: float | None = None
    ) -> Result:
        refused: set[_Member] = set()
        while True:
            member = self._admit_now()  # a repetition spends quota like any request
            if member is None:
                try:
                    async with asyncio.timeout(patience_seconds):
                        member = await self._admit()
                except TimeoutError:
                    return Answer(TOO_MANY_REQUESTS, b"")
            try:
                token = member.token.cached() or await member.token.get()
            except TokenRefusedError as error:
                return Unauthorized(str(error))
            except TokenUnavailableError as error:
                return Unreachable(f"token: {error}")
            result = await self._send(member, method, path, payload, token, cap_bytes)
            if not isinstance(result, Answer) or result.status != UNAUTHORIZED:
                return result
            member.token.discard(token)
            if member in refused:
                return Unauthorized("the API refuses a fresh token: check the OAuth client's roles and state")
            refused.add(member)

    def _admit_now(self) -> _Member | None:
        """Take a place in the budget of any client, if nobody waits for one and there is one."""
        if self._turn.locked():
            return None
        member = self._soonest()
        return member if member.budget.take(self._clock()) <= 0.0 else None

    async def _admit(self) -> _Member:
        """Wait for a place in the budget of any client; first come, first served. Giving up a wait costs nothing."""
        async with self._turn:
            while True:
                member = self._soonest()
                wait = member.budget.take(self._clock())
                if wait <= 0.0:
                    return member
                await self._pause(wait)

    def _soonest(self) -> _Member:
        members = self._members
        if len(members) == 1:
            return members[0]
        now = self._clock()
        return min(members, key=lambda one: one.budget.wait(now))

    async def _pause(self, seconds: float) -> None:
        """Sleep, or without a share of the budget: wait for one. A new share ends both, as it changes what there is to wait for."""
        if seconds < math.inf:
            self._observer.rate_limit_waited(seconds)
        try:
            async with asyncio.timeout(seconds if seconds < math.inf else None):
                await self._share_changed.wait()
        except TimeoutError:
            return

    async def _send(
        self, member: _Member, method: str, path: str, payload: bytes | None, token: str, cap_bytes: int
    ) -> Result:
        if self._session is None:
            raise RuntimeError("GenesysClient is used outside its context")
        headers = {"Authorization": f"Bearer {token}"}
        if payload is not None:
            headers["Content-Type"] = "application/json"
        url = self._origin.with_path(path, encoded=True)
        sent = self._clock()
        try:
            with self._deadline.limit():
                async with self._session.request(
                    method, url, data=payload, headers=headers, allow_redirects=False
                ) as response:
                    body = await read_capped(response, cap_bytes)
        except TimeoutError:
            self._on_answer(self._clock() - sent, overloaded=True)
            return Unreachable("timeout")
        except aiohttp.ClientError as error:
            return Unreachable(type(error).__name__)
        self._on_answer(self._clock() - sent, overloaded=response.status in OVERLOADED)
        retry_after = self._note_limits(member, response)
        if body is None:
            return TooLarge(cap_bytes)
        return Answer(response.status, body, retry_after)

    def _note_limits(self, member: _Member, response: aiohttp.ClientResponse) -> float | None:
        """Read the quota headers of genesys.cloud: X-RateLimit-Remaining, inin-ratelimit-*, Retry-After (seconds)."""
        headers = response.headers
        allowed, count = _number(headers.get("inin-ratelimit-allowed")), _number(headers.get("inin-ratelimit-count"))
        remaining = _number(headers.get("X-RateLimit-Remaining"))
        if remaining is None and allowed is not None and count is not None:
            remaining = max(allowed - count, 0.0)
        if remaining is not None:
            self._observer.rate_limit_remaining(member.label, remaining)
        if response.status != TOO_MANY_REQUESTS:
            member.throttles = 0
            reset = _number(headers.get("inin-ratelimit-reset"))
            if remaining == 0.0 and reset is not None:
                member.budget.block(self._clock(), min(reset, LONGEST_BLOCK_SECONDS))
            return _number(headers.get("Retry-After"))
        self._observer.throttled()
        asked = _number(headers.get("Retry-After"))
        doubled = min(FIRST_BLOCK_SECONDS * 2**member.throttles, LONGEST_BLOCK_SECONDS) * (0.5 + 0.5 * self._jitter())
        member.throttles = min(member.throttles + 1, 10)
        seconds = doubled if asked is None else min(asked, LONGEST_RETRY_AFTER_SECONDS)
        member.budget.block(self._clock(), seconds)
        return seconds


async def read_capped(response: aiohttp.ClientResponse, cap_bytes: int) -> bytes | None:
    """Read a whole body after decompression, or None (and drop the connection) once it passes the cap.

    Raises aiohttp.ClientPayloadError for a body that is cut short.
    """
    content = response.content
    first = await content.readany()
    if content.at_eof():
        return first if len(first) <= cap_bytes else None
    chunks, size, chunk = [first], len(first), first
    while chunk and size <= cap_bytes:
        chunk = await content.readany()
        chunks.append(chunk)
        size += len(chunk)
    if size > cap_bytes:
        response.close()
        return None
    return b"".join(chunks)


def _number(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0.0 <= value < float("inf") else None
