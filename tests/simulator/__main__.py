"""Command line: `python -m tests.simulator serve` and `python -m tests.simulator send`."""

import asyncio
import signal
import time
from typing import Annotated

import typer

from tests.simulator.app import Simulator, SimulatorConfig
from tests.simulator.events import SCHEMES, Scheme
from tests.simulator.sender import deliveries, send

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def serve(
    host: str = "127.0.0.1",
    port: int = 0,
    client: Annotated[list[str] | None, typer.Option(help="OAuth client as ID:SECRET; may be given again.")] = None,
    token_seconds: float = 3600.0,
    link_seconds: float = 600.0,
    limit_per_minute: int = 1_000_000,
    latency_ms: float = 0.0,
    utterances: int = 30,
) -> None:
    """Be Genesys Cloud until SIGTERM or Ctrl-C."""
    clients = tuple(_credentials(one) for one in client or ["simulated-client:simulated-secret"])
    config = SimulatorConfig(
        host=host,
        port=port,
        clients=clients,
        token_seconds=token_seconds,
        link_seconds=link_seconds,
        limit_per_minute=limit_per_minute,
        latency=latency_ms / 1000,
        utterances=utterances,
    )
    asyncio.run(_serve(config))


@cli.command("send")
def send_command(
    edge: Annotated[str, typer.Argument(help="Origin of the edge, such as http://127.0.0.1:8000.")],
    secret: Annotated[str, typer.Option(envvar="GENESYS_WEBHOOK_SECRET")],
    api_key: Annotated[str, typer.Option(envvar="EDGE_API_KEYS")],
    call: Annotated[
        list[str] | None, typer.Option(help="Call id; may be given again. Default: generated ones.")
    ] = None,
    seed: int = 1,
    count: Annotated[int, typer.Option(min=1, max=1_000_000)] = 100,
    scheme: Annotated[str, typer.Option(help=f"One of {', '.join(SCHEMES)}, or all by turns.")] = "all",
    rate: Annotated[float | None, typer.Option(help="Events a second.", min=0.01)] = None,
    retry_seconds: float = 5.0,
) -> None:
    """Post signed events to an edge on this machine."""
    ids = call or [f"gen-{seed}-{index}" for index in range(count)]
    chosen: Scheme | None = next((one for one in SCHEMES if one == scheme), None)
    if chosen is None and scheme != "all":
        raise typer.BadParameter(f"--scheme takes one of {', '.join(SCHEMES)}, or all")
    batch = deliveries(ids, scheme=chosen, secret=secret, api_key=api_key, time_ms=int(time.time() * 1000))
    sent = asyncio.run(send(edge, batch, rate=rate, retry_seconds=retry_seconds))
    typer.echo(
        f"answers by status: {dict(sent.statuses)}; p50 {sent.percentile(0.5) * 1000:.1f} ms, p99 {sent.percentile(0.99) * 1000:.1f} ms"
    )
    if len(sent.accepted) < len(ids):
        raise typer.Exit(1)


def _credentials(text: str) -> tuple[str, str]:
    client, _, secret = text.partition(":")
    if not secret:
        raise typer.BadParameter("--client takes ID:SECRET")
    return client, secret


async def _serve(config: SimulatorConfig) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with Simulator(config) as simulator:
        typer.echo(f"Genesys simulator at {simulator.url}")
        await stop.wait()


if __name__ == "__main__":
    cli(prog_name="python -m tests.simulator")
