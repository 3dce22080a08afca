"""Run one target on many mutated inputs; inputs that take a way nobody took before are kept, to be mutated further."""

import random
from dataclasses import dataclass

from tests.fuzz.mutation import mutate
from tests.fuzz.targets import Target

KEPT = 400
KEPT_BYTES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An input that got out of a reader what must not come out."""

    target: str
    error: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunt:
    """What came of a number of inputs: how many different ways they took, and the first that broke something."""

    inputs: int
    ways: int
    finding: Finding | None


def hunt(target: Target, *, inputs: int, seed: str) -> Hunt:
    """Try mutated inputs until one breaks something; the same seed tries the same ones."""
    rng = random.Random(f"{target.name}/{seed}")
    corpus, ways = list(target.corpus), set[str]()
    for number in range(inputs):
        data = mutate(rng, corpus)
        try:
            way = target.run(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we hunt for
            finding = Finding(target=target.name, error=repr(error), data=data)
            return Hunt(inputs=number + 1, ways=len(ways), finding=finding)
        if way not in ways:
            ways.add(way)
            if len(corpus) < KEPT and len(data) < KEPT_BYTES:
                corpus.append(data)
    return Hunt(inputs=inputs, ways=len(ways), finding=None)
