"""One process as a deterministic machine: virtual time, seeded randomness, and networks that can be cut per member.

Call `install` before anything else is imported: modules take hold of `time.monotonic` as default arguments.
"""

import asyncio
import inspect
import itertools
import math
import random
import selectors
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, tzinfo
from typing import Any

import async_solipsism

EPOCH_SECONDS = 1_750_000_000.0
MOST_TURNS = 20_000
REFUSAL_SECONDS = 0.05
# Whose code runs: connections belong to the member that opens them.
MEMBER: ContextVar[str] = ContextVar("member", default="")

real_seconds = time.perf_counter
_now: Callable[[], float] | None = None
_numbers = itertools.count()


class StandstillError(Exception):
    """Somebody spins: on a real clock, a core at 100 %."""


def install() -> None:
    """Let the clock of the running simulation stand in for the real one, in every module that asks `time`."""
    for name, offset in (("time", EPOCH_SECONDS), ("monotonic", 1000.0), ("perf_counter", 1000.0)):
        real: Callable[[], float] = getattr(time, name)

        def read(real: Callable[[], float] = real, offset: float = offset) -> float:
            return real() if _now is None else offset + _now()

        setattr(time, name, read)


class Moment(datetime):
    """What `datetime.now` says on the virtual clock."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain datetime will do
        """Tell the virtual time."""
        return datetime.fromtimestamp(time.time(), tz or UTC)


class _Numbered:
    """Hashes by its number, so that sets of tasks and futures keep their order from run to run."""

    _number: int

    def __hash__(self) -> int:
        return self._number


class NumberedFuture(_Numbered, asyncio.Future[Any]):
    """A future with a hash that does not depend on its address."""

    def __init__(self, *, loop: asyncio.AbstractEventLoop) -> None:
        self._number = next(_numbers)
        super().__init__(loop=loop)


class NumberedTask(_Numbered, asyncio.Task[Any]):
    """A task with a hash that does not depend on its address."""

    def __init__(self, coroutine: Any, **given: Any) -> None:
        self._number = next(_numbers)
        super().__init__(coroutine, **given)


class _Selector(async_solipsism.selector.Selector):  # type: ignore[misc]  # it ships no types
    """The same selector with a shorter way to what is ready: it is asked once per turn of the loop."""

    turns = 0  # since the time last went on

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready, or let the time pass. Raises StandstillError when somebody does things without end in no time."""
        self.turns += 1
        if self.turns > MOST_TURNS:
            raise StandstillError(f"{MOST_TURNS} turns of the loop and the clock stands still")
        ready = []
        for key in self._fd_to_key.values():
            socket = key.fd.socket
            events = key.events & selectors.EVENT_READ if socket.read_ready() else 0
            if key.events & selectors.EVENT_WRITE and socket.write_ready():
                events |= selectors.EVENT_WRITE
            if events:
                ready.append((key, events))
        if ready:
            return ready
        if timeout is None:
            raise async_solipsism.SleepForeverError("nothing will ever happen again")
        if timeout > 0.0:
            self.turns = 0
            # Rounded up: a clock that stops short of a timer would never get there.
            self.clock.advance(math.ceil(timeout / self.clock.resolution) * self.clock.resolution)
        return []


class VirtualLoop(async_solipsism.EventLoop):  # type: ignore[misc]  # it ships no types
    """An event loop that jumps to the next timer when nothing is left to do, and whose connections can be cut."""

    def __init__(self) -> None:
        super().__init__()
        inherited: Any = self.__dict__["_selector"]
        inherited.close()
        self._selector = _Selector(inherited.clock)
        self._clock_resolution = 1e-9  # no timer fires before its time
        self._connections: dict[str, list[asyncio.Transport]] = {}
        self._cut: set[str] = set()
        self.set_task_factory(lambda loop, coroutine, **given: NumberedTask(coroutine, loop=loop, **given))

    def create_future(self) -> NumberedFuture:
        """Make a future with a stable hash."""
        return NumberedFuture(loop=self)

    async def create_connection(self, *given: Any, **named: Any) -> Any:
        """Connect, unless the network of the member that asks is cut."""
        await self._check()
        transport, protocol = await super().create_connection(*given, **named)
        if (member := MEMBER.get()) in self._cut:
            transport.abort()
        self._connections.setdefault(member, []).append(transport)
        return transport, protocol

    async def aiohappyeyeballs_start_connection(self, *given: Any, **named: Any) -> Any:
        """Connect for aiohttp, unless the network of the member that asks is cut."""
        await self._check()
        return await super().aiohappyeyeballs_start_connection(*given, **named)

    def restart_count(self) -> None:
        """Allow for as many turns again in which the clock stands still."""
        self._selector.turns = 0

    def cut(self, member: str) -> None:
        """Let nothing of a member reach the world any more; what it sent before is on its way."""
        self._cut.add(member)
        for transport in self._connections.pop(member, ()):
            transport.abort()

    def mend(self, member: str) -> None:
        """Let a member connect again."""
        self._cut.discard(member)

    async def _check(self) -> None:
        if MEMBER.get() in self._cut:
            # Not at once: aiokafka asks for metadata without a pause while a partition has no leader.
            await asyncio.sleep(REFUSAL_SECONDS)
            raise ConnectionRefusedError("the network of this member is cut")


@contextmanager
def machine(seed: int) -> Iterator[VirtualLoop]:
    """Run with virtual time and every source of randomness seeded."""
    global _now, _numbers  # noqa: PLW0603 - the clock of the process is what this is about
    random.seed(seed)
    _numbers = itertools.count()
    loop = VirtualLoop()
    asyncio.set_event_loop(loop)
    _now = loop.time
    try:
        yield loop
    finally:
        _now = None
        asyncio.set_event_loop(None)
        loop.close()


def patch_datetimes() -> None:
    """Let the project's modules that ask `datetime.now` ask the virtual clock."""
    for name, module in list(sys.modules.items()):
        ours = name.split(".")[0] in ("common", "consumer") and getattr(module, "datetime", None) is datetime
        if ours and "datetime.now(" in inspect.getsource(module):
            module.datetime = Moment  # type: ignore[attr-defined]  # it has one, see above
