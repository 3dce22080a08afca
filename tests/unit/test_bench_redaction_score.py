"""The scores of the redaction benchmark say what they claim: one hidden character too few is a leak."""

import pytest

from tests.bench.redaction.items import Found, Gold, Item, Part, Turn
from tests.bench.redaction.score import Score

TURNS = (Turn("customer", "it's four one, uh two"), Turn("agent", "room two"))
CARD = Gold(kind="CREDIT_CARD", parts=(Part(0, 5, 13), Part(0, 18, 21)), form="fragments")
ITEM = Item(name="x", turns=TURNS, gold=(CARD,), neutral=(Part(0, 15, 17),), stay=(Part(1, 5, 8),))


def score(*found: list[Found], item: Item = ITEM) -> Score:
    result = Score()
    result.add(item, found)
    return result


def test_a_secret_is_hidden_when_every_letter_and_digit_of_every_part_is_covered() -> None:
    result = score([Found(5, 9, "NUMBER"), Found(10, 13, "NUMBER"), Found(18, 21, "CREDIT_CARD")], [])
    assert (result.total.gold, result.total.hidden, result.total.leaked) == (1, 1, 0)
    assert result.kinds["CREDIT_CARD"].hidden_as_its_type == 1
    assert result.forms["fragments"].hidden == 1


def test_one_character_that_is_not_covered_is_a_leak() -> None:
    result = score([Found(5, 13, "CREDIT_CARD"), Found(18, 20, "CREDIT_CARD")], [])
    assert (result.total.hidden, result.total.leaked, result.total.characters) == (0, 1, 10)
    assert [miss.leaked for miss in result.misses] == [True]


def test_a_secret_hidden_under_another_name_is_hidden_but_not_as_its_type() -> None:
    result = score([Found(5, 21, "PHONE")], [])
    assert (result.total.hidden, result.total.hidden_as_its_type) == (1, 0)
    assert (result.kinds["PHONE"].true_spans, result.kinds["CREDIT_CARD"].true_spans) == (1, 0)


def test_a_span_that_touches_no_secret_is_a_false_positive_of_its_type_and_harms_what_must_stay() -> None:
    result = score([], [Found(5, 8, "PIN")])
    assert result.kinds["PIN"].false_spans == result.total.false_spans == 1
    assert result.false_per_thousand() == pytest.approx(500)
    assert (result.stay, result.stay_harmed, result.over_hidden) == (1, 1, 3)


def test_neutral_characters_count_neither_way() -> None:
    result = score([Found(15, 17, "NUMBER")], [])
    assert (result.total.true_spans, result.total.false_spans, result.over_hidden) == (0, 0, 0)


def test_a_span_that_reaches_beyond_the_secret_is_true_but_over_hides() -> None:
    result = score([Found(0, 21, "CREDIT_CARD")], [])
    assert (result.total.true_spans, result.total.false_spans, result.over_hidden) == (1, 0, 3)


def test_recall_precision_and_f2_come_from_secrets_and_spans() -> None:
    result = score([Found(5, 21, "CREDIT_CARD")], [Found(0, 4, "PIN")])
    assert (result.total.recall, result.total.precision) == (1.0, 0.5)
    assert result.total.f2 == pytest.approx(5 * 0.5 * 1.0 / (4 * 0.5 + 1.0))


def test_an_empty_span_is_nothing() -> None:
    assert score([Found(3, 3, "PIN")], []).total.false_spans == 0


def test_a_tool_that_loses_a_turn_is_not_scored() -> None:
    with pytest.raises(ValueError, match="1 answers for 2 turns"):
        score([])
