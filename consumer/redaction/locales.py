"""National forms: the cues of each pack, and identity numbers that are known by their form alone."""

import re
from collections.abc import Iterator
from enum import StrEnum

from consumer.redaction.span import Kind, Source, Span


class Pack(StrEnum):
    """The national forms that are looked for."""

    US = "us"
    UK = "uk"
    EU = "eu"


CUES: dict[Pack, dict[Kind, str]] = {
    Pack.US: {
        Kind.SSN: """
            social security|social security number|ssn|s s n|social|your social|my social|socials|tax id|taxpayer id|taxpayer identification|itin|soc sec|
            social sec|sosh|last four of your social|last four of my social|last four of the social|last four digits of your social|
            last 4 of your social|last 4 of my social
        """,
        Kind.ROUTING_NUMBER: "routing number|routing|routing transit|aba number|aba|a b a|transit number",
        Kind.POSTAL_CODE: "zip code|zip|zipcode|zip codes|zip plus four|postal code|postal",
        Kind.NATIONAL_ID: """
            driver's license|drivers license|driver license|driving license|license number|state id|medicare number|medicaid number|alien number|
            green card number|military id
        """,
    },
    Pack.UK: {
        Kind.ROUTING_NUMBER: "sort code|sortcode",
        Kind.POSTAL_CODE: "postcode|post code|postcode is|postal code|postal",
        Kind.NATIONAL_ID: """
            national insurance|national insurance number|n i number|ni number|nino|nhs number|n h s number|utr|driving licence|driver's licence|
            drivers licence|licence number|licence no
        """,
    },
    Pack.EU: {
        Kind.POSTAL_CODE: "postcode|post code|postal code|postal",
        Kind.NATIONAL_ID: """
            steuer id|tax number|tax identification|bsn|pesel|dni|d n i|nie|spanish id|codice fiscale|personnummer|cpr number|insee|identity card|
            national identity|social insurance|social insurance number
        """,
    },
}

NINO = re.compile(r"([a-ceghj-prstw-z][a-ceghj-nprstw-z])( ?)\d{2} ?\d{2} ?\d{2} ?[a-d]")
DNI = re.compile(r"([xyz]?)(\d{7,8})-?([a-z])")
_DNI_LETTERS = "trwagmyfpdxbnjzsqvhlcke"  # Real Decreto 1553/2005: the number modulo 23
_DNI_DIGITS = 8
_HAS_EIGHT_DIGITS = re.compile(r"\d{2}")


def find(raw: str, text: str, packs: frozenset[Pack]) -> Iterator[Span]:
    """Find national insurance numbers (uk) and Spanish DNI and NIE with their check letter (eu); `text` is folded."""
    if not _HAS_EIGHT_DIGITS.search(text):
        return
    if Pack.UK in packs:
        for match in NINO.finditer(text):
            # Spaced out, two letters could be a word: then they have to be capitals.
            sure = not match.group(2) or raw[match.start() : match.start() + 2].isupper()
            if sure and _stands_alone(text, match):
                yield Span(*match.span(), Kind.NATIONAL_ID, "national.nino", Source.DIGITS)
    if Pack.EU in packs:
        for match in DNI.finditer(text):
            number = str("xyz".find(match.group(1))) + match.group(2) if match.group(1) else match.group(2)
            if (
                len(number) == _DNI_DIGITS
                and _DNI_LETTERS[int(number) % 23] == match.group(3)
                and _stands_alone(text, match)
            ):
                yield Span(*match.span(), Kind.NATIONAL_ID, "national.dni", Source.DIGITS)


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    before, behind = text[: match.start()][-1:], text[match.end() :][:1]
    return not (before.isalnum() or behind.isalnum())
