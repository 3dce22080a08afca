"""Everything that is told: its type, how one is made, and the phrases that ask for it and tell it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from tests.bench.redaction.generators.fresh import (
    answers_numbers,
    answers_persons,
    asks_national,
    asks_numbers,
    asks_persons,
    asks_short,
    dates,
    letters,
    numbers,
    words,
)
from tests.bench.redaction.generators.fresh.talker import Talker
from tests.bench.redaction.generators.script import Script
from tests.bench.redaction.generators.spoken import Pieces
from tests.bench.redaction.generators.voice import Voice


class Value(Protocol):
    """Something that can be told whole."""

    def say(self, talker: Talker, script: Script, form: str) -> Pieces:
        """Tell it, as one secret or several of the script."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One kind of thing that is told. `what` names it in a phrase behind it; without that it is never named so."""

    make: Callable[[Voice], Value]
    make_british: Callable[[Voice], Value]
    ask: tuple[str, ...]
    answer: tuple[str, ...]
    tell: tuple[str, ...]
    what: tuple[str, ...] = ()


def _detail(
    make: Callable[[Voice], Value],
    ask: tuple[str, ...],
    answer: tuple[str, ...],
    tell: tuple[str, ...],
    *what: str,
    british: Callable[[Voice], Value] | None = None,
) -> Detail:
    return Detail(make=make, make_british=british or make, ask=ask, answer=answer, tell=tell, what=what)


ANY = answers_numbers.ANY
SHORT = tuple(phrase for phrase in ANY if "whole thing" not in phrase)

DETAILS: dict[str, Detail] = {
    "card": _detail(
        numbers.card,
        asks_numbers.CARD,
        ANY + answers_numbers.CARD,
        answers_numbers.CARD_TOLD,
        "card number",
        "credit card number",
        "debit card",
    ),
    "ssn": _detail(
        numbers.ssn, asks_numbers.SSN, ANY + answers_numbers.SSN, answers_numbers.SSN_TOLD, "social", "social security"
    ),
    "phone": _detail(
        numbers.phone,
        asks_numbers.PHONE,
        ANY + answers_numbers.PHONE,
        answers_numbers.PHONE_TOLD,
        "phone number",
        "mobile",
        "cell number",
        british=numbers.uk_phone,
    ),
    "account": _detail(numbers.account, asks_short.ACCOUNT, ANY, asks_short.ACCOUNT_TOLD, "account number"),
    "routing": _detail(numbers.routing, asks_short.ROUTING, ANY, asks_short.ROUTING_TOLD, "routing number"),
    "sort code": _detail(numbers.sort_code, asks_short.SORT_CODE, ANY, asks_short.SORT_CODE_TOLD, "sort code"),
    "iban": _detail(letters.iban, asks_national.IBAN, ANY, asks_national.IBAN_TOLD, "IBAN"),
    "nino": _detail(letters.nino, asks_national.NINO, SHORT, asks_national.NINO_TOLD, "National Insurance number"),
    "nhs": _detail(numbers.nhs, asks_national.NHS, ANY, asks_national.NHS_TOLD, "NHS number"),
    "ip": _detail(letters.network, asks_national.IP, SHORT, asks_national.IP_TOLD, "IP address"),
    "cvv": _detail(numbers.cvv, asks_short.CVV, SHORT, asks_short.CVV_TOLD, "security code", "CVV"),
    "expiry": _detail(dates.expiry, asks_short.EXPIRY, SHORT, asks_short.EXPIRY_TOLD, "expiry date"),
    "pin": _detail(numbers.pin, asks_short.PIN, SHORT, asks_short.PIN_TOLD, "PIN"),
    "last four": _detail(numbers.last_four, asks_short.LAST_FOUR, SHORT, asks_short.LAST_FOUR_TOLD),
    "zip": _detail(numbers.zip_code, asks_short.ZIP, SHORT, asks_short.ZIP_TOLD, "zip code"),
    "postcode": _detail(letters.postcode, asks_short.POSTCODE, SHORT, asks_short.POSTCODE_TOLD, "postcode"),
    "birth": _detail(
        dates.birth, asks_persons.BIRTH, answers_persons.BIRTH, answers_persons.BIRTH_TOLD, "date of birth", "birthday"
    ),
    "name": _detail(words.name, asks_persons.NAME, answers_persons.NAME, answers_persons.NAME_TOLD),
    "spelling": _detail(words.surname, asks_persons.SPELLING, answers_persons.SPELLED, answers_persons.SPELLED_TOLD),
    "address": _detail(
        partial(words.address, british=False),
        asks_persons.ADDRESS,
        answers_persons.ADDRESS,
        answers_persons.ADDRESS_TOLD,
        "address",
        british=partial(words.address, british=True),
    ),
    "email": _detail(
        words.email, asks_persons.EMAIL, answers_persons.EMAIL, answers_persons.EMAIL_TOLD, "e-mail", "e-mail address"
    ),
    "password": _detail(words.password, asks_short.PASSWORD, SHORT, asks_short.PASSWORD_TOLD, "password"),
}
AMERICAN = {"ssn", "routing", "last four", "zip"}
BRITISH = {"sort code", "nino", "nhs", "postcode"}
