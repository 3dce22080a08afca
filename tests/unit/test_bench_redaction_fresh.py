"""The second held-out generator says what it means, repeats itself for a seed, and shares no phrase with the others."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.redaction import generators
from tests.bench.redaction.generators.catalogue import HELD_OUT, generate
from tests.bench.redaction.generators.fresh import (
    answers_numbers,
    answers_persons,
    industries,
    plain_talk,
    talk,
    together,
)
from tests.bench.redaction.generators.fresh.details import DETAILS
from tests.bench.redaction.generators.fresh.numbers import Digits, card, pieces_of, slip
from tests.bench.redaction.generators.fresh.talker import Talker
from tests.bench.redaction.generators.fresh.words import email
from tests.bench.redaction.generators.script import Piece, Script
from tests.bench.redaction.generators.voice import Voice
from tests.bench.redaction.items import KINDS, Gold, Item
from tests.bench.redaction.sets.catalogue import names

FRESH = [name for name in HELD_OUT if name.startswith("fresh/")]
SETS = {name: generate(name, count=100 if name.endswith("calls") else 300).items for name in FRESH}
IMPORTANT = ("card", "ssn", "phone", "name", "address", "email", "birth")
HERE = Path(generators.__file__).parent
SHORTEST_PHRASE = 3


def said(item: Item, gold: Gold) -> str:
    return " ".join(item.turns[part.turn].text[part.start : part.end] for part in gold.parts)


def own_phrases() -> set[str]:
    """List every phrase of the banks of this generator, without capitals, punctuation and slots."""
    banks = [
        *(bank for module in (answers_numbers, answers_persons, plain_talk, talk) for bank in vars(module).values()),
        *(bank for detail in DETAILS.values() for bank in (detail.ask, detail.answer, detail.tell)),
        *(bank for breath in together.BREATHS.values() for bank in (breath.ask, breath.answer)),
        *(bank for one in industries.INDUSTRIES.values() for bank in (one.reasons, one.scenes)),
        *(bank for bank in vars(industries).values() if isinstance(bank, tuple)),
    ]
    phrases = {phrase for bank in banks if isinstance(bank, tuple) for phrase in bank}
    return {bare(turn) for phrase in phrases for turn in phrase.split("|")} - {""}


def bare(phrase: str) -> str:
    """Reduce a phrase to its words; those too short to be anybody's own become nothing."""
    words = re.findall(r"[a-z']+", re.sub(r"\{[^}]*\}|^\s*[AC]:", " ", phrase).lower())
    return " ".join(words) if len(words) >= SHORTEST_PHRASE else ""


def literals(path: Path) -> Iterator[str]:
    """List the strings of a module, those with slots as well."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from node.value.splitlines()
        elif isinstance(node, ast.JoinedStr):
            yield " ".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))


def test_no_phrase_is_shared_with_the_other_generators() -> None:
    modules = [*HERE.glob("*.py"), *(HERE / "last").glob("*.py")]
    assert len(modules) > 15
    others = {bare(literal) for path in modules for literal in literals(path)}
    assert len(others) > 500
    assert sorted(own_phrases() & others) == []


@pytest.mark.parametrize("topic", IMPORTANT)
def test_what_matters_most_is_asked_for_and_told_in_forty_ways(topic: str) -> None:
    assert len(set(DETAILS[topic].ask)) >= 40
    assert len(set(DETAILS[topic].answer)) >= 40


def test_every_phrase_that_tells_something_has_a_place_for_it() -> None:
    for detail in DETAILS.values():
        assert all(phrase.count("{x}") == 1 for phrase in (*detail.answer, *detail.tell))
        assert not any("{" in phrase for phrase in detail.ask)


def test_fresh_sets_run_only_when_asked_for() -> None:
    assert len(FRESH) == 8
    assert not set(names()) & set(FRESH)
    assert names(["fresh"]) == FRESH


def test_every_type_occurs_and_is_no_rarity() -> None:
    counts = dict.fromkeys(KINDS, 0)
    for items in SETS.values():
        for item in items:
            for gold in item.gold:
                counts[gold.kind] += 1
    del counts["NUMBER"]  # what a number is called that nobody can name; every secret here has a name
    assert min(counts.values()) >= 10, counts


def test_each_form_of_answer_occurs_in_the_set_that_is_about_it() -> None:
    forms = {name: {gold.form for item in items for gold in item.gold} for name, items in SETS.items()}
    whole = {"told", "asked", "late", "doubted", "unheard", "behind", "on file", "offered", "bare", "together"}
    assert whole | {"repeat", "read back", "read back with a mistake", "put right"} <= forms["fresh/spoken"]
    assert {"fragments", "echoed", "repeat", "read back", "put right"} <= forms["fresh/split"] & forms["fresh/uncued"]
    assert {"spelled", "beside an address", "fragments", "together"} <= forms["fresh/words"]


def test_whole_calls_have_forty_to_eighty_turns() -> None:
    assert all(40 <= len(item.turns) <= 80 for item in SETS["fresh/whole-calls"])


def test_one_conversation_in_five_has_no_speakers() -> None:
    for items in SETS.values():
        speakers = [{turn.speaker for turn in item.turns} for item in items]
        assert all(who == {""} or who <= {"agent", "customer"} for who in speakers)
        assert 0.1 < sum(who == {""} for who in speakers) / len(speakers) < 0.3


@pytest.mark.parametrize("name", FRESH)
def test_what_is_hidden_stays_or_may_go_lies_apart_and_ends_with_a_word(name: str) -> None:
    for item in SETS[name]:
        parts = [*(part for gold in item.gold for part in gold.parts), *item.stay, *item.neutral]
        taken = [(part.turn, at) for part in parts for at in range(part.start, part.end)]
        assert len(taken) == len(set(taken)), item.name
        for part in parts:
            text = item.turns[part.turn].text
            assert text[part.start : part.end].strip() == text[part.start : part.end] != ""
            assert not (part.start and text[part.start - 1].isalnum() and text[part.start].isalnum())
            assert not text[part.end : part.end + 1].isalnum()


@pytest.mark.parametrize("name", FRESH)
def test_no_digit_stands_outside_of_what_is_labelled(name: str) -> None:
    for item in SETS[name]:
        labelled = {
            (part.turn, at)
            for part in (*(part for gold in item.gold for part in gold.parts), *item.stay, *item.neutral)
            for at in range(part.start, part.end)
        }
        for index, turn in enumerate(item.turns):
            assert not [at for at, one in enumerate(turn.text) if one.isdigit() and (index, at) not in labelled]


@pytest.mark.parametrize("seed", range(40))
def test_a_number_in_figures_has_all_its_digits_in_order(seed: int) -> None:
    voice, script = Voice(str(seed)), Script()
    number = card(voice)
    pieces = number.say(Talker(voice=voice, written=True, decorated=False), script, "")
    text = "".join(piece.text for piece in pieces if isinstance(piece, Piece))
    if not re.search("[a-z]", text):  # a recogniser may write the half of a group in words
        assert re.sub(r"\D", "", text) == number.digits
    assert "".join(pieces_of(voice, number.digits)) == "".join(number.chunks(voice)) == number.digits


@pytest.mark.parametrize(
    ("group", "habits", "words"),
    [
        ("4077", {"zero": "oh"}, {"four oh seven seven"}),
        ("4077", {"zero": "oh", "repeats": 1.0}, {"four oh double seven"}),
        ("5552", {"repeats": 1.0, "british": True}, {"triple five two", "treble five two"}),
        ("4105", {"zero": "oh", "pairs": 1.0}, {"forty one oh five"}),
        ("700", {"pairs": 1.0}, {"seven hundred"}),
        ("312", {"pairs": 1.0}, {"three twelve"}),
        ("1241", {"misheard": 1.0}, {"one to for one", "one too for one", "one to fore one", "one too fore one"}),
    ],
)
def test_groups_are_said_by_habit(group: str, habits: dict[str, float | str | bool], words: set[str]) -> None:
    for seed in range(10):
        talker = Talker(voice=Voice(str(seed)), written=False, decorated=False)
        for habit, value in habits.items():
            setattr(talker, habit, value)
        assert talker.group(group) in words


@pytest.mark.parametrize("seed", range(30))
def test_a_slip_changes_a_number_by_one_digit(seed: int) -> None:
    voice = Voice(str(seed))
    number = Digits(kind="SSN", digits="123456789", sizes=(3, 2, 4))
    wrong = slip(voice, number)
    assert wrong.digits != number.digits
    assert abs(len(wrong.digits) - 9) <= 1
    assert "".join(wrong.natural()) == wrong.digits


@pytest.mark.parametrize("seed", range(30))
def test_an_email_is_said_in_full(seed: int) -> None:
    voice, script = Voice(str(seed)), Script()
    address = email(voice)
    pieces = address.say(Talker(voice=voice, written=True, decorated=False), script, "")
    text = " ".join(piece.text for piece in pieces if isinstance(piece, Piece))
    assert re.search(r"@| at (?:sign )?", text)
    if "@" in text:
        assert text == f"{''.join(address.local).replace('+', '')}@{address.host}"
