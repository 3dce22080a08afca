"""A Kafka broker for one process: the wire protocol from aiokafka's own structs, one version of each API."""

import asyncio
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from aiokafka.protocol.admin import ApiVersionRequest_v0
from aiokafka.protocol.api import RequestHeader_v1, RequestStruct
from aiokafka.protocol.commit import OffsetCommitRequest_v3, OffsetFetchRequest_v3
from aiokafka.protocol.coordination import FindCoordinatorRequest_v1
from aiokafka.protocol.fetch import FetchRequest_v4
from aiokafka.protocol.group import HeartbeatRequest_v1, JoinGroupRequest_v2, LeaveGroupRequest_v1, SyncGroupRequest_v1
from aiokafka.protocol.metadata import MetadataRequest_v1
from aiokafka.protocol.offset import OffsetRequest_v1
from aiokafka.protocol.produce import ProduceRequest_v7
from aiokafka.protocol.transaction import InitProducerIdRequest_v0
from aiokafka.structs import TopicPartition

from tests.simulation.faults import Fault, Faults
from tests.simulation.group import UNKNOWN_MEMBER, Group
from tests.simulation.log import PartitionLog, Stored
from tests.simulation.trace import Trace
from tests.simulation.wire import Connection, Reply

HOST, PORT = "127.0.0.1", 9092
NODE = 1
LATEST, EARLIEST = -1, -2
OFFSET_OUT_OF_RANGE, UNKNOWN_TOPIC, NOT_LEADER, TIMED_OUT, NO_COORDINATOR, NOT_COORDINATOR = 1, 3, 6, 7, 15, 16
TOPIC_DENIED, GROUP_DENIED = 29, 30
LOADING, NOT_ENOUGH_REPLICAS, NOT_ENOUGH_AFTER_APPEND, LEADER_NOT_AVAILABLE = 14, 19, 20, 5

APIS: dict[int, type[RequestStruct]] = {
    one.API_KEY: one
    for one in (
        ProduceRequest_v7, FetchRequest_v4, OffsetRequest_v1, MetadataRequest_v1, OffsetCommitRequest_v3, OffsetFetchRequest_v3,
        FindCoordinatorRequest_v1, JoinGroupRequest_v2, HeartbeatRequest_v1, LeaveGroupRequest_v1, SyncGroupRequest_v1,
        ApiVersionRequest_v0, InitProducerIdRequest_v0,
    )
}  # fmt: skip
# What a broker may answer although it can be reached: first nothing done, then done all the same.
REFUSALS: dict[type[RequestStruct], tuple[tuple[int, ...], tuple[int, ...]]] = {
    ProduceRequest_v7: (
        (NOT_LEADER, NOT_ENOUGH_REPLICAS, LEADER_NOT_AVAILABLE, TOPIC_DENIED),
        (TIMED_OUT, NOT_ENOUGH_AFTER_APPEND),
    ),
    FetchRequest_v4: ((NOT_LEADER, UNKNOWN_TOPIC, TOPIC_DENIED), ()),
    OffsetRequest_v1: ((NOT_LEADER, LEADER_NOT_AVAILABLE), ()),
    MetadataRequest_v1: ((LEADER_NOT_AVAILABLE,), ()),
    OffsetCommitRequest_v3: (
        (LOADING, NO_COORDINATOR, NOT_COORDINATOR, TIMED_OUT, GROUP_DENIED),
        (TIMED_OUT, NOT_COORDINATOR),
    ),
    OffsetFetchRequest_v3: ((LOADING, NOT_COORDINATOR, GROUP_DENIED), ()),
    FindCoordinatorRequest_v1: ((NO_COORDINATOR, GROUP_DENIED), ()),
    JoinGroupRequest_v2: ((LOADING, NO_COORDINATOR, NOT_COORDINATOR, UNKNOWN_MEMBER), ()),
    SyncGroupRequest_v1: ((NOT_COORDINATOR, UNKNOWN_MEMBER), ()),
    HeartbeatRequest_v1: ((NO_COORDINATOR, NOT_COORDINATOR, UNKNOWN_MEMBER), ()),
    LeaveGroupRequest_v1: ((), ()),
    ApiVersionRequest_v0: ((), ()),
    InitProducerIdRequest_v0: ((LOADING, NO_COORDINATOR, NOT_COORDINATOR), ()),
}


class Broker:
    """Topics, one group and the connections to them. `appended` is told of every record that a client writes."""

    def __init__(self, topics: dict[str, int], *, faults: Faults, trace: Trace) -> None:
        self.logs = {TopicPartition(name, number): PartitionLog() for name, n in topics.items() for number in range(n)}
        self.group = Group(trace)
        self.appended: Callable[[TopicPartition, Stored], None] = lambda _at, _record: None
        self._topics = topics
        self._faults = faults
        self._trace = trace
        self._producers = 0
        self._polls: dict[Callable[[], None], set[TopicPartition]] = {}
        self._handlers: dict[type[RequestStruct], Callable[[Any, Callable[..., None]], None]] = {
            ProduceRequest_v7: self._produce,
            FetchRequest_v4: self._fetch,
            OffsetRequest_v1: self._list_offsets,
            MetadataRequest_v1: lambda request, answer: answer(*self._metadata(request.topics, 0)),
            OffsetCommitRequest_v3: lambda request, answer: answer(0, _each(request, self.group.commit(request))),
            OffsetFetchRequest_v3: self._fetch_offsets,
            FindCoordinatorRequest_v1: lambda _, answer: answer(0, 0, "", NODE, HOST, PORT),
            JoinGroupRequest_v2: lambda request, answer: self.group.join(request, lambda *rest: answer(0, *rest)),
            SyncGroupRequest_v1: lambda request, answer: self.group.sync(request, lambda *rest: answer(0, *rest)),
            HeartbeatRequest_v1: lambda one, answer: answer(0, self.group.heartbeat(one.member_id, one.generation_id)),
            LeaveGroupRequest_v1: lambda request, answer: answer(0, self.group.leave(request.member_id)),
            ApiVersionRequest_v0: lambda _, answer: answer(
                0, [(key, one.API_VERSION, one.API_VERSION) for key, one in APIS.items()]
            ),
            InitProducerIdRequest_v0: self._init_producer,
        }

    async def start(self) -> asyncio.Server:
        """Listen."""
        return await asyncio.get_running_loop().create_server(lambda: Connection(self), HOST, PORT)

    def write(self, at: TopicPartition, batch: bytes) -> list[Stored]:
        """Append a batch and wake who waits for it."""
        _, stored, _ = self.logs[at].append(batch)
        self._wake(at)
        return stored or []

    def cut(self, buffer: bytes) -> tuple[bytes, bytes] | None:
        """Take one frame off: four bytes of length, then the request."""
        end = 4 + int.from_bytes(buffer[:4], "big") if len(buffer) >= 4 else 4
        return (buffer[4:end], buffer[end:]) if len(buffer) >= end and len(buffer) > 4 else None

    def fate(self, message: bytes) -> Fault:
        """Draw what becomes of a request."""
        kind = APIS[int.from_bytes(message[:2], "big")]
        now = asyncio.get_running_loop().time()
        fault = self._faults.draw("kafka", now, *REFUSALS[kind])
        if kind is not FetchRequest_v4 or fault.where.value > 1:
            self._trace.note("kafka", kind.__name__, fault.where.name, fault.code)
        return fault

    def handle(self, message: bytes, reply: Reply) -> None:
        """Do what a request asks."""
        kind, correlation, request = _read(message)
        self._handlers[kind](request, lambda *fields: reply(_frame(correlation, kind, fields)))

    def refusal(self, message: bytes, code: int) -> bytes:
        """Answer a request with an error."""
        kind, correlation, request = _read(message)
        fields: tuple[Any, ...]
        if kind is ProduceRequest_v7:
            fields = ([(t, [(p, code, -1, -1, -1) for p, _ in ps]) for t, ps in request.topics], 0)
        elif kind is FetchRequest_v4:
            fields = (0, [(t, [(p, code, -1, -1, [], b"") for p, *_ in ps]) for t, ps in request.topics])
        elif kind is OffsetRequest_v1:
            fields = ([(t, [(p, code, -1, -1) for p, *_ in ps]) for t, ps in request.topics],)
        elif kind is MetadataRequest_v1:
            fields = self._metadata(request.topics, code)
        elif kind is OffsetCommitRequest_v3:
            fields = (0, _each(request, code))
        elif kind is OffsetFetchRequest_v3:
            fields = (0, [], code)
        elif kind is FindCoordinatorRequest_v1:
            fields = (0, code, "", -1, "", -1)
        elif kind is InitProducerIdRequest_v0:
            fields = (0, code, -1, -1)
        else:
            if code == UNKNOWN_MEMBER:
                self.group.remove(request.member_id, "forgotten")
            rest: dict[Any, tuple[Any, ...]] = {JoinGroupRequest_v2: (-1, "", "", "", []), SyncGroupRequest_v1: (b"",)}
            fields = (0, code, *rest.get(kind, ()))
        return _frame(correlation, kind, fields)

    def _metadata(self, topics: Iterable[str] | None, code: int) -> tuple[Any, ...]:
        leader = -1 if code else NODE
        return (
            [(NODE, HOST, PORT, None)],
            NODE,
            [
                (0, topic, False, [(code, number, leader, [NODE], [NODE]) for number in range(self._topics[topic])])
                for topic in (self._topics if topics is None else topics)
                if topic in self._topics
            ],
        )

    def _init_producer(self, _request: Any, answer: Callable[..., None]) -> None:
        self._producers += 1
        answer(0, 0, self._producers, 0)

    def _produce(self, request: Any, answer: Callable[..., None]) -> None:
        results = []
        for topic, partitions in request.topics:
            done = []
            for number, data in partitions:
                at = TopicPartition(topic, number)
                code, stored, base = self.logs[at].append(bytes(data))
                for record in stored or ():
                    self._trace.note("append", topic, number, record.offset, record.key, record.value)
                    self.appended(at, record)
                self._wake(at)
                done.append((number, code, base, -1, 0))
            results.append((topic, done))
        answer(results, 0)

    def _fetch(self, request: Any, answer: Callable[..., None]) -> None:
        loop = asyncio.get_running_loop()

        def look() -> None:
            topics = [
                (topic, [self._slice(topic, *wanted) for wanted in partitions]) for topic, partitions in request.topics
            ]
            found = any(data or code for _, parts in topics for _, code, *_, data in parts)
            if found or loop.time() >= deadline - 1e-6:
                self._polls.pop(look, None)
                timer.cancel()
                answer(0, topics)

        deadline = loop.time() + request.max_wait_time / 1000
        timer = loop.call_at(deadline, look)
        self._polls[look] = {TopicPartition(topic, one[0]) for topic, parts in request.topics for one in parts}
        look()

    def _slice(self, topic: str, number: int, offset: int, max_bytes: int) -> tuple[Any, ...]:
        log = self.logs[TopicPartition(topic, number)]
        if offset > log.end:
            return number, OFFSET_OUT_OF_RANGE, -1, -1, [], b""
        return number, 0, log.end, log.end, [], log.after(offset, max_bytes)

    def _wake(self, at: TopicPartition) -> None:
        for look in [look for look, partitions in self._polls.items() if at in partitions]:
            look()

    def _list_offsets(self, request: Any, answer: Callable[..., None]) -> None:
        def offset(topic: str, number: int, stamp: int) -> int:
            log = self.logs[TopicPartition(topic, number)]
            if stamp in (EARLIEST, LATEST):
                return 0 if stamp == EARLIEST else log.end
            return next((one.offset for one in log.records.values() if one.timestamp_ms >= stamp), -1)

        answer([(t, [(p, 0, stamp, offset(t, p, stamp)) for p, stamp in ps]) for t, ps in request.topics])

    def _fetch_offsets(self, request: Any, answer: Callable[..., None]) -> None:
        wanted: dict[str, list[int]] = {}
        if request.topics is None:
            for at in self.group.offsets:
                wanted.setdefault(at.topic, []).append(at.partition)
        else:
            wanted = dict(request.topics)
        held = self.group.offsets
        answer(
            0,
            [
                (topic, [(number, *held.get(TopicPartition(topic, number), (-1, "")), 0) for number in numbers])
                for topic, numbers in wanted.items()
            ],
            0,
        )


def _each(request: Any, code: int) -> list[tuple[str, list[tuple[int, int]]]]:
    return [(topic, [(one[0], code) for one in partitions]) for topic, partitions in request.topics]


def _read(message: bytes) -> tuple[type[RequestStruct], int, Any]:
    buffer = BytesIO(message)
    key, _version, correlation, _client = (field.decode(buffer) for field in RequestHeader_v1.SCHEMA.fields)
    kind = APIS[key]
    return kind, correlation, kind.decode(buffer)


def _frame(correlation: int, kind: type[RequestStruct], fields: tuple[Any, ...]) -> bytes:
    body: bytes = correlation.to_bytes(4, "big") + kind.RESPONSE_TYPE(*fields).encode()
    return len(body).to_bytes(4, "big") + body
