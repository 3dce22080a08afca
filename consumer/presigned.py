"""Download a transcript file from a presigned URL, which comes from outside and is treated as hostile.

https only, hosts from an allow-list, no private address, no redirect, no bearer token, bounded in size and time.
The URL is a credential: it stands in no log, error or repr.
"""

import ipaddress
import socket
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from common.genesys.client import Answer, Result, TooLarge, Unreachable, read_capped
from common.genesys.settings import GenesysSettings
from common.settings import is_loopback


class ForbiddenUrlError(ValueError):
    """The URL may not be fetched; says which rule it breaks, never the URL."""


class PrivateAddressError(OSError):
    """A host name of the allow-list led to an address that is not public."""


class PublicResolver(AbstractResolver):
    """Resolve host names to public addresses only; the connection uses exactly what was checked here."""

    def __init__(self, inner: AbstractResolver) -> None:
        self._inner = inner

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Resolve a name. Raises PrivateAddressError if any of its addresses is not public."""
        found = await self._inner.resolve(host, port, family)
        if not all(ipaddress.ip_address(one["host"]).is_global for one in found):
            raise PrivateAddressError("the host of a transcript file resolves to an address that is not public")
        return found

    async def close(self) -> None:
        """Close the resolver inside."""
        await self._inner.close()


def check_url(text: str, settings: GenesysSettings) -> URL:
    """Hold a presigned URL to the rules. Raises ForbiddenUrlError, which quotes nothing of it."""
    try:
        url = URL(text, encoded=True)
        host, port = url.host, url.port
    except ValueError:
        raise ForbiddenUrlError("file_url_malformed") from None
    if not host or url.user is not None or url.password is not None:
        raise ForbiddenUrlError("file_url_malformed")
    if settings.allow_loopback and is_loopback(host):
        return url
    if url.scheme != "https" or port != 443:  # noqa: PLR2004 - https
        raise ForbiddenUrlError("file_url_not_https")
    name = host.lower().rstrip(".")
    if not any(
        name == allowed.lower() or (allowed.startswith(".") and name.endswith(allowed.lower()))
        for allowed in settings.file_hosts
    ):
        raise ForbiddenUrlError("file_host_not_allowed")
    return url


class FileDownloader:
    """Fetches transcript files, without the API's credentials."""

    def __init__(self, settings: GenesysSettings) -> None:
        self._settings = settings
        self._session: aiohttp.ClientSession | None = None
        self._loopback: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        timeout = aiohttp.ClientTimeout(total=self._settings.file_timeout_seconds)
        resolver = PublicResolver(aiohttp.ThreadedResolver())
        public = aiohttp.TCPConnector(limit=0, keepalive_timeout=60.0, resolver=resolver)
        self._session = aiohttp.ClientSession(connector=public, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar())
        if self._settings.allow_loopback:
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=60.0)
            self._loopback = aiohttp.ClientSession(
                connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for session in (self._session, self._loopback):
            if session is not None:
                await session.close()

    async def get(self, presigned: str) -> Result:
        """Download a file. Raises ForbiddenUrlError."""
        url = check_url(presigned, self._settings)
        session = self._loopback if self._settings.allow_loopback and is_loopback(url.host or "") else self._session
        if session is None:
            raise RuntimeError("FileDownloader is used outside its context")
        cap = self._settings.max_file_bytes
        try:
            async with session.get(url, allow_redirects=False) as response:
                body = await read_capped(response, cap)
        except TimeoutError:
            return Unreachable("file: timeout")
        except (aiohttp.ClientError, PrivateAddressError) as error:
            cause = error.__cause__ if isinstance(error.__cause__, PrivateAddressError) else error
            if isinstance(cause, PrivateAddressError):
                raise ForbiddenUrlError("file_address_not_public") from None
            return Unreachable(f"file: {type(error).__name__}")
        return TooLarge(cap) if body is None else Answer(response.status, body)
