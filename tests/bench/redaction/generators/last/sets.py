"""The eight sets: what they ask for, in which flows and in which proportions."""

from tests.bench.redaction.generators.last import harmless, talk
from tests.bench.redaction.generators.last.exchange import Call
from tests.bench.redaction.generators.last.manner import agent, caller
from tests.bench.redaction.generators.last.number_topics import NUMBERS
from tests.bench.redaction.generators.last.person_topics import PERSONS
from tests.bench.redaction.generators.script import Script
from tests.bench.redaction.generators.voice import Voice
from tests.bench.redaction.items import Item

TOPICS = NUMBERS | PERSONS
LONG = (
    "card",
    "card",
    "card",
    "phone",
    "phone",
    "phone",
    "ssn",
    "ssn",
    "account",
    "iban",
    "ip",
    "routing",
    "nino",
    "nhs",
    "dni",
)
SPLIT = ("card", "card", "card", "phone", "phone", "phone", "ssn", "account", "account", "routing", "nhs")
UNCUED = ("card", "card", "phone", "phone", "ssn")
SHORT = ("cvv", "cvv", "expiry", "pin", "birth", "birth", "sort code", "postcode", "zip", "account", "routing", "cid")
WORDS = ("name", "name", "surname", "address", "address", "password", "email", "email")
CORRECTED = ("card", "phone", "ssn", "account", "sort code")
# How often calls are about what: payments most, passwords and national numbers seldom.
IN_CALLS = (
    "name",
    "name",
    "name",
    "surname",
    "phone",
    "phone",
    "address",
    "postcode",
    "zip",
    "birth",
    "birth",
    "email",
    "account",
    "sort code",
    "ssn",
    "password",
    "pin",
    "nino",
)


def spoken(name: str, voice: Voice) -> Item:
    """Make one long number in words: told, asked for, late, with its cue behind it, without any, misheard, put right."""
    return _long(name, voice, written=False)


def written(name: str, voice: Voice) -> Item:
    """Make one long number as a recogniser that prefers figures writes it."""
    return _long(name, voice, written=True)


def _long(name: str, voice: Voice, *, written: bool) -> Item:
    call = _call(voice, written=written)
    if voice.chance(0.1):
        call.correct(TOPICS[voice.one_of(*CORRECTED)])
    elif voice.chance(0.15):
        call.give(TOPICS[voice.one_of("card", "phone", "email", "iban")], flow="bare")
    else:
        call.give(TOPICS[voice.one_of(*LONG)])
    return call.script.item(name)


def split(name: str, voice: Voice) -> Item:
    """Make a number over several turns that somebody has named."""
    call = _call(voice, written=voice.chance(0.4))
    call.chat(voice.between(0, 2))
    call.split(TOPICS[voice.one_of(*SPLIT)])
    call.chat(voice.between(0, 2))
    return call.script.item(name)


def uncued(name: str, voice: Voice) -> Item:
    """Make a number over several turns that nobody names."""
    call = _call(voice, written=voice.chance(0.4))
    call.chat(voice.between(0, 2))
    call.split(TOPICS[voice.one_of(*UNCUED)], cue=False)
    call.chat(voice.between(0, 2))
    return call.script.item(name)


def short_types(name: str, voice: Voice) -> Item:
    """Make a short number that only its cue gives away; a tenth has everyday numbers in the turn after it."""
    written = voice.chance(0.5)
    call = _call(voice, written=written)
    call.give(TOPICS[voice.one_of(*SHORT)])
    if voice.chance(0.1):
        harmless.add_everyday(call.script, call.caller, "customer")
    return call.script.item(name)


def words(name: str, voice: Voice) -> Item:
    """Make a name, an address, a password or an e-mail address."""
    call = _call(voice, written=voice.chance(0.4))
    topic = TOPICS[voice.one_of(*WORDS)]
    if topic.kind == "EMAIL" and voice.chance(0.35) and not call.caller.written:
        call.split_email(topic)
    else:
        call.give(topic)
    return call.script.item(name)


def negative(name: str, voice: Voice) -> Item:
    """Make numbers that have to stay: alone, as the answer to a question for a secret, with the cue of an order."""
    call = _call(voice, written=voice.chance(0.4))
    shape = voice.one_of("alone", "alone", "window", "window", "reference", "around")
    if shape == "alone":
        harmless.add_everyday(call.script, call.caller, voice.one_of("customer", "customer", "agent"))
    elif shape == "reference":
        harmless.add_reference(call.script, call.caller)
    elif shape == "window":
        call.script.say("agent", voice.phrase(TOPICS[voice.one_of(*LONG, *SHORT)].ask))
        for _ in range(voice.between(1, 2)):
            call.stall()
        harmless.add_everyday(call.script, call.caller, "customer")
    else:
        harmless.add_everyday(call.script, call.caller, "customer")
        call.give(TOPICS[voice.one_of(*LONG, *SHORT)], read_back=0.0)
        harmless.add_everyday(call.script, call.caller, "customer")
    return call.script.item(name)


def whole_call(name: str, voice: Voice) -> Item:
    """Make a call of about forty turns with one to six secrets."""
    call = _call(voice, written=voice.chance(0.4))
    call.script.say("agent", voice.phrase(talk.GREETINGS))
    call.chat(2 * voice.between(1, 3))
    scenes = [voice.one_of(*IN_CALLS) for _ in range(voice.between(1, 3))]
    if voice.chance(0.4):
        scenes += ["payment"]
    scenes += ["everyday"] * voice.between(2, 4) + ["reference"] * voice.between(0, 2)
    voice.rng.shuffle(scenes)
    for scene in scenes:
        _play(call, scene)
        call.chat(voice.between(1, 6))
    call.script.say("agent", voice.phrase(talk.PARTINGS))
    return call.script.item(name)


def _play(call: Call, scene: str) -> None:
    if scene == "payment":
        call.split(TOPICS["card"]) if call.voice.chance(0.6) else call.give(TOPICS["card"])
        call.give(TOPICS["expiry"], flow="asked")
        call.give(TOPICS["cvv"], flow="asked", read_back=0.05)
    elif scene == "everyday":
        harmless.add_everyday(call.script, call.caller, "customer")
    elif scene == "reference":
        harmless.add_reference(call.script, call.caller)
    elif scene in SPLIT and call.voice.chance(0.4):
        call.split(TOPICS[scene])
    elif scene == "email" and not call.caller.written and call.voice.chance(0.4):
        call.split_email(TOPICS[scene])
    else:
        call.give(TOPICS[scene])


def _call(voice: Voice, *, written: bool) -> Call:
    decorated = voice.chance(0.6 if written else 0.2)
    return Call(
        Script(decorated=decorated),
        voice,
        caller(voice, written=written, decorated=decorated),
        agent(voice, written=written, decorated=decorated),
    )
