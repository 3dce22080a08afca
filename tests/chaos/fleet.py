"""Edges and consumers as processes under a supervisor that does what an orchestrator does: start again what ended or says it is stuck."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp
import psutil

from deploy.local.errors import StartError
from deploy.local.machine import free_ports
from deploy.local.process import ManagedProcess
from deploy.local.system import System

SAMPLE_SECONDS = 0.5
STUCK_SECONDS = 10.0  # liveness has to be false for so long before a process is started again
READY_SECONDS = 60.0
PROBE = aiohttp.ClientTimeout(total=2.0)


@dataclass(slots=True, eq=False)
class Member:
    """One process: wanted says whether the supervisor keeps it up; `held` that a fault has it in its hands."""

    name: str
    process: ManagedProcess
    url: str
    wanted: bool = True
    held: bool = False
    stuck_since: float | None = None


@dataclass(slots=True)
class Incidents:
    """What happened to processes besides the faults."""

    ended_by_themselves: Counter[str] = field(default_factory=Counter)
    restarted_as_stuck: Counter[str] = field(default_factory=Counter)
    killed_at_stop: Counter[str] = field(default_factory=Counter)
    peak_bytes: dict[str, int] = field(default_factory=dict)


class Fleet:
    """The processes of one system."""

    def __init__(self, system: System, *, edges: int, consumers: int) -> None:
        self.incidents = Incidents()
        self.edges = [self._edge(system, number) for number in range(edges)]
        self.consumers = [self._consumer(system, number) for number in range(consumers)]
        self.joiner = self._consumer(system, consumers)
        self.joiner.wanted = False
        self._members = [*self.edges, *self.consumers, self.joiner]

    async def start(self) -> None:
        """Start edges and consumers and wait until all are ready. Raises StartError with the log's tail."""
        for member in (*self.edges, *self.consumers):
            await asyncio.to_thread(member.process.start)
        for member in (*self.edges, *self.consumers):
            await self._until_ready(member)

    async def stop(self) -> None:
        """Stop in good order, the edges first."""
        for group in (self.edges, [*self.consumers, self.joiner]):
            await asyncio.gather(*(self.end(member) for member in group))

    async def metrics(self) -> list[bytes]:
        """Scrape every process that answers."""
        found: list[bytes] = []
        async with aiohttp.ClientSession(timeout=PROBE) as session:
            for member in self._members:
                with suppress(aiohttp.ClientError, TimeoutError):
                    async with session.get(f"{member.url}/metrics") as response:
                        found.append(await response.read())
        return found

    async def kill(self, member: Member) -> None:
        """End with SIGKILL."""
        member.wanted = False
        await asyncio.to_thread(member.process.kill)

    async def end(self, member: Member) -> None:
        """Stop in good order (SIGTERM); one that does not end within the grace is killed, which is noted."""
        member.wanted = False
        if not member.process.running:
            return
        await asyncio.to_thread(member.process.stop)
        if member.process.exit_code != 0:
            self.incidents.killed_at_stop[member.name] += 1

    def want(self, member: Member) -> None:
        """Let the supervisor keep a process up again."""
        member.stuck_since = None
        member.wanted = True

    async def supervise(self) -> None:
        """Start what is wanted and does not run, start again what says it is stuck, sample memory; until cancelled."""
        async with aiohttp.ClientSession(timeout=PROBE) as session:
            while True:
                await asyncio.gather(*(self._look_after(session, member) for member in self._members))
                await asyncio.sleep(SAMPLE_SECONDS)

    async def _look_after(self, session: aiohttp.ClientSession, member: Member) -> None:
        if not member.wanted or member.held:
            return
        if not member.process.running:
            if member.process.exit_code is not None and member.process.exit_code not in (-9, 0):
                self.incidents.ended_by_themselves[f"{member.name} ({member.process.exit_code})"] += 1
            with suppress(StartError):
                await asyncio.to_thread(member.process.start)
            return
        self._sample(member)
        if await self._says_stuck(session, member):
            self.incidents.restarted_as_stuck[member.name] += 1
            member.stuck_since = None
            await asyncio.to_thread(member.process.kill)

    def _sample(self, member: Member) -> None:
        with suppress(psutil.Error):
            resident = psutil.Process(member.process.pid).memory_info().rss
            peaks = self.incidents.peak_bytes
            peaks[member.name] = max(peaks.get(member.name, 0), resident)

    async def _says_stuck(self, session: aiohttp.ClientSession, member: Member) -> bool:
        try:
            async with session.get(f"{member.url}/livez") as response:
                failing = response.status == 503
        except (aiohttp.ClientError, TimeoutError):
            return False  # still starting, or frozen by a fault
        if not failing:
            member.stuck_since = None
            return False
        member.stuck_since = member.stuck_since or time.monotonic()
        return time.monotonic() - member.stuck_since > STUCK_SECONDS

    async def _until_ready(self, member: Member) -> None:
        deadline = time.monotonic() + READY_SECONDS
        async with aiohttp.ClientSession(timeout=PROBE) as session:
            while time.monotonic() < deadline and member.process.running:
                with suppress(aiohttp.ClientError, TimeoutError):
                    async with session.get(f"{member.url}/readyz") as response:
                        if response.ok:
                            return
                await asyncio.sleep(0.1)
        raise StartError(f"{member.name} did not become ready\n{member.process.tail()}")

    def _edge(self, system: System, number: int) -> Member:
        return self._member(system, f"edge-{number}", ["-m", "producer", "serve"], "EDGE_PORT")

    def _consumer(self, system: System, number: int) -> Member:
        return self._member(system, f"consumer-{number}", ["-m", "consumer", "run"], "CONSUMER_HEALTH_PORT")

    def _member(self, system: System, name: str, argv: list[str], port_setting: str) -> Member:
        (port,) = free_ports(1)
        settings: Mapping[str, str] = {port_setting: str(port)}
        process = system._process(name, argv, ready_url=None, settings=settings)
        return Member(name, process, f"http://127.0.0.1:{port}")
