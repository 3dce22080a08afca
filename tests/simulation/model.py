"""What a run is about: which calls there are, what Genesys and the index say of each, and how each event has to end."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from common import events
from common.events import Contract, TranscriptEvent
from tests.simulation.services import GENESYS_PORT, HOST

DEADLINE_SECONDS = 600.0
SECRET = "4111 1111 1111 1111"
SECRETS_MARK = SECRET.encode()


class Fate(Enum):
    """What is true of one call; faults come on top and pass."""

    READY = auto()
    LATE = auto()  # ready after a while
    FAILED = auto()  # the source says there will be none
    UNKNOWN = auto()  # the source does not know it
    GARBAGE = auto()  # the file cannot be read
    REFUSED = auto()  # the index refuses the document
    NEVER = auto()  # not ready until the deadline has passed
    APPEARING = auto()  # on its way, then unknown, then there after all: what is asked later finds it
    VANISHING = auto()  # there, then failed: what is asked later does not find it


OUTCOMES = {
    Fate.READY: frozenset({"indexed"}),
    Fate.LATE: frozenset({"indexed"}),
    Fate.FAILED: frozenset({"failed"}),
    Fate.UNKNOWN: frozenset({"dead_lettered"}),
    Fate.GARBAGE: frozenset({"dead_lettered"}),
    Fate.REFUSED: frozenset({"dead_lettered"}),
    Fate.NEVER: frozenset({"no_transcript", "dead_lettered"}),  # the latter if the source was down at the deadline
    Fate.APPEARING: frozenset({"indexed", "dead_lettered"}),
    Fate.VANISHING: frozenset({"indexed", "failed"}),
}
CHANGING = frozenset({Fate.APPEARING, Fate.VANISHING})
CHANGING_EVENTS = 4
QUALITY_STATUS = {Fate.FAILED: "failed", Fate.NEVER: "queued"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One transcript; `ready_at`, and `unknown_at` before it, are in seconds of the loop's clock."""

    key: str
    contract: Contract
    fate: Fate
    ready_at: float
    unknown_at: float = 0.0


@dataclass(slots=True, kw_only=True)
class Model:
    """All calls and events of a run, and the answers that follow from them."""

    calls: dict[str, Call] = field(default_factory=dict)
    conversations: dict[str, list[str]] = field(default_factory=dict)
    events: dict[str, TranscriptEvent] = field(default_factory=dict)

    @classmethod
    def draw(cls, rng: random.Random, *, epoch_ms: int, size: int) -> "Model":
        """Make calls of all kinds, mostly ready ones, and events of them in an order of their own."""
        model = cls()
        for number in range(size):
            model._draw_call(rng, number)
        asked = [rng.choice(list(model.calls.values())) for _ in range(int(size * 1.5))]
        if rng.random() < 0.7:
            asked += [model._draw_changing(rng, size)] * CHANGING_EVENTS
        for number, call in enumerate(asked):
            event = model._draw_event(rng, number, epoch_ms, call)
            model.events[event.event_id] = event
            for child in model.children(event):
                model.events[child.event_id] = child
        return model

    def arriving(self) -> Iterator[TranscriptEvent]:
        """List the events that come from outside."""
        children = {child.event_id for event in self.events.values() for child in self.children(event)}
        return (event for name, event in self.events.items() if name not in children)

    def children(self, event: TranscriptEvent) -> list[TranscriptEvent]:
        """List the events that one of a whole conversation has to become."""
        if not event.names_whole_conversation or event.conversation_id is None:
            return []
        sessions = self.conversations[event.conversation_id]
        return [events.child_of(event, session) for session in sessions]

    def outcomes(self, event: TranscriptEvent) -> frozenset[str]:
        """Tell how an event may end: in one way, unless faults make a difference; superseded is as good as indexed."""
        return frozenset({"expanded"}) if event.names_whole_conversation else OUTCOMES[self.calls[event.key].fate]

    def changes(self, event: TranscriptEvent) -> bool:
        """Tell whether it depends on the time of asking what the source says of this event's call."""
        return event.key in self.calls and self.calls[event.key].fate in CHANGING

    def finds(self, event: TranscriptEvent, at: float) -> bool:
        """Tell whether an event of a call that changes surely finds a transcript if it waits to be read at this time."""
        call = self.calls[event.key]
        return call.fate is Fate.APPEARING and at >= call.ready_at

    def index(self) -> dict[str, int]:
        """Tell which documents the index has to hold in the end, with their versions, of calls that do not change."""
        held: dict[str, int] = {}
        for event in self.events.values():
            if "indexed" in self.outcomes(event) and not self.changes(event):
                held[event.key] = max(held.get(event.key, 0), event.document_version)
        return held

    def refuses(self, key: str) -> bool:
        """Tell whether the index refuses this document."""
        return self.calls[key].fate is Fate.REFUSED

    def genesys(self, path: str, now: float) -> tuple[int, object]:
        """Answer a GET of the API or of a file: status and JSON."""
        parts = path.strip("/").split("/")
        if parts[0] == "files":
            return self._file(self.calls[parts[1].replace("%3A", ":")])
        if parts[2] == "quality":
            return self._quality(self.calls[parts[4]], now)
        if parts[2] == "analytics":
            sessions = [
                {"sessionId": one, "mediaType": "voice", "recording": True} for one in self.conversations[parts[4]]
            ]
            return 200, {"participants": [{"sessions": sessions}]}
        call = self.calls[f"{parts[4]}:{parts[6]}"]
        if call.fate is Fate.NEVER or now < call.ready_at:
            return 404, {}
        return 200, {"urls": [{"url": f"http://{HOST}:{GENESYS_PORT}/files/{call.key.replace(':', '%3A')}"}]}

    def _quality(self, call: Call, now: float) -> tuple[int, object]:
        if call.fate is Fate.UNKNOWN or (call.fate is Fate.APPEARING and call.unknown_at <= now < call.ready_at):
            return 404, {}
        if call.fate is Fate.VANISHING and now >= call.ready_at:
            return 200, {"status": "failed"}
        if call.fate is Fate.GARBAGE:
            return 200, {"status": "completed", "utterances": "none"}
        if call.fate in QUALITY_STATUS or (now < call.ready_at and call.fate is not Fate.VANISHING):
            return 200, {"status": QUALITY_STATUS.get(call.fate, "processing")}
        turn = {"speaker": "customer", "text": f"my card is {SECRET}", "start": 1, "end": 2, "confidence": 0.9}
        return 200, {"status": "completed", "language": "en-US", "utterances": [turn]}

    def _file(self, call: Call) -> tuple[int, object]:
        if call.fate is Fate.GARBAGE:
            return 200, {"transcripts": "none"}
        phrase = {"text": f"my card is {SECRET}", "participantPurpose": "customer", "startTimeMs": 1000}
        return 200, {"mediaType": "call", "transcripts": [{"phrases": [phrase]}]}

    def _draw_call(self, rng: random.Random, number: int) -> None:
        speech = rng.random() < 0.4
        others = [Fate.LATE, Fate.LATE, Fate.GARBAGE, Fate.REFUSED, Fate.NEVER]
        others += [] if speech else [Fate.FAILED, Fate.UNKNOWN]
        fate = Fate.READY if rng.random() < 0.7 else rng.choice(others)
        key = f"job-{number}"
        if speech:
            conversation = f"conversation-{rng.randrange(3)}"
            self.conversations.setdefault(conversation, []).append(f"leg-{number}")
            key = f"{conversation}:leg-{number}"
        ready_at = rng.uniform(3.0, 12.0) if fate is Fate.LATE else 0.0
        contract = Contract.SPEECH if speech else Contract.QUALITY
        self.calls[key] = Call(key=key, contract=contract, fate=fate, ready_at=ready_at)

    def _draw_changing(self, rng: random.Random, number: int) -> Call:
        """Make a call of which the source says one thing and then another, while its events come in."""
        ready_at = rng.uniform(1.0, 5.0)
        call = self.calls[f"job-{number}"] = Call(
            key=f"job-{number}",
            contract=Contract.QUALITY,
            fate=rng.choice((Fate.APPEARING, Fate.VANISHING)),
            ready_at=ready_at,
            unknown_at=max(rng.uniform(-ready_at, ready_at), 0.0),
        )
        return call

    def _draw_event(self, rng: random.Random, number: int, epoch_ms: int, call: Call) -> TranscriptEvent:
        # Newer and older events of one call may arrive in any order.
        occurred = epoch_ms + rng.randrange(1_000_000) * 1000 + number
        conversation, _, leg = call.key.partition(":") if call.contract is Contract.SPEECH else ("", "", "")
        whole = bool(conversation) and not self._any_never(conversation) and rng.random() < 0.3
        old = int(DEADLINE_SECONDS * 1000) - rng.randrange(8000)  # so that its deadline comes soon
        received = epoch_ms - old if call.fate is Fate.NEVER else epoch_ms
        return TranscriptEvent(
            event_id=f"event-{number}",
            contract=call.contract,
            type="simulated",
            transcription_id=None if conversation else call.key,
            conversation_id=conversation or None,
            communication_id=None if whole or not conversation else leg,
            occurred_at_ms=occurred,
            received_at_ms=received,
        )

    def _any_never(self, conversation: str) -> bool:
        return any(call.fate is Fate.NEVER for key, call in self.calls.items() if key.startswith(f"{conversation}:"))
