"""What is measured on: conversations with the characters that must be hidden, may be hidden and must stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

KINDS = (
    "CREDIT_CARD",
    "CVV",
    "CARD_EXPIRY",
    "SSN",
    "PHONE",
    "EMAIL",
    "IBAN",
    "BANK_ACCOUNT",
    "ROUTING_NUMBER",
    "PIN",
    "DATE_OF_BIRTH",
    "IP_ADDRESS",
    "PASSWORD",
    "PERSON_NAME",
    "ADDRESS",
    "POSTAL_CODE",
    "NATIONAL_ID",
    "NUMBER",
)


class Turn(NamedTuple):
    """One utterance and who said it ("agent", "customer", or "" where a set does not tell)."""

    speaker: str
    text: str


class Part(NamedTuple):
    """Characters [start, end) of the turn with index `turn`."""

    turn: int
    start: int
    end: int


class Found(NamedTuple):
    """What a tool wants hidden in one turn: characters [start, end), and its type in the words of KINDS."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One secret: every letter and digit of every part has to be hidden. Fillers inside it belong to no part.

    `form` says how it came up, where a set tells that apart: in fragments, read back, repeated, corrected.
    """

    kind: str
    parts: tuple[Part, ...]
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A conversation, whole or of one turn.

    `neutral` characters count neither way (personal data that nobody asked to find, a digit that was taken back);
    `stay` names phrases whose loss is worth a line of its own. Whatever is in none of the three has to stay as well.
    """

    name: str
    turns: tuple[Turn, ...]
    gold: tuple[Gold, ...] = ()
    neutral: tuple[Part, ...] = ()
    stay: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A set of items. Where `negatives` is false, nobody labelled everything that is personal: false positives mean little."""

    name: str
    items: tuple[Item, ...]
    negatives: bool = True


class Tool(Protocol):
    """Something that finds what has to be hidden."""

    name: str

    def find(self, turns: Sequence[Turn]) -> list[list[Found]]:
        """Return one list for each turn, in the order of the turns."""
        ...
