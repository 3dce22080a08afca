"""Dates of birth and expiry dates, in the orders of two countries."""

import calendar
from dataclasses import dataclass

from tests.bench.redaction.generators.fresh.bank import listed
from tests.bench.redaction.generators.fresh.letters import joined
from tests.bench.redaction.generators.fresh.talker import Talker, count
from tests.bench.redaction.generators.script import Script, Secret
from tests.bench.redaction.generators.spoken import Pieces
from tests.bench.redaction.generators.voice import Voice

ORDINALS = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)


def nth(day: int) -> str:
    """Say a day of the month."""
    if day <= 20:
        return ORDINALS[day - 1]
    return "thirtieth" if day == 30 else f"{'twenty' if day < 30 else 'thirty'} {ORDINALS[day % 10 - 1]}"


def nth_in_figures(day: int) -> str:
    """Write a day of the month."""
    ending = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def month_name(talker: Talker, month: int) -> str:
    """Name a month."""
    name = calendar.month_name[month]
    return name if talker.decorated else name.lower()


def year_aloud(talker: Talker, year: int) -> str:
    """Say a year."""
    voice = talker.voice
    short = year % 100
    if year >= 2000:
        if short == 0:
            return "two thousand"
        full = voice.one_of("two thousand", "two thousand and") if short < 10 else "twenty"
        return f"{full} {count(short)}" if short >= 10 or voice.chance(0.7) else f"twenty oh {count(short)}"
    tail = count(short) if short >= 10 else f"oh {count(short)}"
    return tail if voice.chance(0.25) else f"nineteen {tail}"


@dataclass(frozen=True, slots=True)
class Birth:
    """A date of birth."""

    day: int
    month: int
    year: int

    def say(self, talker: Talker, script: Script, form: str) -> Pieces:
        """Tell it whole."""
        secret = script.secret("DATE_OF_BIRTH", form)
        return [secret(self._written(talker))] if talker.written else self._aloud(talker, secret)

    def turns(self, talker: Talker, secret: Secret) -> list[Pieces]:
        """Tell it in two or three turns."""
        day = nth_in_figures(self.day) if talker.written else nth(self.day)
        year = str(self.year) if talker.written else f"nineteen {count(max(10, self.year % 100))}"
        if self.year >= 2000 and not talker.written:
            year = "two thousand and " + count(max(1, self.year % 100))
        month = month_name(talker, self.month)
        first: Pieces = (
            [secret(month), secret(day)] if not talker.british else ["the", secret(day), secret(f"of {month}")]
        )
        if talker.voice.chance(0.4):
            return [["the", secret(day)], [secret(month)], [secret(year)]]
        return [first, [secret(year)]]

    def _written(self, talker: Talker) -> str:
        first, second = (self.day, self.month) if talker.british else (self.month, self.day)
        name, nth_day, comma = month_name(talker, self.month), nth_in_figures(self.day), "," if talker.decorated else ""
        day_first = talker.voice.one_of(
            f"{self.day} {name} {self.year}",
            f"{nth_day} of {name} {self.year}",
            f"{nth_day} {name} {self.year % 100:02}",
        )
        month_first = talker.voice.one_of(
            f"{name} {nth_day}{comma} {self.year}",
            f"{name} {self.day} {self.year}",
            f"{name} {nth_day} {self.year % 100:02}",
        )
        return talker.voice.one_of(
            day_first if talker.british else month_first,
            day_first if talker.british else month_first,
            f"{first:02}/{second:02}/{self.year}",
            f"{first}/{second}/{self.year % 100:02}",
            f"{first:02} {second:02} {self.year}",
            f"{first} {second} {self.year % 100:02}",
            f"{first:02}-{second:02}-{self.year}",
        )

    def _aloud(self, talker: Talker, secret: Secret) -> Pieces:
        first, second = (self.day, self.month) if talker.british else (self.month, self.day)
        name, day, year = month_name(talker, self.month), nth(self.day), year_aloud(talker, self.year)
        shape = talker.voice.one_of("names", "names", "names", "numbers", "padded")
        if shape == "names" and talker.british:
            the = talker.voice.one_of("the", "")
            return [the, secret(talker.voice.one_of(f"{day} of {name} {year}", f"{day} {name} {year}"))]
        if shape == "names":
            return [secret(talker.voice.one_of(f"{name} {day} {year}", f"{name} the {day} {year}"))]
        if shape == "numbers":
            return [secret(f"{count(first)} {count(second)} {year}")]
        return [secret(" ".join([talker.two(f"{first:02}"), talker.two(f"{second:02}"), year]))]


def birth(voice: Voice) -> Birth:
    """Make a date of birth."""
    return Birth(voice.between(1, 28), voice.between(1, 12), voice.between(1934, 2011))


@dataclass(frozen=True, slots=True)
class Expiry:
    """The month in which a card expires."""

    month: int
    year: int

    def say(self, talker: Talker, script: Script, form: str) -> Pieces:
        """Tell it."""
        secret = script.secret("CARD_EXPIRY", form)
        voice = talker.voice
        name, short = month_name(talker, self.month), self.year % 100
        if talker.written:
            return [
                secret(
                    voice.one_of(
                        f"{self.month:02}/{short}",
                        f"{self.month}/{short}",
                        f"{self.month:02} {short}",
                        f"{self.month:02}/{self.year}",
                        f"{self.month:02}{short}",
                        f"{name} {self.year}",
                        f"{name} {short}",
                    )
                )
            ]
        month, year = talker.two(f"{self.month:02}"), count(short)
        shape = voice.one_of("numbers", "numbers", "names", "names", "slash", "digits", "full")
        if shape == "slash":
            return joined([secret(month), secret(year)], "slash")
        said = {
            "numbers": f"{month} {year}",
            "names": voice.one_of(f"{name} {year}", f"{name} twenty {year}", f"{name} of twenty {year}"),
            "digits": talker.group(f"{self.month:02}{short}"),
            "full": f"{month} twenty {year}",
        }
        return [secret(said[shape])]


def expiry(voice: Voice) -> Expiry:
    """Make an expiry date."""
    return Expiry(voice.between(1, 12), voice.between(2026, 2033))
