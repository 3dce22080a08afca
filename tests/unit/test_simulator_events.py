"""Signed deliveries: each scheme signs the raw bytes as its document says, and the sender stays on this machine."""

import base64
import hashlib
import hmac

import orjson
import pytest

from tests.simulator.events import (
    PARTIAL_TEXT,
    SCHEMES,
    conversation_end,
    eventbridge,
    sign_genesys,
    sign_hub,
    trigger,
    webhook,
)
from tests.simulator.sender import Sent, deliveries, loopback, one_delivery

SECRET = "a-secret"
KEY = "a-key"
TIME_MS = 1_714_557_600_000


def digest(body: bytes) -> bytes:
    return hmac.new(SECRET.encode(), body, hashlib.sha256).digest()


def test_the_signature_is_hmac_sha256_as_rfc_4231_says() -> None:
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    body = b"what do ya want for nothing?"
    assert sign_genesys(body, secret="Jefe") == {"X-Genesys-Signature": expected}
    assert sign_hub(body, secret="Jefe", encoding="hex") == {"X-Hub-Signature-256": f"sha256={expected}"}
    in_base64 = base64.b64encode(bytes.fromhex(expected)).decode()
    assert sign_hub(body, secret="Jefe") == {"X-Hub-Signature-256": f"sha256={in_base64}"}


def test_the_webhook_is_signed_over_its_raw_body() -> None:
    made = webhook("t-1", secret=SECRET)
    assert made.path == "/webhook/transcription"
    assert orjson.loads(made.body) == {"transcriptionId": "t-1", "type": "quality.transcription.completed"}
    assert made.headers["X-Genesys-Signature"] == digest(made.body).hex()


def test_a_trigger_is_signed_in_each_of_its_ways() -> None:
    hub, hexed = (trigger("c-1", "m-1", secret=SECRET, encoding=one) for one in ("base64", "hex"))
    genesys = trigger("c-1", None, secret=SECRET, header="genesys")
    assert orjson.loads(hub.body) == {"conversationId": "c-1", "communicationId": "m-1"}
    assert hub.headers["X-Hub-Signature-256"] == "sha256=" + base64.b64encode(digest(hub.body)).decode()
    assert hexed.headers["X-Hub-Signature-256"] == "sha256=" + digest(hexed.body).hex()
    assert orjson.loads(genesys.body) == {"conversationId": "c-1"}
    assert genesys.headers["X-Genesys-Signature"] == digest(genesys.body).hex()


@pytest.mark.parametrize(("ended", "status"), [(True, "SESSION_ENDED"), (False, "SESSION_ONGOING")])
def test_an_eventbridge_event_has_the_envelope_and_the_partial_text(ended: bool, status: str) -> None:
    made = eventbridge(
        "c-1", "m-1", api_key=KEY, event_id="e-1", time_ms=TIME_MS, ended=ended, partial_text=PARTIAL_TEXT
    )
    event = orjson.loads(made.body)
    assert made.headers["X-Api-Key"] == KEY
    assert (event["id"], event["time"]) == ("e-1", "2024-05-01T10:00:00Z")
    assert event["detail-type"] == "v2.conversations.{id}.transcription"
    assert event["source"].startswith("aws.partner/genesys.com/cloud/")
    assert event["detail"]["topicName"] == "v2.conversations.c-1.transcription"
    assert event["detail"]["eventBody"]["status"]["status"] == status
    assert PARTIAL_TEXT in made.body.decode()


def test_the_end_of_a_conversation_names_no_session() -> None:
    event = orjson.loads(conversation_end("c-1", api_key=KEY, event_id="e-1", time_ms=TIME_MS).body)
    assert event["detail-type"] == "v2.detail.events.conversation.{id}.customer.end"
    assert event["detail"]["eventBody"]["conversationId"] == "c-1"
    assert "communicationId" not in event["detail"]["eventBody"]


def test_the_sender_takes_all_schemes_by_turns() -> None:
    made = list(deliveries(map(str, range(14)), scheme=None, secret=SECRET, api_key=KEY, time_ms=TIME_MS))
    assert [call for call, _ in made] == [str(number) for number in range(14)]
    assert made[0][1] == one_delivery("0", SCHEMES[0], secret=SECRET, api_key=KEY, time_ms=TIME_MS)
    assert made[0][1].path == made[7][1].path == "/webhook/transcription"
    assert len({one.body for _, one in made}) == 14


@pytest.mark.parametrize(
    "origin", ["http://127.0.0.1:8000/", "http://localhost:1", "http://[::1]:2", "http://127.8.8.8"]
)
def test_the_sender_accepts_this_machine(origin: str) -> None:
    assert loopback(origin) == origin.rstrip("/")


@pytest.mark.parametrize(
    "origin", ["http://example.com", "http://10.0.0.1", "http://127.0.0.1.example.com", "edge", ""]
)
def test_the_sender_refuses_any_other_machine(origin: str) -> None:
    with pytest.raises(ValueError, match="on this machine"):
        loopback(origin)


def test_the_summary_says_what_became_of_the_deliveries() -> None:
    sent = Sent(accepted=["a", "b"], ignored=1, refused=3, given_up=4, seconds=[0.001 * one for one in range(1, 101)])
    sent.statuses.update({202: 2, 503: 4})
    expected = (
        "accepted 2, ignored 1, refused 3, given up 4; answers by status {202: 2, 503: 4}; p50 51.0 ms, p99 100.0 ms"
    )
    assert sent.summary() == expected
    assert Sent().percentile(0.5) == 0.0
