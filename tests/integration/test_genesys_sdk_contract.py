"""The vendor's own SDK works unchanged against the simulator, and the simulator keeps what the SDK cannot ask for.

What the SDK accepts is what the consumer is tested with.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import aiohttp.web
import orjson
import pytest

from tests.simulator import Simulator, SimulatorConfig
from tests.simulator.app import communication_of
from tests.simulator.generator import generate, patterns
from tests.simulator.sender import deliveries, send
from tests.simulator.state import DEFAULT_CLIENT

ROOT = Path(__file__).parents[2]
CALL = "gen-5-1"
START_SECONDS = 20.0


def served(ready: Path, *arguments: str) -> Generator[str, None, None]:
    """Run the simulator as a process until the test has ended."""
    argv = [sys.executable, "-m", "tests.simulator", "serve", "--ready-file", str(ready), *arguments]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - our own command
        try:
            deadline = time.monotonic() + START_SECONDS
            while not ready.exists():
                assert process.poll() is None, "the simulator ended"
                assert time.monotonic() < deadline, "the simulator does not start"
                time.sleep(0.02)
            yield ready.read_text().strip()
        finally:
            process.terminate()
            assert process.wait(timeout=10) == 0


@pytest.fixture(scope="module")
def simulator_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve from another process: the SDK blocks its caller."""
    yield from served(tmp_path_factory.mktemp("simulator") / "url")


@pytest.fixture(scope="module")
def sdk(simulator_url: str) -> Any:
    """Import the SDK and point it at the simulator as its documentation says: the host is set before a client is made."""
    import PureCloudPlatformClientV2 as sdk  # noqa: PLC0415, N813 - two seconds and 200 MiB: only where it is used

    sdk.configuration.host = simulator_url
    return sdk


@pytest.fixture(scope="module")
def client(sdk: Any) -> Any:
    """Log in with the client credentials grant."""
    return sdk.api_client.ApiClient().get_client_credentials_token(*DEFAULT_CLIENT)


def test_the_sdk_gets_a_token(client: Any) -> None:
    assert client.access_token


def test_the_sdk_is_refused_a_token_for_a_wrong_secret(sdk: Any) -> None:
    with pytest.raises(sdk.rest.ApiException) as refusal:
        sdk.api_client.ApiClient().get_client_credentials_token(DEFAULT_CLIENT[0], "wrong")
    assert refusal.value.status == 401


def test_the_sdk_reads_a_transcript_url(sdk: Any, client: Any, simulator_url: str) -> None:
    found = sdk.SpeechTextAnalyticsApi(client).get_speechandtextanalytics_conversation_communication_transcripturl(
        CALL, communication_of(CALL)
    )
    assert found.url.startswith(f"{simulator_url}/files/{CALL}/")


def test_the_sdk_reads_the_transcript_urls_of_all_recordings(sdk: Any, client: Any) -> None:
    found = sdk.SpeechTextAnalyticsApi(client).get_speechandtextanalytics_conversation_communication_transcripturls(
        CALL, communication_of(CALL)
    )
    assert found.conversation.id == CALL
    assert found.communication_id == communication_of(CALL)
    assert [one.recording.id for one in found.urls] == [communication_of(CALL)]
    assert "X-Amz-Signature" in found.urls[0].url


def test_the_sdk_reads_conversation_details(sdk: Any, client: Any) -> None:
    found = sdk.ConversationsApi(client).get_analytics_conversation_details(CALL)
    assert found.conversation_id == CALL
    sessions = {one.session_id: one for participant in found.participants for one in participant.sessions}
    assert {name: (one.media_type, one.recording) for name, one in sessions.items()} == {
        communication_of(CALL): ("voice", True),
        f"{CALL}-ivr": ("voice", False),
    }


def test_the_sdk_understands_an_error_body(sdk: Any, client: Any) -> None:
    with pytest.raises(sdk.rest.ApiException) as refusal:
        sdk.SpeechTextAnalyticsApi(client).get_speechandtextanalytics_conversation_communication_transcripturl(
            "no-such-call", "no-such-session"
        )
    body, headers = orjson.loads(refusal.value.body), refusal.value.headers
    assert refusal.value.status == body["status"] == 404
    assert body["code"] == "not.found"
    assert body["message"]
    assert (body["details"], body["errors"]) == ([], [])
    assert body["contextId"] == headers["ININ-Correlation-Id"]
    assert headers["inin-ratelimit-allowed"] == "1000000"
    assert {"inin-ratelimit-count", "inin-ratelimit-reset", "X-RateLimit-Remaining"} <= set(headers)


def test_the_sdk_is_refused_with_a_token_that_is_not_known(sdk: Any, client: Any) -> None:
    stranger = sdk.api_client.ApiClient()
    stranger.access_token = "made-up"
    with pytest.raises(sdk.rest.ApiException) as refusal:
        sdk.ConversationsApi(stranger).get_analytics_conversation_details(CALL)
    assert refusal.value.status == 401
    assert orjson.loads(refusal.value.body)["code"] == "authentication.required"


class Caller:
    """Asks a simulator with a token of its own."""

    def __init__(self, simulator: Simulator, session: aiohttp.ClientSession) -> None:
        self.simulator = simulator
        self._session = session
        self._token = ""

    async def log_in(self, client: tuple[str, str] = DEFAULT_CLIENT) -> int:
        """Get a token."""
        headers = {"Authorization": aiohttp.encode_basic_auth(*client)}
        async with self._session.post(
            f"{self.simulator.url}/oauth/token", data={"grant_type": "client_credentials"}, headers=headers
        ) as response:
            self._token = (await response.json()).get("access_token", "")
            return response.status

    async def ask(
        self, path: str, *, method: str = "GET", json: Any = None, authorized: bool | None = None
    ) -> tuple[int, bytes, Any]:
        """Ask for a path of the simulator or a whole URL; presigned links and the admin side get no token."""
        url = path if path.startswith("http") else f"{self.simulator.url}{path}"
        if authorized is None:
            authorized = path.startswith("/api")
        headers = {"Authorization": f"Bearer {self._token}"} if authorized else {}
        async with self._session.request(method, url, json=json, headers=headers) as response:
            return response.status, await response.read(), response.headers

    async def fault(self, **fault: Any) -> None:
        """Put a fault in force."""
        status, body, _ = await self.ask("/admin/faults", method="POST", json=fault)
        assert status == 200, body

    async def link(self, call: str = CALL) -> str:
        """Ask for a presigned link."""
        status, body, _ = await self.ask(LINK.format(call=call, session=communication_of(call)))
        assert status == 200, body
        return str(orjson.loads(body)["url"])


LINK = "/api/v2/speechandtextanalytics/conversations/{call}/communications/{session}/transcripturl"
JOB = f"/api/v2/quality/transcriptions/{CALL}"


@pytest.fixture
async def caller(request: pytest.FixtureRequest) -> AsyncIterator[Caller]:
    config = getattr(request, "param", SimulatorConfig())
    async with Simulator(config) as simulator, aiohttp.ClientSession() as session:
        made = Caller(simulator, session)
        assert await made.log_in() == 200
        yield made


async def test_a_presigned_link_gives_the_file_with_every_planted_number(caller: Caller) -> None:
    status, body, _ = await caller.ask(await caller.link())
    assert status == 200
    assert [trace for trace in patterns(generate(5, 1)) if trace not in body] == []


async def test_a_presigned_link_is_refused_with_a_bearer_token_or_after_a_change(caller: Caller) -> None:
    link = await caller.link()
    assert (await caller.ask(link, authorized=True))[0] == 400
    assert (await caller.ask(link[:-1] + ("0" if link[-1] != "0" else "1")))[0] == 403
    assert (await caller.ask(link.replace(CALL, "gen-5-2")))[0] == 403
    assert (await caller.ask(link.split("?")[0]))[0] == 403
    assert caller.simulator.stats.authorization_on_files == 1


async def test_a_presigned_link_expires(caller: Caller) -> None:
    await caller.fault(id=CALL, operation="link", expire_links=True)
    assert (await caller.ask(await caller.link()))[0] == 403
    assert (await caller.ask(await caller.link()))[0] == 200


@pytest.mark.parametrize(
    "caller",
    [SimulatorConfig(limit_per_minute=2, clients=(("a", "b"), DEFAULT_CLIENT))],
    indirect=True,
)
async def test_the_third_request_of_two_is_a_429_and_another_client_has_a_quota_of_its_own(caller: Caller) -> None:
    answers = [await caller.ask(JOB) for _ in range(3)]
    assert [status for status, _, _ in answers] == [200, 200, 429]
    assert [headers["X-RateLimit-Remaining"] for _, _, headers in answers] == ["1", "0", "0"]
    assert 0 < int(answers[2][2]["Retry-After"]) <= 60
    assert orjson.loads(answers[2][1])["code"] == "too.many.requests"
    await caller.log_in(("a", "b"))
    assert (await caller.ask(JOB))[0] == 200
    _, body, _ = await caller.ask("/admin/stats")
    stats = orjson.loads(body)
    assert stats["most_per_minute_by_client"] == {"simulated-client": 3, "a": 1}
    assert stats["token_requests"] == {"simulated-client": 1, "a": 1}
    assert (stats["most_per_minute"], stats["fetches"], stats["statuses"]) == (4, {CALL: 3}, {"200": 3, "429": 1})


@pytest.mark.parametrize("caller", [SimulatorConfig(token_seconds=0.0)], indirect=True)
async def test_an_expired_token_is_refused(caller: Caller) -> None:
    assert (await caller.ask(JOB))[0] == 401


async def test_a_job_goes_from_queued_to_its_utterances(caller: Caller) -> None:
    job = {"mediaId": "m-1", "language": "en-US", "profanityFilter": "on", "diarization": True}
    path = "/api/v2/quality/transcriptions"
    status, body, _ = await caller.ask(path, method="POST", json=job)
    assert status == 400
    assert orjson.loads(body)["details"][0]["fieldName"] == "languageModel"
    job |= {"languageModel": "default", "customVocabularyIds": []}
    status, body, _ = await caller.ask(path, method="POST", json=job)
    submitted = orjson.loads(body)
    assert (status, submitted["status"]) == (200, "queued")
    await caller.fault(id=submitted["id"], statuses=["queued", "processing", "completed"])
    seen = [orjson.loads((await caller.ask(f"{path}/{submitted['id']}"))[1]) for _ in range(3)]
    assert [one["status"] for one in seen] == ["queued", "processing", "completed"]
    assert len(seen[2]["utterances"]) == 30


@pytest.mark.parametrize(
    ("fault", "status", "retry_after"),
    [
        ({"status": 429, "retry_after": 3}, 429, "3"),
        ({"status": 429}, 429, None),
        ({"status": 503}, 503, None),
        ({"unknown": True}, 404, None),
        ({"expire_tokens": True}, 401, None),
    ],
)
async def test_a_fault_answers_with_its_status(
    caller: Caller, fault: dict[str, Any], status: int, retry_after: str | None
) -> None:
    await caller.fault(id=CALL, **fault)
    found, body, headers = await caller.ask(JOB)
    assert (found, orjson.loads(body)["status"], headers.get("Retry-After")) == (status, status, retry_after)
    await caller.ask("/admin/faults", method="DELETE")
    await caller.log_in()
    assert (await caller.ask(JOB))[0] == 200


@pytest.mark.parametrize(
    ("cut", "error"),
    [("connection", aiohttp.ClientConnectionError), ("body", aiohttp.ClientPayloadError)],
)
async def test_a_cut_is_seen_as_what_it_is(caller: Caller, cut: str, error: type[Exception]) -> None:
    # The client of aiohttp tries a GET on a kept connection once more by itself, so the cut happens twice.
    await caller.fault(id=CALL, cut=cut, times=2)
    with pytest.raises(error):
        await caller.ask(JOB)
    await caller.ask("/admin/faults", method="DELETE")
    assert (await caller.ask(JOB))[0] == 200


async def test_the_admin_side_names_an_unknown_field(caller: Caller) -> None:
    for path, body in (("/admin/faults", {"sttus": 500}), ("/admin/calls", {"coumt": 1})):
        status, answer, _ = await caller.ask(path, method="POST", json=body)
        assert status == 400
        assert next(iter(body)).encode() in answer


async def test_calls_are_added_by_content_and_by_seed(caller: Caller) -> None:
    turn = {"speaker": "agent", "text": "my own words", "start_ms": 1_714_557_600_000, "duration_ms": 900}
    assert (await caller.ask("/admin/calls", method="POST", json={"calls": [{"id": "own", "turns": [turn]}]}))[0] == 200
    more = {"seed": 9, "count": 2, "utterances": 60, "target_bytes": 27_000, "uuids": True}
    ids = orjson.loads((await caller.ask("/admin/calls", method="POST", json=more))[1])["ids"]
    assert b"my own words" in (await caller.ask("/api/v2/quality/transcriptions/own"))[1]
    assert b"my own words" in (await caller.ask(await caller.link("own")))[1]
    assert len((await caller.ask(f"/api/v2/quality/transcriptions/{ids[0]}"))[1]) == pytest.approx(27_000, rel=0.05)
    listed = orjson.loads((await caller.ask("/admin/calls"))[1])
    assert {"own", *ids, "07dd22b700514bfd"} <= set(listed)
    assert listed[ids[0]]["utterances"] == 60
    assert set(listed[ids[0]]["planted"][0]) == {"kind", "digits", "written", "utterance"}


async def test_the_sender_retries_a_503_and_counts_what_became_of_each(unused_tcp_port: int) -> None:
    answers = iter([503, 503, 202, 200, 401, 503, 503, 503])

    async def edge(request: aiohttp.web.BaseRequest) -> aiohttp.web.Response:
        return aiohttp.web.Response(status=next(answers))

    runner = aiohttp.web.ServerRunner(aiohttp.web.Server(edge))
    await runner.setup()
    await aiohttp.web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    try:
        url = f"http://127.0.0.1:{unused_tcp_port}"
        found = []
        for call in ("a", "b", "c", "d"):  # one after the other, so that the answers are each one's own
            batch = deliveries([call], scheme="webhook", secret="s", api_key="k", time_ms=0)
            found.append(await send(url, batch, retry_seconds=0.0, retries=2))
    finally:
        await runner.cleanup()
    assert [(len(one.accepted), one.ignored, one.refused, one.given_up) for one in found] == [
        (1, 0, 0, 0),
        (0, 1, 0, 0),
        (0, 0, 1, 0),
        (0, 0, 0, 1),
    ]
    assert dict(found[0].statuses) == {503: 2, 202: 1}


async def test_the_bench_mode_serves_both_contracts(tmp_path: Path) -> None:
    serving = served(tmp_path / "url", "--bench", "--latency-ms", "20")
    url = await asyncio.to_thread(next, serving)
    try:
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{url}/oauth/token", data={"grant_type": "client_credentials"}) as response:
                assert (await response.json())["access_token"]
            started = time.monotonic()
            async with session.get(f"{url}/api/v2/quality/transcriptions/any-id") as response:
                body = await response.read()
            assert time.monotonic() - started >= 0.02
            async with session.get(url + LINK.format(call="any-id", session="m")) as response:
                link = (await response.json())["url"]
            async with session.get(link) as response:
                file = await response.json()
            async with session.get(f"{url}/admin/stats") as response:
                counted = (await response.json())["requests"]
    finally:
        await asyncio.to_thread(serving.close)
    assert len(body) == pytest.approx(27_000, rel=0.05)
    assert orjson.loads(body)["id"] == "any-id"
    assert (file["conversationId"], len(file["transcripts"])) == ("any-id", 2)
    assert counted == {"token": 1, "transcript": 1, "link": 1, "file": 1}
