"""One call twice, as text and as a voice transcript; labelled here by hand."""

import csv
import io

from tests.bench.redaction.items import Gold, Item, Labelled, Part, Turn
from tests.bench.redaction.sets.files import text_of

SPEAKER = {"Agent": "agent", "Client": "customer"}
SECRETS = {  # file: what stands in it, and its type; every occurrence counts
    "sample_data.csv": (
        ("David Firth", "PERSON_NAME"),
        ("1249874623", "BANK_ACCOUNT"),
        ("234-23-2343", "SSN"),
        ("eisen@discourse.ai", "EMAIL"),
        ("4012 0000 9876 5439", "CREDIT_CARD"),
        ("Dec-23", "CARD_EXPIRY"),
        ("412", "CVV"),
        ("413 main street", "ADDRESS"),
        ("55812", "POSTAL_CODE"),
        ("218-730-4300", "PHONE"),
        ("591-268-5591", "PHONE"),
        ("1168", "PIN"),
    ),
    "sample_data_voice.csv": (
        ("David Firth", "PERSON_NAME"),
        ("one two four nine eight seven four six two three", "BANK_ACCOUNT"),
        ("two three four two three two three four three", "SSN"),
        ("eisen@discourse.ai", "EMAIL"),
        ("four oh one two zero zero zero zero nine eight seven six five four three nine", "CREDIT_CARD"),
        ("July of two thousand twenty three", "CARD_EXPIRY"),
        ("four one two", "CVV"),
        ("four one three main street", "ADDRESS"),
        ("five five eight one two", "POSTAL_CODE"),
        ("two one eight seven three oh four three oh oh", "PHONE"),
        ("five nine one, two six eight, five five nine one", "PHONE"),
        ("one one six eight", "PIN"),
    ),
}
NEUTRAL = ("thank you david", "mister firth", "deluth ga", "deluth georgia")


def read() -> Labelled:
    """Read both forms of the call."""
    return Labelled(name="redactomatic", items=tuple(_item(file) for file in SECRETS))


def _item(file: str) -> Item:
    rows = list(csv.DictReader(io.StringIO(text_of("pii", "redactomatic", file).removeprefix("\ufeff"))))
    turns = tuple(Turn(SPEAKER[row["speaker"]], row["text"]) for row in rows)
    gold = [
        Gold(kind=kind, parts=(Part(turn, start, start + len(secret)),))
        for secret, kind in SECRETS[file]
        for turn, start in _occurrences(turns, secret.lower())
    ]
    neutral = [
        Part(turn, start, start + len(phrase)) for phrase in NEUTRAL for turn, start in _occurrences(turns, phrase)
    ]
    return Item(name=f"redactomatic/{file}", turns=turns, gold=tuple(gold), neutral=tuple(neutral))


def _occurrences(turns: tuple[Turn, ...], words: str) -> list[tuple[int, int]]:
    """Find words as a whole: no digit and no letter touches them, and no further number word precedes or follows."""
    found = []
    for index, turn in enumerate(turns):
        text = turn.text.lower()
        start = text.find(words)
        if start >= 0 and not text[start - 1 : start].isalnum() and not text[start + len(words) :][:1].isalnum():
            found.append((index, start))
    return found
