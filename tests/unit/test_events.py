"""The wire contract: what may stand in a record of the events topic, and what is refused."""

import msgspec
import pytest

from common import events
from common.events import Contract, InvalidEventError, TranscriptEvent

QUALITY = TranscriptEvent(
    event_id="e-1",
    contract=Contract.QUALITY,
    type="quality.transcription.completed",
    transcription_id="t-1",
    received_at_ms=5,
)
SPEECH = TranscriptEvent(
    event_id="e-2",
    contract=Contract.SPEECH,
    type="x",
    conversation_id="c-1",
    communication_id="m-1",
    occurred_at_ms=3,
    received_at_ms=5,
)


def test_an_event_survives_the_wire() -> None:
    assert events.decode(events.encode(SPEECH)) == SPEECH


def test_the_key_names_the_transcript() -> None:
    assert QUALITY.key == "t-1"
    assert SPEECH.key == "c-1:m-1"
    assert msgspec.structs.replace(SPEECH, communication_id=None).key == "c-1"


def test_the_document_version_is_the_sources_time_or_else_the_receipt() -> None:
    assert SPEECH.document_version == 3
    assert QUALITY.document_version == 5


def test_unknown_fields_are_ignored() -> None:
    record = msgspec.json.encode({**msgspec.to_builtins(QUALITY), "added_in_v2": "x"})
    assert events.decode(record) == QUALITY


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"event_id": None}, "event_id"),
        ({"event_id": "a b"}, "event_id"),
        ({"contract": "4111111111111111"}, "contract"),
        ({"contract": "x' - at `$.4111111111111111`"}, "contract"),
        ({"contract": "x' - at `$.4111111111111111`\n"}, "contract"),
        ({"contract": "Object missing required field `4111111111111111`"}, "contract"),
        ({"transcription_id": "../../x"}, "transcription_id"),
        ({"transcription_id": "t\n"}, "transcription_id"),
        ({"transcription_id": "x" * 65}, "transcription_id"),
        ({"transcription_id": None}, "transcription_id"),
        ({"received_at_ms": -1}, "received_at_ms"),
        ({"received_at_ms": "5"}, "received_at_ms"),
        ({"version": 2}, "version"),
        ({"communication_id": "m"}, "communication_id"),
    ],
)
def test_a_record_off_the_contract_is_refused_by_field_and_never_quoted(change: dict[str, object], field: str) -> None:
    record = msgspec.json.encode({**msgspec.to_builtins(QUALITY), **change})
    with pytest.raises(InvalidEventError) as refusal:
        events.decode(record)
    assert refusal.value.field == field
    assert "4111" not in str(refusal.value)
    for value in change.values():
        assert len(str(value)) < 3 or str(value) not in str(refusal.value)


@pytest.mark.parametrize("record", [None, b"", b"call 415-555-0132", b"\xff\xfe", b"[]", b"null"])
def test_a_record_that_is_no_event_is_refused_without_quoting_it(record: bytes | None) -> None:
    with pytest.raises(InvalidEventError) as refusal:
        events.decode(record)
    assert "415" not in str(refusal.value)


def test_a_missing_field_is_named() -> None:
    fields = msgspec.to_builtins(QUALITY)
    del fields["received_at_ms"]
    with pytest.raises(InvalidEventError, match="received_at_ms"):
        events.decode(msgspec.json.encode(fields))


def test_a_second_delivery_derives_the_same_event_id() -> None:
    first = events.derive_event_id(Contract.QUALITY, "t", ("a", None), None)
    assert first == events.derive_event_id(Contract.QUALITY, "t", ("a", None), None)
    assert first != events.derive_event_id(Contract.QUALITY, "t", (None, "a"), None)
    assert events.valid_id(first)


def test_children_of_one_conversation_have_ids_of_their_own_that_repeat() -> None:
    parent = msgspec.structs.replace(SPEECH, communication_id=None)
    one, two = events.child_of(parent, "m-1"), events.child_of(parent, "m-2")
    assert one.key == "c-1:m-1"
    assert one.event_id != two.event_id
    assert one == events.child_of(parent, "m-1")
    assert one.document_version == parent.document_version
