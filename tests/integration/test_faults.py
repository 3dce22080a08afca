"""Whatever Genesys does, every event reaches its one outcome and the index holds what it should."""

from typing import Any

import pytest

from tests.integration.world import World
from tests.simulator.app import communication_of
from tests.simulator.events import trigger

QUALITY = [
    ({"statuses": ["queued", "processing", "completed"]}, "indexed"),
    ({"statuses": ["queued", "failed"]}, "failed"),
    ({"not_ready": 2}, "indexed"),
    ({"not_ready": 100_000}, "no_transcript"),
    ({"status": 429, "retry_after": 1}, "indexed"),
    ({"status": 429}, "indexed"),
    ({"status": 500, "times": 2}, "indexed"),
    ({"status": 503, "times": 5}, "indexed"),
    ({"status": 403, "times": 1}, "indexed"),
    ({"status": 418, "times": 1}, "dead_lettered"),
    ({"slow_ms": 800}, "indexed"),
    ({"cut": "connection", "times": 2}, "indexed"),
    ({"cut": "body", "times": 2}, "indexed"),
    ({"status": 500, "times": 100_000}, "dead_lettered"),
]
SPEECH = [
    ("link", {"not_ready": 2}, "indexed"),
    ("link", {"expire_links": True}, "indexed"),
    ("link", {"status": 502, "times": 1}, "indexed"),
    ("file", {"cut": "body", "times": 1}, "indexed"),
    ("file", {"status": 503, "times": 2}, "indexed"),
    ("file", {"status": 404, "times": 1}, "indexed"),
]


def name(fault: Any) -> str:
    return "-".join(f"{key}-{value}" for key, value in fault.items()) if isinstance(fault, dict) else str(fault)


@pytest.mark.parametrize(("fault", "outcome"), QUALITY, ids=name)
async def test_a_fault_of_the_quality_contract_ends_in_the_right_outcome(
    world: World, fault: dict[str, Any], outcome: str
) -> None:
    call = f"gen-21-{QUALITY.index((fault, outcome))}"
    await world.fault(id=call, operation="transcript", **fault)
    await world.accept(*world.webhooks([call]))
    await world.settled({call: outcome})
    assert (call in await world.documents()) == (outcome == "indexed")
    assert (call in {dict(one.headers)["original-key"].decode() for one in await world.records("dead-letters")}) == (
        outcome == "dead_lettered"
    )


@pytest.mark.parametrize(("operation", "fault", "outcome"), SPEECH, ids=name)
async def test_a_fault_of_the_speech_contract_ends_in_the_right_outcome(
    world: World, operation: str, fault: dict[str, Any], outcome: str
) -> None:
    call = f"gen-22-{SPEECH.index((operation, fault, outcome))}"
    key = f"{call}:{communication_of(call)}"
    await world.fault(id=call, operation=operation, **fault)
    await world.accept(trigger(call, communication_of(call), secret=world.system.webhook_secret))
    await world.settled({key: outcome})
    assert key in await world.documents()


async def test_an_unknown_id_is_dead_lettered_under_the_quality_contract_and_given_up_under_the_other(
    world: World,
) -> None:
    await world.accept(
        *world.webhooks(["nobody"]), trigger("nobody-else", "no-session", secret=world.system.webhook_secret)
    )
    state = await world.settled({"nobody": "dead_lettered", "nobody-else:no-session": "no_transcript"})
    assert state["nobody"]["reason"] == "unknown_transcription"


async def test_expired_tokens_are_refreshed_once_for_all_who_wait(world: World) -> None:
    ids = [f"gen-23-{index}" for index in range(30)]
    before = (await world.simulator_stats())["requests"]["token"]
    await world.fault(id="gen-23-0", operation="token", expire_tokens=True)
    await world.accept(*world.webhooks(ids))
    await world.settled(dict.fromkeys(ids, "indexed"))
    assert (await world.simulator_stats())["requests"]["token"] == before + 1


async def test_a_token_endpoint_that_fails_for_a_while_loses_nothing(world: World) -> None:
    call = "gen-24-0"
    await world.fault(id="*", operation="token", expire_tokens=True, status=503, times=2)
    await world.accept(*world.webhooks([call]))
    await world.settled({call: "indexed"})


async def test_a_postponed_event_carries_where_it_came_from(world: World) -> None:
    call = "gen-25-0"
    await world.fault(id=call, operation="transcript", not_ready=3)
    await world.accept(*world.webhooks([call]))
    audit = (await world.settled({call: "indexed"}))[call]
    assert audit["attempts"] > 1
    assert audit["source"]["topic"] == world.topic("events")
    (postponed, *_) = [one for one in await world.records("retry-1") if one.key == call.encode()]
    headers = dict(postponed.headers)
    assert headers["original-topic"].decode() == world.topic("events")
    assert int(headers["original-offset"]) == audit["source"]["offset"]
    assert headers["reason"] == b"status_processing"
