"""What a search user wants to keep: times, rooms, flights, buses, roads, prices, ages, scores, models, and numbers of orders and parcels."""

from tests.bench.redaction.generators.last.manner import Manner
from tests.bench.redaction.generators.last.numbers import MONTHS
from tests.bench.redaction.generators.script import Script, stay
from tests.bench.redaction.generators.spoken import ONES, cardinal, ordinal, two

# {h} hour, {q} minutes, {p} price, {t} 2 to 9, {s} 2 to 20, {n} 21 to 99, {big} 100 to 999, {y} year, {d} day of the month, {mon} month.
EVERYDAY = (
    "we're catching the half {h} to paddington",
    "i knock off at {h} {q}",
    "{h} {q} suits me better than {h}",
    "i've got the dentist at {h} {q} on the {d}",
    "he's {n} you know and still drives",
    "my lad's turning {s} on saturday",
    "it's ward {s} bed {t}",
    "room {big} at the premier inn",
    "she's up on the {o} floor",
    "we're at row {s} seat {s} can't see a thing",
    "emirates {big} got in late",
    "indigo flight {big} from gate {s}",
    "the number {n} bus takes you right to the door",
    "it's just off the m {s}",
    "take route {n} then exit {s}",
    "stuck on the a {big} since {h}",
    "that's {n} quid a month i'm paying",
    "it was {big} rupees last time",
    "you charged me {p} instead of {p}",
    "it went up from {p} to {p}",
    "{s} grand for a boiler can you believe it",
    "i've been with you lot since {y}",
    "we bought the place in {y}",
    "back in {mon} {y} it was working",
    "there's {t} of us in the house and {t} phones",
    "i've rung {t} times in {s} days",
    "we won {s} {s} in the end",
    "it finished {t} all after extra time",
    "it's {n} inches across by {n} deep",
    "he's six foot {t} and {n} kilos",
    "the tank holds {big} litres",
    "temperature's hit {n} in the shade",
    "speed test says {n} down and {s} up",
    "it's the galaxy s {n} not the iphone {s}",
    "the laser jet {big} keeps jamming",
    "we've got a {y} corolla",
    "it comes up with error {big}",
    "i get it on channel {big}",
    "blood pressure was {bp} over {n}",
    "he's on {big} milligrams {t} times a day",
    "{n} percent of the battery in {s} minutes",
    "page {s} paragraph {s} of your terms",
    "that's a {s} month contract with {n} gigs",
    "the bloke said between {h} and {h}",
    "ninety nine times out of a hundred it's fine",
    "it's open twenty four seven isn't it",
    "windows ten on the laptop windows eleven on the desktop",
    "i'll do {s} of the blue and {s} of the red",
)
REFERENCES = (
    "order ref is",
    "the consignment number on the slip is",
    "your case has been logged as case number",
    "job number's",
    "the parcel tracking reads",
    "my complaint reference was",
    "p n r for the booking is",
    "quote number",
    "the delivery docket number says",
    "service request number is",
    "i was given ticket number",
    "invoice number at the top's",
    "for the order it says order number",
)
ASK_REFERENCE = (
    "have you got the order number handy",
    "what's the reference on the email we sent",
    "kindly share the ticket number sir",
    "is there a case number on that letter",
    "can you see a tracking number on the card they left",
    "which booking reference is it under",
)


def everyday(manner: Manner) -> str:
    """Say something with everyday numbers in it."""
    voice = manner.voice
    template = voice.phrase(EVERYDAY)
    while "{" in template:
        slot = template[template.index("{") : template.index("}") + 1]
        template = template.replace(slot, _slot(manner, slot[1:-1]), 1)
    return template.replace("¤", voice.one_of("$", "£", ""))  # one currency for both prices of a sentence


def add_everyday(script: Script, manner: Manner, speaker: str) -> None:
    """Add one turn of it."""
    script.say(speaker, stay(everyday(manner)))


def add_reference(script: Script, manner: Manner) -> None:
    """Add the number of an order, parcel, case or ticket: told by either side, or asked for."""
    voice = manner.voice
    plain = voice.digits(voice.one_of(4, 5, 6, 7, 8, 8, 9, 10, 12))
    letters = voice.one_of("", "", "", "WO", "CS", "PX", "INC")
    said = plain if manner.written else _in_words(manner, plain)
    number = letters + said if manner.written else f"{' '.join(letters.lower())} {said}".strip()
    if voice.chance(0.5):
        script.say("agent", voice.phrase(ASK_REFERENCE))
        if voice.chance(0.15):
            script.say("customer", voice.one_of("hang on", "it's in my inbox bear with", "haan yes"))
        script.say("customer", voice.one_of("", "", "yep", "that'd be", "it says", "here we are"), stay(number))
        if voice.chance(0.2):
            script.say("agent", voice.one_of("so that's", "got you"), stay(number))
    else:
        script.say(voice.one_of("customer", "agent"), voice.phrase(REFERENCES), stay(number))


def _in_words(manner: Manner, plain: str) -> str:
    size = manner.voice.one_of(2, 3, 4, len(plain))
    return " ".join(manner.words(plain[at : at + size]) for at in range(0, len(plain), size))


def _slot(manner: Manner, slot: str) -> str:
    voice = manner.voice
    small = voice.between(2, 20)
    if slot == "y":
        return _year(manner, voice.between(1974, 2025))
    if slot == "p":
        whole, cents = voice.between(21, 99), voice.one_of("99", "50", "49", "95")
        return f"¤{whole}.{cents}" if manner.written else f"{cardinal(whole)} {two(cents)}"
    if slot == "mon":
        return voice.one_of(*MONTHS)
    if slot in ("d", "o"):
        return f"{small}th" if manner.written and small > 3 else ordinal(small)
    if slot == "h":
        hour = voice.between(1, 12)
        return str(hour) if manner.written else cardinal(hour)
    if slot == "q":
        return (
            voice.one_of("thirty", "fifteen", "forty five", "twenty")
            if not manner.written
            else voice.one_of("am", "pm", "o'clock")
        )
    number = {
        "t": voice.between(2, 9),
        "bp": voice.between(105, 169),
        "s": small,
        "n": voice.between(21, 99),
        "big": voice.between(100, 999),
    }[slot]
    return str(number) if manner.written else _number(manner, number)


def _number(manner: Manner, number: int) -> str:
    plain = str(number)
    if number < 100 or manner.voice.chance(0.4):
        return cardinal(number)
    if manner.voice.chance(0.5):
        return " ".join(ONES[int(digit)] for digit in plain)
    return f"{ONES[int(plain[0])]} {two(plain[1:])}"


def _year(manner: Manner, year: int) -> str:
    if manner.written:
        return str(year)
    if 2000 <= year < 2010:
        return manner.voice.one_of("two thousand and ", "oh ") + ONES[year - 2000] if year > 2000 else "two thousand"
    century = two(str(year)[:2])
    short = two(str(year)[2:])
    return manner.voice.one_of(f"{century} {short}", f"{century} {short}", short)
