"""Made-up calls, deterministic by seed, with known numbers planted in known utterances."""

import random
import re
import uuid
from dataclasses import dataclass, field

from tests.simulator.planted import Planted, luhn, plant, traces
from tests.simulator.vocabulary import SMALL_TALK, say

__all__ = [
    "SMALL_TALK",
    "Call",
    "Planted",
    "Turn",
    "call_uuid",
    "communication_of",
    "generate",
    "luhn",
    "patterns",
    "plant",
    "seed_and_index",
    "traces",
]

EPOCH_MS = 1_714_557_600_000
PLANT_EVERY = 8
PLANT_AT = 3
LONGEST_CALL = 20_000
LEAD_INS = ("it is", "that would be", "sure", "number")
_GENERATED_ID = re.compile(r"gen-([0-9]{1,9})-([0-9]{1,12})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One utterance of a call; times in milliseconds, start absolute."""

    speaker: str
    text: str
    decorated: str | None
    start_ms: int
    duration_ms: int
    confidence: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: what was said, and what was planted in it."""

    id: str
    language: str
    turns: tuple[Turn, ...]
    planted: tuple[Planted, ...] = field(default=())


def generate(
    seed: int, index: int, *, utterances: int = 30, call_id: str | None = None, turn_characters: int = 0
) -> Call:
    """Make a call; the same arguments give the same call, byte for byte. Every eighth turn holds a number.

    No turn has fewer than `turn_characters` characters.
    """
    if not 0 <= utterances <= LONGEST_CALL:
        raise ValueError(f"a call has 0 to {LONGEST_CALL} utterances")
    rng = random.Random(f"{seed}/{index}/{utterances}/{turn_characters}")
    turns: list[Turn] = []
    planted: list[Planted] = []
    clock = EPOCH_MS + index * 1000
    for number in range(utterances):
        text = say(rng, at_least_characters=turn_characters)
        if number % PLANT_EVERY == PLANT_AT:
            secret = plant(rng, utterance=number)
            planted.append(secret)
            text = f"{text} {rng.choice(LEAD_INS)} {secret.written}"
        turn = _turn(rng, number, text, clock)
        turns.append(turn)
        clock += turn.duration_ms + rng.randrange(100, 900)
    return Call(id=call_id or f"gen-{seed}-{index}", language="en-US", turns=tuple(turns), planted=tuple(planted))


def seed_and_index(call_id: str) -> tuple[int, int] | None:
    """Read what an id of the form gen-SEED-INDEX says: there is a call for every one of them."""
    found = _GENERATED_ID.fullmatch(call_id)
    return (int(found[1]), int(found[2])) if found else None


def call_uuid(seed: int, index: int) -> str:
    """Name a call as Genesys does, the same for the same seed and index."""
    return str(uuid.UUID(int=random.Random(f"id/{seed}/{index}").getrandbits(128), version=4))


def communication_of(call_id: str) -> str:
    """Name the recorded session of a conversation."""
    return f"{call_id[:56]}-session"


def patterns(*calls: Call) -> tuple[bytes, ...]:
    """List every byte string that would give away a number planted in these calls."""
    return tuple(dict.fromkeys(trace for call in calls for one in call.planted for trace in traces(one)))


def _turn(rng: random.Random, number: int, text: str, clock: int) -> Turn:
    return Turn(
        speaker=("agent", "customer")[number % 2],
        text=text,
        decorated=None if rng.random() < 0.2 else text[0].upper() + text[1:] + ".",
        start_ms=clock,
        duration_ms=600 + 60 * len(text),
        confidence=None if rng.random() < 0.1 else round(rng.uniform(0.6, 0.99), 3),
    )
