"""Post signed events to an edge and retry a 503 as Genesys does; loopback only, bounded in count."""

import asyncio
import hashlib
import ipaddress
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import aiohttp
from yarl import URL

from tests.simulator.events import (
    PARTIAL_TEXT,
    SCHEMES,
    Delivery,
    Scheme,
    conversation_end,
    eventbridge,
    trigger,
    webhook,
)
from tests.simulator.generator import communication_of

# Open Messaging: ten seconds to answer, five retries five seconds apart.
ANSWER_SECONDS = 10.0
RETRIES = 5
RETRY_SECONDS = 5.0
IN_FLIGHT = 200
NO_ANSWER = 0
ACCEPTED, IGNORED, UNAVAILABLE = 202, 200, 503


@dataclass(slots=True)
class Sent:
    """What the edge answered. `statuses` counts attempts (0: no answer), the lists and the other counts are deliveries."""

    statuses: Counter[int] = field(default_factory=Counter)
    accepted: list[str] = field(default_factory=list)
    ignored: int = 0
    refused: int = 0
    given_up: int = 0
    seconds: list[float] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """Tell the latency that this share of the answers stayed within, in seconds."""
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0

    def summary(self) -> str:
        """Say in one line what became of the deliveries."""
        return (
            f"accepted {len(self.accepted)}, ignored {self.ignored}, refused {self.refused}, given up {self.given_up}; "
            f"answers by status {dict(sorted(self.statuses.items()))}; "
            f"p50 {self.percentile(0.5) * 1000:.1f} ms, p99 {self.percentile(0.99) * 1000:.1f} ms"
        )


def deliveries(
    ids: Iterable[str], *, scheme: Scheme | None, secret: str, api_key: str, time_ms: int
) -> Iterator[tuple[str, Delivery]]:
    """Make one delivery per call, in one scheme or in all accepted ones by turns; every call a millisecond later."""
    for number, call_id in enumerate(ids):
        chosen = scheme or SCHEMES[number % len(SCHEMES)]
        yield call_id, one_delivery(call_id, chosen, secret=secret, api_key=api_key, time_ms=time_ms + number)


def one_delivery(call_id: str, scheme: Scheme, *, secret: str, api_key: str, time_ms: int) -> Delivery:
    """Make the delivery of one call."""
    session = communication_of(call_id)
    event_id = hashlib.sha256(f"{scheme}/{call_id}".encode()).hexdigest()[:40]
    match scheme:
        case "webhook":
            return webhook(call_id, secret=secret)
        case "eventbridge" | "eventbridge-ongoing":
            return eventbridge(
                call_id,
                session,
                api_key=api_key,
                event_id=event_id,
                time_ms=time_ms,
                ended=scheme == "eventbridge",
                partial_text=PARTIAL_TEXT,
            )
        case "trigger-base64":
            return trigger(call_id, session, secret=secret, encoding="base64")
        case "trigger-hex":
            return trigger(call_id, session, secret=secret, encoding="hex")
        case "trigger-genesys":
            return trigger(call_id, session, secret=secret, header="genesys")
        case "trigger-conversation":
            return trigger(call_id, None, secret=secret)
        case "conversation-end":
            return conversation_end(call_id, api_key=api_key, event_id=event_id, time_ms=time_ms)


async def send(
    edge: str,
    batch: Iterable[tuple[str, Delivery]],
    *,
    rate: float | None = None,
    retry_seconds: float = RETRY_SECONDS,
    retries: int = RETRIES,
) -> Sent:
    """Post deliveries, `rate` a second at most. Raises ValueError for a target that is not this machine."""
    origin = loopback(edge)
    sent = Sent()
    slots = asyncio.Semaphore(IN_FLIGHT)
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    connector = aiohttp.TCPConnector(limit=IN_FLIGHT)
    async with (
        aiohttp.ClientSession(timeout=timeout, connector=connector) as session,
        asyncio.TaskGroup() as group,
    ):
        started = time.monotonic()
        for number, (call_id, delivery) in enumerate(batch):
            if rate is not None and (wait := started + number / rate - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            await slots.acquire()
            task = group.create_task(_deliver(session, origin, call_id, delivery, sent, retry_seconds, retries))
            task.add_done_callback(lambda _task: slots.release())
    return sent


async def known_calls(simulator: str) -> list[str]:
    """Ask a simulator for its real and added calls. Raises ValueError for one that is not on this machine."""
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session,
        session.get(f"{loopback(simulator)}/admin/calls") as response,
    ):
        response.raise_for_status()
        return list(await response.json())


def loopback(origin: str) -> str:
    """Return an origin on this machine without its last slash. Raises ValueError for any other."""
    host = URL(origin).host or ""
    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local:
        raise ValueError("only an origin on this machine is accepted, such as http://127.0.0.1:8000")
    return origin.rstrip("/")


async def _deliver(
    session: aiohttp.ClientSession,
    edge: str,
    call_id: str,
    delivery: Delivery,
    sent: Sent,
    retry_seconds: float,
    retries: int,
) -> None:
    """Post until there is an answer other than 503, or the retries are used up."""
    status = NO_ANSWER
    for attempt in range(retries + 1):
        if attempt:
            await asyncio.sleep(retry_seconds)
        status = await _post(session, edge, delivery, sent)
        if status not in (NO_ANSWER, UNAVAILABLE):
            break
    if status == ACCEPTED:
        sent.accepted.append(call_id)
    elif status == IGNORED:
        sent.ignored += 1
    elif status in (NO_ANSWER, UNAVAILABLE):
        sent.given_up += 1
    else:
        sent.refused += 1


async def _post(session: aiohttp.ClientSession, edge: str, delivery: Delivery, sent: Sent) -> int:
    started = time.perf_counter()
    try:
        async with session.post(edge + delivery.path, data=delivery.body, headers=delivery.headers) as response:
            await response.read()
            status = response.status
    except (aiohttp.ClientError, TimeoutError):
        status = NO_ANSWER
    sent.seconds.append(time.perf_counter() - started)
    sent.statuses[status] += 1
    return status
