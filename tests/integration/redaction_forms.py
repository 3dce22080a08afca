"""Print what redaction finds, as a digest of all spans per set, in the form that this interpreter uses."""

import hashlib
import random
import sys
from collections.abc import Iterator

import orjson

from consumer.redaction import RawText, Redactor, Turn, native
from consumer.redaction.stream import released
from tests.bench.redaction.generators.catalogue import GENERATORS, generate
from tests.bench.redaction.sets.catalogue import READ

CALLS = 40  # of every generated set
SCRAMBLED = 1_000
MARKS = (
    "@", ".", ":", "-", "[", "[card number]", "[REDACTED_SSN]", "'", "\u0664", "\n", "$", "%", "12/24", "10:30", "192.168.1.1", "0th", "14th",
    "GB29NWBK60161331926819", "a@b.co", "oh oh", "o'", "double", "\u2019s", "\u00df", "\uff11\uff12", "4111-1111-1111-1111", "1,200.50", "+44",
)  # fmt: skip


def sets() -> Iterator[tuple[str, list[list[Turn]]]]:
    """Read or make every set but the held-out ones, and calls of words and marks in any order."""
    for name, labelled in [
        *((name, read()) for name, read in READ.items()),
        *((name, generate(name, count=CALLS)) for name in GENERATORS),
    ]:
        yield name, [[Turn(RawText(turn.text), turn.speaker) for turn in item.turns] for item in labelled.items]
    rng = random.Random(1)
    words = [
        word for item in generate("whole-calls", count=CALLS).items for turn in item.turns for word in turn.text.split()
    ]
    yield "scrambled", [[scrambled(rng, words) for _ in range(rng.randrange(1, 12))] for _ in range(SCRAMBLED)]


def scrambled(rng: random.Random, words: list[str]) -> Turn:
    """Put words and marks together in any order."""
    text = " ".join(rng.choice(rng.choice((words, words, words, MARKS))) for _ in range(rng.randrange(14)))
    return Turn(RawText(text), rng.choice("ab"))


def main() -> None:
    """Redact everything, whole and as a stream."""
    redactor, digests = Redactor(), {}
    for name, calls in sets():
        digest = hashlib.sha256()
        for call in calls:
            digest.update(repr((redactor.find(call), released(redactor.stream(bytes(32)), call))).encode())
        digests[name] = digest.hexdigest()
    compiled = any(module.endswith("native_code__mypyc") for module in sys.modules)
    sys.stdout.buffer.write(orjson.dumps({"compiled": compiled, "wanted": bool(native.path()), "sets": digests}))


if __name__ == "__main__":
    main()
