"""Numbers that callers tell: their digits, the groups people make of them, how they are written, and what mishearing does."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.bench.redaction.generators import values
from tests.bench.redaction.generators.fresh.talker import Talker, cut
from tests.bench.redaction.generators.script import Script, Secret, neutral
from tests.bench.redaction.generators.spoken import Pieces
from tests.bench.redaction.generators.voice import Voice

PLAIN = (" ", " ", "-", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Digits:
    """A number of nothing but digits. `lead` is a country code with its plus sign."""

    kind: str
    digits: str
    sizes: tuple[int, ...]
    separators: tuple[str, ...] = PLAIN
    lead: str = ""

    def say(self, talker: Talker, script: Script, form: str) -> Pieces:
        """Tell it whole."""
        secret = script.secret(self.kind, form)
        groups = self.natural() if talker.voice.chance(0.6) else pieces_of(talker.voice, self.digits)
        if self.kind == "PHONE" and talker.written and len(self.digits) == 10 and not self.lead:
            area, exchange, line = self.digits[:3], self.digits[3:6], self.digits[6:]
            if talker.voice.chance(0.25):
                return [secret(f"({area}) {exchange}-{line}")]
        return [*self.lead_in(talker, secret), *talker.number(groups, secret, self.separators)]

    def lead_in(self, talker: Talker, secret: Secret) -> Pieces:
        """Tell the country code, where there is one."""
        if not self.lead:
            return []
        if talker.written:
            return [secret(self.lead)]
        return [neutral("plus"), secret(talker.group(self.lead[1:]))]

    def natural(self) -> list[str]:
        """List the groups that most people make."""
        groups, at = [], 0
        for size in self.sizes:
            groups.append(self.digits[at : at + size])
            at += size
        return groups

    def chunks(self, voice: Voice) -> list[str]:
        """Cut it into what is told in one turn each, at least two of them."""
        if voice.chance(0.5) and len(self.sizes) > 1:
            chunks = self.natural()
            while len(chunks) > 2 and voice.chance(0.25):
                at = voice.between(0, len(chunks) - 2)
                chunks[at : at + 2] = [chunks[at] + chunks[at + 1]]
            return chunks
        chunks = pieces_of(voice, self.digits)
        return chunks if len(chunks) > 1 else [self.digits[:3], self.digits[3:]]


def pieces_of(voice: Voice, digits: str) -> list[str]:
    """Cut digits into groups of two to five, by whim; no group has one digit alone."""
    sizes = voice.one_of((3,), (4,), (2, 3, 4), (3, 4, 5), (2, 3))
    groups = cut(voice, digits, sizes)
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = ["".join(groups[-2:])]
    return groups


def slip(voice: Voice, number: Digits) -> Digits:
    """Mishear one digit: another one, one too few, one too many."""
    digits = number.digits
    at = voice.between(1, len(digits) - 2)
    other = str((int(digits[at]) + voice.between(1, 9)) % 10)
    wrong = voice.one_of(
        digits[:at] + other + digits[at + 1 :], digits[:at] + digits[at + 1 :], digits[:at] + other + digits[at:]
    )
    last = number.sizes[-1] + len(wrong) - len(digits)
    return replace(number, digits=wrong, sizes=(*number.sizes[:-1], last))


def another(voice: Voice, group: str) -> str:
    """Change one digit of a group."""
    at = voice.between(0, len(group) - 1)
    return group[:at] + str((int(group[at]) + voice.between(1, 9)) % 10) + group[at + 1 :]


def card(voice: Voice) -> Digits:
    """Make a payment card."""
    number = values.card(voice)
    return Digits(kind="CREDIT_CARD", digits=number.digits, sizes=number.sizes)


def ssn(voice: Voice) -> Digits:
    """Make a social security number."""
    number = values.ssn(voice)
    return Digits(kind="SSN", digits=number.digits, sizes=number.sizes, separators=("-", "-", " ", ""))


def phone(voice: Voice) -> Digits:
    """Make an American phone number, or now and then one from abroad."""
    if voice.chance(0.9):
        number = values.us_phone(voice)
        lead = voice.one_of("", "", "", "", "+1")
        separators = ("-", "-", " ", ".", "")
        return Digits(kind="PHONE", digits=number.digits, sizes=number.sizes, separators=separators, lead=lead)
    return _abroad(voice)


def _abroad(voice: Voice) -> Digits:
    number = values.foreign_phone(voice, national=voice.chance(0.3))
    separators = (" ", " ", "")
    return Digits(kind="PHONE", digits=number.digits, sizes=number.sizes, separators=separators, lead=number.prefix)


def uk_phone(voice: Voice) -> Digits:
    """Make a British number as it is dialled at home, or now and then one with a country code."""
    if voice.chance(0.2):
        return _abroad(voice)
    start, sizes = voice.one_of(
        ("07", (5, 6)), ("07", (5, 3, 3)), ("07", (3, 4, 4)), ("020", (3, 4, 4)), ("0161", (4, 3, 4)), ("01", (5, 6))
    )
    digits = start + voice.one_of(*"1456789") + voice.digits(10 - len(start))
    return Digits(kind="PHONE", digits=digits, sizes=sizes, separators=(" ", " ", ""))


def _plain(kind: str, *shapes: tuple[int, ...]) -> Callable[[Voice], Digits]:
    def make(voice: Voice) -> Digits:
        sizes = voice.one_of(*shapes)
        first = voice.one_of(*"123456789") if kind != "CVV" else voice.digits(1)
        return Digits(kind=kind, digits=first + voice.digits(sum(sizes) - 1), sizes=sizes, separators=(" ", ""))

    return make


account = _plain("BANK_ACCOUNT", (4, 4), (2, 3, 3), (3, 3, 3), (3, 3, 4), (4, 4, 4), (3, 4))
cvv = _plain("CVV", (3,), (3,), (3,), (3,), (3,), (4,))
pin = _plain("PIN", (4,), (4,), (4,), (3, 3))
last_four = _plain("SSN", (4,))
zip_code = _plain("POSTAL_CODE", (5,))
nhs = _plain("NATIONAL_ID", (3, 3, 4))


def routing(voice: Voice) -> Digits:
    """Make a routing number."""
    return Digits(kind="ROUTING_NUMBER", digits=values.routing_number(voice), sizes=(3, 3, 3), separators=("", " "))


def sort_code(voice: Voice) -> Digits:
    """Make a sort code."""
    digits = f"{voice.between(1, 90):02}{voice.digits(4)}"
    return Digits(kind="ROUTING_NUMBER", digits=digits, sizes=(2, 2, 2), separators=("-", "-", " ", ""))
