"""Liveness turns false for the known ways of being stuck and for nothing else; one record holds up no partition for ever."""

import asyncio
import dataclasses
import time
from collections.abc import Callable

import pytest
from aiokafka.errors import KafkaConnectionError, KafkaError
from aiokafka.structs import TopicPartition

from consumer import intake as intake_module
from consumer import watch as watch_module
from consumer import worker as worker_module
from consumer.deadletter import DeadLetterLimits
from consumer.headofline import Blocked, Head, HeadOfLine
from consumer.health import WAYS, Progress, Stuck, Vitals, stuck
from consumer.line import Line
from consumer.quota import QuotaWatch
from consumer.work import Stage
from tests.unit.fakes import Clock, FakeConsumer, FakePipeline, new_metrics, until
from tests.unit.test_consumer_worker import P0, P1, R0, Running, at_work, event
from tests.unit.test_deadletter import make_work

NOW = 10_000.0
WELL = Vitals(polled_at=NOW, progressed_at=NOW, commits_fail_since=None, outside_the_group_since=None)
FIELDS = {
    "poll_loop_silent": "polled_at",
    "nothing_finished": "progressed_at",
    "commits_fail": "commits_fail_since",
    "outside_the_group": "outside_the_group_since",
}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_every_known_way_to_be_stuck_ends_liveness_after_its_seconds_and_not_before(way: Stuck) -> None:
    for age, expected in ((way.seconds, []), (way.seconds + 1, [way.name])):
        vitals = dataclasses.replace(WELL, **{FIELDS[way.name]: NOW - age})
        assert [one.split(":")[0] for one in stuck(vitals, NOW)] == expected
    assert way.says in stuck(dataclasses.replace(WELL, **{FIELDS[way.name]: 0.0}), NOW)[0]


def test_a_member_that_is_well_is_not_stuck() -> None:
    assert stuck(WELL, NOW) == []
    assert {way.name for way in WAYS} == set(FIELDS)


@pytest.mark.parametrize(
    ("finished", "waiting", "paused", "moves"),
    [(0, True, False, False), (1, True, False, True), (0, False, False, True), (0, True, True, True)],
)
def test_time_without_progress_counts_only_while_something_waits_and_nothing_explains_it(
    finished: int, waiting: bool, paused: bool, moves: bool
) -> None:
    progress = Progress(5.0)
    progress.note(9.0, finished=finished, waiting=waiting, paused=paused)
    assert progress.at == (9.0 if moves else 5.0)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look often, and ask Kafka at once."""
    monkeypatch.setattr(worker_module, "WATCH_SECONDS", 0.005)
    monkeypatch.setattr(intake_module, "FULL_WAIT_SECONDS", 0.01)
    monkeypatch.setattr(watch_module, "QUIET_SECONDS", 0.01)
    monkeypatch.setattr(watch_module, "SAY_SECONDS", 0.0)


async def stands_still(running: Running, read: Callable[[Vitals], float | None], seconds: float = 0.1) -> bool:
    """Tell whether a moment of the vitals stays where it is while the worker is looked after many times."""
    before = read(running.worker.watch.vitals)
    deadline = time.monotonic() + seconds
    await until(lambda: time.monotonic() > deadline)
    return read(running.worker.watch.vitals) == before


def progressed(vitals: Vitals) -> float:
    return vitals.progressed_at


async def test_a_record_that_never_ends_is_a_standstill() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"))
    pipeline.hold("1")
    async with at_work(consumer, pipeline) as running:
        await until(lambda: pipeline.began)
        await until(lambda: running.worker.watch.vitals.progressed_at < time.monotonic() - 0.02)
        assert await stands_still(running, progressed)


async def test_records_that_are_never_handed_out_are_a_standstill() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"))
    consumer.halted.add(P0)  # a fetcher that is stuck: the log has records and getmany brings none
    async with at_work(consumer, pipeline) as running:
        await until(lambda: running.worker.watch.vitals.progressed_at < time.monotonic() - 0.05)
        assert await stands_still(running, progressed)
        assert pipeline.began == []


@pytest.mark.parametrize("reason", ["idle", "outage", "quota", "line", "kafka", "not due"])
async def test_what_is_known_or_outside_is_no_standstill(reason: str) -> None:
    consumer, pipeline = FakeConsumer(P0, R0), FakePipeline()
    line = Line(DeadLetterLimits(max_consecutive=1), probe_seconds=60.0)
    if reason == "not due":
        consumer.add(R0, event("a", "1"), timestamp=int(time.time() * 1000))
    elif reason != "idle":
        consumer.add(P0, event("a", "1"))
    if reason == "kafka":
        consumer.unreachable = KafkaConnectionError()
    if reason == "line":
        line._halt(make_work(), "r")
    pipeline.hold("1")
    async with at_work(
        consumer, pipeline, line=line, paused=lambda: reason == "outage", throttled=lambda: reason == "quota"
    ) as running:
        await until(lambda: running.worker.watch.vitals.progressed_at > running.worker.watch.vitals.polled_at - 5)
        assert not await stands_still(running, progressed)


async def test_a_poll_loop_that_hangs_no_longer_turns() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    async with at_work(consumer, pipeline) as running:
        hangs = asyncio.Event()

        async def hang(**_: object) -> dict[TopicPartition, list[object]]:
            await hangs.wait()
            return {}

        consumer.getmany = hang  # type: ignore[method-assign]  # the one thing that breaks
        await until(lambda: running.worker.watch.vitals.polled_at < time.monotonic() - 0.02)
        assert await stands_still(running, lambda vitals: vitals.polled_at)
        hangs.set()


async def test_commits_that_fail_count_from_the_first_one_until_one_succeeds() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.commit_errors = [KafkaError()] * 1_000_000
    consumer.add(P0, event("a", "1"))
    async with at_work(consumer, pipeline) as running:
        await until(lambda: running.worker.watch.vitals.commits_fail_since is not None)
        assert await stands_still(running, lambda vitals: vitals.commits_fail_since)
        consumer.commit_errors.clear()
        await until(lambda: running.worker.watch.vitals.commits_fail_since is None)


async def test_being_outside_the_group_counts_while_kafka_answers_and_an_empty_assignment_is_one() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    async with at_work(consumer, pipeline) as running:
        assert (
            running.worker.watch.vitals.outside_the_group_since is not None
        )  # since the start, until it is looked after
        await until(lambda: running.worker.watch.vitals.outside_the_group_since is None)
        await running.worker.revoke()
        await until(lambda: running.worker.watch.vitals.outside_the_group_since is not None)
        assert await stands_still(running, lambda vitals: vitals.outside_the_group_since)
        consumer.unreachable = KafkaConnectionError()
        await until(lambda: running.worker.watch.vitals.outside_the_group_since is None)
        consumer.unreachable = None
        await until(lambda: running.worker.watch.vitals.outside_the_group_since is not None)
        running.worker.assign({})
        await until(lambda: running.worker.watch.vitals.outside_the_group_since is None)


def head(offset: int = 5, *, above: int = 95, still_open: int = 1, load: float = 0.0) -> Head:
    return Head(offset=offset, finished_above=above, open=still_open, load=load)


@pytest.mark.parametrize(
    ("one", "blocked"),
    [
        (head(above=90), True),
        (head(above=89), False),
        (head(above=980, still_open=21), True),
        (head(above=970, still_open=31), False),
        (head(above=0, load=0.64), False),
        (head(above=0, still_open=500, load=0.65), True),
    ],
)
def test_a_front_is_blocked_when_the_window_is_nearly_full_and_nearly_all_else_is_finished(
    one: Head, blocked: bool
) -> None:
    assert bool(HeadOfLine(window=100).look({P0: one}, 1.0, paused=False)) is blocked


def test_the_age_counts_from_when_it_was_blocked_and_ends_with_the_front_or_a_pause() -> None:
    fronts: HeadOfLine[TopicPartition] = HeadOfLine(window=100)
    assert fronts.look({P0: head()}, 1.0, paused=False) == [Blocked(partition=P0, offset=5, seconds=0.0)]
    assert fronts.look({P0: head(), P1: head()}, 8.0, paused=False) == [
        Blocked(partition=P0, offset=5, seconds=7.0),
        Blocked(partition=P1, offset=5, seconds=0.0),
    ]
    assert fronts.look({P0: head(6), P1: head()}, 9.0, paused=False)[0].partition == P1
    assert fronts.look({P0: head(6)}, 10.0, paused=True) == []
    assert fronts.look({P0: head(6)}, 20.0, paused=False)[0].seconds == 0.0


@pytest.mark.parametrize("stage", [Stage.FETCHING, Stage.SETTLING])
async def test_a_record_that_holds_up_its_partition_is_named_and_moved_and_the_partition_goes_on(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("stuck", "stuck"), *[event(f"k{number}", str(number)) for number in range(100)])
    consumer.add(P0, event("stuck", "behind"))
    pipeline.hold("stuck", stage=stage)
    async with at_work(consumer, pipeline, records=60, head_of_line=0.05) as running:
        await until(lambda: running.worker._metrics.head_of_line._value.get() > 0)
        await until(lambda: consumer.group_offsets == {P0: 102})
        assert pipeline.displaced == [("stuck", "head_of_line")]
        assert "behind" in pipeline.ended
        await until(lambda: running.worker._metrics.head_of_line._value.get() == 0)
        assert running.worker._lanes.in_flight == 0
    said = capsys.readouterr().out
    assert "front_blocked" in said
    assert "front_moved" in said
    assert "key=stuck" in said


@pytest.mark.parametrize("reason", ["outage", "line"])
async def test_no_record_is_moved_while_something_known_holds_up_everyone(reason: str) -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("stuck", "stuck"), *[event(f"k{number}", str(number)) for number in range(20)])
    pipeline.hold("stuck")
    line = Line(DeadLetterLimits(), probe_seconds=60.0)
    async with at_work(
        consumer, pipeline, records=20, head_of_line=0.0, line=line, paused=lambda: reason == "outage"
    ) as running:
        if reason == "line":
            line._halt(make_work(), "r")
        else:
            await until(lambda: len(pipeline.ended) == 20)
        deadline = time.monotonic() + 0.1
        await until(lambda: time.monotonic() > deadline)
        assert pipeline.displaced == []
        assert running.worker._lanes.in_flight > 0 or reason == "line"


async def test_a_drain_that_comes_first_gives_the_record_back_instead_of_moving_it() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("stuck", "stuck"))
    pipeline.hold("stuck", stage=Stage.WAITING)
    async with at_work(consumer, pipeline) as running:
        await until(lambda: pipeline.began)
        assert running.worker._lanes.displace("stuck")
        await running.worker.revoke()
        assert pipeline.displaced == []
        assert not running.worker._lanes.displace("stuck")
        assert running.worker._lanes.in_flight == 0


def test_a_wait_for_the_quota_is_known_while_it_lasts_and_said_when_it_is_long() -> None:
    clock = Clock()
    quota = QuotaWatch(new_metrics(), clock=clock)
    assert not quota.holds
    assert quota.problem is None
    quota.rate_limit_waited(3.0)
    quota.throttled()
    quota.rate_limit_remaining("0", 12.0)
    assert quota.holds
    assert quota.problem is None
    quota.rate_limit_waited(90.0)
    assert "90 s" in str(quota.problem)
    assert "GENESYS_MORE_CLIENTS" in str(quota.problem)
    clock.advance(90)
    assert not quota.holds
