"""How many requests one OAuth client may still send: pure arithmetic; time goes in, a delay comes out.

Genesys counts per OAuth client, whoever uses it. The processes that share a client need no server to agree on who may
send how much: the edge and a replay have fixed shares, and the rest is divided by the partitions that each member of
the group owns, which Kafka hands out anyway.
"""

import math

ROUNDING_SECONDS = 1e-6
WINDOW_SECONDS = 60.0  # https://developer.genesys.cloud/platform/api/rate-limits counts by the minute


def member_share(*, group_share: float, owned: float, total: float) -> float:
    """Tell a member's part of every client's budget, 0 to 1: what the group has, by partitions owned of all there are.

    A member without partitions has no record to fetch and gets nothing.
    """
    return group_share * min(owned / total, 1.0) if owned > 0.0 else 0.0


class RateBudget:
    """A token bucket of one OAuth client in one process. All times are seconds of one monotonic clock.

    The refill leaves room for a full bucket, so that no minute ever sees more than this process's part of the quota.
    """

    def __init__(self, *, per_minute: float, burst: int, share: float = 1.0) -> None:
        """`per_minute` and `burst` are of the whole OAuth client, `share` is this process's part of both, 0 to 1."""
        self._per_minute = per_minute
        self._burst = burst
        self._capacity, self._per_second = _bucket(per_minute * share, burst * share)
        self._tokens = self._capacity
        self._at = -math.inf
        self._blocked_until = -math.inf

    def set_share(self, now: float, share: float) -> None:
        """Spend another part of the quota from now on.

        What the bucket holds stays, up to its new size: a member that gets partitions starts without the burst that their
        last owner may just have spent.
        """
        self._refill(now)
        self._capacity, self._per_second = _bucket(self._per_minute * share, self._burst * share)
        self._tokens = min(self._tokens, self._capacity)

    def take(self, now: float) -> float:
        """Take one request out of the bucket: 0.0 if it may be sent now, else the seconds after which to ask again.

        Without a share that is math.inf. Nothing is reserved by asking.
        """
        wait = self.wait(now)
        if wait <= 0.0:
            self._tokens -= 1.0
        return wait

    def wait(self, now: float) -> float:
        """Tell how many seconds from now a request may be sent, without taking it."""
        if self._per_second <= 0.0:
            return math.inf
        self._refill(now)
        wait = max((1.0 - self._tokens) / self._per_second + self._at - now, self._blocked_until - now)
        return wait if wait > ROUNDING_SECONDS else 0.0

    def block(self, now: float, seconds: float) -> None:
        """Send nothing for a while, as a 429 or a spent quota demands; never shortens an earlier block.

        One request is left at its end, so that those that waited leave one by one and not as a herd.
        """
        until = now + seconds
        if until > self._blocked_until:
            self._refill(until)
            self._tokens = min(self._tokens, 1.0)
            self._blocked_until = until

    def _refill(self, now: float) -> None:
        if now > self._at:
            if self._per_second > 0.0:
                self._tokens = min(self._tokens + (now - self._at) * self._per_second, self._capacity)
            self._at = now


def _bucket(per_minute: float, burst: float) -> tuple[float, float]:
    """Size a bucket and its refill per second, so that both together stay within the quota of a minute."""
    if per_minute <= 0.0:
        return 0.0, 0.0
    capacity = max(1.0, min(burst, per_minute / 2))
    return capacity, max(per_minute - capacity, per_minute / 2) / WINDOW_SECONDS
