"""Whole calls: a greeting, a reason, questions to find the caller, business, a payment now and then, a farewell."""

from tests.bench.redaction.generators.fresh import harmless, people, talk, together, turns
from tests.bench.redaction.generators.fresh.dates import Birth
from tests.bench.redaction.generators.fresh.details import AMERICAN, BRITISH, DETAILS
from tests.bench.redaction.generators.fresh.dialogue import Dialogue
from tests.bench.redaction.generators.fresh.industries import (
    FAREWELLS,
    GREETINGS,
    INDUSTRIES,
    SYMPATHY,
    VOCATIVES,
    Industry,
)
from tests.bench.redaction.generators.fresh.numbers import Digits
from tests.bench.redaction.generators.fresh.words import Email, Name, cased
from tests.bench.redaction.generators.script import neutral

SHORTEST, LONGEST = 40, 80


def whole(call: Dialogue) -> Dialogue:
    """Play a call."""
    voice = call.voice
    industry = INDUSTRIES[voice.one_of(*INDUSTRIES)]
    target = voice.between(SHORTEST, LONGEST - 20)
    _greet(call, industry)
    topics = [topic for topic in industry.asks if topic not in (AMERICAN if call.british else BRITISH)]
    voice.rng.shuffle(topics)
    asked = topics[: voice.between(2, 4)]
    scenes = list(industry.scenes)
    voice.rng.shuffle(scenes)
    for topic in asked:
        _ask(call, topic)
        if voice.chance(0.5):
            scene(call, scenes.pop())
    pays = voice.chance(industry.pays)
    while len(call.script.turns) < target - (12 if pays else 2):
        if scenes and voice.chance(0.6):
            scene(call, scenes.pop())
        elif voice.chance(0.3):
            harmless.aside(call, by_agent=voice.chance(0.4))
        else:
            call.chat(1)
    if pays:
        _pay(call)
    while len(call.script.turns) < SHORTEST - 2:
        call.chat(1)
    exchange(call, voice.phrase(FAREWELLS))
    return call


def scene(call: Dialogue, turns_of_scene: str) -> None:
    """Play a scene of an industry."""
    for turn in turns_of_scene.split("|"):
        side, text = turn.strip().split(":", 1)
        harmless.say_plainly(call, text.strip(), by_agent=side == "A")


def exchange(call: Dialogue, pair: str) -> None:
    """Say something and answer it."""
    asked, answered = pair.split(" | ")
    call.agent_says(asked)
    call.caller_says(answered)


def _greet(call: Dialogue, industry: Industry) -> None:
    voice = call.voice
    company = call.agent.sentence(voice.one_of(*industry.companies))
    who = neutral(cased(call.agent, voice.phrase(people.FIRST)))
    call.agent_says(voice.phrase(GREETINGS), company=[company], who=[who])
    if voice.chance(0.2):
        call.caller_says(voice.phrase(talk.NOISE))
    call.caller_says(voice.phrase(industry.reasons))
    call.agent_says(voice.phrase(SYMPATHY))


def _ask(call: Dialogue, topic: str) -> None:
    voice = call.voice
    if topic == "name" and voice.chance(0.15):
        together.give_together(call, voice.one_of("patient", "delivery", "postal" if call.british else "callback"))
        return
    if topic in ("sort code", "routing") and voice.chance(0.3):
        together.give_together(call, "bank" if call.british else "check")
        return
    value = call.made(DETAILS[topic])
    if isinstance(value, Email) and voice.chance(0.4):
        turns.split_email(call, value)
    elif isinstance(value, Digits) and topic in ("phone", "ssn", "account", "nhs", "routing") and voice.chance(0.5):
        turns.split(call, topic, value)
    elif isinstance(value, Birth) and voice.chance(0.15):
        call.turns_of_birth(value)
    else:
        call.give(topic, value=value)
    if isinstance(value, Name) and value.first and voice.chance(0.6):
        call.agent_says(voice.phrase(VOCATIVES), who=[neutral(cased(call.agent, value.first))])


def _pay(call: Dialogue) -> None:
    if call.voice.chance(0.15):
        together.give_together(call, "payment")
        return
    card = call.made(DETAILS["card"])
    if isinstance(card, Digits) and call.voice.chance(0.65):
        turns.split(call, "card", card)
    else:
        call.give("card", "asked", value=card)
    call.give("expiry", "asked", read_back=0.15)
    call.give("cvv", "asked", read_back=0.05)
    if call.voice.chance(0.3):
        call.give("postcode" if call.british else "zip", "asked", read_back=0.1)
    harmless.say_plainly(call, "Okay, {money} has gone through.", by_agent=True)
