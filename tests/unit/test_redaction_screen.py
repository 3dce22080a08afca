"""The screen only saves time: what is hidden is the same as if every utterance had been parsed and decided."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumer.redaction import Kind, RawText, Redactor, Span, Turn
from consumer.redaction import lexicon as lx
from consumer.redaction.cues import CueBook
from consumer.redaction.policy import parse
from consumer.redaction.stream import released
from tests.bench.redaction.generators.catalogue import GENERATORS, generate
from tests.bench.redaction.sets import sgd
from tests.simulator.generator import generate as simulated

REDACTOR = Redactor()
KEY = bytes(32)
SEEDS = (11, 12)
PHRASES = sorted({" ".join(words).replace(" - ", "-") for words, _, _ in CueBook().phrases})
WORDS = (
    *lx.DIGITS, *lx.TEENS, *lx.TENS_WORDS, *lx.MULTIPLIERS, *lx.NEIGHBOURS, *lx.HOMOPHONES, *sorted(lx.MONTHS), *sorted(lx.UNITS)[:20],
    *["hundred", "thousand", "first", "second", "14th", "4", "12", "415", "0132", "4111", "4111111111111111", "2021-12-09", "10:30", "129.99", "$45.00", "1,000", "20%", "gb29", "a", "b", "c", "x", "i", "no", "not"],
    *["this", "is", "bob", "here", "speaking", "calling", "it's", "i'm", "john", "Smith", "at", "dot", "com", "gmail", "@", ".", ",", "-", "'", "#", "(", "+", "[card]", "the", "that", "one", "moment", "box", "point"],
    *["order", "shipped", "waiting", "uh", "um", "and", "okay", "yes", "hunter2", "main", "street", "london", "as", "in", "boy", "AB", "w1a", "1aa", "www.example.com", "٤١", "café"],
)  # fmt: skip
UTTERANCES = st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(PHRASES)), max_size=8).map(" ".join)
TURNS = st.builds(
    lambda text, speaker: Turn(RawText(text), speaker), UTTERANCES, st.sampled_from(("agent", "customer", ""))
)


def everything(turns: list[Turn]) -> list[list[Span]]:
    """Find what has to be hidden with every utterance decided: whoever takes notes wants to know of all of them."""
    return REDACTOR.find(turns, note=lambda _index, _verdict: None)


@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_generated_conversations_lose_nothing_by_the_screen(name: str) -> None:
    for seed in SEEDS:
        for item in generate(name, seed=seed, count=30).items:
            turns = [Turn(RawText(turn.text), turn.speaker) for turn in item.turns]
            assert REDACTOR.find(turns) == everything(turns), item.name


def test_task_dialogues_lose_nothing_by_the_screen() -> None:
    for item in sgd.conversations().items[::10]:
        turns = [Turn(RawText(turn.text), turn.speaker) for turn in item.turns]
        assert REDACTOR.find(turns) == everything(turns), item.name


def test_utterances_of_many_calls_in_any_order_lose_nothing_by_the_screen() -> None:
    rng = random.Random(3)
    spoken = [
        Turn(RawText(turn.text), turn.speaker)
        for name in GENERATORS
        for item in generate(name, seed=13, count=10).items
        for turn in item.turns
    ]
    spoken += [Turn(RawText(turn.text), turn.speaker) for index in range(20) for turn in simulated(5, index).turns]
    for _ in range(150):
        turns = rng.choices(spoken, k=30)
        assert REDACTOR.find(turns) == everything(turns)


@settings(max_examples=300, deadline=None)
@given(turns=st.lists(TURNS, max_size=14))
def test_any_dialogue_of_numbers_cues_and_fillers_loses_nothing_by_the_screen(turns: list[Turn]) -> None:
    assert REDACTOR.find(turns) == everything(turns)


@settings(max_examples=50, deadline=None)
@given(turns=st.lists(TURNS, max_size=8))
def test_a_stream_that_sees_all_of_a_dialogue_decides_as_if_all_were_parsed(turns: list[Turn]) -> None:
    known = [
        [span for span in spans if not span.rule.endswith(".repeat")] for spans in everything(turns)
    ]  # what was said before it was hidden is not looked at again
    streamed = [
        [span for span in spans if not span.rule.endswith(".repeat")] for spans in released(REDACTOR.stream(KEY), turns)
    ]
    assert streamed == known


def test_a_cue_without_any_word_leaves_nothing_to_the_screen() -> None:
    from consumer.redaction.screen import ANYTHING, Screen  # noqa: PLC0415 - the one test of an inner part

    assert Screen(CueBook(negative=["#"])).codes(["hello", "there"]) == [ANYTHING, ANYTHING]


def spans_of(*texts: str, redactor: Redactor = REDACTOR) -> list[list[tuple[int, int, Kind]]]:
    """Redact turns of two speakers, with the screen and without it: both have to say the same."""
    turns = [Turn(RawText(text), "ab"[index % 2]) for index, text in enumerate(texts)]
    found = redactor.find(turns)
    assert found == redactor.find(turns, note=lambda _index, _verdict: None)
    return [[(span.start, span.end, span.kind) for span in spans] for spans in found]


def test_an_identifier_is_read_as_the_answer_to_a_question_that_no_number_followed_yet() -> None:
    assert spans_of("what is your national insurance number", "two 22nd")[1] == [(4, 8, Kind.NATIONAL_ID)]


@pytest.mark.parametrize(
    "texts",
    [("3.5 garcia 123456", "4111 1111"), ("oak 24/7 12/24", "5555"), ("ten 1st 3.5 ten", "0123456789"), ("\uff11\uff12 john main wug 50% 12", "12")],
)  # fmt: skip
def test_parts_of_a_number_beside_a_harmless_shape_lose_nothing_by_the_screen(texts: tuple[str, str]) -> None:
    spans_of(*texts)


def test_parts_of_a_card_beside_a_decimal_number_are_hidden() -> None:
    assert spans_of("3.5 garcia 123456", "4111 1111") == [[(11, 17, Kind.CREDIT_CARD)], [(0, 9, Kind.CREDIT_CARD)]]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [("my national insurance number is NI 1,200.50", (32, 43)), ("account number is 2020-01-02 PO", (18, 31))],
)
def test_two_letters_of_a_cue_are_spelled_as_well(text: str, hidden: tuple[int, int]) -> None:
    assert [one[:2] for one in spans_of(text)[0]] == [hidden]


def test_a_moment_behind_a_price_masks_no_number() -> None:
    assert spans_of("what is your pin", "$1 second so nine")[1]


def test_a_tag_may_be_a_cue_of_a_policy() -> None:
    redactor = Redactor(parse("{version: 1, name: test, cues: {NUMBER: ['[beep]', 'code [tone]']}}"))
    assert spans_of("[beep] 4321", redactor=redactor) == [[(7, 11, Kind.NUMBER)]]
    assert spans_of("code [tone] 4321", redactor=redactor) == [[(12, 16, Kind.NUMBER)]]
