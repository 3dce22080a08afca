"""Short secrets that only their cue gives away, in the same turn or as the answer to a question; written and spoken."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.redaction.generators import values
from tests.bench.redaction.generators.one_utterance import spelled
from tests.bench.redaction.generators.phrases import LEADS, TAILS
from tests.bench.redaction.generators.script import Piece, Script, Secret
from tests.bench.redaction.generators.spoken import ONES, Pieces, Speaker, any_groups, cardinal, ordinal, two
from tests.bench.redaction.generators.voice import Voice
from tests.bench.redaction.items import Item

MONTHS = tuple(name.lower() for name in calendar.month_name[1:])
# What these are in the words of KINDS; all others are their own.
TYPES = {
    "SORT_CODE": "ROUTING_NUMBER",
    **dict.fromkeys(("NINO", "DNI", "NIR", "NHS_NUMBER", "TAX_ID"), "NATIONAL_ID"),
}
Make = Callable[[Voice, Secret], Pieces]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cued:
    """One type: questions of the agent, openings of the caller, and how the value is written and spoken."""

    ask: tuple[str, ...]
    tell: tuple[str, ...]
    written: Make
    spoken: Make


def written(kind: str, name: str, voice: Voice) -> Item:
    """Make one exchange about a secret of this type, as text."""
    return _exchange(kind, name, voice, written=True)


def spoken(kind: str, name: str, voice: Voice) -> Item:
    """Make one exchange about a secret of this type, in words."""
    return _exchange(kind, name, voice, written=False)


def _exchange(kind: str, name: str, voice: Voice, *, written: bool) -> Item:
    script = Script(decorated=written and voice.chance(0.6))
    add(kind, voice, script, written=written)
    return script.item(name)


def add(kind: str, voice: Voice, script: Script, *, written: bool) -> None:
    """Add a question and its answer, or one turn that says what it is and the value."""
    cued = CUED[kind]
    asked = voice.chance(0.6)
    secret = script.secret(TYPES.get(kind, kind), "answer" if asked else "same turn")
    value = (cued.written if written else cued.spoken)(voice, secret)
    if asked:
        script.say("agent", voice.phrase(cued.ask))
        if voice.chance(0.12):
            script.say("customer", voice.phrase(("um", "sure", "okay one second", "let me check", "yeah")))
        lead = voice.phrase(LEADS) if voice.chance(0.55) else ""
    else:
        lead = voice.phrase(cued.tell)
    script.say("customer", lead, value, voice.phrase(TAILS) if voice.chance(0.3) else "")


def _digits(count: Callable[[Voice], str]) -> tuple[Make, Make]:
    def as_text(voice: Voice, secret: Secret) -> Pieces:
        digits = count(voice)
        return [secret(digits if voice.chance(0.75) else " ".join(digits))]

    def as_words(voice: Voice, secret: Secret) -> Pieces:
        speaker = Speaker(voice, fillers=voice.one_of(0.0, 0.0, 0.2), homophones=voice.one_of(0.0, 0.0, 0.05))
        digits = count(voice)
        return speaker.groups(secret, [digits] if len(digits) <= 4 else any_groups(voice, digits))

    return as_text, as_words


def _written_expiry(voice: Voice, secret: Secret) -> Pieces:
    month, year = voice.between(1, 12), voice.between(26, 33)
    name = values.title(MONTHS[month - 1])
    return [
        secret(
            voice.one_of(
                f"{month:02}/{year}",
                f"{month}/{year}",
                f"{month:02}/20{year}",
                f"{month:02}-{year}",
                f"{month:02} {year}",
                f"{month:02}{year}",
                f"{name} 20{year}",
                f"{name[:3]} {year}",
            )
        )
    ]


def _spoken_expiry(voice: Voice, secret: Secret) -> Pieces:
    month, year = voice.between(1, 12), voice.between(26, 33)
    name = MONTHS[month - 1]
    number = voice.one_of(ONES[month], f"oh {ONES[month]}", f"zero {ONES[month]}") if month < 10 else two(str(month))
    short = two(str(year))
    single = f"{ONES[year // 10]} {ONES[year % 10]}"
    return voice.one_of(
        [secret(f"{number} {short}")],
        [secret(f"{number} {single}")],
        [secret(number), "slash", secret(short)],
        [secret(f"{number} twenty {short}")],
        [secret(f"{name} twenty {short}")],
        [secret(f"{name}"), "of", secret(f"twenty {short}")],
        [secret(f"{name} two thousand"), voice.one_of("", "and"), secret(short)],
        [secret(f"{name} {short}")],
    )


def _written_birth(voice: Voice, secret: Secret) -> Pieces:
    year, month, day = voice.between(1938, 2004), voice.between(1, 12), voice.between(1, 28)
    name = values.title(MONTHS[month - 1])
    suffix = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}.get(day, "th")
    return [
        secret(
            voice.one_of(
                f"{month}/{day}/{year}",
                f"{month:02}/{day:02}/{year % 100:02}",
                f"{year}-{month:02}-{day:02}",
                f"{day:02}.{month:02}.{year}",
                f"{month}-{day}-{year}",
                f"{name} {day}, {year}",
                f"{name} {day}{suffix}, {year}",
                f"{day}{suffix} {name} {year}",
                f"{day} {name[:3]} {year}",
            )
        )
    ]


def _spoken_birth(voice: Voice, secret: Secret) -> Pieces:
    year, month, day = voice.between(1938, 2004), voice.between(1, 12), voice.between(1, 28)
    name = MONTHS[month - 1]
    short = two(f"{year % 100:02}")
    if year < 2000:
        spoken_year = voice.one_of(f"nineteen {short}", f"nineteen {short}", short)
    else:
        spoken_year = "two thousand" + (f" {voice.one_of('', 'and ')}{cardinal(year - 2000)}" if year > 2000 else "")
    return voice.one_of(
        [secret(f"{name} {ordinal(day)} {spoken_year}")],
        [secret(f"{name} {cardinal(day)} {spoken_year}")],
        ["the", secret(ordinal(day)), "of", secret(f"{name} {spoken_year}")],
        [secret(f"{ordinal(day)} {name} {spoken_year}")],
        [secret(f"{cardinal(month)} {cardinal(day)} {spoken_year}")],
        [secret(f"{_oh(voice, month)} {_oh(voice, day)} {spoken_year}")],
        ["the", secret(ordinal(day)), "of the", secret(f"{ordinal(month)} {spoken_year}")],
    )


def _oh(voice: Voice, number: int) -> str:
    return f"{voice.one_of('oh', 'zero')} {ONES[number]}" if number < 10 else cardinal(number)


def _written_name(voice: Voice, secret: Secret) -> Pieces:
    first, last = (values.title(voice.phrase(bank)) for bank in (values.FIRST_NAMES, values.LAST_NAMES))
    if voice.chance(0.12):
        return [secret(first), "and the last name is", secret(last)]
    return [secret(f"{first} {last}")]


def _spoken_name(voice: Voice, secret: Secret) -> Pieces:
    first, last = voice.phrase(values.FIRST_NAMES), voice.phrase(values.LAST_NAMES)
    style = voice.one_of("plain", "plain", "plain", "spelled", "letters", "both")
    if style == "plain":
        return [secret(f"{first} {last}")]
    letters = spelled(voice, last.replace(" ", "").replace("'", ""))
    if style == "letters":
        return [secret(letters)]
    if style == "both":
        return [secret(f"{first} {last}"), voice.one_of("that's", "spelled", "and it's spelled"), secret(letters)]
    return [secret(f"{first} {letters}")]


def _street(voice: Voice) -> tuple[str, str]:
    number = str(voice.between(1, 9899))
    flat = voice.one_of("", "", "", " apartment 4", " unit 12", " flat 3")
    return number, voice.phrase(values.STREETS) + flat


def _written_address(voice: Voice, secret: Secret) -> Pieces:
    number, street = _street(voice)
    pieces: Pieces = [secret(f"{number} {values.title(street)}")]
    return pieces + (["in", Piece(values.title(_town(voice)), "neutral")] if voice.chance(0.4) else [])


def _spoken_address(voice: Voice, secret: Secret) -> Pieces:
    number, street = _street(voice)
    for digit in ("4", "12", "3"):
        street = street.removesuffix(f" {digit}") + (f" {cardinal(int(digit))}" if street.endswith(f" {digit}") else "")
    said = voice.one_of(Speaker(voice).say(number), Speaker(voice, style="pairs").say(number), cardinal(int(number)))
    pieces: Pieces = [secret(f"{said} {street}")]
    return pieces + ([Piece(_town(voice), "neutral")] if voice.chance(0.4) else [])


def _town(voice: Voice) -> str:
    return voice.one_of(*values.US_TOWNS, *values.UK_TOWNS)


def _written_post(voice: Voice, secret: Secret) -> Pieces:
    zipcode = voice.digits(5)
    british = values.uk_postcode(voice)
    return [secret(voice.one_of(zipcode, zipcode, f"{zipcode}-{voice.digits(4)}", british, british, british.lower()))]


def _spoken_post(voice: Voice, secret: Secret) -> Pieces:
    speaker = Speaker(voice, style=voice.one_of("single", "single", "repeated", "mixed"))
    if voice.chance(0.5):
        return [secret(speaker.say(voice.digits(5)))]
    outward, inward = values.uk_postcode(voice).lower().split(" ")
    area, district = outward.rstrip("0123456789"), outward.lstrip("abcdefghijklmnopqrstuvwxyz")
    area = spelled(voice, area) if voice.chance(0.3) else " ".join(area)
    return [secret(f"{area} {cardinal(int(district))} {ONES[int(inward[0])]} {' '.join(inward[1:])}")]


def _written_password(voice: Voice, secret: Secret) -> Pieces:
    word = voice.phrase(values.WORDS)
    return [
        secret(
            voice.one_of(
                f"{values.title(word)}{voice.between(1, 2024)}",
                f"{word}{voice.between(10, 99)}!",
                f"{word[:4]}$${voice.digits(3)}",
                f"{values.title(word)}#{voice.phrase(values.WORDS)}",
                word + word,
            )
        )
    ]


def _spoken_password(voice: Voice, secret: Secret) -> Pieces:
    word, number = voice.phrase(values.WORDS), voice.digits(2)
    said = Speaker(voice).say(number)
    return voice.one_of(
        [secret(f"{word} {said}")],
        ["capital", secret(f"{word[0]} {' '.join(word[1:])} {said}")],
        [secret(f"{word} {said} exclamation mark")],
        [secret(word)],
        [secret(f"{word} {voice.phrase(values.WORDS)} {said}"), "all lower case"],
    )


def _nino(voice: Voice) -> str:
    return f"{voice.one_of('AB', 'CE', 'JK', 'PX')}{voice.digits(6)}{voice.one_of(*'ABCD')}"


def _dni(voice: Voice) -> str:
    number = int(voice.digits(8))
    return f"{number:08}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"


def _nir(voice: Voice) -> str:
    birth = f"{voice.between(40, 99)}{voice.between(1, 12):02}"
    body = f"{voice.between(1, 2)}{birth}{voice.between(10, 95)}{voice.digits(6)}"
    return f"{body}{97 - int(body) % 97:02}"


def _letters_and_digits(make: Callable[[Voice], str]) -> tuple[Make, Make]:
    def as_text(voice: Voice, secret: Secret) -> Pieces:
        number = make(voice)
        if number[0].isalpha() and voice.chance(0.5):
            number = " ".join((number[:2], number[2:4], number[4:6], number[6:8], number[8:]))
        return [secret(number)]

    def as_words(voice: Voice, secret: Secret) -> Pieces:
        speaker, run = Speaker(voice, style=voice.one_of("single", "single", "pairs")), ""
        pieces: Pieces = []
        for character in make(voice).lower() + "\0":
            if character.isdigit():
                run += character
                continue
            pieces += speaker.groups(secret, any_groups(voice, run)) if run else []
            pieces += [secret(character)] if character != "\0" else []
            run = ""
        return pieces

    return as_text, as_words


def _written_sort_code(voice: Voice, secret: Secret) -> Pieces:
    digits = voice.digits(6)
    return [secret(voice.one_of("-", " ", "-", "").join((digits[:2], digits[2:4], digits[4:])))]


def _spoken_sort_code(voice: Voice, secret: Secret) -> Pieces:
    speaker = Speaker(voice, style=voice.one_of("single", "pairs", "repeated"), fillers=voice.one_of(0.0, 0.2))
    digits = voice.digits(6)
    return speaker.groups(secret, (digits[:2], digits[2:4], digits[4:]))


CVV = _digits(lambda voice: voice.digits(voice.one_of(3, 3, 4)))
PIN = _digits(lambda voice: voice.digits(voice.one_of(4, 4, 4, 6)))
ACCOUNT = _digits(lambda voice: voice.digits(voice.between(7, 12)))
ROUTING = _digits(values.routing_number)
NINO = _letters_and_digits(_nino)
DNI = _letters_and_digits(_dni)
NIR = _letters_and_digits(_nir)
NHS = _digits(lambda voice: voice.digits(10))
TAX = _digits(lambda voice: voice.digits(11))

CUED: dict[str, Cued] = {
    "CVV": Cued(
        ask=(
            "and the three digits on the back",
            "what's the c v v",
            "can i get the security code",
            "the little number on the back by the signature please",
            "and the cvv",
            "i just need the card verification code now",
            "what is the code on the reverse of the card",
            "the four digits on the front if it's an amex",
            "do you see a security number on the back",
        ),
        tell=(
            "the security code is",
            "and the cvv is",
            "the three on the back are",
            "c v v",
            "the code on the back says",
            "my c v c is",
            "and then the security number",
            "cvc",
            "verification code on the card is",
        ),
        written=CVV[0],
        spoken=CVV[1],
    ),
    "CARD_EXPIRY": Cued(
        ask=(
            "when does it expire",
            "and the expiration date",
            "what's the expiry on that",
            "expiry date please",
            "could you give me the month and year it's valid until",
            "and the exp date on the card",
            "the expiration",
            "valid through what date",
            "good until when",
        ),
        tell=(
            "it expires",
            "the expiry is",
            "expiration date",
            "valid until",
            "the card's good thru",
            "it runs out in",
            "exp date's",
            "expiring",
            "and it says valid thru",
        ),
        written=_written_expiry,
        spoken=_spoken_expiry,
    ),
    "DATE_OF_BIRTH": Cued(
        ask=(
            "and your date of birth",
            "what's your birthday",
            "when were you born",
            "can you verify your d o b",
            "i'll need your birth date as well",
            "could you confirm the date of birth for me",
            "your dob please",
            "and the patient's date of birth is",
            "what is your birthdate",
        ),
        tell=(
            "my date of birth is",
            "i was born on",
            "my birthday's",
            "d o b",
            "date of birth",
            "born",
            "my daughter was born",
            "his birthday is",
            "my dob's",
        ),
        written=_written_birth,
        spoken=_spoken_birth,
    ),
    "PIN": Cued(
        ask=(
            "what's your pin",
            "please say your four digit pin",
            "and the telephone pin",
            "can you tell me the pin you set up",
            "your security pin please",
            "what is your pin number",
            "please enter or say your p i n",
            "and your access pin",
        ),
        tell=(
            "my pin is",
            "the pin number's",
            "pin",
            "i set the pin to",
            "my pin code should be",
            "the old pin was",
            "p i n is",
            "i keep typing my pin which is",
        ),
        written=PIN[0],
        spoken=PIN[1],
    ),
    "BANK_ACCOUNT": Cued(
        ask=(
            "what's the account number",
            "and your bank account number please",
            "can i have the checking account number",
            "which account should we take it from i need the number",
            "account number please",
            "and the number of the savings account",
            "could you read out the account number on the statement",
            "the account number at the bottom of the check",
        ),
        tell=(
            "my account number is",
            "account number",
            "the checking account is",
            "it's for account",
            "the savings account number's",
            "bank account ends up being",
            "my acct number is",
            "the account number on the bill reads",
        ),
        written=ACCOUNT[0],
        spoken=ACCOUNT[1],
    ),
    "ROUTING_NUMBER": Cued(
        ask=(
            "and the routing number",
            "what's the aba",
            "do you know your bank's routing number",
            "the nine digit routing number on the check please",
            "i'll need the routing as well",
            "routing number first please",
            "may i have the routing transit number",
        ),
        tell=(
            "routing number",
            "the routing is",
            "my bank's routing number is",
            "the aba number is",
            "routing transit number",
            "and for the routing i have",
            "the first number on the check the routing number is",
        ),
        written=ROUTING[0],
        spoken=ROUTING[1],
    ),
    "SORT_CODE": Cued(
        ask=(
            "what's your sort code",
            "and the sort code please",
            "can i take the sort code first",
            "the six digit sort code",
            "which sort code is that",
            "do you have the sort code to hand",
        ),
        tell=(
            "sort code",
            "the sort code is",
            "my sort code's",
            "it's sort code",
            "the sort code on my card reads",
            "and sort code",
        ),
        written=_written_sort_code,
        spoken=_spoken_sort_code,
    ),
    "PERSON_NAME": Cued(
        ask=(
            "who am i speaking with",
            "can i get your first and last name",
            "may i have your name please",
            "and your full name",
            "what's the name on the account",
            "could you spell your last name for me",
            "whose name is the policy under",
            "what is your name",
            "and the cardholder's name",
        ),
        tell=(
            "my name is",
            "hi this is",
            "my name's",
            "i'm calling for my mother her name is",
            "the name on the card is",
            "you're speaking with",
            "hello my name is",
            "my full name is",
            "the account's under the name",
        ),
        written=_written_name,
        spoken=_spoken_name,
    ),
    "ADDRESS": Cued(
        ask=(
            "what's your address",
            "and the billing address",
            "can you confirm the first line of your address",
            "where should we ship it",
            "what's your home address please",
            "what street do you live on",
            "could i have your mailing address",
            "and the address we have on file is",
        ),
        tell=(
            "i live at",
            "my address is",
            "the billing address is",
            "send it to my house at",
            "we just moved to",
            "my new address is",
            "the mailing address would be",
            "i'm at",
        ),
        written=_written_address,
        spoken=_spoken_address,
    ),
    "POSTAL_CODE": Cued(
        ask=(
            "what's your zip",
            "and the postcode",
            "zip code please",
            "can you confirm your post code",
            "what is the billing zip code",
            "and your postal code",
            "which zip is that in",
            "the postcode of the property please",
        ),
        tell=(
            "my zip code is",
            "the postcode is",
            "zip",
            "post code's",
            "the zip on the card is",
            "my postal code is",
            "i'm in zip code",
            "postcode",
        ),
        written=_written_post,
        spoken=_spoken_post,
    ),
    "PASSWORD": Cued(
        ask=(
            "what password did you use",
            "can you tell me your password",
            "what's the passphrase on the account",
            "please give me your security password",
            "what is your password",
            "and the passcode word you set up",
            "do you remember the password",
        ),
        tell=(
            "my password is",
            "the password's",
            "password",
            "i changed my password to",
            "i always use the password",
            "my passphrase is",
            "the wifi password is",
        ),
        written=_written_password,
        spoken=_spoken_password,
    ),
    "NINO": Cued(
        ask=(
            "what's your national insurance number",
            "and your n i number please",
            "can you confirm the national insurance number",
            "do you have your ni number there",
            "i need a national insurance number for the claim",
        ),
        tell=(
            "my national insurance number is",
            "my ni number's",
            "the national insurance is",
            "national insurance number",
            "n i number",
        ),
        written=NINO[0],
        spoken=NINO[1],
    ),
    "DNI": Cued(
        ask=("what's your d n i", "could i have your dni number", "your national id number please"),
        tell=("my d n i is", "the number of my spanish id is", "my dni number's", "my national id is"),
        written=DNI[0],
        spoken=DNI[1],
    ),
    "NIR": Cued(
        ask=(
            "your french social security number please",
            "what is your national id number",
            "can i have your insee number",
        ),
        tell=("my french social security number is", "my national id number is", "my insee number is"),
        written=NIR[0],
        spoken=NIR[1],
    ),
    "NHS_NUMBER": Cued(
        ask=("your nhs number please", "what's your n h s number", "do you know your nhs number"),
        tell=("my nhs number is", "the nhs number on the letter is", "n h s number"),
        written=NHS[0],
        spoken=NHS[1],
    ),
    "TAX_ID": Cued(
        ask=("what is your tax identification number", "and your tax id", "the tax number please"),
        tell=("my tax id is", "my german tax number is", "the tax identification number is"),
        written=TAX[0],
        spoken=TAX[1],
    ),
}
