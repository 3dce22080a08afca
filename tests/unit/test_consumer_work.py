"""A record keeps the place where it first stood, wherever it travels, and nothing hostile in it gets further."""

import pytest
from aiokafka.structs import TopicPartition

from common import events
from consumer.assignment import Assignment
from consumer.outcome import Source
from consumer.work import Stage, Unreadable, Work, provenance, read, trace_headers
from tests.unit.fakes import kafka_record, quality_event

AT, LATER = TopicPartition("x.events", 3), TopicPartition("x.retry-1", 1)
ASSIGNMENT = Assignment({AT: None, LATER: None})
VALUE = events.encode(quality_event())
TRACE = b"00-" + b"0123456789abcdef" * 2 + b"-" + b"0123456789abcdef" + b"-01"
Headers = list[tuple[str, bytes]]


def read_work(headers: Headers | None = None, *, at: TopicPartition = AT, offset: int = 9, key: bytes = b"t-1") -> Work:
    work = read(kafka_record(VALUE, at=at, offset=offset, headers=headers or [], key=key, timestamp=77), ASSIGNMENT)
    assert isinstance(work, Work)
    return work


def read_poison(value: bytes | None, headers: Headers | None = None) -> Unreadable:
    work = read(kafka_record(value, at=AT, offset=9, headers=headers or [], key=b"4111", timestamp=77), ASSIGNMENT)
    assert isinstance(work, Unreadable)
    return work


def test_a_fresh_record_stands_where_it_is() -> None:
    work = read_work()
    assert work.source == Source(topic="x.events", partition=3, offset=9, timestamp_ms=77)
    assert (work.partition, work.offset, work.timestamp_ms) == (AT, 9, 77)
    assert (work.rounds, work.key, work.stage, work.traceparent) == (0, "t-1", Stage.WAITING, None)
    assert work.event == quality_event()
    assert work.assignment is ASSIGNMENT


def test_a_record_that_went_through_retry_topics_still_knows_where_it_first_stood() -> None:
    first = read_work([("traceparent", TRACE)])
    second = read_work(provenance(first, reason="not_ready"), at=LATER, offset=500)
    third = read_work(provenance(second, reason="not_ready"), at=LATER, offset=600)
    assert first.source == second.source == third.source
    assert [first.rounds, second.rounds, third.rounds] == [0, 1, 2]
    assert third.traceparent == TRACE
    assert (third.partition, third.offset) == (LATER, 600)


def test_provenance_names_place_time_key_reason_and_attempts() -> None:
    assert dict(provenance(read_work(), reason="why")) == {
        "original-topic": b"x.events",
        "original-partition": b"3",
        "original-offset": b"9",
        "original-timestamp": b"77",
        "original-key": b"t-1",
        "attempts": b"1",
        "reason": b"why",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("original-topic", b"../../etc"),
        ("original-topic", b"a b"),
        ("original-topic", b""),
        ("original-topic", b"x" * 250),
        ("original-topic", b"x.events\n"),
        ("original-topic", b"\xff\xfe"),
        ("original-partition", b"-1"),
        ("original-partition", b"three"),
        ("original-partition", "\u0663".encode()),
        ("original-offset", b"9" * 19),
        ("original-offset", b""),
        ("original-offset", b" 9"),
        ("original-timestamp", b"1e3"),
        ("original-timestamp", b"0x10"),
    ],
)
def test_a_hostile_header_leaves_the_record_where_it_stands(name: str, value: bytes) -> None:
    headers = dict(provenance(read_work(offset=1), reason="r")) | {name: value}
    work = read_work(list(headers.items()), at=LATER, offset=500)
    assert work.source == Source(topic="x.retry-1", partition=1, offset=500, timestamp_ms=77)


@pytest.mark.parametrize("missing", ["original-topic", "original-partition", "original-offset", "original-timestamp"])
def test_half_a_provenance_is_none(missing: str) -> None:
    headers = [one for one in provenance(read_work(offset=1), reason="r") if one[0] != missing]
    assert read_work(headers, at=LATER, offset=500).source.offset == 500


@pytest.mark.parametrize("attempts", [b"", b"-5", b"many", b"9" * 400, b"\xff", b"1.5"])
def test_attempts_that_are_no_number_count_as_none(attempts: bytes) -> None:
    assert read_work([("attempts", attempts)]).rounds == 0


@pytest.mark.parametrize(
    "trace",
    [
        b"4111 1111 1111 1111",
        b"",
        TRACE + b"\n",
        TRACE.upper(),
        TRACE[:-1],
        b"x" + TRACE,
        TRACE + b"-more",
    ],
)
def test_a_trace_that_is_none_is_not_passed_on(trace: bytes) -> None:
    work = read_work([("traceparent", trace)])
    assert work.traceparent is None
    assert trace_headers(work) == []
    assert "traceparent" not in dict(provenance(work, reason="r"))


def test_a_valid_trace_is_passed_on() -> None:
    work = read_work([("traceparent", TRACE)])
    assert trace_headers(work) == [("traceparent", TRACE)]
    assert dict(provenance(work, reason="r"))["traceparent"] == TRACE


def test_the_key_passed_on_is_that_of_the_event_and_not_that_of_the_record() -> None:
    assert dict(provenance(read_work(key=b"4111"), reason="r"))["original-key"] == b"t-1"


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (None, "invalid_record"),
        (b"", "invalid_record"),
        (b"call me at 415-555-0132", "invalid_record"),
        (b"[" * 100_000, "invalid_record"),
        (b'{"event_id":"e","x":' + b"[" * 100_000, "invalid_record"),
        (b"{}", "invalid_event_id"),
        (VALUE.replace(b'"version":1', b'"version":2'), "invalid_version"),
        (VALUE.replace(b'"t-1"', b'"415 555 0132"'), "invalid_transcription_id"),
    ],
)
def test_a_record_that_is_no_event_keeps_its_place_size_and_the_field_that_is_wrong(
    value: bytes | None, problem: str
) -> None:
    record = read_poison(value)
    assert record.problem == problem
    assert record.size_bytes == len(value or b"")
    assert record.source == Source(topic="x.events", partition=3, offset=9, timestamp_ms=77)
    assert record.key == "x.events/3/9"
    assert record.stage is Stage.SETTLING


def test_neither_key_nor_value_nor_trace_of_an_unreadable_record_is_passed_on() -> None:
    record = read_poison(b"415-555-0132", [("traceparent", TRACE), ("attempts", b"7"), ("note", b"415-555-0132")])
    headers = dict(provenance(record, reason=record.problem))
    assert headers == {
        "original-topic": b"x.events",
        "original-partition": b"3",
        "original-offset": b"9",
        "original-timestamp": b"77",
        "reason": b"invalid_record",
        "attempts": b"1",
    }


def test_no_transcript_can_have_the_key_of_an_unreadable_record() -> None:
    assert not events.valid_id(read_poison(b"x").key)
