"""The short form of `make chaos`: two schedules on real servers, every promise judged from outside."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import LocalStack
from tests.chaos import report
from tests.chaos.result import Plan
from tests.chaos.run import run, stack_for
from tests.chaos.senders import Patience

# Seeds whose short schedules kill consumers while work waits, and an edge while Kafka is down.
SEEDS = (1, 29)
SECONDS = 20.0


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    with stack_for(1, tmp_path_factory.mktemp("servers")) as stack:
        yield stack


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_short_schedule_holds_every_promise(servers: LocalStack, tmp_path: Path, seed: int) -> None:
    plan = Plan(seed=seed, seconds=SECONDS, brokers=1, settle_seconds=60, patience=Patience(retry_seconds=1.0))
    result = await run(servers, plan, logs=tmp_path)
    assert result.passed, "\n".join([*report.summary(result), f"again: {report.again(result)}"])
    assert result.commit_checks
    broken = {fault.kind.value.partition("_")[0] for fault in result.faults}
    assert broken - {"consumer", "group"} == {"edge", "broker", "index", "genesys"}
    assert len(result.sent.accepted) > SECONDS
