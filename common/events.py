"""The wire contract of the events topic: an allow-list of ids and times, never a word of a call."""

import hashlib
import re
from enum import StrEnum
from typing import Annotated

import msgspec

WIRE_VERSION = 1
MAX_ID_LENGTH = 64
ID_PATTERN = r"^[A-Za-z0-9-]{1,64}\Z"
_ID = re.compile(ID_PATTERN)

Id = Annotated[str, msgspec.Meta(pattern=ID_PATTERN)]
EventId = Annotated[str, msgspec.Meta(pattern=ID_PATTERN)]
EpochMs = Annotated[int, msgspec.Meta(ge=0, lt=2**53)]


class Contract(StrEnum):
    """Which Genesys API serves the transcript: the tutorial's or the platform's."""

    QUALITY = "quality"
    SPEECH = "speech"


class InvalidEventError(ValueError):
    """A record or request that does not meet the wire contract; names the field, never its value."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


class TranscriptEvent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """One thing that happened to one transcript (or to a whole conversation), as it stands on the topic."""

    version: int = WIRE_VERSION
    event_id: EventId
    contract: Contract
    type: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9._-]{1,128}\Z")]
    transcription_id: Id | None = None
    conversation_id: Id | None = None
    communication_id: Id | None = None
    organization_id: Id | None = None
    occurred_at_ms: EpochMs | None = None
    received_at_ms: EpochMs

    @property
    def key(self) -> str:
        """Name the transcript: what order, document and audit record hang on."""
        if self.transcription_id is not None:
            return self.transcription_id
        if self.communication_id is not None:
            return f"{self.conversation_id}:{self.communication_id}"
        return self.conversation_id or ""

    @property
    def document_version(self) -> int:
        """Order events of one key: the source's own time if it gave one, else the time of receipt (epoch ms)."""
        return self.received_at_ms if self.occurred_at_ms is None else self.occurred_at_ms

    @property
    def names_whole_conversation(self) -> bool:
        """Tell whether the recorded sessions still have to be looked up."""
        return self.contract is Contract.SPEECH and self.communication_id is None


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(TranscriptEvent)
_MISSING = re.compile(r"Object missing required field `(\w+)`\Z")
_AT_FIELD = re.compile(r"at `\$\.(\w+)`\Z")


def valid_id(value: object) -> bool:
    """Tell whether a value may be used as an id: 1 to 64 letters, digits and hyphens."""
    return isinstance(value, str) and _ID.match(value) is not None


def encode(event: TranscriptEvent) -> bytes:
    """Serialise an event for the topic."""
    return _encoder.encode(event)


def decode(value: bytes | None) -> TranscriptEvent:
    """Read a record of the events topic; unknown fields are ignored.

    Raises InvalidEventError, which names the field and never quotes the record.
    """
    if value is None:
        raise InvalidEventError("record", "has no value")
    try:
        event = _decoder.decode(value)
    except msgspec.ValidationError as error:
        raise InvalidEventError(_path_of(error), "missing or not of the wire contract") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):  # brackets may nest deeper than the decoder goes
        raise InvalidEventError("record", "is not JSON") from None
    check(event)
    return event


_QUALITY, _SPEECH = Contract.QUALITY, Contract.SPEECH  # looking a member up costs more than the check


def check(event: TranscriptEvent) -> None:
    """Hold an event to the rules that span fields. Raises InvalidEventError."""
    if event.version != WIRE_VERSION:
        raise InvalidEventError("version", f"only {WIRE_VERSION} is known here")
    if event.contract is _QUALITY and event.transcription_id is None:
        raise InvalidEventError("transcription_id", "is missing, the quality contract needs it")
    if event.contract is _SPEECH and event.conversation_id is None:
        raise InvalidEventError("conversation_id", "is missing, the speech contract needs it")
    if event.contract is _SPEECH and event.transcription_id is not None:
        raise InvalidEventError("transcription_id", "belongs to the quality contract only")
    if event.contract is _QUALITY and event.communication_id is not None:
        raise InvalidEventError("communication_id", "belongs to the speech contract only")


def derive_event_id(
    contract: Contract, event_type: str, ids: tuple[str | None, ...], occurred_at_ms: int | None
) -> str:
    """Name an event whose source gave it no id, so that a second delivery gets the same one.

    SHA-256 over contract, ids, type and time, 64 hexadecimal digits.
    """
    moment = "" if occurred_at_ms is None else str(occurred_at_ms)
    parts = (contract.value, event_type, *[part or "" for part in ids], moment)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def child_of(parent: TranscriptEvent, communication_id: str) -> TranscriptEvent:
    """Make the event of one recorded session out of an event that names its conversation only."""
    name = f"{parent.event_id}\n{parent.conversation_id}\n{communication_id}"
    return msgspec.structs.replace(
        parent, event_id=hashlib.sha256(name.encode()).hexdigest(), communication_id=communication_id
    )


def _path_of(error: msgspec.ValidationError) -> str:
    # msgspec names a missing field, or ends its message with "- at `$.field`". It quotes values, and a value may look like either.
    found = _MISSING.match(str(error)) or _AT_FIELD.search(str(error))
    return found.group(1) if found is not None and found.group(1) in TranscriptEvent.__struct_fields__ else "record"
