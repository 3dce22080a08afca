"""Command line: `python -m deploy.local demo` and `up`; what `make demo` and `make up` run."""

import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import typer
from rich.console import Console

from deploy.local.demo import DemoFailedError, run_demo
from deploy.local.errors import LocalStackError
from deploy.local.stack import LocalStack
from deploy.local.system import System

FAILED = 1
INTERRUPTED = 130

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def demo() -> None:
    """Run the main job once on real servers; exits 0 only if every event ended where it should."""
    _guarded(run_demo)


@cli.command()
def up() -> None:
    """Run the same system until Ctrl-C."""
    _guarded(_up)


def _up(console: Console) -> None:
    with tempfile.TemporaryDirectory(prefix="transcripts-up-") as folder:
        logs = Path(folder)
        console.print("starting Kafka and Elasticsearch (the first run downloads them)")
        with LocalStack(log_directory=logs) as stack, System(stack, logs=logs) as system:
            console.print("starting simulator, edge and consumer")
            system.start()
            console.print(system.describe(), markup=False, soft_wrap=True)
            console.print("\npost an event (the simulator knows every call gen-1-0, gen-1-1, ...):\n")
            console.print(curl_line(system, "gen-1-0"), markup=False, soft_wrap=True, highlight=False)
            console.print("\nand find it:\n")
            console.print(
                f"curl -s '{stack.elasticsearch_url}/{system.alias}/_doc/gen-1-0?pretty'",
                markup=False,
                soft_wrap=True,
                highlight=False,
            )
            console.print("\nCtrl-C stops everything.")
            threading.Event().wait()


def curl_line(system: System, call: str) -> str:
    """Write the shell line that posts a signed webhook."""
    body = f'{{"transcriptionId":"{call}","type":"quality.transcription.completed"}}'
    sign = f"openssl dgst -sha256 -hmac {system.webhook_secret} | sed 's/.* //'"
    return (
        f"body='{body}'; curl -si {system.edge_url}/webhook/transcription -H 'Content-Type: application/json'"
        f' -H "X-Genesys-Signature: $(printf %s "$body" | {sign})" -d "$body"'
    )


def _guarded(command: Callable[[Console], None]) -> None:
    console = Console(highlight=False)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        command(console)
    except KeyboardInterrupt:
        console.print("stopped")
        raise typer.Exit(INTERRUPTED) from None
    except (DemoFailedError, LocalStackError) as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(FAILED) from None


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    cli(prog_name="python -m deploy.local")
