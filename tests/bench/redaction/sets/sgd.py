"""Schema-guided dialogues: task dialogues full of dates, prices, times and street numbers.

Phone numbers are labelled and nothing else is: a name after its cue counts as a false positive here.
"""

import json
from itertools import groupby
from typing import Any

from tests.bench.redaction.items import Gold, Item, Labelled, Part, Turn
from tests.bench.redaction.sets.files import text_of

SPEAKER = {"U": "customer", "S": "agent"}


def stateless() -> Labelled:
    """Take every utterance by itself."""
    rows = _rows()
    items = tuple(_item(f"sgd/{row['d']}.{row['i']}", [row]) for row in rows)
    return Labelled(name="sgd/stateless", items=items)


def conversations() -> Labelled:
    """Take whole dialogues."""
    items = tuple(_item(f"sgd/{name}", list(rows)) for name, rows in groupby(_rows(), key=lambda row: row["d"]))
    return Labelled(name="sgd/conversations", items=items)


def _rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in text_of("pii", "sgd", "sgd_dev_slim.jsonl.gz").splitlines()]


def _item(name: str, rows: list[dict[str, Any]]) -> Item:
    return Item(
        name=name,
        turns=tuple(Turn(SPEAKER[row["sp"]], row["t"]) for row in rows),
        gold=tuple(
            Gold(kind="PHONE", parts=(Part(turn, start, end),))
            for turn, row in enumerate(rows)
            for start, end, _ in row["s"]
        ),
    )
