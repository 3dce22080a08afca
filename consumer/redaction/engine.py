"""Redact the utterances of one call: a screen over the whole call first, patterns only where digits crowd."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from consumer.redaction.patterns import RULES, Rule
from consumer.redaction.text import RawText, RedactedText

REDACTED_ERROR = cast(RedactedText, "[REDACTED_ERROR]")
MAX_UTTERANCE_CHARACTERS = 100_000

_ALL_BUT_DIGITS_AND_NEWLINE = bytes(byte for byte in range(256) if byte not in b"0123456789\n")


@dataclass(slots=True, kw_only=True, repr=False)
class Redacted:
    """The texts of a call, redacted, in the order they came; `counts` says how many numbers of each type were hidden."""

    texts: list[RedactedText]
    counts: dict[str, int] = field(default_factory=dict)


class Redactor:
    """Hide card, social security and phone numbers in the texts of a call."""

    def __init__(self, rules: Sequence[Rule] = RULES) -> None:
        self._rules = tuple(rules)
        self._fewest = min((rule.min_digits for rule in self._rules), default=0)
        written = "\n".join(f"{rule.kind}\t{rule.tag}\t{rule.pattern.pattern}" for rule in self._rules)
        self.policy_hash = hashlib.sha256(written.encode()).hexdigest()[:16]

    def redact(self, texts: Sequence[RawText]) -> Redacted:
        """Redact a call's utterances. Never raises: an utterance that cannot be treated becomes REDACTED_ERROR."""
        result = Redacted(texts=list(cast(Sequence[RedactedText], texts)))
        for index, digits in self._suspects(texts):
            result.texts[index] = self._redact_one(texts[index], result.counts, digits)
        return result

    def redact_label(self, label: RawText) -> RedactedText:
        """Redact a short label such as a speaker's name; letters alone cannot hold a number."""
        return cast(RedactedText, label) if label.isalpha() else self._redact_one(label, {}, len(label))

    def _suspects(self, texts: Sequence[RawText]) -> list[tuple[int, int]]:
        """Tell which utterances hold enough digits to be worth a closer look: index and number of digits at most."""
        joined = "\n".join(texts)
        digits: list[bytes] = []
        if joined.isascii():
            digits = joined.encode("ascii").translate(None, _ALL_BUT_DIGITS_AND_NEWLINE).split(b"\n")
        if len(digits) != len(texts):  # not ASCII, or an utterance with a newline in it
            return [(index, len(text)) for index, text in enumerate(texts)]
        fewest = self._fewest
        return [(index, len(found)) for index, found in enumerate(digits) if len(found) >= fewest]

    def _redact_one(self, text: RawText, counts: dict[str, int], digits: int) -> RedactedText:
        if len(text) > MAX_UTTERANCE_CHARACTERS:
            counts["ERROR"] = counts.get("ERROR", 0) + 1
            return REDACTED_ERROR
        redacted: str = text
        for rule in self._rules:
            if digits < rule.min_digits:
                continue
            redacted, hits = rule.pattern.subn(rule.tag, redacted)
            if hits:
                counts[rule.kind] = counts.get(rule.kind, 0) + hits
        return cast(RedactedText, redacted)
