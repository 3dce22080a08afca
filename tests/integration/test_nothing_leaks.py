"""No planted number stands anywhere but at its source: topics, index, audit, dead letters, logs and metrics are searched byte by byte."""

import time

import aiohttp
import orjson

from tests.integration.world import World
from tests.simulator.app import communication_of
from tests.simulator.events import eventbridge, trigger, webhook
from tests.simulator.generator import Call, generate, traces
from tests.simulator.speaking import said

SEED = 41
CALLS = 60
OUTSIDE = ("4929 1234 5678 9014", "536-22-8741", "(628) 555-0147", "6285550147")


def _call(index: int) -> Call:
    """Make a call; in every second one numbers are spoken as well, in one turn or over several."""
    return said(SEED, index) if index % 2 else generate(SEED, index)


async def scrape(url: str) -> bytes:
    async with aiohttp.ClientSession() as session, session.get(f"{url}/metrics") as response:
        return await response.read()


async def test_no_planted_number_gets_anywhere(world: World) -> None:
    system = world.system
    expected: dict[str, str] = {}
    planted: set[bytes] = {number.encode() for number in OUTSIDE}
    now = int(time.time() * 1000)
    for index in range(CALLS):
        call = _call(index)
        session = communication_of(call.id)
        planted |= {trace for one in call.planted for trace in traces(one)}
        match index % 3:
            case 0:
                await world.accept(webhook(call.id, secret=system.webhook_secret))
                expected[call.id] = "indexed"
            case 1:
                await world.accept(trigger(call.id, session, secret=system.webhook_secret))
                expected[f"{call.id}:{session}"] = "indexed"
            case _:
                partial = " ".join(OUTSIDE)
                made = eventbridge(
                    call.id, session, api_key=system.api_key, event_id=f"eb-{index}", time_ms=now, partial_text=partial
                )
                await world.accept(made)
                expected[f"{call.id}:{session}"] = "indexed"
    await world.fault(id=f"gen-{SEED}-900", operation="transcript", cut="body", times=100_000)
    await world.accept(webhook(f"gen-{SEED}-900", secret=system.webhook_secret))
    planted |= {trace for one in generate(SEED, 900).planted for trace in traces(one)}
    expected[f"gen-{SEED}-900"] = "dead_lettered"
    rubbish = orjson.dumps({"transcriptionId": OUTSIDE[2], "type": OUTSIDE[0]})
    status, answer = await world.post(webhook(OUTSIDE[2], secret=system.webhook_secret))
    assert status == 400
    assert OUTSIDE[2] not in str(answer)
    # A value that looks like the decoder's own words must not become the name of a field, and so a reason and a label.
    quoting = {"event_id": "e", "contract": f"x' - at `$.{OUTSIDE[3]}`", "type": "x", "received_at_ms": 1}
    for poison in (rubbish, orjson.dumps(quoting), OUTSIDE[0].encode(), b"\xff" + OUTSIDE[1].encode()):
        await world.produce(
            poison,
            key=OUTSIDE[1].encode(),
            headers=[("reason", OUTSIDE[3].encode()), ("original-topic", OUTSIDE[0].encode())],
        )
    await world.settled(expected)

    events = [
        record for record in await world.records("events") if record.key != OUTSIDE[1].encode()
    ]  # the poison is ours
    topics = [*events]
    for name in ("retry-1", "retry-2", "retry-3", "dead-letters", "audit"):
        topics += await world.records(name)
    evidence = {
        "topics": b"\n".join(
            part for one in topics for part in (one.key or b"", one.value or b"", repr(one.headers).encode())
        ),
        "index": orjson.dumps(await world.documents()),
        "logs": world.logs().encode(),
        "metrics": b"\n".join([await scrape(url) for url in (system.edge_url, *(url for _, url in system.consumers))]),
    }
    assert len(planted) > CALLS
    for place, content in evidence.items():
        assert len(content) > 1000
        found = [number for number in planted if number in content]
        assert not found, f"{len(found)} planted numbers stand in the {place}"
    hidden = sum(record["redacted_entities"] for record in (await world.settled(expected)).values())
    assert hidden == sum(len(_call(index).planted) for index in range(CALLS))
    for secret in (
        system.webhook_secret,
        system.api_key,
        system.submit_key,
        system.environment["GENESYS_CLIENT_SECRET"],
        "X-Amz-Signature",
    ):
        assert all(secret.encode() not in content for content in evidence.values())
