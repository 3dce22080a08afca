"""One deadline for many waits: all share the same length, so a queue and a single timer do what a timer each would.

asyncio.timeout arms and cancels a timer per use; under load that is a tenth of a request's cost.
"""

import asyncio
from collections import deque
from types import TracebackType


class Deadlines:
    """Makes deadlines that all last `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._waiting: deque[Deadline] = deque()
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> "Deadline":
        """Make a context in which the current task is interrupted, with TimeoutError, once the time is over."""
        return Deadline(self)

    def add(self, deadline: "Deadline") -> None:
        """Watch a deadline; later ones never end earlier, so the queue stays in order, and as short as what waits."""
        waiting = self._waiting
        while waiting and waiting[0].done:
            waiting.popleft()
        waiting.append(deadline)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self.seconds, self._sweep)

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        waiting = self._waiting
        while waiting and (waiting[0].done or waiting[0].ends <= now):
            waiting.popleft().expire()
        self._timer = loop.call_at(waiting[0].ends, self._sweep) if waiting else None


class Deadline:
    """One wait; see Deadlines.start."""

    __slots__ = ("_deadlines", "_expired", "_task", "done", "ends")

    def __init__(self, deadlines: Deadlines) -> None:
        self._deadlines = deadlines
        self._expired = False
        self._task: asyncio.Task[object] | None = None
        self.done = False
        self.ends = 0.0

    def __enter__(self) -> None:
        self._task = asyncio.current_task()
        self.ends = asyncio.get_running_loop().time() + self._deadlines.seconds
        self._deadlines.add(self)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.done = True
        task, self._task = self._task, None
        # As asyncio.timeout does: our own cancellation becomes a TimeoutError, anybody else's stays one.
        if self._expired and task is not None and task.uncancel() <= 0 and kind is asyncio.CancelledError:
            raise TimeoutError from error

    def expire(self) -> None:
        """Interrupt the task if it still waits."""
        if not self.done and self._task is not None:
            self._expired = True
            self._task.cancel()
