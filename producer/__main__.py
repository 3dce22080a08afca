"""Command line of the edge: `python -m producer --help`."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import typer
from prometheus_client import CollectorRegistry
from rich.console import Console

from common.genesys.client import GenesysClient
from common.genesys.settings import GenesysSettings
from common.kafka import KafkaSettings
from common.settings import ConfigurationError
from common.telemetry import configure_logging, report_loop_errors
from producer.app import serve
from producer.bulk import submit_file
from producer.ledger import LedgerInUseError
from producer.metrics import EdgeMetrics
from producer.settings import EdgeSettings, GenesysPresence

FAILED = 1
CONFIGURATION = 2

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.callback()
def main() -> None:
    """Turn Genesys deliveries into records, and submissions into Genesys jobs."""


@cli.command("serve")
def serve_command() -> None:
    """Serve webhooks and submissions until SIGTERM or Ctrl-C; a second signal ends it at once."""

    async def run(stop: asyncio.Event) -> int:
        edge, kafka = EdgeSettings.load(), KafkaSettings.load()
        # Webhooks need no access to Genesys; without an OAuth client only submissions are refused.
        genesys = GenesysSettings.load() if edge.submit_keys and GenesysPresence.load().is_configured else None
        configure_logging(edge.log_level)
        await serve(edge, kafka, genesys, stop)
        return 0

    _execute(run)


@cli.command("submit")
def submit_command(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, readable=True, help="JSON lines, or CSV with a header where it ends in .csv."
        ),
    ],
) -> None:
    """Submit the recordings listed in FILE; run it again to go on where it stopped.

    Prints one JSON line per job. What is submitted is remembered in FILE.submitted.jsonl; a process that is killed
    between Genesys' answer and that line submits the job again. Exits with 0 if every job is submitted, 1 if not, 2 if
    the configuration cannot work.
    """

    async def run(stop: asyncio.Event) -> int:
        genesys = GenesysSettings.load()
        configure_logging("WARNING")
        if genesys.submission_share <= 0.0:
            raise ConfigurationError(
                "GENESYS_SUBMISSION_SHARE is 0: submissions need a share of the quota, such as 0.1"
            )
        console = Console(stderr=True, highlight=False)
        metrics = EdgeMetrics(CollectorRegistry())  # nobody reads them: the command ends before a scrape
        async with GenesysClient(genesys, share=genesys.submission_share, observer=metrics) as client:
            try:
                failed = await submit_file(file, client, out=sys.stdout, console=console, stop=stop)
            except* LedgerInUseError as group:
                raise ConfigurationError(f"another process is submitting this file: {group.exceptions[0]}") from None
            except* OSError as group:
                raise ConfigurationError(f"reading or writing failed: {group.exceptions[0]}") from None
        return FAILED if failed else 0

    _execute(run)


def _execute(command: Callable[[asyncio.Event], Awaitable[int]]) -> None:
    try:
        code = asyncio.run(_with_signals(command))
    except ConfigurationError as error:
        sys.stderr.write(f"configuration: {error}\n")
        raise typer.Exit(CONFIGURATION) from None
    if code:
        raise typer.Exit(code)


async def _with_signals(command: Callable[[asyncio.Event], Awaitable[int]]) -> int:
    loop = asyncio.get_running_loop()
    report_loop_errors(loop)
    stop = asyncio.Event()
    numbers = (signal.SIGTERM, signal.SIGINT)

    def stop_gracefully() -> None:
        stop.set()
        for number in numbers:
            loop.remove_signal_handler(number)  # the next one ends the process

    for number in numbers:
        loop.add_signal_handler(number, stop_gracefully)
    return await command(stop)


if __name__ == "__main__":
    cli(prog_name="python -m producer")
