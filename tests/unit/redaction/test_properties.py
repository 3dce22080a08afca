"""What holds for any number, however it is said, and for any text at all."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumer.redaction import Kind, RawText, Redactor, Span, Turn
from consumer.redaction import lexicon as lx
from consumer.redaction.fold import fold
from consumer.redaction.scene import MAX_UTTERANCE_CHARACTERS
from tests.unit.redaction.marked import redacted
from tests.unit.redaction.speech import DIALOGUES, numbers, spoken

REDACTOR = Redactor()
TAG = re.compile(r"\[[A-Za-z_ ]+\]")
NUMBER_WORD = re.compile(rf"\d|\b(?:{'|'.join([*lx.DIGITS, *lx.TEENS, *lx.TENS_WORDS, *lx.MULTIPLIERS, 'oh'])})\b")
ANYTHING = st.text(st.characters(exclude_categories=()))  # surrogates, combining marks and all
CUED = {
    "my card number is": (12, 19),
    "my social is": (9, 9),
    "my phone number is": (7, 12),
    "my account number is": (6, 14),
    "routing number": (9, 9),
    "the cvv is": (3, 4),
    "my pin is": (4, 6),
    "my zip code is": (5, 5),
    "passport number": (8, 9),
    "my customer number is": (5, 10),
}
ORDINARY = (
    "the weather is nice today", "i would like to talk about my bill", "sure let me pull that up for you", "it has not arrived", "great thanks",
    "can you hear me", "the line is bad", "we moved into a new house", "that is not what i ordered", "hold on a moment", "what do you suggest",
)  # fmt: skip


def rest(texts: list[str]) -> str:
    """Return what is left beside the tags."""
    return " ".join(TAG.sub("", text) for text in texts)


@st.composite
def said(draw: st.DrawFn, low: int, high: int) -> str:
    return draw(spoken(draw(numbers(low, high).filter(lambda digits: digits.strip("0") != ""))))


@pytest.mark.parametrize(("cue", "size"), CUED.items())
@given(data=st.data())
def test_every_digit_behind_its_cue_is_hidden(cue: str, size: tuple[int, int], data: st.DataObject) -> None:
    text = data.draw(said(*size))
    assert not NUMBER_WORD.search(rest(redacted(f"{cue} {text}")))
    assert not NUMBER_WORD.search(
        rest(redacted([f"A: {cue.removeprefix('my ').removesuffix(' is')} please", f"C: {text}"]))
    )


@st.composite
def whole(draw: st.DrawFn) -> str:
    """Say a number that needs no cue: with pauses only where no zero is, for an "oh" between two pauses may be surprise."""
    pauses = draw(st.booleans())
    digits = draw(
        st.text("123456789" if pauses else "0123456789", min_size=10, max_size=24).filter(lambda one: len(one) != 12)
    )
    return draw(spoken(digits, pauses=pauses))


@given(whole())
def test_a_whole_number_needs_no_cue(text: str) -> None:
    assert not NUMBER_WORD.search(rest(redacted(f"it's {text} thanks")))


@settings(max_examples=150)
@given(
    st.data(),
    st.sampled_from(("card number please", "what's your social", "your phone number please", "and the account number")),
)
def test_every_part_of_a_number_over_turns_is_hidden(data: st.DataObject, question: str) -> None:
    parts = data.draw(st.lists(numbers(3, 5), min_size=2, max_size=4))
    lines = [f"A: {question}"]
    for part in parts:
        lines += [
            f"C: {data.draw(spoken(part))}",
            f"A: {data.draw(st.sampled_from(('mm hmm', 'okay', 'go ahead', 'yes', '[noise]')))}",
        ]
    assert not NUMBER_WORD.search(rest(redacted(lines)))


@given(st.lists(st.sampled_from(ORDINARY), max_size=12))
def test_talk_without_numbers_and_cues_stays(texts: list[str]) -> None:
    assert redacted(texts) == texts


@settings(max_examples=200)
@given(DIALOGUES)
def test_spans_are_sorted_apart_and_inside_and_the_rest_stays(dialogue: list[tuple[str, str]]) -> None:
    turns = [Turn(RawText(text), speaker) for speaker, text in dialogue]
    result = REDACTOR.redact(turns)
    for turn, spans, text in zip(turns, result.spans, result.texts, strict=True):
        assert text == _cut(turn.text, spans)


@given(st.lists(ANYTHING, max_size=4))
def test_any_text_at_all_can_be_treated(texts: list[str]) -> None:
    result = REDACTOR.redact([Turn(RawText(text)) for text in texts])
    assert Kind.ERROR not in result.counts
    assert [_cut(text, spans) for text, spans in zip(texts, result.spans, strict=True)] == result.texts


@pytest.mark.parametrize(
    "piece",
    ["1", "one ", "4111 ", "a ", "a@", "a.", "at ", "dot ", "at gmail dot ", "my name is ", "this is ", "speaking ", "card number ", "[", "[redacted_", "(", "1.", "a:", "de89",
     "password is ", "i live at 12 ", "double ", "oh ", "to ", "\u0301", "\U0001d7ce", "\ud800", "march ", "b as in boy ", "order number "],
)  # fmt: skip
def test_the_longest_utterance_that_is_read_can_be_treated(piece: str) -> None:
    text = (piece * MAX_UTTERANCE_CHARACTERS)[:MAX_UTTERANCE_CHARACTERS]
    result = REDACTOR.redact([Turn(RawText("card number and name please"), "agent"), Turn(RawText(text), "customer")])
    assert Kind.ERROR not in result.counts


@given(ANYTHING)
def test_folding_keeps_every_offset(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert folded.isascii()
    assert not any(map(str.isupper, folded))


@pytest.mark.parametrize("kind", Kind)
def test_tags_hold_no_digit_and_no_number_word(kind: Kind) -> None:
    words = re.findall("[a-z]+", kind.tag.lower())
    assert not any(character.isdigit() for character in kind.tag)
    assert not set(words) & {*lx.VALUES, *lx.MULTIPLIERS, *lx.ORDINALS, *lx.MONTHS, "hundred", "thousand", "million"}


def _cut(text: str, spans: list[Span]) -> str:
    """Write a text with its spans hidden, which have to be sorted, apart and inside."""
    parts, end = [], 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        parts += [text[end : span.start], span.kind.tag]
        end = span.end
    return "".join([*parts, text[end:]])
