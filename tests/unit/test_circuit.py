"""The circuit: what fails for everyone is asked by one at a time, ever less often, and by all again as soon as it works."""

import asyncio

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from consumer.circuit import PROBE_LEASE_SECONDS, Circuit, CircuitLimits
from consumer.dependency import Dependency
from consumer.outside import GENESYS, KAFKA, SEARCH, mend
from consumer.recent import Found
from consumer.retry import RetryBudget, full_jitter
from tests.unit.fakes import Clock, new_dependency, turn_over, until

ASKERS = st.sampled_from("abcdef")
LIMITS = CircuitLimits(failures=3, first_probe_seconds=1.0, longest_probe_seconds=8.0)


class CircuitMachine(RuleBasedStateMachine):
    """Anyone may ask, succeed, fail or go away at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.circuit = Circuit(LIMITS)
        self.now = 0.0
        self.failed_since_success: set[str] = set()
        self.open = False
        self.probe: str | None = None

    @rule(seconds=st.floats(0.0, 20.0))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule(who=ASKERS)
    def ask(self, who: str) -> None:
        wait = self.circuit.turn(who, self.now)
        if not self.open:
            assert wait == 0.0
        elif wait == 0.0:
            self.probe = who
        else:
            assert wait <= (PROBE_LEASE_SECONDS if self.probe else LIMITS.longest_probe_seconds) + 1e-6

    @rule(who=ASKERS, at_once=st.booleans())
    def fail(self, who: str, at_once: bool) -> None:
        opened = self.circuit.failed(who, "why", self.now, at_once=at_once)
        self.failed_since_success.add(who)
        expected = not self.open and (at_once or len(self.failed_since_success) >= LIMITS.failures)
        assert opened is expected
        self.open = self.open or opened
        if who == self.probe:
            self.probe = None
            assert self.circuit.turn("z", self.now) > 0.0

    @rule()
    def succeed(self) -> None:
        assert self.circuit.succeeded() is self.open
        self.open, self.probe = False, None
        self.failed_since_success.clear()

    @precondition(lambda self: self.probe is not None)
    @rule()
    def go_away(self) -> None:
        assert self.probe is not None
        self.circuit.withdraw(self.probe, self.now)
        self.probe = None
        assert self.circuit.turn("next", self.now) == 0.0
        self.circuit.withdraw("next", self.now)

    @invariant()
    def only_the_probe_passes_an_open_circuit(self) -> None:
        assert (self.circuit.opened_at is not None) is self.open
        for who in "abcdef":
            assert self.circuit.holds_back(who) is (self.open and who != self.probe)


TestCircuit = CircuitMachine.TestCase


def test_probes_come_ever_further_apart_up_to_a_bound() -> None:
    circuit, now, waits = Circuit(LIMITS), 0.0, []
    circuit.failed("a", "why", now, at_once=True)
    for _ in range(6):
        waits.append(circuit.turn("a", now))
        now += waits[-1]
        assert circuit.turn("a", now) == 0.0
        circuit.failed("a", "why", now)
    assert waits == [1.0, 2.0, 4.0, 8.0, 8.0, 8.0]


async def test_whoever_probed_in_vain_goes_to_the_back_of_the_line_and_success_lets_all_go_on() -> None:
    limits = CircuitLimits(first_probe_seconds=0.02, longest_probe_seconds=0.02)
    dependency = Dependency("d", mend=str, limits=limits)
    dependency.failed("first", "why")
    probed: list[str] = []

    async def ask(name: str) -> None:
        await dependency.turn(name)
        while dependency.is_out:
            probed.append(name)
            if len(probed) == 7:
                dependency.succeeded()
                return
            dependency.failed(name, "why")
            await dependency.turn(name)

    async with asyncio.timeout(5):
        await asyncio.gather(*(ask(name) for name in "abc"))
    assert probed == ["a", "b", "c", "a", "b", "c", "a"]


async def test_one_who_is_cancelled_while_probing_or_waiting_keeps_no_one_out() -> None:
    dependency = new_dependency()
    dependency.failed("x", "why")
    waiting = [asyncio.create_task(dependency.turn(name)) for name in "abc"]
    await until(waiting[0].done)
    waiting[1].cancel()
    await turn_over()
    assert not waiting[2].done()
    dependency.withdraw("a")
    async with asyncio.timeout(1):
        await waiting[2]


def test_a_problem_says_since_when_why_and_what_to_do() -> None:
    clock = Clock()
    dependency = Dependency("elasticsearch", mend=lambda reason: f"mend {reason}", clock=clock)
    assert dependency.problem is None
    dependency.failed("a", "403 cluster_block_exception")
    clock.advance(30)
    assert dependency.problem == (
        "elasticsearch is out for 30 s (403 cluster_block_exception): mend 403 cluster_block_exception"
    )
    assert dependency.fails_for(30)
    assert not dependency.worked_within(3600)
    dependency.succeeded()
    assert dependency.problem is None
    assert dependency.worked_within(0)
    assert not dependency.fails_for(0)


@pytest.mark.parametrize(
    ("table", "reason", "action"),
    [
        (SEARCH, "no connection", "ELASTICSEARCH_HOST"),
        (SEARCH, "timeout", "ES_REQUEST_TIMEOUT_SECONDS"),
        (SEARCH, "all items: 403 cluster_block_exception", "read-only"),
        (SEARCH, "all items: 429 cluster_block_exception", "disk space"),
        (SEARCH, "all items: 429 es_rejected_execution_exception", "takes no more"),
        (SEARCH, "404 index_not_found_exception", "consumer setup"),
        (SEARCH, "all items: 400 strict_dynamic_mapping_exception", "mapping"),
        (SEARCH, "401 security_exception", "ES_USER"),
        (SEARCH, "500 anything", "health"),
        (GENESYS, "the token endpoint answered 401: check GENESYS_CLIENT_ID", "GENESYS_CLIENT_SECRET"),
        (GENESYS, "the API refuses a fresh token: check the OAuth client's roles and state", "OAuth client"),
        (GENESYS, "token: timeout", "login"),
        (GENESYS, "file: timeout", "GENESYS_FILE_HOSTS"),
        (GENESYS, "status_403", "role"),
        (GENESYS, "status_503", "status page"),
        (KAFKA, "TopicAuthorizationFailedError", "Write"),
        (KAFKA, "UnknownTopicOrPartitionError", "consumer setup"),
        (KAFKA, "NotEnoughReplicasError", "replicas"),
        (KAFKA, "OutOfOrderSequenceNumber", "brokers"),
    ],
)
def test_every_reason_has_something_to_do(table: tuple[tuple[str, str], ...], reason: str, action: str) -> None:
    assert action in mend(table, reason)


def test_jitter_is_full_and_its_ceiling_doubles_to_a_bound() -> None:
    asked: list[tuple[float, float]] = []

    def uniform(low: float, high: float) -> float:
        asked.append((low, high))
        return high

    for attempt in (1, 2, 3, 4, 5, 1000):
        full_jitter(attempt, uniform=uniform, first_seconds=1.0, longest_seconds=10.0)
    assert asked == [(0.0, high) for high in (1.0, 2.0, 4.0, 8.0, 10.0, 10.0)]


def test_retries_are_a_bounded_part_of_first_tries() -> None:
    budget = RetryBudget(ratio=0.2, reserve=3.0)
    assert [budget.spend() for _ in range(4)] == [True, True, True, False]
    for _ in range(100):
        budget.earn()
    spent = sum(budget.spend() for _ in range(100))
    assert spent == 3
    for _ in range(11):
        budget.earn()
    assert [budget.spend() for _ in range(3)] == [True, True, False]


def test_the_newest_version_of_a_key_is_remembered_whatever_the_order_and_the_oldest_keys_are_forgotten() -> None:
    found = Found(limit=2)
    found.note("a", 20)
    found.note("a", 10)
    assert found.is_newer("a", 19)
    assert not found.is_newer("a", 20)
    found.note("b", 1)
    found.note("a", 5)  # remembered anew, under its newest version
    found.note("c", 1)
    assert not found.is_newer("b", 0)
    assert found.is_newer("a", 19)
