"""Numbers that a made-up call speaks are known part by part, and what would give them away is searched for."""

import pytest

from consumer.redaction import RawText, Redactor, Turn
from tests.simulator.planted import Planted, traces
from tests.simulator.speaking import of_id, said

REDACTOR = Redactor()


def test_the_same_id_makes_the_same_call() -> None:
    assert of_id("said-4-2") == said(4, 2)
    assert said(4, 2) != said(4, 3)
    assert [of_id(one) for one in ("gen-4-2", "said-4", "said-4-x")] == [None] * 3


def test_numbers_are_spoken_in_one_to_three_parts() -> None:
    parts = [
        sum(one.whole == whole for one in call.planted)
        for call in (said(9, at) for at in range(30))
        for whole in {one.whole for one in call.planted if one.whole}
    ]
    assert {1, 2, 3} <= set(parts)


def test_every_part_stands_in_its_turn() -> None:
    call = said(7, 7)
    assert all(one.utterance is not None and one.written in call.turns[one.utterance].text for one in call.planted)
    assert all(
        one.start_ms + one.duration_ms <= two.start_ms for one, two in zip(call.turns, call.turns[1:], strict=False)
    )


def test_every_four_digits_of_a_spoken_number_would_give_it_away() -> None:
    part = Planted(kind="PHONE", digits="41555", written="four one five five five", whole="4155550132")
    assert traces(part) == (
        b"4155550132", b"4 1 5 5", b"1 5 5 5", b"four one five five", b"one five five five",
    )  # fmt: skip


@pytest.mark.parametrize("index", range(200))
def test_redaction_leaves_no_trace_of_what_was_spoken(index: int) -> None:
    call = said(3, index)
    turns = [Turn(RawText(turn.text), turn.speaker) for turn in call.turns]
    result = REDACTOR.redact(turns)
    left = "\n".join(result.texts).encode()
    said_text = "\n".join(turn.text for turn in turns).encode()
    assert not any(trace in left for one in call.planted for trace in traces(one))
    assert all(any(trace in said_text for trace in traces(one)) for one in call.planted if len(one.digits) > 3)
    assert sum(result.counts.values()) == len(call.planted)
