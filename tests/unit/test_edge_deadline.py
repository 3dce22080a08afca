"""A deadline interrupts the wait it belongs to and no other, as asyncio.timeout does."""

import asyncio

import pytest

from producer.deadline import Deadlines
from tests.unit.fakes import until

SOON, LATE = 0.02, 60.0


def now() -> float:
    return asyncio.get_running_loop().time()


async def test_a_wait_that_is_too_long_ends_in_a_timeout_error() -> None:
    deadlines = Deadlines(SOON)
    with pytest.raises(TimeoutError), deadlines.start(now()):
        await asyncio.Event().wait()
    await asyncio.sleep(0)  # nothing of the interruption is left for the next wait


async def test_many_waits_end_each_at_its_own_time() -> None:
    deadlines = Deadlines(SOON)
    ended: list[int] = []
    release = asyncio.Event()

    async def wait(number: int, *, forever: bool) -> None:
        try:
            with deadlines.start(now()):
                await (asyncio.Event() if forever else release).wait()
        except TimeoutError:
            ended.append(number)

    waits = [asyncio.create_task(wait(number, forever=number % 2 == 0)) for number in range(6)]
    await asyncio.sleep(0)
    release.set()
    await asyncio.gather(*waits)
    assert ended == [0, 2, 4]


async def test_a_wait_that_is_over_is_not_interrupted_later() -> None:
    deadlines = Deadlines(SOON)
    with deadlines.start(now()):
        pass
    with pytest.raises(TimeoutError), deadlines.start(now()):  # the same task, under a deadline that ends later
        await asyncio.Event().wait()
    task = asyncio.current_task()
    assert task is not None
    assert not task.cancelling()


async def test_somebody_elses_cancellation_stays_one() -> None:
    deadlines = Deadlines(LATE)

    async def wait() -> None:
        with deadlines.start(now()):
            await asyncio.Event().wait()

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_what_is_over_is_forgotten_however_many_there_were() -> None:
    deadlines = Deadlines(LATE)
    for _ in range(1000):
        with deadlines.start(now()):
            pass
    assert len(deadlines._waiting) == 1
    again = Deadlines(SOON)
    with again.start(now()):
        pass
    await until(lambda: not again._waiting)
