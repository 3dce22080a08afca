"""No rule can go unnoticed: every rule, reason, kind of cue and number word is what at least one row of the tables depends on."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from consumer import redaction
from consumer.redaction import Kind, Redactor, cues, phrases, small_talk
from consumer.redaction import lexicon as lx
from consumer.redaction.line import Line
from consumer.redaction.locales import CUES, Pack
from consumer.redaction.numbers import Run
from consumer.redaction.policy import parse
from tests.unit.redaction.marked import REDACTOR, expected, redacted, turns
from tests.unit.redaction.tables import HIDDEN, KEPT, rows

ROWS = [row for _, row in rows({**HIDDEN, **KEPT})]
PACKAGE = Path(redaction.__path__[0])
ELSEWHERE = {"error.too_long", "error.internal"}  # no call holds them: tested with the engine
DIGIT_WORDS = """
    zero nought naught zeros zeroes ohs nil one two three four five six seven eight nine ones twos threes fours fives sixes sevens eights
    nines niner oh o owe sero won wan tu tree free thee fore fo fower foe fife sicks sex sics six's severn ate hate nein nyne to too for
    """.split()
OTHER_NUMBER_WORDS = """
    ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty
    ninety ninty double triple treble quadruple quad
    """.split()


def strings(path: Path) -> Iterable[str]:
    """List the text constants of a module, also what an f-string begins with."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


RULES = sorted(
    {
        text
        for path in PACKAGE.glob("*.py")
        for text in strings(path)
        if re.fullmatch(
            r"(?:date|email|iban|identifier|ip|name|national|number|password|address|error)\.[a-z_0-9]+", text
        )
    }
    - ELSEWHERE
)
REASONS = sorted(
    text.removesuffix("'")
    for text in strings(PACKAGE / "small_talk.py")
    if re.fullmatch(r"an? [a-z ]+|part of a code|held by [a-z' ]*", text)
)


def some_row_fails(by: Redactor) -> bool:
    """Tell whether any row of the tables notices."""
    return any(redacted(row, by) != expected(row) for row in ROWS)


def test_the_tables_hold() -> None:
    assert not some_row_fails(Redactor())


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_row_that_depends_on_it(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    find = Redactor.find

    def without(self: Redactor, *args: object, **options: object) -> object:
        spans = find(self, *args, **options)  # type: ignore[arg-type]
        return [[span for span in one if span.rule != rule] for one in spans]

    monkeypatch.setattr(Redactor, "find", without)
    assert some_row_fails(REDACTOR)


def test_no_rule_is_known_by_the_tables_alone() -> None:
    found = {span.rule for row in ROWS for spans in REDACTOR.find(turns(row)) for span in spans}
    assert found == set(RULES)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_of_small_talk_has_a_row_that_depends_on_it(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    judge = small_talk.reason

    def without(line: Line, run: Run) -> str | None:
        told = judge(line, run)
        return None if told is not None and told.startswith(reason) else told

    monkeypatch.setattr(small_talk, "reason", without)
    assert some_row_fails(Redactor())


@pytest.mark.parametrize("kind", phrases.STRONG)
def test_the_cues_of_every_type_have_a_row(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(phrases.STRONG, kind)
    assert some_row_fails(Redactor())


@pytest.mark.parametrize(("pack", "kind"), [(pack, kind) for pack in Pack for kind in CUES[pack]])
def test_the_national_cues_of_every_type_have_a_row(pack: Pack, kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = parse(f"{{version: 1, name: test, locales: {{default: [{pack}]}}}}")
    before = Redactor(policy)
    found = [redacted(row, before) for row in ROWS]
    monkeypatch.delitem(CUES[pack], kind)
    after = Redactor(policy)
    assert found != [redacted(row, after) for row in ROWS]


@pytest.mark.parametrize("kind", phrases.WEAK)
def test_the_weak_cues_of_every_type_have_a_row(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(phrases.WEAK, kind)
    assert some_row_fails(Redactor())


@pytest.mark.parametrize("name", ["NEGATIVE", "NONE"])
def test_harmless_phrases_have_a_row(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cues, name, "no such phrase")
    assert some_row_fails(Redactor())


@pytest.mark.parametrize("word", DIGIT_WORDS)
def test_every_word_for_a_digit_is_read_as_one(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    row = f"it's <PHONE|one two three {word} four five six seven eight nine>"
    assert redacted(row) == expected(row)
    monkeypatch.delitem(lx.CLASSES, word)
    assert redacted(row, Redactor()) != expected(row)


@pytest.mark.parametrize("word", OTHER_NUMBER_WORDS)
def test_every_other_number_word_is_read_as_one(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    row = f"my account number is <BANK_ACCOUNT|{word} one two three>"
    assert redacted(row) == expected(row)
    monkeypatch.delitem(lx.CLASSES, word)
    assert redacted(row, Redactor()) != expected(row)


def test_no_number_word_is_missing_here() -> None:
    assert {*DIGIT_WORDS} == {*lx.DIGITS, *lx.NEIGHBOURS, *lx.HOMOPHONES}
    assert {*OTHER_NUMBER_WORDS} == {*lx.TEENS, *lx.TENS_WORDS, *lx.MULTIPLIERS}
