"""A presigned URL is hostile input and a credential: few may be fetched, and none is ever quoted."""

import socket

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from pydantic import SecretStr

from common.genesys.client import Answer, TooLarge, Unreachable
from common.genesys.settings import GenesysSettings
from consumer.presigned import FileDownloader, ForbiddenUrlError, PrivateAddressError, PublicResolver, check_url
from tests.unit.fakes import FakeResponse, FakeSession

SIGNATURE = "X-Amz-Signature=5ecret"


def make_settings(
    *, allow_loopback: bool = False, hosts: tuple[str, ...] = (".amazonaws.com", "files.example.org")
) -> GenesysSettings:
    return GenesysSettings(
        client_id="id",
        client_secret=SecretStr("s"),
        allow_loopback=allow_loopback,
        file_hosts=hosts,
        max_file_bytes=1024,
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://bucket.s3.amazonaws.com/a?" + SIGNATURE,
        "https://s3.eu-west-1.amazonaws.com:443/a?" + SIGNATURE,
        "https://BUCKET.S3.AmazonAWS.com/a?" + SIGNATURE,
        "https://bucket.s3.amazonaws.com./a?" + SIGNATURE,
        "https://files.example.org/a?" + SIGNATURE,
    ],
)
def test_hosts_of_the_allow_list_may_be_fetched(url: str) -> None:
    assert str(check_url(url, make_settings())).endswith(SIGNATURE)


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("http://bucket.s3.amazonaws.com/a?", "file_url_not_https"),
        ("ftp://bucket.s3.amazonaws.com/a?", "file_url_not_https"),
        ("https://bucket.s3.amazonaws.com:8443/a?", "file_url_not_https"),
        ("https://bucket.s3.amazonaws.com:80/a?", "file_url_not_https"),
        ("https://evilamazonaws.com/a?", "file_host_not_allowed"),
        ("https://amazonaws.com.evil.example/a?", "file_host_not_allowed"),
        ("https://bucket.amazonaws.com.evil.example/a?", "file_host_not_allowed"),
        ("https://evil.example/.amazonaws.com?", "file_host_not_allowed"),
        ("https://evil.example#.amazonaws.com?", "file_host_not_allowed"),
        ("https://evil.example?.amazonaws.com&", "file_host_not_allowed"),
        ("https://evilfiles.example.org/a?", "file_host_not_allowed"),
        ("https://sub.files.example.org/a?", "file_host_not_allowed"),
        ("https://169.254.169.254/latest/meta-data?", "file_host_not_allowed"),
        ("https://10.0.0.1/a?", "file_host_not_allowed"),
        ("https://[::1]/a?", "file_host_not_allowed"),
        ("https://[fd00::1]/a?", "file_host_not_allowed"),
        ("https://localhost/a?", "file_host_not_allowed"),
        ("https://127.0.0.1/a?", "file_host_not_allowed"),
        ("http://127.0.0.1:8080/a?", "file_url_not_https"),
        ("https://me@bucket.s3.amazonaws.com/a?", "file_url_malformed"),
        ("https://me:secret@bucket.s3.amazonaws.com/a?", "file_url_malformed"),
        ("https://:secret@bucket.s3.amazonaws.com/a?", "file_url_malformed"),
        ("https://bucket.s3.amazonaws.com@evil.example/a?", "file_url_malformed"),
        ("https:///a?", "file_url_malformed"),
        ("/relative?", "file_url_malformed"),
        ("not a url ", "file_url_malformed"),
        ("https://[bad/a?", "file_url_malformed"),
        ("https://host:port/a?", "file_url_malformed"),
        ("https://h\u2100.amazonaws.com/a?", "file_url_malformed"),
        ("", "file_url_malformed"),
    ],
)
def test_every_other_url_is_refused_by_the_rule_it_breaks_and_is_not_quoted(url: str, rule: str) -> None:
    with pytest.raises(ForbiddenUrlError) as refusal:
        check_url(url + SIGNATURE, make_settings())
    assert str(refusal.value) == rule
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080/a", "http://localhost:1/a", "http://[::1]:8080/a", "https://127.8.9.1/a"]
)
def test_one_setting_opens_loopback(url: str) -> None:
    assert check_url(url, make_settings(allow_loopback=True)).path == "/a"
    with pytest.raises(ForbiddenUrlError):
        check_url(url, make_settings())


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/a",
        "http://169.254.169.254/a",
        "http://bucket.s3.amazonaws.com/a",
        "https://localhost.evil.example/a",
        "https://127.0.0.1.evil.example/a",
        "http://me@127.0.0.1/a",
        "https://0.0.0.0/a",
    ],
)
def test_and_nothing_else(url: str) -> None:
    with pytest.raises(ForbiddenUrlError):
        check_url(url, make_settings(allow_loopback=True))


class FakeResolver(AbstractResolver):
    """Answers with the given addresses."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses
        self.asked: list[tuple[str, int]] = []
        self.closed = False

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Answer."""
        self.asked.append((host, port))
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in self.addresses
        ]

    async def close(self) -> None:
        """Note the end."""
        self.closed = True


async def test_public_addresses_are_passed_on_as_they_were_checked() -> None:
    inner = FakeResolver("52.216.0.1", "2600:1f00::1")
    found = await PublicResolver(inner).resolve("bucket.s3.amazonaws.com", 443)
    assert [one["host"] for one in found] == ["52.216.0.1", "2600:1f00::1"]
    assert inner.asked == [("bucket.s3.amazonaws.com", 443)]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "fd00::1",
        "fe80::1",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
    ],
)
async def test_one_address_that_is_not_public_is_enough_to_refuse_a_name(address: str) -> None:
    with pytest.raises(PrivateAddressError) as refusal:
        await PublicResolver(FakeResolver("52.216.0.1", address)).resolve("bucket.s3.amazonaws.com")
    assert address not in str(refusal.value)


async def test_closing_closes_the_resolver_inside() -> None:
    inner = FakeResolver()
    await PublicResolver(inner).close()
    assert inner.closed


def with_session(downloader: FileDownloader, session: FakeSession) -> FileDownloader:
    downloader._session = session  # type: ignore[assignment]  # a session by shape
    return downloader


URL = "https://bucket.s3.amazonaws.com/a?" + SIGNATURE


async def test_a_file_is_downloaded_without_credentials_and_without_redirects() -> None:
    session = FakeSession(lambda: FakeResponse(200, b"body"))
    assert await with_session(FileDownloader(make_settings()), session).get(URL) == Answer(200, b"body")
    ((method, url, more),) = session.requests
    assert (method, url) == ("GET", URL)
    assert more == {"allow_redirects": False}


async def test_a_file_beyond_the_cap_is_dropped_on_the_way() -> None:
    made: list[FakeResponse] = []

    def big() -> FakeResponse:
        made.append(FakeResponse(200, *[b"x" * 400] * 10))
        return made[-1]

    session = FakeSession(big)
    assert await with_session(FileDownloader(make_settings()), session).get(URL) == TooLarge(1024)
    assert made[0].closed


@pytest.mark.parametrize("error", [TimeoutError(SIGNATURE), aiohttp.ServerDisconnectedError(SIGNATURE)])
async def test_a_download_that_fails_is_unreachable_and_quotes_no_url(error: Exception) -> None:
    result = await with_session(FileDownloader(make_settings()), FakeSession(error)).get(URL)
    assert isinstance(result, Unreachable)
    assert SIGNATURE not in repr(result)


async def test_a_name_that_leads_to_a_private_address_is_forbidden_wherever_aiohttp_wraps_it() -> None:
    wrapped = aiohttp.ClientConnectionError()
    wrapped.__cause__ = PrivateAddressError()
    for error in (wrapped, PrivateAddressError()):
        with pytest.raises(ForbiddenUrlError, match="file_address_not_public"):
            await with_session(FileDownloader(make_settings()), FakeSession(error)).get(URL)


async def test_a_forbidden_url_is_never_asked_for() -> None:
    session = FakeSession(lambda: FakeResponse(200))
    with pytest.raises(ForbiddenUrlError):
        await with_session(FileDownloader(make_settings()), session).get("https://evil.example/" + SIGNATURE)
    assert session.requests == []


async def test_only_loopback_takes_the_session_without_the_resolver_that_checks() -> None:
    async with FileDownloader(make_settings(allow_loopback=True)) as downloader:
        assert downloader._session is not None
        assert downloader._loopback is not None
        connector = downloader._session.connector
        assert isinstance(connector, aiohttp.TCPConnector)
        assert isinstance(connector._resolver, PublicResolver)
    async with FileDownloader(make_settings()) as downloader:
        assert downloader._loopback is None
    public, loopback = FakeSession(lambda: FakeResponse(200)), FakeSession(lambda: FakeResponse(200))
    downloader = with_session(FileDownloader(make_settings(allow_loopback=True)), public)
    downloader._loopback = loopback  # type: ignore[assignment]  # a session by shape
    await downloader.get(URL)
    await downloader.get("http://127.0.0.1:9/a")
    assert [url for _, url, _ in public.requests] == [URL]
    assert [url for _, url, _ in loopback.requests] == ["http://127.0.0.1:9/a"]


async def test_a_downloader_must_be_opened() -> None:
    with pytest.raises(RuntimeError):
        await FileDownloader(make_settings()).get(URL)
