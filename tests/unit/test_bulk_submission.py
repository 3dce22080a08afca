"""Submitting a list of jobs: each job once, however often it stands in the list and whatever became of the first try."""

import asyncio
from pathlib import Path

from common.genesys.client import Answer, Result
from producer.bulk import _Bulk
from producer.joblist import Row
from producer.ledger import Ledger
from producer.submission import from_request
from tests.unit.fakes import turn_over, until


class Gated:
    """Genesys, which answers each submission when the test says so."""

    def __init__(self) -> None:
        self.answers: list[asyncio.Future[Result]] = []

    async def post(self, path: str, payload: bytes, *, cap_bytes: int, patience_seconds: float | None = None) -> Result:
        """Wait for the test's answer."""
        self.answers.append(asyncio.get_running_loop().create_future())
        return await self.answers[-1]


async def test_a_job_that_stands_three_times_in_a_list_is_submitted_by_one_row_at_a_time(tmp_path: Path) -> None:
    genesys = Gated()
    row = Row(line=1, job=from_request("media-1", None, b""))
    with Ledger(tmp_path / "done.jsonl") as ledger:
        bulk = _Bulk(genesys, ledger, asyncio.Event())
        first, second = (asyncio.create_task(bulk.submit(row)) for _ in range(2))
        await until(lambda: len(genesys.answers) == 1)
        first.add_done_callback(lambda _: rows.append(asyncio.create_task(bulk.submit(row))))
        rows: list[asyncio.Task[dict[str, str]]] = []
        genesys.answers[0].set_result(Answer(400, b"{}"))
        await until(lambda: rows and len(genesys.answers) > 1)
        await turn_over()
        assert len(genesys.answers) == 2
        genesys.answers[1].set_result(Answer(202, b'{"id":"job-1"}'))
        assert "error" in await first
        assert (await second)["status"] == "queued"
        assert (await rows[0])["status"] == "already submitted"
        assert bulk._under_way == {}
