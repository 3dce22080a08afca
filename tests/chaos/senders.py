"""Senders that retry as Genesys does: ten seconds for an answer, five retries five seconds apart, the same event every time."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp

from tests.chaos.traffic import Sending
from tests.simulator.events import Delivery
from tests.simulator.sender import ACCEPTED, NO_ANSWER, UNAVAILABLE, loopback

IN_FLIGHT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a sender waits for an answer and between two tries (seconds), and how often it tries again."""

    answer_seconds: float = 10.0
    retry_seconds: float = 5.0
    retries: int = 5


@dataclass(slots=True)
class Sent:
    """What the edges answered: events that got a 202, those given up, those refused; attempts by status (0: no answer)."""

    accepted: list[Sending] = field(default_factory=list)
    given_up: list[Sending] = field(default_factory=list)
    refused: list[Sending] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    slowest_seconds: float = 0.0


async def send(
    edges: Sequence[str], planned: Sequence[tuple[Sending, Delivery]], *, patience: Patience, started: float
) -> Sent:
    """Send every event at its time after `started` (monotonic seconds), to the edges by turns; a retry takes the next one."""
    origins = [loopback(edge) for edge in edges]
    sent = Sent()
    slots = asyncio.Semaphore(IN_FLIGHT)
    timeout = aiohttp.ClientTimeout(total=patience.answer_seconds)
    connector = aiohttp.TCPConnector(limit=IN_FLIGHT)

    async def deliver(sending: Sending, delivery: Delivery, first: int) -> None:
        status = NO_ANSWER
        for attempt in range(patience.retries + 1):
            if attempt:
                await asyncio.sleep(patience.retry_seconds)
            async with slots:
                status = await _post(session, origins[(first + attempt) % len(origins)], delivery, sent)
            if status not in (NO_ANSWER, UNAVAILABLE):
                break
        ends = {ACCEPTED: sent.accepted, NO_ANSWER: sent.given_up, UNAVAILABLE: sent.given_up}
        ends.get(status, sent.refused).append(sending)

    async with aiohttp.ClientSession(timeout=timeout, connector=connector) as session, asyncio.TaskGroup() as group:
        for number, (sending, delivery) in enumerate(planned):
            if (wait := started + sending.at_seconds - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            for copy in range(2 if sending.twice else 1):
                group.create_task(deliver(sending, delivery, number + copy))
    return sent


async def _post(session: aiohttp.ClientSession, edge: str, delivery: Delivery, sent: Sent) -> int:
    started = time.monotonic()
    try:
        async with session.post(edge + delivery.path, data=delivery.body, headers=delivery.headers) as response:
            await response.read()
            status = response.status
    except (aiohttp.ClientError, TimeoutError):
        status = NO_ANSWER
    sent.statuses[status] += 1
    sent.slowest_seconds = max(sent.slowest_seconds, time.monotonic() - started)
    return status
