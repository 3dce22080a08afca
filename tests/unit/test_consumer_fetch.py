"""Whatever Genesys answers comes back as one kind of value, and that kind decides what becomes of the record."""

from dataclasses import dataclass, field
from typing import Any, cast

import orjson
import pytest

from common.events import TranscriptEvent
from common.genesys.client import Answer, GenesysClient, Result, TooLarge, Unauthorized, Unreachable
from consumer.fetch import (
    FailedAtSource,
    Fetched,
    Fetcher,
    NotReady,
    Refused,
    Rejected,
    Sessions,
    Unavailable,
)
from consumer.presigned import FileDownloader, ForbiddenUrlError
from consumer.transcript import Transcript
from tests.unit.fakes import quality_event, speech_event

CAP = 1000
SECRET_URL = "https://bucket.s3.amazonaws.com/x?X-Amz-Signature=4111"
FILE = orjson.dumps({"transcripts": [{"phrases": [{"text": "hello", "startTimeMs": 1}]}]})
NESTED = b'{"x":' + b"[" * 100_000
NOT_JSON = (b"<html>", b"", b"[]", b'{"url":"\xff"}', NESTED)
EVENTS = {
    "quality": quality_event(),
    "speech": speech_event(),
    "conversation": speech_event(communication_id=None),
}


@dataclass
class FakeGenesys:
    """The authenticated client: one answer for every path."""

    answer: Result
    asked: list[tuple[str, int]] = field(default_factory=list)

    async def get(self, path: str, *, cap_bytes: int) -> Result:
        """Answer."""
        self.asked.append((path, cap_bytes))
        return self.answer


@dataclass
class FakeFiles:
    """The downloader: an answer for each URL, in the order of asking; the last repeats."""

    answers: list[Result | ForbiddenUrlError]
    asked: list[str] = field(default_factory=list)

    async def get(self, presigned: str) -> Result:
        """Answer."""
        self.asked.append(presigned)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, ForbiddenUrlError):
            raise answer
        return answer


async def fetch(
    event: TranscriptEvent, answer: Result, *files: Result | ForbiddenUrlError
) -> tuple[Fetched, FakeGenesys, FakeFiles]:
    genesys, downloads = FakeGenesys(answer), FakeFiles(list(files))
    # The fetcher calls one method of each, which the fakes have.
    fetcher = Fetcher(cast(GenesysClient, genesys), cast(FileDownloader, downloads), max_file_bytes=CAP)
    return await fetcher.fetch(event), genesys, downloads


def links(*urls: object) -> Answer:
    return Answer(200, orjson.dumps({"urls": [{"recording": {"id": "r"}, "url": url} for url in urls]}))


def details(*sessions: object) -> Answer:
    return Answer(200, orjson.dumps({"participants": [{"sessions": [one]} for one in sessions]}))


@pytest.mark.parametrize(
    ("result", "kind"),
    [
        (Unreachable("timeout"), Unavailable("timeout", outage=True)),
        (Unauthorized("check the client"), Refused("check the client")),
        (TooLarge(5), Rejected("file_too_large")),
        (Answer(429, b"", 3.0), Unavailable("throttled", throttled=True)),
        (Answer(403, b""), Unavailable("status_403")),
        (Answer(408, b""), Unavailable("status_408")),
        (Answer(425, b""), Unavailable("status_425")),
        (Answer(500, b""), Unavailable("status_500")),
        (Answer(502, b""), Unavailable("status_502", outage=True)),
        (Answer(503, b""), Unavailable("status_503", outage=True)),
        (Answer(504, b""), Unavailable("status_504", outage=True)),
        (Answer(400, b""), Rejected("status_400")),
        (Answer(410, b""), Rejected("status_410")),
        (Answer(302, b""), Rejected("status_302")),
        (Answer(204, b""), Rejected("status_204")),
    ],
)
@pytest.mark.parametrize("contract", EVENTS)
async def test_trouble_is_of_the_same_kind_under_every_contract(result: Result, kind: Fetched, contract: str) -> None:
    fetched, _, files = await fetch(EVENTS[contract], result, Answer(200, FILE))
    assert fetched == kind
    assert files.asked == []


@pytest.mark.parametrize(
    ("contract", "kind"),
    [
        ("quality", Rejected("unknown_transcription")),
        ("speech", NotReady("no_transcript_url")),
        ("conversation", NotReady("no_conversation_details")),
    ],
)
async def test_a_404_means_what_the_contract_says(contract: str, kind: Fetched) -> None:
    assert (await fetch(EVENTS[contract], Answer(404, b"")))[0] == kind


@pytest.mark.parametrize(
    ("contract", "path"),
    [
        ("quality", "/api/v2/quality/transcriptions/t-1"),
        ("speech", "/api/v2/speechandtextanalytics/conversations/c-1/communications/m-1/transcripturls"),
        ("conversation", "/api/v2/analytics/conversations/c-1/details"),
    ],
)
async def test_each_contract_has_its_path(contract: str, path: str) -> None:
    _, genesys, _ = await fetch(EVENTS[contract], Answer(404, b""))
    assert [asked for asked, _ in genesys.asked] == [path]


async def test_a_completed_transcription_is_a_transcript_read_under_the_file_cap() -> None:
    body = orjson.dumps({"status": "completed", "utterances": [{"text": "hello"}]})
    fetched, genesys, _ = await fetch(EVENTS["quality"], Answer(200, body))
    assert isinstance(fetched, Transcript)
    assert [one.text for one in fetched.utterances] == ["hello"]
    assert genesys.asked[0][1] == CAP


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("queued", NotReady("status_queued")),
        ("processing", NotReady("status_processing")),
        ("failed", FailedAtSource("failed_at_source")),
        ("4111 1111", NotReady("status_unknown")),
    ],
)
async def test_a_job_without_a_transcript_says_whether_one_may_come(status: str, kind: Fetched) -> None:
    assert (await fetch(EVENTS["quality"], Answer(200, orjson.dumps({"status": status}))))[0] == kind


@pytest.mark.parametrize("body", [*NOT_JSON[:3], NESTED])
async def test_a_transcription_that_cannot_be_read_is_rejected(body: bytes) -> None:
    assert (await fetch(EVENTS["quality"], Answer(200, body)))[0] == Rejected("unreadable_transcript")


@pytest.mark.parametrize("contract", ["speech", "conversation"])
@pytest.mark.parametrize("body", [*NOT_JSON[:2], b"5", NESTED, b'{"urls":5,"participants":5}'])
async def test_a_small_answer_that_cannot_be_read_is_asked_for_again(contract: str, body: bytes) -> None:
    assert (await fetch(EVENTS[contract], Answer(200, body)))[0] == Unavailable("unreadable_answer")


@pytest.mark.parametrize(
    ("contract", "body"),
    [("speech", b'{"url":"\xff"}'), ("conversation", b'{"participants":[{"sessions":[{"sessionId":"\xff"}]}]}')],
)
async def test_a_small_answer_with_a_broken_byte_is_asked_for_again(contract: str, body: bytes) -> None:
    assert (await fetch(EVENTS[contract], Answer(200, body)))[0] == Unavailable("unreadable_answer")


async def test_one_link_is_followed() -> None:
    fetched, _, files = await fetch(EVENTS["speech"], links(SECRET_URL), Answer(200, FILE))
    assert isinstance(fetched, Transcript)
    assert files.asked == [SECRET_URL]


async def test_the_older_form_with_a_single_link_is_understood() -> None:
    answer = Answer(200, orjson.dumps({"url": SECRET_URL}))
    fetched, _, files = await fetch(EVENTS["speech"], answer, Answer(200, FILE))
    assert isinstance(fetched, Transcript)
    assert files.asked == [SECRET_URL]


async def test_several_links_become_one_transcript_in_time_order() -> None:
    def file(start: int, text: str) -> Answer:
        body = orjson.dumps({"transcripts": [{"phrases": [{"text": text, "startTimeMs": start}]}]})
        return Answer(200, body)

    fetched, _, files = await fetch(EVENTS["speech"], links("u1", "u2"), file(2000, "later"), file(1000, "earlier"))
    assert isinstance(fetched, Transcript)
    assert [one.text for one in fetched.utterances] == ["earlier", "later"]
    assert files.asked == ["u1", "u2"]


@pytest.mark.parametrize("body", [b"{}", b'{"urls":[]}', b'{"urls":null}', b'{"urls":[{}]}', b'{"url":""}'])
async def test_an_answer_without_a_link_is_not_ready(body: bytes) -> None:
    fetched, _, files = await fetch(EVENTS["speech"], Answer(200, body), Answer(200, FILE))
    assert fetched == NotReady("no_transcript_url")
    assert files.asked == []


@pytest.mark.parametrize(
    ("result", "kind"),
    [
        (Answer(403, b""), Unavailable("file_link_expired")),
        (Answer(404, b""), Unavailable("file_link_expired")),
        (Answer(503, b""), Unavailable("status_503", outage=True)),
        (Answer(302, b""), Rejected("status_302")),
        (Unreachable("file: timeout"), Unavailable("file: timeout", outage=True)),
        (TooLarge(CAP), Rejected("file_too_large")),
        (ForbiddenUrlError("file_host_not_allowed"), Rejected("file_host_not_allowed")),
    ],
)
async def test_trouble_with_a_file_says_whether_another_link_can_help(
    result: Result | ForbiddenUrlError, kind: Fetched
) -> None:
    assert (await fetch(EVENTS["speech"], links(SECRET_URL), result))[0] == kind


async def test_a_busy_file_host_costs_attempts_because_the_apis_rate_budget_knows_nothing_of_it() -> None:
    fetched, _, _ = await fetch(EVENTS["speech"], links(SECRET_URL), Answer(429, b""))
    assert isinstance(fetched, Unavailable)
    assert not fetched.throttled


async def test_files_are_not_fetched_on_after_one_failed() -> None:
    fetched, _, files = await fetch(EVENTS["speech"], links("u1", "u2", "u3"), Answer(200, FILE), Answer(500, b""))
    assert fetched == Unavailable("status_500")
    assert files.asked == ["u1", "u2"]


async def test_the_cap_counts_all_files_of_a_communication() -> None:
    fat = orjson.dumps({"transcripts": [], "uri": "x" * 380})
    fetched, _, files = await fetch(EVENTS["speech"], links(*"abcdef"), Answer(200, fat))
    assert fetched == Rejected("file_too_large")
    assert len(files.asked) == 3


async def test_a_file_that_cannot_be_read_is_rejected() -> None:
    assert (await fetch(EVENTS["speech"], links(SECRET_URL), Answer(200, b"<xml/>")))[0] == Rejected(
        "unreadable_transcript"
    )


def session(name: object, medium: object = "voice", **more: Any) -> dict[str, Any]:
    return {"sessionId": name, "mediaType": medium, **more}


@pytest.mark.parametrize(
    ("sessions", "found"),
    [
        ([session("a")], ("a",)),
        ([session("a"), session("b", recording=True)], ("b",)),
        ([session("a", recording=False), session("b")], ("b",)),
        ([session("a", recording=True), session("b", recording=True)], ("a", "b")),
        ([session("a"), session("a")], ("a",)),
        ([session("a", medium) for medium in ("voice", "callback", "chat", "email", "message")], ("a",)),
        ([session("a", "cobrowse"), session("b")], ("b",)),
        ([session("a", "screenshare", recording=True), session("b")], ("b",)),
        ([session("../../x"), session("4111 1111"), session(""), session(None), session("b")], ("b",)),
    ],
)
async def test_the_recorded_sessions_of_a_conversation_are_found(
    sessions: list[dict[str, Any]], found: tuple[str, ...]
) -> None:
    assert (await fetch(EVENTS["conversation"], details(*sessions)))[0] == Sessions(found)


@pytest.mark.parametrize("sessions", [[], [session("a", recording=False)], [session("a", "screenshare")], [{}]])
async def test_a_conversation_without_a_recorded_session_is_not_ready(sessions: list[dict[str, Any]]) -> None:
    assert (await fetch(EVENTS["conversation"], details(*sessions)))[0] == NotReady("no_recorded_session")


@pytest.mark.parametrize("body", [b"{}", b'{"participants":null}', b'{"participants":[{"sessions":null}]}'])
async def test_details_without_participants_are_not_ready(body: bytes) -> None:
    assert (await fetch(EVENTS["conversation"], Answer(200, body)))[0] == NotReady("no_recorded_session")


async def test_every_body_of_a_transcript_is_reported_when_it_is_read() -> None:
    for event, answer, expected in (
        (EVENTS["speech"], links("https://a.s3.amazonaws.com/1", "https://a.s3.amazonaws.com/2"), [len(FILE)] * 2),
        (EVENTS["quality"], Answer(200, b'{"status": "queued"}'), [20]),
        (EVENTS["quality"], Answer(503, b"down"), []),
    ):
        received: list[int] = []
        files = FakeFiles([Answer(200, FILE)])
        fetcher = Fetcher(cast(GenesysClient, FakeGenesys(answer)), cast(FileDownloader, files), max_file_bytes=CAP)
        await fetcher.fetch(event, received.append)
        assert received == expected
