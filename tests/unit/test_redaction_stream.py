"""The streaming form: the same spans however a conversation is cut, and the whole-call result but for what the window explains."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumer.redaction import RawText, Redactor, Span, Stream, Turn
from consumer.redaction.line import Line
from consumer.redaction.repeats import Repeats
from consumer.redaction.stream import HOLD_BACK, HOLD_BACK_SECONDS
from tests.bench.redaction.generators.catalogue import generate
from tests.unit.redaction.marked import turns
from tests.unit.redaction.tables import HIDDEN, KEPT, Row, rows

REDACTOR = Redactor()
KEY = bytes(16)
FILLER = Turn(RawText("the weather is fine"), "agent")


def fed(turns: list[Turn], stream: Stream) -> list[list[Span]]:
    return [spans for turn in turns for spans in stream.feed(turn)] + stream.close()


def said(*lines: str) -> list[Turn]:
    return [Turn(RawText(text), speaker) for speaker, _, text in (line.partition(": ") for line in lines)]


CALL = said(
    "agent: what is your card number",
    "customer: four one one one",
    "agent: okay",
    "customer: two two two two",
    "customer: three three three three",
    "customer: four four four four",
    "agent: and the cvv",
    "customer: nine eight seven",
)


def test_an_utterance_is_released_when_eight_more_are_known() -> None:
    stream = REDACTOR.stream(KEY)
    assert [len(stream.feed(FILLER)) for _ in range(HOLD_BACK + 2)] == [0] * HOLD_BACK + [1, 1]
    assert len(stream.close()) == HOLD_BACK
    assert stream.close() == []


def test_an_utterance_is_released_after_twenty_seconds_of_the_call() -> None:
    stream = REDACTOR.stream(KEY)
    assert stream.feed(Turn(FILLER.text, "agent", 0.0)) == []
    assert stream.feed(Turn(FILLER.text, "agent", HOLD_BACK_SECONDS - 1)) == []
    assert len(stream.feed(Turn(FILLER.text, "agent", HOLD_BACK_SECONDS))) == 1
    assert stream.feed(FILLER) == []


def test_a_short_call_gives_the_whole_call_result() -> None:
    assert fed(CALL, REDACTOR.stream(KEY)) == REDACTOR.find(CALL)


def test_a_cue_beyond_the_window_comes_too_late_for_a_stream_only() -> None:
    turns = said(
        "customer: four two one eight three nine", *["agent: the weather is fine"] * 20, *["agent: it is fine"] * 2
    )
    repeat = said("customer: my account number is four two one eight three nine")
    assert REDACTOR.find(turns + repeat)[0]
    assert not fed(turns + repeat, REDACTOR.stream(KEY))[0]


def test_an_overlong_utterance_fails_closed_and_the_stream_goes_on() -> None:
    found = fed([Turn(RawText("1" * 30_000)), *CALL], REDACTOR.stream(KEY))
    assert [span.rule for span in found[0]] == ["error.too_long"]
    assert found[1:] == REDACTOR.find(CALL)


ITEMS = generate("whole-calls", count=12).items


@settings(max_examples=30)
@given(st.sampled_from(ITEMS), st.data())
def test_the_spans_do_not_depend_on_how_a_call_is_cut(item: object, data: st.DataObject) -> None:
    turns = [Turn(RawText(turn.text), turn.speaker) for turn in item.turns]  # type: ignore[attr-defined]  # an Item
    one_by_one = fed(turns, REDACTOR.stream(KEY))
    stream, found, at = REDACTOR.stream(KEY), [], 0
    while at < len(turns):
        size = data.draw(st.integers(1, 9))
        for turn in turns[at : at + size]:
            found += stream.feed(turn)
        at += size
    assert found + stream.close() == one_by_one


@pytest.mark.parametrize("item", ITEMS, ids=[item.name for item in ITEMS])
def test_a_stream_hides_nothing_that_a_whole_call_leaves(item: object) -> None:
    turns = [Turn(RawText(turn.text), turn.speaker) for turn in item.turns]  # type: ignore[attr-defined]  # an Item
    whole = REDACTOR.find(turns)
    for spans, all_spans in zip(fed(turns, REDACTOR.stream(KEY)), whole, strict=True):
        for span in spans:
            assert any(one.start <= span.start and span.end <= one.end for one in all_spans)


# What is said before it is known to be a secret: only a whole call can hide it.
TOO_EARLY = ("C: i wrote <NUMBER|5550132> down", "A: <PERSON_NAME|leopold> asked for it")


@pytest.mark.parametrize(("subject", "row"), rows({**HIDDEN, **KEPT}))
def test_every_form_is_what_it_is_in_a_whole_call(subject: str, row: Row) -> None:
    call = turns(row)
    early = row[0] in TOO_EARLY
    found, whole = fed(call, REDACTOR.stream(KEY)), REDACTOR.find(call)
    assert found[early:] == whole[early:], subject
    assert not (early and found[0])


def test_a_number_is_known_again_when_nobody_asks_for_it_any_more() -> None:
    call = said("C: my phone number is 555 0132", *["A: the light is green"] * 12, "A: i wrote 5550132 down")
    assert [span.rule for span in fed(call, REDACTOR.stream(KEY))[-1]] == ["number.repeat"]


@pytest.mark.parametrize(
    ("hidden", "again", "place"),
    [
        ("C: penny bergstrom speaking", "A: right i've typed penny bergstrom", (17, 32)), ("C: this is rajesh ferguson calling", "A: thanks rajesh.", (7, 13)),
        ("C: my password is thunder586", "A: let me just run through that thunder 586", (29, 40)),
    ],
)  # fmt: skip
def test_names_and_passwords_are_known_again(hidden: str, again: str, place: tuple[int, int]) -> None:
    for between in (0, 30):
        call = said(hidden, *["A: the light is green"] * between, again)
        found = fed(call, REDACTOR.stream(KEY))
        assert [(span.start, span.end, span.rule) for span in found[-1]] == [(*place, "name.repeat")]
        assert found == REDACTOR.find(call)


def test_an_utterance_that_cannot_be_treated_is_hidden_whole_and_the_stream_goes_on() -> None:
    found = fed(said("C: " + "hi this is bob here " * 40, "C: my pin is 4412"), REDACTOR.stream(KEY))
    assert [[span.rule for span in spans] for spans in found] == [["error.internal"], ["number.cue"]]


def test_an_error_in_what_is_known_again_hides_the_utterance_and_the_stream_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spans_of = Repeats.spans

    def spans(self: Repeats, line: Line, found: list[Span]) -> list[Span]:
        if "light" in line.words:
            raise MemoryError
        return spans_of(self, line, found)

    monkeypatch.setattr(Repeats, "spans", spans)
    found = fed(
        said("C: this is rajesh ferguson calling", "A: the light is green", "A: thanks rajesh"), REDACTOR.stream(KEY)
    )
    assert [[span.rule for span in one] for one in found] == [["name.introduced"], ["error.internal"], ["name.repeat"]]


@pytest.mark.parametrize(
    "first", ["my name is zqa okay " * 80, "my password is " + "zqa " * 40, "my name is zqa zqb okay " * 30]
)
def test_what_is_said_over_and_over_takes_one_place_among_what_is_known(first: str) -> None:
    call = said(f"C: {first}", "C: my name is zqy", *["A: the light is green"] * 12, "C: i told the zqy thing to them")
    for found in (REDACTOR.find(call), fed(call, REDACTOR.stream(KEY))):
        assert [span.rule for span in found[-1]] == ["name.repeat"]


def test_sixty_four_words_are_known_again() -> None:
    words = [f"zq{one}{other}" for one in "bcdfghjk" for other in "mnprstvw"]
    call = said(
        *[line for word in words for line in ("A: what is your password", f"C: my password is {word}")],
        *[f"A: so {word} then" for word in words],
    )
    assert all(REDACTOR.find(call)[-len(words) :])
