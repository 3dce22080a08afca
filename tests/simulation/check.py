"""The promises, checked while a run goes on (at every append and every commit) and when it is over."""

from collections import defaultdict
from datetime import datetime
from typing import Any

import orjson
from aiokafka.structs import TopicPartition

from common import events
from common.events import InvalidEventError, TranscriptEvent
from common.topics import Topics
from consumer.checkpoint import decode
from tests.simulation.log import PartitionLog, Stored
from tests.simulation.model import SECRETS_MARK, Model
from tests.simulation.services import Index
from tests.simulation.virtual import EPOCH_SECONDS


class Violation(Exception):  # noqa: N818 - the word of the field
    """A promise is broken; says which, and where."""


class Checker:
    """Knows what was written and says what is wrong. Effects only add up, so what is finished once stays finished."""

    def __init__(self, model: Model, index: Index, topics: Topics, logs: dict[TopicPartition, PartitionLog]) -> None:
        self._model = model
        self._index = index
        self._topics = topics
        self._logs = logs
        self._checked: dict[TopicPartition, int] = defaultdict(int)
        self._audits: dict[str, set[str]] = defaultdict(set)
        self._unreadable: set[bytes] = set()
        self._letters: set[bytes] = set()
        self._postponed: dict[str, set[int]] = defaultdict(set)
        self._written: dict[str, int] = defaultdict(int)
        self._newest: dict[str, int] = defaultdict(int)
        self._changing = {event.key for event in model.events.values() if model.changes(event)}
        self._said: dict[str, int] = {}
        self._said_at: dict[str, datetime] = {}
        self.violations: list[str] = []

    def appended(self, at: TopicPartition, record: Stored) -> None:
        """Check one record that a member wrote."""
        if SECRETS_MARK in (record.value or b""):
            self._blame(f"raw text in {at.topic}")
        if at.topic == self._topics.audit:
            self._audited(record)
        elif at.topic == self._topics.dead_letters:
            self._letters.add(record.key or b"")
        else:
            event = events.decode(record.value)
            if at.topic == self._topics.events:
                self._written[event.event_id] += 1
            else:
                self._postponed[event.event_id].add(_rounds(record))

    def committed(self, at: TopicPartition, offset: int, metadata: str) -> None:
        """Check that nothing unfinished lies below a committed offset, or is called finished above it."""
        log = self._logs[at]
        if offset > log.end:
            self._blame(f"committed {offset} of {at.topic}/{at.partition}, which ends at {log.end}")
        above = [number for start, stop in decode(offset, metadata).finished for number in range(start, stop)]
        for number in (*range(self._checked[at], offset), *above):
            record = log.records.get(number)
            if record is not None and not self.finished(at, record):
                self._blame(f"committed {offset} past the unfinished {at.topic}/{at.partition}/{number}")
        self._checked[at] = max(self._checked[at], offset)

    def finished(self, at: TopicPartition, record: Stored) -> bool:
        """Tell whether every effect of some outcome of a record is there."""
        event = _event(record)
        if event is None:
            return f"{at.topic}:{at.partition}:{record.offset}".encode() in self._unreadable
        return self._ended(event) or _rounds(record) + 1 in self._postponed[event.event_id]

    def missing(self) -> list[str]:
        """Name the events that have not ended yet."""
        return [name for name, event in self._model.events.items() if not self._ended(event)]

    def final(self) -> None:
        """Check what has to be true when everything is worked off."""
        self._endings()
        self._held()
        for at, log in self._logs.items():
            if at.topic in (self._topics.events, *self._topics.retries):
                self.committed(at, log.end, "")

    def _endings(self) -> None:
        for name, event in self._model.events.items():
            expected, found = self._model.outcomes(event), self._audits[name]
            superseded = not found and self._ended(event)
            if not superseded and not (found and found <= expected):
                self._blame(f"{name} ended as {sorted(found)}, not as {sorted(expected)}")

    def _held(self) -> None:
        """Hold the index to what was there to be found, and the audit to the index."""
        held = {key: document.version for key, document in self._index.documents.items()}
        steady = {key: version for key, version in held.items() if key not in self._changing}
        if steady != self._model.index():
            self._blame(f"the index holds {steady}, not {self._model.index()}")
        for key, version in self._surely_found().items():
            if held.get(key, -1) < version:
                self._blame(f"the index lacks {key} at {version}, which was there to be found: {held.get(key)}")
        for key in sorted(held.keys() | self._said.keys()):
            if self._said.get(key) != held.get(key):
                self._blame(f"the audit says that {key} is indexed at {self._said.get(key)}, not at {held.get(key)}")
        for key, document in self._index.documents.items():
            if SECRETS_MARK in document.body or orjson.loads(document.body)["occurred_at"] != document.version:
                self._blame(f"the document {key} is not what it should be")

    def _surely_found(self) -> dict[str, int]:
        """Tell which version of the calls that appear an event found that waited to be read when its transcript was there."""
        found: dict[str, int] = {}
        for at, log in self._logs.items():
            if at.topic not in (self._topics.events, *self._topics.retries):
                continue
            for record in log.records.values():
                event, written = _event(record), record.timestamp_ms / 1000 - EPOCH_SECONDS
                if event is not None and event.key in self._changing and self._model.finds(event, written):
                    found[event.key] = max(found.get(event.key, -1), event.document_version)
        return found

    def _ended(self, event: TranscriptEvent) -> bool:
        if self._audits[event.event_id]:
            return True
        held = self._index.documents.get(event.key)
        if held is not None and event.key in self._changing:
            return True  # one that found nothing yields to a document of any version
        newest = max(held.version if held is not None else 0, self._newest[event.key])
        return newest > event.document_version  # superseded: a newer one has had its say

    def _audited(self, record: Stored) -> None:
        audit: dict[str, Any] = orjson.loads(record.value or b"")
        name, outcome = audit["event_id"], audit["outcome"]
        if name is None:
            if record.key not in self._letters:
                self._blame(f"{audit['key']} is audited without a dead letter")
            self._unreadable.add(record.key or b"")
            return
        event = self._model.events[name]
        held = self._index.documents.get(event.key)
        if outcome == "indexed" and (held is None or held.version < event.document_version):
            self._blame(f"{name} is audited as indexed and is not in the index")
        if outcome == "dead_lettered" and name.encode() not in self._letters:
            self._blame(f"{name} is audited as dead-lettered without a dead letter")
        if outcome == "expanded" and not all(self._written[one.event_id] for one in self._model.children(event)):
            self._blame(f"{name} is audited as expanded and not every child is written")
        self._audits[name].add(outcome)
        self._newest[event.key] = max(self._newest[event.key], event.document_version)
        said_at = datetime.fromisoformat(audit["timestamp"])
        if said_at < self._said_at.get(event.key, said_at):
            return  # a member that was cut off had it on its way: no promise is made about such a one
        self._said_at[event.key] = said_at
        if outcome == "indexed":
            self._said[event.key] = event.document_version
        else:
            self._said.pop(event.key, None)

    def _blame(self, what: str) -> None:
        self.violations.append(what)


def _event(record: Stored) -> TranscriptEvent | None:
    try:
        return events.decode(record.value)
    except InvalidEventError:
        return None


def _rounds(record: Stored) -> int:
    return int(dict(record.headers).get("attempts", b"0"))
