"""The generators know where their secrets stand, and make the same conversations for the same seed."""

import re

import pytest

from tests.bench.redaction.generators.catalogue import GENERATORS, HELD_OUT, generate
from tests.bench.redaction.generators.script import Script, neutral, stay
from tests.bench.redaction.generators.spoken import Speaker, any_groups, cardinal, ordinal
from tests.bench.redaction.generators.values import card, check_digit, iban, routing_number
from tests.bench.redaction.generators.voice import Bank, Voice
from tests.bench.redaction.items import KINDS, Item, Part
from tests.bench.redaction.sets.catalogue import READ
from tests.bench.redaction.tools.regexes import ThreeRegexes

WORDS = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india")


def words(item: Item, part: Part) -> str:
    return item.turns[part.turn].text[part.start : part.end]


@pytest.mark.parametrize("decorated", [False, True])
def test_a_script_knows_where_its_pieces_stand(decorated: bool) -> None:
    script = Script(decorated=decorated)
    number = script.secret("PHONE", "fragments")
    script.say("customer", "i think it's", number("four"), number("one"), "uh", number("two"), ",", neutral("maybe"))
    script.say("agent", stay("room five"), number("three"))
    item = script.item("x")
    assert [words(item, part) for part in item.gold[0].parts] == ["four one", "two", "three"]
    assert [words(item, part) for part in item.neutral] == ["maybe"]
    assert [words(item, part).lower() for part in item.stay] == ["room five"]
    assert item.turns[0].text == (
        "I think it's four one uh two, maybe." if decorated else "i think it's four one uh two, maybe"
    )


@pytest.mark.parametrize("name", [*GENERATORS, *HELD_OUT])
def test_the_same_seed_makes_the_same_items_and_another_seed_makes_others(name: str) -> None:
    assert generate(name, seed=3, count=5) == generate(name, seed=3, count=5)
    assert generate(name, seed=3, count=5).items != generate(name, seed=4, count=5).items


@pytest.mark.parametrize("name", [*GENERATORS, *HELD_OUT, *READ])
def test_every_labelled_part_lies_in_its_turn_and_starts_and_ends_with_a_word(name: str) -> None:
    labelled = READ[name]() if name in READ else generate(name, count=60)
    parts = [
        (item, part)
        for item in labelled.items
        for part in (*(part for gold in item.gold for part in gold.parts), *item.stay)
    ]
    assert parts
    for item, part in parts:
        text = item.turns[part.turn].text
        assert 0 <= part.start < part.end <= len(text)
        assert words(item, part).strip() == words(item, part)
        assert any(character.isalnum() for character in words(item, part))
        assert not (part.start and text[part.start - 1].isalnum() and text[part.start].isalnum())
        assert not text[part.end : part.end + 1].isalnum()
    assert {gold.kind for item in labelled.items for gold in item.gold} <= set(KINDS)


@pytest.mark.parametrize(
    "name", [name for name in GENERATORS if name.startswith("negative/") and name != "negative/between"]
)
def test_negatives_hold_no_secret(name: str) -> None:
    assert all(item.stay and not item.gold for item in generate(name, count=50).items)


@pytest.mark.parametrize(
    "name", [name for name in GENERATORS if name.endswith("written") and name.startswith("split/")]
)
def test_the_fragments_of_a_split_number_in_digits_hold_the_whole_number(name: str) -> None:
    for item in generate(name, count=100).items:
        (whole,) = (gold for gold in item.gold if gold.form == "fragments")
        said = " ".join(words(item, part) for part in whole.parts)
        if not re.search(r"[a-z]", said, re.IGNORECASE):  # a recogniser may write some of them in words
            assert re.fullmatch(r"\d{8,19}", said.replace(" ", ""))
        assert len({part.turn for part in whole.parts}) > 1 or len(whole.parts) > 1 or len(item.gold) > 1


def test_uncued_conversations_name_no_type_of_number() -> None:
    for name in ("split/uncued-spoken", "split/uncued-written"):
        for item in generate(name).items:
            said = " ".join(turn.text.lower() for turn in item.turns)
            assert not re.search(r"card|social|phone|account|digits|\bnumber\b|\bpin\b", said)


@pytest.mark.parametrize("count", range(3, 12))
def test_seen_and_unseen_phrases_are_apart_and_together_are_all(count: int) -> None:
    bank = (WORDS * 2)[:count]
    seen = Voice("1", Bank.SEEN).allowed(bank)
    unseen = Voice("1", Bank.UNSEEN).allowed(bank)
    if count < 5:
        assert seen == unseen == bank
    else:
        assert sorted([*seen, *unseen]) == sorted(bank)
        assert 0 < len(unseen) < len(seen)


@pytest.mark.parametrize(
    ("style", "group", "said"),
    [
        ("single", "401", "four {zero} one"),
        ("repeated", "7700", "double seven double {zero}"),
        ("repeated", "5551", ("triple five one", "treble five one")),
        ("pairs", "4111", "forty one eleven"),
        ("pairs", "1905", "nineteen {zero} five"),
        ("pairs", "206", "two {zero} six"),
    ],
)
def test_groups_are_said_in_the_style_of_the_speaker(style: str, group: str, said: str | tuple[str, ...]) -> None:
    speaker = Speaker(Voice("1"), style=style)
    allowed = (said,) if isinstance(said, str) else said
    assert speaker.say(group) in [one.format(zero=speaker.zero) for one in allowed]


@pytest.mark.parametrize(
    ("number", "said"), [(7, "seven"), (40, "forty"), (204, "two hundred and four"), (1200, "one thousand two hundred")]
)
def test_counts_are_said_as_counts(number: int, said: str) -> None:
    assert cardinal(number) == said


@pytest.mark.parametrize(("day", "said"), [(1, "first"), (13, "thirteenth"), (20, "twentieth"), (23, "twenty third")])
def test_days_are_said_as_days(day: int, said: str) -> None:
    assert ordinal(day) == said


@pytest.mark.parametrize("seed", range(50))
def test_made_up_numbers_pass_their_checks(seed: int) -> None:
    voice = Voice(str(seed))
    number = card(voice)
    assert check_digit(number.digits[:-1]) == number.digits[-1]
    assert sum(number.sizes) == len(number.digits)
    account = iban(voice)
    assert int("".join(str(int(one, 36)) for one in account[4:] + account[:4])) % 97 == 1
    weights = (3, 7, 1) * 3
    assert sum(int(digit) * weight for digit, weight in zip(routing_number(voice), weights, strict=True)) % 10 == 0
    groups = any_groups(voice, number.digits)
    assert "".join(groups) == number.digits
    assert all(2 <= len(group) <= 5 for group in groups)


def test_the_three_regexes_find_digits_and_no_words() -> None:
    items = generate("one-utterance/spoken", count=5).items + generate("misheard-card", count=5).items
    found = [ThreeRegexes().find(item.turns) for item in items]
    assert [len(one) for one in found] == [len(item.turns) for item in items]
    assert ThreeRegexes().redact(["it's 123-45-6789", "no"]) == ["it's [REDACTED_SSN]", "no"]
