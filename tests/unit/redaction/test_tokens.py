"""How an utterance is cut into tokens: their words, where they stand, and the class of each by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumer.redaction.cues import CueBook
from consumer.redaction.fold import fold
from consumer.redaction.line import Line

BOOK = CueBook()
TEXTS = st.text("abz 059'.-@[]\u2019\u00e9\u0664\t", max_size=40) | st.text(max_size=20)


def line(text: str) -> Line:
    return Line(text, fold(text), BOOK)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("what's the pin", ["what's", "the", "pin"]), ("the dogs' dinner", ["the", "dogs", "'", "dinner"]), ("'tis", ["'", "tis"]),
        ("it costs $5.", ["it", "costs", "$", "5", "."]), ("verification complete", ["verification", "complete"]), ("the\t14th", ["the", "14", "th"]),
        ("[card number] is", ["[card number]", "is"]), ("[5]", ["[", "5", "]"]), ("a1b22", ["a", "1", "b", "22"]), ("\u00e9t\u00e9 \u0664", ["ete", "4"]),
        ("rock'n'roll", ["rock'n", "'", "roll"]),
    ],
)  # fmt: skip
def test_words_numbers_marks_and_tags_are_tokens(text: str, words: list[str]) -> None:
    assert line(text).words == words


@given(TEXTS)
def test_tokens_stand_where_they_say_and_leave_nothing_but_blanks(text: str) -> None:
    one, end = line(text), 0
    for at, word in enumerate(one.words):
        assert one.text[one.start(at) : one.end(at)] == word
        assert one.text[end : one.start(at)].strip(" ") == ""
        end = one.end(at)
    assert one.text[end:].strip(" ") == ""
    assert len(one.classes) == len(one.words)


@given(TEXTS, st.integers(0, 60))
def test_the_first_token_behind_a_place_is_found(text: str, place: int) -> None:
    one = line(text)
    assert one.behind(place) == sum(one.start(at) < place for at in range(len(one.words)))


def test_an_ending_belongs_to_the_ordinal_that_it_touches() -> None:
    assert line("14th").classes == "OO"
    assert line("14 th").classes == "nx"
