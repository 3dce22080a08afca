"""One way of speaking: a seeded choice of phrases, spoken lower case or decorated, from the seen or the unseen part of every bank."""

import random
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")
SMALLEST_SPLIT = 5
UNSEEN_EVERY = 3


class Bank(StrEnum):
    """Which phrases may be used. Rules are written looking at SEEN; UNSEEN, every third phrase, judges them."""

    SEEN = "seen"
    UNSEEN = "unseen"
    EVERY = "every"


class Voice:
    """The choices that one conversation is made of."""

    def __init__(self, seed: str, bank: Bank = Bank.EVERY) -> None:
        """Begin; the same seed and bank give the same choices."""
        self.rng = random.Random(f"{seed}/{bank}")
        self.bank = bank

    def phrase(self, bank: Sequence[T]) -> T:
        """Choose from a bank of phrases, within the part that this voice may use. Small banks are not divided."""
        return self.rng.choice(self.allowed(bank))

    def allowed(self, bank: Sequence[T]) -> Sequence[T]:
        """Tell the part of a bank that this voice may use."""
        if len(bank) < SMALLEST_SPLIT or self.bank is Bank.EVERY:
            return bank
        kept = self.bank is Bank.UNSEEN
        return [one for at, one in enumerate(bank) if (at % UNSEEN_EVERY == UNSEEN_EVERY - 1) == kept]

    def one_of(self, *options: T) -> T:
        """Choose one of a few values that are no phrases."""
        return self.rng.choice(options)

    def chance(self, share: float) -> bool:
        """Say yes in that share of the cases."""
        return self.rng.random() < share

    def digits(self, count: int) -> str:
        """Make that many decimal digits."""
        return "".join(self.rng.choice("0123456789") for _ in range(count))

    def between(self, low: int, high: int) -> int:
        """Choose a whole number; both ends are possible."""
        return self.rng.randint(low, high)
