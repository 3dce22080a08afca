"""What was found in topics and index, as values that the invariants judge. Pure: raw records in, facts out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson
from aiokafka.structs import ConsumerRecord

EVENTS, DEAD_LETTERS, AUDIT = "events", "dead-letters", "audit"
RETRIES = ("retry-1", "retry-2", "retry-3")
TOPICS = (EVENTS, *RETRIES, DEAD_LETTERS, AUDIT)


class Place(NamedTuple):
    """Where a record stands; topics without their prefix."""

    topic: str
    partition: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFact:
    """A record of the events topic; key, id and version are None for one that is no event."""

    place: Place
    key: str | None
    event_id: str | None
    version: int | None
    timestamp_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryFact:
    """A postponed event: where it stands, where it first stood, how often it was tried."""

    place: Place
    source: Place
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFact:
    """A record of the audit topic. `key` is the record's, `stated_key` the one in its value."""

    place: Place
    key: str
    stated_key: str
    outcome: str
    source: Place
    event_id: str | None
    version: int | None
    redacted: int
    timestamp_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetterFact:
    """A record of the dead letters and where it first stood."""

    place: Place
    source: Place


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DocumentFact:
    """A document of the index: its external version and the texts of its utterances, in order."""

    version: int
    texts: tuple[str, ...]


@dataclass(slots=True)
class Topics:
    """Everything read so far, in the order of each partition. Grows as more is read."""

    events: list[EventFact] = field(default_factory=list)
    retries: list[RetryFact] = field(default_factory=list)
    audits: list[AuditFact] = field(default_factory=list)
    dead_letters: list[DeadLetterFact] = field(default_factory=list)

    def add(self, record: "ConsumerRecord[bytes, bytes]", *, prefix: str) -> None:
        """Take one raw record in. Raises ValueError for an audit, retry or dead-letter record that breaks its contract."""
        place = Place(_short(record.topic, prefix), record.partition, record.offset)
        if place.topic == EVENTS:
            self.events.append(_event(record, place))
        elif place.topic == AUDIT:
            self.audits.append(_audit(record, place, prefix))
        elif place.topic == DEAD_LETTERS:
            self.dead_letters.append(DeadLetterFact(place=place, source=_source(record, prefix)))
        else:
            attempts = int(dict(record.headers)["attempts"])
            self.retries.append(RetryFact(place=place, source=_source(record, prefix), attempts=attempts))


def documents(hits: Iterable[Mapping[str, Any]]) -> dict[str, DocumentFact]:
    """Read the hits of a search, by id."""
    return {
        hit["_id"]: DocumentFact(
            version=hit["_version"], texts=tuple(one["text"] for one in hit["_source"].get("utterances", ()))
        )
        for hit in hits
    }


def _event(record: "ConsumerRecord[bytes, bytes]", place: Place) -> EventFact:
    unreadable = EventFact(place=place, key=None, event_id=None, version=None, timestamp_ms=record.timestamp)
    try:
        value = orjson.loads(record.value)
        occurred = value.get("occurred_at_ms")
        return EventFact(
            place=place,
            key=record.key.decode(),
            event_id=value["event_id"],
            version=value["received_at_ms"] if occurred is None else occurred,
            timestamp_ms=record.timestamp,
        )
    except (ValueError, KeyError, AttributeError, TypeError):
        return unreadable


def _audit(record: "ConsumerRecord[bytes, bytes]", place: Place, prefix: str) -> AuditFact:
    value = orjson.loads(record.value)
    source = value["source"]
    return AuditFact(
        place=place,
        key=record.key.decode(),
        stated_key=value["key"],
        outcome=value["outcome"],
        source=Place(_short(source["topic"], prefix), source["partition"], source["offset"]),
        event_id=value["event_id"],
        version=value["document_version"],
        redacted=value["redacted_entities"],
        timestamp_ms=record.timestamp,
    )


def _source(record: "ConsumerRecord[bytes, bytes]", prefix: str) -> Place:
    headers = dict(record.headers)
    topic, partition, offset = (headers[f"original-{name}"].decode() for name in ("topic", "partition", "offset"))
    return Place(_short(topic, prefix), int(partition), int(offset))


def _short(topic: str, prefix: str) -> str:
    return topic.removeprefix(f"{prefix}.")
