"""Made-up calls in which numbers are also spoken, in one turn or over two or three, behind a question; deterministic by seed."""

import random
import re
from dataclasses import replace

from tests.simulator.generator import Call, Turn, generate
from tests.simulator.planted import ONES, Planted, plant

QUESTIONS = {
    "CREDIT_CARD": (
        "what is the card number please",
        "could you read me the number on your card",
        "and the card number",
    ),
    "SSN": ("what is your social security number", "i need your social please"),
    "PHONE": ("what is the best phone number to reach you", "may i have your phone number"),
}
SIZES = {"CREDIT_CARD": (4, 4, 4, 4), "SSN": (3, 2, 4), "PHONE": (3, 3, 4)}
LEADS = ("", "it's", "uh", "okay it's")
NODS = ("mm hmm", "okay", "go ahead", "yes")
NUMBERS = 3
MOST_PARTS = 3
_SAID_ID = re.compile(r"said-([0-9]{1,9})-([0-9]{1,12})")


def said(seed: int, index: int) -> Call:
    """Make a call in which numbers are written as in `generate`, and others are asked for and spoken."""
    written = generate(seed, index)
    rng = random.Random(f"said/{seed}/{index}")
    turns, planted = list(written.turns), list(written.planted)
    for _ in range(NUMBERS):
        secret = plant(rng)
        _say(turns, "agent", rng.choice(QUESTIONS[secret.kind]))
        for part in _parts(rng, secret):
            lead = rng.choice(LEADS)
            planted.append(replace(part, utterance=len(turns)))
            _say(turns, "customer", f"{lead} {part.written}".strip())
            _say(turns, "agent", rng.choice(NODS))
    return Call(id=f"said-{seed}-{index}", language=written.language, turns=tuple(turns), planted=tuple(planted))


def of_id(call_id: str) -> Call | None:
    """Make the call that an id of the form said-SEED-INDEX names."""
    found = _SAID_ID.fullmatch(call_id)
    return said(int(found[1]), int(found[2])) if found else None


def _parts(rng: random.Random, secret: Planted) -> list[Planted]:
    """Cut a number into one to three parts of whole groups, each as it is spoken."""
    groups, at = [], 0
    for size in SIZES[secret.kind]:
        groups.append(secret.digits[at : at + size])
        at += size
    groups[-1] += secret.digits[at:]
    cuts = sorted(rng.sample(range(1, len(groups)), rng.randrange(MOST_PARTS)))
    pieces = [groups[start:end] for start, end in zip((0, *cuts), (*cuts, len(groups)), strict=True)]
    return [
        replace(
            secret,
            digits="".join(piece),
            written=" ".join(ONES[int(digit)] for digit in "".join(piece)),
            whole=secret.digits,
        )
        for piece in pieces
    ]


def _say(turns: list[Turn], speaker: str, text: str) -> None:
    before = turns[-1]
    start = before.start_ms + before.duration_ms + 300
    turns.append(
        Turn(
            speaker=speaker, text=text, decorated=None, start_ms=start, duration_ms=600 + 60 * len(text), confidence=0.9
        )
    )
