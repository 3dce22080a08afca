"""Numbers in words from a recording script: phones and zip codes are secrets, order numbers and location codes are not."""

import json

from tests.bench.redaction.items import Gold, Item, Labelled, Part, Turn
from tests.bench.redaction.sets.files import text_of

QUESTIONS = {  # by the first words of the section
    "10-Digit Phone": ("PHONE", "what is your phone number"),
    "7-Digit Order": ("", "what is your order number"),
    "6-Digit Location": ("", "what is the location code of the store"),
    "5-Digit Zip": ("POSTAL_CODE", "what is your zip code"),
}


def alone() -> Labelled:
    """Take phone numbers without any context; without one, nobody can tell an order number from an account number."""
    items = tuple(
        Item(name=f"moshi#{number}", turns=(Turn("customer", text),), gold=(_gold("PHONE", 0, text),))
        for number, (kind, _, text) in enumerate(_rows())
        if kind == "PHONE"
    )
    return Labelled(name="moshi/alone", items=items)


def asked() -> Labelled:
    """Put the agent's question before each number."""
    items = tuple(
        Item(
            name=f"moshi#{number}",
            turns=(Turn("agent", question), Turn("customer", text)),
            gold=(_gold(kind, 1, text),) if kind else (),
            stay=() if kind else (Part(1, 0, len(text)),),
        )
        for number, (kind, question, text) in enumerate(_rows())
    )
    return Labelled(name="moshi/asked", items=items)


def _rows() -> list[tuple[str, str, str]]:
    rows = [json.loads(line) for line in text_of("pii", "moshi-numbers", "numbers.jsonl").splitlines()]
    return [
        (kind, question, row["text"])
        for row in rows
        for section, (kind, question) in QUESTIONS.items()
        if row["section"].startswith(section)
    ]


def _gold(kind: str, turn: int, text: str) -> Gold:
    return Gold(kind=kind, parts=(Part(turn, 0, len(text)),))
