"""The fetch limit: the whole ceiling in health, quickly down under pressure, slowly up again; and the gate that enforces it."""

import asyncio
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from consumer.concurrency import SHORTEST_ROUND, AdaptiveLimit, FetchGate


def answer(limit: AdaptiveLimit, now: float, seconds: float, count: int, *, in_flight: int = 10_000) -> float:
    """Let answers come evenly, as many a latency as the limit allows; returns the time of the last."""
    for _ in range(count):
        now += seconds / limit.limit
        limit.observe(now, seconds, overloaded=False, in_flight=in_flight)
    return now


@settings(max_examples=20)
@given(seed=st.integers(0, 10_000))
def test_a_healthy_service_gets_the_whole_ceiling_all_the_time(seed: int) -> None:
    rng, now, limit = random.Random(seed), 0.0, AdaptiveLimit(200)
    for _ in range(3000):
        now += 0.00025
        # 50 ms, with jitter of our own event loop and a slow answer now and then
        seconds = rng.uniform(0.05, 0.12) if rng.random() < 0.98 else rng.uniform(0.5, 2.0)
        limit.observe(now, seconds, overloaded=False, in_flight=200)
        assert limit.limit == 200


def test_a_burst_of_429s_to_requests_of_one_moment_is_one_sign() -> None:
    limit = AdaptiveLimit(100)
    for late in range(100):
        limit.observe(10.0 + late * 0.001, 1.0, overloaded=True, in_flight=100)
    assert limit.limit == 70
    limit.observe(12.0, 0.5, overloaded=True, in_flight=70)
    assert limit.limit == 49


def test_under_lasting_throttling_one_fetch_is_left() -> None:
    limit = AdaptiveLimit(64)
    for second in range(1, 100):
        limit.observe(float(second), 0.1, overloaded=True, in_flight=64)
    assert limit.limit == 1


def test_after_the_pressure_the_limit_rises_by_one_a_round_to_the_ceiling_and_no_further() -> None:
    limit = AdaptiveLimit(40)
    now = answer(limit, 0.0, 0.1, 100)
    for _ in range(4):
        now += 1.0
        limit.observe(now, 0.1, overloaded=True, in_flight=40)
    low = limit.limit
    now = answer(limit, now + 1.0, 0.1, SHORTEST_ROUND)
    assert limit.limit == low + 1
    answer(limit, now, 0.1, 3000)
    assert limit.limit == 40


def test_a_limit_that_is_not_used_does_not_rise() -> None:
    limit = AdaptiveLimit(40)
    limit.observe(1.0, 0.1, overloaded=True, in_flight=40)
    answer(limit, 2.0, 0.1, 3000, in_flight=5)
    assert limit.limit == 28


def test_answers_that_take_much_longer_than_usual_lower_the_limit_until_they_are_the_usual_ones() -> None:
    limit = AdaptiveLimit(50)
    now = answer(limit, 0.0, 0.2, 500)
    assert limit.limit == 50
    now = answer(limit, now, 1.5, 700)
    assert 5 <= limit.limit <= 10
    answer(limit, now, 1.5, 5000)
    assert limit.limit == 50


@pytest.mark.parametrize("capacity", [4, 12, 30])
def test_against_a_service_of_limited_capacity_the_limit_settles_well_below_the_ceiling(capacity: int) -> None:
    """A service that answers in 100 ms up to its capacity and queues what is above."""
    limit, seen = AdaptiveLimit(200), []
    now = answer(limit, 0.0, 0.1, 2000, in_flight=1)  # an easy night, so that 100 ms is the usual latency
    for step in range(60_000):
        running = limit.limit
        seconds = 0.1 * max(running / capacity, 1.0)
        now += seconds / running
        limit.observe(now, seconds, overloaded=False, in_flight=running)
        if step > 10_000:
            seen.append(running)
    assert sum(seen) / len(seen) >= capacity * 0.9  # what it can do is asked of it
    assert max(seen) <= max(capacity * 5, 200 / 6)


class Limit(RuleBasedStateMachine):
    """Any order of answers, throttles and pauses."""

    @initialize(ceiling=st.integers(1, 100))
    def begin(self, ceiling: int) -> None:
        self.ceiling = ceiling
        self.limit = AdaptiveLimit(ceiling)
        self.now = 0.0
        self.fell_at = float("-inf")

    @rule(seconds=st.floats(0.001, 10.0), count=st.integers(1, 50), used=st.booleans())
    def healthy_answers(self, seconds: float, count: int, used: bool) -> None:
        before, in_flight = self.limit.limit, self.limit.limit if used else 0
        for _ in range(count):
            self.now += 0.01
            self.limit.observe(self.now, seconds, overloaded=False, in_flight=in_flight)
            if self.limit.limit < before:
                self.fell_at = self.now
            assert self.limit.limit <= before + 1
            assert self.limit.limit >= before or before > max(self.ceiling / 8, 1)
            before = self.limit.limit

    @rule(seconds=st.floats(0.001, 10.0))
    def a_throttled_answer(self, seconds: float) -> None:
        before = self.limit.limit
        self.now += 0.01
        self.limit.observe(self.now, seconds, overloaded=True, in_flight=before)
        if self.now - seconds < self.fell_at:
            assert self.limit.limit == before
        else:
            assert self.limit.limit < before or before == 1
        if self.limit.limit < before:
            self.fell_at = self.now

    @rule(seconds=st.floats(0.1, 1000.0))
    def a_pause(self, seconds: float) -> None:
        self.now += seconds

    @invariant()
    def the_limit_stays_between_one_and_the_ceiling(self) -> None:
        assert 1 <= self.limit.limit <= self.ceiling


TestLimit = Limit.TestCase


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_no_more_than_the_limit_pass_the_gate_and_the_others_follow_in_order() -> None:
    gate, entered, leave = FetchGate(2), [], [asyncio.Event() for _ in range(5)]

    async def fetch(number: int) -> None:
        async with gate:
            entered.append(number)
            await leave[number].wait()

    tasks = [asyncio.create_task(fetch(number)) for number in range(5)]
    await settle()
    assert entered == [0, 1]
    leave[1].set()
    await settle()
    assert entered == [0, 1, 2]
    for event in leave:
        event.set()
    await asyncio.gather(*tasks)
    assert entered == [0, 1, 2, 3, 4]


async def test_a_lower_limit_holds_the_next_ones_back_and_stops_none_that_runs() -> None:
    now = 100.0
    gate = FetchGate(3, clock=lambda: now)
    for _ in range(3):
        await gate.__aenter__()
    gate.observe(0.1, overloaded=True)
    assert gate.limit == 2
    waiting = asyncio.create_task(gate.__aenter__())
    await gate.__aexit__(None, None, None)
    await settle()
    assert not waiting.done()
    await gate.__aexit__(None, None, None)
    await settle()
    assert waiting.done()


@pytest.mark.parametrize("let_in", [False, True])
async def test_who_gives_up_waiting_takes_no_place(let_in: bool) -> None:
    gate = FetchGate(1)
    await gate.__aenter__()
    impatient = asyncio.create_task(gate.__aenter__())
    patient = asyncio.create_task(gate.__aenter__())
    await settle()
    if let_in:
        await gate.__aexit__(None, None, None)  # its turn has come, and it is cancelled before it knows
    impatient.cancel()
    await settle()
    if not let_in:
        await gate.__aexit__(None, None, None)
    await settle()
    assert impatient.cancelled()
    assert patient.done()


async def test_the_gate_opens_for_those_behind_one_that_gave_up() -> None:
    gate = FetchGate(1)
    await gate.__aenter__()
    first = asyncio.create_task(gate.__aenter__())
    await settle()
    first.cancel()
    await gate.__aexit__(None, None, None)
    second = asyncio.create_task(gate.__aenter__())  # arrives before the cancelled one has left the queue
    await settle()
    assert second.done()
