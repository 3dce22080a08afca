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
from producer.metrics import EdgeMetrics
from producer.settings import EdgeSettings

FAILED = 1
CONFIGURATION = 2

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.callback()
def main() -> None:
    """Turn Genesys deliveries into records, and submissions into Genesys jobs."""


@cli.command("serve")
def serve_command() -> None:
    """Serve webhooks and submissions until SIGTERM or Ctrl-C."""

    async def run(stop: asyncio.Event) -> int:
        edge, kafka = EdgeSettings.load(), KafkaSettings.load()
        configure_logging(edge.log_level)
        # Without submission keys the edge needs no access to Genesys at all.
        genesys = GenesysSettings.load() if edge.submit_keys else None
        await serve(edge, kafka, genesys, stop)
        return 0

    _execute(run)


@cli.command("submit")
def submit_command(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="JSON lines, or CSV with a header.")
    ],
) -> None:
    """Submit the recordings listed in FILE; run it again to go on where it stopped."""

    async def run(stop: asyncio.Event) -> int:
        genesys = GenesysSettings.load()
        configure_logging("WARNING")
        if genesys.submission_share <= 0.0:
            raise ConfigurationError(
                "GENESYS_SUBMISSION_SHARE is 0: submissions need a share of the quota, such as 0.1"
            )
        console = Console(stderr=True, highlight=False)
        async with GenesysClient(
            genesys, share=genesys.submission_share, observer=EdgeMetrics(CollectorRegistry())
        ) as client:
            failed = await submit_file(file, client, out=sys.stdout, console=console, stop=stop)
        return FAILED if failed else 0

    _execute(run)


def _execute(command: Callable[[asyncio.Event], Awaitable[int]]) -> None:
    try:
        code = asyncio.run(_with_signals(command))
    except ConfigurationError as error:
        sys.stderr.write(f"configuration: {error}\n")
        raise typer.Exit(CONFIGURATION) from None
    except OSError as error:
        sys.stderr.write(f"cannot listen: {error.strerror or type(error).__name__}; check EDGE_HOST and EDGE_PORT\n")
        raise typer.Exit(CONFIGURATION) from None
    if code:
        raise typer.Exit(code)


async def _with_signals(command: Callable[[asyncio.Event], Awaitable[int]]) -> int:
    loop = asyncio.get_running_loop()
    report_loop_errors(loop)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return await command(stop)


if __name__ == "__main__":
    cli(prog_name="python -m producer")
