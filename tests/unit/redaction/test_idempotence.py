"""Redacting what was redacted before changes nothing: no tag explains what stands beside it, and nothing hidden hides another number."""

import pytest
from hypothesis import given, settings

from consumer.redaction import Redactor
from consumer.redaction import policy as policies
from tests.unit.redaction.marked import expected, redacted
from tests.unit.redaction.speech import DIALOGUES

FOUND_BY_SEARCH = (
    "pay <IBAN|DE89 3704 0044 0532 0130 00> <CREDIT_CARD|4111 1111 1111 1111>",
    "<IBAN|DE89 3704 0044 0532 0130 00> <PHONE|(415) 555-0132>",
    "<EMAIL|jo@example.com> call me at <PHONE|eighty twenty>",
    "social security <IP_ADDRESS|192.168.1.20> <SSN|fourteen>",
    ("A: i live at", "C: <ADDRESS|three rosenthal forgot> my password <PASSWORD|swordfish>"),
    ("C: date of birth", "C: <DATE_OF_BIRTH|three 10:30>"),
    ("C: postcode", "C: <CARD_EXPIRY|thirty march ninety> expiration date"),
    "passport number <NATIONAL_ID|SW1A 1AA 10:30>",
    ("C: card <CREDIT_CARD|0132>", "C: <CREDIT_CARD|ninety> this is scratch that"),
    ("A: your name", "C: dot my number is <PHONE|one>"),
    ("A: name please", "C: <PERSON_NAME|john smith>, <EMAIL|jo@example.com>"),
)  # fmt: skip


@pytest.mark.parametrize("row", FOUND_BY_SEARCH)
def test_what_is_hidden_counts_as_one_word_for_what_stands_beside_it(row: str | tuple[str, ...]) -> None:
    assert redacted(row) == expected(row)
    assert redacted(expected(row)) == expected(row)


@pytest.mark.parametrize(
    "row",
    [
        ("A: card number please", "C: [REDACTED_CREDIT_CARD]", "C: four five six seven"),
        ("A: your name", "C: [REDACTED_PERSON_NAME] q q"),
        ("C: seventy here", "C: [REDACTED_ADDRESS]", "C: nine 4111"),
        "4111 card [REDACTED_CREDIT_CARD] call me at",
        "my card number is [REDACTED_CREDIT_CARD] seven",
    ],
)
def test_a_tag_of_ours_ends_what_was_expected(row: str | tuple[str, ...]) -> None:
    assert redacted(row) == expected(row)


@pytest.mark.parametrize(
    "action", ["keep_last4", "hmac_token"], ids=["last four digits", "a keyed token of the digits"]
)
def test_what_a_policy_leaves_of_a_number_is_not_hidden_again(action: str) -> None:
    policy = policies.parse(f"{{version: 1, name: test, actions: {{CREDIT_CARD: {action}}}, token_key: spring-key}}")
    redactor = Redactor(policy, token_keys={"spring-key": bytes(32)})
    once = redacted("my card number is 4111 1111 1111 1234 thanks", redactor)
    assert once != redacted("my card number is 4111 1111 1111 1234 thanks")
    assert redacted(once, redactor) == once


@settings(max_examples=200)
@given(DIALOGUES)
def test_redacting_a_dialogue_twice_changes_nothing(dialogue: list[tuple[str, str]]) -> None:
    letters = {"agent": "A: ", "customer": "C: ", "": ""}
    once = redacted([letters[speaker] + text for speaker, text in dialogue])
    again = redacted([letters[speaker] + text for (speaker, _), text in zip(dialogue, once, strict=True)])
    assert again == once


def test_brackets_protect_no_number() -> None:
    row = "[redacted_card <CREDIT_CARD|4111 1111 1111 1111>] [redacted_card ending <CREDIT_CARD|4111 1111 1111 1111>]"
    assert redacted(row) == expected(row)
