"""What one pass over an utterance counts, and the tables that it looks words up in."""

from itertools import groupby
from struct import iter_unpack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumer.redaction import screen
from consumer.redaction import tally as tally_module
from consumer.redaction import telling as tl
from consumer.redaction.cues import CueBook
from consumer.redaction.introductions import introduces
from consumer.redaction.screen import HEAVY, READ, WEIGHT, Screen
from consumer.redaction.tally import Tally, padded
from consumer.redaction.telling import Telling
from consumer.redaction.wordtable import PAD, UNKNOWN, LongTable, WordTable, letters_end

TELLING = Telling(CueBook(negative=["member 7", "loyalty card"]))
WORDS = st.text("abcz'", min_size=1, max_size=6) | st.text("ab", min_size=7, max_size=20)


def tally(text: str) -> Tally:
    return Tally(TELLING, padded(text))


def found(table: WordTable | LongTable, word: str, *, of: str | None = None) -> int:
    """Look a word up where it stands in a longer text, as it is or in another case."""
    data = f"({of or word})".encode() + PAD
    return table.find(data, 1, 1 + len(word))


@pytest.mark.parametrize("name", ["DATED", "STRONG", "WEAK", "NEGATIVE", "EAGER", "SPOKEN"])
def test_a_code_has_the_bits_of_what_its_words_say(name: str) -> None:
    assert getattr(screen, name) == getattr(tl, name)


@given(words=st.dictionaries(WORDS, st.integers(0, 2**62), max_size=40), other=WORDS)
def test_a_table_knows_its_words_and_no_others(words: dict[str, int], other: str) -> None:
    table = WordTable(words)
    assert {word: found(table, word) for word in words} == words
    assert found(table, other) == words.get(other, UNKNOWN)
    assert {word: found(table, word, of=word.upper()) for word in words} == words


@pytest.mark.parametrize("count", [1_000, 40_000])
def test_many_words_are_found_as_fast_as_few(count: int) -> None:
    """Count how far apart words stand from where they are looked for first: a table of any size spreads them."""
    words = LongTable({f"form {number:06}": number for number in range(count)})
    short = WordTable({f"a{number:06}": number for number in range(count)})
    for slots in (iter_unpack("<i", words._slots), (slot[:1] for slot in iter_unpack("<qq", short._slots))):
        runs = [sum(1 for _ in run) for full, run in groupby(slot != (0,) for slot in slots) if full]
        assert max(runs) < 200
        assert sum(runs) == count


@given(st.text("azAZ`{@[09' é\n", max_size=20).map(lambda text: text.encode("latin-1")), st.integers(0, 20))
def test_letters_end_where_something_else_stands(text: bytes, start: int) -> None:
    start = min(start, len(text))
    rest = text[start:]
    letters = len(rest) - len(rest.lstrip(b"azAZ"))
    assert letters_end(text + PAD, start) == start + letters


def test_every_byte_is_told_from_a_letter() -> None:
    for byte in (bytes([code]) for code in range(256)):
        for place in range(9):
            data = b"z" * place + byte + b"a" + PAD
            assert letters_end(data, 0) == (place + 2 if byte.isalpha() else place)


def test_a_word_that_no_table_knows_is_about_something_else_and_may_be_a_name() -> None:
    assert tally_module._STRANGE == tl.HEAVY | tl.ANSWERS


def test_a_word_that_is_too_long_to_be_looked_for_is_not_known() -> None:
    table = WordTable({"a" * 255: 1, "a" * 256: 2, "": 3})
    assert found(table, "a" * 255) == 1
    assert found(table, "a" * 256) == UNKNOWN


@given(pairs=st.dictionaries(st.tuples(WORDS, WORDS), st.integers(0, 2**62), max_size=20), other=WORDS)
def test_pairs_are_known_whatever_stands_between_them(pairs: dict[tuple[str, str], int], other: str) -> None:
    table = LongTable({" ".join(pair): value for pair, value in pairs.items()})
    for one, two in [*pairs, (other, other)]:
        data, start = f"{one} ,- {two}".encode() + PAD, len(one) + len(" ,- ")
        place = (start, start + len(two))
        assert table.find_pair(data, (0, len(one)), place) == pairs.get((one, two), UNKNOWN)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("four one five", 3), ("twenty one", 3), ("double four", 4), ("4155550132", 10), ("to for", 0), ("one to two", 3), ("one hundred", 3),
        ("two thousand and nine", 5), ("nothing", 0), ("oh to oh", 3),
    ],
)  # fmt: skip
def test_it_counts_the_most_digits_there_can_be(text: str, digits: int) -> None:
    assert tally(text).digits == digits


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("it's fine", False), ("dogs' dinner", True), ("'tis", True), ("rock'n'roll", True), ("rock 'n' roll", True), ("a5", True), ("5a", True),
        ("the 14th of may", False), ("4th5", True), ("4TH'S", False), ("9" * 39, False), ("9" * 40, True), ("a@b", True), ("[card]", True),
        ("fe80::1", True), ("10:30", False), ("10:30 to 11:30", True), ("example.com", True), ("the end. and", False), ("oh oh", True),
        ("oh too oh", True), ("oh no", False), ("x.", False), ("d'", True),
    ],
)  # fmt: skip
def test_words_that_are_other_tokens_of_a_line_and_marks_of_a_value_have_to_be_looked_at(text: str, look: bool) -> None:
    assert tally(text).look is look


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("i was charged 465", 0), ("a 5", 1), ("a b c", 3), ("w one uh a", 2), ("5 comma b", 1), ("a as in apple 5 b", 2), ("k to the 9", 1),
        ("tango one", 1), ("i said a word b", 0),
    ],
)  # fmt: skip
def test_letters_count_beside_others_and_beside_numbers(text: str, letters: int) -> None:
    assert tally(text).letters == letters


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("your member, 7 please", tl.NEGATIVE), ("your member 8 please", 0), ("the LOYALTY - card's gone", tl.NEGATIVE),
        ("loyalty for my card", 0), ("what's the card number", tl.STRONG), ("your full name", tl.EAGER),
    ],
)  # fmt: skip
def test_a_cue_is_known_by_two_of_its_words_side_by_side(text: str, asks: int) -> None:
    assert tally(text).said & tl.ASKED & asks == asks
    assert asks or not tally(text).said & tl.NEGATIVE


@pytest.mark.parametrize(
    ("text", "introduced"),
    [
        ("hi this is bob", True), ("hello i'm uh bob", True), ("hello um i'm bob", False), ("hi i am sorry", False), ("bob marsh speaking", True), ("we are here", False),
        ("i know all of that and he was here", False), ("good morning i'm bob", False), ("this is maria garcia calling", True), ("hi", False),
        ("hello 5 it's bob", True), ("i'm bob and this", False),
    ],
)  # fmt: skip
def test_it_tells_who_may_introduce_themselves(text: str, introduced: bool) -> None:
    assert tally(text).introduces is introduced
    assert introduced or not introduces(text.split()) or "i'm" in text


@pytest.mark.parametrize("words", [["nobody", "calls"], ["hi"], ["hello", "there"], ["5", "we", "are"]])
def test_nobody_introduces_themselves(words: list[str]) -> None:
    assert not introduces(words)


@pytest.mark.parametrize(
    ("text", "asked"), [("and you are", True), ("you were called?", True), ("you are right", False)]
)
def test_it_tells_who_is_asked_for_a_name(text: str, asked: bool) -> None:
    assert tally(text).asks_who is asked


def test_digits_of_harmless_shapes_are_not_counted_unless_what_is_left_is_for_the_parser() -> None:
    screen = Screen(CueBook())
    text = "it was $45.00 and 12 of them"
    code = screen.read(screen.codes([text])[0], text, None)
    assert (code >> WEIGHT, code & HEAVY) == (2, 2)
    text = f"$5 {'9' * 20},{'9' * 20}"
    code = screen.codes([text])[0]
    assert screen.read(code, text, None) == code | READ
