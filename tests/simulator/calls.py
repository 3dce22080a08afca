"""The three real calls of the Harper Valley corpus (tests/data/calls), as the simulator serves them."""

from pathlib import Path

import orjson

from tests.simulator.generator import Call, Turn

FOLDER = Path(__file__).parents[1] / "data" / "calls" / "harper-valley"


def real_calls() -> list[Call]:
    """Read the real calls; confidences are missing in the corpus, so some turns get one and the others have none."""
    return [_read(path) for path in sorted(FOLDER.glob("*.json"))]


def _read(path: Path) -> Call:
    raw = orjson.loads(path.read_bytes())
    turns = [
        Turn(
            speaker=turn["speaker"],
            text=turn["text"],
            decorated=turn["text"][:1].upper() + turn["text"][1:] + "." if number % 3 else None,
            start_ms=raw["start_epoch_ms"] + turn["start_ms"],
            duration_ms=turn["duration_ms"],
            confidence=round(0.7 + number % 4 * 0.05, 2) if number % 5 else None,
        )
        for number, turn in enumerate(raw["turns"])
    ]
    return Call(id=raw["id"], language="en-US", turns=tuple(turns))
