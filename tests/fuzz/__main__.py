"""`python -m tests.fuzz`: a million inputs over all targets; `--replay` runs the inputs of a finding again."""

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Annotated

import typer

from tests.fuzz.hunt import Hunt, hunt
from tests.fuzz.targets import TARGETS

CHUNK = 5_000


def main(
    inputs: Annotated[int, typer.Option(help="How many inputs, over all targets.")] = 1_000_000,
    seed: Annotated[int, typer.Option(help="Another seed tries other inputs.")] = 0,
    only: Annotated[str | None, typer.Option("--target", help=f"One of {', '.join(TARGETS)}.")] = None,
    processes: Annotated[int, typer.Option(help="How many processes.")] = 2,
    replay: Annotated[Path | None, typer.Option(help="Run one input, from a file, through --target.")] = None,
) -> None:
    """Fuzz; exit 1 and write the input to a file if anything but a typed error comes out."""
    if replay is not None:
        print(TARGETS[only or ""].run(replay.read_bytes()))
        return
    names = [only] if only else list(TARGETS)
    chunks = [(name, f"{seed}/{number}") for number in range(-(-inputs // (len(names) * CHUNK))) for name in names]
    began, tried, ways = time.monotonic(), dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    failed = 0
    with ProcessPoolExecutor(processes) as pool:
        for (name, _), done in zip(chunks, pool.map(_chunk, chunks), strict=True):
            tried[name] += done.inputs
            ways[name] = max(ways[name], done.ways)
            if done.finding is not None:
                failed += 1
                path = Path(f"fuzz-{name}-{failed}.bin")
                path.write_bytes(done.finding.data)
                print(f"{name}: {done.finding.error[:300]}, input in {path}")
    for name in names:
        print(f"{name}: {tried[name]} inputs, at least {ways[name]} ways through")
    print(f"{sum(tried.values())} inputs, {failed} findings, {time.monotonic() - began:.0f} s")
    sys.exit(1 if failed else 0)


def _chunk(chunk: tuple[str, str]) -> Hunt:
    name, seed = chunk
    return hunt(TARGETS[name], inputs=CHUNK, seed=seed)


if __name__ == "__main__":
    typer.run(main)
