"""Members are killed, restarted and rolled under load: nothing is lost, and what was finished and committed is not done again."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import LocalStack
from deploy.local.system import System
from tests.integration.conftest import QUICK
from tests.integration.world import World, eventually

# A request may hang for longer than the test lasts: the record is stuck, not failed.
PATIENT = QUICK | {"GENESYS_REQUEST_TIMEOUT_SECONDS": "300", "CONSUMER_COMMIT_INTERVAL_SECONDS": "0.2"}
HANGS_MS = 300_000


@pytest.fixture
def system(shared_stack: LocalStack, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[System]:
    name = "r-" + request.node.name.removeprefix("test_").replace("_", "-")[:60]
    with System(shared_stack, logs=tmp_path, name=name, settings=PATIENT) as system:
        yield system


async def test_a_kill_while_one_record_is_stuck_repeats_nothing_that_was_finished(system: System) -> None:
    world = World(system)
    await asyncio.to_thread(system.start)
    ids = [f"gen-51-{index}" for index in range(80)]
    stuck = ids[0]
    await world.fault(id=stuck, slow_ms=HANGS_MS)
    await world.accept(*world.webhooks(ids))

    async def committed() -> bool:
        return await world.known_finished() == set(ids[1:])

    await eventually(committed)
    await asyncio.to_thread(system.consumers[0][0].kill)
    await world.behave()
    _, url = await asyncio.to_thread(system.add_consumer)
    await world.settled(dict.fromkeys(ids, "indexed"))
    assert await world.audits() == dict.fromkeys(ids, 1)
    assert (await world.simulator_stats())["fetches"] == dict.fromkeys(ids, 1)  # what hangs is not counted
    assert await world.metric("transcripts_outcomes_total", url=url) == 1


async def test_a_kill_in_full_flow_repeats_at_most_what_was_finished_since_the_last_commit(system: System) -> None:
    world = World(system)
    system.environment["CONSUMER_FETCH_CONCURRENCY"] = "8"  # so that there is a middle to kill it in, on any machine
    await asyncio.to_thread(system.start)
    ids = [f"gen-52-{index}" for index in range(400)]
    await world.fault(slow_ms=100)
    await world.accept(*world.webhooks(ids))

    async def part_way() -> bool:
        return len(await world.known_finished()) > 60

    await eventually(part_way)
    process, _ = system.consumers[0]
    await asyncio.to_thread(process.pause)
    finished = await world.known_finished()
    await asyncio.to_thread(process.kill)
    assert len(finished) < len(ids)
    await asyncio.to_thread(system.add_consumer)
    await world.settled(dict.fromkeys(ids, "indexed"))
    audits, fetches = await world.audits(), (await world.simulator_stats())["fetches"]
    assert set(audits) == set(await world.documents()) == set(ids)
    assert {key: audits[key] for key in finished} == dict.fromkeys(finished, 1)
    assert {key: fetches[key] for key in finished} == dict.fromkeys(finished, 1)


async def test_a_rolling_restart_of_three_members_under_load_loses_and_repeats_nothing(system: System) -> None:
    world = World(system)
    await asyncio.to_thread(system.start, consumers=3)
    ids = [f"gen-53-{index}" for index in range(600)]
    await world.fault(slow_ms=20)

    async def load() -> None:
        for start in range(0, len(ids), 20):
            await world.accept(*world.webhooks(ids[start : start + 20]))
            await asyncio.sleep(0.3)

    sending = asyncio.create_task(load())
    for number in range(3):
        process, _ = system.consumers[number]
        await asyncio.to_thread(process.stop)
        assert process.exit_code == 0
        await asyncio.to_thread(system.add_consumer)
    await sending
    await world.settled(dict.fromkeys(ids, "indexed"))
    assert set(await world.documents()) == set(ids)
    # Every drain finished within its deadline, so there is no second document or audit record either.
    assert await world.audits() == dict.fromkeys(ids, 1)
    assert "drain_deadline" not in world.logs()


async def test_a_record_that_hangs_moves_out_of_the_way_of_its_partition(system: System) -> None:
    world = World(system)
    narrow = {"CONSUMER_MAX_RECORDS_IN_FLIGHT": "16", "CONSUMER_FETCH_CONCURRENCY": "16"}
    system.environment |= narrow | {"CONSUMER_HEAD_OF_LINE_SECONDS": "1", "CONSUMER_DEADLINE_SECONDS": "600"}
    await asyncio.to_thread(system.start)
    ids = [f"gen-54-{index}" for index in range(400)]
    stuck = ids[0]
    await world.fault(id=stuck, slow_ms=HANGS_MS)
    await world.accept(*world.webhooks(ids))

    async def moved() -> bool:
        return await world.metric("transcripts_head_of_line_moved_total") == 1

    await eventually(moved)
    (postponed,) = await world.records("retry-1")
    assert postponed.key.decode() == stuck
    assert dict(postponed.headers)["reason"] == b"head_of_line"
    await world.behave()
    await world.settled(dict.fromkeys(ids, "indexed"))
    assert await world.audits() == dict.fromkeys(ids, 1)
