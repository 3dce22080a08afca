"""The audio is silent under what is hidden: by word where words map to the text, else for the whole utterance."""

import msgspec
import pytest

from consumer import word_times
from consumer.redaction import Interval, Kind, Source, Span, Word
from consumer.redaction.mute import intervals, merged

TEXT = "my card is four one one"
WORDS = [Word(word, 10.0 + at, 10.5 + at) for at, word in enumerate(TEXT.split())]
SPANS = [Span(11, 23, Kind.CREDIT_CARD, "r", Source.SPOKEN)]
ALL = frozenset(Kind)


def silent(spans: list[Span] = SPANS, kinds: frozenset[Kind] = ALL, **times: object) -> list[Interval]:
    given = {"words": WORDS, "start": 10.0, "end": 16.0} | times
    return merged(intervals(TEXT, spans, kinds, **given))  # type: ignore[arg-type]  # the table varies them


def test_the_words_under_a_span_are_silent_with_a_margin() -> None:
    assert silent() == [Interval(12.75, 15.75)]


def test_only_the_types_that_the_policy_names_are_silent() -> None:
    assert silent(kinds=frozenset((Kind.CVV,))) == []
    assert silent(spans=[]) == []


def test_where_words_do_not_map_to_the_text_the_whole_utterance_is_silent() -> None:
    assert silent(words=WORDS[1:]) == [Interval(9.75, 16.25)]
    assert silent(words=[]) == [Interval(9.75, 16.25)]


def test_without_the_times_of_the_utterance_those_of_its_words_are_taken() -> None:
    assert silent(words=WORDS[1:], start=None) == [Interval(10.75, 15.75)]
    assert silent(words=[], start=None, end=None) == []


def test_a_span_between_words_silences_the_whole_utterance() -> None:
    assert silent(spans=[Span(2, 3, Kind.CVV, "r", Source.CUE)]) == [Interval(9.75, 16.25)]


def test_stretches_that_touch_are_one() -> None:
    assert merged([Interval(3, 4), Interval(1, 2), Interval(2, 2.5)]) == [Interval(1, 2.5), Interval(3, 4)]


@pytest.mark.parametrize(
    ("words", "read"),
    [
        (b"[]", []),
        (b'[{"word": "one", "startTimeMs": 1000, "duration": {"milliseconds": 250}}]', [Word("one", 1.0, 1.25)]),
        (b'[{"word": "one", "startTimeMs": 1000, "duration": 250, "confidence": 1}]', [Word("one", 1.0, 1.25)]),
        (b'[{"word": "one", "startTimeMs": 1000}]', [Word("one", 1.0, 1.0)]),
        (b'[{"word": "one"}]', []),
        (b'{"a": 1}', []),
        (b"null", []),
        (b'["\xff"]', []),
    ],
)
def test_words_of_any_other_shape_have_no_times(words: bytes, read: list[Word]) -> None:
    assert word_times.read(msgspec.Raw(words)) == read
