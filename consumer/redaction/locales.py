"""National forms: the cues of each pack, and identity numbers that are known by their form alone."""

import re
from enum import StrEnum
from typing import Final

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
            last 4 of your social|last 4 of my social|s s n number|ssn number|social no|full social|whole social
        """,
        Kind.ROUTING_NUMBER: "routing number|routing|routing transit|aba number|aba|a b a|transit number|routing no|routing code|routing digits|bank routing|a b a number|rtn",
        Kind.POSTAL_CODE: "zip code|zip|zip's|zipcode|zip codes|zip plus four|postal code|postal code's|postal|zip for",
        Kind.NATIONAL_ID: """
            driver's license|drivers license|driver license|driving license|license number|state id|medicare number|medicaid number|alien number|
            green card number|military id
        """,
    },
    Pack.UK: {
        Kind.ROUTING_NUMBER: "sort code|sortcode|sort code'd|sort codes|sorting code|sort number|branch code|bank code|clearing code|bsb|bsb number|b s b",
        Kind.POSTAL_CODE: "postcode|postcodes|post code|postcode's|post code's|postcode is|postal code|postal",
        Kind.NATIONAL_ID: """
            national insurance|national insurance number|n i number|ni number|nino|nhs number|n h s number|utr|driving licence|driver's licence|
            drivers licence|licence number|licence no|driver licence|driving licence number|national insurance no|n i no|my n i|your n i|the n i|
            n i off|n i on|n i wise|nhs no|nhs|n h s|national health number|national health service number|chi number|driver number
        """,
    },
    Pack.EU: {
        Kind.POSTAL_CODE: "postcode|post code|postal code|postal",
        Kind.NATIONAL_ID: """
            steuer id|tax number|tax identification|bsn|pesel|dni|d n i|nie|spanish id|codice fiscale|personnummer|cpr number|insee|identity card|
            national identity|social insurance|social insurance number|dni number|nie number|spanish d n i|nif|n i f|b s n|citizen service number|
            pps number|p p s number|ppsn|fiscal code|tax file number|steuernummer|identity card no|personal code|aadhaar|aadhar|aadhaar number
        """,
    },
}

# Both begin with their digits, which are rare; the letters before them are looked at by hand.
NINO: Final = re.compile(r"\d{2} ?\d{2} ?\d{2} ?[a-d]", re.ASCII)
DNI: Final = re.compile(r"\d{7,8}-?([a-z])", re.ASCII)
_NINO_FIRST: Final = frozenset("abceghjklmnoprstwxyz")
_NINO_SECOND: Final = frozenset("abceghjklmnprstwxyz")
_DNI_LETTERS: Final = "trwagmyfpdxbnjzsqvhlcke"  # Real Decreto 1553/2005: the number modulo 23
_DNI_DIGITS: Final = 8


def find(raw: str, text: str, packs: frozenset[Pack]) -> list[Span]:
    """Find national insurance numbers (uk) and Spanish DNI and NIE with their check letter (eu); `text` is folded."""
    found: list[Span] = []
    if Pack.UK in packs:
        for match in NINO.finditer(text):
            # Spaced out, two letters could be a word: then they have to be capitals.
            spaced = match.start() > 0 and text[match.start() - 1] == " "
            start = match.start() - spaced - 2
            if (
                start >= 0
                and text[start] in _NINO_FIRST
                and text[start + 1] in _NINO_SECOND
                and (not spaced or raw[start : start + 2].isupper())
                and _stands_alone(text, start, match.end())
            ):
                found.append(Span(start, match.end(), Kind.NATIONAL_ID, "national.nino", Source.DIGITS))
    if Pack.EU in packs:
        for match in DNI.finditer(text):
            start, digits = match.start(), match.group()[:_DNI_DIGITS].rstrip("-" + match.group(1))
            ahead = "xyz".find(text[start - 1]) if start else -1
            number = digits if ahead < 0 else f"{ahead}{digits}"
            if (
                len(number) == _DNI_DIGITS
                and _DNI_LETTERS[int(number) % 23] == match.group(1)
                and _stands_alone(text, start - (ahead >= 0), match.end())
            ):
                found.append(Span(start - (ahead >= 0), match.end(), Kind.NATIONAL_ID, "national.dni", Source.DIGITS))
    return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not (text[max(start - 1, 0) : start].isalnum() or text[end : end + 1].isalnum())
