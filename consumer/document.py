"""The document of one transcript as the index holds it; it can be built from redacted text only."""

from datetime import UTC, datetime

import msgspec

from common.events import TranscriptEvent
from consumer import word_times
from consumer.redaction import Kind, Redacted, RedactedText, Redactor, Turn
from consumer.redaction.mute import intervals, merged
from consumer.transcript import Transcript, Utterance, mean_confidence


class IndexedUtterance(msgspec.Struct, gc=False, frozen=True, omit_defaults=True):
    """One turn as it may be kept. Times are seconds since the epoch."""

    speaker: RedactedText
    text: RedactedText
    start_epoch: float | None
    end_epoch: float | None
    confidence: float | None
    language: str | None = None


class Metrics(msgspec.Struct, frozen=True):
    """Figures of one transcript: confidence to four digits (null where no utterance has one), latency to three."""

    average_confidence: float | None
    processing_latency_seconds: float
    utterance_count: int


class Mute(msgspec.Struct, frozen=True):
    """A stretch of the call whose audio holds what the policy wants silent. Seconds since the epoch."""

    start_epoch: float
    end_epoch: float


class Summary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the audit says of a document: whose it is and what was redacted, without any text."""

    event_id: str
    metrics: Metrics
    redactions: dict[str, int]
    vendor_redactions: int = 0
    report_only: bool = False
    policy_hash: str


class Document(Summary, frozen=True, kw_only=True, omit_defaults=True):
    """What Elasticsearch stores under the event's key; deploy/elasticsearch holds the mapping of exactly these fields."""

    key: str
    contract: str
    transcription_id: str | None = None
    conversation_id: str | None = None
    communication_id: str | None = None
    organization_id: str | None = None
    occurred_at: int
    media_type: str | None = None
    utterances: list[IndexedUtterance]
    mute: list[Mute] = []
    indexed_at: datetime


_encoder = msgspec.json.Encoder()


def build(event: TranscriptEvent, transcript: Transcript, redactor: Redactor, *, now_seconds: float) -> Document:
    """Redact a transcript and shape it for the index."""
    utterances = transcript.utterances
    turns = [Turn(one.text, one.speaker, one.start_epoch) for one in utterances]
    redacted = redactor.redact(turns, language=next((one.language for one in utterances if one.language), None))
    labels = {label: redactor.redact_label(label) for label in {one.speaker for one in utterances}}
    return Document(
        key=event.key,
        contract=event.contract,
        transcription_id=event.transcription_id,
        conversation_id=event.conversation_id,
        communication_id=event.communication_id,
        organization_id=event.organization_id,
        event_id=event.event_id,
        occurred_at=event.document_version,
        media_type=transcript.media_type,
        utterances=[
            IndexedUtterance(labels[one.speaker], text, one.start_epoch, one.end_epoch, one.confidence, one.language)
            for one, text in zip(utterances, redacted.texts, strict=True)
        ],
        metrics=Metrics(
            average_confidence=mean_confidence(utterances),
            processing_latency_seconds=round(max(now_seconds - event.received_at_ms / 1000.0, 0.0), 3),
            utterance_count=len(utterances),
        ),
        redactions=redacted.counts,
        vendor_redactions=redacted.vendor,
        report_only=redacted.reported,
        mute=_mute(utterances, redacted, redactor.policy.muted),
        policy_hash=redactor.policy_hash,
        indexed_at=datetime.fromtimestamp(now_seconds, UTC),
    )


def _mute(utterances: list[Utterance], redacted: Redacted, kinds: frozenset[Kind]) -> list[Mute]:
    """Tell when the audio has to be silent, of the types that the policy names."""
    if not kinds:
        return []
    found = [
        interval
        for one, spans in zip(utterances, redacted.spans, strict=True)
        if spans
        for interval in intervals(
            one.text, spans, kinds, words=word_times.read(one.words), start=one.start_epoch, end=one.end_epoch
        )
    ]
    return [Mute(one.start, one.end) for one in merged(found)]


def encode(document: Document) -> bytes:
    """Serialise a document for the bulk request: JSON on one line."""
    return _encoder.encode(document)
