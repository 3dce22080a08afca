"""Numbers that must never be seen again: cards with a right check digit, social security numbers and phone numbers, as people write them."""

import random
from dataclasses import dataclass

CARD_PREFIXES = ("4", "51", "55", "2221", "37", "6011")
ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
GROUP = 4  # digits that give a number away
KINDS = ("CREDIT_CARD", "SSN", "PHONE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One number, or a part of one: its kind, its digits, how it was written, and in which utterance of its call.

    `whole` are all digits of a number that was spoken, maybe in parts.
    """

    kind: str
    digits: str
    written: str
    utterance: int | None = None
    whole: str = ""


def plant(rng: random.Random, *, utterance: int | None = None) -> Planted:
    """Make one number in one of the forms that people and recognisers write."""
    kind = rng.choice(KINDS)
    make = {"CREDIT_CARD": _card, "SSN": _social_security, "PHONE": _phone}[kind]
    digits, written = make(rng)
    return Planted(kind=kind, digits=digits, written=written, utterance=utterance)


def traces(planted: Planted) -> tuple[bytes, ...]:
    """List the byte strings that would give a number away: as written, and its bare digits.

    Of a spoken one: all its digits, together and one by one, and the words and single digits of every four in a row.
    """
    if not planted.whole:
        return tuple(dict.fromkeys((planted.written.encode(), planted.digits.encode())))
    digits = planted.digits
    rows = [digits[at : at + GROUP] for at in range(len(digits) - GROUP + 1)]
    spoken = [" ".join(ONES[int(digit)] for digit in row) for row in rows]
    return tuple(text.encode() for text in dict.fromkeys((planted.whole, *map(" ".join, rows), *spoken)))


def luhn(rng: random.Random) -> str:
    """Make a card number whose check digit is right (ISO/IEC 7812-1)."""
    prefix = rng.choice(CARD_PREFIXES)
    length = 15 if prefix == "37" else 16
    body = prefix + "".join(rng.choice("0123456789") for _ in range(length - 1 - len(prefix)))
    return body + str(-_luhn_sum(body, doubled_first=True) % 10)


def luhn_is_right(digits: str) -> bool:
    """Tell whether a card number's check digit is right."""
    return _luhn_sum(digits, doubled_first=False) % 10 == 0


def _luhn_sum(digits: str, *, doubled_first: bool) -> int:
    """Sum from the right; every second digit counts double, its own digits added."""
    return sum(
        sum(divmod(2 * int(digit), 10)) if (at % 2 == 0) == doubled_first else int(digit)
        for at, digit in enumerate(reversed(digits))
    )


def _card(rng: random.Random) -> tuple[str, str]:
    digits = luhn(rng)
    ends = (4, 10, 15) if len(digits) == 15 else (4, 8, 12, 16)
    groups = [digits[start:end] for start, end in zip((0, *ends), ends, strict=False)]
    return digits, rng.choice((" ", "-", "")).join(groups)


def _social_security(rng: random.Random) -> tuple[str, str]:
    """Leave out what is never given out: areas 000, 666 and 900 to 999, group 00, serial 0000 (ssa.gov)."""
    groups = (f"{rng.randrange(1, 666):03}", f"{rng.randrange(1, 100):02}", f"{rng.randrange(1, 10_000):04}")
    return "".join(groups), rng.choice((" ", "-")).join(groups)


def _phone(rng: random.Random) -> tuple[str, str]:
    """North American Numbering Plan: area and exchange start with 2 to 9 and are no service code (N11)."""
    code, exchange, line = _three(rng), _three(rng), f"{rng.randrange(10_000):04}"
    forms = (
        f"({code}) {exchange}-{line}",
        f"{code}-{exchange}-{line}",
        f"+1 {code} {exchange} {line}",
        f"+1 ({code}) {exchange}-{line}",
        f"1-{code}-{exchange}-{line}",
        f"{code}{exchange}{line}",
        f"{code} {exchange} {line}",
        f"{code}.{exchange}.{line}",
    )
    return f"{code}{exchange}{line}", rng.choice(forms)


def _three(rng: random.Random) -> str:
    return f"{rng.randrange(2, 10)}{rng.choice('023456789')}{rng.randrange(10)}"
