"""A flood of what cannot succeed stops the line instead of emptying the topic into the dead letters; an outage does not."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import aiohttp
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


async def index_settings(world: World, **settings: object) -> None:
    """Change settings of every index behind the alias."""
    url = f"{world.system.stack.elasticsearch_url}/{world.system.alias}/_settings"
    async with aiohttp.ClientSession() as session, session.put(url, json={"index": settings}) as response:
        assert response.status == 200, await response.text()


async def alias_action(world: World, action: str, index: str) -> None:
    """Take the alias from an index, or give it back."""
    write = {"is_write_index": True} if action == "add" else {}
    actions = [{action: {"index": index, "alias": world.system.alias} | write}]
    url = f"{world.system.stack.elasticsearch_url}/_aliases"
    async with aiohttp.ClientSession() as session, session.post(url, json={"actions": actions}) as response:
        assert response.status == 200, await response.text()


async def test_whatever_is_out_for_everyone_is_waited_out_and_named_with_its_mend(system: System) -> None:
    world = World(system)
    await asyncio.to_thread(system.start)
    _, url = system.consumers[0]
    first = f"{system.alias}-000001"

    async def wait_out(
        number: int, breaks: Callable[[], Awaitable[None]], heals: Callable[[], Awaitable[None]], said: str
    ) -> None:
        ids = [f"gen-{63 + number}-{index}" for index in range(15)]
        await breaks()
        await world.accept(*world.webhooks(ids))

        async def named() -> bool:
            status, answer = await world.health("readyz", url=url)
            assert status == 200
            return any(said in one for one in answer["details"])

        await eventually(named)
        assert (await world.health("livez", url=url))[0] == 200
        await heals()
        await world.settled(dict.fromkeys(ids, "indexed"))

        async def well() -> bool:
            return not (await world.health("readyz", url=url))[1]["details"]

        await eventually(well)

    await wait_out(
        0,
        lambda: index_settings(world, **{"blocks.write": True}),
        lambda: index_settings(world, **{"blocks.write": False}),
        "the index is read-only",
    )
    await wait_out(
        1,
        lambda: alias_action(world, "remove", first),
        lambda: alias_action(world, "add", first),
        "the alias of ES_ALIAS is gone",
    )
    await wait_out(2, lambda: world.fault(status=503, times=1_000_000), world.behave, "status page")
    await wait_out(
        3,
        lambda: world.fault(operation="token", expire_tokens=True, status=401, times=1_000_000),
        world.behave,
        "GENESYS_CLIENT_SECRET",
    )
    assert not await world.records("dead-letters")
