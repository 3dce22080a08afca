"""`make bench-redaction`: per set and type, what each tool hides, leaks and hides for nothing."""

from pathlib import Path
from typing import Annotated

import orjson
import typer

from tests.bench.redaction import report
from tests.bench.redaction.generators.voice import Bank
from tests.bench.redaction.score import Score, measure
from tests.bench.redaction.sets.catalogue import load
from tests.bench.redaction.tools.catalogue import TOOLS


def main(
    sets: Annotated[str, typer.Option(help="Sets by the beginning of their names, separated by commas.")] = "",
    tools: Annotated[str, typer.Option(help="engine, stream, regexes, first, presidio, scrubadub.")] = ",".join(TOOLS),
    seed: int = 1,
    bank: Annotated[
        Bank, typer.Option(help="Phrases of the generators: two thirds seen, one third unseen.")
    ] = Bank.EVERY,
    misses: Annotated[int, typer.Option(help="Show so many misses and false positives for each set and tool.")] = 0,
    json_path: Annotated[Path | None, typer.Option("--json", help="Write the scores here.")] = None,
    report_path: Annotated[Path | None, typer.Option("--report", help="Write all tables here, as Markdown.")] = None,
    *,
    kinds: Annotated[bool, typer.Option(help="A row for each type, not only for all of them.")] = True,
) -> None:
    """Score tools on sets."""
    chosen = [TOOLS[name]() for name in tools.split(",")]
    rows: list[list[str]] = []
    forms: list[list[str]] = []
    figures: dict[str, dict[str, object]] = {}
    for labelled in load([name for name in sets.split(",") if name], seed=seed, bank=bank):
        here: list[list[str]] = []
        for tool in chosen:
            score = measure(tool, labelled.items)
            here += report.score_rows(labelled.name, tool.name, score, kinds=kinds, negatives=labelled.negatives)
            forms += report.form_rows(labelled.name, tool.name, score)
            figures.setdefault(labelled.name, {})[tool.name] = report.figures(score)
            _show(score, misses)
        print(report.table(report.HEADER, here) + "\n", flush=True)
        rows += here
    if forms:
        print(report.table(report.FORM_HEADER, forms) + "\n")
    if json_path is not None:
        json_path.write_bytes(orjson.dumps(figures, option=orjson.OPT_INDENT_2))
    if report_path is not None:
        report_path.write_text(
            report.table(report.HEADER, rows) + "\n\n" + report.table(report.FORM_HEADER, forms) + "\n"
        )


def _show(score: Score, misses: int) -> None:
    for leaked in (True, False):
        for miss in [miss for miss in score.misses if miss.leaked is leaked][:misses]:
            print(f"{'leaked' if leaked else 'false '}  {miss.kind:<14} {miss.text}  ({miss.item})")


if __name__ == "__main__":
    typer.run(main)
