"""What the senders send, and what has to become of it. Pure: the same seed gives the same events.

Outcomes do not depend on the faults of a schedule: what is in the way passes, and the deadline is far away. So every key
has one outcome that is right, whatever was killed when.
"""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from tests.simulator.events import PARTIAL_TEXT, Delivery, conversation_end, eventbridge, trigger, webhook
from tests.simulator.generator import Call, communication_of, generate

MOST_EVENTS = 10_000  # what one search of the index returns, and a bound on what a run may send
UTTERANCES = 12
DAY_MS = 86_400_000
_TAG = re.compile(r"\[REDACTED_[A-Z_]+\]")

# What is sent, in shares of a thousand. Dead letters are few, and spread: a flood of them is another story.
SHARES: Mapping[str, int] = {
    "webhook": 370,
    "eventbridge": 250,
    "trigger": 120,
    "conversation": 70,  # names a whole conversation: one child per recorded session
    "updated": 40,  # a newer event of the same session follows
    "outdated": 30,  # an older event of the same session follows
    "failed": 30,
    "late": 50,  # not ready for a few polls (quality)
    "late-link": 25,  # the same (speech)
    "unknown": 8,
    "refused": 7,
}
ENDS = {"failed": "failed", "unknown": "dead_lettered", "refused": "dead_lettered"}
FOLLOWED = ("updated", "outdated")
TWICE_SHARE = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One event: when it is sent, which call it is about, its source's own id and time (None where the scheme has none)."""

    at_seconds: float
    kind: str
    call_id: str
    event_id: str | None = None
    occurred_seconds: float | None = None
    twice: bool = False
    fault: Mapping[str, Any] | None = None

    @property
    def key(self) -> str:
        """The key under which the event stands on the topic."""
        quality = self.kind in ("webhook", "failed", "late", "unknown", "refused")
        return self.call_id if quality or self.kind == "conversation" else session_key(self.call_id)

    @property
    def expected(self) -> dict[str, str]:
        """Every key that this event brings about, with the outcome it has to have."""
        if self.kind == "conversation":
            return {self.key: "expanded", session_key(self.call_id): "indexed"}
        return {self.key: ENDS.get(self.kind, "indexed")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What has to be true in the end: the outcome of every key, and the call behind every key that is indexed."""

    outcomes: Mapping[str, str]
    calls: Mapping[str, Call] = field(repr=False)

    def planted(self) -> frozenset[str]:
        """List the digits of every number that must not be seen anywhere."""
        outside = {re.sub(r"\D", "", text) for text in re.findall(r"[(\d][\d ()-]{9,}\d", PARTIAL_TEXT)}
        return frozenset(outside | {one.digits for call in self.calls.values() for one in call.planted})


def session_key(call_id: str) -> str:
    """Name the recorded session of a conversation as a topic's key."""
    return f"{call_id}:{communication_of(call_id)}"


def traffic(seed: int, *, seconds: float, rate: float) -> tuple[Sending, ...]:
    """Plan the events of one run, `rate` a second. Raises ValueError for more than a run may send."""
    count = int(seconds * rate)
    if count * 2 > MOST_EVENTS:
        raise ValueError(f"{count} events are too many: at most {MOST_EVENTS // 2}")
    rng = random.Random(f"traffic/{seed}")
    kinds, weights = list(SHARES), list(SHARES.values())
    found: list[Sending] = []
    for number in range(count):
        found += _sending(rng, seed, number, rng.choices(kinds, weights=weights)[0], number / rate)
    return tuple(sorted(found, key=lambda one: one.at_seconds))


def _sending(rng: random.Random, seed: int, number: int, kind: str, at: float) -> list[Sending]:
    call = f"nobody-{seed}-{number}" if kind == "unknown" else f"gen-{seed}-{number}"
    if kind in FOLLOWED:
        step = 1.0 if kind == "updated" else -1.0
        times = (at, at + step * rng.uniform(0.5, 30.0))
        return [
            Sending(
                at_seconds=at + later,
                kind=kind,
                call_id=call,
                event_id=f"eb-{seed}-{number}-{order}",
                occurred_seconds=times[order],
            )
            for order, later in ((0, 0.0), (1, rng.uniform(0.0, 4.0)))
        ]
    faults: dict[str, dict[str, Any]] = {
        "failed": {"operation": "transcript", "statuses": ["queued", "failed"]},
        "late": {"operation": "transcript", "not_ready": rng.randrange(1, 5)},
        "late-link": {"operation": "link", "not_ready": rng.randrange(1, 5)},
        "refused": {"operation": "transcript", "status": 418, "times": 1_000_000},
    }
    known_time = kind in ("eventbridge", "conversation", "late-link")
    return [
        Sending(
            at_seconds=at,
            kind=kind,
            call_id=call,
            event_id=f"eb-{seed}-{number}" if known_time else None,
            occurred_seconds=at if known_time else None,
            twice=rng.random() < TWICE_SHARE,
            fault={"id": call, **faults[kind]} if kind in faults else None,
        )
    ]


def delivery(sending: Sending, *, secret: str, api_key: str, start_ms: int) -> Delivery:
    """Make the request of an event, the same one at every try. `start_ms` is the epoch time of the run's start."""
    session = communication_of(sending.call_id)
    if sending.event_id is None or sending.occurred_seconds is None:
        if sending.kind == "trigger":
            return trigger(sending.call_id, session, secret=secret)
        return webhook(sending.call_id, secret=secret)
    time_ms = start_ms + int(sending.occurred_seconds * 1000)
    if sending.kind == "conversation":
        return conversation_end(sending.call_id, api_key=api_key, event_id=sending.event_id, time_ms=time_ms)
    return eventbridge(
        sending.call_id,
        session,
        api_key=api_key,
        event_id=sending.event_id,
        time_ms=time_ms,
        partial_text=PARTIAL_TEXT,
    )


def overdue(seed: int, *, start_ms: int) -> tuple[str, bytes, dict[str, Any]]:
    """Make a record whose deadline is over, and whose transcript never comes: its key, its value, the simulator's fault."""
    call = f"gen-{seed}-{MOST_EVENTS}"
    value = {
        "version": 1,
        "event_id": f"overdue-{seed}",
        "contract": "quality",
        "type": "quality.transcription.completed",
        "transcription_id": call,
        "received_at_ms": start_ms - 2 * DAY_MS,
    }
    return call, orjson.dumps(value), {"id": call, "operation": "transcript", "not_ready": 1_000_000}


def model(sendings: Iterable[Sending]) -> Model:
    """Say what has to become of these events."""
    outcomes: dict[str, str] = {}
    calls: dict[str, Call] = {}
    for sending in sendings:
        outcomes |= sending.expected
        if sending.kind != "unknown" and sending.key not in calls:
            call = call_of(sending.call_id)
            calls |= dict.fromkeys(sending.expected, call)
    return Model(outcomes=outcomes, calls=calls)


def call_of(call_id: str) -> Call:
    """Make the call that the simulator serves under an id of the form gen-SEED-INDEX."""
    _, seed, index = call_id.split("-")
    return generate(int(seed), int(index), utterances=UTTERANCES, call_id=call_id)


def texts_of(key: str, call: Call) -> list[str]:
    """List what was said, turn by turn: the punctuated form under the speech contract (its keys name a session)."""
    return [(turn.decorated or turn.text) if ":" in key else turn.text for turn in call.turns]


def is_redacted(key: str, call: Call, texts: Sequence[str]) -> bool:
    """Tell whether these are the texts of a call with its numbers hidden, and most of the rest as it was said."""
    said = texts_of(key, call)
    written = {one.utterance: one.written for one in call.planted}
    if len(texts) != len(said):
        return False
    right = all(
        _covers(text, raw, written.get(number)) for number, (text, raw) in enumerate(zip(texts, said, strict=True))
    )
    return right and 2 * sum(text == raw for text, raw in zip(texts, said, strict=True)) >= len(said)


def _covers(text: str, raw: str, written: str | None) -> bool:
    """Tell whether a text is the raw one with stretches under tags, the number among them. Which stretches, redaction decides."""
    pieces = _TAG.split(text)
    if len(pieces) == 1:
        return written is None and text == raw
    pattern = ".+".join(re.escape(piece) for piece in pieces)
    return re.fullmatch(pattern, raw, re.DOTALL) is not None and (written is None or written not in text)
