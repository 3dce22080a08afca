"""Names, addresses, passwords and e-mail addresses, as people say, spell and write them."""

import re

from tests.bench.redaction.generators.last.manner import Manner
from tests.bench.redaction.generators.last.numbers import Value
from tests.bench.redaction.generators.last.spelling import spelt
from tests.bench.redaction.generators.script import Secret, neutral
from tests.bench.redaction.generators.spoken import Pieces, cardinal, two
from tests.bench.redaction.generators.values import title
from tests.bench.redaction.generators.voice import Voice

FIRST = (
    "harpreet",
    "siobhan",
    "tyrone",
    "wei",
    "lakshmi",
    "shane",
    "kylie",
    "deshawn",
    "consuela",
    "giles",
    "anneliese",
    "olumide",
    "rajesh",
    "meenakshi",
    "noel",
    "summer",
    "penny",
    "chase",
    "imogen",
    "zoltan",
    "caoimhe",
    "darnell",
    "gurdeep",
    "mehmet",
    "rosalind",
    "barnaby",
)
LAST = (
    "sandhu",
    "gallagher",
    "krishnamurthy",
    "o'shaughnessy",
    "kowalczyk",
    "nguyen",
    "abernathy",
    "ramaswamy",
    "thistlewood",
    "bergstrom",
    "mbeki",
    "castellanos",
    "woods",
    "king",
    "field",
    "baker",
    "fairweather",
    "iyer",
    "papadopoulos",
    "macgillivray",
    "washburn",
    "dhillon",
    "tran",
    "hetherington",
    "oyelaran",
    "stubbs",
)
STREETS = (
    "larkspur close",
    "bannerghatta main road",
    "parramatta road",
    "wisteria drive",
    "ocean parkway",
    "station approach",
    "pitt street",
    "sycamore lane",
    "north halsted street",
    "hawthorn gardens",
    "brigade road",
    "glenferrie road",
    "peachtree avenue",
    "tanner's row",
    "cathedral square",
    "blackberry way",
    "juniper circle",
    "the esplanade",
)
TOWNS = (
    "bengaluru",
    "geelong",
    "wolverhampton",
    "tacoma washington",
    "dundee",
    "scranton",
    "pune",
    "toowoomba",
    "hull",
)
UNITS = ("", "", "", "", "flat {n}", "unit {n}", "apartment {n}", "flat b")
WORDS = (
    "marmite",
    "kettle",
    "wombat",
    "everest",
    "saturn",
    "custard",
    "tendulkar",
    "broncos",
    "rosie",
    "banjo",
    "mango",
)
CASES = (("", ""), ("", ""), ("capital", ""), ("upper case", ""), ("", "all one word"), ("", "no spaces"))
SYMBOLS = {"_": "underscore", "!": "exclamation mark", "#": "hash", "@": "at sign", "*": "star"}
HOSTS = (
    "gmail.com",
    "hotmail.co.uk",
    "yahoo.co.in",
    "bigpond.com",
    "live.com.au",
    "gmx.de",
    "orange.fr",
    "comcast.net",
    "sky.com",
    "rediffmail.com",
    "thistlewoodplumbing.com.au",
    "verizon.net",
)
HEARD = {"gmail": "g mail", "hotmail": "hot mail", "bigpond": "big pond", "rediffmail": "rediff mail", "gmx": "g m x"}


def name(voice: Voice) -> Value:
    """Draw a first and last name."""
    first, last = voice.phrase(FIRST), voice.phrase(LAST)
    whole = voice.chance(0.75)

    def say(manner: Manner, secret: Secret) -> Pieces:
        said = (title if manner.written else str)(f"{first} {last}" if whole else first)
        return [secret(said)]

    return say


def surname(voice: Voice) -> Value:
    """Draw a last name that is spelled out, with or without saying it first."""
    last = voice.phrase(LAST)

    def say(manner: Manner, secret: Secret) -> Pieces:
        letters = secret(spelt(manner.voice, last))
        if manner.voice.chance(0.4):
            return [letters]
        said = secret(title(last) if manner.written else last)
        return [said, manner.voice.one_of(",", "so", "that's", "it's spelt", "as in", "which is"), letters]

    return say


def address(voice: Voice) -> Value:
    """Draw a house and its street; the town beside it need not be found."""
    number = voice.between(1, voice.one_of(99, 250, 9999))
    unit = voice.one_of(*UNITS)
    unit_number, street, town = voice.between(1, 40), voice.phrase(STREETS), voice.one_of(*TOWNS, "", "")

    def say(manner: Manner, secret: Secret) -> Pieces:
        flat = unit.format(n=unit_number if manner.written else cardinal(unit_number))
        if manner.written:
            pieces: Pieces = [secret(title(f"{flat} {number} {street}".strip()))]
        else:
            house = cardinal(number) if number < 100 or manner.voice.chance(0.3) else _house(manner, number)
            pieces = [secret(f"{flat} {house} {street}".strip())]
        if not town:
            return pieces
        return [*pieces, manner.voice.one_of("", ",", "in"), neutral(title(town) if manner.written else town)]

    return say


def _house(manner: Manner, number: int) -> str:
    plain = str(number)
    if len(plain) == 3:
        return f"{cardinal(int(plain[0]))} {two(plain[1:], manner.zero)}"
    return f"{two(plain[:2])} {two(plain[2:], manner.zero)}" if plain[2:] != "00" else f"{two(plain[:2])} hundred"


def password(voice: Voice) -> Value:
    """Draw a password of words, digits and signs."""
    word, other, sign = voice.phrase(WORDS), voice.phrase(WORDS), voice.one_of(*SYMBOLS)
    number = voice.digits(voice.one_of(2, 2, 4))
    before, behind = voice.one_of(*CASES)
    shape = voice.one_of("word sign number", "word number", "word word number", "word", "word number sign")

    def say(manner: Manner, secret: Secret) -> Pieces:
        if manner.written:
            parts = {"sign": sign, "number": number}
            words = iter((title(word), other))
            return [secret("".join(parts.get(part) or next(words) for part in shape.split(" ")))]
        said = {"sign": SYMBOLS[sign], "number": manner.words(number)}
        names = iter((word if manner.voice.chance(0.7) else spelt(manner.voice, word), other))
        pieces: Pieces = [secret(said.get(part) or next(names)) for part in shape.split(" ")]
        return [neutral(before), *pieces, neutral(behind)]

    return say


class Email:
    """An e-mail address that can be said whole or in two halves."""

    def __init__(self, voice: Voice) -> None:
        """Draw one."""
        first, last, year = voice.phrase(FIRST), voice.phrase(LAST).replace("'", ""), voice.digits(2)
        shapes = (f"{first}.{last}", f"{first}{year}", f"{last}_{first}", f"{first[0]}.{last}{year}", f"{last}-family")
        self.local = voice.one_of(*shapes, f"the{last}s", f"{first}{last}")
        self.host = voice.phrase(HOSTS)

    def __call__(self, manner: Manner, secret: Secret) -> Pieces:
        """Say or write it whole."""
        one_of = manner.voice.one_of
        if not manner.written:
            return [
                *self.front(manner, secret),
                secret(one_of("at", "at", "at", "at the rate", "at sign")),
                *self.back(manner, secret),
            ]
        whole = f"{self.local}@{self.host}"
        return [
            secret(
                one_of(
                    whole,
                    whole,
                    title(whole),
                    whole.replace(".", " dot ", 1),
                    f"{self.local} @ {self.host}",
                    f"{self.local} at {self.host}",
                    f"{self.local}@{self.host.replace('.', ' dot ')}",
                )
            )
        ]

    def front(self, manner: Manner, secret: Secret) -> Pieces:
        """Say what stands before the at sign."""
        spells = manner.voice.chance(0.35)
        dot, dash = (
            manner.voice.one_of("dot", "dot", "full stop", "point"),
            manner.voice.one_of("hyphen", "dash", "minus"),
        )
        pieces: Pieces = []
        for run in re.findall(r"[a-z]+|\d+|.", self.local):
            if run.isdigit():
                pieces += [manner.voice.one_of("", "", "the number", "number"), secret(manner.words(run))]
            elif run.isalpha():
                pieces.append(secret(spelt(manner.voice, run) if spells else run))
            else:
                pieces.append(secret({".": dot, "-": dash, "_": "underscore"}[run]))
        if self.local.isalnum() and manner.voice.chance(0.25):
            pieces.append(neutral(manner.voice.one_of("all one word", "no dots", "all together")))
        return pieces

    def back(self, manner: Manner, secret: Secret) -> Pieces:
        """Say what stands behind the at sign."""
        words = self.host.split(".")
        if words[0] in HEARD and manner.voice.chance(0.6):
            words[0] = HEARD[words[0]]
        return [
            secret(" dot ".join([*words[:-1], "u k" if words[-1] == "uk" and manner.voice.chance(0.5) else words[-1]]))
        ]
