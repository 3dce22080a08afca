"""Bytes in flight: whoever comes at the limit waits in line, and is let in as there is room."""

import asyncio

from consumer.bounds import ByteBudget, Hold
from tests.unit.fakes import turn_over


async def test_there_is_room_while_less_than_the_limit_is_held() -> None:
    budget = ByteBudget(10)
    budget.add(9)
    async with asyncio.timeout(1):
        await budget.room()
    budget.add(20)
    assert budget.held == 29
    assert budget.full


async def test_everyone_waits_at_the_limit_and_is_let_in_in_order_as_far_as_there_is_room() -> None:
    budget = ByteBudget(10, usual=4)
    budget.add(12)
    waiting = [asyncio.create_task(budget.room()) for _ in range(3)]
    await turn_over()
    budget.add(-1)
    await turn_over()
    assert [one.done() for one in waiting] == [False, False, False]
    budget.add(-6)
    await turn_over()
    assert [one.done() for one in waiting] == [True, True, False]
    budget.add(-1)
    async with asyncio.timeout(1):
        await waiting[2]


async def test_whoever_wakes_to_find_the_room_taken_waits_on() -> None:
    budget = ByteBudget(10)
    budget.add(10)
    waiting = asyncio.create_task(budget.room())
    await turn_over()
    budget.add(-5)
    budget.add(5)
    await turn_over()
    assert not waiting.done()
    budget.add(-10)
    async with asyncio.timeout(1):
        await waiting


async def test_one_who_is_let_in_and_cancelled_leaves_the_turn_to_the_next() -> None:
    budget = ByteBudget(10, usual=10)
    budget.add(10)
    waiting = [asyncio.create_task(budget.room()) for _ in range(3)]
    await turn_over()
    waiting[0].cancel()
    await turn_over()
    budget.add(-10)
    waiting[1].cancel()
    async with asyncio.timeout(1):
        await waiting[2]


def test_a_hold_counts_the_guess_then_every_body_then_the_document_and_then_nothing() -> None:
    budget = ByteBudget(1000, usual=50)
    hold = Hold(budget)
    seen = [budget.held]
    hold.guess()
    seen.append(budget.held)
    for size in (30, 40):
        hold.received(size)
        seen.append(budget.held)
    hold.resize(10)
    seen.append(budget.held)
    hold.guess()  # another try
    hold.received(7)
    seen.append(budget.held)
    hold.resize(0)
    assert [*seen, budget.held] == [0, 50, 30, 70, 10, 7, 0]


def test_the_first_transcript_takes_the_place_of_the_first_guess() -> None:
    budget = ByteBudget(1000, usual=100)
    budget.learn(7)
    assert budget.usual == 7


def test_the_first_guess_is_that_of_a_long_call_so_that_few_are_fetched_before_anything_is_known() -> None:
    assert ByteBudget(1000).usual == 1024 * 1024


def test_the_guess_follows_the_size_of_what_comes() -> None:
    budget = ByteBudget(1000, usual=100)
    for _ in range(100):
        budget.learn(1000)
    assert 990 < budget.usual <= 1000
