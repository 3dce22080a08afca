"""One record of the events or retry topics as the worker handles it, with where it came from and how often it was tried."""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from aiokafka.structs import ConsumerRecord, TopicPartition

from common import events
from common.events import InvalidEventError, TranscriptEvent
from consumer.assignment import Assignment
from consumer.outcome import Source

TOPIC_HEADER = "original-topic"
PARTITION_HEADER = "original-partition"
OFFSET_HEADER = "original-offset"
TIMESTAMP_HEADER = "original-timestamp"
KEY_HEADER = "original-key"
ATTEMPTS_HEADER = "attempts"
REASON_HEADER = "reason"
TRACE_HEADER = "traceparent"

# https://www.w3.org/TR/trace-context/#traceparent-header-field-values
_TRACEPARENT = re.compile(rb"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}\Z")
_TOPIC = re.compile(r"[A-Za-z0-9._-]{1,249}\Z")

Header = tuple[str, bytes]


class Stage(Enum):
    """How far a record has come; what is only waiting can be given back to the group at no cost."""

    WAITING = auto()
    FETCHING = auto()
    SETTLING = auto()


@dataclass(slots=True, kw_only=True, eq=False)
class Work:
    """A readable record under one assignment of its partition."""

    event: TranscriptEvent
    partition: TopicPartition
    offset: int
    timestamp_ms: int
    assignment: Assignment
    source: Source
    rounds: int = 0
    traceparent: bytes | None = None
    stage: Stage = field(default=Stage.WAITING)
    incarnation: int = 0
    displaced: bool = False
    key: str = field(init=False)
    """The transcript this record is about."""

    def __post_init__(self) -> None:
        self.key = self.event.key


@dataclass(slots=True, kw_only=True, eq=False)
class Unreadable:
    """A record that is no event; nothing of its content is kept."""

    problem: str
    size_bytes: int
    partition: TopicPartition
    offset: int
    timestamp_ms: int
    assignment: Assignment
    source: Source
    stage: Stage = field(default=Stage.SETTLING)
    incarnation: int = 0

    @property
    def key(self) -> str:
        """A name of its own, which no transcript can have: ids hold no slash."""
        return f"{self.partition.topic}/{self.partition.partition}/{self.offset}"


def read(record: "ConsumerRecord[bytes, bytes]", assignment: Assignment) -> Work | Unreadable:
    """Read a record of the events topic or of a retry topic."""
    partition = TopicPartition(record.topic, record.partition)
    headers = dict(record.headers) if record.headers else {}
    source = _source(record, headers)
    try:
        event = events.decode(record.value)
    except InvalidEventError as error:
        return Unreadable(
            problem=f"invalid_{error.field}",
            size_bytes=len(record.value or b""),
            partition=partition,
            offset=record.offset,
            timestamp_ms=record.timestamp,
            assignment=assignment,
            source=source,
        )
    trace = headers.get(TRACE_HEADER)
    return Work(
        event=event,
        partition=partition,
        offset=record.offset,
        timestamp_ms=record.timestamp,
        assignment=assignment,
        source=source,
        rounds=_integer(headers.get(ATTEMPTS_HEADER)) or 0,
        traceparent=trace if trace is not None and _TRACEPARENT.match(trace) else None,
    )


def provenance(work: Work | Unreadable, *, reason: str) -> list[Header]:
    """State where a record first stood, how often it was tried and why it goes elsewhere now."""
    source = work.source
    headers: list[Header] = [
        (TOPIC_HEADER, source.topic.encode()),
        (PARTITION_HEADER, str(source.partition).encode()),
        (OFFSET_HEADER, str(source.offset).encode()),
        (TIMESTAMP_HEADER, str(source.timestamp_ms).encode()),
        (REASON_HEADER, reason.encode()),
    ]
    if isinstance(work, Unreadable):
        # Its own key may hold anything, so it is not passed on.
        return [*headers, (ATTEMPTS_HEADER, b"1")]
    headers += [(KEY_HEADER, work.key.encode()), (ATTEMPTS_HEADER, str(work.rounds + 1).encode())]
    return [*headers, *trace_headers(work)]


def trace_headers(work: Work) -> list[Header]:
    """Pass the trace context on, where a record has one."""
    return [(TRACE_HEADER, work.traceparent)] if work.traceparent is not None else []


def _source(record: "ConsumerRecord[bytes, bytes]", headers: dict[str, bytes]) -> Source:
    topic, partition = headers.get(TOPIC_HEADER), _integer(headers.get(PARTITION_HEADER))
    offset, timestamp = _integer(headers.get(OFFSET_HEADER)), _integer(headers.get(TIMESTAMP_HEADER))
    if (
        topic is None
        or partition is None
        or offset is None
        or timestamp is None
        or not _TOPIC.match(topic.decode("ascii", "replace"))
    ):
        return Source(
            topic=record.topic, partition=record.partition, offset=record.offset, timestamp_ms=record.timestamp
        )
    return Source(topic=topic.decode("ascii"), partition=partition, offset=offset, timestamp_ms=timestamp)


def _integer(value: bytes | None) -> int | None:
    return int(value) if value is not None and len(value) <= 18 and value.isdigit() else None  # noqa: PLR2004 - 64 bits
