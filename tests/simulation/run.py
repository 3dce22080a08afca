"""One seed from beginning to end: a group of members under faults until everything is worked off, then the verdict."""

import asyncio
import gc
import logging
import random
from collections.abc import Callable, Mapping, MutableMapping
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any

import structlog
from aiokafka.errors import KafkaError
from aiokafka.structs import TopicPartition

from common import events
from common.genesys.settings import GenesysSettings
from common.kafka import KafkaSettings, partition_by_crc32
from common.settings import ConfigurationError
from consumer import app
from consumer.settings import ConsumerSettings, RedactionSettings, SearchSettings, WorkerSettings
from tests.simulation.broker import HOST, PORT, Broker
from tests.simulation.check import Checker
from tests.simulation.faults import Faults
from tests.simulation.log import batch_of
from tests.simulation.model import DEADLINE_SECONDS, Model
from tests.simulation.services import ELASTICSEARCH_PORT, GENESYS_PORT, Elasticsearch, Genesys, Index
from tests.simulation.trace import Trace
from tests.simulation.virtual import EPOCH_SECONDS, MEMBER, StandstillError, VirtualLoop, machine

ARRIVAL_SECONDS = 6.0
TROUBLE_SECONDS = 14.0
RECOVERY_SECONDS = 150.0  # after the last fault; the slowest way back is a chain of timeouts and rebalances
STOP_SECONDS = 45.0
LOOK_SECONDS = 0.5
SWEEPS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a seed came to; a run of the same seed has the same digest."""

    seed: int
    digest: str
    steps: int
    virtual_seconds: float
    violations: list[str]
    lines: list[str]


def run_seed(seed: int, *, keep_trace: bool = False) -> Report:
    """Run one seed in a machine of its own."""
    gc.disable()  # what collects cycles at its own times decides when connections are closed
    try:
        with machine(seed) as loop:
            world = World(random.Random(seed), loop, Trace(keep=keep_trace))
            loop.set_exception_handler(world.lost)
            try:
                loop.run_until_complete(world.run())
            except StandstillError as error:
                world.checker.violations.append(str(error))
            seconds = loop.time()
            trace, checker = world.trace, world.checker
            _sweep(loop)
    finally:
        gc.enable()
    return Report(
        seed=seed,
        digest=trace.digest,
        steps=trace.count,
        virtual_seconds=seconds,
        violations=checker.violations,
        lines=trace.lines,
    )


def _sweep(loop: VirtualLoop) -> None:
    """Let nothing of this run live on; what does not end at once is left behind."""
    loop.set_exception_handler(lambda _loop, _context: None)
    for _ in range(SWEEPS):
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.restart_count()
        loop.call_soon(loop.stop)
        loop.run_forever()


@dataclass(slots=True, eq=False)
class _Process:
    name: str
    stop: asyncio.Event
    task: "asyncio.Task[None]"


class World:
    """The servers, the members and what happens to them."""

    def __init__(self, rng: random.Random, loop: VirtualLoop, trace: Trace) -> None:
        self._rng = rng
        self._loop = loop
        self.trace = trace
        self._partitions = rng.randint(1, 3)
        self._settings = _settings(rng, self._partitions)
        self._faults = Faults(
            rng,
            rate=rng.choice((0.0, 0.01, 0.03, 0.08)),
            slow_rate=rng.choice((0.0, 0.02, 0.05)),
            until=TROUBLE_SECONDS,
        )
        topics = self._settings.kafka.topics
        self._model = Model.draw(rng, epoch_ms=int(EPOCH_SECONDS * 1000), size=rng.randint(4, 12))
        self._index = Index(self._model.refuses)
        names = {one.name: one.partitions for one in topics.definitions()}
        self._broker = Broker(names, faults=self._faults, trace=trace)
        self.checker = Checker(self._model, self._index, topics, self._broker.logs)
        self._broker.appended = self.checker.appended
        self._broker.group.committed = self.checker.committed
        self._processes: dict[str, _Process] = {}
        self._born = 0
        self._watch_logs()

    async def run(self) -> None:
        """Start everything, make trouble, wait until all is worked off, stop, and check."""
        clock = self._loop.time
        servers = [
            await self._broker.start(),
            await Genesys(lambda path: self._model.genesys(path, clock()), faults=self._faults, trace=self.trace).start(
                GENESYS_PORT
            ),
            await Elasticsearch(self._index, faults=self._faults, trace=self.trace).start(ELASTICSEARCH_PORT),
        ]
        for _ in range(self._rng.randint(1, 3)):
            self._start()
        await self._make_trouble()
        await self._settle()
        await self._stop_all()
        self.checker.final()
        for server in servers:
            server.close()

    def lost(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Note what asyncio reports as lost; a killed member may lose anything."""
        self.trace.note("asyncio", context.get("message"), type(context.get("exception")).__name__)

    async def _make_trouble(self) -> None:
        plan = self._arrivals()
        for _ in range(self._rng.choice((0, 1, 2, 4))):
            what = self._rng.choice((self._kill_one, self._kill_one, self._stop_one, self._start, self._cut_one))
            plan.append((self._rng.uniform(0.5, TROUBLE_SECONDS), what))
        for service in ("kafka", "elasticsearch", "genesys"):
            if self._rng.random() < 0.25:
                begin = self._rng.uniform(0.0, TROUBLE_SECONDS - 5.0)
                self._faults.outages[service] = [(begin, begin + self._rng.uniform(0.5, 5.0))]
        for moment, what in sorted(plan, key=lambda one: one[0]):
            await asyncio.sleep(max(moment - self._loop.time(), 0.0))
            what()

    def _arrivals(self) -> list[tuple[float, Callable[[], None]]]:
        early = self._rng.random() < 0.5  # a backlog, or a stream
        plan: list[tuple[float, Callable[[], None]]] = []
        for event in self._model.arriving():
            moment = 0.0 if early else self._rng.uniform(0.0, ARRIVAL_SECONDS)
            plan += [(moment, _deliver(self._write, event.key.encode(), events.encode(event)))]
            if self._rng.random() < 0.1:  # the edge may deliver an event twice
                plan += [(moment + 1.0, _deliver(self._write, event.key.encode(), events.encode(event)))]
        if self._rng.random() < 0.3:
            plan.append((self._rng.uniform(0.0, ARRIVAL_SECONDS), _deliver(self._write, None, b"no event")))
        return plan

    def _write(self, key: bytes | None, value: bytes) -> None:
        numbers = range(self._partitions)
        at = TopicPartition(self._settings.kafka.topics.events, partition_by_crc32(key, numbers, numbers))
        if self._rng.random() < 0.05:
            self._broker.logs[at].skip(self._rng.randint(1, 3))
        stamp = int((EPOCH_SECONDS + self._loop.time()) * 1000)
        for record in self._broker.write(at, batch_of(key=key, value=value, timestamp_ms=stamp)):
            self.trace.note("event", at.topic, at.partition, record.offset, value)

    async def _settle(self) -> None:
        """Wait until every event has ended and every offset is committed."""
        deadline = TROUBLE_SECONDS + RECOVERY_SECONDS
        while (left := self._left()) and self._loop.time() < deadline:
            if not self._processes:
                self._start()
            await asyncio.sleep(LOOK_SECONDS)
        if left:
            self.checker.violations.append(f"not worked off {RECOVERY_SECONDS:.0f} s after the last fault: {left}")

    def _left(self) -> list[str]:
        left = self.checker.missing()
        topics, offsets = self._settings.kafka.topics, self._broker.group.offsets
        for at, log in self._broker.logs.items():
            if (
                at.topic in (topics.events, *topics.retries)
                and log.records
                and offsets.get(at, (0, ""))[0] <= max(log.records)
            ):
                left.append(f"{at.topic}/{at.partition}")
        return left

    def _start(self) -> None:
        self._born += 1
        name, stop = f"process-{self._born}", asyncio.Event()
        context = copy_context()
        context.run(MEMBER.set, name)
        task = self._loop.create_task(self._live(name, stop), context=context)
        self._processes[name] = _Process(name, stop, task)
        self.trace.note("start", name)

    async def _live(self, name: str, stop: asyncio.Event) -> None:
        try:
            await app.run(self._settings, stop)
        except (KafkaError, ConfigurationError) as error:
            self.trace.note("exit", name, type(error).__name__)  # its orchestrator starts another one
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not end a member
            self.checker.violations.append(f"{name} died of {error!r}")
        finally:
            self._processes.pop(name, None)

    def _one(self) -> _Process | None:
        living = [one for one in self._processes.values() if not one.stop.is_set()]
        return self._rng.choice(living) if living else None

    def _kill_one(self) -> None:
        """As kill -9: from now on nothing of it reaches the world."""
        if (process := self._one()) is not None:
            self.trace.note("kill", process.name)
            self._loop.cut(process.name)
            process.task.cancel()
            del self._processes[process.name]

    def _stop_one(self) -> None:
        if (process := self._one()) is not None:
            self.trace.note("stop", process.name)
            process.stop.set()

    def _cut_one(self) -> None:
        if (process := self._one()) is not None:
            self.trace.note("cut", process.name)
            self._loop.cut(process.name)
            self._loop.call_later(self._rng.uniform(0.5, 10.0), self._loop.mend, process.name)

    async def _stop_all(self) -> None:
        """Stop in good order; with nothing wrong around, that takes no longer than a drain."""
        processes = list(self._processes.values())
        for process in processes:
            process.stop.set()
        if processes:
            _, late = await asyncio.wait([one.task for one in processes], timeout=STOP_SECONDS)
            if late:
                self.checker.violations.append(f"{len(late)} members did not stop within {STOP_SECONDS:.0f} s")

    def _watch_logs(self) -> None:
        """Take log lines of the project into the trace, and hold internal errors against it."""

        def note(_logger: object, _method: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
            name = line.pop("event")
            if line.pop("exc_info", None) or name in ("record_failed", "log_began_anew"):
                self.checker.violations.append(f"internal error: {name} {line}")
            self.trace.note("log", MEMBER.get(), name, line)
            raise structlog.DropEvent

        structlog.configure(processors=[structlog.processors.format_exc_info, note], cache_logger_on_first_use=False)
        logging.disable(logging.CRITICAL)


def _deliver(write: Callable[[bytes | None, bytes], None], key: bytes | None, value: bytes) -> Callable[[], None]:
    return lambda: write(key, value)


def _settings(rng: random.Random, partitions: int) -> ConsumerSettings:
    concurrency = rng.choice((1, 4, 16))
    return ConsumerSettings(
        redaction=RedactionSettings.model_validate({}),
        kafka=KafkaSettings.model_validate(
            {"bootstrap_servers": f"{HOST}:{PORT}", "topic_prefix": "sim", "topic_partitions": partitions}
        ),
        genesys=GenesysSettings.model_validate(
            {
                "api_url": f"http://127.0.0.1:{GENESYS_PORT}",
                "login_url": f"http://127.0.0.1:{GENESYS_PORT}",
                "client_id": "simulated",
                "client_secret": "simulated",
                "allow_loopback": True,
                "requests_per_minute": rng.choice((600, 60_000)),
                "request_timeout_seconds": 3.0,
                "file_timeout_seconds": 3.0,
            }
        ),
        search=SearchSettings.model_validate(
            {
                "ELASTICSEARCH_HOST": f"http://127.0.0.1:{ELASTICSEARCH_PORT}",
                "request_timeout_seconds": 3.0,
                "bulk_documents": rng.choice((1, 3, 100)),
                "bulk_in_flight": rng.choice((1, 4)),
            }
        ),
        worker=WorkerSettings.model_validate(
            {
                "fetch_concurrency": concurrency,
                "max_records_in_flight": rng.choice((concurrency, 20, 100)) if concurrency < 20 else 100,
                "commit_interval_seconds": rng.choice((0.2, 1.0)),
                "drain_seconds": rng.choice((1.0, 4.0)),
                "rebalance_timeout_seconds": 15.0,
                "session_timeout_seconds": 6.0,
                "not_ready_waits_seconds": (0.2, 0.5),
                "retry_delays_seconds": (1.0, 2.0, 4.0),
                "deadline_seconds": DEADLINE_SECONDS,
                "health_port": 0,
            }
        ),
    )
