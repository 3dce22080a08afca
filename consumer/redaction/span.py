"""What the engine finds: spans of an utterance, each with its type, the rule that found it and the form it was said in."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from consumer.redaction.ints import mypyc_attr
from consumer.redaction.text import RawText


class Kind(StrEnum):
    """The types of personal data; the tag of each is [REDACTED_<TYPE>]."""

    CREDIT_CARD = "CREDIT_CARD"
    CVV = "CVV"
    CARD_EXPIRY = "CARD_EXPIRY"
    SSN = "SSN"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    IBAN = "IBAN"
    BANK_ACCOUNT = "BANK_ACCOUNT"
    ROUTING_NUMBER = "ROUTING_NUMBER"
    PIN = "PIN"
    DATE_OF_BIRTH = "DATE_OF_BIRTH"
    IP_ADDRESS = "IP_ADDRESS"
    PASSWORD = "PASSWORD"  # noqa: S105 - the name of a type
    PERSON_NAME = "PERSON_NAME"
    ADDRESS = "ADDRESS"
    POSTAL_CODE = "POSTAL_CODE"
    NATIONAL_ID = "NATIONAL_ID"
    NUMBER = "NUMBER"
    ERROR = "ERROR"  # the utterance could not be treated and is hidden whole

    @property
    def tag(self) -> str:
        """What stands in the text instead."""
        return f"[REDACTED_{self.value}]"


class Cover:
    """The characters of an utterance that spans cover."""

    __slots__ = ("_marks",)

    def __init__(self, size: int, spans: "Iterable[Span]" = ()) -> None:
        self._marks = bytearray(size)
        for span in spans:
            self.add(span)

    def add(self, span: "Span") -> None:
        """Cover what a span covers."""
        self._marks[span.start : span.end] = b"\1" * (span.end - span.start)

    def __contains__(self, at: int) -> bool:
        return bool(self._marks[at])


class Source(StrEnum):
    """The form in which something was said."""

    DIGITS = "digits"
    SPOKEN = "spoken"
    SPLIT = "split"
    CUE = "cue"


@mypyc_attr(acyclic=True)
class Span:
    """A stretch to hide: offsets in characters of the utterance, end exclusive."""

    __slots__ = ("end", "kind", "rule", "source", "start")

    def __init__(self, start: int, end: int, kind: Kind, rule: str, source: Source) -> None:
        self.start = start
        self.end = end
        self.kind = kind
        self.rule = rule
        self.source = source

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self._all() == other._all()

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return f"Span({self.start}, {self.end}, {self.kind}, {self.rule}, {self.source})"

    def _all(self) -> tuple[int, int, str, str, str]:
        return self.start, self.end, self.kind, self.rule, self.source


class Turn:
    """One utterance of a conversation, who said it ("" where nobody knows), and when it began (seconds, any zero)."""

    __slots__ = ("at", "speaker", "text")

    def __init__(self, text: RawText, speaker: str = "", at: float | None = None) -> None:
        self.text = text
        self.speaker = speaker
        self.at = at

    def __repr__(self) -> str:
        return f"Turn({len(self.text)} characters)"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a stretch was hidden or left: for people who tune a policy, made on request only."""

    start: int
    end: int
    hidden: bool
    rule: str


def whole(turn: Turn, rule: str) -> Span:
    """Make the span over all of an utterance that cannot be treated."""
    return Span(0, len(turn.text), Kind.ERROR, rule, Source.CUE)
