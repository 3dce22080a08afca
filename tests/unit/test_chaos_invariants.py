"""Every invariant of the chaos harness is shown to fail: a world in order, then one thing wrong at a time."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from tests.chaos import invariants
from tests.chaos.facts import AuditFact, DeadLetterFact, DocumentFact, EventFact, Place, RetryFact, Topics
from tests.chaos.invariants import MIB, Violation
from tests.chaos.traffic import Model, call_of, texts_of

INDEXED, FAILED, BURIED, UPDATED = "gen-1-1", "gen-1-2", "nobody-1-3", "gen-1-4"


def at(offset: int) -> Place:
    return Place("events", 0, offset)


def event(offset: int, key: str, version: int, event_id: str | None = None) -> EventFact:
    return EventFact(place=at(offset), key=key, event_id=event_id or f"id-{key}", version=version, timestamp_ms=0)


def audit(of: EventFact, outcome: str) -> AuditFact:
    return AuditFact(
        place=Place("audit", 0, 0),
        key=of.key or "",
        stated_key=of.key or "",
        outcome=outcome,
        source=of.place,
        event_id=of.event_id,
        version=of.version,
        redacted=len(call_of(of.key).planted) if outcome == "indexed" and of.key else 0,
        timestamp_ms=0,
    )


def document(key: str, version: int) -> DocumentFact:
    call = call_of(key)
    texts = texts_of(key, call)
    for secret in call.planted:
        number = secret.utterance or 0
        texts[number] = texts[number].replace(secret.written, "[REDACTED_PHONE]")
    return DocumentFact(version=version, texts=tuple(texts))


@dataclass
class World:
    """One event of every sort, all as they should be; the older event of UPDATED was superseded by the newer one."""

    topics: Topics = field(default_factory=Topics)
    documents: dict[str, DocumentFact] = field(default_factory=dict)
    committed: dict[tuple[str, int], int] = field(default_factory=lambda: {("events", 0): 5})
    model: Model = field(
        default_factory=lambda: Model(
            outcomes={INDEXED: "indexed", FAILED: "failed", BURIED: "dead_lettered", UPDATED: "indexed"},
            calls={key: call_of(key) for key in (INDEXED, UPDATED)},
        )
    )

    def __post_init__(self) -> None:
        indexed, failed, buried = event(0, INDEXED, 10), event(1, FAILED, 11), event(2, BURIED, 12)
        newer, older = event(3, UPDATED, 20, "id-newer"), event(4, UPDATED, 19, "id-older")
        self.topics.events = [indexed, failed, buried, newer, older]
        self.topics.audits = [
            audit(indexed, "indexed"),
            audit(failed, "failed"),
            audit(buried, "dead_lettered"),
            audit(newer, "indexed"),
        ]
        self.topics.dead_letters = [DeadLetterFact(place=Place("dead-letters", 0, 0), source=buried.place)]
        self.documents = {INDEXED: document(INDEXED, 10), UPDATED: document(UPDATED, 20)}

    def violations(self) -> list[Violation]:
        topics, documents, model = self.topics, self.documents, self.model
        accepted = [(INDEXED, None), (FAILED, None), (BURIED, None), (UPDATED, "id-newer"), (UPDATED, "id-older")]
        return [
            *invariants.lost_at_the_edge(accepted, topics),
            *invariants.terminal_states(topics, documents, model),
            *invariants.one_id_per_event(topics, model, {UPDATED}),
            *invariants.index_equals_model(topics, documents, model),
            *invariants.audit_is_complete(topics, documents, model),
            *invariants.commits_behind_work(self.committed, topics, documents),
        ]


def lose_an_accepted_event_at_the_edge(world: World) -> None:
    del world.topics.events[0], world.topics.audits[0], world.documents[INDEXED]


def lose_one_of_two_events_of_a_key(world: World) -> None:
    del world.topics.events[4]


def leave_an_event_without_outcome(world: World) -> None:
    del world.topics.audits[1]


def commit_past_unfinished_work(world: World) -> None:
    del world.topics.audits[1]


def commit_past_a_document_without_audit_record(world: World) -> None:
    del world.topics.audits[0]


def commit_past_a_postponed_event(world: World) -> None:
    del world.topics.audits[1]
    world.topics.retries.append(RetryFact(place=Place("retry-1", 2, 7), source=at(1), attempts=1))
    world.committed["retry-1", 2] = 8


def end_an_event_in_two_states(world: World) -> None:
    world.topics.audits.append(replace(world.topics.audits[0], outcome="failed"))


def end_an_event_in_a_wrong_state(world: World) -> None:
    world.topics.audits[1] = replace(world.topics.audits[1], outcome="no_transcript")


def give_a_second_delivery_another_id(world: World) -> None:
    again = event(5, INDEXED, 10, "another")
    world.topics.events.append(again)
    world.topics.audits.append(audit(again, "indexed"))


def lose_a_document(world: World) -> None:
    del world.documents[INDEXED]


def keep_a_stray_document(world: World) -> None:
    world.documents[FAILED] = document(FAILED, 11)


def let_an_older_document_win(world: World) -> None:
    world.documents[UPDATED] = document(UPDATED, 19)


def index_another_calls_texts(world: World) -> None:
    world.documents[INDEXED] = document(UPDATED, 10)


def leave_a_number_unhidden(world: World) -> None:
    secret = call_of(INDEXED).planted[0].written
    texts = tuple(text.replace("[REDACTED_PHONE]", secret) for text in world.documents[INDEXED].texts)
    world.documents[INDEXED] = DocumentFact(version=10, texts=texts)


def hide_more_than_numbers(world: World) -> None:
    world.documents[INDEXED] = DocumentFact(version=10, texts=("[REDACTED_PHONE]",) * 12)


def audit_a_place_where_nothing_stands(world: World) -> None:
    world.topics.audits.append(replace(world.topics.audits[0], source=at(99)))


def audit_under_a_wrong_key(world: World) -> None:
    world.topics.audits[1] = replace(world.topics.audits[1], key=INDEXED)


def audit_another_event(world: World) -> None:
    world.topics.audits[1] = replace(world.topics.audits[1], version=7)


def count_fewer_numbers_than_planted(world: World) -> None:
    world.topics.audits[0] = replace(world.topics.audits[0], redacted=0)


def bury_without_a_letter(world: World) -> None:
    world.topics.dead_letters.clear()


def write_a_letter_without_audit(world: World) -> None:
    world.topics.dead_letters.append(DeadLetterFact(place=Place("dead-letters", 0, 1), source=at(1)))


PLANTED: list[tuple[Callable[[World], None], str]] = [
    (lose_an_accepted_event_at_the_edge, "every 202 stands on the topic"),
    (lose_one_of_two_events_of_a_key, "every 202 stands on the topic"),
    (leave_an_event_without_outcome, "every event ends in exactly one terminal state"),
    (end_an_event_in_two_states, "every event ends in exactly one terminal state"),
    (end_an_event_in_a_wrong_state, "every event ends in exactly one terminal state"),
    (commit_past_unfinished_work, "no committed offset passed unfinished work"),
    (commit_past_a_document_without_audit_record, "no committed offset passed unfinished work"),
    (commit_past_a_document_without_audit_record, "the audit is complete and true"),
    (commit_past_a_postponed_event, "no committed offset passed unfinished work"),
    (give_a_second_delivery_another_id, "repeated deliveries carry the same event id"),
    (lose_a_document, "the index equals the model"),
    (keep_a_stray_document, "the index equals the model"),
    (let_an_older_document_win, "the index equals the model"),
    (index_another_calls_texts, "the index equals the model"),
    (leave_a_number_unhidden, "the index equals the model"),
    (hide_more_than_numbers, "the index equals the model"),
    (audit_a_place_where_nothing_stands, "the audit is complete and true"),
    (audit_under_a_wrong_key, "the audit is complete and true"),
    (audit_another_event, "the audit is complete and true"),
    (count_fewer_numbers_than_planted, "the audit is complete and true"),
    (bury_without_a_letter, "the audit is complete and true"),
    (write_a_letter_without_audit, "the audit is complete and true"),
]


def test_a_world_in_order_breaks_nothing() -> None:
    assert World().violations() == []


@pytest.mark.parametrize(("spoil", "invariant"), PLANTED, ids=[spoil.__name__ for spoil, _ in PLANTED])
def test_what_is_planted_is_found(spoil: Callable[[World], None], invariant: str) -> None:
    world = World()
    spoil(world)
    assert invariant in {one.invariant for one in world.violations()}


def test_work_in_progress_and_postponed_events_may_lie_below_and_above_the_committed_offset() -> None:
    world = World()
    del world.topics.audits[1]
    world.topics.retries.append(RetryFact(place=Place("retry-1", 2, 7), source=at(1), attempts=1))
    world.committed["retry-1", 2] = 7
    assert invariants.commits_behind_work(world.committed, world.topics, world.documents) == []
    world.topics.retries.append(RetryFact(place=Place("retry-2", 2, 0), source=at(1), attempts=2))
    world.committed["retry-1", 2] = 8
    assert invariants.commits_behind_work(world.committed, world.topics, world.documents) == []
    world.topics.retries.clear()
    world.committed["events", 0] = 1
    assert invariants.commits_behind_work(world.committed, world.topics, world.documents) == []


def test_a_second_audit_record_of_the_same_outcome_is_a_duplicate_and_no_violation() -> None:
    world = World()
    world.topics.audits.append(world.topics.audits[0])
    assert world.violations() == []


def test_an_unreadable_record_is_audited_under_the_place_where_it_stood() -> None:
    world = World()
    place = at(5)
    world.topics.events.append(EventFact(place=place, key=None, event_id=None, version=None, timestamp_ms=0))
    assert "has no outcome" in world.violations()[0].evidence
    key = "prefix.events:0:5"
    record = replace(world.topics.audits[2], key=key, stated_key=key, source=place, event_id=None, version=None)
    world.topics.audits.append(record)
    world.topics.dead_letters.append(DeadLetterFact(place=Place("dead-letters", 0, 1), source=place))
    assert world.violations() == []
    world.topics.audits[-1] = replace(record, key="prefix.events:0:6", stated_key="prefix.events:0:6")
    assert {one.invariant for one in world.violations()} == {"the audit is complete and true"}


@pytest.mark.parametrize(
    "text",
    [
        b'{"text": "it is 4929 1234 5678 9014"}',
        b"4929-1234-5678-9014",
        b"card4929123456789014x",
        b"call (628) 555-0147 now",
        b"+1 628.555.0147",
        b"1-628-555-0147",
        b'"6285550147"',
        b"ssn 536-22-8741",
        b"536 22 8741",
        b"the order 483920 536228741",
        b"\x00\x01536228741\xff",
    ],
)
def test_a_leaked_number_is_found_however_it_is_written(text: bytes) -> None:
    planted = {"4929123456789014", "6285550147", "536228741"}
    found = invariants.nothing_leaked({"index": [b"nothing", text]}, planted, [])
    assert [one.invariant for one in found] == ["no planted number and no secret anywhere"]
    assert not any(digits in one.evidence for one in found for digits in planted)


@pytest.mark.parametrize(
    "text",
    [b"9f536228741ab", b"[REDACTED_SSN]", b"1536228741000", b"53622 and 8741", b'{"received_at_ms":1753622874100}'],
)
def test_what_only_looks_like_a_planted_number_is_none(text: bytes) -> None:
    assert invariants.nothing_leaked({"topics": [text]}, {"536228741"}, []) == []


def test_what_else_redaction_hides_in_a_few_turns_is_its_own_business() -> None:
    world = World()
    texts = list(world.documents[INDEXED].texts)
    texts[0] = f"[REDACTED_ADDRESS]{texts[0][5:]}"
    world.documents[INDEXED] = DocumentFact(version=10, texts=tuple(texts))
    assert world.violations() == []


def test_an_open_secret_is_found() -> None:
    found = invariants.nothing_leaked({"logs": [b"token=s3cr3t"]}, set(), [b"s3cr3t"])
    assert [one.evidence for one in found] == ["secrets in 1 parts of the logs"]


def test_a_process_that_outgrows_its_bound_is_named() -> None:
    peaks = {"consumer-0": 301 * MIB, "edge-0": 80 * MIB}
    [found] = invariants.memory_is_bounded(peaks, most_bytes=300 * MIB)
    assert found.evidence.startswith("consumer-0 reached 301 MB")
