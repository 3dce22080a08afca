"""Makes everyday numbers and references that have to stay."""

import re
from collections.abc import Callable

from tests.bench.redaction.generators.fresh import plain_talk
from tests.bench.redaction.generators.fresh.dates import month_name, nth, nth_in_figures, year_aloud
from tests.bench.redaction.generators.fresh.dialogue import Dialogue
from tests.bench.redaction.generators.fresh.talker import Talker, count, cut
from tests.bench.redaction.generators.script import stay
from tests.bench.redaction.generators.spoken import ONES as DIGITS
from tests.bench.redaction.generators.spoken import Pieces


def aside(call: Dialogue, *, by_agent: bool = False) -> None:
    """Say something with a number that has to stay."""
    say_plainly(call, call.unsaid(plain_talk.OF_AGENTS if by_agent else plain_talk.ASIDES), by_agent=by_agent)


def reference(call: Dialogue) -> None:
    """Say the number of an order, a parcel, a ticket."""
    template = call.voice.phrase(plain_talk.REFERENCES)
    say_plainly(call, template, by_agent="your" in template.lower())


def nothing(call: Dialogue) -> None:
    """Answer and tell nothing; all of it has to stay."""
    said = call.caller.sentence(call.voice.phrase(plain_talk.NOTHING))
    call.script.say("customer" if call.labelled else "", stay(said))


def say_plainly(call: Dialogue, template: str, *, by_agent: bool) -> None:
    """Fill the slots of a phrase with numbers that have to stay."""
    talker = call.agent if by_agent else call.caller
    slots = re.findall(r"\{(\w+)\}", template)
    numbered = re.sub(r"\{(\w+)\}", lambda found: f"{{{found[1]}_{found.start()}}}", template)
    keys = re.findall(r"\{(\w+)\}", numbered)
    told: dict[str, Pieces] = {key: [stay(slot_text(talker, slot))] for key, slot in zip(keys, slots, strict=True)}
    (call.agent_says if by_agent else call.caller_says)(numbered, **told)


def slot_text(talker: Talker, slot: str) -> str:
    """Make the text of one slot."""
    return SLOTS[slot](talker)


def _counted(talker: Talker, number: int) -> str:
    return str(number) if talker.written and number > talker.voice.one_of(0, 9, 9) else count(number)


def _many(talker: Talker) -> str:
    return _counted(talker, talker.voice.between(11, 60))


def _few(talker: Talker) -> str:
    return _counted(talker, talker.voice.between(2, 9))


def _hundreds(talker: Talker) -> str:
    number = talker.voice.between(2, 99)
    return f"{number}00" if talker.written else f"{count(number)} hundred"


def _percent(talker: Talker) -> str:
    number = talker.voice.one_of(5, 10, 12, 15, 20, 25, 30)
    return f"{number}%" if talker.written and talker.decorated else f"{_counted(talker, number)} percent"


def _year(talker: Talker) -> str:
    year = talker.voice.between(1985, 2025)
    return str(year) if talker.written else year_aloud(talker, year)


def _nth(talker: Talker) -> str:
    number = talker.voice.between(2, 12)
    return nth_in_figures(number) if talker.written and talker.voice.chance(0.5) else nth(number)


def _month(talker: Talker) -> str:
    return month_name(talker, talker.voice.between(1, 12))


def _money(talker: Talker) -> str:
    voice = talker.voice
    whole, cents = voice.between(3, 99), voice.one_of(0, 50, 99, voice.between(11, 98))
    if talker.written:
        sign = "£" if talker.british else "$"
        return f"{sign}{whole}.{cents:02}" if cents else f"{sign}{whole}"
    unit = "pounds" if talker.british else "dollars"
    if not cents:
        return f"{count(whole)} {unit}"
    small = "pence" if talker.british else "cents"
    return voice.one_of(f"{count(whole)} {unit} {count(cents)}", f"{count(whole)} {unit} and {count(cents)} {small}")


def _time(talker: Talker) -> str:
    voice = talker.voice
    hour, minute = voice.between(1, 12), voice.one_of(0, 15, 20, 30, 40, 45)
    half = voice.one_of("am", "pm") if talker.written else voice.one_of("a m", "p m", "in the morning", "o'clock")
    if talker.written:
        return f"{hour}:{minute:02}" if minute else f"{hour} {half}"
    if minute == 30 and voice.chance(0.5):
        return f"half past {DIGITS[hour] if hour < 10 else count(hour)}"
    if minute in (15, 45) and voice.chance(0.5):
        return f"quarter {'past' if minute == 15 else 'to'} {count(hour)}"
    return f"{count(hour)} {count(minute)}" if minute else f"{count(hour)} {half}"


def _date(talker: Talker) -> str:
    day, month = talker.voice.between(1, 28), _month(talker)
    said = nth_in_figures(day) if talker.written else nth(day)
    return f"the {said} of {month}" if talker.british else f"{month} {said}"


def _reference(talker: Talker) -> str:
    voice = talker.voice
    digits = voice.one_of(*"123456789") + voice.digits(voice.between(5, 10))
    head = voice.one_of("", "", "", "", "A", "W", "TK")
    if not talker.decorated:
        head = head.lower()
    if talker.written:
        return f"{head}{digits}" if voice.chance(0.6) else f"{head} {' '.join(cut(voice, digits, (3, 4)))}".strip()
    return " ".join([*head, *(talker.digit(digit) for digit in digits)])


SLOTS: dict[str, Callable[[Talker], str]] = {
    "n": _many,
    "m": _few,
    "big": _hundreds,
    "money": _money,
    "percent": _percent,
    "time": _time,
    "month": _month,
    "date": _date,
    "year": _year,
    "nth": _nth,
    "ref": _reference,
}
