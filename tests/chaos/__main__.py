"""Command line: `python -m tests.chaos --seed 1 --schedules 20 --seconds 120 --brokers 1`; what `make chaos` runs."""

import asyncio
import shutil
import signal
import time
import traceback
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from deploy.local import LocalStackError
from tests.chaos import report
from tests.chaos.result import Plan, Result
from tests.chaos.run import run, stack_for
from tests.chaos.senders import Patience

FAILED = 1
INTERRUPTED = 130


def main(
    seed: Annotated[int, typer.Option(min=0, help="Of the first schedule; the next ones count on.")] = 1,
    schedules: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    seconds: Annotated[float, typer.Option(min=10, max=3600, help="Of traffic and faults in one schedule.")] = 120.0,
    brokers: Annotated[int, typer.Option(help="1 or 3")] = 1,
    rate: Annotated[float, typer.Option(min=0.1, max=500, help="Events a second.")] = 15.0,
    retry_seconds: Annotated[float, typer.Option(min=0, help="Between two tries of a sender; Genesys waits 5.")] = 2.0,
    settle_seconds: Annotated[float, typer.Option(min=1, help="To settle everything once nothing is broken.")] = 120.0,
    out: Annotated[Path, typer.Option(help="Reports, and the logs of schedules that broke a promise.")] = Path(
        ".local/chaos"
    ),
    *,
    keep_logs: Annotated[bool, typer.Option(help="Keep the logs of schedules that held, too.")] = False,
) -> None:
    """Break everything that can be broken on one machine, by seed, and judge from outside; ends with 1 if a promise broke."""
    if brokers not in (1, 3):
        raise typer.BadParameter("--brokers takes 1 or 3")
    signal.signal(signal.SIGTERM, _interrupt)
    folder = (out / time.strftime("%Y%m%d-%H%M%S")).resolve()
    plans = [
        Plan(
            seed=one,
            seconds=seconds,
            brokers=brokers,
            rate=rate,
            settle_seconds=settle_seconds,
            patience=Patience(retry_seconds=retry_seconds),
        )
        for one in range(seed, seed + schedules)
    ]
    try:
        results, unfinished = _run_all(plans, folder, keep_logs=keep_logs)
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except LocalStackError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FAILED) from None
    typer.echo(f"\nreport: {folder / 'report.md'}")
    if unfinished or not all(result.passed for result in results):
        raise typer.Exit(FAILED)


def _run_all(plans: list[Plan], folder: Path, *, keep_logs: bool) -> tuple[list[Result], int]:
    """Run one plan after another on the same servers; return results, and how many schedules the harness could not finish."""
    results: list[Result] = []
    left, unfinished = list(plans), 0
    while left:
        servers = folder / f"servers-{unfinished}"
        servers.mkdir(parents=True)
        with stack_for(left[0].brokers, servers) as stack:
            while left:
                plan = left.pop(0)
                logs = folder / f"seed-{plan.seed}"
                logs.mkdir()
                try:
                    result = asyncio.run(run(stack, plan, logs=logs))
                except (LocalStackError, TimeoutError, ExceptionGroup) as error:
                    unfinished += 1  # the servers may be in any state now: the next schedule gets new ones
                    typer.echo(f"{time.strftime('%H:%M:%S')} seed {plan.seed} NOT FINISHED\n  logs: {logs}")
                    traceback.print_exception(error)
                    break
                results.append(result)
                report.write(results, folder)
                _say(result, logs)
                if result.passed and not keep_logs:
                    shutil.rmtree(logs)
    return results, unfinished


def _say(result: Result, logs: Path) -> None:
    cells = ", ".join(f"{name} {value}" for name, value in zip(report.COLUMNS, report.row(result), strict=True))
    typer.echo(f"{time.strftime('%H:%M:%S')} {cells}")
    if not result.passed:
        for line in report.summary(result):
            typer.echo(f"  {line}")
        typer.echo(f"  again: {report.again(result)}\n  logs: {logs}")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    typer.run(main)
