"""Command line of the consumer: `python -m consumer --help`."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import structlog
import typer
from rich.console import Console

from common.settings import ConfigurationError
from common.telemetry import configure_logging, report_loop_errors
from consumer import app as application
from consumer import eventloop
from consumer.commands.redact import LineRedactor, print_call, read_file
from consumer.commands.replay import ReplayRequest, replay
from consumer.commands.resume import resume
from consumer.commands.setup import setup
from consumer.settings import ConsumerSettings, RedactionSettings

CONFIGURATION = 2
CRASHED = 1
TIMES = [f"%Y-%m-%d{time}{zone}" for time in ("", "T%H:%M", "T%H:%M:%S", " %H:%M:%S") for zone in ("", "%z")]

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
log = structlog.get_logger()


@cli.callback()
def main() -> None:
    """Fetch, redact, index and audit call transcripts."""


@cli.command("run")
def run_command() -> None:
    """Be a member of the consumer group until SIGTERM or Ctrl-C; a second signal ends it at once."""
    _execute(application.run)


@cli.command("setup")
def setup_command() -> None:
    """Create the topics, the index templates and the first index."""
    console = Console(highlight=False, soft_wrap=True)

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
        datetime | None,
        typer.Option(
            "--from", formats=TIMES, help="First record time; without a zone UTC. Default: the oldest record."
        ),
    ] = None,
    end: Annotated[
        datetime | None,
        typer.Option("--to", formats=TIMES, help="Stop before this record time; without a zone UTC. Default: now."),
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


@cli.command("redact")
def redact_command(
    file: Annotated[
        Path | None, typer.Argument(help="A transcript file of either contract. Default: lines on standard input.")
    ] = None,
    policy: Annotated[
        str | None, typer.Option(help="A policy file, or default, pci, hipaa, report_only. Default: REDACTION_POLICY.")
    ] = None,
    *,
    stream: Annotated[
        bool, typer.Option("--stream", help="Hold back eight utterances instead of whole conversations.")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say of every number why it was hidden or left.")] = False,
    show: Annotated[
        bool, typer.Option("--show", help="With a file: mark what is hidden instead of replacing it.")
    ] = False,
) -> None:
    """Try the redaction: JSON lines {"text": ..., "conversation": ..., "speaker": ...} or plain text in, JSON lines out."""
    try:
        settings = RedactionSettings.load() if policy is None else RedactionSettings.with_policy(policy)
        redactor = settings.redactor()
        if file is not None:
            console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
            print_call(console, redactor, read_file(file), show=show, explain=explain)
            return
    except ConfigurationError as error:
        sys.stderr.write(f"configuration: {error}\n")
        raise typer.Exit(CONFIGURATION) from None
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(CRASHED) from None
    lines = LineRedactor(redactor, stream=stream, explain=explain)
    for answer in lines.run(sys.stdin.buffer):
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    if lines.refused:
        sys.stderr.write(f"{lines.refused} lines could not be read; each has an answer that says why\n")
        raise typer.Exit(CRASHED)


def _execute(command: Callable[[ConsumerSettings, asyncio.Event], Awaitable[None]]) -> None:
    try:
        settings = ConsumerSettings.load()
        configure_logging(settings.worker.log_level)
        with asyncio.Runner(loop_factory=eventloop.factory(settings.worker.event_loop)) as runner:
            runner.run(_with_signals(command, settings))
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
    numbers = (signal.SIGTERM, signal.SIGINT)

    def stop_gracefully() -> None:
        stop.set()
        for number in numbers:
            loop.remove_signal_handler(number)  # the next one ends the process

    for number in numbers:
        loop.add_signal_handler(number, stop_gracefully)
    await command(settings, stop)


if __name__ == "__main__":
    cli(prog_name="python -m consumer")
