"""Cut off what takes too long, with one timer for all: a timer for each request costs a tenth of the request."""

import asyncio
from types import TracebackType

LOOKS = 10  # at what is under way, in the time that it may take


class Deadline:
    """Lets everything in it take at most `seconds`, and up to a tenth more; what takes longer ends with a TimeoutError.

    `with deadline.limit():` around what a task awaits, as with asyncio.timeout.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        # With the time of the loop at which each is cut off, the soonest first.
        self._under_way: dict[Limit, float] = {}
        self._timer: asyncio.TimerHandle | None = None

    def limit(self) -> "Limit":
        """Limit what is done in it."""
        return Limit(self)

    def begin(self, limit: "Limit") -> None:
        """Count from now on."""
        loop = asyncio.get_running_loop()
        self._under_way[limit] = loop.time() + self._seconds
        if self._timer is None:
            self._timer = loop.call_later(self._seconds / LOOKS, self._look, loop)

    def end(self, limit: "Limit") -> None:
        """Count no more."""
        self._under_way.pop(limit, None)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = loop.call_later(self._seconds / LOOKS, self._look, loop) if self._under_way else None
        now = loop.time()
        for limit in [one for one, due in self._under_way.items() if due <= now]:
            del self._under_way[limit]
            limit.cut_off()


class Limit:
    """One thing that a deadline limits."""

    __slots__ = ("_cancelling", "_cut_off", "_deadline", "_task")

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._task: asyncio.Task[object] | None = None
        self._cancelling = 0
        self._cut_off = False

    def cut_off(self) -> None:
        """Cancel the task that takes too long."""
        self._cut_off = True
        if self._task is not None:
            self._task.cancel()

    def __enter__(self) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a deadline limits what a task awaits")
        self._task, self._cancelling = task, task.cancelling()
        self._deadline.begin(self)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._deadline.end(self)
        # As asyncio.timeout does: whoever else cancelled the task means the task, not what it waits for.
        if self._cut_off and self._task is not None:
            others = self._task.uncancel() > self._cancelling
            if not others and kind is asyncio.CancelledError:
                raise TimeoutError from error
