"""What a number looks like: labels for its type, never a reason to let it through (one misheard digit fails every check)."""

from typing import Final

# Issuer ranges: ISO/IEC 7812-1 and the networks' published BIN ranges (2-series Mastercard since 2017; Maestro 12 to 19 digits).
_ISSUERS: Final = (
    (4, 4), (51, 55), (2221, 2720), (34, 34), (37, 37), (300, 305), (36, 36), (38, 39), (6011, 6011), (644, 649), (65, 65),
    (3528, 3589), (50, 50), (56, 69), (62, 62), (60, 60), (81, 82), (2200, 2204), (9792, 9792),
)  # fmt: skip
CARD_MAX: Final = 19


def luhn(digits: str) -> bool:
    """Check the last digit of a card number (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the digits of a two-digit product are added
    return total % 10 == 0


def known_issuer(digits: str) -> bool:
    """Tell whether a number begins like a payment card."""
    return any(low <= int(digits[: len(str(low))] or 0) <= high for low, high in _ISSUERS)


def card(digits: str) -> bool:
    """Tell whether a number is a card beyond doubt: issuer, length and checksum agree."""
    return 12 <= len(digits) <= CARD_MAX and known_issuer(digits) and luhn(digits)  # noqa: PLR2004 - the shortest Maestro


def ipv4(text: str) -> bool:
    """Tell whether four groups are an IPv4 address."""
    return all(int(group) < 256 for group in text.split("."))  # noqa: PLR2004 - an octet
