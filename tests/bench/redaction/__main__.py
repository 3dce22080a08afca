"""`make bench-redaction`: what each tool hides, leaks and hides for nothing, per set and type; then speed and memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import orjson
import typer

from tests.bench.redaction import report, speed
from tests.bench.redaction.generators.voice import Bank
from tests.bench.redaction.items import Labelled, Tool
from tests.bench.redaction.score import Score, measure
from tests.bench.redaction.sets.catalogue import load, names
from tests.bench.redaction.streaming import differences
from tests.bench.redaction.tools.catalogue import TOOLS

WHOLE, STREAM = "engine", "stream"
PEERS = ("presidio", "scrubadub")
DIFFERENCE_HEADER = ("conversation", "turn", "only the whole call hides", "only the stream hides")


@dataclass(slots=True)
class Output:
    """What goes to the terminal at once, and into files at the end."""

    sections: list[str] = field(default_factory=list)
    figures: dict[str, dict[str, object]] = field(default_factory=dict)

    def show(self, title: str, table: str) -> None:
        """Print a table and keep it for the report."""
        print(f"{title}\n\n{table}\n", flush=True)
        self.keep(title, table)

    def keep(self, title: str, table: str) -> None:
        """Keep a table for the report alone."""
        self.sections.append(f"### {title}\n\n{table}\n")


def main(
    sets: Annotated[str, typer.Option(help="Sets by the beginning of their names, separated by commas.")] = "",
    tools: Annotated[str, typer.Option(help="Tools by name, separated by commas.")] = ",".join(TOOLS),
    seed: Annotated[int, typer.Option(help="Seed of the generators.")] = 1,
    bank: Annotated[Bank, typer.Option(help="Phrases of the generators: two thirds seen, one unseen.")] = Bank.EVERY,
    misses: Annotated[int, typer.Option(help="Show so many leaks and false positives for each set and tool.")] = 0,
    json_path: Annotated[Path | None, typer.Option("--json", help="Write the scores here.")] = None,
    report_path: Annotated[Path | None, typer.Option("--report", help="Write all tables here, as Markdown.")] = None,
    *,
    scores: Annotated[bool, typer.Option(help="Score the tools on the sets.")] = True,
    kinds: Annotated[bool, typer.Option(help="A row for each type, not only for all of them.")] = True,
    summary: Annotated[bool, typer.Option(help="Only the table of what is hidden, a line for each set.")] = False,
    with_speed: Annotated[bool, typer.Option("--speed/--no-speed", help="Measure speed, memory, hostile text.")] = True,
) -> None:
    """Score tools on sets, then measure the engine's speed."""
    wanted = [name for name in sets.split(",") if name]
    if not names(wanted):
        raise typer.BadParameter(f"no set begins with {sets}; there are: {', '.join(names())}")
    if unknown := set(tools.split(",")) - set(TOOLS):
        raise typer.BadParameter(f"no tool named {', '.join(sorted(unknown))}; there are: {', '.join(TOOLS)}")
    output = Output()
    if scores:
        chosen = {name: TOOLS[name]() for name in tools.split(",")}
        _score(output, chosen, load(wanted, seed=seed, bank=bank), misses=misses, kinds=kinds, summary=summary)
    if with_speed:
        _speed(output, [name for name in PEERS if name in tools.split(",")])
    if json_path is not None:
        json_path.write_bytes(orjson.dumps(output.figures, option=orjson.OPT_INDENT_2))
    if report_path is not None:
        report_path.write_text("\n".join(output.sections))


def _score(
    output: Output, tools: dict[str, Tool], sets: Iterable[Labelled], *, misses: int, kinds: bool, summary: bool
) -> None:
    hidden: list[tuple[Labelled, dict[str, Score]]] = []
    for labelled in sets:
        scores = {tool.name: measure(tool, labelled.items) for tool in tools.values()}
        hidden.append((labelled, scores))
        output.figures[labelled.name] = {name: report.figures(score) for name, score in scores.items()}
        if not summary:
            rows = [
                row
                for name, score in scores.items()
                for row in report.score_rows(name, score, kinds=kinds, negatives=labelled.negatives)
            ]
            output.show(_title(labelled), report.table(report.HEADER, rows))
        for name, score in scores.items():
            _show_misses(name, score, misses, negatives=labelled.negatives)
        if {WHOLE, STREAM} <= tools.keys():
            _show_differences(output, labelled, tools)
    output.show("Fully hidden, by set", report.hidden_table(hidden))
    output.show("False positives per 1,000 utterances, and phrases harmed that had to stay", report.false_table(hidden))
    if forms := report.form_table(hidden):
        output.show("Fully hidden, by the form in which a secret came up", forms)


def _title(labelled: Labelled) -> str:
    count = sum(len(item.turns) for item in labelled.items)
    unlabelled = "" if labelled.negatives else ", not everything personal is labelled: no false positives"
    return f"{labelled.name} ({count:,} utterances in {len(labelled.items):,} conversations{unlabelled})"


def _speed(output: Output, peers: list[str]) -> None:
    for table in speed.race_tables():
        output.show(f"CPU time, {speed.ROUNDS} interleaved rounds, medians", table)
    if peers:
        output.show("Peers, CPU time", speed.peers_table([TOOLS[name]() for name in peers]))
    output.show("One long call", speed.length_table())
    output.show("Memory", speed.memory_table())
    for table in speed.hostile_tables():
        output.show("Hostile text", table)


def _show_misses(tool: str, score: Score, count: int, *, negatives: bool) -> None:
    for leaked in (True, False) if negatives else (True,):
        for miss in [miss for miss in score.misses if miss.leaked is leaked][:count]:
            print(f"{tool}: {'leaked' if leaked else 'false '}  {miss.kind:<14} {miss.text}  ({miss.item})")


def _show_differences(output: Output, labelled: Labelled, tools: dict[str, Tool]) -> None:
    found = differences(tools[WHOLE], tools[STREAM], labelled.items)
    print(f"{labelled.name}: stream and whole call differ on {len(found)} utterances\n")
    if found:
        rows = [[one.item, str(one.turn), one.only_whole, one.only_stream] for one in found]
        output.keep(f"Stream and whole call on {labelled.name}", report.table(DIFFERENCE_HEADER, rows))
    output.figures[labelled.name]["stream differs on utterances"] = len(found)


if __name__ == "__main__":
    typer.run(main)
