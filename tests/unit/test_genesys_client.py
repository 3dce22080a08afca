"""Waiting for the rate budget: in order, at no cost for who gives up, and woken when a member's share changes."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from common.genesys.client import GenesysClient
from common.genesys.settings import GenesysSettings
from common.settings import ConfigurationError


class Watch:
    """Notes what the client reports."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    def rate_limit_waited(self, seconds: float) -> None:
        self.waited.append(seconds)

    def rate_limit_remaining(self, client: str, remaining: float) -> None: ...

    def throttled(self) -> None: ...


def settings(**given: object) -> GenesysSettings:
    return GenesysSettings.model_validate({"client_id": "a", "client_secret": "b", **given})


@pytest.fixture
async def idle() -> AsyncIterator[GenesysClient]:
    async with GenesysClient(
        settings(requests_per_minute=6_000_000, rate_burst=1000), share=0.0, observer=Watch()
    ) as one:
        yield one


async def admitted(client: GenesysClient) -> None:
    await client._admit()


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_member_without_partitions_waits_until_it_gets_some(idle: GenesysClient) -> None:
    waiting = [asyncio.create_task(admitted(idle)) for _ in range(3)]
    await settle()
    assert not any(task.done() for task in waiting)
    idle.set_share(0.5)
    assert idle.requests_per_minute == 3_000_000
    async with asyncio.timeout(10):
        await asyncio.gather(*waiting)


async def test_who_gives_up_takes_nothing_out_of_the_budget_and_holds_nobody_back(idle: GenesysClient) -> None:
    impatient = [asyncio.create_task(admitted(idle)) for _ in range(50)]
    patient = asyncio.create_task(admitted(idle))
    await settle()
    for task in impatient:
        task.cancel()
    await settle()
    idle.set_share(1.0)
    async with asyncio.timeout(10):
        await patient
    assert all(task.cancelled() for task in impatient)


async def test_requests_are_admitted_in_the_order_of_asking(idle: GenesysClient) -> None:
    order: list[int] = []

    async def ask(number: int) -> None:
        await idle._admit()
        order.append(number)

    tasks = [asyncio.create_task(ask(number)) for number in range(20)]
    await settle()
    idle.set_share(1.0)
    async with asyncio.timeout(10):
        await asyncio.gather(*tasks)
    assert order == list(range(20))


def test_shares_that_leave_nothing_to_the_group_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "CLIENT_ID": "a",
        "CLIENT_SECRET": "b",
        "SUBMISSION_SHARE": "0.6",
        "REPLAY_SHARE": "0.4",
    }.items():
        monkeypatch.setenv(f"GENESYS_{name}", value)
    with pytest.raises(ConfigurationError, match="must leave a part of the budget to the consumer group"):
        GenesysSettings.load()
    monkeypatch.setenv("GENESYS_REPLAY_SHARE", "0.1")
    assert GenesysSettings.load().group_share == pytest.approx(0.3)
