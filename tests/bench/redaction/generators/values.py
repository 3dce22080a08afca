"""Made-up secrets that look right: cards with a check digit, phones of several countries, IBANs, names, addresses."""

from dataclasses import dataclass

from tests.bench.redaction.generators.voice import Voice

CARDS = (  # prefix, length, groups
    ("4", 16, (4, 4, 4, 4)),
    ("4", 16, (4, 4, 4, 4)),
    ("53", 16, (4, 4, 4, 4)),
    ("2720", 16, (4, 4, 4, 4)),
    ("2345", 16, (4, 4, 4, 4)),
    ("34", 15, (4, 6, 5)),
    ("37", 15, (4, 6, 5)),
    ("6011", 16, (4, 4, 4, 4)),
    ("36", 14, (4, 6, 4)),
    ("3530", 16, (4, 4, 4, 4)),
    ("62", 19, (6, 13)),
    ("6759", 16, (4, 4, 4, 4)),
)
FIRST_NAMES = (
    "dolores",
    "marcus",
    "priya",
    "tomasz",
    "eleanor",
    "kwame",
    "bridget",
    "hassan",
    "lucia",
    "graham",
    "yuki",
    "fiona",
    "dmitri",
    "leticia",
    "owen",
    "april",
    "rose",
    "mark",
    "grace",
    "will",
    "joy",
    "dean",
    "sun hee",
    "mary ann",
)
LAST_NAMES = (
    "okafor",
    "whitcombe",
    "delgado",
    "nowak",
    "mcallister",
    "banerjee",
    "fitzgerald",
    "lindqvist",
    "achterberg",
    "tanaka",
    "rousseau",
    "silva",
    "pemberton",
    "hughes",
    "garcia",
    "o'brien",
    "young",
    "price",
    "may",
    "banks",
    "de la cruz",
    "van dyke",
    "li",
    "st john",
)
DOMAINS = (
    "gmail.com",
    "yahoo.co.uk",
    "outlook.com",
    "hotmail.fr",
    "web.de",
    "proton.me",
    "btinternet.com",
    "aol.com",
    "icloud.com",
    "nhs.net",
    "green-valley.org",
    "acme.io",
    "t-online.de",
    "mail.state.tx.us",
)
STREETS = (
    "maple avenue",
    "kingsway",
    "old mill road",
    "lexington street",
    "sunset boulevard",
    "church lane",
    "harbor drive",
    "elm street",
    "county road nine",
    "victoria terrace",
    "palmetto court",
    "queens crescent",
    "west fifty second street",
    "martin luther king drive",
    "the green",
)
US_TOWNS = ("tulsa oklahoma", "fort worth texas", "boise idaho", "duluth minnesota", "newark new jersey", "reno nevada")
UK_TOWNS = ("leeds", "croydon", "inverness", "swansea", "stoke on trent", "bath")
WORDS = (
    "sunflower",
    "tiger",
    "bluebird",
    "monday",
    "rocket",
    "pancake",
    "winter",
    "arsenal",
    "purple",
    "dragon",
    "biscuit",
    "liberty",
    "falcon",
    "hunter",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """Digits and the sizes of the groups people say them in; `prefix` is a country code, with its plus sign."""

    digits: str
    sizes: tuple[int, ...]
    prefix: str = ""

    def written(self, separator: str) -> str:
        """Write the groups with a separator."""
        groups, at = [], 0
        for size in self.sizes:
            groups.append(self.digits[at : at + size])
            at += size
        return (f"{self.prefix}{separator or ''}" if self.prefix else "") + separator.join(groups)


def card(voice: Voice) -> Number:
    """Make a card number with a right check digit (ISO/IEC 7812-1)."""
    prefix, length, sizes = voice.one_of(*CARDS)
    body = prefix + voice.digits(length - 1 - len(prefix))
    return Number(digits=body + check_digit(body), sizes=sizes)


def check_digit(body: str) -> str:
    """Tell the Luhn check digit of a number without it."""
    total = 0
    for at, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if at % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def ssn(voice: Voice) -> Number:
    """Make a social security number that may have been given out (no area 000, 666, 900 and above)."""
    area = voice.one_of(voice.between(1, 665), voice.between(667, 899))
    return Number(digits=f"{area:03}{voice.between(1, 99):02}{voice.between(1, 9999):04}", sizes=(3, 2, 4))


def us_phone(voice: Voice) -> Number:
    """Make a number of the North American Numbering Plan; exchange codes of services (N11) are left out."""
    area, exchange = (f"{voice.between(2, 9)}{voice.one_of(*'0234567')}{voice.between(0, 9)}" for _ in range(2))
    return Number(digits=area + exchange + voice.digits(4), sizes=(3, 3, 4))


def foreign_phone(voice: Voice, *, national: bool) -> Number:
    """Make a phone number of Britain, Germany, France, Spain, Ireland or Italy, with country code or national prefix."""
    code, lead, rest, sizes = voice.one_of(
        ("+44", "7", 9, (4, 3, 3)),
        ("+44", "20", 8, (2, 4, 4)),
        ("+44", "161", 7, (3, 3, 4)),
        ("+49", "171", 7, (3, 4, 3)),
        ("+49", "30", 8, (2, 4, 4)),
        ("+33", "6", 8, (1, 2, 2, 2, 2)),
        ("+33", "1", 8, (1, 2, 2, 2, 2)),
        ("+353", "87", 7, (2, 3, 4)),
        ("+34", "6", 8, (3, 3, 3)),
        ("+39", "347", 7, (3, 3, 4)),
    )
    digits = lead + voice.digits(rest)
    if national and code not in ("+34", "+39"):
        return Number(digits="0" + digits, sizes=(sizes[0] + 1, *sizes[1:]))
    return Number(digits=digits, sizes=sizes, prefix="" if national else code)


def iban(voice: Voice) -> str:
    """Make an IBAN with right check digits (ISO 13616), without spaces."""
    country, letters, count = voice.one_of(
        ("GB", "NWBK", 14), ("DE", "", 18), ("FR", "", 23), ("NL", "INGB", 10), ("ES", "", 20), ("IE", "AIBK", 14)
    )
    account = letters + voice.digits(count)
    as_digits = "".join(str(int(one, 36)) for one in account + country + "00")
    return f"{country}{98 - int(as_digits) % 97:02}{account}"


def routing_number(voice: Voice) -> str:
    """Make an ABA routing number with a right check digit."""
    body = f"{voice.between(1, 12):02}{voice.digits(6)}"
    total = sum(int(digit) * weight for digit, weight in zip(body, (3, 7, 1, 3, 7, 1, 3, 7), strict=True))
    return body + str(-total % 10)


def ipv4(voice: Voice) -> str:
    """Make an IPv4 address."""
    return f"{voice.between(1, 223)}." + ".".join(str(voice.between(0, 255)) for _ in range(3))


def ipv6(voice: Voice) -> str:
    """Make an IPv6 address, shortened or not."""
    groups = [f"{voice.between(0, 65535):x}" for _ in range(8)]
    return ":".join(groups) if voice.chance(0.5) else f"2001:db8::{groups[0]}:{groups[1]}"


def title(name: str) -> str:
    """Write a name or an address with capitals, length kept."""
    return " ".join(word[:1].upper() + word[1:] for word in name.split(" "))


def uk_postcode(voice: Voice) -> str:
    """Make a British postcode with its space."""
    area = voice.one_of("M", "LS", "SW", "CR", "BS", "G", "EC", "SA")
    inward = f"{voice.between(1, 9)}{voice.one_of(*'ABDEFGHJLNPQ')}{voice.one_of(*'ABDEFGHJLNPQ')}"
    return f"{area}{voice.between(1, 19)} {inward}"
