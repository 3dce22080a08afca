"""The eight sets: what is told in them, how, and in which proportions."""

from tests.bench.redaction.generators.fresh import harmless, together, turns
from tests.bench.redaction.generators.fresh.calls import whole
from tests.bench.redaction.generators.fresh.dates import Birth
from tests.bench.redaction.generators.fresh.details import AMERICAN, BRITISH, DETAILS
from tests.bench.redaction.generators.fresh.dialogue import Dialogue, open_dialogue
from tests.bench.redaction.generators.fresh.numbers import Digits, slip
from tests.bench.redaction.generators.fresh.words import Email
from tests.bench.redaction.generators.voice import Voice
from tests.bench.redaction.items import Item

LONG = (
    *("card",) * 5,
    *("phone",) * 5,
    *("ssn",) * 4,
    "account",
    "account",
    "iban",
    "nino",
    "nhs",
    "routing",
    "ip",
)
SPLIT = (
    "card",
    "card",
    "card",
    "card",
    "phone",
    "phone",
    "phone",
    "ssn",
    "ssn",
    "account",
    "routing",
    "nhs",
    "sort code",
)
UNCUED = ("card", "card", "phone", "phone", "ssn")
SHORT = (
    "cvv",
    "cvv",
    "expiry",
    "expiry",
    "pin",
    "birth",
    "birth",
    "birth",
    "account",
    "routing",
    "sort code",
    "zip",
    "postcode",
    "last four",
)
WORDS = ("name", "name", "name", "spelling", "address", "address", "address", "email", "email", "email", "password")
BARE = ("card", "phone", "ssn", "iban")
ANY = tuple(DETAILS)


def spoken(name: str, voice: Voice) -> Item:
    """Make a long number in words, whole in one utterance."""
    return _long(name, voice, written=False)


def written(name: str, voice: Voice) -> Item:
    """Make a long number in figures, or in figures and words, whole in one utterance."""
    return _long(name, voice, written=True)


def _long(name: str, voice: Voice, *, written: bool) -> Item:
    if voice.chance(0.08):
        return _together(name, voice, ("payment", "payment", "bank", "check", "callback"), written=written)
    call, topic = _about(voice, LONG, written=written)
    flow = "bare" if topic in BARE and voice.chance(0.1) else ""
    value = call.made(DETAILS[topic])
    if isinstance(value, Digits) and flow != "bare" and voice.chance(0.12):
        value = slip(voice, value)
    call.give(topic, flow, value=value)
    return call.script.item(name)


def split(name: str, voice: Voice) -> Item:
    """Make a number over several turns that somebody has named."""
    call, topic = _about(voice, SPLIT, written=voice.chance(0.4))
    call.chat(voice.between(0, 2))
    turns.split(call, topic, _number(call, topic))
    call.chat(voice.between(0, 2))
    return call.script.item(name)


def uncued(name: str, voice: Voice) -> Item:
    """Make a number over several turns that nobody names."""
    call, topic = _about(voice, UNCUED, written=voice.chance(0.4))
    call.chat(voice.between(0, 1))
    turns.split(call, topic, _number(call, topic), cue=False)
    call.chat(voice.between(0, 1))
    return call.script.item(name)


def short_types(name: str, voice: Voice) -> Item:
    """Make a short number that only its cue gives away, sometimes beside an everyday one."""
    if voice.chance(0.12):
        return _together(name, voice, ("payment", "bank", "check", "patient", "security"), written=voice.chance(0.5))
    call, topic = _about(voice, SHORT, written=voice.chance(0.5))
    if topic == "birth" and voice.chance(0.2):
        value = call.made(DETAILS[topic])
        assert isinstance(value, Birth)
        call.turns_of_birth(value)
    elif topic in ("account", "routing", "sort code") and voice.chance(0.3):
        turns.split(call, topic, _number(call, topic))
    else:
        call.give(topic)
    if voice.chance(0.15):
        harmless.aside(call, by_agent=voice.chance(0.5))
    return call.script.item(name)


def words(name: str, voice: Voice) -> Item:
    """Make a name, an address, a password or an e-mail address."""
    if voice.chance(0.12):
        return _together(name, voice, ("patient", "postal", "callback", "delivery"), written=voice.chance(0.45))
    call, topic = _about(voice, WORDS, written=voice.chance(0.45))
    value = call.made(DETAILS[topic])
    if isinstance(value, Email) and voice.chance(0.35):
        turns.split_email(call, value)
    else:
        call.give(topic, value=value)
    if voice.chance(0.1):
        call.chat(1)
    return call.script.item(name)


def negative(name: str, voice: Voice) -> Item:
    """Make what has to stay: alone, as the answer to a question for a secret, before and after a secret."""
    call, topic = _about(voice, ANY, written=voice.chance(0.45))
    shape = voice.one_of("alone", "window", "window", "nothing", "reference", "around")
    if shape == "alone":
        call.chat(voice.between(0, 1))
        harmless.aside(call, by_agent=voice.chance(0.4))
        call.chat(voice.between(0, 1))
    elif shape == "reference":
        harmless.reference(call)
    elif shape == "window":
        call.ask(DETAILS[topic].ask)
        if voice.chance(0.4):
            call.stall()
        for _ in range(voice.between(1, 2)):
            harmless.aside(call)
    elif shape == "nothing":
        call.ask(DETAILS[topic].ask)
        harmless.nothing(call)
    else:
        harmless.aside(call)
        call.give(topic, read_back=0.1)
        harmless.aside(call, by_agent=voice.chance(0.5))
    return call.script.item(name)


def whole_call(name: str, voice: Voice) -> Item:
    """Make a call of forty to eighty turns in one of seven industries."""
    return whole(open_dialogue(voice, written=voice.chance(0.45), british=voice.chance(0.5))).script.item(name)


def _about(voice: Voice, topics: tuple[str, ...], *, written: bool) -> tuple[Dialogue, str]:
    topic = voice.one_of(*topics)
    british = topic in BRITISH or (topic not in AMERICAN and voice.chance(0.5))
    return open_dialogue(voice, written=written, british=british), topic


def _together(name: str, voice: Voice, breaths: tuple[str, ...], *, written: bool) -> Item:
    breath = voice.one_of(*breaths)
    british = breath in together.BRITISH or (breath not in together.AMERICAN and voice.chance(0.5))
    call = open_dialogue(voice, written=written, british=british)
    together.give_together(call, breath)
    return call.script.item(name)


def _number(call: Dialogue, topic: str) -> Digits:
    value = call.made(DETAILS[topic])
    assert isinstance(value, Digits)
    return slip(call.voice, value) if call.voice.chance(0.1) else value
