"""A partition changes hands: what was finished and committed is not worked on again, and what was not is."""

import asyncio

import pytest
from aiokafka.errors import KafkaError
from aiokafka.structs import OffsetAndMetadata, TopicPartition

from consumer import committer as committer_module
from consumer import intake as intake_module
from consumer.checkpoint import MAX_METADATA_BYTES, decode
from consumer.worker import GroupListener
from tests.unit.fakes import FakeConsumer, FakePipeline, new_metrics, turn_over, until
from tests.unit.test_consumer_worker import P0, P1, at_work, event

NAMES = [str(number) for number in range(10)]


def finished_above(consumer: FakeConsumer, partition: TopicPartition = P0) -> set[int]:
    """Read what the group's commit says beyond its offset."""
    stored = consumer.stored.get(partition, OffsetAndMetadata(0, ""))
    return {one for start, stop in decode(stored.offset, stored.metadata).finished for one in range(start, stop)}


async def take_over(consumer: FakeConsumer, pipeline: FakePipeline) -> FakePipeline:
    """Be the next owner: from the committed offsets, with nothing but what the commits say."""
    for partition in consumer.log:
        consumer.positions[partition] = consumer.group_offsets.get(partition, 0)
    consumer.halted.clear()
    after = FakePipeline()
    async with at_work(consumer, after, bounds={}) as running:
        await GroupListener(running.worker).on_partitions_assigned(set(consumer.log))
        end = {partition: consumer.highwater(partition) for partition in consumer.log}
        await until(lambda: consumer.group_offsets == end)
    return after


async def test_after_a_restart_with_one_record_stuck_only_that_record_is_worked_on_again() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, *[event(f"k{name}", name) for name in NAMES])
    pipeline.hold("3")
    async with at_work(consumer, pipeline) as running:
        await until(lambda: len(pipeline.ended) == 9)
        await running.worker.revoke()
    assert consumer.group_offsets == {P0: 3}
    assert finished_above(consumer) == {4, 5, 6, 7, 8, 9}
    after = await take_over(consumer, pipeline)
    assert after.began == ["3"]


async def test_after_a_kill_only_what_was_finished_since_the_last_commit_is_worked_on_again() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, *[event(f"k{name}", name) for name in NAMES])
    pipeline.hold("0", "7", "8")
    async with at_work(consumer, pipeline) as running:
        await until(lambda: len(pipeline.ended) == 7 and finished_above(consumer) == {1, 2, 3, 4, 5, 6, 9})
        consumer.commit_errors = [KafkaError()] * 1000  # from here on as good as dead
        pipeline.release("8")
        await until(lambda: "8" in pipeline.ended)
        running.task.cancel()
        await asyncio.gather(running.task, return_exceptions=True)
    consumer.commit_errors.clear()
    after = await take_over(consumer, pipeline)
    assert sorted(after.began) == ["0", "7", "8"]


async def test_partitions_that_are_kept_over_a_rebalance_go_on_past_what_is_finished() -> None:
    consumer, pipeline = FakeConsumer(P0, P1), FakePipeline()
    consumer.add(P0, *[event(f"k{name}", name) for name in NAMES])
    consumer.add(P1, event("other", "other"))
    pipeline.hold("0")
    async with at_work(consumer, pipeline) as running:
        listener = GroupListener(running.worker)
        await until(lambda: len(pipeline.ended) == 10)
        await listener.on_partitions_revoked({P0, P1})
        for partition in (P0, P1):
            consumer.positions[partition] = consumer.group_offsets.get(partition, 0)
        pipeline.release("0")
        await listener.on_partitions_assigned({P0, P1})
        await until(lambda: consumer.group_offsets == {P0: 10, P1: 1})
    assert sorted(pipeline.began) == sorted([*NAMES, "0", "other"])


@pytest.mark.parametrize("metadata", ["", "rubbish", "gt1:AAAAAAAAAAAAAAAA"])
async def test_metadata_that_does_not_decode_costs_duplicates_and_no_record(metadata: str) -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, *[event(f"k{name}", name) for name in NAMES])
    consumer.group_offsets[P0] = 4
    consumer.stored[P0] = OffsetAndMetadata(4, metadata)
    after = await take_over(consumer, pipeline)
    assert sorted(after.ended) == NAMES[4:]


async def test_commits_that_cannot_be_read_delay_no_assignment_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committer_module, "RESTORE_SECONDS", 0.01)
    consumer = FakeConsumer(P0)
    consumer.add(P0, event("a", "1"))

    class Unreadable(FakeConsumer):
        async def read(self, partitions: object) -> dict[TopicPartition, OffsetAndMetadata]:
            await asyncio.Event().wait()
            return {}

    committer = committer_module.Committer(consumer, Unreadable(), metrics=new_metrics())
    assert await committer.restore({P0}) == {}


async def test_a_log_that_begins_anew_under_our_feet_is_read_from_its_beginning() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, *[event(f"k{name}", f"old-{name}") for name in NAMES])
    pipeline.hold("old-5")
    async with at_work(consumer, pipeline) as running:
        await until(lambda: consumer.group_offsets == {P0: 5} and len(pipeline.ended) == 9)
        consumer.log[P0].clear()
        consumer.positions[P0] = 0  # out of range: the client starts over
        consumer.add(P0, *[event(f"k{name}", f"new-{name}") for name in NAMES[:7]])
        pipeline.hold("new-5")
        await until(lambda: "new-6" in pipeline.ended)
        # The old record at the offset of an unfinished new one ends: that says nothing about the new one.
        pipeline.release("old-5")
        await until(lambda: "old-5" in pipeline.ended and "new-5" in pipeline.began)
        await turn_over()
        await until(lambda: (consumer.group_offsets[P0], finished_above(consumer)) == (5, {6}))
        pipeline.release("new-5")
        await until(lambda: consumer.group_offsets == {P0: 7})
        assert running.worker._lanes.in_flight == 0


async def test_a_partition_whose_metadata_is_nearly_full_waits_for_its_front_and_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(intake_module, "CHECKPOINT_FULL", 0.002)
    monkeypatch.setattr(intake_module, "CHECKPOINT_ROOM", 0.001)
    consumer, pipeline = FakeConsumer(P0, P1), FakePipeline()
    consumer.add(P0, *[event(f"k{number}", f"{number}") for number in range(200)])
    pipeline.hold(*[f"{number}" for number in range(0, 200, 2)])
    async with at_work(consumer, pipeline, records=1000):
        await until(lambda: P0 in consumer.halted)
        taken = len(pipeline.began)
        consumer.add(P1, event("elsewhere", "elsewhere"))
        await until(lambda: "elsewhere" in pipeline.ended)
        assert len(pipeline.began) == taken + 1 < 200
        assert all(len(one.metadata) <= MAX_METADATA_BYTES for one in consumer.stored.values())
        pipeline.release(*[f"{number}" for number in range(0, 200, 2)])
        await until(lambda: consumer.group_offsets == {P0: 200, P1: 1})
    assert len(pipeline.ended) == 201


async def test_a_record_behind_one_of_an_older_assignment_is_not_lost() -> None:
    consumer, pipeline = FakeConsumer(P0), FakePipeline()
    consumer.add(P0, event("a", "old"))
    pipeline.hold("old")
    async with at_work(consumer, pipeline) as running:
        await until(lambda: pipeline.began == ["old"])
        running.worker.assign({P0: None})  # without a revoke that this member saw in time
        consumer.positions[P0] = 1
        consumer.add(P0, event("a", "new"))
        await until(lambda: consumer.positions[P0] == 2)
        pipeline.release("old")
        await until(lambda: consumer.group_offsets == {P0: 2})
    assert pipeline.ended == ["old", "new"]
