"""A submission that finds no place in the quota in time is answered, not kept waiting, and nothing was sent for it."""

import asyncio

import aiohttp
import pytest

from common.genesys.client import Answer, GenesysClient
from common.genesys.settings import GenesysSettings
from producer.jobs import Later, submit_job
from producer.submission import from_request
from tests.unit.fakes import FakeResponse, FakeSession, new_metrics


async def test_a_submission_gives_up_its_place_in_the_queue_when_its_patience_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = FakeSession(tokens=[lambda: FakeResponse(200, b'{"access_token":"t","expires_in":3600}')])
    session.replies = [lambda: FakeResponse(429, b"{}", headers={"Retry-After": "3600"})]
    monkeypatch.setattr(aiohttp, "ClientSession", lambda **_: session)
    monkeypatch.setattr(aiohttp, "TCPConnector", lambda **_: None)
    settings = GenesysSettings.model_validate({"client_id": "a", "client_secret": "b"})
    job = from_request("media-1", None, b"")
    async with asyncio.timeout(5), GenesysClient(settings, share=1.0, observer=new_metrics()) as client:
        assert isinstance(await submit_job(client, job), Later)
        sent = len(session.requests)
        again = await submit_job(client, job, patience_seconds=0.01)
        assert isinstance(again, Later)
        assert again.status == 429
        assert len(session.requests) == sent
        assert await client.post("/x", b"", cap_bytes=1, patience_seconds=0.01) == Answer(429, b"")
