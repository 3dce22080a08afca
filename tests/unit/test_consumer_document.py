"""The document and the audit record: their shapes, their rounding, and that raw text has no way into either."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import orjson
import pytest

from common.events import TranscriptEvent
from consumer import document as documents
from consumer.document import Document, IndexedUtterance, Metrics
from consumer.outcome import AuditRecord, Outcome, Source, audit_of, audit_of_unreadable, fallback_key
from consumer.redaction import RawText, Redactor
from consumer.transcript import Transcript, Utterance
from tests.unit.fakes import quality_event, speech_event

MAPPINGS = Path(__file__).parents[2] / "deploy" / "elasticsearch" / "component-mappings.json"
REDACTOR = Redactor()
NOW = 1_714_557_600.0
SOURCE = Source(topic="x.events", partition=1, offset=2, timestamp_ms=3)
NUMBERS = ("4111 1111 1111 1111", "123-45-6789", "(415) 555-0132")


def utterance(text: str, *, speaker: str = "agent", confidence: float | None = 0.5) -> Utterance:
    return Utterance(RawText(speaker), RawText(text), 1.5, 2.5, confidence, "en-US")


def build(event: TranscriptEvent, *utterances: Utterance, media_type: str | None = "call") -> Document:
    transcript = Transcript(utterances=list(utterances), media_type=media_type)
    return documents.build(event, transcript, REDACTOR, now_seconds=NOW)


def encoded(event: TranscriptEvent, *utterances: Utterance) -> dict[str, Any]:
    decoded: dict[str, Any] = orjson.loads(documents.encode(build(event, *utterances)))
    return decoded


def test_the_document_of_a_quality_transcript() -> None:
    event = quality_event(at_ms=int(NOW * 1000) - 2500)
    assert encoded(event, utterance("hello")) == {
        "key": "t-1",
        "contract": "quality",
        "transcription_id": "t-1",
        "event_id": event.event_id,
        "occurred_at": event.received_at_ms,
        "media_type": "call",
        "utterances": [
            {
                "speaker": "agent",
                "text": "hello",
                "start_epoch": 1.5,
                "end_epoch": 2.5,
                "confidence": 0.5,
                "language": "en-US",
            }
        ],
        "metrics": {"average_confidence": 0.5, "processing_latency_seconds": 2.5, "utterance_count": 1},
        "redactions": {},
        "policy_hash": REDACTOR.policy_hash,
        "indexed_at": "2024-05-01T10:00:00Z",
    }


def test_the_document_of_a_speech_transcript_names_conversation_and_communication() -> None:
    event = msgspec.structs.replace(speech_event(), organization_id="o-1", occurred_at_ms=7)
    document = encoded(event, utterance("hello"))
    assert {name: document[name] for name in ("key", "contract", "conversation_id", "communication_id")} == {
        "key": "c-1:m-1",
        "contract": "speech",
        "conversation_id": "c-1",
        "communication_id": "m-1",
    }
    assert document["organization_id"] == "o-1"
    assert document["occurred_at"] == 7


def test_what_an_utterance_does_not_have_is_null_and_not_zero() -> None:
    bare = Utterance(RawText("unknown"), RawText("x"), None, None, None)
    assert encoded(quality_event(), bare)["utterances"] == [
        {"speaker": "unknown", "text": "x", "start_epoch": None, "end_epoch": None, "confidence": None}
    ]


@pytest.mark.parametrize(
    ("confidences", "mean"),
    [
        ((0.1, 0.2, 0.2), 0.1667),
        ((1.0, None), 1.0),
        ((0.0, 1.0), 0.5),
        ((None, None), None),
        ((0.0,), 0.0),
        ((), None),
    ],
)
def test_the_mean_confidence_has_four_digits_and_leaves_out_who_has_none(
    confidences: tuple[float | None, ...], mean: float | None
) -> None:
    document = encoded(quality_event(), *[utterance("x", confidence=one) for one in confidences])
    assert document["metrics"]["average_confidence"] == mean
    assert document["metrics"]["utterance_count"] == len(confidences)


@pytest.mark.parametrize(("received_ms", "latency"), [(1, 0.999), (1000, 0.0), (5000, 0.0), (0, 1.0)])
def test_the_latency_has_three_digits_and_is_never_negative(received_ms: int, latency: float) -> None:
    event = quality_event(at_ms=received_ms)
    document = documents.build(event, Transcript(utterances=[]), REDACTOR, now_seconds=1.00049)
    assert document.metrics.processing_latency_seconds == latency


def test_latency_counts_from_the_receipt_and_not_from_the_event() -> None:
    event = msgspec.structs.replace(quality_event(at_ms=int(NOW * 1000) - 250), occurred_at_ms=1)
    assert build(event).metrics.processing_latency_seconds == 0.25


@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_is_left_in_the_bytes_whoever_says_it_and_whatever_they_are_called(number: str) -> None:
    body = documents.encode(
        build(quality_event(), utterance(f"it is {number}"), utterance("fine", speaker=f"caller {number}"))
    )
    text = body.decode()
    assert number not in text
    assert not any(part in text for part in re.findall(r"\d{4}", number))
    assert text.count("[REDACTED_") == 2


def test_counts_of_hidden_numbers_stand_in_the_document() -> None:
    assert encoded(quality_event(), *[utterance(f"it is {one}") for one in NUMBERS])["redactions"] == {
        "CREDIT_CARD": 1,
        "SSN": 1,
        "PHONE": 1,
    }


def test_the_order_of_the_utterances_is_kept() -> None:
    texts = ["first", "my card is 4111 1111 1111 1111", "last"]
    document = encoded(quality_event(), *[utterance(text) for text in texts])
    assert [one["text"] for one in document["utterances"]] == ["first", "my card is [REDACTED_CREDIT_CARD]", "last"]


def test_a_document_is_one_line_whatever_is_said() -> None:
    assert b"\n" not in documents.encode(build(quality_event(), utterance("a\nb\r\u2028c")))


def mapping_of(*path: str) -> dict[str, Any]:
    mappings: dict[str, Any] = orjson.loads(MAPPINGS.read_bytes())["template"]["mappings"]
    for name in path:
        mappings = mappings["properties"][name]
    return mappings


@pytest.mark.parametrize(
    ("struct", "path", "only_mapped"),
    [
        (Document, (), {"transcript"}),
        (IndexedUtterance, ("utterances",), set()),
        (Metrics, ("metrics",), set()),
    ],
)
def test_the_strict_mapping_has_exactly_the_fields_of_the_document(
    struct: type[msgspec.Struct], path: tuple[str, ...], only_mapped: set[str]
) -> None:
    mapping = mapping_of(*path)
    assert mapping["dynamic"] == "strict"
    assert set(mapping["properties"]) == set(struct.__struct_encode_fields__) | only_mapped


def test_the_audit_record_of_a_document() -> None:
    event = speech_event(at_ms=5)
    document = build(event, *[utterance(one) for one in (*NUMBERS, NUMBERS[0])])
    moment = datetime.fromtimestamp(NOW, UTC)
    record = audit_of(
        event,
        Outcome.INDEXED,
        source=SOURCE,
        attempts=3,
        policy_hash="p",
        now=moment,
        document=document,
        index="the-index",
    )
    assert orjson.loads(msgspec.json.encode(record)) == {
        "version": 1,
        "key": "c-1:m-1",
        "timestamp": "2024-05-01T10:00:00Z",
        "outcome": "indexed",
        "reason": None,
        "compliance_status": "processed",
        "data_retention_policy": "standard",
        "redacted_entities": 4,
        "redactions": {"CREDIT_CARD": 2, "SSN": 1, "PHONE": 1},
        "vendor_redactions": 0,
        "report_only": False,
        "metrics": {
            "average_confidence": 0.5,
            "processing_latency_seconds": round(NOW - 0.005, 3),
            "utterance_count": 4,
        },
        "policy_hash": "p",
        "contract": "speech",
        "transcription_id": None,
        "conversation_id": "c-1",
        "communication_id": "m-1",
        "organization_id": None,
        "index": "the-index",
        "document_version": 5,
        "source": {"topic": "x.events", "partition": 1, "offset": 2, "timestamp_ms": 3},
        "event_id": "e-speech",
        "attempts": 3,
    }


def test_the_audit_record_of_an_end_without_a_document_has_no_figures() -> None:
    now = datetime.fromtimestamp(NOW, UTC)
    record = audit_of(
        quality_event(), Outcome.FAILED, source=SOURCE, attempts=1, policy_hash="p", now=now, reason="why"
    )
    assert (record.metrics, record.redactions, record.redacted_entities, record.index) == (None, {}, 0, None)
    assert (record.outcome, record.reason, record.transcription_id) == (Outcome.FAILED, "why", "t-1")


def test_the_audit_record_of_an_unreadable_record_has_the_place_for_a_key() -> None:
    record = audit_of_unreadable(SOURCE, "invalid_record", policy_hash="p", now=datetime.fromtimestamp(NOW, UTC))
    assert record.key == fallback_key(SOURCE) == "x.events:1:2"
    assert (record.outcome, record.reason) == (Outcome.DEAD_LETTERED, "invalid_record")
    assert (record.event_id, record.contract, record.document_version) == (None, None, None)


def test_an_audit_record_has_no_field_for_text() -> None:
    assert "utterances" not in AuditRecord.__struct_fields__
    assert not any("RedactedText" in str(kind) for kind in get_type_hints(AuditRecord).values())
