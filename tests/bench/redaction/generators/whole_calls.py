"""Whole calls of about sixty turns: small talk, everyday numbers, and a few secrets on the way."""

from tests.bench.redaction.generators import negatives
from tests.bench.redaction.generators.after_cue import CUED
from tests.bench.redaction.generators.after_cue import add as add_cued
from tests.bench.redaction.generators.phrases import BACKCHANNELS
from tests.bench.redaction.generators.script import Script, stay
from tests.bench.redaction.generators.split import ASIDES, Exchange, add_email
from tests.bench.redaction.generators.voice import Voice
from tests.bench.redaction.items import Item

ABOUT_TURNS = 60
AGENT_TALK = (
    "thank you for calling northgate how can i help you today",
    "i'm sorry to hear that let me take a look",
    "bear with me while this screen loads",
    "i can see the charge you're talking about",
    "have you tried turning it off and leaving it for a while",
    "i'll make a note of that on the account",
    "we can certainly look into a refund for you",
    "is that still the best way to get hold of you",
    "you'll get a letter about that in the post",
    "the team that handles this is in tomorrow",
    "i completely understand the frustration",
    "would you like me to cancel the older one",
    "let me check with my supervisor quickly",
    "so what happened was the payment went through twice",
    "there's no charge for changing that",
    "did the engineer leave a card when he came round",
    "i've reset it from this end",
    "you should see it on your next statement",
    "for security i have to ask you a few questions first",
    "is there anything else i can do for you",
    "they usually get to it the same day",
    "i appreciate your patience",
)
CUSTOMER_TALK = (
    "so i got this letter and i have no idea what it means",
    "yeah that's what the other guy told me as well",
    "i just want it to work again to be honest",
    "no i haven't touched any of the settings",
    "it was fine until the storm last weekend",
    "my wife usually deals with this stuff",
    "okay that makes sense i suppose",
    "can you send me something in writing",
    "i'm not very good with computers you see",
    "that can't be right i paid that already",
    "who do i talk to about a complaint",
    "sorry say that again you were breaking up",
    "i'll have to ask my son about that",
    "it keeps showing me the same message",
    "oh lovely thank you very much",
    "no worries take your time",
    "is it going to be the same price as before",
    "well the website said something different",
    "i never ordered that in the first place",
    "ah i see what you mean now",
    "could you spell that out for me",
    "i've been a customer for years",
    "uh huh",
    "the light on the front is blinking red",
)
SECRETS = ("CREDIT_CARD", "PHONE", "SSN", "BANK_ACCOUNT")


def whole_call(name: str, voice: Voice) -> Item:
    """Make one call; a third of the calls are decorated and write numbers in digits."""
    written = voice.chance(0.33)
    script = Script(decorated=written)
    script.say("agent", AGENT_TALK[0])
    scenes = [*_secrets(voice), *("order", "everyday", "window") * voice.between(1, 3)]
    voice.rng.shuffle(scenes)
    gap = max(1, (ABOUT_TURNS - 3 * len(scenes)) // (len(scenes) + 1))
    for scene in scenes:
        _small_talk(voice, script, voice.between(max(1, gap - 2), gap + 2))
        _play(scene, voice, script, written=written)
    _small_talk(voice, script, max(2, ABOUT_TURNS - len(script.turns)))
    return script.item(name)


def _secrets(voice: Voice) -> list[str]:
    kinds = ["PERSON_NAME", voice.one_of(*SECRETS), voice.one_of("email", *CUED)]
    return kinds[: voice.between(0, 3)] + (["CREDIT_CARD", "CARD_EXPIRY", "CVV"] if voice.chance(0.3) else [])


def _play(scene: str, voice: Voice, script: Script, *, written: bool) -> None:
    if scene == "order":
        negatives.add_order(voice, script, written=written)
    elif scene == "everyday":
        negatives.add_everyday(voice, script, written=written)
    elif scene == "window":
        script.say("agent", voice.phrase(negatives.IN_A_WINDOW_ASKS))
        bank = negatives.IN_A_WINDOW_WRITTEN if written else negatives.IN_A_WINDOW
        script.say("customer", stay(voice.phrase(bank)))
    elif scene == "email":
        add_email(voice, script)
    elif scene in SECRETS and not (scene == "BANK_ACCOUNT" and voice.chance(0.5)):
        Exchange(voice, script, scene, cue=True, written=written).run()
    else:
        add_cued(scene, voice, script, written=written)


def _small_talk(voice: Voice, script: Script, turns: int) -> None:
    for at in range(turns):
        agent = at % 2 == 1
        kind = voice.rng.random()
        if kind < 0.12:
            text = voice.phrase(BACKCHANNELS)
        elif kind < 0.2 and not agent:
            text = voice.phrase(ASIDES)
        else:
            text = voice.phrase(AGENT_TALK if agent else CUSTOMER_TALK)
            if voice.chance(0.25):
                text = f"{text} and {voice.phrase(AGENT_TALK if agent else CUSTOMER_TALK)}"
        script.say("agent" if agent else "customer", text)
