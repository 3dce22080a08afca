"""Command line: `python -m tests.simulator serve` and `python -m tests.simulator send`."""

import asyncio
import re
import signal
import time
from pathlib import Path
from typing import Annotated

import aiohttp
import typer

from tests.simulator.app import BenchSimulator, Simulator, SimulatorConfig
from tests.simulator.bench import DEFAULT_BYTES, DEFAULT_UTTERANCES
from tests.simulator.events import IGNORED, SCHEMES, Scheme
from tests.simulator.generator import LONGEST_CALL
from tests.simulator.sender import RETRIES, RETRY_SECONDS, deliveries, known_calls, loopback, send
from tests.simulator.state import DEFAULT_CLIENT

RATE = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?:/s)?")
Seed = Annotated[int, typer.Option(min=0, max=999_999_999)]
Count = Annotated[int, typer.Option(min=1, max=1_000_000, help="How many generated calls.")]

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def serve(
    host: str = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0: any free one.")] = 0,
    client: Annotated[list[str] | None, typer.Option(help="OAuth client as ID:SECRET; may be given again.")] = None,
    token_seconds: Annotated[float, typer.Option(min=0.0)] = 3600.0,
    link_seconds: Annotated[float, typer.Option(min=0.0)] = 600.0,
    limit_per_minute: Annotated[int, typer.Option(min=1, help="Requests per token and minute.")] = 1_000_000,
    latency_ms: Annotated[float, typer.Option(min=0.0)] = 0.0,
    utterances: Annotated[
        int | None, typer.Option(min=1, max=LONGEST_CALL, help="Of a generated call; 30, with --bench 60.")
    ] = None,
    target_bytes: Annotated[
        int | None, typer.Option(min=1, help="Size of a generated call's tutorial JSON; with --bench 27000.")
    ] = None,
    bench: Annotated[
        bool, typer.Option("--bench", help="Happy path only, one body for all ids, as fast as can be.")
    ] = False,
    ready_file: Annotated[Path | None, typer.Option(help="Write the URL here once it listens.")] = None,
) -> None:
    """Be Genesys Cloud until SIGTERM or Ctrl-C."""
    config = SimulatorConfig(
        host=host,
        port=port,
        clients=tuple(_credentials(one) for one in client) if client else (DEFAULT_CLIENT,),
        token_seconds=token_seconds,
        link_seconds=link_seconds,
        limit_per_minute=limit_per_minute,
        latency=latency_ms / 1000,
        utterances=utterances or (DEFAULT_UTTERANCES if bench else 30),
        target_bytes=target_bytes or (DEFAULT_BYTES if bench else None),
    )
    asyncio.run(_serve(BenchSimulator(config) if bench else Simulator(config), ready_file))


@cli.command("send")
def send_command(
    edge: Annotated[str, typer.Argument(help="Origin of the edge, such as http://127.0.0.1:8000.")],
    secret: Annotated[str, typer.Option(envvar="GENESYS_WEBHOOK_SECRET")],
    api_key: Annotated[str, typer.Option(envvar="EDGE_API_KEYS")],
    call: Annotated[
        list[str] | None, typer.Option(help="Call id; may be given again. Default: generated ones.")
    ] = None,
    simulator: Annotated[str | None, typer.Option(help="Origin of a simulator: its real and added calls.")] = None,
    seed: Seed = 1,
    count: Count = 100,
    scheme: Annotated[str, typer.Option(help=f"One of {', '.join((*SCHEMES, IGNORED))}, or all by turns.")] = "all",
    rate: Annotated[str | None, typer.Option(help="Events a second, such as 50/s.")] = None,
    retry_seconds: Annotated[float, typer.Option(min=0.0)] = RETRY_SECONDS,
    retries: Annotated[int, typer.Option(min=0, max=100)] = RETRIES,
) -> None:
    """Post signed events to an edge on this machine; ends with 1 if one was refused or never answered."""
    chosen: Scheme | None = next((one for one in (*SCHEMES, IGNORED) if one == scheme), None)
    if chosen is None and scheme != "all":
        raise typer.BadParameter(f"--scheme takes one of {', '.join((*SCHEMES, IGNORED))}, or all")
    for origin in (edge, simulator or edge):
        _checked(origin)
    ids = call or (_known(simulator) if simulator else [f"gen-{seed}-{index}" for index in range(count)])
    batch = deliveries(ids, scheme=chosen, secret=secret, api_key=api_key, time_ms=int(time.time() * 1000))
    per_second = _per_second(rate)
    sent = asyncio.run(send(edge, batch, rate=per_second, retry_seconds=retry_seconds, retries=retries))
    typer.echo(sent.summary())
    if sent.refused or sent.given_up:
        raise typer.Exit(1)


def _checked(origin: str) -> None:
    try:
        loopback(origin)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _known(simulator: str) -> list[str]:
    try:
        return asyncio.run(known_calls(simulator))
    except (aiohttp.ClientError, TimeoutError) as error:
        raise typer.BadParameter(f"--simulator does not answer: {type(error).__name__}") from None


def _per_second(rate: str | None) -> float | None:
    if rate is None:
        return None
    found = RATE.fullmatch(rate)
    if found is None or float(found[1]) <= 0:
        raise typer.BadParameter("--rate takes events a second, such as 50/s")
    return float(found[1])


def _credentials(text: str) -> tuple[str, str]:
    client, _, secret = text.partition(":")
    if not client or not secret:
        raise typer.BadParameter("--client takes ID:SECRET")
    return client, secret


async def _serve(simulator: Simulator | BenchSimulator, ready_file: Path | None) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with simulator:
        typer.echo(f"Genesys simulator at {simulator.url}")
        if ready_file is not None:
            await asyncio.to_thread(_announce, ready_file, simulator.url)
        await stop.wait()


def _announce(ready_file: Path, url: str) -> None:
    """Write the whole URL at once, so that nobody reads half of it."""
    half = ready_file.with_name(f"{ready_file.name}.part")
    half.write_text(f"{url}\n")
    half.replace(ready_file)


if __name__ == "__main__":
    cli(prog_name="python -m tests.simulator")
