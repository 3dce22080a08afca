"""The held-out generator says what it means, covers every type, and is left alone unless it is asked for."""

import re

import pytest

from tests.bench.redaction.generators.catalogue import GENERATORS, HELD_OUT, generate
from tests.bench.redaction.generators.last.exchange import Call
from tests.bench.redaction.generators.last.manner import Manner, agent, caller, regrouped, slipped
from tests.bench.redaction.generators.last.numbers import Digits, card, phone
from tests.bench.redaction.generators.last.sets import TOPICS
from tests.bench.redaction.generators.last.spelling import spelt
from tests.bench.redaction.generators.last.words import Email
from tests.bench.redaction.generators.script import Piece, Script
from tests.bench.redaction.generators.voice import Voice
from tests.bench.redaction.items import KINDS, Gold, Item
from tests.bench.redaction.sets.catalogue import names

SETS = {name: generate(name, count=300).items for name in HELD_OUT}


def said(item: Item, gold: Gold) -> str:
    return " ".join(item.turns[part.turn].text[part.start : part.end] for part in gold.parts)


def secret_text(pieces: list[str | Piece]) -> str:
    return " ".join(piece.text for piece in pieces if isinstance(piece, Piece) and piece.role == "secret")


def test_held_out_sets_are_listed_only_when_asked_for() -> None:
    assert not set(names()) & set(HELD_OUT)
    assert names(["last"]) == [name for name in HELD_OUT if name.startswith("last/")]
    assert not set(GENERATORS) & set(HELD_OUT)


def test_every_type_occurs_and_is_no_rarity() -> None:
    counts = dict.fromkeys(KINDS, 0)
    for items in SETS.values():
        for item in items:
            for gold in item.gold:
                counts[gold.kind] += 1
    del counts["NUMBER"]  # what a number is called that nobody can name; every secret here has a name
    assert min(counts.values()) >= 10, counts


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_can_be_told_asked_for_late_and_named_afterwards(topic: str) -> None:
    for flow in ("told", "asked", "late", "after", "bare"):
        for written in (True, False):
            voice = Voice(f"{topic}/{flow}/{written}")
            call = Call(Script(), voice, caller(voice, written=written), agent(voice, written=written))
            call.give(TOPICS[topic], flow=flow, read_back=1.0)
            item = call.script.item("x")
            assert {gold.kind for gold in item.gold} == {TOPICS[topic].kind}
            assert {"read back", flow} <= {gold.form for gold in item.gold}


def test_each_form_of_answer_occurs_in_the_set_that_is_about_it() -> None:
    forms = {name: {gold.form for item in items for gold in item.gold} for name, items in SETS.items()}
    assert {"told", "asked", "late", "after", "bare", "read back", "with a slip", "put right"} <= forms["last/spoken"]
    assert {"fragments", "read back", "repeat", "with a slip", "put right"} <= forms["last/split"]
    assert {"fragments", "read back", "repeat", "with a slip", "put right"} <= forms["last/uncued"]
    assert "fragments" in forms["last/words"]


@pytest.mark.parametrize("group", ["last", "fresh"])
def test_most_negatives_hold_no_secret_and_all_hold_something_that_stays(group: str) -> None:
    items = generate(f"{group}/negative").items
    assert all(item.stay for item in items)
    assert 0.7 < sum(not item.gold for item in items) / len(items) < 0.95


@pytest.mark.parametrize("group", ["last", "fresh"])
def test_uncued_conversations_name_no_type_of_number(group: str) -> None:
    for item in generate(f"{group}/uncued").items:
        text = " ".join(turn.text.lower() for turn in item.turns)
        assert not re.search(
            r"card|social|phone|mobile|\bcell|landline|account|digits|\bnumber\b|\bpin\b|visa|s s n", text
        )


@pytest.mark.parametrize("seed", range(40))
def test_a_number_written_or_read_back_has_all_its_digits_in_order(seed: int) -> None:
    voice = Voice(str(seed))
    script = Script()
    manner = Manner(voice=voice, written=True, decorated=seed % 2 == 0)
    number = card(voice)
    text = secret_text(number(manner, script.secret("CREDIT_CARD")))
    if not re.search("[a-z]", text, re.IGNORECASE):  # a recogniser may write the half of a group in words
        assert re.sub(r"\D", "", text) == number.plain
    assert "".join(regrouped(voice, number.plain)) == number.plain


@pytest.mark.parametrize(
    ("group", "doubles", "pairs", "words"),
    [
        ("4077", 1.0, 0.0, ("four oh double seven",)),
        ("4077", 0.0, 0.0, ("four oh seven seven",)),
        ("5552", 1.0, 0.0, ("triple five two", "treble five two", "three fives two")),
        ("6661", 1.0, 0.0, ("triple six one", "treble six one", "three sixes one")),
        ("9999", 1.0, 0.0, ("double nine double nine", "four nines")),
        ("4105", 0.0, 1.0, ("forty one oh five",)),
        ("3000", 0.0, 0.0, ("three thousand", "thirty hundred", "three oh oh oh")),
    ],
)
def test_groups_are_said_by_habit(group: str, doubles: float, pairs: float, words: tuple[str, ...]) -> None:
    for seed in range(10):
        manner = Manner(voice=Voice(str(seed)), written=False, zero="oh", doubles=doubles, pairs=pairs)
        assert manner.words(group) in words


@pytest.mark.parametrize("seed", range(30))
def test_a_slip_changes_the_group_by_one_digit(seed: int) -> None:
    voice = Voice(str(seed))
    wrong = slipped(voice, "4711")
    assert wrong != "4711"
    assert abs(len(wrong) - 4) <= 1
    assert len(slipped(voice, "47")) == 2


@pytest.mark.parametrize("seed", range(30))
def test_spelling_begins_with_the_letter_it_stands_for(seed: int) -> None:
    text = spelt(Voice(str(seed)), "rolla")
    initials = [word[0] for word in re.sub(r" (?:for|as in|like in|like|is for) \S+", "", text).split()]
    if "-" not in text and "double" not in text:
        assert "".join(initials) == "rolla"
    else:
        assert text in ("r-o-l-l-a", "r o double l a")


def test_phones_of_six_countries_are_drawn() -> None:
    drawn = [phone(Voice(str(seed))) for seed in range(400)]
    assert {number.lead for number in drawn} == {"", "1", "44", "61", "91", "49", "33"}
    assert all(8 <= len(number.plain) <= 11 for number in drawn)
    assert all(isinstance(number, Digits) for number in drawn)


def test_an_email_is_said_in_full_in_words_and_in_writing() -> None:
    for seed in range(30):
        voice = Voice(str(seed))
        address = Email(voice)
        secret = Script().secret("EMAIL")
        text = secret_text(address(Manner(voice=voice, written=True), secret)).lower()
        assert text.replace(" dot ", ".").replace(" at ", "@").replace(" @ ", "@") == f"{address.local}@{address.host}"
        spoken = secret_text(address(Manner(voice=voice, written=False), secret))
        assert re.search(r" at(?: the rate| sign)? .* dot ", spoken)


@pytest.mark.parametrize("name", HELD_OUT)
def test_no_part_of_a_secret_overlaps_what_has_to_stay_or_may_go(name: str) -> None:
    for item in SETS[name]:
        taken = [
            (part.turn, at)
            for part in (*(part for gold in item.gold for part in gold.parts), *item.stay, *item.neutral)
            for at in range(part.start, part.end)
        ]
        assert len(taken) == len(set(taken)), item.name
        assert all(said(item, gold).strip() for gold in item.gold)
