"""The three types of number that must not reach the index, as linear patterns over one utterance.

Each pattern is deterministic (one separator class per gap, never a digit in it), so that matching stays linear.
A checksum is no gate: one misheard digit would let the rest of a card through.
"""

import re
from dataclasses import dataclass

# Spaces of any kind, hyphens and dashes, dots: what recognisers and people put between groups of digits.
_GAP = r"[\s.\-\u00ad\u2010-\u2015\u2212\u200b\u2060]{0,3}"
_NO_DIGIT_BEFORE = r"(?<!\d)"
_NO_DIGIT_AFTER = r"(?!\d)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One type of number: `tag` takes the place of every match of `pattern`, which needs `min_digits` digits at least."""

    kind: str
    tag: str
    min_digits: int
    pattern: re.Pattern[str]


def _rule(kind: str, min_digits: int, pattern: str) -> Rule:
    return Rule(kind=kind, tag=f"[REDACTED_{kind}]", min_digits=min_digits, pattern=re.compile(pattern))


RULES: tuple[Rule, ...] = (
    # ISO/IEC 7812 allows up to 19 digits; any longer run is hidden as well rather than let through.
    _rule("CREDIT_CARD", 13, rf"\d(?:{_GAP}\d){{12,}}"),
    _rule("SSN", 9, rf"{_NO_DIGIT_BEFORE}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{4}}{_NO_DIGIT_AFTER}"),
    # The North American Numbering Plan: ten digits, the country code 1 and brackets optional.
    _rule(
        "PHONE",
        10,
        rf"(?:\+{_GAP})?(?<!\d)(?:1{_GAP})?\(?\d{{3}}\)?{_GAP}\d{{3}}{_GAP}\d{{4}}{_NO_DIGIT_AFTER}",
    ),
)
