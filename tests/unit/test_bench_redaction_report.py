"""What the redaction benchmark prints: tables that line up, ratios of one run, every difference of the stream."""

from collections.abc import Sequence

import pytest

from tests.bench.redaction.items import Found, Gold, Item, Labelled, Part, Turn
from tests.bench.redaction.report import (
    HEADER,
    false_table,
    figures,
    form_table,
    hidden_table,
    score_rows,
    table,
)
from tests.bench.redaction.score import Score, measure
from tests.bench.redaction.speed import HOSTILE
from tests.bench.redaction.streaming import differences
from tests.bench.redaction.timing import Timing, lengths, race

ITEM = Item(
    name="call 1",
    turns=(Turn("agent", "your pin"), Turn("customer", "it's 1234 in room 5")),
    gold=(Gold(kind="PIN", parts=(Part(1, 5, 9),), form="answer"),),
    stay=(Part(1, 13, 19),),
)


class Finds:
    """A tool that always finds the same in the second turn."""

    def __init__(self, name: str, *spans: Found) -> None:
        self.name = name
        self._spans = list(spans)

    def find(self, turns: Sequence[Turn]) -> list[list[Found]]:
        return [[], self._spans]


PIN = Found(5, 9, "PIN")
ROOM = Found(18, 19, "PIN")


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_a_table_lines_up() -> None:
    lines = table(("a", "long name"), [["1", "2"], ["three", ""]]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert [cells(line) for line in (lines[0], lines[3])] == [["a", "long name"], ["three", ""]]


def test_a_score_has_a_row_for_all_types_and_one_for_each() -> None:
    score = measure(Finds("good", PIN, Found(14, 15, "CVV")), [ITEM])
    rows = score_rows("good", score, kinds=True, negatives=True)
    assert [row[:4] for row in rows] == [
        ["good", "all", "1", "100.0 %"],
        ["", "CVV", "0", "-"],
        ["", "PIN", "1", "100.0 %"],
    ]
    assert {len(row) for row in rows} == {len(HEADER)}
    assert len(score_rows("good", score, kinds=False, negatives=True)) == 1


def test_a_set_without_labelled_negatives_says_so() -> None:
    (row,) = score_rows("good", measure(Finds("good", PIN), [ITEM]), kinds=False, negatives=False)
    assert "no labels" in row


def test_the_summaries_have_a_column_for_each_tool() -> None:
    labelled = Labelled(name="set", items=(ITEM,))
    scores = {"good": measure(Finds("good", PIN), [ITEM]), "bad": measure(Finds("bad", ROOM), [ITEM])}
    assert cells(hidden_table([(labelled, scores)]).splitlines()[2]) == ["set", "1", "100.0 %", "0.0 %"]
    assert cells(false_table([(labelled, scores)]).splitlines()[2]) == ["set", "2", "0.00, 0 of 1", "500.00, 1 of 1"]
    assert cells(form_table([(labelled, scores)]).splitlines()[2]) == ["set", "answer", "1", "100.0 %", "0.0 %"]
    assert form_table([(Labelled(name="empty", items=()), {"good": Score()})]) == ""


def test_figures_are_plain_numbers() -> None:
    result = figures(measure(Finds("good", PIN), [ITEM]))
    assert result["utterances"] == 2
    assert result["stay_harmed"] == 0
    assert isinstance(result["kinds"], dict)
    assert result["kinds"]["PIN"]["recall"] == 1.0


def test_every_turn_on_which_stream_and_whole_call_disagree_is_listed() -> None:
    whole, stream = Finds("whole", PIN, ROOM), Finds("stream", PIN)
    (one,) = differences(whole, stream, [ITEM])
    assert (one.item, one.turn, one.only_whole, one.only_stream) == ("call 1", 1, "PIN `5`", "")
    assert differences(whole, Finds("same", ROOM, PIN), [ITEM]) == []


def test_a_race_times_everyone_on_every_call_in_every_round() -> None:
    ran: list[str] = []

    class Runner:
        def __init__(self, name: str) -> None:
            self.name = name

        def prepare(self, turns: Sequence[Turn]) -> list[str]:
            return [turn.text for turn in turns]

        def redact(self, prepared: Sequence[str]) -> list[str]:
            ran.append(self.name)
            return list(prepared)

    timings = race([Runner("a"), Runner("b")], [ITEM.turns, ITEM.turns, ITEM.turns], rounds=2)
    assert ran == [*"aaabbb", *"aaabbb", *"bbbaaa"]
    assert timings["a"].utterances == 6
    assert (len(timings["a"].rounds), len(timings["a"].calls)) == (2, 3)
    assert set(lengths(Runner("c"), ITEM.turns, (1, 5), rounds=1)) == {1, 5}


def test_a_ratio_is_the_median_of_the_ratios_of_the_rounds() -> None:
    mine = Timing(utterances=10, rounds=(1.0, 2.0, 4.0), calls=(0.1, 0.3, 0.2))
    other = Timing(utterances=10, rounds=(3.0, 4.0, 4.0), calls=(0.1, 0.1, 0.1))
    assert mine.ratio(other) == pytest.approx(2.0)
    assert mine.utterances_per_second == pytest.approx(5.0)
    assert [mine.call_us(share) for share in (0.0, 0.5, 1.0)] == pytest.approx([100_000, 200_000, 300_000])


def test_hostile_units_are_all_different() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE)
