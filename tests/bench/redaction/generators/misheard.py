"""A card number with one digit misheard: another in its place, one left out, or one too many."""

from tests.bench.redaction.generators import values
from tests.bench.redaction.generators.one_utterance import BEFORE, SEPARATORS
from tests.bench.redaction.generators.phrases import ASK_CARD, LEADS, TAILS
from tests.bench.redaction.generators.script import Script
from tests.bench.redaction.generators.spoken import Speaker, any_groups
from tests.bench.redaction.generators.voice import Voice
from tests.bench.redaction.items import Item


def misheard_card(name: str, voice: Voice) -> Item:
    """Make one utterance, written or spoken; a third of them answer a question."""
    script = Script(decorated=voice.chance(0.3))
    secret = script.secret("CREDIT_CARD")
    groups = any_groups(voice, misheard(voice, values.card(voice).digits))
    if asked := voice.chance(0.33):
        script.say("agent", voice.phrase(ASK_CARD))
    before = voice.phrase(LEADS if asked else BEFORE["CREDIT_CARD"]) if voice.chance(0.7) else ""
    if voice.chance(0.5):
        number = [secret(voice.phrase(SEPARATORS).join(groups))]
    else:
        number = [*Speaker(voice, fillers=voice.one_of(0.0, 0.2)).groups(secret, groups)]  # type: ignore[list-item]
    script.say("customer", before, number, voice.phrase(TAILS))
    return script.item(name)


def misheard(voice: Voice, digits: str) -> str:
    """Substitute, delete or insert one digit."""
    at = voice.between(0, len(digits) - 1)
    other = str((int(digits[at]) + voice.between(1, 9)) % 10)
    return voice.one_of(
        digits[:at] + other + digits[at + 1 :], digits[:at] + digits[at + 1 :], digits[:at] + other + digits[at:]
    )
