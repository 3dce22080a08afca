"""Office sentences with messy labels and no offsets: good for recall, useless for false positives."""

import json
from typing import Any

from tests.bench.redaction.items import Gold, Item, Labelled, Part, Turn
from tests.bench.redaction.sets.files import text_of

KIND = {
    "EMAIL": "EMAIL",
    "PASSWORD": "PASSWORD",
    "SSN": "SSN",
    "ACCOUNT": "BANK_ACCOUNT",
    "ACCOUNT_NUMBER": "BANK_ACCOUNT",
    "ACCOUNT_NUM": "BANK_ACCOUNT",
    "BANK_ACCOUNT": "BANK_ACCOUNT",
    "BANK_ACCOUNT_NUM": "BANK_ACCOUNT",
    "PHONE": "PHONE",
    "IBAN": "IBAN",
    "ROUTING_NUMBER": "ROUTING_NUMBER",
    "CREDIT_CARD": "CREDIT_CARD",
}
FEWEST_DIGITS = 4  # below it, and with these in it, the entity is a placeholder such as XXX-XX-2409
PLACEHOLDERS = ("XX", "...", "**", "_")
NO_DIGITS_NEEDED = {"EMAIL", "PASSWORD"}


def read() -> Labelled:
    """Read the entities of the kinds that an engine for calls looks for, where the sentence holds them word for word."""
    rows = json.loads(text_of("pii", "nannigalaxy", "pii_syn_nano_en.json"))
    items = tuple(_item(number, row) for number, row in enumerate(rows))
    return Labelled(name="nannigalaxy", items=items, negatives=False)


def _item(number: int, row: dict[str, Any]) -> Item:
    text: str = row["text"]
    gold = []
    for one in row["NER"]:
        entity = one.get("entity", "").strip("*' ")
        start = text.find(entity)
        kind = KIND.get(one["label"])
        if kind is None or not entity or start < 0 or not _real(entity, kind):
            continue
        gold.append(Gold(kind=kind, parts=(Part(0, start, start + len(entity)),)))
    return Item(name=f"nannigalaxy#{number}", turns=(Turn("", text),), gold=tuple(gold))


def _real(entity: str, kind: str) -> bool:
    if any(mark in entity for mark in PLACEHOLDERS) and kind not in NO_DIGITS_NEEDED:
        return False
    return kind in NO_DIGITS_NEEDED or sum(character.isdigit() for character in entity) >= FEWEST_DIGITS
