"""Command line of the consumer: `python -m consumer --help`."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated

import structlog
import typer
from rich.console import Console

from common.settings import ConfigurationError
from common.telemetry import configure_logging, report_loop_errors
from consumer import app as application
from consumer.commands.replay import ReplayRequest, replay
from consumer.commands.resume import resume
from consumer.commands.setup import setup
from consumer.settings import ConsumerSettings

CONFIGURATION = 2
CRASHED = 1

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
log = structlog.get_logger()


@cli.callback()
def main() -> None:
    """Fetch, redact, index and audit call transcripts."""


@cli.command("run")
def run_command() -> None:
    """Be a member of the consumer group until SIGTERM or Ctrl-C."""
    _execute(application.run)


@cli.command("setup")
def setup_command() -> None:
    """Create the topics, the index templates and the first index."""
    console = Console(highlight=False)

    async def create(settings: ConsumerSettings, _stop: asyncio.Event) -> None:
        await setup(settings, console)

    _execute(create)


@cli.command("resume")
def resume_command(
    dead_letters: Annotated[
        int,
        typer.Option("--dead-letters", help="Let this many dead letters pass before the limits count again.", min=0),
    ] = 0,
) -> None:
    """Set the line of the member on this machine going again after too many dead letters."""

    async def again(settings: ConsumerSettings, _stop: asyncio.Event) -> None:
        await resume(settings, dead_letters)

    _execute(again)


@cli.command("replay")
def replay_command(
    start: Annotated[
        datetime | None, typer.Option("--from", help="First record time, UTC. Default: the oldest record.")
    ] = None,
    end: Annotated[
        datetime | None, typer.Option("--to", help="Stop before this record time, UTC. Default: now.")
    ] = None,
    group: Annotated[
        str | None, typer.Option(help="Group of this replay; name an earlier one to go on where it stopped.")
    ] = None,
    rate: Annotated[float | None, typer.Option(help="At most this many records a second.", min=0.01)] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the plan and stop.")] = False,
    json_output: Annotated[bool, typer.Option("--json", help="Print plan and result as JSON lines.")] = False,
) -> None:
    """Read the events topic again through the same pipeline; the live group's offsets are never touched."""
    request = ReplayRequest(start=start, end=end, group=group, rate=rate, dry_run=dry_run, json=json_output)

    async def again(settings: ConsumerSettings, stop: asyncio.Event) -> None:
        await replay(settings, request, stop)

    _execute(again)


def _execute(command: Callable[[ConsumerSettings, asyncio.Event], Awaitable[None]]) -> None:
    try:
        settings = ConsumerSettings.load()
        configure_logging(settings.worker.log_level)
        asyncio.run(_with_signals(command, settings))
    except ConfigurationError as error:
        sys.stderr.write(f"configuration: {error}\n")
        raise typer.Exit(CONFIGURATION) from None
    except Exception:
        log.exception("crashed")
        raise typer.Exit(CRASHED) from None


async def _with_signals(
    command: Callable[[ConsumerSettings, asyncio.Event], Awaitable[None]], settings: ConsumerSettings
) -> None:
    loop = asyncio.get_running_loop()
    report_loop_errors(loop)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await command(settings, stop)


if __name__ == "__main__":
    cli(prog_name="python -m consumer")
