"""Signed deliveries as Genesys makes them: body and headers, in every scheme that the edge accepts. Pure."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import orjson

from tests.simulator.formats import ORGANIZATION

JSON = {"Content-Type": "application/json"}
COMPLETED = "quality.transcription.completed"
TRANSCRIPTION = "v2.conversations.{id}.transcription"
CUSTOMER_END = "v2.detail.events.conversation.{id}.customer.end"
# What stands in the partial text of an EventBridge event and must go nowhere.
PARTIAL_TEXT = "my card is 4111 1111 1111 1111 and my social is 536-22-8741 call me at (628) 555-0147"

Encoding = Literal["base64", "hex"]
Scheme = Literal[
    "webhook",
    "eventbridge",
    "trigger-base64",
    "trigger-hex",
    "trigger-genesys",
    "trigger-conversation",
    "conversation-end",
    "eventbridge-ongoing",
]
# Every scheme that ends in a record; the last one above is answered and ignored.
SCHEMES: tuple[Scheme, ...] = (
    "webhook",
    "eventbridge",
    "trigger-base64",
    "trigger-hex",
    "trigger-genesys",
    "trigger-conversation",
    "conversation-end",
)
IGNORED: Scheme = "eventbridge-ongoing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One HTTP request to the edge."""

    path: str
    body: bytes
    headers: dict[str, str]


def sign_genesys(body: bytes, *, secret: str) -> dict[str, str]:
    """Sign with X-Genesys-Signature: hex HMAC-SHA256 over the raw body."""
    return {"X-Genesys-Signature": hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


def sign_hub(body: bytes, *, secret: str, encoding: Encoding = "base64") -> dict[str, str]:
    """Sign with X-Hub-Signature-256: `sha256=` and HMAC-SHA256 over the raw body, base64 as Open Messaging, or hex."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    text = base64.b64encode(digest).decode() if encoding == "base64" else digest.hex()
    return {"X-Hub-Signature-256": f"sha256={text}"}


def sign_api_key(api_key: str) -> dict[str, str]:
    """Show the API key of an EventBridge API destination; the body is not signed."""
    return {"X-Api-Key": api_key}


def webhook(transcription_id: str, *, secret: str, event_type: str = COMPLETED) -> Delivery:
    """Make the tutorial's webhook, signed with X-Genesys-Signature."""
    body = orjson.dumps({"transcriptionId": transcription_id, "type": event_type})
    return Delivery(path="/webhook/transcription", body=body, headers=JSON | sign_genesys(body, secret=secret))


def eventbridge(
    conversation_id: str,
    communication_id: str,
    *,
    api_key: str,
    event_id: str,
    time_ms: int,
    ended: bool = True,
    partial_text: str = "",
) -> Delivery:
    """Make an EventBridge delivery of v2.conversations.{id}.transcription; it carries partial text that must go nowhere."""
    event_body = {
        "eventTime": time_ms,
        "organizationId": ORGANIZATION,
        "conversationId": conversation_id,
        "communicationId": communication_id,
        "sessionStartTimeMs": time_ms - 60_000,
        "transcripts": [{"utteranceId": "u-1", "isFinal": False, "alternatives": [{"transcript": partial_text}]}],
        "status": {"offsetMs": 1000, "status": "SESSION_ENDED" if ended else "SESSION_ONGOING"},
    }
    body = _envelope(TRANSCRIPTION, conversation_id, event_body, event_id=event_id, time_ms=time_ms)
    return Delivery(path="/webhook/events", body=body, headers=JSON | sign_api_key(api_key))


def conversation_end(conversation_id: str, *, api_key: str, event_id: str, time_ms: int) -> Delivery:
    """Make an EventBridge delivery that names the conversation only: its sessions have to be looked up."""
    event_body = {"eventTime": time_ms, "conversationId": conversation_id, "participantId": "p-2"}
    body = _envelope(CUSTOMER_END, conversation_id, event_body, event_id=event_id, time_ms=time_ms)
    return Delivery(path="/webhook/events", body=body, headers=JSON | sign_api_key(api_key))


def trigger(
    conversation_id: str,
    communication_id: str | None,
    *,
    secret: str,
    encoding: Encoding = "base64",
    header: Literal["hub", "genesys"] = "hub",
) -> Delivery:
    """Make the small JSON of a process-automation trigger, signed with X-Hub-Signature-256 or X-Genesys-Signature."""
    ids = {"conversationId": conversation_id}
    if communication_id is not None:
        ids["communicationId"] = communication_id
    body = orjson.dumps(ids)
    signature = (
        sign_genesys(body, secret=secret) if header == "genesys" else sign_hub(body, secret=secret, encoding=encoding)
    )
    return Delivery(path="/webhook/events", body=body, headers=JSON | signature)


def _envelope(
    detail_type: str, conversation_id: str, event_body: dict[str, object], *, event_id: str, time_ms: int
) -> bytes:
    time = datetime.fromtimestamp(time_ms / 1000, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return orjson.dumps(
        {
            "version": "0",
            "id": event_id,
            "detail-type": detail_type,  # with the literal {id}
            "source": f"aws.partner/genesys.com/cloud/{ORGANIZATION}/transcripts",
            "account": "000000000000",
            "time": time,
            "region": "us-east-1",
            "resources": [],
            "detail": {
                "topicName": detail_type.replace("{id}", conversation_id),
                "version": "2",
                "eventBody": event_body,
                "metadata": {"CorrelationId": event_id},
                "timestamp": time,
            },
        }
    )
