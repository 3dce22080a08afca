"""The screen only saves time: what is hidden is the same as if every utterance had been parsed and decided."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumer.redaction import Kind, RawText, Redactor, Span, Turn
from consumer.redaction import lexicon as lx
from consumer.redaction.attention import Attention
from consumer.redaction.cues import CueBook
from consumer.redaction.dialogue import Dialogue
from consumer.redaction.memory import CallMemory
from consumer.redaction.policy import parse
from consumer.redaction.scene import WholeCall
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


@pytest.mark.parametrize(
    "turns",
    [
        # a harmless number was said meanwhile, so that the question for a name is open again
        (("agent", "the name on the card is dolores price"), ("agent", "what does the serial number say"), ("agent", "case number six o seven six nine"), ("customer", "j café")),
        (("customer", "what is your name"), ("customer", "your order number"), ("customer", "invoice c star fifteen,"), ("agent", "fisher brown brakkath joy")),
        (("customer", "spell"), ("customer", "can i get your confirmation number"), ("customer", "chance"), ("customer", "email address is not"), ("", "l order z were niner"), ("agent", "an email x km a c turn the card over h")),
        # somebody asked for something harmless since, and no number was said
        (("customer", "may i have your last name"), ("customer", "your order number"), ("customer", "email an email s v guest driver j"), ("agent", "that'll yes"), ("agent", "fells")),
        # a last name that is a word of talk as well
        (("customer", "impossible dec i'm wise speaking bob mar why's"),),
        # a mark before an introduction counts as a greeting
        (("customer", ", i'm clay may rivers off this card"),), (("customer", "- it's rosa king"),),
        # the same with a cue behind the number, and in one that nobody asked for
        (("agent", "may i have your name"), ("customer", "what is my order number"), ("agent", "order 48392 is your order"), ("customer", "brakkath")),
        (("agent", "may i have your name"), ("customer", "what is my order number"), ("agent", "order 48392"), ("customer", "brakkath")),
        # a harmless number that is read back
        (("agent", "point a order capital 0132"), ("agent", "0132 mar ward social no our address")),
        # of several harmless numbers, the first
        (("agent", "the ticket number is 77120"), ("agent", "and the order number is 48392"), ("agent", "the case number is 55102"), ("agent", "what is your account number"), ("customer", "77120")),
        (("agent", "ticket is seven seven one two zero"), ("customer", "tracking 2019"), ("", "invoice 1 5"), ("", "seven seven one two zero"), ("customer", "2019")),
        (("customer", "ticket zero one three two"), ("agent", "case 5"), ("", "ticket 415"), ("customer", "order 12"), ("agent", "invoice 5"), ("", "zero one three two account no")),
        (("customer", "price 0132 jan july grant"), ("agent", "4111111111111111"), ("customer", "0132")),
        # a price or a time between the words for something harmless and a number, which they then do not protect
        (("agent", "order $5 4155551234"),), (("agent", "the tracking number $5 123456789"),), (("agent", "error $5 415 555 1234"),),
        (("agent", "invoice $45 6011"), ("customer", "two three four")), (("agent", "store number $5 nine"), ("customer", "4155551234")),
        # "double" before a price is a number, though without any digit
        (("", "item number"), ("agent", "treble 3.5"), ("customer", "555-1234 2019")), (("agent", "your number"), ("customer", "415"), ("customer", "treble 3.5")),
        # a word that sounds like a digit, in a part of what is hidden later
        (("agent", "oh 415 is"), ("agent", "oh 4155551234 what is the order number booking reference")),
        # words of every day that a cue says are a name
        (("agent", "i'm talking with chassis number"),), (("agent", "you're speaking to case."),), (("customer", "the name on the letter is price"),),
        # one digit beside one other word, in a correction
        (("customer", "j address an rent under the name routing csv code com"), ("agent", "658."), ("agent", "stress not o")),
    ],
)  # fmt: skip
def test_what_was_passed_over_still_counts_for_what_follows(turns: tuple[tuple[str, str], ...]) -> None:
    call = [Turn(RawText(text), speaker) for speaker, text in turns]
    assert REDACTOR.find(call) == everything(call)
    late = ("number.repeat", "number.chain")  # what is said before what explains it is found in a whole call only
    streamed = [[span for span in spans if span.rule not in late] for spans in released(REDACTOR.stream(KEY), call)]
    assert streamed == [[span for span in spans if span.rule not in late] for spans in everything(call)]


@pytest.mark.parametrize(
    ("texts", "decided"),
    [
        (("my contract started in 2019 and runs for 11 months", "five five five one two three"), False),  # words follow the number
        (("the first part of that is 2019", "five five five one two three"), True),
        (("the ticket number is 77120", "five five five one two three"), False),  # a harmless number begins nothing
        (("it is 77120", "is my card number"), True),  # its name may follow
        (("my meter says 77120", "that is the card number"), False),  # but not what else was said
    ],
)  # fmt: skip
def test_a_number_about_something_else_is_not_decided(texts: tuple[str, str], decided: bool) -> None:
    assert decides(*texts, index=0) is decided


@pytest.mark.parametrize(
    ("question", "answer", "decided"),
    [
        ("what is your name", "i would like to know that", False), ("what is your name", "brakkath", True), ("what is your name", "b o b", True),
        ("what is your name", "b as in boy", True), ("what is your address", "i would like to know that", False), ("what is your address", "rose cottage on mill lane", True),
        ("what is your address", "it is at number five", True), ("what is your password", "i would like to know that", True),
        ("what is your name", "i see the charge for the letter", False), ("what is your name", "it's charity", True), ("what is your name", "the kettle", False),
        ("what is your name", "see about that Kettle with storm biscuit", True), ("what is your name", "missus long", True),
        ("when does your card expire", "i would like to know that", False), ("when does your card expire", "in august", True),
        ("when does your card expire", "the second", True), ("when does your card expire", "in twelve", True),
        ("when does your card expire", "the first question is about that letter", False),
        ("my card number is 4111", "take your time", False), ("my card number is 4111", "no worries take your time", False),         ("my card number is 4111", "[noise]", False), ("my card number is 4111", "[noise].", False), ("my card number is 4111", "[pin]", True), ("my card number is 4111", "[noise] oh", True),
    ],
)  # fmt: skip
def test_an_answer_is_decided_if_it_may_hold_what_was_asked_for(question: str, answer: str, decided: bool) -> None:
    assert decides(question, answer, index=1) is decided


@pytest.mark.parametrize(
    ("texts", "decided"),
    [
        (("what is your card number", "would you like me to cancel the older one"), False),  # small talk, whatever was asked for
        (("what is your card number", "they open at three and close at four"), False),
        (("what is your card number", "i have been waiting for 25 minutes"), False),
        (("hello", "i was charged 116.29 instead of 116.29 last month"), False),
        (("what is your card number", "the older one that i have on my desk is four one one one"), True),
        (("what is your card number", "my flight is at 1125 on wednesday and that is it"), False),
        (("the ticket number is 1125", "what is your card number", "my flight is at 1125 on wednesday and that is it"), True),  # it is read back
        (("my card number is 4111", "okay", "uh to a"), True), (("my card number is 4111", "okay", "uh see"), False),
        (("what is your card number", "what is your ticket number", "they open at three and close at four"), True),  # one is waited for
        (("what is your expiration date", "they open at three twenty and close at four"), True),  # may be a date
        (("what is your expiration date", "the older one of these two letters is what they want"), False),
        (("what is your iban", "they open at three and close at four"), True),  # letters may be part of it
        (("what is your account number", "they open at three and close at four"), False),
        (("what is your account number", "they open at three as in then and close at four"), False), (("what is your account number", "page s is for sun one"), True),
        (("hello", "four one five of them are about five five five of those and one two three four of these"), True),
        (("hello", "the order 483920 was shipped on the 14th of march"), False),  # protected, and a date
        (("hello", "your order 8293625 left the warehouse on april 24 in the morning"), False),
        (("hello", "your order 8293625 left the warehouse with 8293625 more"), True),
        (("what is your card number", "39 percent off if you order before 18:45 today"), False),
    ],
)  # fmt: skip
def test_numbers_that_are_small_talk_are_not_decided(texts: tuple[str, ...], decided: bool) -> None:
    assert decides(*texts, index=len(texts) - 1) is decided
    spans_of(*texts)


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        ("could you spell that out for me", False), ("who do i talk to about a complaint", False), ("and what is your e-mail address", False), ("when does it expire", False),
        ("what is the password", True), ("may i have your name dolores", True), ("the name is kettle", True), ("could you spell that b o b", True),
        ("kettle pond is my e-mail address", True), ("what is your address on mill lane", True), ("when does it expire in august", True), ("my name is b", True), ("my name is ai", True), ("people call me Ai Bit", True),
    ],
)  # fmt: skip
def test_cues_without_a_value_are_heeded_and_not_decided(text: str, decided: bool) -> None:
    assert decides(text, index=0) is decided
    spans_of(text, "brakkath", "b o b")


@pytest.mark.parametrize(
    "texts",
    [
        ("what is your pin", "d is for dog one"), ("what is your pin", "page s is sun one"), ("account number please", "e is for easy one"),
        ("what is your account number", "e for easy 415 letters"), ("my pin is 12", "t is for tom 415 around"), ("my account is 4 5", "more c is charlie 12 minutes s"),
        ("my account is 4 5", "in the morning f two hundred c"), ("account number please", "of them a f two hundred minutes"), ("verification code", "p too fifty hundred third"),
    ],
)  # fmt: skip
def test_letters_among_the_digits_that_were_asked_for_are_found_however_they_are_spelled(
    texts: tuple[str, str],
) -> None:
    assert spans_of(*texts)[1]


@pytest.mark.parametrize("texts", [("dial one, second", "eight"), ("my pin is one . second",), ("what is your pin", "one. second")])  # fmt: skip
def test_a_moment_with_a_mark_in_it_is_a_digit(texts: tuple[str, ...]) -> None:
    assert any(spans_of(*texts, redactor=Redactor(parse("{version: 1, name: test, cues: {PIN: [second]}}"))))


def decides(*texts: str, index: int) -> bool:
    """Tell whether an utterance of two speakers is decided."""
    rulebook = REDACTOR._rulebook(None)
    turns = [Turn(RawText(text), "ab"[at % 2]) for at, text in enumerate(texts)]
    scene = WholeCall(turns, rulebook.cues, rulebook.codes(turns))
    attention = Attention(
        Dialogue(CallMemory(), rules=rulebook.find, allowed=rulebook.allowed), scene, rulebook.screen, waits=True
    )
    for at in range(index):
        attention.decide(at)
    return attention._needs(index)


def test_a_number_that_may_stay_is_no_harmless_number_that_was_said() -> None:
    texts = (
        "may i have your name",
        "what is my order number",
        "order 48392",
        "it says 48392 my pin is 48392",
        "brakkath",
    )
    passed_over = (
        "the ticket number is 48392",
        "it is",
        "okay",
        "sure",
        "4111111111111111",
        "what is your pin",
        "48392",
    )
    for calls in (texts, passed_over):
        spans_of(*calls, redactor=Redactor(parse("{version: 1, name: test, allow: ['48392']}")))
        spans_of(*calls)
