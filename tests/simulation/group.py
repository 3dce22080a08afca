"""The coordinator of one consumer group, as Kafka's: members, generations, sessions and committed offsets."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from aiokafka.structs import TopicPartition

from tests.simulation.trace import Trace

REBALANCE_IN_PROGRESS, ILLEGAL_GENERATION, UNKNOWN_MEMBER = 27, 22, 25

Answer = Callable[..., None]


class State(Enum):
    """Where a group stands in a rebalance."""

    EMPTY = auto()
    JOINING = auto()  # waiting for the members to come back
    SYNCING = auto()  # waiting for the leader's assignment
    STABLE = auto()


@dataclass(slots=True, eq=False)
class Member:
    """One member, and what it waits for. Times in seconds of the loop's clock."""

    id: str
    session: float
    rebalance: float
    protocols: list[tuple[str, bytes]]
    expiry: asyncio.TimerHandle | None = None
    joining: Answer | None = None
    syncing: Answer | None = None


@dataclass(slots=True, eq=False)
class Group:
    """The state of the group; `committed` is told of every commit before it counts."""

    trace: Trace
    committed: Callable[[TopicPartition, int, str], None] = lambda _at, _offset, _metadata: None
    state: State = State.EMPTY
    generation: int = 0
    members: dict[str, Member] = field(default_factory=dict)
    leader: str = ""
    assignment: dict[str, bytes] = field(default_factory=dict)
    offsets: dict[TopicPartition, tuple[int, str]] = field(default_factory=dict)
    _names: int = 0
    _deadline: asyncio.TimerHandle | None = None

    def join(self, request: Any, answer: Answer) -> None:
        """Let a member in, or back in; answers when all are there or the rebalance timeout is over."""
        name = request.member_id
        if name and name not in self.members:
            answer(UNKNOWN_MEMBER, -1, "", "", name, [])
            return
        if not name:
            self._names += 1
            name = f"member-{self._names}"
        member = self.members.setdefault(name, Member(name, 0.0, 0.0, []))
        member.session, member.rebalance = request.session_timeout / 1000, request.rebalance_timeout / 1000
        member.protocols = request.group_protocols
        member.joining = answer
        self._stop_expiry(member)
        self._rebalance()
        self._complete_if_all_joined()

    def sync(self, request: Any, answer: Answer) -> None:
        """Answer with the member's part once the leader has said who gets what."""
        member, error = self._known(request.member_id, request.generation_id)
        if member is None:
            answer(error, b"")
        elif self.state is State.JOINING:
            answer(REBALANCE_IN_PROGRESS, b"")
        elif self.state is State.STABLE:
            answer(0, self.assignment.get(member.id, b""))
        else:
            self._touch(member)
            member.syncing = answer
            if member.id == self.leader:
                self._distribute(dict(request.group_assignment))

    def heartbeat(self, member_id: str, generation: int) -> int:
        """Keep a session alive; the error code says what to do."""
        member, error = self._known(member_id, generation)
        if member is None:
            return error
        self._touch(member)
        return REBALANCE_IN_PROGRESS if self.state is State.JOINING else 0

    def leave(self, member_id: str) -> int:
        """Let a member go."""
        if member_id not in self.members:
            return UNKNOWN_MEMBER
        self.remove(member_id, "left")
        return 0

    def remove(self, member_id: str, why: str) -> None:
        """Throw a member out and share its partitions among the others."""
        if (member := self.members.pop(member_id, None)) is None:
            return
        self.trace.note("group", member_id, why)
        self._stop_expiry(member)
        self._rebalance()
        self._complete_if_all_joined()

    def commit(self, request: Any) -> int:
        """Keep the offsets of a member of this generation. Without a generation (a tool's commit): if nobody is there."""
        member, error = self._known(request.consumer_id, request.consumer_group_generation_id)
        if member is None:
            return error
        if self.state is State.SYNCING:
            return REBALANCE_IN_PROGRESS
        self._touch(member)
        for topic, partitions in request.topics:
            for partition, offset, metadata in partitions:
                at = TopicPartition(topic, partition)
                self.trace.note("commit", member.id, topic, partition, offset, metadata)
                self.committed(at, offset, metadata)
                self.offsets[at] = (offset, metadata)
        return 0

    def _known(self, member_id: str, generation: int) -> tuple[Member | None, int]:
        member = self.members.get(member_id)
        if member is None:
            return None, UNKNOWN_MEMBER
        return (member, 0) if generation == self.generation else (None, ILLEGAL_GENERATION)

    def _touch(self, member: Member) -> None:
        self._stop_expiry(member)
        loop = asyncio.get_running_loop()
        member.expiry = loop.call_later(member.session, self.remove, member.id, "expired")

    def _stop_expiry(self, member: Member) -> None:
        if member.expiry is not None:
            member.expiry.cancel()

    def _rebalance(self) -> None:
        if self.state is State.JOINING:
            return
        self.state = State.JOINING
        for member in self.members.values():
            if (answer := member.syncing) is not None:
                member.syncing = None
                answer(REBALANCE_IN_PROGRESS, b"")
        longest = max((member.rebalance for member in self.members.values()), default=0.0)
        self._deadline = asyncio.get_running_loop().call_later(longest, self._give_up_on_the_missing)

    def _give_up_on_the_missing(self) -> None:
        if self.state is State.JOINING:
            for name in [name for name, member in self.members.items() if member.joining is None]:
                self.trace.note("group", name, "did not come back")
                self._stop_expiry(self.members.pop(name))
            self._complete_if_all_joined()

    def _complete_if_all_joined(self) -> None:
        if self.state is not State.JOINING or any(member.joining is None for member in self.members.values()):
            return
        if self._deadline is not None:
            self._deadline.cancel()
        self.generation += 1
        self.assignment = {}
        if not self.members:
            self.state = State.EMPTY
            return
        self.state = State.SYNCING
        if self.leader not in self.members:
            self.leader = next(iter(self.members))
        self.trace.note("group", "generation", self.generation, *self.members)
        protocol = next(iter(self.members.values())).protocols[0][0]
        everybody = [(member.id, member.protocols[0][1]) for member in self.members.values()]
        for member in self.members.values():
            answer, member.joining = member.joining, None
            self._touch(member)
            assert answer is not None
            answer(0, self.generation, protocol, self.leader, member.id, everybody if member.id == self.leader else [])

    def _distribute(self, assignment: dict[str, bytes]) -> None:
        self.state = State.STABLE
        self.assignment = assignment
        for member in self.members.values():
            if (answer := member.syncing) is not None:
                member.syncing = None
                answer(0, assignment.get(member.id, b""))
