"""What the chaos harness reads from raw records, and what it says when a promise broke."""

from collections import Counter

import msgspec
import orjson
import pytest
from aiokafka.structs import ConsumerRecord

from common import events
from common.events import Contract, TranscriptEvent
from tests.chaos import report
from tests.chaos.facts import Place, Topics, documents
from tests.chaos.figures import Duplicates
from tests.chaos.fleet import Incidents
from tests.chaos.injector import Applied
from tests.chaos.invariants import Violation
from tests.chaos.result import Plan, Result
from tests.chaos.schedule import Kind
from tests.chaos.senders import Sent

EVENT = TranscriptEvent(
    event_id="e-1", contract=Contract.QUALITY, type="t", transcription_id="gen-1-1", received_at_ms=7
)


def record(
    topic: str, value: bytes | None, *, key: bytes | None = b"gen-1-1", headers: dict[str, bytes] | None = None
) -> "ConsumerRecord[bytes, bytes]":
    return ConsumerRecord(
        topic=f"p.{topic}",
        partition=1,
        offset=5,
        timestamp=9,
        timestamp_type=0,
        key=key,
        value=value,
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        headers=tuple((headers or {}).items()),
    )


def provenance(**more: bytes) -> dict[str, bytes]:
    return {"original-topic": b"p.events", "original-partition": b"3", "original-offset": b"4", **more}


@pytest.mark.parametrize(("occurred", "version"), [(None, 7), (3, 3)])
def test_an_event_has_the_version_of_its_source_or_else_of_its_receipt(occurred: int | None, version: int) -> None:
    topics = Topics()
    topics.add(record("events", events.encode(msgspec.structs.replace(EVENT, occurred_at_ms=occurred))), prefix="p")
    [fact] = topics.events
    assert (fact.key, fact.event_id, fact.version, fact.place) == ("gen-1-1", "e-1", version, Place("events", 1, 5))


@pytest.mark.parametrize("value", [None, b"", b"no json", b"[]", b'{"event_id": "x"}'])
def test_what_is_no_event_is_an_event_without_a_key(value: bytes | None) -> None:
    topics = Topics()
    topics.add(record("events", value), prefix="p")
    assert [(fact.key, fact.event_id) for fact in topics.events] == [(None, None)]


def test_postponed_and_buried_events_name_where_they_first_stood() -> None:
    topics = Topics()
    topics.add(record("retry-2", events.encode(EVENT), headers=provenance(attempts=b"2")), prefix="p")
    topics.add(record("dead-letters", events.encode(EVENT), headers=provenance(attempts=b"3")), prefix="p")
    [retry], [letter] = topics.retries, topics.dead_letters
    assert (retry.place.topic, retry.source, retry.attempts) == ("retry-2", Place("events", 3, 4), 2)
    assert letter.source == Place("events", 3, 4)


def test_an_audit_record_is_read_with_both_of_its_keys() -> None:
    value = {
        "key": "gen-1-1",
        "outcome": "indexed",
        "source": {"topic": "p.events", "partition": 3, "offset": 4, "timestamp_ms": 1},
        "event_id": "e-1",
        "document_version": 7,
        "redacted_entities": 2,
    }
    topics = Topics()
    topics.add(record("audit", orjson.dumps(value), key=b"other"), prefix="p")
    [fact] = topics.audits
    assert (fact.key, fact.stated_key, fact.source, fact.redacted) == ("other", "gen-1-1", Place("events", 3, 4), 2)


def test_a_document_is_its_version_and_its_texts() -> None:
    hit = {"_id": "k", "_version": 4, "_source": {"utterances": [{"text": "a"}, {"text": "b"}]}}
    found = documents([hit])["k"]
    assert (found.version, found.texts) == (4, ("a", "b"))


def result(*violations: Violation) -> Result:
    killed = Applied(kind=Kind.CONSUMER_KILL, started=1.0, healed=2.0, note="consumer-0")
    return Result(
        plan=Plan(seed=42, seconds=25, brokers=3),
        sent=Sent(),
        incidents=Incidents(peak_bytes={"edge-0": 1}),
        faults=[killed],
        events=3,
        lost=len(violations),
        duplicates=Duplicates(deliveries=0, fetches=0, audits=0),
        outcomes=Counter({"indexed": 3}),
        commit_checks=1,
        settled_after_seconds=None,
        recoveries=[(killed, None)],
        violations=list(violations),
    )


def test_a_broken_promise_is_reported_with_its_seed_and_the_command_that_repeats_it() -> None:
    broken = result(*[Violation("nothing is lost", f"event {number}") for number in range(12)])
    text = report.markdown([result(), broken])
    assert "1 of 2 schedules held every promise." in text
    assert (
        "`python -m tests.chaos --seed 42 --seconds 25 --rate 15 --retry-seconds 2 --schedules 1 --brokers 3`" in text
    )
    assert "nothing is lost (12): event 0; event 1; event 2; event 3; ..." in text
    assert report.as_json(broken)["passed"] is False
    assert report.as_json(broken)["faults"][0]["recovery_seconds"] is None


def test_a_recovery_during_another_fault_is_told_apart_from_an_undisturbed_one() -> None:
    made = result()
    alone = Applied(kind=Kind.INDEX_KILL, started=10.0, healed=20.0)
    crossed = Applied(kind=Kind.INDEX_KILL, started=40.0, healed=50.0)
    other = Applied(kind=Kind.EDGE_KILL, started=52.0, healed=53.0)
    made.faults = [alone, crossed, other]
    made.recoveries = [(alone, 2.0), (crossed, 4.0), (other, None)]
    table = report.markdown([made])
    assert "| index_kill | 2 | 4 | 4 | 0 | 1 | 2 | 2 |" in table
    assert "| edge_kill | 1 | - | - | 1 | 0 | - | - |" in table
