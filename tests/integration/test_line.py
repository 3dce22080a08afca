"""A flood of what cannot succeed stops the line instead of emptying the topic into the dead letters; an outage does not."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import LocalStack
from deploy.local.system import System
from tests.integration.conftest import QUICK
from tests.integration.world import World, eventually

MOST = 5
SETTINGS = QUICK | {
    "CONSUMER_DEAD_LETTER_MAX_CONSECUTIVE": str(MOST),
    "CONSUMER_DEAD_LETTER_PROBE_SECONDS": "0.5",
    "ES_REQUEST_TIMEOUT_SECONDS": "2",
}


@pytest.fixture
def system(shared_stack: LocalStack, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[System]:
    name = "l-" + request.node.name.removeprefix("test_").replace("_", "-")[:60]
    with System(shared_stack, logs=tmp_path, name=name, settings=SETTINGS) as system:
        yield system


async def test_a_flood_stops_the_line_and_it_goes_on_by_itself_or_by_command(system: System) -> None:
    world = World(system)
    await asyncio.to_thread(system.start)
    _, url = system.consumers[0]
    await world.fault(unknown=True)
    ids = [f"gen-61-{index}" for index in range(60)]
    await world.accept(*world.webhooks(ids))

    async def halted() -> bool:
        status, said = await world.health("readyz", url=url)
        return status == 503 and "too many dead letters" in said["reasons"][0]

    await eventually(halted)
    assert await world.metric("transcripts_line_halted") == 1

    async def several_were_tried() -> bool:
        return world.logs().count("line_probe") >= 2

    await eventually(several_were_tried)
    assert len(await world.records("dead-letters")) == MOST
    await world.behave()

    async def goes_on() -> bool:
        return (await world.health("readyz", url=url))[0] == 200

    await eventually(goes_on)
    dead = {dict(one.headers)["original-key"].decode() for one in await world.records("dead-letters")}
    assert len(dead) == MOST
    await world.settled({one: "dead_lettered" if one in dead else "indexed" for one in ids})

    # What no second try can mend waits for an operator.
    for number in range(3 * MOST):
        await world.produce(b"not an event", key=b"%d" % number)
    await eventually(halted)
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "consumer", "resume", "--dead-letters", str(4 * MOST)],
        env=system.environment | {"CONSUMER_HEALTH_PORT": url.rsplit(":", 1)[1]},
        cwd=system.logs,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "goes on" in done.stdout

    async def all_buried() -> bool:
        return len(await world.records("dead-letters")) == 4 * MOST

    await eventually(all_buried)
    await eventually(goes_on)


async def test_elasticsearch_away_for_twenty_seconds_under_load_loses_and_buries_nothing(
    stack: LocalStack, tmp_path: Path
) -> None:
    with System(stack, logs=tmp_path, name="l-away", settings=SETTINGS) as system:
        world = World(system)
        await asyncio.to_thread(system.start)
        _, url = system.consumers[0]
        ids = [f"gen-62-{index}" for index in range(300)]

        async def load() -> None:
            for start in range(0, len(ids), 10):
                await world.accept(*world.webhooks(ids[start : start + 10]))
                await asyncio.sleep(0.7)

        sending = asyncio.create_task(load())
        await asyncio.to_thread(stack.elasticsearch.kill)
        for _ in range(20):
            await asyncio.sleep(1)
            assert (await world.health("livez", url=url))[0] == 200
        status, said = await world.health("readyz", url=url)
        assert (status, said["reasons"]) == (200, [])
        assert "is Elasticsearch running" in said["details"][0]
        assert await world.metric("transcripts_dependency_out", dependency="elasticsearch") == 1
        await asyncio.to_thread(stack.elasticsearch.start)
        await sending
        await world.settled(dict.fromkeys(ids, "indexed"))
        assert set(await world.documents()) == set(ids)
        assert await world.audits() == dict.fromkeys(ids, 1)
        assert not await world.records("dead-letters")
        assert not await world.records("retry-1")
        assert (await world.health("readyz", url=url))[1]["details"] == []
