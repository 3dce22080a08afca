"""The worker: order by key, bounds, commits of what is finished only, rebalances that lose nothing, poison that blocks nothing."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from aiokafka.errors import CommitFailedError, KafkaError
from aiokafka.structs import TopicPartition

from common.events import TranscriptEvent
from consumer import committer as committer_module
from consumer import intake as intake_module
from consumer import lanes as lanes_module
from consumer import worker as worker_module
from consumer.deadletter import DeadLetterLimits
from consumer.line import Line
from consumer.work import Stage
from consumer.worker import FetchingEndedError, GroupListener, Worker, WorkerLimits
from tests.unit.fakes import CARD, FakeConsumer, FakePipeline, new_metrics, quality_event, turn_over, until

P0, P1 = TopicPartition("x.events", 0), TopicPartition("x.events", 1)
R0 = TopicPartition("x.retry-1", 0)


@dataclass(slots=True, kw_only=True)
class Running:
    """A worker at work."""

    worker: Worker
    consumer: FakeConsumer
    pipeline: FakePipeline
    stop: asyncio.Event
    task: asyncio.Task[None]
    flushed: list[int]

    async def end(self) -> None:
        """Stop the worker and wait for its end."""
        self.stop.set()
        async with asyncio.timeout(5):
            await self.task


@asynccontextmanager
async def at_work(
    consumer: FakeConsumer,
    pipeline: FakePipeline,
    *,
    records: int = 100,
    drain: float = 2.0,
    commit_interval: float = 0.005,
    delay: float = 60.0,
    bounds: Mapping[TopicPartition, int | None] | None = None,
    admit: Callable[[], float] = lambda: 0.0,
    line: Line | None = None,
    head_of_line: float = 300.0,
    paused: Callable[[], bool] = lambda: False,
    throttled: Callable[[], bool] = lambda: False,
) -> AsyncIterator[Running]:
    flushed: list[int] = []
    worker = Worker(
        consumer,
        pipeline,
        limits=WorkerLimits(records=records, commit_interval=commit_interval, drain=drain, head_of_line=head_of_line),
        retry_delays={"x.retry-1": delay},
        offsets=consumer,
        line=line or Line(DeadLetterLimits()),
        metrics=new_metrics(),
        flush=lambda: flushed.append(1),
        admit=admit,
        paused=paused,
        throttled=throttled,
    )
    worker.assign(dict.fromkeys(consumer.log) if bounds is None else bounds)
    stop = asyncio.Event()
    task = asyncio.create_task(worker.run(stop))
    try:
        yield Running(worker=worker, consumer=consumer, pipeline=pipeline, stop=stop, task=task, flushed=flushed)
    finally:
        stop.set()
        for gate in pipeline.gates.values():
            gate.set()
        await asyncio.gather(task, return_exceptions=True)


def paused_until(worker: Worker, partition: TopicPartition) -> float:
    until = worker._intake._paused[partition]
    assert until is not None
    return until


def event(key: str, name: str) -> TranscriptEvent:
    return quality_event(key, event_id=name)


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten what is waited for in production."""
    monkeypatch.setattr(worker_module, "WATCH_SECONDS", 0.005)
    monkeypatch.setattr(intake_module, "FULL_WAIT_SECONDS", 0.01)
    monkeypatch.setattr(lanes_module, "FETCH_GRACE_SECONDS", 0.05)
    monkeypatch.setattr(intake_module, "MIN_PAUSE_SECONDS", 0.01)


async def test_everything_is_processed_and_committed() -> None:
    consumer, pipeline = FakeConsumer(P0, P1), FakePipeline()
    consumer.add(P0, event("a", "1"), event("b", "2"))
    consumer.add(P1, event("c", "3"))
    async with at_work(consumer, pipeline) as running:
        await until(lambda: consumer.group_offsets == {P0: 2, P1: 1})
        assert sorted(pipeline.ended) == ["1", "2", "3"]
        assert running.worker.finished_records == 3


async def test_records_of_one_key_run_one_after_another_and_other_keys_pass_them() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "a1"), event("a", "a2"), event("a", "a3"), event("b", "b1"))
    pipeline.hold("a1", "a2")
    async with at_work(consumer, pipeline):
        await until(lambda: "b1" in pipeline.ended)
        assert pipeline.began == ["a1", "b1"]
        pipeline.release("a1")
        await until(lambda: "a2" in pipeline.began)
        await turn_over()
        assert "a3" not in pipeline.began
        pipeline.release("a2")
        await until(lambda: pipeline.ended == ["b1", "a1", "a2", "a3"])


async def test_records_of_one_key_keep_their_order_across_topics() -> None:
    consumer, pipeline = FakeConsumer(P0, R0), FakePipeline()
    consumer.add(P0, event("a", "first"))
    consumer.add(R0, event("a", "second"))
    pipeline.hold("first")
    async with at_work(consumer, pipeline):
        await until(lambda: consumer.positions[R0] == 1)
        await turn_over()
        assert pipeline.began == ["first"]
        pipeline.release("first")
        await until(lambda: pipeline.ended == ["first", "second"])


async def test_no_commit_passes_an_unfinished_record() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, *[event(f"k{number}", str(number)) for number in range(6)])
    pipeline.hold("2")
    async with at_work(consumer, pipeline):
        await until(lambda: len(pipeline.ended) == 5 and consumer.commits)
        await until(lambda: consumer.group_offsets == {P0: 2})
        assert max(commit[P0] for commit in consumer.commits) == 2
        pipeline.release("2")
        await until(lambda: consumer.group_offsets == {P0: 6})


async def test_nothing_is_committed_twice_and_nothing_before_something_was_taken() -> None:
    consumer, pipeline = FakeConsumer(P0, P1), FakePipeline()
    consumer.add(P0, event("a", "1"))
    async with at_work(consumer, pipeline) as running:
        await until(lambda: consumer.commits)
        await asyncio.wait([running.task], timeout=0.05)
    assert consumer.commits == [{P0: 1}]


@pytest.mark.parametrize("error", [CommitFailedError(), KafkaError()])
async def test_a_commit_that_failed_is_made_again(error: Exception) -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.commit_errors = [error]
    consumer.add(P0, event("a", "1"))
    async with at_work(consumer, pipeline):
        await until(lambda: consumer.group_offsets == {P0: 1})


async def test_records_in_flight_are_bounded_queued_ones_included() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    names = [str(number) for number in range(10)]
    consumer.add(P0, *[event("same" if number < 3 else f"k{number}", str(number)) for number in range(10)])
    pipeline.hold(*names)
    async with at_work(consumer, pipeline, records=4):
        await until(lambda: consumer.positions[P0] == 4)
        await until(lambda: consumer.ever_paused)
        assert consumer.positions[P0] == 4
        assert max(asked for asked in consumer.asked if asked is not None) == 4
        pipeline.release("3")
        await until(lambda: consumer.positions[P0] == 5)
        await until(lambda: pipeline.began == ["0", "3", "4"])


async def test_a_full_worker_keeps_polling_with_everything_paused_and_goes_on_where_it_was() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"), event("b", "2"))
    pipeline.hold("1")
    async with at_work(consumer, pipeline, records=1):
        await until(lambda: consumer.asked.count(None) > 2)
        assert P0 in consumer.ever_paused
        assert pipeline.began == ["1"]
        pipeline.release("1")
        await until(lambda: pipeline.ended == ["1", "2"])
        assert not consumer.halted


async def test_a_result_of_an_older_assignment_finishes_nothing_under_the_new_one() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "old"))
    pipeline.hold("old")
    async with at_work(consumer, pipeline) as running:
        await until(lambda: pipeline.began == ["old"])
        # The group moved on without a revoke that this member saw in time.
        running.worker.assign({P0: None})
        consumer.add(P0, event("b", "new"))
        consumer.positions[P0] = 1
        pipeline.hold("new")
        await until(lambda: "new" in pipeline.began)
        pipeline.release("old")
        await until(lambda: "old" in pipeline.ended)
        await turn_over()
        assert all(commit[P0] <= 1 for commit in consumer.commits)
        pipeline.release("new")
        await until(lambda: consumer.group_offsets == {P0: 2})


async def test_revoke_waits_for_what_settles_and_commits_it() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"))
    pipeline.hold("1", stage=Stage.SETTLING)
    async with at_work(consumer, pipeline, commit_interval=60) as running:
        await until(lambda: pipeline.began)
        revoking = asyncio.create_task(GroupListener(running.worker).on_partitions_revoked({P0}))
        await until(lambda: running.flushed)
        assert not revoking.done()
        pipeline.release("1")
        await revoking
        assert consumer.commits == [{P0: 1}]
        assert pipeline.cancelled == []


async def test_revoke_gives_back_at_once_what_only_waits() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "done"), event("b", "waits"), event("b", "behind it"))
    pipeline.hold("waits", stage=Stage.WAITING)
    async with at_work(consumer, pipeline, drain=60, commit_interval=60) as running:
        await until(lambda: "done" in pipeline.ended and "waits" in pipeline.began)
        await running.worker.revoke()
        assert pipeline.cancelled == ["waits"]
        assert "behind it" not in pipeline.began
        assert consumer.commits == [{P0: 1}]


async def test_revoke_lets_a_fetch_end_within_the_grace() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "quick"), event("b", "slow"))
    pipeline.hold("quick", "slow", stage=Stage.FETCHING)
    async with at_work(consumer, pipeline, drain=60, commit_interval=60) as running:
        await until(lambda: len(pipeline.began) == 2)
        revoking = asyncio.create_task(running.worker.revoke())
        await turn_over()
        pipeline.release("quick")
        await revoking
        assert pipeline.ended == ["quick"]
        assert pipeline.cancelled == ["slow"]
        assert consumer.commits == [{P0: 1}]


async def test_revoke_cancels_at_the_deadline_and_commits_what_is_finished() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"), event("b", "never"), event("c", "3"))
    pipeline.hold("never", stage=Stage.SETTLING)
    async with at_work(consumer, pipeline, drain=0.1, commit_interval=60) as running:
        await until(lambda: len(pipeline.ended) == 2)
        await running.worker.revoke()
        assert pipeline.cancelled == ["never"]
        assert consumer.commits == [{P0: 1}]


async def test_a_drain_that_is_cancelled_leaves_nothing_at_work() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"))
    pipeline.hold("1", stage=Stage.SETTLING)
    async with at_work(consumer, pipeline, drain=60, commit_interval=60) as running:
        await until(lambda: pipeline.began == ["1"])
        running.stop.set()
        await until(lambda: running.flushed)
        running.task.cancel()
        await asyncio.gather(running.task, return_exceptions=True)
        assert pipeline.cancelled == ["1"]
        assert consumer.commits == []


async def test_stopping_drains_and_commits_like_a_revoke() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"))
    pipeline.hold("1", stage=Stage.SETTLING)
    async with at_work(consumer, pipeline, commit_interval=60) as running:
        await until(lambda: pipeline.began)
        running.stop.set()
        await until(lambda: running.flushed)
        pipeline.release("1")
        await running.end()
    assert consumer.commits == [{P0: 1}]


async def test_what_was_cancelled_is_taken_again_under_the_next_assignment() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"), event("a", "2"))
    pipeline.hold("1", stage=Stage.WAITING)
    async with at_work(consumer, pipeline) as running:
        await until(lambda: pipeline.began == ["1"])
        listener = GroupListener(running.worker)
        await listener.on_partitions_revoked({P0})
        pipeline.release("1")
        consumer.positions[P0] = consumer.group_offsets.get(P0, 0)
        await listener.on_partitions_assigned({P0})
        await until(lambda: pipeline.ended == ["1", "2"])
        await until(lambda: consumer.group_offsets == {P0: 2})


async def test_a_batch_polled_across_a_rebalance_is_read_again_and_nothing_is_lost() -> None:
    consumer, pipeline = FakeConsumer(P0, P1), FakePipeline()
    consumer.add(P0, *[event(f"a{number}", f"a{number}") for number in range(3)])
    consumer.add(P1, *[event(f"b{number}", f"b{number}") for number in range(3)])
    async with at_work(consumer, pipeline) as running:
        await until(lambda: consumer.group_offsets == {P0: 3, P1: 3})
        worker = running.worker
        consumer.during_poll = lambda: worker.assign({P0: None, P1: None})
        consumer.add(P0, event("a3", "a3"), event("a4", "a4"))
        consumer.add(P1, event("b3", "b3"))
        await until(lambda: consumer.group_offsets == {P0: 5, P1: 4})
    assert (P0, 3) in consumer.seeks
    assert sorted(pipeline.ended) == ["a0", "a1", "a2", "a3", "a4", "b0", "b1", "b2", "b3"]


async def test_a_batch_polled_before_the_first_commit_is_read_again_from_the_beginning() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"), event("b", "2"))
    async with at_work(consumer, pipeline) as running:
        worker = running.worker
        consumer.during_poll = lambda: worker.assign({P0: None})
        await until(lambda: consumer.group_offsets == {P0: 2})
    assert sorted(pipeline.ended) == ["1", "2"]


async def test_records_of_a_partition_that_went_elsewhere_are_not_taken() -> None:
    consumer, pipeline = FakeConsumer(P0, P1), FakePipeline()

    def move() -> None:
        del consumer.log[P1]
        running.worker.assign({P0: None})

    consumer.during_poll = move
    consumer.add(P0, event("a", "mine"))
    consumer.add(P1, event("b", "theirs"))
    async with at_work(consumer, pipeline) as running:
        await until(lambda: pipeline.ended == ["mine"])
        await turn_over()
    assert pipeline.began == ["mine"]


async def test_a_postponed_record_waits_in_its_topic_and_holds_up_no_other() -> None:
    consumer, pipeline = FakeConsumer(P0, R0), FakePipeline()
    consumer.add(R0, event("a", "later"), timestamp=int(time.time() * 1000))
    async with at_work(consumer, pipeline, delay=60):
        await until(lambda: R0 in consumer.halted)
        consumer.add(P0, event("b", "now"))
        await until(lambda: pipeline.ended == ["now"])
        assert consumer.seeks[0] == (R0, 0)
        assert R0 in consumer.halted
        assert R0 not in consumer.group_offsets


async def test_a_postponed_record_is_taken_when_it_is_due() -> None:
    consumer, pipeline = FakeConsumer(R0), FakePipeline()
    consumer.add(R0, event("a", "1"), event("b", "2"), timestamp=int(time.time() * 1000))
    async with at_work(consumer, pipeline, delay=0.1):
        await until(lambda: R0 in consumer.halted)
        assert pipeline.began == []
        await until(lambda: pipeline.ended == ["1", "2"])
        assert R0 in consumer.ever_paused


async def test_a_timestamp_in_the_future_delays_no_longer_than_its_topic_does() -> None:
    consumer, pipeline = FakeConsumer(R0), FakePipeline()
    consumer.add(R0, event("a", "1"), timestamp=2**52)
    async with at_work(consumer, pipeline, delay=3600) as running:
        await until(lambda: R0 in consumer.halted)
        assert paused_until(running.worker, R0) <= time.monotonic() + 3600.0


async def test_a_rebalance_forgets_what_was_paused() -> None:
    consumer, pipeline = FakeConsumer(R0), FakePipeline()
    consumer.add(R0, event("a", "1"), timestamp=int(time.time() * 1000))
    async with at_work(consumer, pipeline, delay=3600) as running:
        await until(lambda: R0 in consumer.halted)
        await running.worker.revoke()
        assert running.worker._intake.paused == frozenset()


async def test_an_error_of_our_own_is_tried_again() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    pipeline.failures = {"1": 2}
    consumer.add(P0, event("a", "1"))
    async with at_work(consumer, pipeline):
        await until(lambda: consumer.group_offsets == {P0: 1})
    assert pipeline.began == ["1"] * 3
    assert pipeline.buried == []


async def test_an_error_that_stays_is_buried_and_holds_up_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    pipeline.failures = {"bad": 99}
    consumer.add(P0, event("a", "bad"), event("a", "good"))
    async with at_work(consumer, pipeline):
        await until(lambda: consumer.group_offsets == {P0: 2})
    assert pipeline.began == ["bad"] * 3 + ["good"]
    assert pipeline.buried == [("bad", "internal_error")]


@pytest.mark.parametrize(
    "poison", [None, b"", b"not json", b"{}", b"\xff\xfe", b'{"event_id":1}', b'{"x":' + b"[" * 100_000]
)
async def test_poison_between_good_records_is_buried_and_passed(poison: bytes | None) -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"), poison, event("b", "2"))
    async with at_work(consumer, pipeline):
        await until(lambda: consumer.group_offsets == {P0: 3})
    assert pipeline.unreadable == ["x.events/0/1"]
    assert sorted(pipeline.ended) == ["1", "2"]


async def test_the_bounds_end_a_replay_and_what_lies_beyond_is_left_alone() -> None:
    consumer, pipeline = FakeConsumer(P0, P1), FakePipeline()
    consumer.add(P0, *[event(f"k{number}", str(number)) for number in range(5)])
    consumer.add(P1, event("a", "p1"))
    async with at_work(consumer, pipeline, bounds={P0: 3, P1: 1}) as running:
        async with asyncio.timeout(5):
            await running.task
    assert sorted(pipeline.began) == ["0", "1", "2", "p1"]
    assert consumer.commits[-1][P0] == 3


async def test_a_replay_does_not_end_while_a_record_is_unfinished() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"))
    pipeline.hold("1")
    async with at_work(consumer, pipeline, bounds={P0: 1}) as running:
        await until(lambda: len(consumer.asked) > 5)
        assert not running.task.done()
        pipeline.release("1")
        async with asyncio.timeout(5):
            await running.task
    assert consumer.group_offsets == {P0: 1}


async def test_a_replay_ends_where_compaction_left_nothing_up_to_the_bound() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.positions[P0] = 10
    async with at_work(consumer, pipeline, bounds={P0: 10}) as running:
        async with asyncio.timeout(5):
            await running.task
    assert pipeline.began == []


async def test_a_member_of_the_group_does_not_end_when_it_has_read_everything() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"))
    async with at_work(consumer, pipeline) as running:
        await until(lambda: consumer.group_offsets == {P0: 1} and len(consumer.asked) > 5)
        assert not running.task.done()


async def test_a_slowed_replay_asks_before_every_record() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"), event("b", "2"), event("c", "3"))
    asked: list[int] = []

    def admit() -> float:
        asked.append(len(pipeline.began))
        return 0.001

    async with at_work(consumer, pipeline, admit=admit):
        await until(lambda: len(pipeline.ended) == 3)
    assert len(asked) == 3


async def test_what_lies_behind_the_end_of_a_replay_costs_no_rate() -> None:
    consumer, pipeline = FakeConsumer(P0, P1), FakePipeline()
    consumer.add(P0, *(event(f"a{number}", f"a{number}") for number in range(50)))
    consumer.add(P1, *(event(f"b{number}", f"b{number}") for number in range(3)))
    asked: list[int] = []

    def admit() -> float:
        asked.append(1)
        return 0.001

    async with at_work(consumer, pipeline, records=2, bounds={P0: 1, P1: 3}, admit=admit) as running:
        async with asyncio.timeout(5):
            await running.task
    assert sorted(pipeline.ended) == ["a0", "b0", "b1", "b2"]
    assert len(asked) == 4


async def test_what_breaks_the_worker_itself_ends_it_with_that_error() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.commit_errors = [ZeroDivisionError()]
    consumer.add(P0, event("a", "1"))
    async with at_work(consumer, pipeline) as running:
        with pytest.raises(ZeroDivisionError):
            await running.task
    assert consumer.group_offsets == {P0: 1}


async def test_a_client_that_stopped_fetching_ends_the_worker_after_what_it_has_in_hand() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    consumer._fetcher = SimpleNamespace(error_future=ended)
    consumer.add(P0, event("a", "1"))
    async with at_work(consumer, pipeline) as running:
        await until(lambda: pipeline.ended == ["1"])
        ended.set_result(None)
        with pytest.raises(FetchingEndedError):
            await running.task
    assert consumer.group_offsets == {P0: 1}


async def test_a_replay_whose_client_stopped_fetching_ends_though_its_position_stays_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Lost(FakeConsumer):
        async def position(self, partition: TopicPartition) -> int:
            """Never know, as aiokafka does not where nothing is fetched any more."""
            await asyncio.Event().wait()
            return 0

    monkeypatch.setattr(worker_module, "ASK_SECONDS", 0.02)
    consumer = Lost(P0)
    ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    ended.set_result(None)
    consumer._fetcher = SimpleNamespace(error_future=ended)
    async with at_work(consumer, FakePipeline(), bounds={P0: 5}) as running:
        with pytest.raises(FetchingEndedError):
            await running.task


async def test_an_error_is_logged_without_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    pipeline.failures = {"1": 1}
    consumer.add(P0, event("a", "1"))
    async with at_work(consumer, pipeline):
        await until(lambda: pipeline.ended == ["1"])
    captured = capsys.readouterr()
    assert CARD not in captured.err


async def test_a_shutdown_in_the_middle_of_a_rebalance_waits_until_that_has_drained_and_committed() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"))
    pipeline.hold("1", stage=Stage.SETTLING)
    async with at_work(consumer, pipeline, commit_interval=60) as running:
        await until(lambda: pipeline.began == ["1"])
        rebalance = asyncio.create_task(GroupListener(running.worker).on_partitions_revoked({P0}))
        await turn_over()
        running.stop.set()
        done, _ = await asyncio.wait([running.task], timeout=0.05)
        assert not done
        pipeline.release("1")
        await running.end()
        assert pipeline.cancelled == []
        assert consumer.group_offsets == {P0: 1}
        await rebalance


async def test_a_full_worker_that_is_told_to_stop_begins_to_drain_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_module, "FULL_WAIT_SECONDS", 3600)
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"), event("b", "2"))
    pipeline.hold("1", stage=Stage.SETTLING)
    async with at_work(consumer, pipeline, records=1) as running:
        await until(lambda: pipeline.began == ["1"])
        await turn_over()
        running.stop.set()
        await until(lambda: running.flushed)
        pipeline.release("1")
        await running.end()
    assert consumer.group_offsets == {P0: 1}


async def test_a_slowed_replay_that_is_told_to_stop_does_not_wait_for_its_rate() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"), event("b", "2"))
    waits = [0.0, 3600.0]
    async with at_work(consumer, pipeline, bounds={P0: 2}, admit=lambda: waits.pop(0)) as running:
        await until(lambda: not waits and pipeline.ended == ["1"])
        await running.end()
    assert consumer.group_offsets == {P0: 1}


async def test_a_commit_that_no_broker_answers_does_not_hold_a_stop_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committer_module, "COMMIT_SECONDS", 0.01)

    class Unanswered(FakeConsumer):
        async def commit(self, offsets: Mapping[TopicPartition, object]) -> None:
            """Look for a coordinator for ever, as aiokafka does."""
            await asyncio.Event().wait()

    consumer, pipeline = Unanswered(P0), FakePipeline()
    consumer.add(P0, event("a", "1"))
    async with at_work(consumer, pipeline) as running:
        await until(lambda: pipeline.ended == ["1"])
        await running.end()
    assert consumer.group_offsets == {}


async def test_records_polled_across_a_rebalance_are_not_skipped_while_the_way_back_is_unknown() -> None:
    class Unknowing(FakeConsumer):
        refusals = 3

        async def committed(self, partition: TopicPartition) -> int | None:
            """Fail at first, as aiokafka does when its coordinator refused it."""
            if self.refusals:
                self.refusals -= 1
                assert not self.commits
                raise KafkaError
            return await super().committed(partition)

    consumer, pipeline = Unknowing(P0), FakePipeline()
    consumer.add(P0, event("a", "1"))
    async with at_work(consumer, pipeline) as running:
        consumer.during_poll = lambda: running.worker.assign({P0: None})
        await until(lambda: consumer.group_offsets == {P0: 1})
    assert consumer.refusals == 0
    assert pipeline.ended == ["1"]


async def test_a_stop_ends_the_search_for_the_way_back_and_commits_nothing_of_it() -> None:
    class Unknowing(FakeConsumer):
        async def committed(self, partition: TopicPartition) -> int | None:
            """Fail."""
            raise KafkaError

    consumer, pipeline = Unknowing(P0), FakePipeline()
    consumer.add(P0, event("a", "1"))
    async with at_work(consumer, pipeline) as running:
        consumer.during_poll = lambda: running.worker.assign({P0: None})
        await until(lambda: consumer.during_poll is None)
        await turn_over()
        await running.end()
    assert consumer.group_offsets == {}
    assert pipeline.began == []


def lag(worker: Worker) -> dict[tuple[str, ...], float]:
    """Read what the lag gauge says, by topic and partition."""
    (family,) = worker._metrics.lag.collect()
    return {tuple(sample.labels.values()): sample.value for sample in family.samples}


async def test_the_lag_counts_partitions_of_which_nothing_was_taken_yet() -> None:
    consumer, pipeline = FakeConsumer(P0, P1), FakePipeline()
    consumer.add(P0, event("a", "1"), event("b", "2"), event("c", "3"))
    consumer.add(P1, *(event(f"d{number}", f"d{number}") for number in range(7)))
    consumer.positions[P1] = 2
    pipeline.hold("1")
    async with at_work(consumer, pipeline, records=1) as running:
        await until(lambda: lag(running.worker) == {("x.events", "0"): 3, ("x.events", "1"): 5})


async def test_a_member_reports_no_lag_of_partitions_that_it_gave_back() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "1"))
    async with at_work(consumer, pipeline) as running:
        await until(lambda: lag(running.worker) == {("x.events", "0"): 0})
        await running.worker.revoke()
        assert lag(running.worker) == {}
