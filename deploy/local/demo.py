"""The main job, once, in front of a person: signed events in, redacted documents and audit records out, nothing left running."""

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import orjson
from aiokafka import AIOKafkaConsumer
from prometheus_client.parser import text_string_to_metric_families
from rich.console import Console

from deploy.local.stack import LocalStack
from deploy.local.system import System
from tests.simulator.app import communication_of
from tests.simulator.events import Delivery, conversation_end, eventbridge, trigger, webhook

REAL_CALLS = ("0002f70f7386445b", "00d676d7058c49bb", "07dd22b700514bfd")
SETTLE_SECONDS = 60.0
METRICS = (
    "transcripts_outcomes",
    "transcripts_redactions",
    "transcripts_dead_letters",
    "transcripts_postponed",
    "transcripts_average_confidence_ratio",
    "genesys_rate_limit_remaining",
    "edge_request_seconds",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One delivery: what the edge has to answer, and the outcome each key has to end with."""

    what: str
    delivery: Delivery
    status: int
    ends: Mapping[str, str]


class DemoFailedError(Exception):
    """Something did not end where it should."""


def run_demo(console: Console) -> None:
    """Start everything, run the job, print what happened, stop everything. Raises DemoFailedError or LocalStackError."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="transcripts-demo-") as folder:
        logs = Path(folder)
        console.print("starting Kafka and Elasticsearch (the first run downloads them)")
        with LocalStack(log_directory=logs) as stack, System(stack, logs=logs) as system:
            console.print(f"{time.monotonic() - started:5.1f} s  starting simulator, edge and consumer")
            system.start()
            console.print(f"{time.monotonic() - started:5.1f} s  posting events\n")
            asyncio.run(_run(system, console))
    console.print(
        f"\nall of it as it should be; everything is stopped again; {time.monotonic() - started:.1f} s in all",
        soft_wrap=True,
    )


def scenario(system: System) -> tuple[list[Step], list[dict[str, Any]]]:
    """Choose the deliveries, of both contracts and every scheme, one for every kind of ending; and the faults that lead there."""
    secret, key, now = system.webhook_secret, system.api_key, int(time.time() * 1000)
    steps = [
        Step("real call, quality webhook", webhook(call, secret=secret), 202, {call: "indexed"}) for call in REAL_CALLS
    ]
    generated = [f"gen-1-{index}" for index in range(4)]
    steps += [
        Step("generated call, quality webhook", webhook(call, secret=secret), 202, {call: "indexed"})
        for call in generated
    ]
    for number, call in enumerate(("gen-2-0", "gen-2-1", *REAL_CALLS)):
        session = communication_of(call)
        if number % 3 == 0:
            made = eventbridge(
                call,
                session,
                api_key=key,
                event_id=f"eb-{call}",
                time_ms=now,
                partial_text="my card is 4111 1111 1111 1111",
            )
        else:
            made = trigger(call, session, secret=secret, encoding="base64" if number % 3 == 1 else "hex")
        what = "speech contract, EventBridge" if number % 3 == 0 else "speech contract, trigger"
        steps.append(Step(what, made, 202, {f"{call}:{session}": "indexed"}))
    ended = "gen-3-0"
    steps += [
        Step(
            "whole conversation, expanded",
            conversation_end(ended, api_key=key, event_id="end-gen-3-0", time_ms=now),
            202,
            {ended: "expanded", f"{ended}:{communication_of(ended)}": "indexed"},
        ),
        Step(
            "late transcript, by way of a retry topic", webhook("gen-4-0", secret=secret), 202, {"gen-4-0": "indexed"}
        ),
        Step("failed at Genesys", webhook("gen-4-1", secret=secret), 202, {"gen-4-1": "failed"}),
        Step("never a transcript, given up", webhook("gen-4-2", secret=secret), 202, {"gen-4-2": "no_transcript"}),
        Step(
            "unknown to Genesys, dead letter",
            webhook("nobody-knows-this", secret=secret),
            202,
            {"nobody-knows-this": "dead_lettered"},
        ),
        Step("the same event again, harmless", webhook(REAL_CALLS[0], secret=secret), 202, {}),
        Step(
            "session still going on, ignored",
            eventbridge(
                "gen-5-0",
                "live",
                api_key=key,
                event_id="eb-live",
                time_ms=now,
                ended=False,
                partial_text="one two three",
            ),
            200,
            {},
        ),
        Step("wrong signature, refused", webhook("gen-5-1", secret="not the secret"), 401, {}),  # noqa: S106 - wrong on purpose
    ]
    faults: list[dict[str, Any]] = [
        {"id": "gen-4-0", "not_ready": 3},
        {"id": "gen-4-1", "statuses": ["queued", "failed"]},
        {"id": "gen-4-2", "not_ready": 1000},
    ]
    return steps, faults


async def _run(system: System, console: Console) -> None:
    steps, faults = scenario(system)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        for fault in faults:
            async with session.post(f"{system.simulator_url}/admin/faults", json=fault) as response:
                response.raise_for_status()
        wrong = [problem for step in steps if (problem := await _post(session, system, step, console)) is not None]
        expected = {key: end for step in steps for key, end in step.ends.items()}
        console.print(f"\nwaiting for {len(expected)} transcripts to reach their terminal state")
        audit = await read_audit(system, expected)
        found = {key: str(record["outcome"]) for key, record in audit.items()}
        wrong += [
            f"{key}: {found.get(key, 'nothing')} instead of {end}"
            for key, end in expected.items()
            if found.get(key) != end
        ]
        print_audit(console, audit)
        await _print_search(console, session, system)
        await _print_metrics(console, session, system)
    console.print("\n[bold]where to look[/] (while it runs; `make up` keeps it running)")
    console.print(system.describe(), markup=False, soft_wrap=True)
    if wrong:
        tails = "\n".join(
            process.tail() for process in (system.edge, *(one for one, _ in system.consumers)) if process is not None
        )
        raise DemoFailedError("\n".join(wrong) + "\n" + tails)


async def _post(session: aiohttp.ClientSession, system: System, step: Step, console: Console) -> str | None:
    delivery = step.delivery
    async with session.post(system.edge_url + delivery.path, data=delivery.body, headers=delivery.headers) as response:
        answer = (await response.read()).decode()
    console.print(f"  {response.status}  {step.what:<42} {answer}", markup=False, highlight=False, soft_wrap=True)
    return (
        None
        if response.status == step.status
        else f"{step.what}: the edge answered {response.status} instead of {step.status}"
    )


async def read_audit(system: System, expected: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Read the audit topic until every expected key ended as expected, or the time is over."""
    consumer = AIOKafkaConsumer(
        f"{system.topic_prefix}.audit", bootstrap_servers=system.stack.bootstrap_servers, auto_offset_reset="earliest"
    )
    await consumer.start()
    records: dict[str, dict[str, Any]] = {}
    deadline = time.monotonic() + SETTLE_SECONDS
    try:
        while time.monotonic() < deadline:
            for batch in (await consumer.getmany(timeout_ms=500)).values():
                records |= {record.key.decode(): orjson.loads(record.value) for record in batch}
            if all(records.get(key, {}).get("outcome") == end for key, end in expected.items()):
                break
    finally:
        await consumer.stop()
    return records


def print_audit(console: Console, audit: Mapping[str, dict[str, Any]]) -> None:
    """Print one line per transcript, and how many ended in which way."""
    console.print("\n[bold]audit records[/] (the compacted topic holds the state of every transcript)")
    for key, record in sorted(audit.items(), key=lambda item: (item[1]["outcome"], item[0])):
        hidden = ", ".join(f"{kind} {count}" for kind, count in sorted(record["redactions"].items()))
        console.print(
            f"  {record['outcome']:<14} {key:<44} {record['reason'] or hidden}",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
    counts = Counter(str(record["outcome"]) for record in audit.values())
    console.print("  " + ", ".join(f"{count} {outcome}" for outcome, count in counts.most_common()), soft_wrap=True)


async def _print_search(console: Console, session: aiohttp.ClientSession, system: System) -> None:
    hits = await _search(session, system)
    console.print(f"\n[bold]search[/] for utterances with a hidden card number: {hits['total']['value']} calls")
    print_hits(console, hits["hits"])
    if not hits["hits"]:
        raise DemoFailedError("the search found no redacted utterance")


async def _search(session: aiohttp.ClientSession, system: System) -> dict[str, Any]:
    query = {
        "size": 3,
        "_source": ["key"],
        "query": {
            "nested": {
                "path": "utterances",
                "query": {"match": {"utterances.text": "REDACTED_CREDIT_CARD"}},
                "inner_hits": {"size": 1},
            }
        },
    }
    base = f"{system.stack.elasticsearch_url}/{system.alias}"
    async with session.post(f"{base}/_refresh") as response:
        response.raise_for_status()
    async with session.post(f"{base}/_search", json=query) as response:
        hits: dict[str, Any] = (await response.json())["hits"]
    return hits


def print_hits(console: Console, hits: Sequence[dict[str, Any]]) -> None:
    """Print one line per call that was found, with its first utterance that matches."""
    for hit in hits:
        utterance = hit["inner_hits"]["utterances"]["hits"]["hits"][0]["_source"]
        console.print(
            f"  {hit['_source']['key']}  {utterance['speaker']}: {utterance['text']}",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )


async def _print_metrics(console: Console, session: aiohttp.ClientSession, system: System) -> None:
    console.print("\n[bold]metrics[/]")
    for url in (system.edge_url, *(url for _, url in system.consumers)):
        async with session.get(f"{url}/metrics") as response:
            text = await response.text()
        for family in text_string_to_metric_families(text):
            for sample in family.samples:
                if (
                    family.name in METRICS
                    and sample.value
                    and not sample.name.endswith(("_created", "_bucket", "_sum"))
                ):
                    labels = ", ".join(f"{name}={value}" for name, value in sample.labels.items())
                    console.print(
                        f"  {sample.name} {{{labels}}} {sample.value:g}", markup=False, highlight=False, soft_wrap=True
                    )
