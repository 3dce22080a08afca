"""Post signed events to an edge at a given rate and retry a 503 as Genesys does; loopback only, bounded in count."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import aiohttp
from yarl import URL

from tests.simulator.app import communication_of
from tests.simulator.events import SCHEMES, Delivery, Scheme, conversation_end, eventbridge, trigger, webhook

# Open Messaging: ten seconds to answer, five retries five seconds apart.
ANSWER_SECONDS = 10.0
RETRIES = 5
IN_FLIGHT = 200


@dataclass(slots=True)
class Sent:
    """What the edge answered."""

    statuses: Counter[int] = field(default_factory=Counter)
    accepted: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """Tell the latency that this share of the answers stayed within, in seconds."""
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def deliveries(
    ids: Iterable[str], *, scheme: Scheme | None, secret: str, api_key: str, time_ms: int
) -> Iterator[tuple[str, Delivery]]:
    """Make one delivery per call, in one scheme or in all of them by turns."""
    for number, call_id in enumerate(ids):
        yield (
            call_id,
            one_delivery(
                call_id,
                scheme or SCHEMES[number % len(SCHEMES)],
                secret=secret,
                api_key=api_key,
                time_ms=time_ms + number,
            ),
        )


def one_delivery(call_id: str, scheme: Scheme, *, secret: str, api_key: str, time_ms: int) -> Delivery:
    """Make the delivery of one call."""
    session = communication_of(call_id)
    match scheme:
        case "webhook":
            return webhook(call_id, secret=secret)
        case "eventbridge":
            return eventbridge(call_id, session, api_key=api_key, event_id=f"eb-{call_id}"[:64], time_ms=time_ms)
        case "trigger-base64":
            return trigger(call_id, session, secret=secret, encoding="base64")
        case "trigger-hex":
            return trigger(call_id, session, secret=secret, encoding="hex")
        case "conversation-end":
            return conversation_end(call_id, api_key=api_key, event_id=f"end-{call_id}"[:64], time_ms=time_ms)


async def send(
    edge: str,
    batch: Iterable[tuple[str, Delivery]],
    *,
    rate: float | None = None,
    retry_seconds: float = 5.0,
    retries: int = RETRIES,
) -> Sent:
    """Post deliveries, `rate` a second at most. Raises ValueError for a target that is not this machine."""
    if URL(edge).host not in ("127.0.0.1", "localhost", "::1"):
        raise ValueError("the sender posts to loopback only")
    sent = Sent()
    slots = asyncio.Semaphore(IN_FLIGHT)
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as group:
        started = time.monotonic()
        for number, (call_id, delivery) in enumerate(batch):
            if rate is not None and (wait := started + number / rate - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            await slots.acquire()
            task = group.create_task(_post(session, edge, call_id, delivery, sent, retry_seconds, retries))
            task.add_done_callback(lambda _task: slots.release())
    return sent


async def _post(
    session: aiohttp.ClientSession,
    edge: str,
    call_id: str,
    delivery: Delivery,
    sent: Sent,
    retry_seconds: float,
    retries: int,
) -> None:
    for attempt in range(retries + 1):
        started = time.perf_counter()
        try:
            async with session.post(edge + delivery.path, data=delivery.body, headers=delivery.headers) as response:
                await response.read()
                status = response.status
        except (aiohttp.ClientError, TimeoutError):
            status = 0
        sent.seconds.append(time.perf_counter() - started)
        sent.statuses[status] += 1
        if status == 202:
            sent.accepted.append(call_id)
        if status not in (0, 503) or attempt == retries:
            return
        await asyncio.sleep(retry_seconds)
