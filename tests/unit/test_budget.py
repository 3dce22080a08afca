"""The rate budget: never more than the quota in any minute, in order, and blocked when Genesys says so."""

from hypothesis import given
from hypothesis import strategies as st

from common.genesys.budget import RateBudget


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
        sent.append(now + budget.reserve(now))
    assert sent == sorted(sent)
    for start in sent:
        assert sum(start <= moment < start + 59.999 for moment in sent) <= per_minute


def test_a_rested_budget_lets_a_burst_through_at_once() -> None:
    budget = RateBudget(per_minute=300, burst=10)
    assert [budget.reserve(100.0) for _ in range(10)] == [0.0] * 10
    assert budget.reserve(100.0) > 0.0


def test_a_block_holds_every_request_and_releases_them_one_by_one() -> None:
    budget = RateBudget(per_minute=70, burst=10)
    budget.block(0.0, 30.0)
    first, second = budget.reserve(1.0), budget.reserve(1.0)
    assert first == 29.0
    assert 0.9 < second - first < 1.1
    assert budget.blocked_for(1.0) == 29.0


def test_a_shorter_block_does_not_shorten_a_longer_one() -> None:
    budget = RateBudget(per_minute=60, burst=1)
    budget.block(0.0, 30.0)
    budget.block(1.0, 2.0)
    assert budget.blocked_for(1.0) == 29.0
