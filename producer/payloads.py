"""The bodies that Genesys sends, as structs that name the only fields ever read: partial transcripts are skipped by the decoder. Pure."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import msgspec

Moment = str | int | float  # ISO 8601, or epoch milliseconds
Hint = Any  # where a time should stand; anything else is no reason to refuse an event
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
LATEST_MS = 2**53
_EPOCH_TEXT = re.compile(r"[0-9]{11,16}\Z", re.ASCII)
_PATH = re.compile(r"at `\$\.?([A-Za-z.-]*)`")


class Webhook(msgspec.Struct, rename="camel"):
    """The tutorial's webhook."""

    transcription_id: str | None = None
    type: str | None = None
    timestamp: Hint = None


class Status(msgspec.Struct):
    """How far a live transcription is."""

    status: str | None = None


class EventBody(msgspec.Struct, rename="camel"):
    """What the topics that matter here have in common; no text, no participant."""

    conversation_id: str | None = None
    communication_id: str | None = None
    organization_id: str | None = None
    event_time: Hint = None
    status: Status | str | None = None


class Detail(msgspec.Struct, rename="camel"):
    """The platform's own envelope inside EventBridge's."""

    event_body: EventBody | None = None
    timestamp: Hint = None


class Event(msgspec.Struct, rename="camel"):
    """An EventBridge envelope or the flat JSON of a trigger; which one shows in `detail-type`."""

    detail_type: str | None = msgspec.field(name="detail-type", default=None)
    id: str | None = None
    source: str | None = None
    time: Hint = None
    detail: Detail | None = None
    conversation_id: str | None = None
    communication_id: str | None = None
    organization_id: str | None = None


class FieldError(ValueError):
    """A body that cannot be used; names the field, never its value."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


_Body = TypeVar("_Body")
_webhook = msgspec.json.Decoder(Webhook)
_event = msgspec.json.Decoder(Event)


def read_webhook(body: bytes) -> Webhook:
    """Decode the tutorial's webhook. Raises FieldError."""
    return _decode(_webhook, body)


def read_event(body: bytes) -> Event:
    """Decode an EventBridge delivery or a trigger's JSON. Raises FieldError."""
    return _decode(_event, body)


def first_moment(*candidates: Hint) -> int | None:
    """Return the first usable time as epoch milliseconds: a time is a hint, so an unusable one never refuses an event."""
    for value in candidates:
        if (moment := epoch_ms(value)) is not None:
            return moment
    return None


def epoch_ms(value: Hint) -> int | None:
    """Read a time as epoch milliseconds: a number, or ISO 8601, which without a zone means UTC; None if it is neither."""
    if isinstance(value, str):
        value = int(value) if _EPOCH_TEXT.match(value) else _from_iso(value)
    if (
        not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < LATEST_MS
    ):  # NaN is refused here too
        return None
    return int(value)


def _from_iso(text: str) -> int | None:
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        return (moment - EPOCH) // MILLISECOND
    except (ValueError, OverflowError):
        return None


def _decode(decoder: msgspec.json.Decoder[_Body], body: bytes) -> _Body:
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        # msgspec's path names fields of the structs above; its message may quote a value and is left out.
        found = _PATH.search(str(error))
        raise FieldError(found.group(1) if found and found.group(1) else "body", "is of a wrong type") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise FieldError("body", "is not JSON") from None
    except RecursionError:
        raise FieldError("body", "is nested too deeply") from None
