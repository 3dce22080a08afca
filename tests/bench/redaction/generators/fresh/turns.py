"""Numbers and e-mail addresses over several turns: with echoes, interruptions, corrections, repeats and a read-back."""

from tests.bench.redaction.generators.fresh import talk
from tests.bench.redaction.generators.fresh.details import DETAILS
from tests.bench.redaction.generators.fresh.dialogue import Dialogue
from tests.bench.redaction.generators.fresh.numbers import Digits, another
from tests.bench.redaction.generators.fresh.talker import Talker
from tests.bench.redaction.generators.fresh.words import Email
from tests.bench.redaction.generators.script import Secret, neutral
from tests.bench.redaction.generators.spoken import Pieces

OPENINGS = (
    "my {what} is",
    "so the {what}",
    "yeah I'll give you the {what}",
    "the {what}, let me read it",
    "okay so my {what}, are you ready",
    "it's about my {what}",
)


def split(call: Dialogue, name: str, number: Digits, *, cue: bool = True) -> None:
    """Tell a number in pieces."""
    voice = call.voice
    detail = DETAILS[name]
    if not cue:
        call.agent_says(voice.phrase(talk.READY))
    elif detail.what and voice.chance(0.25):
        call.caller_says(voice.phrase(OPENINGS), what=[call.caller.sentence(voice.one_of(*detail.what))])
        call.agent_says(voice.phrase(talk.BACKCHANNEL))
    else:
        call.ask(detail.ask)
        if voice.chance(0.2):
            call.stall()
    _pieces(call, number)
    if voice.chance(0.3):
        _read_back(call, number)
    elif voice.chance(0.5):
        call.agent_says(voice.phrase(talk.THANKS))


def _pieces(call: Dialogue, number: Digits) -> None:
    voice = call.voice
    secret = call.script.secret(number.kind, "fragments")
    echo = call.script.secret(number.kind, "echoed")
    chunks = number.chunks(voice)
    event_at = voice.between(0, len(chunks) - 1)
    event = voice.one_of("none", "none", "interruption", "self", "misheard", "repeat", "noise", "garbled")
    echoes = voice.one_of(0.0, 0.3, 0.9)
    for at, chunk in enumerate(chunks):
        told = _chunk(call.caller, chunk, secret)
        if at == 0:
            told = [*number.lead_in(call.caller, secret), *told]
        last = at == len(chunks) - 1
        here = event if at == event_at else "none"
        if here == "garbled":
            call.caller_says("{x}", x=[neutral(call.caller.sentence(voice.phrase(talk.GARBLED)))])
            call.agent_says(voice.phrase(talk.UNHEARD))
        if here == "self":
            wrong = neutral(call.digits(call.caller, another(voice, chunk)))
            call.caller_says(voice.phrase(talk.SELF_CORRECTED), x=told, wrong=[wrong])
        else:
            bank = talk.CHUNK_FIRST if at == 0 else talk.CHUNK_LAST if last else talk.CHUNK_NEXT
            call.caller_says(voice.phrase(bank), x=told)
        if here in ("none", "self", "garbled"):
            _answer(call, chunk, echo, echoes, last=last)
        else:
            _event(call, here, number.kind, chunk)


def _chunk(talker: Talker, chunk: str, secret: Secret) -> Pieces:
    cut = len(chunk) // 2
    groups = [chunk[:cut], chunk[cut:]] if len(chunk) > 4 and talker.voice.chance(0.5) else [chunk]
    return talker.number(groups, secret, (" ", "-", ""))


def _answer(call: Dialogue, chunk: str, echo: Secret, echoes: float, *, last: bool) -> None:
    voice = call.voice
    if voice.chance(echoes):
        call.agent_says(voice.phrase(talk.ECHO), x=[echo(call.digits(call.agent, chunk))])
    elif not last and voice.chance(0.75):
        call.agent_says(voice.phrase(talk.BACKCHANNEL))


def _event(call: Dialogue, event: str, kind: str, chunk: str) -> None:
    voice = call.voice
    if event == "interruption":
        call.agent_says(voice.phrase(talk.INTERRUPTIONS))
        if voice.chance(0.7):
            call.caller_says(voice.phrase(talk.RESUMPTIONS))
    elif event == "noise":
        call.caller_says(voice.phrase(talk.NOISE))
    elif event == "repeat":
        call.agent_says(voice.phrase(talk.UNHEARD))
        again = call.script.secret(kind, "repeat")
        call.caller_says(voice.phrase(talk.AGAIN), x=_chunk(call.caller, chunk, again))
    else:
        wrong = neutral(call.digits(call.agent, another(voice, chunk)))
        call.agent_says(voice.phrase(talk.ECHO), x=[wrong])
        right = call.script.secret(kind, "put right")
        call.caller_says(voice.phrase(talk.OBJECTION), x=_chunk(call.caller, chunk, right))


def _read_back(call: Dialogue, number: Digits) -> None:
    voice = call.voice
    if voice.chance(0.5):
        pieces = number.say(call.agent, call.script, "read back")
        call.agent_says(voice.phrase(talk.READ_BACK), x=pieces)
        call.caller_says(voice.phrase(talk.YES))
        return
    secret = call.script.secret(number.kind, "read back")
    for at, group in enumerate(number.natural()):
        template = voice.phrase(talk.READ_BACK) if at == 0 else "{x}"
        call.agent_says(template, x=[secret(call.digits(call.agent, group))])
        if voice.chance(0.5):
            call.caller_says(voice.phrase(talk.YES))


def split_email(call: Dialogue, address: Email) -> None:
    """Tell an e-mail address in two turns or three."""
    voice = call.voice
    call.ask(DETAILS["email"].ask)
    secret = call.script.secret("EMAIL", "fragments")
    before, behind = address.halves(call.caller, secret)
    if len(before) > 1 and voice.chance(0.5):
        call.caller_says(voice.phrase(talk.CHUNK_FIRST), x=before[:1])
        call.agent_says(voice.phrase(talk.BACKCHANNEL))
        before = before[1:]
    call.caller_says("{x}", x=before)
    call.agent_says(voice.phrase(talk.BACKCHANNEL))
    call.caller_says(voice.one_of("{x}", "{x}.", "Then {x}.", "And it's {x}."), x=behind)
    if voice.chance(0.3):
        call.agent_says(voice.phrase(talk.READ_BACK), x=address.say(call.agent, call.script, "read back"))
        call.caller_says(voice.phrase(talk.YES))
