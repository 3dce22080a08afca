"""The story of one record: every branch, the order of its effects, and what is given back when it is over."""

import asyncio
import random
import time
import tracemalloc
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
from aiokafka.structs import TopicPartition

from common import events
from common.events import TranscriptEvent
from common.topics import Topics
from consumer.assignment import Assignment
from consumer.bounds import FIRST_GUESS_BYTES, ByteBudget
from consumer.deadletter import DeadLetterLimits
from consumer.dependency import Dependency
from consumer.document import Metrics, Summary
from consumer.fetch import FailedAtSource, Fetched, NotReady, Refused, Rejected, Sessions, Unavailable
from consumer.fetching import Patience, PatientFetching
from consumer.line import Line
from consumer.outcome import Outcome, Source
from consumer.pipeline import Pipeline
from consumer.redaction import RawText, Redactor
from consumer.search.backend import Held
from consumer.search.indexer import Indexed, ItemRejected, PutResult, Superseded
from consumer.transcript import Transcript, Utterance
from consumer.work import Stage, Unreadable, Work
from tests.unit.fakes import (
    CARD,
    FakeIndex,
    FakeRecords,
    FakeSource,
    new_dependency,
    new_metrics,
    note_sleeps,
    quality_event,
    speech_event,
    turn_over,
    until,
)

TOPICS = Topics(prefix="x")
EVENTS, AUDIT, DEAD = TOPICS.events, TOPICS.audit, TOPICS.dead_letters
TRACE = b"00-" + b"a" * 32 + b"-" + b"b" * 16 + b"-01"
CALL = Transcript(utterances=[Utterance(RawText("agent"), RawText(f"card {CARD} ok"), 1.0, 2.0, 0.9)], size_bytes=5000)


@dataclass(slots=True, kw_only=True)
class World:
    """A pipeline and everything around it."""

    pipeline: Pipeline
    source: FakeSource
    index: FakeIndex
    records: FakeRecords
    genesys: Dependency
    line: Line
    held: ByteBudget
    slots: asyncio.Semaphore
    journal: list[str]

    def audits(self) -> list[dict[str, Any]]:
        """List the audit records in the order of their acknowledgement."""
        return [value for _, value, _ in self.records.of(AUDIT)]


def make_world(
    *results: Fetched | Exception,
    put: PutResult | None = None,
    holds: Held | None = None,
    closed_topics: tuple[str, ...] = (),
    attempts: int = 3,
    waits: tuple[float, ...] = (),
    deadline: float = 3600.0,
    failures: int = 10,
    limits: DeadLetterLimits = DeadLetterLimits(),  # noqa: B008 - frozen
) -> World:
    journal: list[str] = []
    source, index = FakeSource(*results), FakeIndex(journal, put)
    index.holds = holds
    records = FakeRecords(journal, closed_topics=closed_topics)
    held, slots = ByteBudget(10_000), asyncio.Semaphore(1)
    metrics = new_metrics()
    genesys = new_dependency("genesys", failures=failures)
    line = Line(limits, probe_seconds=0.001)
    fetching = PatientFetching(
        source,
        patience=Patience(attempts=attempts, not_ready_waits=waits),
        slots=slots,
        held=held,
        genesys=genesys,
        metrics=metrics,
    )
    pipeline = Pipeline(
        fetching=fetching,
        index=index,
        records=records,
        redactor=Redactor(),
        topics=TOPICS,
        deadline_seconds=deadline,
        held=held,
        line=line,
        metrics=metrics,
    )
    return World(
        pipeline=pipeline,
        source=source,
        index=index,
        records=records,
        genesys=genesys,
        line=line,
        held=held,
        slots=slots,
        journal=journal,
    )


def make_work(event: TranscriptEvent | None = None, *, rounds: int = 0, traceparent: bytes | None = TRACE) -> Work:
    at = TopicPartition(EVENTS, 3)
    return Work(
        event=event or quality_event(at_ms=int(time.time() * 1000)),
        partition=at,
        offset=9,
        timestamp_ms=77,
        assignment=Assignment({at: None}),
        source=Source(topic="x.events", partition=3, offset=7, timestamp_ms=70),
        rounds=rounds,
        traceparent=traceparent,
    )


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Note waits instead of waiting; jitter is the longest it can be."""
    monkeypatch.setattr(random, "uniform", lambda _low, high: high)
    return note_sleeps(monkeypatch)


async def test_a_transcript_becomes_a_redacted_document_and_an_audit_record() -> None:
    world, work = make_world(CALL), make_work()
    assert await world.pipeline.process(work) is Outcome.INDEXED
    assert world.journal == ["index", AUDIT]
    ((document_id, version, body),) = world.index.documents
    assert (document_id, version) == ("t-1", work.event.received_at_ms)
    assert orjson.loads(body)["utterances"][0]["text"] == "card [REDACTED_CREDIT_CARD] ok"
    ((key, audit, headers),) = world.records.of(AUDIT)
    assert (key, headers) == (b"t-1", {"traceparent": TRACE})
    assert audit["outcome"] == "indexed"
    assert audit["index"] == "the-index"
    assert audit["redactions"] == {"CREDIT_CARD": 1}
    assert audit["redacted_entities"] == 1
    assert audit["attempts"] == 1
    assert audit["source"] == {"topic": "x.events", "partition": 3, "offset": 7, "timestamp_ms": 70}
    assert audit["metrics"]["utterance_count"] == 1


async def test_no_audit_record_is_sent_before_the_index_has_acknowledged() -> None:
    world = make_world(CALL)
    world.index.automatic = False
    running = asyncio.create_task(world.pipeline.process(make_work()))
    await until(lambda: world.index.pending)
    await turn_over()
    assert world.records.sent == []
    world.index.pending[0].set_result(Indexed())
    assert await running is Outcome.INDEXED
    assert world.records.sent == [AUDIT]


async def test_an_outcome_waits_for_the_acknowledgement_of_its_audit_record() -> None:
    world = make_world(CALL, closed_topics=(AUDIT,))
    running = asyncio.create_task(world.pipeline.process(make_work()))
    await until(lambda: world.records.sent == [AUDIT])
    await turn_over()
    assert not running.done()
    world.records.gates[AUDIT].set()
    assert await running is Outcome.INDEXED


async def test_a_document_older_than_the_index_changes_neither_document_nor_audit() -> None:
    world = make_world(CALL, put=Superseded())
    assert await world.pipeline.process(make_work()) is Outcome.SUPERSEDED
    assert world.records.sent == []


async def test_a_document_the_index_refuses_is_buried_with_the_engines_word_for_why() -> None:
    world = make_world(CALL, put=ItemRejected("document_parsing_exception"))
    assert await world.pipeline.process(make_work()) is Outcome.DEAD_LETTERED
    assert world.audits()[0]["reason"] == "index_document_parsing_exception"
    assert world.audits()[0]["index"] is None


async def test_at_the_limit_nothing_more_is_buried_and_a_record_that_is_mended_ends_well() -> None:
    limits = DeadLetterLimits(max_ratio=1.0, max_consecutive=2)
    world = make_world(*[Rejected("r")] * 8, CALL, limits=limits)
    works = [make_work(quality_event(f"t-{number}")) for number in range(4)]
    running = [asyncio.create_task(world.pipeline.process(one)) for one in works]
    async with asyncio.timeout(5):
        outcomes = await asyncio.gather(*running)
    assert sorted(outcomes) == [Outcome.DEAD_LETTERED] * 2 + [Outcome.INDEXED] * 2
    assert len(world.records.of(DEAD)) == 2
    assert len(world.source.fetched) > 8
    assert not world.line.halted


async def test_a_held_record_holds_no_bytes() -> None:
    world = make_world(
        CALL, put=ItemRejected("mapper"), limits=DeadLetterLimits(max_ratio=1.0, max_consecutive=1), failures=1
    )
    assert await world.pipeline.process(make_work(quality_event("t-0"))) is Outcome.DEAD_LETTERED
    running = asyncio.create_task(world.pipeline.process(make_work(quality_event("t-1"))))
    await until(lambda: world.line.held)
    assert world.held.held == 0
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


@pytest.mark.parametrize(
    ("deadline", "outcome"), [(1e12, Outcome.POSTPONED), (0.0, Outcome.DEAD_LETTERED)], ids=["in time", "overdue"]
)
async def test_a_record_that_holds_up_others_goes_to_a_retry_topic_and_after_its_deadline_to_the_dead_letters(
    deadline: float, outcome: Outcome
) -> None:
    world = make_world(CALL, deadline=deadline)
    assert await world.pipeline.displace(make_work(rounds=1), "head_of_line") is outcome
    topic = TOPICS.retries[1] if outcome is Outcome.POSTPONED else DEAD
    assert world.records.of(topic)[0][2]["reason"] == b"head_of_line"
    assert world.source.fetched == []


async def test_an_error_of_our_own_at_the_limit_is_tried_again_from_its_start() -> None:
    world = make_world(CALL, limits=DeadLetterLimits(max_ratio=1.0, max_consecutive=1))
    assert await world.pipeline.bury(make_work(quality_event("t-0")), "internal_error") is Outcome.DEAD_LETTERED
    assert await world.pipeline.bury(make_work(quality_event("t-1")), "internal_error") is Outcome.INDEXED


@pytest.mark.parametrize("deadline", [3600.0, 0.0])
async def test_a_transcript_that_failed_at_the_source_is_audited_and_not_tried_again(deadline: float) -> None:
    world = make_world(FailedAtSource("failed_at_source"), deadline=deadline)
    assert await world.pipeline.process(make_work()) is Outcome.FAILED
    assert world.journal == ["look up", AUDIT]
    assert world.audits()[0]["outcome"] == "failed"
    assert world.audits()[0]["reason"] == "failed_at_source"
    assert world.audits()[0]["metrics"] is None


@pytest.mark.parametrize("rejected", ["unreadable_transcript", "file_host_not_allowed"])
async def test_what_no_retry_can_help_goes_to_the_dead_letters_at_once(rejected: str) -> None:
    world, work = make_world(Rejected(rejected)), make_work(rounds=2)
    assert await world.pipeline.process(work) is Outcome.DEAD_LETTERED
    assert world.journal == ["look up", DEAD, AUDIT]
    ((key, value, headers),) = world.records.of(DEAD)
    assert key == work.event.event_id.encode()
    assert events.decode(orjson.dumps(value)) == work.event
    assert headers["reason"] == rejected.encode()
    assert headers["attempts"] == b"3"
    assert headers["original-offset"] == b"7"
    assert headers["original-key"] == b"t-1"
    assert headers["traceparent"] == TRACE
    assert world.audits()[0]["outcome"] == "dead_lettered"
    assert world.audits()[0]["attempts"] == 3


async def test_no_audit_record_speaks_of_a_dead_letter_that_is_not_acknowledged() -> None:
    world = make_world(Rejected("x"), closed_topics=(DEAD,))
    running = asyncio.create_task(world.pipeline.process(make_work()))
    await until(lambda: world.records.sent == [DEAD])
    await turn_over()
    assert world.records.sent == [DEAD]
    world.records.gates[DEAD].set()
    await running
    assert world.records.sent == [DEAD, AUDIT]


BAD_ENDS = [(FailedAtSource("f"), 3600.0), (Rejected("r"), 3600.0), (NotReady("n"), 0.0), (Unavailable("u"), 0.0)]
KEPT = Summary(
    event_id="e-1", metrics=Metrics(0.5, 1.5, 7), redactions={"SSN": 2}, vendor_redactions=1, policy_hash="p"
)


@pytest.mark.parametrize(("result", "deadline"), BAD_ENDS)
@pytest.mark.parametrize("newer_by_ms", [0, 5])
async def test_a_bad_end_is_kept_quiet_while_the_index_holds_a_document_as_new(
    result: Fetched, deadline: float, newer_by_ms: int, slept: list[float]
) -> None:
    work = make_work(quality_event(at_ms=1000), rounds=len(TOPICS.retries))
    world = make_world(result, holds=Held(1000 + newer_by_ms, KEPT), deadline=deadline)
    assert await world.pipeline.process(work) is Outcome.SUPERSEDED
    assert world.records.sent == []


@pytest.mark.parametrize(("result", "deadline"), BAD_ENDS)
async def test_a_bad_end_leaves_an_older_document_and_its_audit_record_and_is_a_dead_letter_all_the_same(
    result: Fetched, deadline: float, slept: list[float]
) -> None:
    work = make_work(quality_event(at_ms=1000), rounds=len(TOPICS.retries))
    world = make_world(result, holds=Held(999, KEPT), deadline=deadline)
    outcome = await world.pipeline.process(work)
    buried = isinstance(result, Rejected | Unavailable)
    assert outcome is (Outcome.DEAD_LETTERED if buried else Outcome.SUPERSEDED)
    assert world.records.sent == [DEAD] * buried
    assert world.index.documents == []


@pytest.mark.parametrize(("result", "deadline"), BAD_ENDS)
async def test_a_document_whose_audit_record_a_kill_prevented_gets_it_although_the_source_has_nothing_any_more(
    result: Fetched, deadline: float, slept: list[float]
) -> None:
    work = make_work(quality_event(at_ms=1000, event_id="e-1"), rounds=len(TOPICS.retries))
    world = make_world(result, holds=Held(1000, KEPT), deadline=deadline)
    assert await world.pipeline.process(work) is Outcome.INDEXED
    (audit,) = world.audits()
    assert world.records.sent == [AUDIT]
    assert (audit["outcome"], audit["document_version"], audit["event_id"]) == ("indexed", 1000, "e-1")
    assert (audit["redactions"], audit["redacted_entities"], audit["vendor_redactions"]) == ({"SSN": 2}, 2, 1)
    assert (audit["policy_hash"], audit["metrics"]["utterance_count"]) == ("p", 7)
    assert (audit["index"], audit["reason"]) == ("the-index", None)


@pytest.mark.parametrize(("rounds", "tier"), [(0, 0), (1, 1), (2, 2), (3, 2), (40, 2)])
async def test_what_is_not_ready_climbs_the_retry_topics_and_stays_on_the_last(rounds: int, tier: int) -> None:
    world, work = make_world(NotReady("status_processing")), make_work(rounds=rounds)
    assert await world.pipeline.process(work) is Outcome.POSTPONED
    topic = TOPICS.retries[tier]
    assert world.records.sent == [topic]
    ((key, value, headers),) = world.records.of(topic)
    assert key == b"t-1"
    assert events.decode(orjson.dumps(value)) == work.event
    assert headers["attempts"] == str(rounds + 1).encode()
    assert headers["reason"] == b"status_processing"
    assert headers["original-topic"] == b"x.events"


async def test_postponed_means_that_the_retry_record_is_acknowledged() -> None:
    world = make_world(NotReady("n"), closed_topics=(TOPICS.retries[0],))
    running = asyncio.create_task(world.pipeline.process(make_work()))
    await until(lambda: world.records.sent)
    await turn_over()
    assert not running.done()
    world.records.gates[TOPICS.retries[0]].set()
    assert await running is Outcome.POSTPONED


async def test_after_the_deadline_a_transcript_that_never_came_is_audited_as_such() -> None:
    old = quality_event(at_ms=int((time.time() - 100) * 1000))
    late = make_world(NotReady("no_transcript_url"), deadline=50.0)
    assert await late.pipeline.process(make_work(old, rounds=2)) is Outcome.NO_TRANSCRIPT
    assert late.audits()[0]["outcome"] == "no_transcript"
    assert late.audits()[0]["reason"] == "no_transcript_url"
    early = make_world(NotReady("no_transcript_url"), deadline=5000.0)
    assert await early.pipeline.process(make_work(old, rounds=2)) is Outcome.POSTPONED


async def test_after_the_deadline_a_source_that_never_answered_means_a_dead_letter(slept: list[float]) -> None:
    world = make_world(Unavailable("timeout"), deadline=0.0)
    work = make_work(quality_event(at_ms=1), rounds=len(TOPICS.retries))
    assert await world.pipeline.process(work) is Outcome.DEAD_LETTERED
    assert world.audits()[0]["reason"] == "fetch_failed"


@pytest.mark.parametrize("rounds", [0, 1, 2])
async def test_an_old_event_is_not_buried_for_one_bad_minute_of_the_source(rounds: int, slept: list[float]) -> None:
    world = make_world(Unavailable("status_503"), deadline=0.0)
    assert await world.pipeline.process(make_work(quality_event(at_ms=1), rounds=rounds)) is Outcome.POSTPONED
    assert world.records.sent == [TOPICS.retries[rounds]]


async def test_not_ready_is_waited_for_in_place_first(slept: list[float]) -> None:
    world = make_world(NotReady("n"), NotReady("n"), CALL, waits=(2.0, 5.0))
    assert await world.pipeline.process(make_work()) is Outcome.INDEXED
    assert slept == [2.0, 5.0]


async def test_the_waits_in_place_end(slept: list[float]) -> None:
    world = make_world(NotReady("n"), waits=(2.0, 5.0))
    assert await world.pipeline.process(make_work()) is Outcome.POSTPONED
    assert slept == [2.0, 5.0]
    assert len(world.source.fetched) == 3


async def test_a_record_that_waited_in_a_retry_topic_does_not_wait_in_place_again(slept: list[float]) -> None:
    world = make_world(NotReady("n"), waits=(2.0, 5.0))
    await world.pipeline.process(make_work(rounds=1))
    assert slept == []
    assert len(world.source.fetched) == 1


async def test_an_unavailable_source_is_tried_as_often_as_set_and_then_later(slept: list[float]) -> None:
    world = make_world(Unavailable("status_503"), attempts=4)
    assert await world.pipeline.process(make_work()) is Outcome.POSTPONED
    assert len(world.source.fetched) == 4
    assert slept == [1.0, 2.0, 4.0]
    assert world.records.of(TOPICS.retries[0])[0][2]["reason"] == b"status_503"


async def test_a_wait_between_attempts_has_a_ceiling(slept: list[float]) -> None:
    await make_world(Unavailable("u"), attempts=9).pipeline.process(make_work())
    assert max(slept) == 10.0


async def test_being_throttled_costs_no_attempt(slept: list[float]) -> None:
    throttled = [Unavailable("throttled", throttled=True)] * 20
    world = make_world(*throttled, CALL, attempts=1)
    assert await world.pipeline.process(make_work()) is Outcome.INDEXED
    assert slept == [0.0] * 20


async def test_an_outage_at_genesys_is_waited_out_by_all_and_costs_no_attempt_no_retry_topic_and_no_dead_letter() -> (
    None
):
    world = make_world(*[Unavailable("timeout", outage=True)] * 60, CALL, attempts=2, failures=3, deadline=0.0)
    running = [
        asyncio.create_task(world.pipeline.process(make_work(quality_event(f"t-{number}")))) for number in range(6)
    ]
    await until(lambda: world.genesys.is_out)
    async with asyncio.timeout(5):
        assert await asyncio.gather(*running) == [Outcome.INDEXED] * 6
    assert world.records.sent == [AUDIT] * 6
    assert world.genesys.problem is None


async def test_while_genesys_is_out_one_record_at_a_time_asks() -> None:
    world = make_world(CALL, failures=1)
    world.source.open.clear()
    world.genesys.failed("another", "timeout")
    running = [
        asyncio.create_task(world.pipeline.process(make_work(quality_event(f"t-{number}")))) for number in range(6)
    ]
    await until(lambda: world.source.fetched)
    await turn_over()
    assert world.source.fetched == ["t-0"]
    world.source.open.set()
    assert await asyncio.gather(*running) == [Outcome.INDEXED] * 6


async def test_one_whose_probe_is_cancelled_leaves_it_to_the_next() -> None:
    world = make_world(CALL, failures=1)
    world.source.open.clear()
    world.genesys.failed("another", "timeout")
    first = asyncio.create_task(world.pipeline.process(make_work(quality_event("t-0"))))
    await until(lambda: world.source.fetched)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    world.source.open.set()
    async with asyncio.timeout(2):
        assert await world.pipeline.process(make_work(quality_event("t-1"))) is Outcome.INDEXED


async def test_retries_in_place_end_early_when_many_records_need_them(slept: list[float]) -> None:
    world = make_world(Unavailable("status_500"), attempts=10, failures=1000, deadline=1e12)
    for number in range(10):
        assert await world.pipeline.process(make_work(quality_event(f"t-{number}"))) is Outcome.POSTPONED
    # Twenty retries are saved up and ten first tries earn two more.
    assert len(world.source.fetched) <= 10 + 22


@pytest.mark.parametrize(("others", "outcome"), [(True, Outcome.DEAD_LETTERED), (False, Outcome.POSTPONED)])
async def test_after_the_deadline_nobody_answering_is_a_dead_letter_only_if_others_are_answered(
    others: bool, outcome: Outcome, slept: list[float]
) -> None:
    world = make_world(Unavailable("timeout", outage=True), deadline=0.0)
    if others:
        world.genesys.succeeded()
    assert await world.pipeline.process(make_work(quality_event(at_ms=1), rounds=3)) is outcome


@pytest.mark.parametrize("older", [CALL, FailedAtSource("f"), Rejected("r"), NotReady("n")])
async def test_an_older_event_that_ends_after_a_newer_one_was_indexed_changes_nothing(older: Fetched) -> None:
    world = make_world(CALL, older, deadline=0.0)
    assert await world.pipeline.process(make_work(quality_event(at_ms=2000))) is Outcome.INDEXED
    written, documents = list(world.records.records), list(world.index.documents)
    # The older one comes back from a retry topic.
    assert await world.pipeline.process(make_work(quality_event(at_ms=1000), rounds=2)) is Outcome.SUPERSEDED
    assert world.records.records == written
    assert world.index.documents == documents
    assert len(world.source.fetched) == 1


@pytest.mark.parametrize("newer", [FailedAtSource("f"), Rejected("r"), NotReady("n")])
async def test_an_older_event_that_finds_a_transcript_is_indexed_although_a_newer_one_found_none(
    newer: Fetched,
) -> None:
    world = make_world(newer, CALL, deadline=0.0)
    await world.pipeline.process(make_work(quality_event(at_ms=2000)))
    assert world.index.documents == []
    assert await world.pipeline.process(make_work(quality_event(at_ms=1000), rounds=2)) is Outcome.INDEXED
    assert [version for _, version, _ in world.index.documents] == [1000]
    assert world.audits()[-1]["outcome"] == "indexed"


async def test_an_event_as_new_as_the_last_one_is_worked_on_again() -> None:
    world = make_world(CALL)
    for _ in range(2):
        assert await world.pipeline.process(make_work(quality_event(at_ms=2000))) is Outcome.INDEXED


async def test_refused_credentials_are_waited_out_and_bury_nothing(slept: list[float]) -> None:
    world = make_world(*[Refused("check the client")] * 30, CALL, attempts=1)
    assert await world.pipeline.process(make_work()) is Outcome.INDEXED
    assert world.records.sent == [AUDIT]
    assert slept[0] >= 0.5
    assert max(slept) == 10.0


async def test_a_conversation_becomes_one_event_for_each_session_before_it_counts_as_expanded() -> None:
    parent = speech_event(communication_id=None)
    world = make_world(Sessions(("m-1", "m-2")))
    assert await world.pipeline.process(make_work(parent)) is Outcome.EXPANDED
    assert world.journal == [EVENTS, EVENTS, AUDIT]
    children = world.records.of(EVENTS)
    assert [key for key, _, _ in children] == [b"c-1:m-1", b"c-1:m-2"]
    assert [events.decode(orjson.dumps(value)) for _, value, _ in children] == [
        events.child_of(parent, "m-1"),
        events.child_of(parent, "m-2"),
    ]
    assert all(headers == {"traceparent": TRACE} for _, _, headers in children)
    assert world.audits()[0]["key"] == "c-1"
    assert world.audits()[0]["outcome"] == "expanded"


async def test_a_parent_is_not_audited_while_a_child_is_not_acknowledged() -> None:
    world = make_world(Sessions(("m-1",)), closed_topics=(EVENTS,))
    running = asyncio.create_task(world.pipeline.process(make_work(speech_event(communication_id=None))))
    await until(lambda: world.records.sent == [EVENTS])
    await turn_over()
    assert AUDIT not in world.records.sent
    world.records.gates[EVENTS].set()
    assert await running is Outcome.EXPANDED


async def test_without_a_trace_no_header_is_invented() -> None:
    world = make_world(CALL)
    await world.pipeline.process(make_work(traceparent=None))
    assert world.records.of(AUDIT)[0][2] == {}


async def test_the_bytes_of_a_document_are_held_until_the_index_has_answered() -> None:
    world = make_world(CALL)
    world.index.automatic = False
    running = asyncio.create_task(world.pipeline.process(make_work()))
    await until(lambda: world.index.pending)
    assert world.held.held == len(world.index.documents[0][2])
    world.index.pending[0].set_result(Indexed())
    await running
    assert world.held.held == 0


async def test_while_the_index_works_on_a_document_it_has_the_only_copy() -> None:
    turns = [Utterance(RawText("agent"), RawText("word " * 200), 1.0, 2.0, 0.9) for _ in range(100)]
    world = make_world(Transcript(utterances=turns, size_bytes=5000))
    world.index.automatic = False
    tracemalloc.start()
    try:
        running = asyncio.create_task(world.pipeline.process(make_work()))
        await until(lambda: world.index.pending)
        size, held = len(world.index.documents[0][2]), tracemalloc.get_traced_memory()[0]
        world.index.documents.clear()
        given_back = held - tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert size > 100_000
    assert given_back >= size
    world.index.pending[0].set_result(Indexed())
    await running


@pytest.mark.parametrize("put", [Superseded(), ItemRejected("x"), Indexed()])
async def test_held_bytes_are_given_back_whatever_the_index_says(put: PutResult) -> None:
    world = make_world(CALL, put=put)
    await world.pipeline.process(make_work())
    assert world.held.held == 0


async def test_held_bytes_are_given_back_when_a_record_is_cancelled_or_breaks() -> None:
    world = make_world(CALL)
    world.index.automatic = False
    running = [asyncio.create_task(world.pipeline.process(make_work())) for _ in range(2)]
    await until(lambda: len(world.index.pending) == 2)
    running[0].cancel()
    world.index.pending[1].set_exception(ZeroDivisionError())
    await asyncio.gather(*running, return_exceptions=True)
    assert world.held.held == 0


async def test_nothing_is_fetched_while_the_byte_limit_is_reached() -> None:
    world = make_world(CALL)
    world.held.add(10_000)
    running = asyncio.create_task(world.pipeline.process(make_work()))
    await turn_over()
    assert world.source.fetched == []
    world.held.add(-1)
    assert await running is Outcome.INDEXED


async def test_what_is_being_fetched_counts_as_usual_and_from_its_reading_on_as_what_it_is() -> None:
    world = make_world(CALL)
    world.source.open.clear()
    world.source.complete.clear()
    world.index.automatic = False
    running = asyncio.create_task(world.pipeline.process(make_work()))
    await until(lambda: world.source.fetched)
    assert world.held.held == world.held.usual == FIRST_GUESS_BYTES
    world.source.open.set()
    await until(lambda: world.held.held == CALL.size_bytes)
    world.source.complete.set()
    await until(lambda: world.index.pending)
    assert world.held.held == len(world.index.documents[0][2])
    world.index.pending[0].set_result(Indexed())
    await running
    assert world.held.held == 0
    assert world.held.usual == CALL.size_bytes


async def test_a_record_without_a_transcript_holds_no_bytes_while_it_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world(NotReady("n"), CALL, waits=(2.0,))
    held: list[int] = []
    note_sleeps(monkeypatch, lambda _: held.append(world.held.held))
    await world.pipeline.process(make_work())
    assert held == [0]


async def test_one_who_waited_for_a_slot_while_the_bytes_ran_out_waits_on() -> None:
    world = make_world(CALL)
    await world.slots.acquire()
    running = asyncio.create_task(world.pipeline.process(make_work()))
    await turn_over()
    world.held.add(10_000)
    world.slots.release()
    await turn_over()
    assert world.source.fetched == []
    assert not world.slots.locked()
    world.held.add(-10_000)
    assert await running is Outcome.INDEXED


async def test_a_fetch_slot_is_held_during_a_request_only(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world(NotReady("n"), CALL, waits=(2.0,))
    free_while_waiting: list[bool] = []
    note_sleeps(monkeypatch, lambda _: free_while_waiting.append(not world.slots.locked()))
    world.source.open.clear()
    running = asyncio.create_task(world.pipeline.process(make_work()))
    await until(lambda: world.source.fetched)
    assert world.slots.locked()
    world.source.open.set()
    await running
    assert free_while_waiting == [True]
    assert not world.slots.locked()


async def test_a_record_says_how_far_it_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    world, work = make_world(NotReady("n"), CALL, waits=(2.0,)), make_work()
    seen: list[Stage] = []
    note_sleeps(monkeypatch, lambda _: seen.append(work.stage))
    world.index.automatic = False
    world.source.open.clear()
    stages = [work.stage]
    running = asyncio.create_task(world.pipeline.process(work))
    await until(lambda: world.source.fetched)
    stages.append(work.stage)
    world.source.open.set()
    await until(lambda: world.index.pending)
    stages.append(work.stage)
    assert seen == [Stage.WAITING]
    assert stages == [Stage.WAITING, Stage.FETCHING, Stage.SETTLING]
    world.index.pending[0].set_result(Indexed())
    await running


async def test_a_record_that_waits_for_a_slot_is_only_waiting() -> None:
    world, work = make_world(CALL), make_work()
    await world.slots.acquire()
    running = asyncio.create_task(world.pipeline.process(work))
    await turn_over()
    assert work.stage is Stage.WAITING
    world.slots.release()
    await running


async def test_an_unreadable_record_is_buried_under_the_place_where_it_stood_and_nothing_of_it_is_kept() -> None:
    world = make_world(CALL)
    at = TopicPartition(EVENTS, 3)
    source = Source(topic=EVENTS, partition=3, offset=9, timestamp_ms=5)
    record = Unreadable(
        problem="invalid_event_id",
        size_bytes=44,
        partition=at,
        offset=9,
        timestamp_ms=5,
        assignment=Assignment({at: None}),
        source=source,
    )
    assert await world.pipeline.bury_unreadable(record) is Outcome.DEAD_LETTERED
    assert world.journal == [DEAD, AUDIT]
    ((dead_key, letter, headers),) = world.records.of(DEAD)
    ((audit_key, audit, _),) = world.records.of(AUDIT)
    assert dead_key == audit_key == b"x.events:3:9"
    assert letter == {"problem": "invalid_event_id", "size_bytes": 44}
    assert headers["reason"] == b"invalid_event_id"
    assert audit["outcome"] == "dead_lettered"
    assert audit["reason"] == "invalid_event_id"
    assert audit["contract"] is None


async def test_no_raw_text_reaches_a_record_or_a_document() -> None:
    world = make_world(CALL)
    await world.pipeline.process(make_work())
    everything = [value + key for _, key, value, _ in world.records.records]
    everything += [body for _, _, body in world.index.documents]
    assert not any(b"4111" in one or b"1111" in one for one in everything)


async def test_an_error_of_our_own_is_raised_and_leaves_no_trace_of_success() -> None:
    world = make_world(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        await world.pipeline.process(make_work())
    assert world.journal == []
    assert not world.slots.locked()
