"""One utterance with one whole number or address in it: cards, social security numbers, phones, e-mails, IBANs, IP addresses."""

from collections.abc import Callable

from tests.bench.redaction.generators import values
from tests.bench.redaction.generators.phrases import TAILS
from tests.bench.redaction.generators.script import Script, Secret
from tests.bench.redaction.generators.spoken import Pieces, Speaker, any_groups, grouped, half_written
from tests.bench.redaction.generators.voice import Voice
from tests.bench.redaction.items import Item

SEPARATORS = (" ", "-", "", " ", "-", ".", "  ", " - ", "\u2011", "\u00a0", "\u2013")
BEFORE = {
    "CREDIT_CARD": (
        "yeah put it on",
        "my visa is",
        "okay so the long one on the front says",
        "you can charge",
        "i want to pay with",
        "it starts",
        "the mastercard i've used before is",
        "let me see i've got my glasses here it reads",
        "the number's",
        "could you try",
        "hm it says",
        "last time i gave you",
        "so i typed in",
        "right then",
    ),
    "SSN": (
        "my social is",
        "the social they gave me was",
        "sure my social security number's",
        "for my wife the s s n is",
        "it's listed as",
        "okay social",
        "so i was told to give you my social which is",
        "i filed under",
        "you should have",
    ),
    "PHONE": (
        "you can reach me on",
        "call me back at",
        "my cell's",
        "try my mobile",
        "the best number would be",
        "if we get cut off it's",
        "my husband's phone is",
        "text it to",
        "i moved so my new number is",
        "i was calling from",
        "they told me to ring",
        "yeah it's",
    ),
    "EMAIL": (
        "send it over to",
        "my e mail is",
        "you can write to me at",
        "it should be under",
        "i signed up with",
        "the address i use is",
        "mail the receipt to",
        "okay so that's",
        "i think i gave you",
    ),
    "IBAN": (
        "the iban is",
        "please transfer it to",
        "my account over there is",
        "i'd like the refund on",
        "okay the i b a n reads",
        "it's the one starting",
        "we paid from",
    ),
    "IP_ADDRESS": (
        "the router shows",
        "i pinged",
        "it connects from",
        "the log has",
        "my i p is",
        "the server at",
        "i can't get to",
    ),
}
EMAIL_WORDS = {".": "dot", "_": "underscore", "-": "dash", "@": "at"}
SPELLING = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        [
            "alpha",
            "boy",
            "charlie",
            "david",
            "edward",
            "frank",
            "george",
            "henry",
            "india",
            "john",
            "king",
            "larry",
            "mary",
            "nancy",
            "oscar",
            "peter",
            "queen",
            "robert",
            "sam",
            "tom",
            "uncle",
            "victor",
            "william",
            "xray",
            "yellow",
            "zebra",
        ],
        strict=True,
    )
)
Make = Callable[[Voice, Script, Secret], Pieces]


def written(name: str, voice: Voice) -> Item:
    """Make one utterance as text: digits, separators, symbols."""
    return _utterance(name, voice, {kind: WRITTEN[kind] for kind in WRITTEN})


def spoken(name: str, voice: Voice) -> Item:
    """Make one utterance as it is spoken: number words, spelled letters, "at" and "dot"."""
    return _utterance(name, voice, SPOKEN)


def _utterance(name: str, voice: Voice, makers: dict[str, Make]) -> Item:
    kind = voice.one_of(*("CREDIT_CARD", "PHONE", "SSN", "EMAIL") * 2, "IBAN", "IP_ADDRESS")
    script = Script(decorated=voice.chance(0.3 if makers is SPOKEN else 0.5))
    secret = script.secret(kind)
    before = voice.phrase(BEFORE[kind]) if voice.chance(0.85) else ""
    script.say("customer", before, makers[kind](voice, script, secret), voice.phrase(TAILS))
    return script.item(name)


def written_card(voice: Voice, _: Script, secret: Secret) -> Pieces:
    """Write a card number, grouped as on the card, otherwise, or digit by digit."""
    number = values.card(voice)
    if voice.chance(0.15):
        return [secret(" ".join(number.digits))]
    if voice.chance(0.15):
        return [secret(" ".join(any_groups(voice, number.digits)))]
    return [secret(number.written(voice.phrase(SEPARATORS)))]


def written_ssn(voice: Voice, _: Script, secret: Secret) -> Pieces:
    """Write a social security number."""
    number = values.ssn(voice)
    return [secret(voice.one_of(number.written("-"), number.written(" "), number.digits, " ".join(number.digits)))]


def written_phone(voice: Voice, _: Script, secret: Secret) -> Pieces:
    """Write a phone number as at home or with its country code."""
    if voice.chance(0.4):
        return [
            secret(values.foreign_phone(voice, national=voice.chance(0.4)).written(voice.one_of(" ", "-", "", " ")))
        ]
    digits = values.us_phone(voice).digits
    area, exchange, line = digits[:3], digits[3:6], digits[6:]
    return [
        secret(
            voice.one_of(
                f"({area}) {exchange}-{line}",
                f"{area}-{exchange}-{line}",
                f"{area}.{exchange}.{line}",
                f"{area} {exchange} {line}",
                f"{area} {exchange}-{line}",
                f"+1 {area} {exchange} {line}",
                f"+1{digits}",
                f"1-{area}-{exchange}-{line}",
                digits,
                f"{area}/{exchange}-{line}",
            )
        )
    ]


def written_email(voice: Voice, _: Script, secret: Secret) -> Pieces:
    """Write an e-mail address, sometimes as recognisers half do: "john.smith at gmail.com"."""
    address = email(voice)
    if voice.chance(0.2):
        local, domain = address.split("@")
        return [secret(f"{local} at {domain}")]
    return [secret(address)]


def written_iban(voice: Voice, _: Script, secret: Secret) -> Pieces:
    """Write an IBAN, whole or in groups of four."""
    number = values.iban(voice)
    spaced = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    return [secret(voice.one_of(number, spaced, spaced, number.lower()))]


def written_ip(voice: Voice, _: Script, secret: Secret) -> Pieces:
    """Write an IPv4 or IPv6 address."""
    return [secret(values.ipv4(voice) if voice.chance(0.75) else values.ipv6(voice))]


def spoken_card(voice: Voice, script: Script, secret: Secret) -> Pieces:
    """Say a card number."""
    number = values.card(voice)
    groups = grouped(number.digits, number.sizes) if voice.chance(0.6) else any_groups(voice, number.digits)
    if voice.chance(0.15):
        return half_written(voice, secret, groups)
    return _speaker(voice, script).groups(secret, groups)


def spoken_ssn(voice: Voice, script: Script, secret: Secret) -> Pieces:
    """Say a social security number."""
    number = values.ssn(voice)
    return _speaker(voice, script).groups(secret, grouped(number.digits, number.sizes))


def spoken_phone(voice: Voice, script: Script, secret: Secret) -> Pieces:
    """Say a phone number, with or without its country code."""
    foreign = voice.chance(0.35)
    number = values.foreign_phone(voice, national=voice.chance(0.5)) if foreign else values.us_phone(voice)
    speaker = _speaker(voice, script)
    pieces: Pieces = []
    if number.prefix:
        code = number.prefix[1:]
        pieces.append(secret(f"{voice.one_of('plus', 'double oh', 'plus')} {speaker.say(code)}"))
    elif not foreign and voice.chance(0.15):
        pieces.append(secret(voice.one_of("one", "plus one")))
    groups = grouped(number.digits, number.sizes) if voice.chance(0.7) else any_groups(voice, number.digits)
    return pieces + speaker.groups(secret, groups)


def spoken_email(voice: Voice, _: Script, secret: Secret) -> Pieces:
    """Say an e-mail address: as words, spelled, or spelled by code words."""
    local, domain = email(voice).split("@")
    return [secret(f"{spoken_local(voice, local)} {voice.one_of('at', 'at', 'at')} {spoken_domain(voice, domain)}")]


def spoken_iban(voice: Voice, _: Script, secret: Secret) -> Pieces:
    """Say an IBAN: letters one by one, digits in fours."""
    number = values.iban(voice)
    speaker = Speaker(voice, style=voice.one_of("single", "repeated", "pairs"))
    pieces: Pieces = []
    for at in range(0, len(number), 4):
        letters = "".join(one for one in number[at : at + 4] if one.isalpha())
        digits = "".join(one for one in number[at : at + 4] if one.isdigit())
        pieces += [secret(" ".join(letters.lower()))] if letters else []
        pieces += [secret(speaker.say(digits))] if digits else []
    return pieces


def spoken_ip(voice: Voice, _: Script, secret: Secret) -> Pieces:
    """Say an IPv4 address: "one ninety two dot one sixty eight dot"."""
    speaker = Speaker(voice, style=voice.one_of("single", "pairs"))
    between = voice.one_of(" dot ", " dot ", " point ")
    return [secret(between.join(speaker.say(group) for group in values.ipv4(voice).split(".")))]


def email(voice: Voice) -> str:
    """Make an e-mail address."""
    first = voice.phrase(values.FIRST_NAMES).replace(" ", "")
    last = voice.phrase(values.LAST_NAMES).replace(" ", "").replace("'", "")
    number = str(voice.between(1, 1999))
    local = voice.one_of(
        f"{first}.{last}",
        f"{first}{last}",
        f"{first[0]}{last}",
        f"{first}_{last}{number}",
        f"{last}{number}",
        f"{first}-{last}",
        voice.phrase(values.WORDS) + number,
    )
    return f"{local}@{voice.phrase(values.DOMAINS)}"


def spelled(voice: Voice, word: str) -> str:
    """Spell a word: "d o e", "d. o. e.", "d as in david o as in oscar"."""
    letters = [letter for letter in word if letter.isalpha()]
    style = voice.one_of("plain", "plain", "plain", "as in", "for", "dashes")
    if style == "dashes":
        return "-".join(letters)
    if style in ("as in", "for"):
        return " ".join(f"{letter} {style} {SPELLING[letter]}" if voice.chance(0.6) else letter for letter in letters)
    return " ".join(letters)


def spoken_local(voice: Voice, local: str) -> str:
    """Say the part before the at sign; many spell it."""
    speaker = Speaker(voice)
    spell = voice.chance(0.4)
    words: list[str] = []
    run = ""
    for character in local + "\0":
        if run and not ((character.isdigit() and run[-1].isdigit()) or (character.isalpha() and run[-1].isalpha())):
            if run.isdigit():
                words.append(speaker.say(run))
            else:
                words.append(spelled(voice, run) if spell else run)
            run = ""
        if character in EMAIL_WORDS:
            words.append(EMAIL_WORDS[character])
        elif character != "\0":
            run += character
    return " ".join(words)


def spoken_domain(voice: Voice, domain: str) -> str:
    """Say the part after the at sign: "yahoo dot co dot uk"."""
    return " ".join(
        EMAIL_WORDS.get(part, part) for part in domain.replace(".", " . ").replace("-", " - ").split() if part
    )


def _speaker(voice: Voice, script: Script) -> Speaker:
    return Speaker(
        voice,
        fillers=voice.one_of(0.0, 0.0, 0.3),
        homophones=voice.one_of(0.0, 0.0, 0.08),
        commas=script.decorated,
    )


WRITTEN: dict[str, Make] = {
    "CREDIT_CARD": written_card,
    "SSN": written_ssn,
    "PHONE": written_phone,
    "EMAIL": written_email,
    "IBAN": written_iban,
    "IP_ADDRESS": written_ip,
}
SPOKEN: dict[str, Make] = {
    "CREDIT_CARD": spoken_card,
    "SSN": spoken_ssn,
    "PHONE": spoken_phone,
    "EMAIL": spoken_email,
    "IBAN": spoken_iban,
    "IP_ADDRESS": spoken_ip,
}
