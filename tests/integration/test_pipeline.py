"""From a signed event at the edge to a redacted document and an audit record, under both contracts."""

import time

import aiohttp
import orjson

from common import events
from common.events import Contract, TranscriptEvent
from tests.integration.world import World, eventually
from tests.simulator.app import communication_of
from tests.simulator.events import conversation_end, eventbridge, trigger, webhook
from tests.simulator.generator import generate


def now_ms() -> int:
    return int(time.time() * 1000)


async def test_a_tutorial_webhook_becomes_a_redacted_document_and_an_audit_record(world: World) -> None:
    call = generate(11, 0)
    await world.accept(webhook(call.id, secret=world.system.webhook_secret))
    audit = (await world.settled({call.id: "indexed"}))[call.id]
    document = (await world.documents())[call.id]
    assert document["transcription_id"] == call.id
    assert document["metrics"]["utterance_count"] == len(call.turns) == len(document["utterances"])
    confidences = [turn.confidence for turn in call.turns if turn.confidence is not None]
    assert document["metrics"]["average_confidence"] == round(sum(confidences) / len(confidences), 4)
    assert sum(document["redactions"].values()) == len(call.planted)
    starts = [one["start_epoch"] for one in document["utterances"]]
    assert starts == [turn.start_ms / 1000 for turn in call.turns]
    assert audit["redacted_entities"] == len(call.planted)
    assert audit["redactions"] == document["redactions"]
    assert audit["policy_hash"] == document["policy_hash"]
    assert audit["compliance_status"] == "processed"
    assert audit["data_retention_policy"] == "standard"
    assert audit["source"]["topic"] == world.topic("events")
    assert audit["document_version"] == document["_version"]


async def test_a_platform_event_becomes_one_document_in_time_order(world: World) -> None:
    call = generate(12, 0)
    session = communication_of(call.id)
    key = f"{call.id}:{session}"
    await world.accept(eventbridge(call.id, session, api_key=world.system.api_key, event_id="eb-12", time_ms=now_ms()))
    audit = (await world.settled({key: "indexed"}))[key]
    document = (await world.documents())[key]
    assert [one["start_epoch"] for one in document["utterances"]] == [turn.start_ms / 1000 for turn in call.turns]
    assert document["utterances"][0]["speaker"] == "internal"
    assert document["utterances"][0]["language"] == "en-US"
    assert document["media_type"] == "call"
    assert sum(document["redactions"].values()) == len(call.planted)
    assert audit["event_id"] == "eb-12"
    assert (await world.simulator_stats())["authorization_on_files"] == 0


async def test_utterances_are_found_one_by_one_and_the_call_as_a_whole(world: World) -> None:
    call = generate(13, 0)
    await world.accept(trigger(call.id, communication_of(call.id), secret=world.system.webhook_secret, encoding="hex"))
    key = f"{call.id}:{communication_of(call.id)}"
    await world.settled({key: "indexed"})
    both = [
        {"match_phrase": {"utterances.text": "thank you for calling"}},
        {"term": {"utterances.speaker": "internal"}},
    ]
    nested = await world.search(
        {"query": {"nested": {"path": "utterances", "query": {"bool": {"must": both}}, "inner_hits": {}}}}
    )
    whole = await world.search(
        {"query": {"bool": {"must": [{"match_phrase": {"transcript": "thank you"}}, {"term": {"key": key}}]}}}
    )
    spoken = {turn.text for turn in call.turns if turn.speaker == "agent"}
    assert (key in [hit["_id"] for hit in nested]) == any("thank you for calling" in text for text in spoken)
    assert [hit["_id"] for hit in whole] == ([key] if any("thank you" in turn.text for turn in call.turns) else [])


async def test_a_call_of_twenty_thousand_utterances_is_indexed(world: World) -> None:
    call_id = "long-call"
    async with aiohttp.ClientSession() as session:
        body = {"seed": 14, "count": 1, "utterances": 20_000, "ids": [call_id]}
        async with session.post(f"{world.system.simulator_url}/admin/calls", json=body) as response:
            assert response.status == 200
    await world.accept(webhook(call_id, secret=world.system.webhook_secret))
    audit = (await world.settled({call_id: "indexed"}))[call_id]
    assert audit["metrics"]["utterance_count"] == 20_000
    assert audit["redacted_entities"] >= 2_500  # one in eight is planted; a short number may repeat a hidden one


async def test_a_conversation_without_a_session_is_expanded_into_its_recorded_ones(world: World) -> None:
    call = generate(15, 0)
    await world.accept(conversation_end(call.id, api_key=world.system.api_key, event_id="end-15", time_ms=now_ms()))
    child = f"{call.id}:{communication_of(call.id)}"
    state = await world.settled({call.id: "expanded", child: "indexed"})
    assert state[child]["event_id"] != "end-15"
    assert f"{call.id}:{call.id}-ivr" not in state


async def test_a_second_delivery_changes_nothing(world: World) -> None:
    call = generate(16, 0)
    delivery = eventbridge(
        call.id, communication_of(call.id), api_key=world.system.api_key, event_id="eb-16", time_ms=now_ms()
    )
    key = f"{call.id}:{communication_of(call.id)}"
    await world.accept(delivery)
    await world.settled({key: "indexed"})
    before = (await world.documents())[key]
    await world.accept(delivery)

    async def twice() -> bool:
        return [record.key for record in await world.records("audit")].count(key.encode()) == 2

    await eventually(twice)
    after = (await world.documents())[key]
    for volatile in ("indexed_at", "metrics"):
        del before[volatile], after[volatile]
    assert after == before


async def test_an_older_event_never_overwrites_a_newer_document(world: World) -> None:
    call = generate(17, 0)
    session, key = communication_of(call.id), f"{call.id}:{communication_of(call.id)}"
    newer, older = now_ms(), now_ms() - 60_000
    await world.accept(eventbridge(call.id, session, api_key=world.system.api_key, event_id="newer", time_ms=newer))
    await world.settled({key: "indexed"})
    superseded = await world.metric("transcripts_outcomes_total", outcome="superseded")
    await world.accept(eventbridge(call.id, session, api_key=world.system.api_key, event_id="older", time_ms=older))

    async def counted() -> bool:
        return await world.metric("transcripts_outcomes_total", outcome="superseded") == superseded + 1

    await eventually(counted)
    assert (await world.documents())[key]["event_id"] == "newer"
    assert (await world.settled({key: "indexed"}))[key]["event_id"] == "newer"


async def test_an_event_that_finds_no_transcript_neither_keeps_one_out_nor_takes_it_away(world: World) -> None:
    call = generate(20, 0).id
    newer, older, newest = (
        TranscriptEvent(event_id=name, contract=Contract.QUALITY, type="t", transcription_id=call, received_at_ms=at)
        for name, at in (("newer", now_ms()), ("older", now_ms() - 60_000), ("newest", now_ms() + 60_000))
    )

    async def put(event: TranscriptEvent) -> None:
        await world.produce(events.encode(event), key=call.encode())

    await world.fault(id=call, operation="transcript", statuses=["failed"] * 100)
    await put(newer)
    await world.settled({call: "failed"})
    await world.behave()
    await put(older)
    audit = (await world.settled({call: "indexed"}))[call]
    assert (await world.documents())[call]["event_id"] == audit["event_id"] == "older"
    await world.fault(id=call, operation="transcript", statuses=["failed"] * 100)
    superseded = await world.metric("transcripts_outcomes_total", outcome="superseded")
    await put(newest)

    async def counted() -> bool:
        return await world.metric("transcripts_outcomes_total", outcome="superseded") == superseded + 1

    await eventually(counted)
    assert (await world.audits())[call] == 2
    # A kill between document and audit record lets the event come again; here a second delivery does.
    await put(older)

    async def made_up_for() -> bool:
        return (await world.audits())[call] == 3

    await eventually(made_up_for)
    again = (await world.settled({call: "indexed"}))[call]
    await world.behave()
    assert again["source"]["offset"] > audit["source"]["offset"]
    volatile = ("source", "timestamp")
    assert {name: again[name] for name in again if name not in volatile} == {
        name: audit[name] for name in audit if name not in volatile
    }


async def test_poison_records_end_in_the_dead_letters_and_block_nobody(world: World) -> None:
    good = generate(18, 0).id
    await world.produce(b"call me at 415-555-0199", key=b"415-555-0199")
    await world.produce(b"{}", key=None)
    await world.produce(b"", key=b"k", headers=[("original-partition", b"x"), ("attempts", b"-1")])
    wrong = TranscriptEvent(event_id="e", contract=Contract.QUALITY, type="t", transcription_id="t", received_at_ms=1)
    await world.produce(events.encode(wrong).replace(b'"transcription_id":"t"', b'"transcription_id":"../secret"'))
    await world.accept(webhook(good, secret=world.system.webhook_secret))
    await world.settled({good: "indexed"})

    async def buried() -> bool:
        return (
            len(
                [
                    one
                    for one in await world.records("dead-letters")
                    if one.key.startswith(world.topic("events").encode())
                ]
            )
            >= 4
        )

    await eventually(buried)
    letters = [one for one in await world.records("dead-letters") if one.key.startswith(world.topic("events").encode())]
    for letter in letters:
        headers = dict(letter.headers)
        place = f"{headers['original-topic'].decode()}:{headers['original-partition'].decode()}:{headers['original-offset'].decode()}"
        assert letter.key == place.encode()
        assert int(headers["original-timestamp"]) > 0
        assert set(orjson.loads(letter.value)) == {"problem", "size_bytes"}
        assert b"415" not in letter.value
        assert b"secret" not in letter.value + b"".join(headers.values())
    reasons = {dict(letter.headers)["reason"] for letter in letters}
    assert reasons == {b"invalid_record", b"invalid_event_id", b"invalid_transcription_id"}
    audit = {record.key for record in await world.records("audit")}
    assert {letter.key for letter in letters} <= audit


async def test_the_consumer_tells_prometheus_what_it_does(world: World) -> None:
    call = generate(19, 0)
    await world.accept(webhook(call.id, secret=world.system.webhook_secret))
    await world.settled({call.id: "indexed"})
    assert await world.metric("transcripts_outcomes_total", outcome="indexed") >= 1
    for name in (
        "transcripts_receive_delay_seconds_count",
        "transcripts_processing_latency_seconds_count",
        "transcripts_bulk_seconds_count",
        "transcripts_last_progress_timestamp_seconds",
        "transcripts_average_confidence_ratio",
        "genesys_rate_limit_remaining",
    ):
        assert await world.metric(name) > 0, name
    assert await world.metric("transcripts_fetch_seconds_count", result="Transcript") >= 1
    assert (
        sum([await world.metric("transcripts_redactions_total", type=kind) for kind in ("CREDIT_CARD", "SSN", "PHONE")])
        > 0
    )

    async def idle() -> bool:
        return await world.metric("transcripts_lag_records") + await world.metric("transcripts_records_in_flight") == 0

    await eventually(idle)
    assert (
        await world.metric(
            "edge_request_seconds_count", url=world.system.edge_url, route="/webhook/transcription", status="202"
        )
        >= 1
    )
