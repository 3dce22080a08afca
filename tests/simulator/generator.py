"""Made-up calls, deterministic by seed, with known numbers planted in known utterances."""

import random
from dataclasses import dataclass, field

SMALL_TALK = (
    "thank you for calling how may i help you today",
    "i would like to check the balance of my account please",
    "one moment while i look that up for you",
    "the order 483920 was shipped on the 14th of march",
    "it costs 129.99 with the discount",
    "could you repeat that please",
    "my appointment is at 10:30 on tuesday",
    "is there anything else i can help you with",
    "yes that is right",
    "the ticket number is 77120",
    "i have been waiting for 25 minutes",
    "perfect thanks a lot for your help",
)
CARD_PREFIXES = ("4", "51", "55", "2221", "37", "6011")
EPOCH_MS = 1_714_557_600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A number that must never be seen again: its type, its digits and how it was written."""

    kind: str
    digits: str
    written: str


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


def generate(seed: int, index: int, *, utterances: int = 30, call_id: str | None = None) -> Call:
    """Make a call; the same arguments give the same call, byte for byte. About every eighth turn holds a number."""
    rng = random.Random(f"{seed}/{index}/{utterances}")
    turns: list[Turn] = []
    planted: list[Planted] = []
    clock = EPOCH_MS + index * 1000
    for number in range(utterances):
        text = rng.choice(SMALL_TALK)
        if number % 8 == 3:
            secret = plant(rng)
            planted.append(secret)
            text = f"{text} {rng.choice(('it is', 'that would be', 'sure', 'number'))} {secret.written}"
        duration = 600 + 60 * len(text)
        turns.append(
            Turn(
                speaker=("agent", "customer")[number % 2],
                text=text,
                decorated=None if rng.random() < 0.2 else text[0].upper() + text[1:] + ".",
                start_ms=clock,
                duration_ms=duration,
                confidence=None if rng.random() < 0.1 else round(rng.uniform(0.6, 0.99), 3),
            )
        )
        clock += duration + rng.randrange(100, 900)
    return Call(id=call_id or f"gen-{seed}-{index}", language="en-US", turns=tuple(turns), planted=tuple(planted))


def plant(rng: random.Random) -> Planted:
    """Make one number in one of the forms that people and recognisers write."""
    kind = rng.choice(("CREDIT_CARD", "SSN", "PHONE"))
    if kind == "CREDIT_CARD":
        digits = luhn(rng)
        groups = (
            [digits[:4], digits[4:10], digits[10:]]
            if len(digits) == 15
            else [digits[at : at + 4] for at in range(0, 16, 4)]
        )
        return Planted(kind=kind, digits=digits, written=rng.choice((" ", "-", "")).join(groups))
    if kind == "SSN":
        area, group, serial = rng.randrange(1, 666), rng.randrange(1, 100), rng.randrange(1, 10_000)
        digits = f"{area:03}{group:02}{serial:04}"
        return Planted(
            kind=kind, digits=digits, written=rng.choice((" ", "-")).join((digits[:3], digits[3:5], digits[5:]))
        )
    digits = f"{rng.randrange(201, 990)}{rng.randrange(200, 999)}{rng.randrange(10_000):04}"
    code, exchange, line = digits[:3], digits[3:6], digits[6:]
    forms = (
        f"({code}) {exchange}-{line}",
        f"{code}-{exchange}-{line}",
        f"+1 {code} {exchange} {line}",
        digits,
        f"{code}.{exchange}.{line}",
    )
    return Planted(kind=kind, digits=digits, written=rng.choice(forms))


def luhn(rng: random.Random) -> str:
    """Make a card number whose check digit is right (ISO/IEC 7812-1)."""
    prefix = rng.choice(CARD_PREFIXES)
    length = 15 if prefix == "37" else 16
    body = prefix + "".join(rng.choice("0123456789") for _ in range(length - 1 - len(prefix)))
    total = sum(int(digit) if at % 2 else sum(divmod(2 * int(digit), 10)) for at, digit in enumerate(reversed(body)))
    return body + str(-total % 10)


def traces(planted: Planted) -> tuple[bytes, ...]:
    """List the byte strings that would give a number away: as written, and its bare digits."""
    return tuple({planted.written.encode(), planted.digits.encode()})
