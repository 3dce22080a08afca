"""One schedule from start to verdict: servers stay, everything else is fresh; traffic and faults, then quiet, then judgement."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import orjson
from aiokafka.admin import AIOKafkaAdminClient

from deploy.local import LocalStack
from deploy.local.system import System
from tests.chaos import invariants
from tests.chaos.facts import EVENTS, DocumentFact
from tests.chaos.figures import duplicates, recovery_seconds
from tests.chaos.fleet import Fleet
from tests.chaos.injector import Injector
from tests.chaos.invariants import MIB, Violation
from tests.chaos.observer import REQUEST_MS, Observer, patiently
from tests.chaos.result import Plan, Result
from tests.chaos.schedule import CONSUMERS, EDGES, plan
from tests.chaos.senders import Sent, send
from tests.chaos.traffic import FOLLOWED, UTTERANCES, Model, Sending, delivery, model, overdue, traffic

PARTITIONS = 4
POISON = b'{"no event": "4929123456789014"}'  # a record that somebody else wrote, number and all
LARGEST_PROCESS_BYTES = 300 * MIB
# Nothing that passes may become an outcome, so the deadline is far away; a killed member is noticed soon.
SETTINGS = {
    "GENESYS_REQUESTS_PER_MINUTE": "100000",
    "GENESYS_RATE_BURST": "1000",
    "GENESYS_REQUEST_TIMEOUT_SECONDS": "5",
    "CONSUMER_SESSION_TIMEOUT_SECONDS": "6",
    "CONSUMER_DEADLINE_SECONDS": "3600",
    "CONSUMER_REBALANCE_TIMEOUT_SECONDS": "20",
    "ES_REQUEST_TIMEOUT_SECONDS": "5",
    "KAFKA_TOPIC_PARTITIONS": str(PARTITIONS),
}


def stack_for(brokers: int, logs: Path) -> LocalStack:
    """Prepare servers for any number of runs: a write queue that holds one request makes Elasticsearch refuse early."""
    return LocalStack(
        own=True,
        brokers=brokers,
        log_directory=logs,
        elasticsearch_settings={"thread_pool.write.queue_size": "1", "node.processors": "1"},
    )


async def run(stack: LocalStack, plan: Plan, *, logs: Path) -> Result:
    """Run one schedule. Raises LocalStackError or TimeoutError where the harness itself could not go on."""
    settings = SETTINGS | {"KAFKA_REPLICATION_FACTOR": str(plan.brokers)}
    name = f"chaos-{plan.seed}-{int(time.time())}"
    system = System(
        stack, logs=logs, name=name, settings=settings, simulator_arguments=("--utterances", str(UTTERANCES))
    )
    with system:
        await asyncio.to_thread(system.start_simulator)
        await asyncio.to_thread(system.set_up)
        battle = _Run(stack, system, plan)
        try:
            result = await battle.fight()
        finally:
            await battle.fleet.stop()
        await battle.observer.clear()
        return result


class _Run:
    def __init__(self, stack: LocalStack, system: System, chosen: Plan) -> None:
        self._stack = stack
        self._system = system
        self._plan = chosen
        self._server_logs = {path: path.stat().st_size for path in (stack.log_directory or Path()).glob("*.log")}
        self._metrics: list[bytes] = []
        self._checks: list[asyncio.Task[list[Violation]]] = []
        self.fleet = Fleet(system, edges=EDGES, consumers=CONSUMERS)
        self.observer = Observer(
            bootstrap_servers=stack.bootstrap_servers,
            prefix=system.topic_prefix,
            group=system.environment["CONSUMER_GROUP"],
            partitions=PARTITIONS,
            index_url=f"{stack.elasticsearch_url}/{system.alias}",
        )
        self._injector = Injector(
            stack=stack,
            fleet=self.fleet,
            simulator_url=system.simulator_url,
            simulator=system.simulator,
            index=system.alias,
            leader_of=self._leader_of,
            consumers_hit=self._check_commits,
        )

    async def fight(self) -> Result:
        """Send and break, wait until everything is settled, then judge."""
        chosen = self._plan
        schedule = plan(chosen.seed, seconds=chosen.seconds, brokers=chosen.brokers)
        sendings = traffic(chosen.seed, seconds=chosen.seconds, rate=chosen.rate)
        expected = model(sendings)
        await self.fleet.start()
        async with self._supervised():
            start_ms = int(time.time() * 1000)
            expected = await self._prepare(sendings, expected, start_ms)
            system, started = self._system, time.monotonic()
            planned = [
                (one, delivery(one, secret=system.webhook_secret, api_key=system.api_key, start_ms=start_ms))
                for one in sendings
            ]
            async with asyncio.TaskGroup() as group:
                sending = group.create_task(
                    send([edge.url for edge in self.fleet.edges], planned, patience=chosen.patience, started=started)
                )
                group.create_task(self._injector.run(schedule, started=started))
            settled = await self._settle()
            self._metrics = await self.fleet.metrics()
        await self.fleet.stop()
        return await self._judge(sending.result(), sendings, expected, settled)

    @asynccontextmanager
    async def _supervised(self) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as group:
            supervisor = group.create_task(self.fleet.supervise())
            yield
            supervisor.cancel()

    async def _prepare(self, sendings: tuple[Sending, ...], expected: Model, start_ms: int) -> Model:
        """Tell the simulator which calls go wrong; write what never came through an edge."""
        for sending in sendings:
            if sending.fault is not None:
                await self._injector.genesys(**sending.fault)
        key, value, fault = overdue(self._plan.seed, start_ms=start_ms)
        await self._injector.genesys(**fault)
        await self.observer.produce(key.encode(), value)
        await self.observer.produce(b"4929123456789014", POISON)
        return Model(outcomes={**expected.outcomes, key: "no_transcript"}, calls=expected.calls)

    def _check_commits(self) -> None:
        self._checks.append(asyncio.create_task(self._commits()))

    async def _commits(self) -> list[Violation]:
        # In this order: work goes on, so whatever was committed then must be accounted for by what is found now.
        committed = await self.observer.committed()
        topics = await self.observer.catch_up()
        violations = invariants.commits_behind_work(committed, topics, {})
        return violations and invariants.commits_behind_work(committed, topics, await self.observer.documents())

    async def _settle(self) -> float | None:
        """Wait until every event has its outcome and everything is committed; None if that never came."""
        began = time.monotonic()
        while time.monotonic() < began + self._plan.settle_seconds:
            topics = await self.observer.catch_up()
            documents: dict[str, DocumentFact] = {}
            if invariants.unsettled(topics, documents):
                documents = await self.observer.documents()
            if not invariants.unsettled(topics, documents):
                committed, ends = await self.observer.committed(), await self.observer.ends()
                if all(committed.get(partition, 0) >= end for partition, end in ends.items()):
                    return round(time.monotonic() - began, 1)
            await asyncio.sleep(1.0)
        return None

    async def _judge(self, sent: Sent, sendings: tuple[Sending, ...], expected: Model, settled: float | None) -> Result:
        stats = await self._stats()
        topics = await self.observer.catch_up()
        documents = await self.observer.documents()
        committed = await self.observer.committed()
        accepted = [(one.key, one.event_id) for one in sent.accepted]
        several = {one.key for one in sendings if one.kind in FOLLOWED}
        at_the_edge = invariants.lost_at_the_edge(accepted, topics)
        violations = [
            *at_the_edge,
            *invariants.terminal_states(topics, documents, expected),
            *invariants.one_id_per_event(topics, expected, several),
            *invariants.index_equals_model(topics, documents, expected),
            *invariants.audit_is_complete(topics, documents, expected),
            *invariants.commits_behind_work(committed, topics, documents),
            *invariants.memory_is_bounded(self.fleet.incidents.peak_bytes, most_bytes=LARGEST_PROCESS_BYTES),
            *[one for check in await asyncio.gather(*self._checks) for one in check],
            *await asyncio.to_thread(self._leaks, expected),
        ]
        if sent.refused:
            violations.append(Violation("the edge answers 202 or 503", f"{len(sent.refused)} events were refused"))
        if settled is None:
            violations.append(
                Violation("everything is committed in the end", f"not within {self._plan.settle_seconds:g} s")
            )
        call_of_key = {key: one.call_id for one in sendings for key in one.expected}
        keys = [event.key for event in topics.events if event.key is not None]
        behind = Counter(call_of_key[key] for key in keys if expected.outcomes.get(key) == "indexed")
        arrived = sorted(event.timestamp_ms / 1000 for event in topics.events)
        first_ends = {audit.source: audit.timestamp_ms / 1000 for audit in reversed(topics.audits)}
        finished = sorted(first_ends.values())
        faults = sorted(self._injector.applied, key=lambda one: one.started)
        return Result(
            plan=self._plan,
            sent=sent,
            incidents=self.fleet.incidents,
            faults=faults,
            events=len(topics.events),
            lost=len(at_the_edge) + len(invariants.unsettled(topics, documents)),
            duplicates=duplicates(topics, stats["fetches"], behind),
            outcomes=Counter(audit.outcome for audit in topics.audits),
            commit_checks=len(self._checks),
            settled_after_seconds=settled,
            recoveries=[
                (one, recovery_seconds(one.healed, arrived, finished, last=max(finished, default=0.0)))
                for one in faults
            ],
            violations=violations,
        )

    def _leaks(self, expected: Model) -> list[Violation]:
        system = self._system
        own_logs = [path.read_bytes() for path in sorted(system.logs.glob(f"{system.topic_prefix}-*.log"))]
        server_logs = [path.read_bytes()[start:] for path, start in self._server_logs.items()]
        # What somebody else wrote past the edge stands on the topic as it was written, and only there.
        raw = [part for part in self.observer.raw if part not in (POISON, b"4929123456789014")]
        evidence = {
            "topics": raw,
            "index": self.observer.raw_documents,
            "logs": own_logs,
            "servers' logs": server_logs,
            "metrics": self._metrics,
        }
        secrets = [system.webhook_secret, system.api_key, system.submit_key, "simulated-secret", "X-Amz-Signature"]
        planted = expected.planted() | {"4929123456789014"}
        return invariants.nothing_leaked(evidence, planted, [one.encode() for one in secrets])

    async def _stats(self) -> dict[str, Any]:
        async def ask() -> dict[str, Any]:
            async with (
                aiohttp.ClientSession(raise_for_status=True) as session,
                session.get(f"{self._system.simulator_url}/admin/stats") as response,
            ):
                found: dict[str, Any] = orjson.loads(await response.read())
                return found

        return await patiently(ask)

    async def _leader_of(self, partition: int) -> int:
        """Ask which broker leads a partition of the events topic."""

        async def ask() -> int:
            admin = AIOKafkaAdminClient(bootstrap_servers=self._stack.bootstrap_servers, request_timeout_ms=REQUEST_MS)
            try:
                await admin.start()
                [described] = await admin.describe_topics([f"{self._system.topic_prefix}.{EVENTS}"])
            finally:
                await admin.close()
            leaders = {one["partition"]: one["leader"] for one in described["partitions"]}
            leader = int(leaders[partition % PARTITIONS])
            if leader < 1:
                raise TimeoutError("no leader now")
            return leader

        return await patiently(ask)
