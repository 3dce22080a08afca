"""A deadline cuts off what takes too long, and nothing else; on a clock that jumps to the next thing to happen."""

import asyncio
from collections.abc import Coroutine, Iterator

import async_solipsism
import pytest

from common.genesys.deadline import LOOKS, Deadline

SECONDS = 10.0
LATEST = SECONDS * (1.0 + 1.0 / LOOKS)


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop: asyncio.AbstractEventLoop = async_solipsism.EventLoop()
    yield loop
    loop.close()


async def limited(deadline: Deadline, awaited: Coroutine[object, object, float | None]) -> float | None:
    with deadline.limit():
        return await awaited
    raise AssertionError


async def lasting(seconds: float) -> float:
    await asyncio.sleep(seconds)
    return asyncio.get_running_loop().time()


def test_what_ends_in_time_is_left_alone_and_no_timer_stays(loop: asyncio.AbstractEventLoop) -> None:
    async def run() -> None:
        deadline = Deadline(SECONDS)
        for seconds in (0.0, 1.0, SECONDS - 0.1):
            await limited(deadline, lasting(seconds))
        await asyncio.sleep(2 * SECONDS)
        assert deadline._timer is None
        assert not deadline._under_way

    loop.run_until_complete(run())


def test_what_takes_longer_ends_with_a_timeout_within_a_tenth_more(loop: asyncio.AbstractEventLoop) -> None:
    async def run() -> None:
        deadline = Deadline(SECONDS)
        async with asyncio.TaskGroup() as group:
            quick = group.create_task(limited(deadline, lasting(SECONDS / 2)))
            slow = [group.create_task(one) for one in (caught(deadline, at / 7) for at in range(20))]
        assert quick.result() == SECONDS / 2
        for at, task in enumerate(slow):
            began = at / 7
            assert began + SECONDS <= task.result() <= began + LATEST

    async def caught(deadline: Deadline, begin: float) -> float:
        await asyncio.sleep(begin)
        with pytest.raises(TimeoutError):
            await limited(deadline, lasting(1000.0))
        task = asyncio.current_task()
        assert task is not None
        assert task.cancelling() == 0
        return asyncio.get_running_loop().time()

    loop.run_until_complete(run())


def test_a_cancellation_by_others_stays_one(loop: asyncio.AbstractEventLoop) -> None:
    async def run() -> None:
        deadline = Deadline(SECONDS)
        task = asyncio.create_task(limited(deadline, lasting(1000.0)))
        await asyncio.sleep(1.0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not deadline._under_way
        both = asyncio.create_task(limited(deadline, lasting(1000.0)))
        await asyncio.sleep(1.0)
        (limit,) = deadline._under_way
        limit.cut_off()
        both.cancel()
        with pytest.raises(asyncio.CancelledError):
            await both

    loop.run_until_complete(run())


def test_another_error_passes_through(loop: asyncio.AbstractEventLoop) -> None:
    async def fails() -> None:
        await asyncio.sleep(1.0)
        raise ConnectionResetError

    async def run() -> None:
        with pytest.raises(ConnectionResetError):
            await limited(Deadline(SECONDS), fails())

    loop.run_until_complete(run())


def test_it_needs_a_task() -> None:
    with pytest.raises(RuntimeError), Deadline(SECONDS).limit():
        pass
