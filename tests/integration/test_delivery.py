"""Nothing is lost and nothing is there twice, whatever is killed, replayed, shared or out for a while."""

import asyncio
import json
import subprocess
import sys
import time
from typing import Any

import pytest

from deploy.local import LocalStack
from deploy.local.system import ROOT, System
from tests.integration.conftest import QUICK
from tests.integration.world import World, eventually

VOLATILE = ("indexed_at", "metrics")


def stable(documents: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Leave out what a replay may change: indexed_at and the latency."""
    return {
        key: {name: value for name, value in one.items() if name not in VOLATILE}
        | {name: value for name, value in one["metrics"].items() if name != "processing_latency_seconds"}
        for key, one in documents.items()
    }


def replay(system: System, *arguments: str) -> list[dict[str, Any]]:
    """Run `consumer replay` to its end and return what it said."""
    done = subprocess.run(  # noqa: S603 - our own command, fixed arguments
        [sys.executable, "-m", "consumer", "replay", "--json", *arguments],
        env=system.environment,
        cwd=system.logs,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


async def test_a_replay_of_the_whole_topic_leaves_the_index_identical(fresh_system: System) -> None:
    system, world = fresh_system, World(fresh_system)
    await asyncio.to_thread(system.start)
    ids = [f"gen-31-{index}" for index in range(40)]
    await world.fault(id="gen-31-7", operation="transcript", statuses=["failed"])
    await world.accept(*world.webhooks(ids))
    expected = dict.fromkeys(ids, "indexed") | {"gen-31-7": "failed"}
    before = await world.settled(expected)

    async def committed() -> bool:
        return sum((await world.committed()).values()) == len(ids)

    await eventually(committed)
    documents, offsets = await world.documents(), await world.committed()
    plan, *_ = await asyncio.to_thread(replay, system, "--dry-run")
    assert plan["records"] == 40
    assert len(await world.records("audit")) == 40
    said = await asyncio.to_thread(replay, system)
    assert said[-1]["records_finished"] == 40
    after = await world.settled(expected)
    assert len(await world.records("audit")) == 80
    assert stable(await world.documents()) == stable(documents)
    assert {key: record["outcome"] for key, record in after.items()} == {
        key: record["outcome"] for key, record in before.items()
    }
    assert await world.committed() == offsets
    again = await asyncio.to_thread(replay, system, "--group", said[-1]["group"])
    assert again[0]["records"] == 0


async def test_a_replay_keeps_to_its_times_and_its_rate(fresh_system: System) -> None:
    system, world = fresh_system, World(fresh_system)
    await asyncio.to_thread(system.start)
    first, second = [f"gen-32-{index}" for index in range(3)], [f"gen-32-{index}" for index in range(3, 9)]
    await world.accept(*world.webhooks(first))
    await world.settled(dict.fromkeys(first, "indexed"))
    middle = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() + 1))
    await eventually(lambda: _reached(middle), seconds=5)
    await world.accept(*world.webhooks(second))
    await world.settled(dict.fromkeys(second, "indexed"))
    assert (await asyncio.to_thread(replay, system, "--dry-run", "--from", middle))[0]["records"] == len(second)
    assert (await asyncio.to_thread(replay, system, "--dry-run", "--to", middle))[0]["records"] == len(first)
    started = time.monotonic()
    said = await asyncio.to_thread(replay, system, "--from", middle, "--rate", "3")
    assert said[-1]["records_finished"] == len(second)
    assert time.monotonic() - started >= (len(second) - 1) / 3


async def _reached(moment: str) -> bool:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime()) >= moment


async def test_a_consumer_killed_in_the_middle_loses_nothing(fresh_system: System) -> None:
    system, world = fresh_system, World(fresh_system)
    await asyncio.to_thread(system.start)
    ids = [f"gen-33-{index}" for index in range(300)]
    await world.fault(id="*", operation="transcript", slow_ms=500)
    await world.accept(*world.webhooks(ids))

    async def part_way() -> bool:
        return await world.metric("transcripts_outcomes_total", outcome="indexed") >= 30

    await eventually(part_way)
    process, _ = system.consumers[0]
    await asyncio.to_thread(process.kill)
    assert len(await world.documents()) < len(ids)
    await asyncio.to_thread(system.add_consumer)
    await world.settled(dict.fromkeys(ids, "indexed"))
    assert set(await world.documents()) == set(ids)


async def test_a_consumer_told_to_stop_finishes_what_it_has_and_repeats_nothing(fresh_system: System) -> None:
    system, world = fresh_system, World(fresh_system)
    await asyncio.to_thread(system.start)
    ids = [f"gen-34-{index}" for index in range(200)]
    await world.fault(id="*", operation="transcript", slow_ms=50)
    await world.accept(*world.webhooks(ids))

    async def part_way() -> bool:
        return await world.metric("transcripts_outcomes_total", outcome="indexed") >= 20

    await eventually(part_way)
    process, _ = system.consumers[0]
    await asyncio.to_thread(process.stop)
    assert process.exit_code == 0
    await asyncio.to_thread(system.add_consumer)
    await world.settled(dict.fromkeys(ids, "indexed"))
    assert set(await world.documents()) == set(ids)


async def test_two_members_share_the_topic_and_one_takes_over(fresh_system: System) -> None:
    system, world = fresh_system, World(fresh_system)
    await asyncio.to_thread(system.start, consumers=2)

    async def shared() -> bool:
        assigned = [await world.metric("transcripts_assigned_partitions", url=url) for _, url in system.consumers]
        return min(assigned) > 0 and sum(assigned) == 4 * int(system.environment["KAFKA_TOPIC_PARTITIONS"])

    await eventually(shared)
    ids = [f"gen-35-{index}" for index in range(200)]
    await world.fault(id="*", operation="transcript", slow_ms=50)
    await world.accept(*world.webhooks(ids[:100]))
    await world.settled(dict.fromkeys(ids[:100], "indexed"))
    done = [await world.metric("transcripts_outcomes_total", url=url, outcome="indexed") for _, url in system.consumers]
    assert min(done) > 0
    await world.accept(*world.webhooks(ids[100:]))
    await asyncio.to_thread(system.consumers[0][0].stop)
    await world.settled(dict.fromkeys(ids, "indexed"))
    assert set(await world.documents()) == set(ids)

    async def committed() -> bool:
        return sum((await world.committed()).values()) == len(await world.records("events"))

    await eventually(committed)


@pytest.mark.parametrize("outage", ["pause", "kill"])
async def test_an_elasticsearch_outage_delays_and_loses_nothing(stack: LocalStack, tmp_path: Any, outage: str) -> None:
    with System(
        stack, logs=tmp_path, name=f"outage-{outage}", settings=QUICK | {"ES_REQUEST_TIMEOUT_SECONDS": "2"}
    ) as system:
        world = World(system)
        await asyncio.to_thread(system.start)
        ids = [f"gen-36-{index}" for index in range(30)]
        server = stack.elasticsearch
        await asyncio.to_thread(server.pause if outage == "pause" else server.kill)
        await world.accept(*world.webhooks(ids))

        async def fetched() -> bool:
            return await world.metric("transcripts_fetch_seconds_count", result="Transcript") == len(ids)

        await eventually(fetched)
        assert await world.metric("transcripts_outcomes_total", outcome="indexed") == 0
        assert sum((await world.committed()).values()) == 0
        await asyncio.to_thread(server.resume if outage == "pause" else server.start)
        await world.settled(dict.fromkeys(ids, "indexed"), seconds=90)
        assert set(await world.documents()) == set(ids)
        assert not await world.records("dead-letters")


async def test_a_member_told_to_stop_while_kafka_is_away_ends_in_time_and_loses_nothing(
    stack: LocalStack, tmp_path: Any
) -> None:
    settings = QUICK | {"CONSUMER_DRAIN_SECONDS": "2"}
    with System(stack, logs=tmp_path, name="kafka-away", settings=settings) as system:
        world = World(system)
        await asyncio.to_thread(system.start)
        ids = [f"gen-37-{index}" for index in range(20)]
        await world.fault(id="*", operation="transcript", slow_ms=500)
        await world.accept(*world.webhooks(ids))

        async def under_way() -> bool:
            return await world.metric("transcripts_records_in_flight") > 0

        await eventually(under_way)
        process, _ = system.consumers[0]
        await asyncio.to_thread(stack.kafka.kill)
        try:
            await asyncio.to_thread(process.stop)
        finally:
            await asyncio.to_thread(stack.kafka.start)
        assert process.exit_code == 0
        await asyncio.to_thread(system.add_consumer)
        await world.settled(dict.fromkeys(ids, "indexed"), seconds=90)


async def test_a_member_refuses_topics_and_index_that_are_not_there(fresh_system: System) -> None:
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "consumer", "run"],
        env=fresh_system.environment,
        cwd=ROOT / "tests",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "python -m consumer setup" in done.stderr
    assert fresh_system.alias in done.stderr
