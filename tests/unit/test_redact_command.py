"""`consumer redact`: one line of JSON for every line, in order, conversations together; a transcript file as a table."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from consumer.__main__ import cli

RUNNER = CliRunner()
CARD = "4111 1111 1111 1111"
DATA = Path(__file__).parents[1] / "data" / "calls"


def run(*lines: str, options: tuple[str, ...] = (), code: int = 0) -> list[dict[str, object]]:
    result = RUNNER.invoke(cli, ["redact", *options], input="".join(f"{line}\n" for line in lines))
    assert result.exit_code == code, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def line(text: str, conversation: str | None = None, speaker: str | None = None) -> str:
    fields = {"text": text, "conversation": conversation, "speaker": speaker}
    return json.dumps({name: value for name, value in fields.items() if value is not None})


def test_a_line_of_text_and_a_line_of_json_get_the_same_answer() -> None:
    plain, wrapped = run(f"it is {CARD} okay", line(f"it is {CARD} okay"))
    assert plain == wrapped
    assert plain["text"] == "it is [REDACTED_CREDIT_CARD] okay"
    assert plain["spans"] == [{"start": 6, "end": 25, "type": "CREDIT_CARD", "rule": "number.long", "source": "digits"}]


@pytest.mark.parametrize("options", [(), ("--stream",)])
def test_lines_of_one_conversation_belong_together_also_when_interleaved(options: tuple[str, ...]) -> None:
    answers = run(
        line("what is your card number", "a", "agent"),
        line("four one one one", "b", "customer"),
        line("four one one one", "a", "customer"),
        "no conversation",
        options=options,
    )
    assert [answer["text"] for answer in answers] == [
        "what is your card number",
        "four one one one",
        "[REDACTED_CREDIT_CARD]",
        "no conversation",
    ]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ('{"speaker": "agent"}', "line 2: text is missing"),
        ('{"text": 1}', "line 2: text must be text"),
        ('{"text": "a", "conversation": 1}', "line 2: conversation must be text"),
        ('{"text": "a", "speaker": []}', "line 2: speaker must be text"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_are_answered(bad: str, message: str) -> None:
    first, refused, last = run("one", bad, CARD, code=1)
    assert first["text"] == "one"
    assert str(refused["error"]).startswith(message)
    assert last["text"] == "[REDACTED_CREDIT_CARD]"


@pytest.mark.parametrize("text", ["", "[1, 2]", "12", "\ufeff", "{not json"])
def test_what_is_no_json_object_is_text(text: str) -> None:
    assert run(text)[0]["text"] == text


def test_an_explanation_says_why_each_number_was_hidden_or_left() -> None:
    (answer,) = run("i'm in room 204 and my pin is 8312", options=("--explain",))
    assert answer["explain"] == [
        {"start": 12, "end": 15, "hidden": False, "why": "held by 'room'"},
        {"start": 30, "end": 34, "hidden": True, "why": "number.cue"},
    ]


def test_a_policy_is_used_that_the_option_names(tmp_path: Path) -> None:
    assert run(CARD, options=("--policy", "pci"))[0]["text"] == "[REDACTED_CREDIT_CARD ending 1111]"
    assert run(CARD, options=("--policy", "report_only"))[0]["text"] == CARD
    file = tmp_path / "own.yaml"
    file.write_text("version: 1\nname: own\nactions: {CREDIT_CARD: drop_utterance}", encoding="utf-8")
    assert run(CARD, options=("--policy", str(file)))[0]["text"] == "[REDACTED_UTTERANCE]"


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--policy", "none.yaml"), 2, "none.yaml: cannot be read"),
        (("none.json",), 1, "none.json: cannot be read"),
        ((str(DATA / "README.md"),), 1, "is no transcript (not JSON)"),
        ((str(DATA / "harper-valley" / "07dd22b700514bfd.json"),), 1, "neither utterances"),
    ],
)
def test_what_cannot_be_read_is_named(options: tuple[str, ...], code: int, message: str) -> None:
    result = RUNNER.invoke(cli, ["redact", *options])
    assert result.exit_code == code
    assert message in result.stderr


def test_a_transcript_file_becomes_a_table_without_what_is_hidden() -> None:
    result = RUNNER.invoke(cli, ["redact", str(DATA / "speech-contract.json"), "--explain"])
    assert result.exit_code == 0
    assert "my phone number is [REDACTED_PHONE]" in result.stdout
    assert "zero seven five" not in result.stdout
    assert "(number.cue)" in result.stdout


def test_hidden_parts_are_shown_only_when_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "call.json"
    file.write_text(json.dumps({"utterances": [{"text": f"it is {CARD}", "speaker": "agent"}]}), encoding="utf-8")
    assert CARD not in RUNNER.invoke(cli, ["redact", str(file)]).stdout
    assert CARD in RUNNER.invoke(cli, ["redact", str(file), "--show"]).stdout
