"""Patterns applied utterance by utterance: the three of the brief, and those of this project's first version."""

import re
from collections.abc import Sequence

from tests.bench.redaction.items import Found, Turn

THREE = (
    ("CREDIT_CARD", re.compile(r"\b(?:\d[ -]*?){13,16}\b")),
    ("SSN", re.compile(r"\b\d{3}[-\s]?\d{2}[-\s]?\d{4}\b")),
    ("PHONE", re.compile(r"\b(?:\+?1[-.\s]?)?\(?\d{3}\)?[-.\s]?\d{3}[-.\s]?\d{4}\b")),
)
_GAP = r"[\s.\-\u00ad\u2010-\u2015\u2212\u200b\u2060]{0,3}"
FIRST = (
    ("CREDIT_CARD", re.compile(rf"\d(?:{_GAP}\d){{12,}}")),
    ("SSN", re.compile(rf"(?<!\d)\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{4}}(?!\d)")),
    (
        "PHONE",
        re.compile(rf"(?:\+{_GAP})?(?<!\d)(?:1{_GAP})?\(?\d{{3}}\)?{_GAP}\d{{3}}{_GAP}\d{{4}}(?!\d)"),
    ),
)


class Patterns:
    """One pattern after another over every turn by itself; spans may overlap."""

    def __init__(self, name: str, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> None:
        """Name the patterns, each with the type of what it finds."""
        self.name = name
        self._patterns = patterns

    def find(self, turns: Sequence[Turn]) -> list[list[Found]]:
        """Search turn after turn."""
        return [
            [
                Found(hit.start(), hit.end(), kind)
                for kind, pattern in self._patterns
                for hit in pattern.finditer(turn.text)
            ]
            for turn in turns
        ]


class FirstVersion(Patterns):
    """The same three types as this project's first version found them: any digits, spaces and dashes of Unicode."""

    def __init__(self) -> None:
        super().__init__("first version", FIRST)


class ThreeRegexes(Patterns):
    """Card, social security and phone number in digits, as the brief has them."""

    def __init__(self) -> None:
        super().__init__("three regexes", THREE)

    def prepare(self, turns: Sequence[Turn]) -> list[str]:
        """Take the texts alone."""
        return [turn.text for turn in turns]

    def redact(self, prepared: Sequence[str]) -> list[str]:
        """Redact as the brief does; the speed of everything else is compared with this."""
        redacted = []
        for text in prepared:
            for kind, pattern in THREE:
                text = pattern.sub(f"[REDACTED_{kind}]", text)  # noqa: PLW2901  # as the brief writes it
            redacted.append(text)
        return redacted
