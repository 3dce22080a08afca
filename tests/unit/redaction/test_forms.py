"""Every form in which personal data is written or said is hidden whole and by its type; every character around it stays."""

import json
from pathlib import Path

import pytest

from consumer.redaction import Kind, RawText, Turn
from tests.unit.redaction.marked import REDACTOR, expected, redacted, turns
from tests.unit.redaction.tables import HIDDEN, KEPT, Row, rows

REAL_CALL = Path("tests/data/calls/harper-valley/07dd22b700514bfd.json")


@pytest.mark.parametrize(("subject", "row"), rows(HIDDEN))
def test_every_form_is_hidden_and_nothing_else(subject: str, row: Row) -> None:
    assert redacted(row) == expected(row), subject


@pytest.mark.parametrize(("subject", "row"), rows(KEPT))
def test_what_is_no_secret_stays(subject: str, row: Row) -> None:
    assert redacted(row) == expected(row), subject


@pytest.mark.parametrize(("subject", "row"), rows(HIDDEN))
def test_every_form_is_hidden_once(subject: str, row: Row) -> None:
    assert redacted(expected(row)) == expected(row), subject


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.ERROR])
def test_every_type_stands_in_the_tables(kind: Kind) -> None:
    assert any(kind.tag in text for _, row in rows(HIDDEN) for text in expected(row))


@pytest.mark.parametrize(("subject", "row"), rows(HIDDEN))
def test_spans_are_sorted_apart_and_inside_their_text(subject: str, row: Row) -> None:
    said = turns(row)
    for turn, spans in zip(said, REDACTOR.find(said), strict=True):
        ends = [0, *(span.end for span in spans)]
        assert all(end <= span.start < span.end for end, span in zip(ends, spans, strict=False)), subject
        assert ends[-1] <= len(turn.text)


def test_a_real_call_with_a_garbled_number_keeps_no_usable_part_of_it() -> None:
    call = json.loads(REAL_CALL.read_text())
    said = [Turn(RawText(turn["text"]), turn["speaker"]) for turn in call["turns"]]
    hidden = {
        1: "my name is [REDACTED_PERSON_NAME]",
        3: "hi my name is [REDACTED_PERSON_NAME]",
        6: "my phone number is [REDACTED_PHONE]",
        8: "uh [REDACTED_PHONE]",
        9: "i see the [REDACTED_PHONE]",
        11: "[REDACTED_PHONE]",
        12: "[REDACTED_PHONE]",
    }
    assert REDACTOR.redact(said).texts == [hidden.get(index, turn.text) for index, turn in enumerate(said)]
