"""A token that the API refuses: one refresh for all who wait, one repetition each, and both within the rate budget."""

import asyncio
from collections.abc import Callable

import aiohttp
import pytest

from common.genesys import client as client_module
from common.genesys.client import Answer, GenesysClient, Unauthorized
from common.genesys.settings import GenesysSettings
from consumer.metrics import ConsumerMetrics
from tests.unit.fakes import FakeResponse, FakeSession, new_metrics

REQUESTS = 20


class Grants:
    """Hands out tokens with a number, and answers requests by the token that they show."""

    def __init__(self, *, good_from: int) -> None:
        self.given = 0
        self.good_from = good_from

    def token(self) -> FakeResponse:
        """Grant the next token."""
        self.given += 1
        return FakeResponse(200, b'{"access_token":"t%d","expires_in":3600}' % self.given)

    def answer(self, authorization: str) -> FakeResponse:
        """Answer 200 to a token that is good, else 401."""
        return FakeResponse(200 if int(authorization.removeprefix("Bearer t")) >= self.good_from else 401, b"{}")


class Counting(GenesysClient):
    """Counts what the budget let through."""

    admitted = 0

    def _admit_now(self) -> client_module._Member | None:
        member = super()._admit_now()
        self.admitted += member is not None
        return member

    async def _admit(self) -> client_module._Member:
        self.admitted += 1
        return await super()._admit()


class Session(FakeSession):
    """Answers by token; every request takes a turn, so that all are under way with the same token."""

    def __init__(self, grants: Grants) -> None:
        super().__init__(tokens=[grants.token])
        self.grants = grants

    def request(self, method: str, url: object, **more: dict[str, str]) -> "object":  # type: ignore[override]  # as much as is used
        """Answer by the token shown."""
        make: Callable[[], FakeResponse] = lambda: self.grants.answer(more["headers"]["Authorization"])  # noqa: E731
        self.replies = [make]
        return super().request(method, url, **more)


def client(monkeypatch: pytest.MonkeyPatch, grants: Grants) -> tuple[Counting, Session]:
    session = Session(grants)
    monkeypatch.setattr(aiohttp, "ClientSession", lambda **_: session)
    monkeypatch.setattr(aiohttp, "TCPConnector", lambda **_: None)
    settings = GenesysSettings.model_validate(
        {"client_id": "a", "client_secret": "b", "requests_per_minute": 6_000_000, "rate_burst": 1000}
    )
    metrics: ConsumerMetrics = new_metrics()
    return Counting(settings, share=1.0, observer=metrics), session


async def test_repetitions_after_a_refused_token_spend_the_budget_too(monkeypatch: pytest.MonkeyPatch) -> None:
    grants = Grants(good_from=2)
    made, session = client(monkeypatch, grants)
    async with made:
        results = await asyncio.gather(*(made.get("/api/v2/x", cap_bytes=100) for _ in range(REQUESTS)))
    assert all(isinstance(one, Answer) and one.status == 200 for one in results)
    assert grants.given == 2
    assert len(session.requests) == 2 * REQUESTS
    assert made.admitted == 2 * REQUESTS


async def test_a_fresh_token_that_is_refused_too_is_the_operators_business(monkeypatch: pytest.MonkeyPatch) -> None:
    made, session = client(monkeypatch, Grants(good_from=100))
    async with made:
        result = await made.get("/api/v2/x", cap_bytes=100)
    assert isinstance(result, Unauthorized)
    assert len(session.requests) == 2
