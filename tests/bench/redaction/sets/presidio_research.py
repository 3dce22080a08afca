"""presidio-research: templated sentences with spans. Names, streets and the like are personal too, though not asked for here."""

import json

from tests.bench.redaction.items import Gold, Item, Labelled, Part, Turn
from tests.bench.redaction.sets.files import text_of

KIND = {
    "CREDIT_CARD": "CREDIT_CARD",
    "US_SSN": "SSN",
    "PHONE_NUMBER": "PHONE",
    "EMAIL_ADDRESS": "EMAIL",
    "IBAN_CODE": "IBAN",
    "IP_ADDRESS": "IP_ADDRESS",
}
BIRTH = ("born on", "date of birth")  # a DATE_TIME in such a sentence is a date of birth
NEUTRAL = {"PERSON", "TITLE", "STREET_ADDRESS", "ZIP_CODE", "GPE", "US_DRIVER_LICENSE", "DOMAIN_NAME"}


def read() -> Labelled:
    """Read every sentence as a conversation of one turn."""
    rows = json.loads(text_of("pii", "presidio-research", "synth_dataset_v2.json.gz"))
    return Labelled(name="presidio-research", items=tuple(_item(number, row) for number, row in enumerate(rows)))


def _item(number: int, row: dict[str, object]) -> Item:
    spans = row["spans"]
    assert isinstance(spans, list)
    text = str(row["full_text"])
    kinds = {**KIND, "DATE_TIME": "DATE_OF_BIRTH"} if any(words in text.lower() for words in BIRTH) else KIND
    parts = [(one["entity_type"], Part(0, one["start_position"], one["end_position"])) for one in spans]
    return Item(
        name=f"presidio-research#{number}",
        turns=(Turn("", text),),
        gold=tuple(Gold(kind=kinds[label], parts=(part,)) for label, part in parts if label in kinds),
        neutral=tuple(part for label, part in parts if label in NEUTRAL),
    )
