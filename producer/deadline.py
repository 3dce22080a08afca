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

    def start(self, now: float) -> "Deadline":
        """Make a context in which the current task is interrupted, with TimeoutError, once the time is over.

        `now` is the event loop's time, which the caller has read already. Later deadlines never end earlier, so the queue
        stays in order, and as short as what waits.
        """
        deadline = Deadline(asyncio.current_task(), now + self.seconds)
        waiting = self._waiting
        while waiting and waiting[0].task is None:
            waiting.popleft()
        waiting.append(deadline)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_at(deadline.ends, self._sweep)
        return deadline

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        waiting = self._waiting
        while waiting and (waiting[0].task is None or waiting[0].ends <= now):
            waiting.popleft().expire()
        self._timer = loop.call_at(waiting[0].ends, self._sweep) if waiting else None


class Deadline:
    """One wait of one task, which is None once it is over; see Deadlines.start."""

    __slots__ = ("_expired", "ends", "task")

    def __init__(self, task: asyncio.Task[object] | None, ends: float) -> None:
        self._expired = False
        self.task = task
        self.ends = ends

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        task, self.task = self.task, None
        # As asyncio.timeout does: our own cancellation becomes a TimeoutError, anybody else's stays one.
        if self._expired and task is not None and task.uncancel() <= 0 and kind is asyncio.CancelledError:
            raise TimeoutError from error

    def expire(self) -> None:
        """Interrupt the task if it still waits."""
        if self.task is not None:
            self._expired = True
            self.task.cancel()
