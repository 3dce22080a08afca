"""What a webhook request means: an event, nothing to do, or a refusal that names the field. Pure."""

import re
from collections.abc import Mapping

import msgspec

from common import events
from common.events import Contract, TranscriptEvent
from producer.authenticity import Credentials, problem_of
from producer.payloads import Event, FieldError, Status, first_moment, read_event, read_webhook

TRACEPARENT = "traceparent"
COMPLETED = "quality.transcription.completed"
TRANSCRIPTION_TOPIC = "v2.conversations.{id}.transcription"
CONVERSATION_ENDS = frozenset(
    f"v2.detail.events.conversation.{{id}}.{end}" for end in ("customer.end", "user.end", "acw", "wrapup")
)
TRIGGER_TYPE = "process_automation.trigger"
SESSION_ENDED = "SESSION_ENDED"
SESSION_ONGOING = "SESSION_ONGOING"
# https://www.w3.org/TR/trace-context/#traceparent-header-field-values: version ff and ids of zeros are invalid
_TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}\Z")
_SOURCE = re.compile(r"aws\.partner/genesys\.com/cloud/([A-Za-z0-9-]{1,64})(?:/|\Z)")
_CONCRETE_ID = re.compile(r"^(v2\.(?:conversations|detail\.events\.conversation)\.)[^.]+(?=\.)")


class Accepted(msgspec.Struct, frozen=True):
    """The request is an event."""

    event: TranscriptEvent
    traceparent: bytes | None = None


class Ignored(msgspec.Struct, frozen=True):
    """The request is genuine and needs nothing; `reason` is one fixed word."""

    reason: str


class Refused(msgspec.Struct, frozen=True):
    """The request is answered with an error; `field` names what has to be mended, no value is quoted."""

    status: int
    problem: str
    field: str | None = None


Verdict = Accepted | Ignored | Refused


def judge_transcription(headers: Mapping[str, str], body: bytes, credentials: Credentials, *, now_ms: int) -> Verdict:
    """Judge a request to POST /webhook/transcription (the tutorial's webhook)."""
    if (refusal := _gate(headers, body, credentials)) is not None:
        return refusal
    try:
        hook = read_webhook(body)
        if hook.type != COMPLETED:
            return Refused(400, f"must be {COMPLETED}", "type")
        transcription_id = _required_id(hook.transcription_id, "transcriptionId")
    except FieldError as error:
        return Refused(400, error.problem, error.field)
    occurred = first_moment(hook.timestamp)
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
        event = read_event(body)
        verdict = (
            _from_trigger(event, now_ms)
            if event.detail_type is None
            else _from_eventbridge(event, event.detail_type, now_ms)
        )
    except FieldError as error:
        return Refused(400, error.problem, error.field)
    return Accepted(verdict, _trace(headers)) if isinstance(verdict, TranscriptEvent) else verdict


def _from_eventbridge(envelope: Event, detail_type: str, now_ms: int) -> TranscriptEvent | Ignored:
    # The vendor's detail-type holds a literal {id}; a concrete id is taken as the same topic.
    topic = _CONCRETE_ID.sub(r"\1{id}", detail_type)
    if topic != TRANSCRIPTION_TOPIC and topic not in CONVERSATION_ENDS:
        return Ignored("other_topic")
    inner = envelope.detail.event_body if envelope.detail else None
    if envelope.detail is None or inner is None:
        raise FieldError("detail.eventBody", "is missing")
    conversation_id = _required_id(inner.conversation_id, "detail.eventBody.conversationId")
    communication_id = None
    if topic == TRANSCRIPTION_TOPIC:
        status = inner.status.status if isinstance(inner.status, Status) else inner.status
        if status is None:
            raise FieldError("detail.eventBody.status.status", "is missing")
        if status != SESSION_ENDED:
            return Ignored("session_ongoing" if status == SESSION_ONGOING else "other_status")
        communication_id = _optional_id(inner.communication_id, "detail.eventBody.communicationId")
    return _speech(
        topic.replace("{id}", "id"),
        conversation_id,
        communication_id,
        organization_id=_organization(inner.organization_id, envelope.source),
        occurred=first_moment(inner.event_time, envelope.detail.timestamp, envelope.time),
        event_id=envelope.id if events.valid_id(envelope.id) else None,
        now_ms=now_ms,
    )


def _from_trigger(trigger: Event, now_ms: int) -> TranscriptEvent:
    return _speech(
        TRIGGER_TYPE,
        _required_id(trigger.conversation_id, "conversationId"),
        _optional_id(trigger.communication_id, "communicationId"),
        organization_id=_optional_id(trigger.organization_id, "organizationId"),
        occurred=first_moment(trigger.time),
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
    if headers.get("Content-Encoding", "identity").lower() != "identity":
        return Refused(415, "must be absent: send the body as it is", "Content-Encoding")
    return None


def _required_id(value: str | None, field: str) -> str:
    if value is None:
        raise FieldError(field, "is missing")
    if not events.valid_id(value):
        raise FieldError(field, "must be 1 to 64 letters, digits or hyphens")
    return value


def _optional_id(value: str | None, field: str) -> str | None:
    return None if value is None else _required_id(value, field)


def _organization(given: str | None, source: str | None) -> str | None:
    """Take the organization from the body, else from the partner source name; it is a hint, so a strange one is dropped."""
    if events.valid_id(given):
        return given
    found = _SOURCE.match(source or "")
    return found.group(1) if found else None


def _trace(headers: Mapping[str, str]) -> bytes | None:
    given = headers.get(TRACEPARENT)
    return given.encode() if given is not None and _TRACEPARENT.match(given) else None
