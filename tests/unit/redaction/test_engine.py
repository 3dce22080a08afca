"""What the engine tells beside the text, and that it never raises, never leaves a number and never waits."""

import random
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumer.redaction import Kind, RawText, Redactor, Span, Turn
from consumer.redaction import lexicon as lx
from consumer.redaction.dialogue import Dialogue
from consumer.redaction.engine import _vendor_tags
from consumer.redaction.scene import MAX_UTTERANCE_CHARACTERS, Scene
from consumer.redaction.span import Source
from tests.simulator.generator import plant

REDACTOR = Redactor()


def redact(*texts: str) -> list[str]:
    return [str(one) for one in REDACTOR.redact([Turn(RawText(text)) for text in texts]).texts]


def test_counts_say_what_was_hidden() -> None:
    texts = ("415-555-0132 or 415-555-0133", "nothing", "123-45-6789")
    assert REDACTOR.redact([Turn(RawText(text)) for text in texts]).counts == {"PHONE": 2, "SSN": 1}


@given(st.lists(st.text(alphabet="0123456789 -.()+abc\n\u0661\u00a0", max_size=60), max_size=6))
def test_redacting_twice_changes_nothing(texts: list[str]) -> None:
    once = redact(*texts)
    assert redact(*once) == once


@given(st.integers(0, 2**32), st.sampled_from(["", "\n", " caf\u00e9"]))
def test_no_planted_number_survives_whatever_stands_around_it(seed: int, around: str) -> None:
    secret = plant(random.Random(seed))
    (redacted,) = redact(f"sure{around} {secret.written}{around} okay")
    assert not re.search(r"\d{3}", redacted)
    assert f"[REDACTED_{secret.kind}]" in redacted


def test_an_overlong_utterance_fails_closed() -> None:
    result = REDACTOR.redact([Turn(RawText("1" * (MAX_UTTERANCE_CHARACTERS + 1)))])
    assert result.texts == ["[REDACTED_ERROR]"]
    assert result.counts == {"ERROR": 1}


def test_a_speaker_label_is_redacted_as_well() -> None:
    assert REDACTOR.redact_label(RawText("+1 415 555 0132")) == "[REDACTED_PHONE]"
    assert REDACTOR.redact_label(RawText("agent")) == "agent"


def test_tags_hold_no_digit() -> None:
    assert not any(character.isdigit() for kind in Kind for character in kind.tag)


def test_an_utterance_with_more_values_than_are_read_is_hidden_whole() -> None:
    text = RawText("hi this is bob here " * 40)
    (spans,) = REDACTOR.find([Turn(text)])
    assert [(span.kind, span.start, span.end) for span in spans] == [(Kind.ERROR, 0, len(text))]


def test_an_utterance_on_which_a_rule_breaks_is_hidden_whole_and_the_call_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decide = Dialogue.decide

    def breaks(self: Dialogue, scene: Scene, index: int) -> list[Span]:
        if index == 1:
            raise RuntimeError("4111 1111 1111 1111")
        return decide(self, scene, index)

    monkeypatch.setattr(Dialogue, "decide", breaks)
    said = ("my pin is 4412", "my card is 4111 1111 1111 1111", "my pin is 4412")
    assert redact(*said) == ["my pin is [REDACTED_PIN]", "[REDACTED_ERROR]", "my pin is [REDACTED_PIN]"]


def test_an_utterance_does_not_show_its_text_where_it_is_printed() -> None:
    assert repr(Turn(RawText("my pin is 4412"), "caller")) == "Turn(14 characters)"


def test_a_redactor_names_its_policy_by_a_hash() -> None:
    assert re.fullmatch("[0-9a-f]{16}", REDACTOR.policy_hash)


def test_spans_are_equal_by_what_they_say_and_show_no_text() -> None:
    one, same = (Span(0, 4, Kind.PIN, "number.cue", Source.DIGITS) for _ in range(2))
    other = Span(0, 4, Kind.CVV, "number.cue", Source.DIGITS)
    assert {one, same, other} == {one, other}
    assert one != (0, 4, "PIN", "number.cue", "digits")
    assert repr(one) == "Span(0, 4, PIN, number.cue, digits)"


def test_tags_of_the_vendor_are_counted_whatever_their_case_and_what_stands_around_them() -> None:
    turns = [Turn(RawText("[Card Number][phone] [noise] [ [phone] ] [phone")), Turn(RawText("my name is bob"))]
    assert Redactor().redact(turns).vendor == 3


def test_counting_tags_of_the_vendor_is_linear() -> None:
    """A slice for each bracket is as long as the longest tag at most, whatever follows."""
    seen: list[int] = []

    class Text(str):  # noqa: SLOT000
        def __getitem__(self, key: Any) -> str:
            seen.append(len(str(self)[key]))
            return str(self)[key]

    _vendor_tags(Text("[" * 50 + "]"))
    assert max(seen) <= max(map(len, lx.VENDOR_TAGS))
