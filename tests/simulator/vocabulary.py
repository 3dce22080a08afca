"""What people say on the phone, with numbers that are nobody's: dates, prices, times, order numbers of five to seven digits."""

import random

SMALL_TALK = (
    "thank you for calling how may i help you today",
    "i would like to check the balance of my account please",
    "one moment while i look that up for you",
    "the order 483920 was shipped on the 14th of march",
    "it costs 129.99 with the discount",
    "could you repeat that please",
    "my appointment is at 10:30 on tuesday",
    "is there anything else i can help you with",
    "yes that is right",
    "the ticket number is 77120",
    "i have been waiting for 25 minutes",
    "perfect thanks a lot for your help",
)
MORE_TALK = (
    "sure take your time i am not in a hurry",
    "the line is a bit noisy can you hear me now",
    "i moved last month so the address on file is an old one",
    "let me read that back to you",
    "i already spoke to one of your colleagues about this",
    "the parcel arrived but one of the boxes was damaged",
    "no problem at all we can sort that out together",
    "uh i am not sure where i would find that",
    "it should be on the back of the letter we sent you",
    "could you put me through to the billing department",
    "that does not sound right to me to be honest",
    "you will get a confirmation by mail within a few days",
    "do you still want to keep the insurance on it",
    "i am sorry to hear that happened to you",
)
# Filled by `say`; a number never stands at either end, so that two turns cannot make a longer one.
DETAILS = (
    "the invoice from {month} {day} is for {price} dollars in total",
    "your order {order} left the warehouse on {month} {day} in the morning",
    "i was charged {price} instead of {price} last month",
    "the reference is {order} if you need it later",
    "we could send someone on {month} {day} at {hour}:{minute} if that suits you",
    "it has been {count} days since i returned the {count} items",
    "my contract started in {year} and runs for {count} months",
    "the meter says {order} right now",
    "delivery on {year}-{monthnumber}-{day} is what the mail said",
    "{count} percent off if you order before {hour}:{minute} today",
)
MONTHS = ("january", "march", "april", "june", "august", "october", "december")


def say(rng: random.Random, *, at_least_characters: int = 0) -> str:
    """Make one turn of small talk, sentence after sentence until it is long enough."""
    text = _sentence(rng)
    while len(text) < at_least_characters:
        text = f"{text} and {_sentence(rng)}"
    return text


def _sentence(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.4:
        return rng.choice(SMALL_TALK)
    if kind < 0.75:
        return rng.choice(MORE_TALK)
    return rng.choice(DETAILS).format(
        month=rng.choice(MONTHS),
        monthnumber=f"{rng.randrange(1, 13):02}",
        day=f"{rng.randrange(1, 29):02}",
        price=f"{rng.randrange(3, 900)}.{rng.randrange(100):02}",
        order=rng.randrange(10_000, 10_000_000),
        hour=rng.randrange(8, 19),
        minute=f"{rng.randrange(0, 60, 5):02}",
        count=rng.randrange(2, 60),
        year=rng.randrange(2019, 2026),
    )
