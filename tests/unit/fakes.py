"""Tiny stand-ins for what lies outside a process; each keeps the real one's promises and notes what was asked of it."""

import asyncio
from asyncio import sleep as real_sleep
from collections.abc import Callable, Collection, Iterable, Mapping
from types import TracebackType
from typing import Any, Self

import aiohttp
import orjson
import pytest
from aiohttp.base_protocol import BaseProtocol
from aiokafka.errors import IllegalStateError
from aiokafka.structs import ConsumerRecord, OffsetAndMetadata, TopicPartition
from multidict import CIMultiDict
from prometheus_client import CollectorRegistry

from common import events
from common.events import Contract, TranscriptEvent
from consumer.circuit import CircuitLimits
from consumer.dependency import Dependency
from consumer.fetch import Fetched
from consumer.metrics import ConsumerMetrics
from consumer.outcome import Outcome
from consumer.search.backend import BulkAnswer, BulkFailure, BulkItem, Held
from consumer.search.indexer import Indexed, PutResult
from consumer.transcript import Transcript
from consumer.work import Header, Stage, Unreadable, Work

PATIENCE_SECONDS = 5.0
CARD = "4111 1111 1111 1111"


async def until(condition: Callable[[], object]) -> None:
    """Wait for a condition; fails the test by TimeoutError when it does not come."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 - what is waited for is the state of code under test, which has no event
            await real_sleep(0.001)


async def turn_over(times: int = 20) -> None:
    """Let everything run that can run, to show that something does not happen."""
    for _ in range(times):
        await real_sleep(0)


def note_sleeps(monkeypatch: pytest.MonkeyPatch, then: Callable[[float], None] = lambda _: None) -> list[float]:
    """Make asyncio.sleep return at once; the list names how long each sleep would have been."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        then(seconds)
        await real_sleep(0)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return slept


def new_metrics() -> ConsumerMetrics:
    """Build metrics in a registry of their own."""
    return ConsumerMetrics(CollectorRegistry())


def new_dependency(name: str = "elasticsearch", *, failures: int = 1) -> Dependency:
    """Build a dependency that is probed at once."""
    limits = CircuitLimits(failures=failures, first_probe_seconds=0.001, longest_probe_seconds=0.002)
    return Dependency(name, mend=lambda reason: f"mend {reason}", limits=limits)


def quality_event(transcription_id: str = "t-1", *, at_ms: int = 1000, event_id: str | None = None) -> TranscriptEvent:
    """Make an event of the quality contract, received at `at_ms`."""
    return TranscriptEvent(
        event_id=event_id or f"e-{transcription_id}-{at_ms}",
        contract=Contract.QUALITY,
        type="quality.transcription.completed",
        transcription_id=transcription_id,
        received_at_ms=at_ms,
    )


def speech_event(communication_id: str | None = "m-1", *, at_ms: int = 1000) -> TranscriptEvent:
    """Make an event of the speech contract; without a communication it names the whole conversation."""
    return TranscriptEvent(
        event_id="e-speech",
        contract=Contract.SPEECH,
        type="v2.conversations.transcription",
        conversation_id="c-1",
        communication_id=communication_id,
        received_at_ms=at_ms,
    )


def kafka_record(
    value: bytes | None,
    *,
    at: TopicPartition,
    offset: int,
    headers: Iterable[tuple[str, bytes]] = (),
    key: bytes | None = None,
    timestamp: int = 1,
) -> "ConsumerRecord[bytes, bytes]":
    """Make a record as aiokafka hands it out."""
    return ConsumerRecord(at.topic, at.partition, offset, timestamp, 0, key, value, None, 0, 0, tuple(headers))


class Clock:
    """A monotonic clock that stands still until it is told otherwise."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


def _accept(ids: list[str]) -> BulkAnswer:
    return BulkAnswer([BulkItem(201) for _ in ids])


class FakeBackend:
    """A search engine that takes everything, unless its script or `respond` says otherwise."""

    def __init__(
        self,
        *script: BulkAnswer | BulkFailure,
        respond: Callable[[list[str]], BulkAnswer | BulkFailure] = _accept,
        held: Iterable[Held | BulkFailure | None] = (),
    ) -> None:
        self.script = list(script)
        self.respond = respond
        self.looked_up = list(held)
        self.requests: list[list[str]] = []
        self.bodies: list[bytes] = []
        self.open = asyncio.Event()
        self.open.set()
        self.under_way = 0
        self.most_under_way = 0
        self.closed = False

    async def bulk(self, index: str, body: bytes) -> BulkAnswer | BulkFailure:
        """Answer the next of the script."""
        ids = [orjson.loads(line)["index"]["_id"] for line in body.splitlines()[::2]]
        self.requests.append(ids)
        self.bodies.append(body)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await self.open.wait()
        finally:
            self.under_way -= 1
        return self.script.pop(0) if self.script else self.respond(ids)

    async def held(self, index: str, document_id: str) -> Held | BulkFailure | None:
        """Answer the next look-up."""
        return self.looked_up.pop(0)

    async def close(self) -> None:
        """Note the end."""
        self.closed = True


class FakeSource:
    """Hands out the given results of fetching, one after another; the last one for ever."""

    def __init__(self, *results: Fetched | Exception) -> None:
        self.results = list(results)
        self.fetched: list[str] = []
        self.open = asyncio.Event()
        self.open.set()
        self.complete = asyncio.Event()
        self.complete.set()

    async def fetch(self, event: TranscriptEvent, received: Callable[[int], None]) -> Fetched:
        """Answer the next result; a transcript's bytes are read a moment before it is complete."""
        self.fetched.append(event.key)
        await self.open.wait()
        result = self.results.pop(0) if len(self.results) > 1 else self.results[0]
        if isinstance(result, Exception):
            raise result
        if isinstance(result, Transcript):
            received(result.size_bytes)
            await self.complete.wait()
        return result


class FakeIndex:
    """An index whose acknowledgement can be held back; writes down what happens in a journal shared with FakeRecords."""

    index = "the-index"

    def __init__(self, journal: list[str], result: PutResult | None = None) -> None:
        self.journal = journal
        self.result = result or Indexed()
        self.holds: Held | None = None
        self.documents: list[tuple[str, int, bytes]] = []
        self.pending: list[asyncio.Future[PutResult]] = []
        self.automatic = True

    def put(self, *, document_id: str, version: int, body: bytes) -> "asyncio.Future[PutResult]":
        """Take a document."""
        self.documents.append((document_id, version, body))
        self.journal.append("index")
        future: asyncio.Future[PutResult] = asyncio.get_running_loop().create_future()
        self.pending.append(future)
        if self.automatic:
            future.set_result(self.result)
        return future

    async def held(self, document_id: str) -> Held | None:
        """Say what the test put into `holds`."""
        self.journal.append("look up")
        return self.holds


class FakeRecords:
    """Kafka as the pipeline sees it: a record is written down when it is acknowledged, not when it is sent."""

    def __init__(self, journal: list[str], *, closed_topics: Iterable[str] = ()) -> None:
        self.journal = journal
        self.records: list[tuple[str, bytes, bytes, list[Header]]] = []
        self.sent: list[str] = []
        self.gates = {topic: asyncio.Event() for topic in closed_topics}

    async def put(self, topic: str, *, key: bytes, value: bytes, headers: list[Header]) -> None:
        """Write one record."""
        self.sent.append(topic)
        if (gate := self.gates.get(topic)) is not None:
            await gate.wait()
        self.records.append((topic, key, value, headers))
        self.journal.append(topic)

    def of(self, topic: str) -> list[tuple[bytes, dict[str, Any], dict[str, bytes]]]:
        """List key, decoded value and headers of a topic's records."""
        return [
            (key, orjson.loads(value), dict(headers)) for name, key, value, headers in self.records if name == topic
        ]


class FakeConsumer:
    """A Kafka consumer over records in memory, with the habits of aiokafka's that the worker depends on."""

    def __init__(self, *partitions: TopicPartition) -> None:
        self.log: dict[TopicPartition, list[ConsumerRecord[bytes, bytes]]] = {one: [] for one in partitions}
        self.positions = dict.fromkeys(partitions, 0)
        self.group_offsets: dict[TopicPartition, int] = {}
        self.halted: set[TopicPartition] = set()
        self.ever_paused: list[TopicPartition] = []
        self.seeks: list[tuple[TopicPartition, int]] = []
        self.commits: list[dict[TopicPartition, int]] = []
        self.stored: dict[TopicPartition, OffsetAndMetadata] = {}
        self.commit_errors: list[Exception] = []
        self.asked: list[int | None] = []
        self.during_poll: Callable[[], None] | None = None
        self.unreachable: Exception | None = None
        self._fetcher: object = None

    def add(
        self,
        at: TopicPartition,
        *values: TranscriptEvent | bytes | None,
        headers: Iterable[tuple[str, bytes]] = (),
        timestamp: int = 1,
    ) -> None:
        """Append records to a partition."""
        for value in values:
            log = self.log[at]
            offset = log[-1].offset + 1 if log else 0
            body = events.encode(value) if isinstance(value, TranscriptEvent) else value
            log.append(kafka_record(body, at=at, offset=offset, headers=headers, timestamp=timestamp))

    async def getmany(
        self, *, timeout_ms: int = 0, max_records: int | None = None
    ) -> dict[TopicPartition, list["ConsumerRecord[bytes, bytes]"]]:
        """Hand out what lies ahead of the positions and move them."""
        self.asked.append(max_records)
        found: dict[TopicPartition, list[ConsumerRecord[bytes, bytes]]] = {}
        left = max_records if max_records is not None else 1_000_000
        for at, log in self.log.items():
            if at in self.halted or not left:
                continue
            if batch := [one for one in log if one.offset >= self.positions[at]][:left]:
                found[at] = batch
                left -= len(batch)
                self.positions[at] = batch[-1].offset + 1
        await real_sleep(0 if found else 0.001)
        if found and (act := self.during_poll) is not None:
            self.during_poll = None
            act()
        return found

    def assignment(self) -> set[TopicPartition]:
        """Tell what is assigned."""
        return set(self.log)

    def pause(self, *partitions: TopicPartition) -> None:
        """Stop handing out records of some partitions."""
        self.halted.update(partitions)
        self.ever_paused += partitions

    def resume(self, *partitions: TopicPartition) -> None:
        """Hand records out again."""
        self.halted.difference_update(partitions)

    def seek(self, partition: TopicPartition, offset: int) -> None:
        """Move a position."""
        if partition not in self.log:
            raise IllegalStateError("not assigned")
        self.seeks.append((partition, offset))
        self.positions[partition] = offset

    async def seek_to_beginning(self, *partitions: TopicPartition) -> None:
        """Move to the oldest record."""
        for partition in partitions:
            self.seek(partition, 0)

    async def committed(self, partition: TopicPartition) -> int | None:
        """Tell what the group committed."""
        return self.group_offsets.get(partition)

    async def position(self, partition: TopicPartition) -> int:
        """Tell the next offset to be handed out."""
        return self.positions[partition]

    async def commit(self, offsets: Mapping[TopicPartition, OffsetAndMetadata]) -> None:
        """Note a commit."""
        if self.commit_errors:
            raise self.commit_errors.pop(0)
        self.stored.update(offsets)
        plain = {partition: one.offset for partition, one in offsets.items()}
        self.commits.append(plain)
        self.group_offsets.update(plain)

    async def end_offsets(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, int]:
        """Tell one past the last record of partitions, as the broker knows it."""
        if self.unreachable is not None:
            raise self.unreachable
        return {one: self.highwater(one) for one in partitions}

    async def topics(self) -> set[str]:
        """Ask the brokers for anything at all."""
        if self.unreachable is not None:
            raise self.unreachable
        return {one.topic for one in self.log}

    async def read(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, OffsetAndMetadata]:
        """Read the group's commits with their metadata, as the admin client does."""
        return {one: self.stored[one] for one in partitions if one in self.stored}

    def highwater(self, partition: TopicPartition) -> int:
        """Tell one past the last record."""
        log = self.log[partition]
        return log[-1].offset + 1 if log else 0


class FakePipeline:
    """Finishes records at once, or when a test opens the gate of an event; notes the order of beginnings and ends."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.ended: list[str] = []
        self.buried: list[tuple[str, str]] = []
        self.unreadable: list[str] = []
        self.displaced: list[tuple[str, str]] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.stages: dict[str, Stage] = {}
        self.failures: dict[str, int] = {}
        self.cancelled: list[str] = []

    def hold(self, *event_ids: str, stage: Stage = Stage.FETCHING) -> None:
        """Let events take until `release`, in a stage."""
        for event_id in event_ids:
            self.gates[event_id] = asyncio.Event()
            self.stages[event_id] = stage

    def release(self, *event_ids: str) -> None:
        """Let held events end."""
        for event_id in event_ids:
            self.gates[event_id].set()

    async def process(self, work: Work) -> Outcome:
        """Bring one event to its end."""
        name = work.event.event_id
        self.began.append(name)
        if self.failures.get(name, 0) > 0:
            self.failures[name] -= 1
            raise ZeroDivisionError(CARD)
        work.stage = self.stages.get(name, Stage.SETTLING)
        if name in self.gates:
            try:
                await self.gates[name].wait()
            except asyncio.CancelledError:
                self.cancelled.append(name)
                raise
        self.ended.append(name)
        return Outcome.INDEXED

    async def displace(self, work: Work, reason: str) -> Outcome:
        """Note a record that was sent away."""
        self.displaced.append((work.event.event_id, reason))
        return Outcome.POSTPONED

    async def bury(self, work: Work, reason: str) -> Outcome:
        """Note a dead letter."""
        self.buried.append((work.event.event_id, reason))
        return Outcome.DEAD_LETTERED

    async def bury_unreadable(self, record: Unreadable) -> Outcome:
        """Note a dead letter that is no event."""
        self.unreadable.append(record.key)
        return Outcome.DEAD_LETTERED


class FakeResponse:
    """An HTTP answer whose body arrives in the given pieces, each on a turn of its own, and its end after them."""

    def __init__(self, status: int, *pieces: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.headers: CIMultiDict[str] = CIMultiDict(headers or {})
        self.closed = False
        loop = asyncio.get_running_loop()
        protocol = BaseProtocol(loop)
        protocol.connection_made(asyncio.Transport())
        self.content = aiohttp.StreamReader(protocol, 2**16, loop=loop)
        self._pieces = list(pieces)
        self._feed()

    def _feed(self) -> None:
        if not self._pieces:
            self.content.feed_eof()
            return
        self.content.feed_data(self._pieces.pop(0))
        asyncio.get_running_loop().call_soon(self._feed)

    def close(self) -> None:
        """Drop the connection."""
        self.closed = True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class _Failing:
    def __init__(self, error: Exception) -> None:
        self._error = error

    async def __aenter__(self) -> FakeResponse:
        raise self._error

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class _Opening:
    """Answers once the gate of its session is open, as a server that takes its time would."""

    def __init__(self, session: "FakeSession", make: Callable[[], FakeResponse]) -> None:
        self._session = session
        self._make = make

    async def __aenter__(self) -> FakeResponse:
        await self._session.open.wait()
        return self._make()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


Reply = Callable[[], FakeResponse] | Exception


class FakeSession:
    """aiohttp's session without a wire: tokens come from `tokens`, everything else from `replies`; the last one repeats."""

    def __init__(self, *replies: Reply, tokens: Iterable[Reply] = ()) -> None:
        self.replies = list(replies)
        self.tokens = list(tokens)
        self.requests: list[tuple[str, str, dict[str, Any]]] = []
        self.token_requests: list[dict[str, Any]] = []
        self.open = asyncio.Event()
        self.open.set()
        self.closed = False

    def request(self, method: str, url: object, **more: Any) -> "_Opening | _Failing":
        """Note a request and answer the next reply."""
        self.requests.append((method, str(url), more))
        return self._answer(self.replies)

    def get(self, url: object, **more: Any) -> "_Opening | _Failing":
        """Note a download and answer the next reply."""
        return self.request("GET", url, **more)

    def post(self, url: str, **more: Any) -> "_Opening | _Failing":
        """Note a request for a token and answer the next one."""
        self.token_requests.append({"url": url, **more})
        return self._answer(self.tokens)

    def _answer(self, replies: list[Reply]) -> "_Opening | _Failing":
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        return _Failing(reply) if isinstance(reply, Exception) else _Opening(self, reply)

    async def close(self) -> None:
        """Note the end."""
        self.closed = True
