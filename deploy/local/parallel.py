"""Do several slow things at once and hear of the first that fails."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor


def in_parallel(actions: Sequence[Callable[[], None]], *, on_failure: Callable[[], None] = lambda: None) -> None:
    """Run every action in a thread and wait for all.

    The first exception, or an interrupt of this thread, calls `on_failure` at once, so that the others end quickly.
    """
    with ThreadPoolExecutor(max(1, len(actions))) as pool:
        futures = [pool.submit(action) for action in actions]
        try:
            for future in futures:
                future.result()
        except BaseException:
            on_failure()
            raise
