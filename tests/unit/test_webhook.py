"""What a delivery means to the edge: proof of origin over the raw bytes before anything else, then an event, nothing, or a field."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from multidict import CIMultiDict

from common.events import Contract
from producer.authenticity import Credentials
from producer.webhook import Accepted, Ignored, Refused, Verdict, judge_event, judge_transcription

SECRET, OLD, KEY = b"s" * 32, b"o" * 32, b"k" * 32
BOTH = Credentials(webhook_secrets=(OLD, SECRET), api_keys=(KEY, b"another" * 4))
JSON = {"Content-Type": "application/json"}
HOOK = orjson.dumps({"transcriptionId": "t-1", "type": "quality.transcription.completed"})
NOW_MS = 1_767_225_600_000


def signed(body: bytes, **headers: str) -> CIMultiDict[str]:
    signature = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    return CIMultiDict(JSON | {"X-Genesys-Signature": signature} | headers)


def eventbridge(status: Any, *, topic: str = "v2.conversations.{id}.transcription", **ids: Any) -> dict[str, Any]:
    inner = {
        "conversationId": "c-1",
        "communicationId": "m-1",
        "eventTime": "2026-01-01T00:00:00Z",
        "transcripts": [{"alternatives": [{"transcript": "my card is 4111 1111 1111 1111"}]}],
        "status": status,
    }
    return {
        "version": "0",
        "id": "eb-1",
        "detail-type": topic,
        "source": "aws.partner/genesys.com/cloud/org-1/suffix",
        "time": "2026-01-01T00:00:05Z",
        "detail": {"eventBody": inner | ids, "timestamp": "2026-01-01T00:00:04Z"},
    }


def judge(value: Any, **headers: str) -> Verdict:
    body = value if isinstance(value, bytes) else orjson.dumps(value)
    return judge_event(signed(body, **headers), body, BOTH, now_ms=NOW_MS)


def digest(secret: bytes = SECRET) -> bytes:
    return hmac.new(secret, HOOK, hashlib.sha256).digest()


PROOFS: list[tuple[dict[str, str], str | None]] = [
    ({"X-Genesys-Signature": digest().hex()}, None),
    ({"X-Genesys-Signature": digest().hex().upper()}, None),
    ({"X-Genesys-Signature": digest(OLD).hex()}, None),
    ({"X-Hub-Signature-256": "sha256=" + base64.b64encode(digest()).decode()}, None),
    ({"X-Hub-Signature-256": "sha256=" + digest(OLD).hex()}, None),
    ({"X-Api-Key": KEY.decode()}, None),
    ({"X-Genesys-Signature": digest(KEY).hex()}, "signature_mismatch"),
    ({"X-Genesys-Signature": ""}, "signature_malformed"),
    ({"X-Genesys-Signature": " ".join(digest().hex()[::2])[:64]}, "signature_malformed"),
    ({"X-Genesys-Signature": base64.b64encode(digest()).decode()}, "signature_malformed"),
    ({"X-Hub-Signature-256": "sha1=" + digest().hex()}, "signature_malformed"),
    ({"X-Hub-Signature-256": digest().hex()}, "signature_malformed"),
    ({"X-Api-Key": SECRET.decode()}, "api_key_mismatch"),
    ({"X-Api-Key": "\udcff"}, "api_key_mismatch"),
    ({"X-Api-Key": KEY.decode(), "X-Genesys-Signature": "0" * 64}, "signature_mismatch"),
    ({}, "unsigned"),
]


@pytest.mark.parametrize(("headers", "problem"), PROOFS)
def test_a_delivery_has_to_prove_where_it_comes_from(headers: dict[str, str], problem: str | None) -> None:
    verdict = judge_transcription(CIMultiDict(JSON | headers), HOOK, BOTH, now_ms=NOW_MS)
    assert verdict == Refused(401, problem) if problem else isinstance(verdict, Accepted)


def test_the_proof_is_over_the_bytes_and_not_over_what_they_mean() -> None:
    assert judge_transcription(signed(HOOK), HOOK + b" ", BOTH, now_ms=NOW_MS) == Refused(401, "signature_mismatch")


def test_rubbish_without_proof_is_not_even_looked_at() -> None:
    assert judge_event(CIMultiDict(), b"[" * 100_000, BOTH, now_ms=NOW_MS) == Refused(401, "unsigned")


def test_without_any_secret_nothing_is_believed_unless_a_setting_says_so() -> None:
    closed, opened = (Credentials(webhook_secrets=(), api_keys=(), allow_unsigned=flag) for flag in (False, True))
    assert judge_transcription(CIMultiDict(JSON), HOOK, closed, now_ms=NOW_MS) == Refused(401, "unsigned")
    assert isinstance(judge_transcription(CIMultiDict(JSON), HOOK, opened, now_ms=NOW_MS), Accepted)


def test_an_event_holds_ids_and_times_and_no_word_of_the_call() -> None:
    verdict = judge(eventbridge({"offsetMs": 5, "status": "SESSION_ENDED"}), traceparent=f"00-{'a' * 32}-{'b' * 16}-01")
    assert isinstance(verdict, Accepted)
    event = verdict.event
    assert (event.contract, event.key, event.event_id) == (Contract.SPEECH, "c-1:m-1", "eb-1")
    assert (event.organization_id, event.occurred_at_ms, event.received_at_ms) == ("org-1", 1_767_225_600_000, NOW_MS)
    assert verdict.traceparent == f"00-{'a' * 32}-{'b' * 16}-01".encode()
    assert "4111" not in repr(verdict)


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (eventbridge({"status": "SESSION_ENDED"}, communicationId=None), "c-1"),
        (eventbridge("SESSION_ENDED", topic="v2.conversations.c-1.transcription"), "c-1:m-1"),
        (eventbridge(None, topic="v2.detail.events.conversation.{id}.customer.end"), "c-1"),
        (eventbridge(None, topic="v2.detail.events.conversation.c-1.wrapup"), "c-1"),
        ({"conversationId": "c-1", "communicationId": "m-1"}, "c-1:m-1"),
        ({"conversationId": "c-1"}, "c-1"),
    ],
)
def test_every_form_of_a_platform_event_names_its_transcript(value: dict[str, Any], key: str) -> None:
    verdict = judge(value)
    assert isinstance(verdict, Accepted)
    assert verdict.event.key == key


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (eventbridge({"status": "SESSION_ONGOING"}), "session_ongoing"),
        (eventbridge({"status": "SOMETHING_NEW"}), "other_status"),
        (eventbridge({"status": "SESSION_ENDED"}, topic="v2.users.{id}.presence"), "other_topic"),
        ({"detail-type": "v2.users.{id}.presence"}, "other_topic"),
    ],
)
def test_what_needs_nothing_is_ignored_and_not_refused(value: dict[str, Any], reason: str) -> None:
    assert judge(value) == Ignored(reason)


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({}, "conversationId"),
        ({"conversationId": 5}, "conversationId"),
        ({"conversationId": "a/b"}, "conversationId"),
        ({"conversationId": "c\n"}, "conversationId"),
        ({"conversationId": "c" * 65}, "conversationId"),
        ({"conversationId": "c", "communicationId": "415 555 0132"}, "communicationId"),
        ({"conversationId": "c", "communicationId": ""}, "communicationId"),
        (eventbridge(None), "detail.eventBody.status.status"),
        (eventbridge("SESSION_ENDED", conversationId=None), "detail.eventBody.conversationId"),
        (eventbridge("SESSION_ENDED", communicationId="../x"), "detail.eventBody.communicationId"),
        ({"detail-type": "v2.conversations.{id}.transcription"}, "detail.eventBody"),
        (b"null", "body"),
        (b"{", "body"),
        (b"\xff", "body"),
        (b'{"conversationId":"c","more":' + b"[" * 100_000, "body"),
    ],
)
def test_what_cannot_be_an_event_is_refused_by_field_and_never_quoted(value: Any, field: str) -> None:
    verdict = judge(value)
    assert isinstance(verdict, Refused)
    assert (verdict.status, verdict.field) == (400, field)
    assert "415" not in verdict.problem


@pytest.mark.parametrize(
    ("headers", "field"),
    [
        ({"Content-Type": "text/plain"}, "Content-Type"),
        ({"Content-Type": ""}, "Content-Type"),
        ({"Content-Encoding": "gzip"}, "Content-Encoding"),
    ],
)
def test_a_body_of_another_kind_is_a_415(headers: dict[str, str], field: str) -> None:
    verdict = judge({"conversationId": "c"}, **headers)
    assert isinstance(verdict, Refused)
    assert (verdict.status, verdict.field) == (415, field)


@pytest.mark.parametrize(
    "make", [lambda: eventbridge({"status": "SESSION_ENDED"}) | {"id": "not an id"}, lambda: {"conversationId": "c-1"}]
)
def test_a_second_delivery_has_the_same_event_id_where_the_source_gave_none(make: Callable[[], dict[str, Any]]) -> None:
    first, second = judge(make()), judge(make())
    assert isinstance(first, Accepted)
    assert isinstance(second, Accepted)
    assert first.event.event_id == second.event.event_id
    assert len(first.event.event_id) == 64


@pytest.mark.parametrize(
    ("moment", "occurred"),
    [
        ("2026-01-01T05:30:00+05:30", 1_767_225_600_000),
        ("2026-01-01T00:00:00Z", 1_767_225_600_000),
        ("2026-01-01T00:00:00", 1_767_225_600_000),
        (1_767_225_600_000, 1_767_225_600_000),
        ("1767225600000", 1_767_225_600_000),
        ("yesterday", None),
        (-5, None),
        (None, None),
    ],
)
def test_a_time_is_a_hint_and_never_refuses_an_event(moment: Any, occurred: int | None) -> None:
    body = orjson.dumps({"transcriptionId": "t-1", "type": "quality.transcription.completed", "timestamp": moment})
    verdict = judge_transcription(signed(body), body, BOTH, now_ms=NOW_MS)
    assert isinstance(verdict, Accepted)
    assert verdict.event.occurred_at_ms == occurred


def test_another_type_than_a_completed_transcription_is_a_400() -> None:
    body = orjson.dumps({"transcriptionId": "t-1", "type": "quality.transcription.started"})
    assert judge_transcription(signed(body), body, BOTH, now_ms=NOW_MS) == Refused(
        400, "must be quality.transcription.completed", "type"
    )
