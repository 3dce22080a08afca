"""The stop of the line: single broken events are buried, a flood is not, and what was held goes on when the cause is gone."""

import asyncio
import math
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from consumer.assignment import Assignment
from consumer.deadletter import GOOD, DeadLetterLimit, DeadLetterLimits
from consumer.line import Line
from consumer.operate import operator_routes
from consumer.outcome import Outcome, Source
from consumer.work import Stage, Unreadable, Work
from tests.unit.fakes import Clock, FakeConsumer, FakePipeline, quality_event, turn_over, until
from tests.unit.test_consumer_worker import P0, at_work, event

LIMITS = DeadLetterLimits(max_ratio=0.5, window=10, max_consecutive=3)


class LimitMachine(RuleBasedStateMachine):
    """Compare the limit with a plain list of outcomes."""

    def __init__(self) -> None:
        super().__init__()
        self.limit = DeadLetterLimit(LIMITS)
        self.last: deque[bool] = deque(maxlen=LIMITS.window)
        self.row = 0
        self.allowance = 0

    @precondition(lambda self: self.limit.allows)
    @rule()
    def bury(self) -> None:
        self.limit.bury()
        self.last.append(True)
        self.row += 1
        self.allowance = max(self.allowance - 1, 0)

    @rule(outcome=st.sampled_from(Outcome))
    def finish(self, outcome: Outcome) -> None:
        self.limit.finish(outcome)
        if outcome in GOOD:
            self.last.append(False)
            self.row = 0

    @rule(allowance=st.integers(0, 5))
    def reset(self, allowance: int) -> None:
        self.limit.reset(allowance)
        self.last.clear()
        self.row, self.allowance = 0, allowance

    @invariant()
    def it_allows_what_stays_within_both_limits_or_was_let_pass(self) -> None:
        within = self.row < LIMITS.max_consecutive and sum(self.last) < LIMITS.max_ratio * LIMITS.window
        assert self.limit.allows is (self.allowance > 0 or within)
        assert (self.limit.dead, self.limit.consecutive) == (sum(self.last), self.row)


TestLimit = LimitMachine.TestCase


@given(st.lists(st.sampled_from([Outcome.NO_TRANSCRIPT, Outcome.POSTPONED, Outcome.SUPERSEDED]), max_size=50))
def test_what_says_nothing_of_the_cause_neither_stops_the_line_nor_lets_it_go_on(neutral: list[Outcome]) -> None:
    limit = DeadLetterLimit(LIMITS)
    for _ in range(3):
        limit.bury()
    for outcome in neutral:
        limit.finish(outcome)
    assert not limit.allows
    limit.finish(Outcome.INDEXED)
    assert limit.allows


def make_work(name: str = "t") -> Work:
    return Work(
        event=quality_event(name),
        partition=P0,
        offset=0,
        timestamp_ms=1,
        assignment=Assignment({P0: None}),
        source=Source(topic="x.events", partition=0, offset=0, timestamp_ms=1),
        stage=Stage.SETTLING,
    )


def make_unreadable() -> Unreadable:
    return Unreadable(
        problem="invalid_record",
        size_bytes=3,
        partition=P0,
        offset=0,
        timestamp_ms=1,
        assignment=Assignment({P0: None}),
        source=Source(topic="x.events", partition=0, offset=0, timestamp_ms=1),
    )


async def halted_line(clock: Clock) -> Line:
    """Make a line that three dead letters in a row have used up."""
    line = Line(LIMITS, probe_seconds=5.0, clock=clock)
    for number in range(3):
        assert await line.may_bury(make_work(f"t-{number}"), "unknown_transcription")
    return line


async def test_the_line_stops_at_the_limit_says_so_and_takes_one_record_at_a_time() -> None:
    clock = Clock()
    line = await halted_line(clock)
    assert not line.halted
    assert line.room(7) == math.inf
    held = make_work("held")
    waiting = asyncio.create_task(line.may_bury(held, "unknown_transcription"))
    await turn_over()
    assert line.halted
    assert line.held == 1
    assert held.stage is Stage.WAITING  # so that a rebalance gives it back at once
    assert "unknown_transcription" in str(line.problem)
    assert "python -m consumer resume" in str(line.problem)
    assert line.room(1) == 0
    clock.advance(5)
    assert line.room(1) == 1
    assert line.room(2) == 0  # something else is still worked on
    line.taken()
    assert line.room(1) == 0
    clock.advance(5)
    assert line.room(1) == 1
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert line.held == 0
    assert held.stage is Stage.SETTLING


async def test_one_held_record_at_a_time_is_tried_again_and_its_good_end_lets_all_go_on() -> None:
    line = Line(LIMITS, probe_seconds=0.001)
    for number in range(3):
        assert await line.may_bury(make_work(f"t-{number}"), "r")
    works = [make_work(f"h-{number}") for number in range(3)]
    waiting = [asyncio.create_task(line.may_bury(one, "r")) for one in works]
    await until(waiting[0].done)
    assert waiting[0].result() is False
    await turn_over()
    assert not waiting[1].done()
    # It would be buried again: the next one is tried.
    again = asyncio.create_task(line.may_bury(works[0], "r"))
    await until(waiting[1].done)
    assert waiting[1].result() is False
    assert not again.done()
    line.finished(works[1], Outcome.INDEXED)
    assert not line.halted
    # The cause may be gone for the others as well: they are tried again too, and buried only if they end badly once more.
    async with asyncio.timeout(1):
        assert [await again, await waiting[2]] == [False, False]
    assert await line.may_bury(works[2], "r")


async def test_a_record_that_cannot_be_read_is_not_tried_again_and_waits() -> None:
    line = Line(LIMITS, probe_seconds=0.001)
    for number in range(3):
        await line.may_bury(make_work(f"t-{number}"), "r")
    waiting = asyncio.create_task(line.may_bury(make_unreadable(), "invalid_record"))
    await asyncio.wait([waiting], timeout=0.05)
    assert not waiting.done()
    assert line.resume()
    assert await waiting


async def test_an_operator_lets_more_pass_than_the_limits_do() -> None:
    line = await halted_line(Clock())

    async def insist(name: str) -> bool:
        work = make_work(name)
        while not await line.may_bury(work, "r"):
            pass
        return True

    waiting = [asyncio.create_task(insist(f"h-{number}")) for number in range(8)]
    await until(lambda: line.held == 8)
    assert line.resume(dead_letters=5)
    await until(lambda: sum(one.done() for one in waiting) == 5)
    await turn_over()
    assert line.held == 3
    assert line.halted
    for one in waiting:
        one.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


async def test_after_a_ratio_stop_good_ends_have_to_outweigh_what_was_buried() -> None:
    line = Line(DeadLetterLimits(max_ratio=0.5, window=4, max_consecutive=100), probe_seconds=60.0)
    for _ in range(2):
        await line.may_bury(make_work(), "r")
    waiting = asyncio.create_task(line.may_bury(make_work("held"), "r"))
    await until(lambda: line.halted)
    for number in range(2):
        line.finished(make_work(f"g-{number}"), Outcome.INDEXED)
        assert line.halted
        assert line.room(1) == 1  # after a good end the next is tried at once
        line.taken()
    line.finished(make_work("g"), Outcome.INDEXED)
    assert not line.halted
    assert await waiting is False


async def test_a_poison_flood_stops_the_line_after_as_many_dead_letters_as_the_limit_says() -> None:
    line = Line(LIMITS, probe_seconds=0.01)
    consumer, pipeline = FakeConsumer(P0), FloodPipeline(line)
    consumer.add(P0, *[event(f"k{number}", f"bad-{number}") for number in range(300)])
    async with at_work(consumer, pipeline, records=20, line=line):
        await until(lambda: line.held >= 6)
        await asyncio.sleep(0.1)
        assert len(pipeline.buried) == 3
        assert consumer.positions[P0] <= 23  # no more was taken than fits
        assert consumer.group_offsets[P0] <= 3
        pipeline.mended = True
        await until(lambda: consumer.group_offsets == {P0: 300})
    assert len(pipeline.buried) == 3
    assert len(pipeline.ended) == 297


class FloodPipeline(FakePipeline):
    """Wants to bury everything until it is mended."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line
        self.mended = False

    async def process(self, work: Work) -> Outcome:
        """Bring one event to its end."""
        while not self.mended:
            if await self.line.may_bury(work, "r"):
                self.buried.append((work.event.event_id, "r"))
                return Outcome.DEAD_LETTERED
        outcome = await super().process(work)
        self.line.finished(work, outcome)
        return outcome


@asynccontextmanager
async def operated(line: Line) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    app = web.Application()
    app.router.add_routes(operator_routes(line))
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_the_command_sets_the_line_going_over_the_health_port() -> None:
    line = await halted_line(Clock())
    waiting = asyncio.create_task(line.may_bury(make_work("held"), "r"))
    await until(lambda: line.halted)
    async with operated(line) as client:
        response = await client.post("/resume", json={"dead_letters": 1})
        assert await response.json() == {"was_halted": True, "held": 1}
        assert await waiting is False
        response = await client.post("/resume", json={})
        assert await response.json() == {"was_halted": False, "held": 0}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [(b"{}", "text/plain", 403), (b"no", "application/json", 400), (b'{"x":1}', "application/json", 400)],
)
async def test_nothing_but_the_command_is_taken(body: bytes, kind: str, status: int) -> None:
    async with operated(Line(LIMITS)) as client:
        response = await client.post("/resume", data=body, headers={aiohttp.hdrs.CONTENT_TYPE: kind})
        assert response.status == status


@pytest.mark.parametrize("remote", ["10.0.0.7", None, "no address"])
async def test_no_other_machine_may_set_the_line_going(remote: str | None) -> None:
    (route,) = operator_routes(Line(LIMITS))
    request = make_mocked_request("POST", "/resume", headers={"Content-Type": "application/json"})
    response = await route.handler(request.clone(remote=remote or ""))
    assert isinstance(response, web.Response)
    assert response.status == 403
