"""Numbers of every type, drawn once and said as often as a call needs: each time anew, by whoever says them."""

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.bench.redaction.generators import values
from tests.bench.redaction.generators.last.manner import Manner, regrouped
from tests.bench.redaction.generators.last.spelling import NATO
from tests.bench.redaction.generators.script import Secret
from tests.bench.redaction.generators.spoken import ONES, Pieces, cardinal, grouped, ordinal, two
from tests.bench.redaction.generators.voice import Voice

Value = Callable[[Manner, Secret], Pieces]
"""Say a value: its pieces belong to the secret, the hesitations between them to nobody."""

MONTHS = tuple(name.lower() for name in calendar.month_name[1:])


@dataclass(frozen=True, slots=True)
class Digits:
    """A number in the groups that its owner has in his head; `lead` is a country code, in digits."""

    groups: tuple[str, ...]
    lead: str = ""

    def __call__(self, manner: Manner, secret: Secret) -> Pieces:
        """Say it in its groups, or as they come."""
        groups = self.groups if manner.voice.chance(0.75) else regrouped(manner.voice, self.plain)
        if not self.lead:
            return manner.run(secret, groups)
        if manner.written:
            return [secret(f"+{self.lead} {' '.join(groups)}")]
        start = manner.voice.one_of("plus", "plus", "zero zero", "country code")
        said = secret(manner.words(self.lead))
        if start == "zero zero":
            return [secret(start), said, *manner.run(secret, groups)]
        return [start, said, *manner.run(secret, groups)]

    @property
    def plain(self) -> str:
        """All digits, without country code."""
        return "".join(self.groups)


def card(voice: Voice) -> Digits:
    """Draw a card number."""
    number = values.card(voice)
    return Digits(tuple(grouped(number.digits, number.sizes)))


def ssn(voice: Voice) -> Digits:
    """Draw a social security number."""
    number = values.ssn(voice)
    return Digits(tuple(grouped(number.digits, number.sizes)))


def phone(voice: Voice) -> Digits:
    """Draw a phone number of North America, Britain, Australia, India, Germany or France."""
    if voice.chance(0.4):
        number = values.us_phone(voice)
        return Digits(tuple(grouped(number.digits, number.sizes)), voice.one_of("", "", "", "1"))
    code, lead, sizes = voice.one_of(
        ("44", f"07{voice.one_of(*'45789')}", (5, 6)),
        ("44", f"07{voice.one_of(*'45789')}", (5, 3, 3)),
        ("44", "0113", (4, 3, 4)),
        ("44", "020", (3, 4, 4)),
        ("44", "01792", (5, 6)),
        ("61", "04", (4, 3, 3)),
        ("61", voice.one_of("02", "03", "07"), (2, 4, 4)),
        ("91", voice.one_of("9", "8", "7"), (5, 5)),
        ("91", voice.one_of("98", "99"), (2, 2, 2, 2, 2)),
        ("49", voice.one_of("0151", "0172"), (4, 3, 4)),
        ("49", "089", (3, 3, 2, 2)),
        ("33", "06", (2, 2, 2, 2, 2)),
        ("33", "04", (2, 2, 2, 2, 2)),
    )
    digits = lead + voice.digits(sum(sizes) - len(lead))
    groups = grouped(digits, sizes)
    if voice.chance(0.25):
        return Digits(tuple(one for one in (groups[0].removeprefix("0"), *groups[1:]) if one), code)
    return Digits(tuple(groups))


def digits(sizes: Sequence[tuple[int, ...]]) -> Callable[[Voice], Digits]:
    """Make a draw of any digits in one of these groupings."""

    def draw(voice: Voice) -> Digits:
        chosen = voice.one_of(*sizes)
        return Digits(tuple(voice.digits(size) for size in chosen))

    return draw


def routing(voice: Voice) -> Digits:
    """Draw a routing number."""
    return Digits(tuple(grouped(values.routing_number(voice), (3, 3, 3))))


def sort_code(voice: Voice) -> Digits:
    """Draw a British sort code."""
    return Digits((voice.digits(2), voice.digits(2), voice.digits(2)))


def mixed(make: Callable[[Voice], str], spaced: Sequence[int] = ()) -> Callable[[Voice], Value]:
    """Make a draw of letters and digits together."""

    def draw(voice: Voice) -> Value:
        plain = make(voice)
        groups = grouped(plain, spaced)

        def say(manner: Manner, secret: Secret) -> Pieces:
            if manner.written and manner.voice.chance(0.8):
                return [secret(manner.voice.one_of(" ".join(groups), plain, plain.lower()))]
            return [secret(word) for group in groups for word in _characters(manner, group)]

        return say

    return draw


def _characters(manner: Manner, group: str) -> list[str]:
    book = manner.voice.chance(0.3)
    words, run = list[str](), ""
    for character in group.lower() + "\0":
        if character.isdigit():
            run += character
            continue
        words += [manner.digits(run)] if run else []
        words += [NATO[character] if book else character] if character != "\0" else []
        run = ""
    return words


def nino(voice: Voice) -> str:
    """Make a British national insurance number."""
    return f"{voice.one_of('GH', 'LM', 'NR', 'SY', 'WK')}{voice.digits(6)}{voice.one_of(*'ABCD')}"


def dni(voice: Voice) -> str:
    """Make a Spanish identity number with its control letter."""
    number = int(voice.digits(8))
    return f"{number:08}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"


def ip(voice: Voice) -> Value:
    """Draw an IP address."""
    address = values.ipv4(voice) if voice.chance(0.85) else values.ipv6(voice)

    def say(manner: Manner, secret: Secret) -> Pieces:
        if manner.written or ":" in address:
            return [secret(address)]
        dot = manner.voice.one_of(" dot ", " dot ", " point ")
        return [secret(dot.join(manner.words(part) for part in address.split(".")))]

    return say


def zip_code(voice: Voice) -> str:
    """Make a ZIP code."""
    return voice.digits(5)


def postcode(voice: Voice) -> str:
    """Make a British or an Australian postcode."""
    return voice.one_of(values.uk_postcode(voice), values.uk_postcode(voice), f"{voice.between(2, 6)}{voice.digits(3)}")


def expiry(voice: Voice) -> Value:
    """Draw a card's month and year."""
    month, year = voice.between(1, 12), voice.between(26, 32)
    name = MONTHS[month - 1]

    def say(manner: Manner, secret: Secret) -> Pieces:
        one_of = manner.voice.one_of
        if manner.written:
            forms = (f"{month:02}/{year}", f"{month}/{year}", f"{month:02} {year}", f"{month:02}/20{year}")
            return [secret(one_of(*forms, f"{name.title()} {year}", f"{name.title()} 20{year}", f"{month:02}{year}"))]
        number = f"{manner.zero} {ONES[month]}" if month < 10 else cardinal(month)
        short = cardinal(year)
        if manner.voice.chance(0.25):
            return [secret(number), one_of("stroke", "slash", "of", "over"), secret(short)]
        return [secret(one_of(f"{number} {short}", f"{name} twenty {short}", f"{name} {short}"))]

    return say


def birth(voice: Voice) -> Value:
    """Draw a date of birth."""
    year, month, day = voice.between(1936, 2005), voice.between(1, 12), voice.between(1, 28)
    name = MONTHS[month - 1]

    def say(manner: Manner, secret: Secret) -> Pieces:
        one_of = manner.voice.one_of
        short = f"{year % 100:02}"
        if manner.written:
            th = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}.get(day, "th")
            forms = (f"{day:02}/{month:02}/{year}", f"{day}/{month}/{short}", f"{month}/{day}/{year}")
            named = (
                f"{day}{th} of {name.title()} {year}",
                f"{name.title()} the {day}{th}, {year}",
                f"{day} {name[:3].title()} {short}",
            )
            return [secret(one_of(*forms, *named, f"{day:02} {month:02} {year}", f"{day:02}.{month:02}.{short}"))]
        in_words = two(short, manner.zero)
        full = (
            f"nineteen {in_words}"
            if year < 2000
            else f"two thousand and {cardinal(year - 2000)}"
            if year > 2000
            else "two thousand"
        )
        spoken_year = one_of(full, full, in_words) if year % 100 > 9 else full
        dated: Pieces = ["the", secret(ordinal(day)), "of", secret(name), secret(spoken_year)]
        numbered: Pieces = [
            "the",
            secret(ordinal(day)),
            "of the",
            secret(ordinal(month)),
            one_of("", "", "year"),
            secret(spoken_year),
        ]
        plain: Pieces = [secret(f"{cardinal(day)} {cardinal(month)} {spoken_year}")]
        american: Pieces = [secret(name), one_of("", "the"), secret(f"{ordinal(day)} {spoken_year}")]
        return one_of(dated, numbered, plain, american, american)

    return say


def postal(make: Callable[[Voice], str]) -> Callable[[Voice], Value]:
    """Make a draw of a postal code: digits, or the two halves of a British one."""
    return lambda voice: _postal(make(voice))


def _postal(plain: str) -> Value:
    def say(manner: Manner, secret: Secret) -> Pieces:
        if manner.written:
            return [secret(plain if manner.voice.chance(0.8) else plain.lower())]
        if plain.isdigit():
            return [secret(manner.words(plain))]
        return [secret(word) for group in plain.split(" ") for word in _characters(manner, group)]

    return say
