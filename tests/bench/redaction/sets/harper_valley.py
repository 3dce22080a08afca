"""Three real calls, labelled by hand: names after their cue, and a phone number that the recogniser mangled."""

import json
from typing import Any

from tests.bench.redaction.items import Gold, Item, Labelled, Part, Turn
from tests.bench.redaction.sets.files import DATA

SPEAKER = {"agent": "agent", "caller": "customer"}
NAME, PHONE = "PERSON_NAME", "PHONE"
# call: turn, words, type, form. The caller says zero seven five, four two eight, five six three one, twice. The recogniser
# keeps of it what can still be used: "to a" sounds like two eight, "one" is right.
SECRETS: dict[str, tuple[tuple[int, str, str, str], ...]] = {
    "0002f70f7386445b": ((1, "alyssa", NAME, "agent"), (4, "patricia brown", NAME, "caller")),
    "00d676d7058c49bb": ((1, "jennifer", NAME, "agent"), (2, "robert johnson", NAME, "caller")),
    "07dd22b700514bfd": (
        (1, "mary", NAME, "agent"),
        (3, "michael daisy", NAME, "caller"),
        (6, "zero seven five", PHONE, "heard right"),
        (8, "to a", PHONE, "garbled"),
        (9, "one", PHONE, "garbled"),
        (11, "zero seven five", PHONE, "heard right"),
        (12, "four two eight", PHONE, "heard right"),
    ),
}
# What is left of digits that cannot be used any more, and the filler before one: neither right nor wrong to hide.
NEUTRAL = {"07dd22b700514bfd": ((8, "uh"), (9, "i see the"), (13, "i see who you on"))}


def read() -> Labelled:
    """Read the calls; every fragment of the phone number is a secret of its own."""
    files = sorted((DATA / "calls" / "harper-valley").glob("*.json"))
    return Labelled(name="real-calls", items=tuple(_item(json.loads(file.read_text())) for file in files))


def _item(call: dict[str, Any]) -> Item:
    turns = tuple(Turn(SPEAKER[turn["speaker"]], turn["text"]) for turn in call["turns"])
    return Item(
        name=f"real-calls/{call['id']}",
        turns=turns,
        gold=tuple(
            Gold(kind=kind, parts=(_part(turns, turn, words),), form=form)
            for turn, words, kind, form in SECRETS[call["id"]]
        ),
        neutral=tuple(_part(turns, turn, words) for turn, words in NEUTRAL.get(call["id"], ())),
    )


def _part(turns: tuple[Turn, ...], turn: int, words: str) -> Part:
    start = turns[turn].text.index(words)
    return Part(turn, start, start + len(words))
