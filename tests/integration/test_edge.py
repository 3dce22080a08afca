"""The edge on a real broker: what it accepts stands on the topic, what it refuses does not (Kafka's troubles: test_edge_outages.py)."""

import asyncio
import csv
import hashlib
import hmac
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest

from common import events
from deploy.local.system import System
from tests.integration.world import World
from tests.simulator.events import Delivery, eventbridge, webhook
from tests.simulator.sender import deliveries, send


async def test_an_accepted_event_stands_on_the_topic_with_nothing_but_ids_and_times(world: World) -> None:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    made = eventbridge(
        "c-1",
        "m-1",
        api_key=world.system.api_key,
        event_id="eb-1",
        time_ms=1_700_000_000_000,
        partial_text="secret words",
    )
    status, answer = await world.post(made, traceparent=trace)
    assert (status, answer) == (202, {"status": "accepted", "event_id": "eb-1"})
    (record,) = [one for one in await world.records("events") if one.key == b"c-1:m-1"]
    event = events.decode(record.value)
    assert event.occurred_at_ms == 1_700_000_000_000
    assert event.organization_id is not None
    assert b"secret" not in record.value
    assert dict(record.headers) == {"traceparent": trace.encode()}


async def test_the_sender_gets_every_scheme_accepted(world: World) -> None:
    ids = [f"gen-51-{index}" for index in range(25)]
    batch = deliveries(
        ids,
        scheme=None,
        secret=world.system.webhook_secret,
        api_key=world.system.api_key,
        time_ms=int(time.time() * 1000),
    )
    sent = await send(world.system.edge_url, batch, rate=200)
    assert dict(sent.statuses) == {202: 25}


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"headers": {"X-Genesys-Signature": "0" * 64}}, 401, None),
        ({"headers": {"X-Genesys-Signature": ""}}, 401, None),
        ({"headers": {"Content-Type": "text/plain"}}, 415, "Content-Type"),
        ({"resign": b'{"transcriptionId":"a/b","type":"quality.transcription.completed"}'}, 400, "transcriptionId"),
        ({"resign": b'{"type":"quality.transcription.completed"}'}, 400, "transcriptionId"),
        ({"resign": b'{"transcriptionId":"a","type":"other"}'}, 400, "type"),
        ({"resign": b"not json"}, 400, "body"),
        ({"resign": b"{" + b" " * 300_000 + b"}"}, 413, "body"),
    ],
)
async def test_a_refused_request_leaves_no_record(
    world: World, change: dict[str, Any], status: int, field: str | None
) -> None:
    delivery = webhook("refused", secret=world.system.webhook_secret)
    if "resign" in change:
        signature = hmac.new(world.system.webhook_secret.encode(), change["resign"], hashlib.sha256).hexdigest()
        delivery = Delivery(
            path=delivery.path, body=change["resign"], headers=delivery.headers | {"X-Genesys-Signature": signature}
        )
    answer_status, answer = await world.post(delivery, **change.get("headers", {}))
    assert answer_status == status, answer
    assert answer.get("field") == field
    assert not {record.key for record in await world.records("events")} & {b"refused", b"a", b"a/b"}


async def test_a_body_without_announced_length_is_cut_off_at_the_limit(world: World) -> None:
    async def endless() -> Any:
        for _ in range(40):
            yield b" " * 16_384

    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{world.system.edge_url}/webhook/events", data=endless()) as response,
    ):
        assert response.status == 413


async def test_submissions_reach_genesys_with_every_default(world: World) -> None:
    url = f"{world.system.edge_url}/submit-transcription"
    key = {"X-Api-Key": world.system.submit_key}
    async with aiohttp.ClientSession() as session:
        async with session.post(url, params={"media_id": "media-1"}, headers=key) as response:
            assert response.status == 200
            answer = await response.json()
        async with session.post(
            url, params={"media_id": "media-1"}, headers={"X-Api-Key": world.system.api_key}
        ) as response:
            assert response.status == 401
        async with session.post(
            url, params={"media_id": "m"}, json={"media": {"duration": 14_401}}, headers=key
        ) as response:
            refusal = await response.json()
            assert response.status == 400
        async with session.post(url, params={"media_id": "bad-media"}, headers=key) as response:
            passed_on = await response.json()
            assert response.status == 400
        await world.fault(id="*", operation="submit", status=500, times=1)
        async with session.post(url, params={"media_id": "media-2"}, headers=key) as response:
            assert response.status == 502
    assert answer["status"] == "queued"
    assert refusal == {"error": "14401 s, the limit is 14400 s (4 hours)", "field": "media.duration"}
    assert passed_on == {"error": "Genesys refuses the job: invalid.media"}
    assert (await world.simulator_stats())["submitted"][answer["transcription_id"]] == {
        "mediaId": "media-1",
        "language": "en-US",
        "profanityFilter": "on",
        "diarization": True,
        "languageModel": "default",
        "customVocabularyIds": [],
    }


def submit(system: System, path: Path) -> tuple[int, list[dict[str, Any]]]:
    """Run `producer submit` to its end."""
    done = subprocess.run(  # noqa: S603 - our own command, fixed arguments
        [sys.executable, "-m", "producer", "submit", str(path)],
        env=system.environment,
        cwd=system.logs,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.returncode, [orjson.loads(line) for line in done.stdout.splitlines()]


async def test_a_bulk_submission_goes_on_where_it_stopped(world: World, tmp_path: Path) -> None:
    path = tmp_path / "jobs.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["media_id", "duration", "codec", "language"])
        writer.writerows(
            [
                ["bulk-1", 60, "mp3", ""],
                ["bulk-2", 99_999, "mp3", ""],
                ["bad-3", 60, "opus", "de-DE"],
                ["bulk-4", 1, "L16", ""],
            ]
        )
    code, lines = await asyncio.to_thread(submit, world.system, path)
    assert code == 1
    results = {line["line"]: line for line in lines}
    assert [results[number].get("status") for number in (2, 3, 4, 5)] == ["queued", None, None, "queued"]
    assert "99999 s" in results[3]["error"]
    assert "invalid.media" in results[4]["error"]
    before = (await world.simulator_stats())["requests"]["submit"]
    code, lines = await asyncio.to_thread(submit, world.system, path)
    assert [line["status"] for line in lines if "status" in line] == ["already submitted"] * 2
    assert (await world.simulator_stats())["requests"]["submit"] == before + 1  # only the job that Genesys refused


async def test_an_edge_without_any_secret_refuses_to_start(world: World) -> None:
    environment = {
        key: value
        for key, value in world.system.environment.items()
        if key not in ("GENESYS_WEBHOOK_SECRET", "EDGE_API_KEYS")
    }
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "producer", "serve"],
        env=environment,
        cwd=world.system.logs,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert "EDGE_ALLOW_UNSIGNED" in done.stderr
