"""Carries a schedule out: every fault begins at its time, lasts as planned and is undone, whatever else goes on."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson

from deploy.local import LocalStack
from deploy.local.kafka import KafkaServer
from tests.chaos.fleet import Fleet, Member
from tests.chaos.observer import patiently
from tests.chaos.schedule import Fault, Kind, Schedule, holds

FETCHES = ("transcript", "link", "details", "file")
MANY = 1_000_000
CROWD_WRITERS = 10
CROWD_DOCUMENTS = 150
INDEX_TIMEOUT = aiohttp.ClientTimeout(total=5.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """A fault as it really happened; times are epoch seconds, `note` says what it hit."""

    kind: Kind
    started: float
    healed: float
    note: str = ""


@dataclass(slots=True)
class Injector:
    """Does things to one system. `consumers_hit` is called when some were killed, stopped or froze."""

    stack: LocalStack
    fleet: Fleet
    simulator_url: str
    simulator: Any
    index: str
    leader_of: Callable[[int], Awaitable[int]]
    consumers_hit: Callable[[], None]
    applied: list[Applied] = field(default_factory=list)
    _locks: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def run(self, schedule: Schedule, *, started: float) -> None:
        """Carry out every fault of a schedule that began at `started` (monotonic seconds)."""
        async with asyncio.TaskGroup() as group:
            for fault in schedule.faults:
                group.create_task(self._carry_out(fault, started, ends=started + schedule.seconds))

    async def genesys(self, **fault: Any) -> None:
        """Put a fault in force at the simulator, in the place of the one of the same id and operation."""
        async with (
            aiohttp.ClientSession(raise_for_status=True) as session,
            session.post(f"{self.simulator_url}/admin/faults", json=fault),
        ):
            pass

    async def _carry_out(self, fault: Fault, started: float, *, ends: float) -> None:
        await asyncio.sleep(max(started + fault.at_seconds - time.monotonic(), 0))
        async with AsyncExitStack() as held:
            # A server may take longer to come back than was planned: the next fault waits, or is left out.
            for resource in sorted(holds(fault)):
                await held.enter_async_context(self._locks[resource])
            if time.monotonic() > ends:
                return
            began = time.time()
            note = await self._do(fault) or ""
            self.applied.append(Applied(kind=fault.kind, started=began, healed=time.time(), note=note))

    async def _do(self, fault: Fault) -> str | None:
        area = fault.kind.value.partition("_")[0]
        match area:
            case "consumer" | "group":
                return await self._to_consumers(fault)
            case "edge":
                return await self._to_process(fault, self.fleet.edges[fault.target])
            case "broker" | "leader":
                return await self._to_broker(fault)
            case "index":
                return await self._to_index(fault)
            case _:
                return await self._to_genesys(fault)

    async def _to_consumers(self, fault: Fault) -> str:
        members = self.fleet.consumers
        match fault.kind:
            case Kind.CONSUMER_JOIN:
                self.fleet.want(self.fleet.joiner)
                await asyncio.sleep(fault.seconds)
                await self.fleet.end(self.fleet.joiner)
                self.consumers_hit()
                return self.fleet.joiner.name
            case Kind.GROUP_KILL:
                await asyncio.gather(*(self.fleet.kill(member) for member in members))
                self.consumers_hit()
                await asyncio.sleep(fault.seconds)
                for member in members:
                    self.fleet.want(member)
                return "all"
            case Kind.GROUP_ROLL:
                for member in members:
                    await self.fleet.end(member)
                    self.consumers_hit()
                    self.fleet.want(member)
                    await asyncio.sleep(fault.seconds / len(members))
                return "all, one after another"
            case _:
                return await self._to_process(fault, members[fault.target])

    async def _to_process(self, fault: Fault, member: Member) -> str:
        what = fault.kind.value.partition("_")[2]
        consumer = member in self.fleet.consumers
        if what == "pause":
            member.held = True
            await asyncio.to_thread(member.process.pause)
            await asyncio.sleep(fault.seconds)
            await asyncio.to_thread(member.process.resume)
            member.held = False
            if consumer:
                self.consumers_hit()
            return member.name
        await (self.fleet.kill(member) if what == "kill" else self.fleet.end(member))
        if consumer:
            self.consumers_hit()
        await asyncio.sleep(fault.seconds)
        self.fleet.want(member)
        return member.name

    async def _to_broker(self, fault: Fault) -> str:
        node = fault.target + 1
        if fault.kind is Kind.LEADER_KILL:
            node = await self.leader_of(fault.target)
        broker: KafkaServer = self.stack.kafka.brokers[node - 1]
        if fault.kind is Kind.BROKER_PAUSE:
            await asyncio.to_thread(broker.pause)
            await asyncio.sleep(fault.seconds)
            await asyncio.to_thread(broker.resume)
        else:
            await asyncio.to_thread(broker.stop if fault.kind is Kind.BROKER_RESTART else broker.kill)
            await asyncio.sleep(fault.seconds)
            await asyncio.to_thread(broker.start)
            await asyncio.to_thread(self.stack.kafka.await_usable)  # its port opens long before it serves
        return f"broker {node}"

    async def _to_index(self, fault: Fault) -> str:
        server = self.stack.elasticsearch
        match fault.kind:
            case Kind.INDEX_PAUSE:
                await asyncio.to_thread(server.pause)
                await asyncio.sleep(fault.seconds)
                await asyncio.to_thread(server.resume)
            case Kind.INDEX_KILL | Kind.INDEX_STOP:
                await asyncio.to_thread(server.kill if fault.kind is Kind.INDEX_KILL else server.stop)
                await asyncio.sleep(fault.seconds)
                await asyncio.to_thread(server.start)
            case Kind.INDEX_BLOCK:
                await patiently(lambda: self._block_writes(True))
                await asyncio.sleep(fault.seconds)
                await patiently(lambda: self._block_writes(None))
            case _:
                refused = await self._crowd(fault.seconds)
                return f"{refused} documents of the crowd refused"
        return ""

    async def _block_writes(self, block: bool | None) -> None:
        async with (
            aiohttp.ClientSession(timeout=INDEX_TIMEOUT, raise_for_status=True) as session,
            session.put(f"{self.index_url}/_settings", json={"index.blocks.write": block}),
        ):
            pass

    async def _crowd(self, seconds: float) -> int:
        """Write so much into another index that the write queue, which holds one request, is full; return what was refused."""
        scratch = f"{self.stack.elasticsearch_url}/crowd-{self.index}"
        lines = b"".join(b'{"index":{}}\n{"n":%d}\n' % number for number in range(CROWD_DOCUMENTS))
        ends, refused = time.monotonic() + seconds, 0

        async def write(session: aiohttp.ClientSession) -> None:
            nonlocal refused
            while time.monotonic() < ends:
                try:
                    async with session.post(f"{scratch}/_bulk", data=lines) as response:
                        items = orjson.loads(await response.read()).get("items", [])
                except (aiohttp.ClientError, TimeoutError):
                    await asyncio.sleep(0.2)
                    continue
                refused += sum(item["index"]["status"] == 429 for item in items)

        headers = {"Content-Type": "application/x-ndjson"}
        async with aiohttp.ClientSession(timeout=INDEX_TIMEOUT, headers=headers) as session:
            async with asyncio.TaskGroup() as group:
                for _ in range(CROWD_WRITERS):
                    group.create_task(write(session))
            with suppress(aiohttp.ClientError, TimeoutError):
                async with session.delete(scratch):
                    pass
        return refused

    @property
    def index_url(self) -> str:
        """The address of the documents' alias."""
        return f"{self.stack.elasticsearch_url}/{self.index}"

    async def _to_genesys(self, fault: Fault) -> str:
        operations: tuple[str, ...] = FETCHES
        trouble: dict[str, Any] = {"times": MANY}
        match fault.kind:
            case Kind.GENESYS_HANG:
                await asyncio.to_thread(self.simulator.pause)
                await asyncio.sleep(fault.seconds)
                await asyncio.to_thread(self.simulator.resume)
                return ""
            case Kind.GENESYS_TOKENS:
                await self.genesys(operation="token", expire_tokens=True, times=0)
                return ""
            case Kind.GENESYS_LOGIN:
                operations = ("token",)
                trouble |= {"status": fault.value, "expire_tokens": True}
            case Kind.GENESYS_LINKS:
                operations = ("link",)
                trouble |= {"expire_links": True}
            case Kind.GENESYS_THROTTLE:
                trouble |= {"status": 429, "retry_after": fault.value}
            case Kind.GENESYS_ERROR:
                trouble |= {"status": fault.value}
            case Kind.GENESYS_SLOW:
                trouble |= {"slow_ms": fault.value}
            case _:
                trouble |= {"cut": ("connection", "body")[fault.value]}
        for operation in operations:
            await self.genesys(operation=operation, **trouble)
        await asyncio.sleep(fault.seconds)
        for operation in operations:
            await self.genesys(operation=operation, times=0)
        return str(trouble.get("status") or trouble.get("cut") or trouble.get("slow_ms") or "")
