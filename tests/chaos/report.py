"""Writes what the runs came to: JSON for programs, Markdown for people. Pure but for `write`."""

import dataclasses
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from tests.chaos.injector import Applied
from tests.chaos.invariants import MIB
from tests.chaos.result import Result

SHOWN_FINDINGS = 4
COLUMNS = (
    "seed",
    "brokers",
    "result",
    "events sent",
    "accepted",
    "given up",
    "on the topic",
    "faults",
    "commit checks",
    "lost",
    "second deliveries",
    "second fetches",
    "second audits",
    "settled after s",
    "slowest recovery s",
    "largest process MB",
)


def row(result: Result) -> list[str]:
    """Say in one row of the table what a run came to."""
    sent, twice = result.sent, result.duplicates
    recoveries = [seconds for _, seconds in result.recoveries if seconds is not None]
    peak = max(result.incidents.peak_bytes.values(), default=0)
    return [
        str(result.plan.seed),
        str(result.plan.brokers),
        "held" if result.passed else "BROKEN",
        str(len(sent.accepted) + len(sent.given_up) + len(sent.refused)),
        str(len(sent.accepted)),
        str(len(sent.given_up)),
        str(result.events),
        str(len(result.faults)),
        str(result.commit_checks),
        str(result.lost),
        str(twice.deliveries),
        str(twice.fetches),
        str(twice.audits),
        "never" if result.settled_after_seconds is None else f"{result.settled_after_seconds:g}",
        f"{max(recoveries, default=0.0):g}",
        f"{peak / MIB:.0f}",
    ]


def markdown(results: Sequence[Result]) -> str:
    """Write the whole report."""
    held = sum(result.passed for result in results)
    lines = [
        "# Chaos",
        "",
        f"{held} of {len(results)} schedules held every promise.",
        "",
        f"| {' | '.join(COLUMNS)} |",
        f"|{'---|' * len(COLUMNS)}",
        *(f"| {' | '.join(row(result))} |" for result in results),
        "",
        *_recoveries(results),
    ]
    for result in results:
        lines += ["", f"## Seed {result.plan.seed}, {result.plan.brokers} broker(s)", "", *_details(result)]
    return "\n".join(lines) + "\n"


def as_json(result: Result) -> dict[str, Any]:
    """Shape a result for a program."""
    return {
        "seed": result.plan.seed,
        "seconds": result.plan.seconds,
        "brokers": result.plan.brokers,
        "rate": result.plan.rate,
        "passed": result.passed,
        "accepted": len(result.sent.accepted),
        "given_up": len(result.sent.given_up),
        "refused": len(result.sent.refused),
        "answers": {str(status): count for status, count in sorted(result.sent.statuses.items())},
        "events": result.events,
        "lost": result.lost,
        "duplicates": dataclasses.asdict(result.duplicates),
        "outcomes": dict(result.outcomes),
        "commit_checks": result.commit_checks,
        "settled_after_seconds": result.settled_after_seconds,
        "faults": [
            {
                "kind": fault.kind.value,
                "note": fault.note,
                "seconds": round(fault.healed - fault.started, 1),
                "recovery_seconds": seconds,
            }
            for fault, seconds in result.recoveries
        ],
        "peak_bytes": result.incidents.peak_bytes,
        "ended_by_themselves": dict(result.incidents.ended_by_themselves),
        "restarted_as_stuck": dict(result.incidents.restarted_as_stuck),
        "killed_at_stop": dict(result.incidents.killed_at_stop),
        "violations": [dataclasses.asdict(one) for one in result.violations],
    }


def write(results: Sequence[Result], folder: Path) -> None:
    """Write report.md and report.json, again after every run, so that an interrupt costs nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.md").write_text(markdown(results))
    made = [as_json(result) for result in results]
    (folder / "report.json").write_bytes(orjson.dumps(made, option=orjson.OPT_INDENT_2))


def again(result: Result) -> str:
    """Say how to run the same schedule again."""
    made = result.plan
    return f"python -m tests.chaos --seed {made.seed} --seconds {made.seconds:g} --rate {made.rate:g} --retry-seconds {made.patience.retry_seconds:g} --schedules 1 --brokers {made.brokers}"


def summary(result: Result) -> list[str]:
    """List what is wrong: every invariant that broke, how often, and a few findings of each."""
    found: dict[str, list[str]] = {}
    for one in result.violations:
        found.setdefault(one.invariant, []).append(one.evidence)
    return [
        f"{invariant} ({len(evidence)}): {'; '.join(evidence[:SHOWN_FINDINGS])}{'; ...' if evidence[SHOWN_FINDINGS:] else ''}"
        for invariant, evidence in found.items()
    ]


def _details(result: Result) -> list[str]:
    kinds = Counter(fault.kind.value for fault in result.faults)
    incidents = result.incidents
    lines = [
        f"- faults: {_counts(kinds)}",
        f"- outcomes (audit records): {_counts(result.outcomes)}",
        (
            f"- answers of the edges: {_counts({str(one): count for one, count in sorted(result.sent.statuses.items())})}, "
            f"the slowest after {result.sent.slowest_seconds:.1f} s"
        ),
        f"- peak memory in MB: {_counts({name: round(peak / MIB) for name, peak in sorted(incidents.peak_bytes.items())})}",
        (
            f"- processes that ended by themselves: {_counts(incidents.ended_by_themselves)}; "
            f"restarted because liveness was false: {_counts(incidents.restarted_as_stuck)}; "
            f"stops that took a kill: {_counts(incidents.killed_at_stop)}"
        ),
    ]
    if not result.passed:
        lines += [
            "- BROKEN:",
            *(f"  - {line}" for line in summary(result)),
            f"- again: `{again(result)}`",
        ]
    return lines


def _recoveries(results: Sequence[Result]) -> list[str]:
    """Table the time from the end of a fault to full speed, by kind: of all, and of those that no other fault disturbed."""
    everything: dict[str, list[float | None]] = {}
    undisturbed: dict[str, list[float | None]] = {}
    for result in results:
        for fault, seconds in result.recoveries:
            everything.setdefault(fault.kind.value, []).append(seconds)
            if seconds is not None and not _disturbed(fault, seconds, result.faults):
                undisturbed.setdefault(fault.kind.value, []).append(seconds)
    lines = [
        "| seconds to full speed after | times | median | slowest | never in the run | undisturbed | median | slowest |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for kind, found in sorted(everything.items()):
        calm = undisturbed.get(kind, [])
        lines.append(
            f"| {kind} | {len(found)} | {_spread(found)} | {found.count(None)} | {len(calm)} | {_spread(calm)} |"
        )
    return lines


def _disturbed(fault: Applied, seconds: float, others: Sequence[Applied]) -> bool:
    ends = fault.healed + seconds
    return any(other is not fault and other.started <= ends and other.healed >= fault.healed for other in others)


def _spread(found: Sequence[float | None]) -> str:
    known = sorted(one for one in found if one is not None)
    return f"{known[len(known) // 2]:g} | {known[-1]:g}" if known else "- | -"


def _counts(counts: Any) -> str:
    return ", ".join(f"{name} {count}" for name, count in dict(counts).items()) or "none"
