"""What a webhook request means: an event, nothing to do, or a refusal that names the field. Pure.

The structs below name the only fields that are ever read; partial transcripts in an EventBridge delivery are skipped by the decoder.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from common import events
from common.events import Contract, TranscriptEvent
from producer.authenticity import Credentials, problem_of

TRACEPARENT = "traceparent"
COMPLETED = "quality.transcription.completed"
TRANSCRIPTION_TOPIC = "v2.conversations.{id}.transcription"
CONVERSATION_ENDS = frozenset(
    f"v2.detail.events.conversation.{{id}}.{end}" for end in ("customer.end", "user.end", "acw", "wrapup")
)
TRIGGER_TYPE = "process_automation.trigger"
SESSION_ENDED = "SESSION_ENDED"
# https://www.w3.org/TR/trace-context/#traceparent-header-field-values
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}\Z")
_SOURCE = re.compile(r"aws\.partner/genesys\.com/cloud/([A-Za-z0-9-]{1,64})(?:/|\Z)")
_CONCRETE_ID = re.compile(r"^(v2\.(?:conversations|detail\.events\.conversation)\.)[^.]+(?=\.)")


class Accepted(msgspec.Struct, frozen=True):
    """The request is an event."""

    event: TranscriptEvent
    traceparent: bytes | None = None


class Ignored(msgspec.Struct, frozen=True):
    """The request is genuine and needs nothing."""

    reason: str


class Refused(msgspec.Struct, frozen=True):
    """The request is answered with an error; `field` names what has to be mended, no value is quoted."""

    status: int
    problem: str
    field: str | None = None


Verdict = Accepted | Ignored | Refused


class _Webhook(msgspec.Struct):
    transcription_id: str | None = msgspec.field(name="transcriptionId", default=None)
    type: str | None = None
    timestamp: str | int | None = None


class _Status(msgspec.Struct):
    status: str | None = None


class _EventBody(msgspec.Struct, rename="camel"):
    conversation_id: str | None = None
    communication_id: str | None = None
    organization_id: str | None = None
    event_time: str | int | None = None
    status: _Status | str | None = None


class _Detail(msgspec.Struct, rename="camel"):
    event_body: _EventBody | None = None
    timestamp: str | int | None = None


class _Event(msgspec.Struct, rename="camel"):
    """An EventBridge envelope or the flat JSON of a trigger; which one shows in `detail-type`."""

    detail_type: str | None = msgspec.field(name="detail-type", default=None)
    id: str | None = None
    source: str | None = None
    time: str | None = None
    detail: _Detail | None = None
    conversation_id: str | None = None
    communication_id: str | None = None
    organization_id: str | None = None


_Body = TypeVar("_Body")
_webhook = msgspec.json.Decoder(_Webhook)
_event = msgspec.json.Decoder(_Event)


class _FieldError(ValueError):
    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


def judge_transcription(headers: Mapping[str, str], body: bytes, credentials: Credentials, *, now_ms: int) -> Verdict:
    """Judge a request to POST /webhook/transcription (the tutorial's webhook)."""
    if (refusal := _gate(headers, body, credentials)) is not None:
        return refusal
    try:
        hook = _decode(_webhook, body)
        if hook.type != COMPLETED:
            return Refused(400, f"must be {COMPLETED}", "type")
        transcription_id = _required_id(hook.transcription_id, "transcriptionId")
        occurred = _epoch_ms(hook.timestamp, "timestamp")
    except _FieldError as error:
        return Refused(400, error.problem, error.field)
    event = TranscriptEvent(
        event_id=events.derive_event_id(Contract.QUALITY, COMPLETED, (transcription_id,), occurred),
        contract=Contract.QUALITY,
        type=COMPLETED,
        transcription_id=transcription_id,
        occurred_at_ms=occurred,
        received_at_ms=now_ms,
    )
    return Accepted(event, _trace(headers))


def judge_event(headers: Mapping[str, str], body: bytes, credentials: Credentials, *, now_ms: int) -> Verdict:
    """Judge a request to POST /webhook/events: an EventBridge delivery, or what a process-automation trigger sends."""
    if (refusal := _gate(headers, body, credentials)) is not None:
        return refusal
    try:
        event = _decode(_event, body)
        verdict = (
            _from_trigger(event, now_ms)
            if event.detail_type is None
            else _from_eventbridge(event, event.detail_type, now_ms)
        )
    except _FieldError as error:
        return Refused(400, error.problem, error.field)
    return Accepted(verdict, _trace(headers)) if isinstance(verdict, TranscriptEvent) else verdict


def _from_eventbridge(envelope: _Event, detail_type: str, now_ms: int) -> TranscriptEvent | Ignored:
    # The vendor's detail-type holds a literal {id}; a concrete id is taken as the same topic.
    topic = _CONCRETE_ID.sub(r"\1{id}", detail_type)
    if topic != TRANSCRIPTION_TOPIC and topic not in CONVERSATION_ENDS:
        return Ignored("other_topic")
    inner = envelope.detail.event_body if envelope.detail else None
    if envelope.detail is None or inner is None:
        raise _FieldError("detail.eventBody", "is missing")
    conversation_id = _required_id(inner.conversation_id, "detail.eventBody.conversationId")
    communication_id = None
    if topic == TRANSCRIPTION_TOPIC:
        status = inner.status.status if isinstance(inner.status, _Status) else inner.status
        if status != SESSION_ENDED:
            return Ignored("session_ongoing")
        communication_id = _optional_id(inner.communication_id, "detail.eventBody.communicationId")
    occurred = _first_time(
        (inner.event_time, "detail.eventBody.eventTime"),
        (envelope.detail.timestamp, "detail.timestamp"),
        (envelope.time, "time"),
    )
    return _speech(
        topic.replace("{id}", "id"),
        conversation_id,
        communication_id,
        organization_id=_organization(inner.organization_id, envelope.source),
        occurred=occurred,
        event_id=envelope.id if events.valid_id(envelope.id) else None,
        now_ms=now_ms,
    )


def _from_trigger(trigger: _Event, now_ms: int) -> TranscriptEvent:
    return _speech(
        TRIGGER_TYPE,
        _required_id(trigger.conversation_id, "conversationId"),
        _optional_id(trigger.communication_id, "communicationId"),
        organization_id=_optional_id(trigger.organization_id, "organizationId"),
        occurred=_epoch_ms(trigger.time, "time"),
        event_id=None,
        now_ms=now_ms,
    )


def _speech(
    event_type: str,
    conversation_id: str,
    communication_id: str | None,
    *,
    organization_id: str | None,
    occurred: int | None,
    event_id: str | None,
    now_ms: int,
) -> TranscriptEvent:
    ids = (conversation_id, communication_id)
    return TranscriptEvent(
        event_id=event_id or events.derive_event_id(Contract.SPEECH, event_type, ids, occurred),
        contract=Contract.SPEECH,
        type=event_type,
        conversation_id=conversation_id,
        communication_id=communication_id,
        organization_id=organization_id,
        occurred_at_ms=occurred,
        received_at_ms=now_ms,
    )


def _gate(headers: Mapping[str, str], body: bytes, credentials: Credentials) -> Refused | None:
    if (problem := problem_of(headers, body, credentials)) is not None:
        return Refused(401, problem)
    content_type = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if content_type != "application/json" and not (
        content_type.startswith("application/") and content_type.endswith("+json")
    ):
        return Refused(415, "must be application/json", "Content-Type")
    return None


def _decode(decoder: msgspec.json.Decoder[_Body], body: bytes) -> _Body:
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        # msgspec's path names fields of the structs above; its message may quote a value and is left out.
        found = re.search(r"at `\$\.?([A-Za-z.-]*)`", str(error))
        raise _FieldError(found.group(1) if found and found.group(1) else "body", "is of a wrong type") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _FieldError("body", "is not JSON") from None


def _required_id(value: str | None, field: str) -> str:
    if value is None:
        raise _FieldError(field, "is missing")
    return _checked_id(value, field)


def _optional_id(value: str | None, field: str) -> str | None:
    return None if value is None else _checked_id(value, field)


def _checked_id(value: str, field: str) -> str:
    if not events.valid_id(value):
        raise _FieldError(field, "must be 1 to 64 letters, digits or hyphens")
    return value


def _organization(given: str | None, source: str | None) -> str | None:
    """Take the organization from the body, else from the partner source name; it is a hint, so a strange one is dropped."""
    if events.valid_id(given):
        return given
    found = _SOURCE.match(source or "")
    return found.group(1) if found else None


def _first_time(*candidates: tuple[str | int | None, str]) -> int | None:
    for value, field in candidates:
        if (moment := _epoch_ms(value, field)) is not None:
            return moment
    return None


def _epoch_ms(value: str | int | None, field: str) -> int | None:
    """Read a time as epoch milliseconds: a number, or ISO 8601, which without a zone means UTC."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
            moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
            value = int(moment.timestamp() * 1000)
        except (ValueError, OverflowError):
            raise _FieldError(field, "must be ISO 8601 or epoch milliseconds") from None
    if not 0 <= value < 2**53:
        raise _FieldError(field, "lies outside the range of epoch milliseconds")
    return value


def _trace(headers: Mapping[str, str]) -> bytes | None:
    given = headers.get(TRACEPARENT)
    return given.encode() if given is not None and _TRACEPARENT.match(given) else None
