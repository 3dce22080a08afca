"""Signed deliveries as Genesys makes them: body and headers, in every scheme that the edge accepts. Pure."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Literal

import orjson

from tests.simulator.formats import ORGANIZATION

JSON = ("Content-Type", "application/json")
Scheme = Literal["webhook", "eventbridge", "trigger-base64", "trigger-hex", "conversation-end"]
SCHEMES: tuple[Scheme, ...] = ("webhook", "eventbridge", "trigger-base64", "trigger-hex", "conversation-end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One HTTP request to the edge."""

    path: str
    body: bytes
    headers: dict[str, str]


def webhook(transcription_id: str, *, secret: str, event_type: str = "quality.transcription.completed") -> Delivery:
    """Make the tutorial's webhook, signed with X-Genesys-Signature (hex HMAC-SHA256 over the raw body)."""
    body = orjson.dumps({"transcriptionId": transcription_id, "type": event_type})
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return Delivery(path="/webhook/transcription", body=body, headers=dict([JSON, ("X-Genesys-Signature", signature)]))


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
    return _enveloped(
        "v2.conversations.{id}.transcription",
        f"v2.conversations.{conversation_id}.transcription",
        event_body,
        api_key,
        event_id,
    )


def conversation_end(conversation_id: str, *, api_key: str, event_id: str, time_ms: int) -> Delivery:
    """Make an EventBridge delivery that names the conversation only: its sessions have to be looked up."""
    event_body = {"eventTime": time_ms, "conversationId": conversation_id, "participantId": "p-2"}
    name = "v2.detail.events.conversation.{id}.customer.end"
    return _enveloped(name, name.replace("{id}", conversation_id), event_body, api_key, event_id)


def trigger(
    conversation_id: str, communication_id: str | None, *, secret: str, encoding: Literal["base64", "hex"] = "base64"
) -> Delivery:
    """Make the small JSON of a process-automation trigger, signed with X-Hub-Signature-256."""
    ids = {"conversationId": conversation_id}
    if communication_id is not None:
        ids["communicationId"] = communication_id
    body = orjson.dumps(ids)
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    text = base64.b64encode(digest).decode() if encoding == "base64" else digest.hex()
    return Delivery(path="/webhook/events", body=body, headers=dict([JSON, ("X-Hub-Signature-256", f"sha256={text}")]))


def _enveloped(detail_type: str, topic: str, event_body: dict[str, object], api_key: str, event_id: str) -> Delivery:
    body = orjson.dumps(
        {
            "version": "0",
            "id": event_id,
            "detail-type": detail_type,
            "source": f"aws.partner/genesys.com/cloud/{ORGANIZATION}/transcripts",
            "account": "000000000000",
            "time": "2026-01-01T00:00:00Z",
            "region": "us-east-1",
            "resources": [],
            "detail": {
                "topicName": topic,
                "version": "2",
                "eventBody": event_body,
                "metadata": {"CorrelationId": event_id},
                "timestamp": "2026-01-01T00:00:00Z",
            },
        }
    )
    return Delivery(path="/webhook/events", body=body, headers=dict([JSON, ("X-Api-Key", api_key)]))
