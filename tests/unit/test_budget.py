"""The rate budget: never more than the quota in any minute, blocked when Genesys says so, shared by a group without a server."""

import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from common.genesys.budget import RateBudget, member_share

MINUTE = 60.0


@given(
    per_minute=st.integers(2, 1000),
    burst=st.integers(1, 100),
    gaps=st.lists(st.floats(0.0, 40.0), min_size=1, max_size=300),
)
def test_no_minute_sees_more_requests_than_the_quota(per_minute: int, burst: int, gaps: list[float]) -> None:
    budget = RateBudget(per_minute=per_minute, burst=burst)
    now, sent = 0.0, []
    for gap in gaps:
        now += gap
        while (wait := budget.take(now)) > 0.0:
            now += wait
        sent.append(now)
    for start in sent:
        assert sum(start <= moment < start + 59.999 for moment in sent) <= per_minute


def test_a_rested_budget_lets_a_burst_through_at_once() -> None:
    budget = RateBudget(per_minute=300, burst=10)
    assert [budget.take(100.0) for _ in range(10)] == [0.0] * 10
    assert budget.take(100.0) > 0.0


def test_asking_in_vain_takes_nothing() -> None:
    budget = RateBudget(per_minute=61, burst=1)
    assert budget.take(0.0) == 0.0
    assert [budget.take(0.5) for _ in range(100)] == [0.5] * 100
    assert budget.take(1.0) == 0.0


def test_a_block_holds_every_request_and_releases_them_one_by_one() -> None:
    budget = RateBudget(per_minute=70, burst=10)
    budget.block(0.0, 30.0)
    assert budget.take(1.0) == 29.0
    assert budget.take(30.0) == 0.0
    assert 0.9 < budget.take(30.0) < 1.1


def test_a_shorter_block_does_not_shorten_a_longer_one() -> None:
    budget = RateBudget(per_minute=60, burst=1)
    budget.block(0.0, 30.0)
    budget.block(1.0, 2.0)
    assert budget.take(1.0) == 29.0


def test_a_member_without_partitions_sends_nothing_and_begins_without_a_burst() -> None:
    budget = RateBudget(per_minute=120, burst=10, share=0.0)
    assert budget.take(1000.0) == math.inf
    budget.set_share(2000.0, 0.5)
    assert 0.0 < budget.take(2000.0) <= 2.0


def test_a_block_outlasts_a_change_of_the_share() -> None:
    budget = RateBudget(per_minute=600, burst=10, share=0.1)
    budget.block(0.0, 30.0)
    budget.set_share(1.0, 1.0)
    assert budget.take(10.0) == 20.0


@given(
    group_share=st.floats(0.01, 1.0),
    owned=st.lists(st.integers(0, 50), min_size=1, max_size=20),
)
def test_the_shares_of_all_members_are_the_share_of_the_group(group_share: float, owned: list[int]) -> None:
    total = sum(owned) or 1
    shares = [member_share(group_share=group_share, owned=one, total=total) for one in owned]
    assert math.isclose(sum(shares), group_share if any(owned) else 0.0)
    assert all((share > 0.0) == (one > 0) for share, one in zip(shares, owned, strict=True))


@given(seconds=st.floats(0.1, 70.0), burst=st.integers(1, 150))
def test_partitions_that_wander_between_members_take_no_burst_along(seconds: float, burst: int) -> None:
    members = [RateBudget(per_minute=300, burst=burst, share=0.0) for _ in range(2)]
    sent: list[float] = []
    for turn in range(20):
        now = turn * seconds
        members[turn % 2].set_share(now, 0.0)
        member = members[1 - turn % 2]
        member.set_share(now, 1.0)
        while (wait := member.take(now)) <= 0.0 or now + wait < (turn + 1) * seconds:
            if wait <= 0.0:
                sent.append(now)
            now += wait
    allowed = 300 + len(members)
    assert all(later - first >= MINUTE - 0.001 for first, later in zip(sent, sent[allowed:], strict=False))


class Group(RuleBasedStateMachine):
    """Members of a group that ask greedily while partitions move, members come and go, and Genesys blocks now and then.

    What is owned never adds up to more than there is, as in Kafka: all give back before any gets.
    """

    @initialize(per_minute=st.integers(1, 600), burst=st.integers(1, 40), members=st.integers(1, 6))
    def begin(self, per_minute: int, burst: int, members: int) -> None:
        self.now = 0.0
        self.per_minute, self.burst = per_minute, burst
        self.budgets = [RateBudget(per_minute=per_minute, burst=burst, share=0.0) for _ in range(members)]
        self.shares = [0.0] * members
        self.blocked_until = [-math.inf] * members
        self.sent: list[tuple[float, int]] = []

    @rule(partitions=st.lists(st.integers(0, 5), min_size=12, max_size=12), lost=st.integers(0, 3))
    def rebalance(self, partitions: list[int], lost: int) -> None:
        for budget in self.budgets:
            budget.set_share(self.now, 0.0)
        held = partitions[lost:]
        for number, budget in enumerate(self.budgets):
            self.shares[number] = member_share(group_share=0.8, owned=held.count(number), total=12)
            budget.set_share(self.now, self.shares[number])

    @rule(seconds=st.floats(0.001, 90.0))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule(member=st.integers(0, 5), requests=st.integers(1, 30))
    def send(self, member: int, requests: int) -> None:
        if member >= len(self.budgets):
            return
        for _ in range(requests):
            wait = self.budgets[member].take(self.now)
            if wait > 0.0:
                assert (wait == math.inf) == (self.shares[member] == 0.0)
                return
            assert self.shares[member] > 0.0
            assert self.now >= self.blocked_until[member] - 1e-5
            self.sent.append((self.now, member))

    @rule(member=st.integers(0, 5), seconds=st.floats(0.0, 120.0))
    def block(self, member: int, seconds: float) -> None:
        if member < len(self.budgets):
            self.budgets[member].block(self.now, seconds)
            self.blocked_until[member] = max(self.blocked_until[member], self.now + seconds)

    @rule(member=st.integers(0, 5))
    def sleep_for_as_long_as_told(self, member: int) -> None:
        if member < len(self.budgets) and self.shares[member] > 0.0:
            self.now += self.budgets[member].take(self.now)
            assert self.budgets[member].wait(self.now) < 2.0 * MINUTE / (self.shares[member] * self.per_minute) + 1.0

    @invariant()
    def no_minute_sees_more_than_the_quota_of_the_group(self) -> None:
        # A bucket holds at least one request, so each member may be ahead of its share by that one.
        moments = [moment for moment, _ in self.sent]
        allowed = self.per_minute * 0.8 + len(self.budgets)
        for first, later in zip(moments, moments[int(allowed) :], strict=False):
            assert later - first >= MINUTE - 0.001

    @invariant()
    def the_members_together_never_own_more_than_the_group_has(self) -> None:
        assert sum(self.shares) <= 0.8 + 1e-9

    @invariant()
    def what_was_sent_is_in_order(self) -> None:
        assert all(earlier[0] <= later[0] for earlier, later in pairwise(self.sent))


TestGroup = Group.TestCase
