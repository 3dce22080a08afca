"""What must stay: small talk inside armed windows, prices, times, dates, order numbers, shops, measurements."""

from collections.abc import Callable

from tests.bench.redaction.generators import values
from tests.bench.redaction.generators.after_cue import CUED, MONTHS
from tests.bench.redaction.generators.after_cue import add as add_cued
from tests.bench.redaction.generators.phrases import ASK_CARD, ASK_PHONE, ASK_SSN
from tests.bench.redaction.generators.script import Script, stay
from tests.bench.redaction.generators.split import ASK_ACCOUNT
from tests.bench.redaction.generators.spoken import ONES, Speaker, any_groups, cardinal, ordinal, two
from tests.bench.redaction.generators.voice import Voice
from tests.bench.redaction.items import Item

IN_A_WINDOW = (
    "i'm on the five fifteen train",
    "i'm in room two oh four at the moment",
    "i've been a customer since nineteen ninety nine",
    "could you call back between eight and twelve",
    "one moment please",
    "it's one of the two i have",
    "give me two seconds",
    "i have to be out of here by quarter to three",
    "there are four of us on this plan",
    "the first one or the second one",
    "hold on one sec i'm on another line",
    "it was like twenty or thirty dollars",
    "i already gave it to one of your colleagues",
    "i'm driving on the four oh five right now",
    "i've called three times this week",
    "that's a two for one deal right",
    "i only have one",
    "it's been about six months",
    "not the one from last year the other one",
    "i have two or three of them",
    "my flight leaves at seven forty",
    "it's in the other room give me five minutes",
    "you have to wait for it to load",
    "i'd rather not say it on the phone",
    "why do you need that",
    "i want to go to the branch instead",
    "it was in two thousand eighteen i think",
    "hang on i've got a ten year old screaming here",
    "that one's expired years ago",
    "the store closes at nine thirty",
    "just a second",
    "do you want the old one or the new one",
    "i ate it for lunch just kidding",
    "i won one of those once",
    "we're off to see the kids at four",
    "i don't have it with me",
    "can i do it for my husband too",
    "i need to put you on speaker for a second",
    "it's a hundred and two degrees out here",
    "i bought it on black friday for fifty bucks",
    "ninety nine percent of the time it works",
    "the bus number twelve just went by",
    "there's a number on here but it's faded",
    "i have like four cards in here",
    "somebody's at the door one minute",
    "we are a family of five",
    "it says see reverse",
    "oh no",
    "oh one more thing",
    "i'm sixty two years old i can't see that well",
)
IN_A_WINDOW_WRITTEN = (
    "i'm on the 5:15 train",
    "room 204, give me a second",
    "i've been with you since 1999",
    "call me back between 8 and 12",
    "1 moment please",
    "it's 1 of the 2 i have",
    "i'm on the 405",
    "it was around $20 or $30",
    "hold on, i've been on hold for 25 minutes",
    "i've got 2 cards here",
    "my flight's at 7:40",
    "it's 102 degrees out here",
    "there's a 10% discount, right?",
    "that was back in 2018",
    "we are a family of 5",
    "i paid 49.99 for it",
    "the 3rd time i'm calling about this",
    "is it open 24/7?",
)
ORDERS = (
    "my order number is",
    "the tracking number is",
    "the ticket number they gave me is",
    "confirmation number",
    "the reference is",
    "case number",
    "the invoice says",
    "your booking reference is",
    "i'm calling about order",
    "the parcel's tracking id is",
    "the serial number on the box is",
    "the claim number is",
    "your confirmation code is",
    "the part number reads",
    "the incident number would be",
)
ASK_ORDERS = (
    "what's the order number",
    "do you have a tracking number for that",
    "can i get your confirmation number",
    "and the ticket number",
    "which invoice is it",
    "could you read me the reference on the letter",
    "what does the serial number say",
    "do you have a case number",
)
SHOPS = (
    "the store is at {number} {street}",
    "our branch on {number} {street} is open today",
    "pick it up at the shop {number} {street}",
    "the nearest location is {number} {street}",
    "the restaurant at {number} {street} still has tables",
    "you can drop the box off at {number} {street}",
)
THINGS = (
    "it's {a} by {b} inches",
    "it weighs about {a} pounds",
    "we drove {a} miles to get there",
    "the temperature was {a} degrees",
    "i need {a} of the small and {b} of the large",
    "the room is {a} square feet",
    "my internet is at {a} megabits instead of {b}",
    "the recipe wants {a} grams of butter and {b} grams of sugar",
    "the score was {a} to {b}",
    "page {a} of {b}",
    "chapter {a} verse {b}",
    "it's on channel {a}",
    "they charged me {a} dollars and {b} cents",
    "that's {a} percent off",
    "i'm on hold for {a} minutes",
    "bus {a} or bus {b} both go there",
    "it comes with {a} gigs of ram",
    "i took {a} milligrams at noon",
    "highway {a} is closed",
    "gate {b} at terminal {a}",
    "it was between {a} and {b}",
)
TIMES = (
    "can we do {hour} {minute} on {day}",
    "the appointment is {day} the {date} at {hour} {minute}",
    "you arrive at {hour} {minute} in the evening",
    "they open at {hour} and close at {later}",
    "it was due on {month} {date}",
    "i've had it since {month} {year}",
    "we met in {year}",
    "the warranty runs until {month} of {year}",
    "between {hour} and {later} works for me",
    "the meeting moved from {hour} {minute} to {later}",
    "i paid on the {date} of {month}",
    "flight {flight} leaves {hour} {minute}",
    "your seat on {flight} is {row} c",
)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
IN_A_WINDOW_ASKS = (*ASK_CARD, *ASK_PHONE, *ASK_SSN, *ASK_ACCOUNT, *CUED["CVV"].ask, *CUED["PIN"].ask)


def armed_window(name: str, voice: Voice) -> Item:
    """Make a question that is answered by small talk, for one to three turns."""
    written = voice.chance(0.3)
    script = Script(decorated=written)
    script.say("agent", voice.phrase(IN_A_WINDOW_ASKS))
    for _ in range(voice.between(1, 3)):
        script.say("customer", stay(voice.phrase(IN_A_WINDOW_WRITTEN if written else IN_A_WINDOW)))
        if voice.chance(0.5):
            script.say("agent", voice.one_of("no problem", "take your time", "okay", "sure", "i understand"))
    return script.item(name)


def named_numbers(name: str, voice: Voice) -> Item:
    """Make an order, tracking, ticket or confirmation number with its cue, in the same turn or asked for."""
    script = Script(decorated=voice.chance(0.4))
    add_order(voice, script, written=voice.chance(0.5))
    return script.item(name)


def everyday_numbers(name: str, voice: Voice) -> Item:
    """Make one turn with prices, times, dates, measurements or the address of a shop."""
    written = voice.chance(0.5)
    script = Script(decorated=written and voice.chance(0.6))
    add_everyday(voice, script, written=written)
    return script.item(name)


def small_talk_between(name: str, voice: Voice) -> Item:
    """Make a cued secret with small talk in front of it and behind it: the secret goes, the talk stays."""
    script = Script()
    kind = voice.one_of(*(kind for kind in CUED if kind not in ("PERSON_NAME", "ADDRESS", "PASSWORD")))
    if voice.chance(0.5):
        script.say("agent", voice.phrase(CUED[kind].ask))
        script.say("customer", stay(voice.phrase(IN_A_WINDOW)))
    add_cued(kind, voice, script, written=False)
    script.say("customer", stay(voice.phrase(IN_A_WINDOW)))
    return script.item(name)


def add_order(voice: Voice, script: Script, *, written: bool) -> None:
    """Add a number of the kind that is no secret, with its cue."""
    digits = voice.digits(voice.one_of(5, 6, 7, 8, 8, 9, 10, 12))
    number = digits if written else " ".join(Speaker(voice).say(group) for group in any_groups(voice, digits))
    if written and voice.chance(0.4):
        number = f"{''.join(voice.one_of(*'ABCDEFGHKLMNPRTXZ') for _ in range(2))}{voice.one_of('', '-')}{number}"
    if voice.chance(0.5):
        script.say("agent", voice.phrase(ASK_ORDERS))
        script.say("customer", voice.one_of("", "it's", "yeah", "let me see", "that's"), stay(number))
    else:
        script.say(voice.one_of("customer", "agent"), voice.phrase(ORDERS), stay(number))


def add_everyday(voice: Voice, script: Script, *, written: bool) -> None:
    """Add one turn with everyday numbers in it."""
    said: Callable[[int], str] = str if written else cardinal
    template = voice.phrase(voice.one_of(SHOPS, THINGS, THINGS, TIMES, TIMES))
    hour, minute, year = voice.between(1, 12), voice.between(1, 11) * 5, voice.between(1975, 2026)
    flight = voice.digits(voice.between(2, 4)).lstrip("0") or "7"
    number = str(voice.between(1, 9899))
    text = template.format(
        number=number if written else Speaker(voice, style="pairs").say(number),
        street=values.title(street)
        if written and (street := voice.phrase(values.STREETS))
        else voice.phrase(values.STREETS),
        a=said(voice.between(2, 900)),
        b=said(voice.between(2, 120)),
        hour=f"{hour}:{minute:02}" if written else ONES[hour] if hour < 10 else two(str(hour)),
        minute=voice.one_of("am", "pm") if written else two(f"{minute:02}"),
        later=str(hour % 12 + 1) if written else cardinal(hour % 12 + 1),
        day=voice.one_of(*DAYS),
        date=str(voice.between(1, 28)) if written else ordinal(voice.between(1, 28)),
        month=voice.one_of(*MONTHS),
        year=str(year) if written else _year(year),
        flight=voice.one_of("UA", "BA", "LH", "DL") + flight
        if written
        else f"united {' '.join(ONES[int(d)] for d in flight)}",
        row=said(voice.between(1, 42)),
    )
    script.say(voice.one_of("customer", "agent"), stay(text))


def _year(year: int) -> str:
    if 2000 <= year < 2010:
        return "two thousand" + (f" {ONES[year - 2000]}" if year > 2000 else "")
    return f"{two(str(year)[:2])} {two(str(year)[2:])}"
