"""Schedules, traffic and figures of the chaos harness: pure, repeatable, and never two faults on one thing."""

import itertools
from collections import Counter

import pytest

from tests.chaos.facts import AuditFact, EventFact, Place, Topics
from tests.chaos.figures import Duplicates, duplicates, recovery_seconds
from tests.chaos.schedule import Kind, holds, plan
from tests.chaos.traffic import MOST_EVENTS, call_of, delivery, is_redacted, model, session_key, texts_of, traffic

SEEDS = range(60)


@pytest.mark.parametrize("brokers", [1, 3])
def test_the_same_seed_gives_the_same_schedule_and_another_seed_another(brokers: int) -> None:
    schedules = [plan(seed, seconds=120, brokers=brokers) for seed in SEEDS]
    assert schedules == [plan(seed, seconds=120, brokers=brokers) for seed in SEEDS]
    assert len({schedule.faults for schedule in schedules}) == len(SEEDS)


@pytest.mark.parametrize(("seconds", "fewest"), [(25, 5), (120, 15)])
def test_every_schedule_breaks_something_everywhere_and_ends_in_time(seconds: float, fewest: int) -> None:
    for seed in SEEDS:
        faults = plan(seed, seconds=seconds, brokers=3).faults
        assert len(faults) >= fewest
        areas = {fault.kind.value.partition("_")[0] for fault in faults}
        for either in ({"consumer", "group"}, {"edge"}, {"broker", "leader"}, {"index"}, {"genesys"}):
            assert areas & either
        assert all(fault.at_seconds > 0 and fault.end_seconds < seconds for fault in faults)


def test_two_faults_never_hold_the_same_thing_at_once() -> None:
    for seed in SEEDS:
        for one, other in itertools.combinations(plan(seed, seconds=120, brokers=3).faults, 2):
            if holds(one) & holds(other):
                assert one.end_seconds < other.at_seconds or other.end_seconds < one.at_seconds


def test_most_kills_of_consumers_strike_while_index_or_genesys_make_work_wait() -> None:
    kills, inside = 0, 0
    for seed in SEEDS:
        faults = plan(seed, seconds=120, brokers=1).faults
        outages = [fault for fault in faults if fault.kind.value.startswith(("index", "genesys"))]
        for kill in faults:
            if kill.kind in (Kind.CONSUMER_KILL, Kind.GROUP_KILL):
                kills += 1
                inside += any(one.at_seconds + 1.5 < kill.at_seconds < one.end_seconds for one in outages)
    assert inside > 0.6 * kills


def test_twenty_schedules_bring_every_kind_of_fault_and_one_broker_loses_no_leader_to_another() -> None:
    three = {fault.kind for seed in range(1, 21) for fault in plan(seed, seconds=120, brokers=3).faults}
    one = {fault.kind for seed in range(1, 21) for fault in plan(seed, seconds=120, brokers=1).faults}
    assert three == set(Kind)
    assert one == set(Kind) - {Kind.LEADER_KILL}


def test_the_same_seed_sends_the_same_requests_and_every_request_again_is_the_same() -> None:
    made = [
        [delivery(one, secret="s", api_key="k", start_ms=1) for one in traffic(7, seconds=60, rate=20)] for _ in "ab"
    ]
    assert made[0] == made[1]
    assert traffic(8, seconds=60, rate=20) != traffic(7, seconds=60, rate=20)


def test_traffic_is_bounded_and_mostly_fit_to_be_indexed() -> None:
    with pytest.raises(ValueError, match="too many"):
        traffic(1, seconds=MOST_EVENTS, rate=1)
    expected = model(traffic(3, seconds=120, rate=15))
    outcomes = Counter(expected.outcomes.values())
    assert set(outcomes) == {"indexed", "expanded", "failed", "dead_lettered"}
    assert outcomes["dead_lettered"] < 0.03 * sum(outcomes.values())
    assert len(expected.planted()) > 1000


def test_the_texts_of_both_contracts_are_told_from_each_other_and_from_open_numbers() -> None:
    call = call_of("gen-3-5")
    for key, other in ((call.id, session_key(call.id)), (session_key(call.id), call.id)):
        said = texts_of(key, call)
        hidden = list(said)
        for one in call.planted:
            hidden[one.utterance or 0] = hidden[one.utterance or 0].replace(one.written, "[REDACTED_SSN]")
        assert is_redacted(key, call, hidden)
        assert not is_redacted(other, call, hidden)
        assert not is_redacted(key, call, said)
        assert not is_redacted(key, call, hidden[1:])


def test_duplicates_are_what_goes_beyond_one() -> None:
    topics = Topics()
    for offset, event_id in enumerate(["a", "a", "b"]):
        place = Place("events", 0, offset)
        topics.events.append(EventFact(place=place, key="k", event_id=event_id, version=1, timestamp_ms=0))
    for source in (0, 0, 1, 2):
        topics.audits.append(
            AuditFact(
                place=Place("audit", 0, 0),
                key="k",
                stated_key="k",
                outcome="indexed",
                source=Place("events", 0, source),
                event_id="a",
                version=1,
                redacted=0,
                timestamp_ms=0,
            )
        )
    found = duplicates(topics, {"x": 5, "y": 1}, {"x": 3, "y": 1})
    assert found == Duplicates(deliveries=1, fetches=2, audits=1)


def test_full_speed_is_back_when_as_much_is_finished_as_arrives() -> None:
    arrived = [number / 10 for number in range(300)]  # ten a second for thirty seconds
    before = [time for time in arrived if time < 10]
    after = sorted([14 + number / 20 for number in range(200)])  # nothing for four seconds, then twenty a second
    assert recovery_seconds(11.0, arrived, sorted(before + after), last=30.0) == pytest.approx(2.5, abs=0.2)


def test_without_a_backlog_there_is_nothing_to_recover_from_and_without_work_no_recovery() -> None:
    assert recovery_seconds(5.0, [1.0, 2.0], [1.1, 2.1], last=9.0) == 0.0
    assert recovery_seconds(5.0, [1.0, 2.0, 4.0], [1.1], last=9.0) is None
