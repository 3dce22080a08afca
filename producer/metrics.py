"""Every metric of the edge, in one place. Names end in their unit; no id is ever a label."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

FAST_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

SERVER_ERROR = 500
_OUTCOMES = {200: "done", 202: "accepted", 401: "unauthentic", 429: "throttled", 503: "unavailable"}


class EdgeMetrics:
    """The edge's metrics; also what the Genesys client reports to."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._seconds = Histogram(
            "edge_request_seconds",
            "Requests by route, status and what the status means there, and how long each took.",
            ["route", "status", "outcome"],
            buckets=FAST_SECONDS,
            registry=registry,
        )
        self._children: dict[tuple[str, int], Histogram] = {}
        self.ack_seconds = Histogram(
            "edge_ack_seconds",
            "From send to the broker's acknowledgement, the ones after the deadline too.",
            buckets=(*FAST_SECONDS, 30.0, 60.0),
            registry=registry,
        )
        self._in_flight = Gauge("edge_in_flight", "Records sent and not yet acknowledged.", registry=registry)
        self._unauthentic = Counter(
            "edge_unauthentic_total", "Requests refused for their signature or key.", ["reason"], registry=registry
        )
        self._ignored = Counter(
            "edge_ignored_total", "Genuine requests that need nothing.", ["reason"], registry=registry
        )
        self._send_failures = Counter(
            "edge_send_failures_total", "Records not acknowledged in time or at all.", ["reason"], registry=registry
        )
        self._kafka_ready = Gauge("edge_kafka_ready", "1 while the edge can write to Kafka.", registry=registry)
        self._submissions = Counter(
            "edge_submissions_total",
            "Jobs handed to Genesys: queued, later (worth another try) or rejected.",
            ["result"],
            registry=registry,
        )
        self._rate_wait = Counter(
            "edge_rate_limit_wait_seconds_total", "Seconds spent waiting for the rate budget.", registry=registry
        )
        self._remaining = Gauge(
            "edge_rate_limit_remaining",
            "Requests left, as Genesys last said, by client.",
            ["client"],
            registry=registry,
        )
        self._throttled = Counter("edge_throttled_total", "Answers of 429 by Genesys.", registry=registry)

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count and time one request."""
        child = self._children.get((route, status))
        if child is None:
            child = self._children[route, status] = self._seconds.labels(route, str(status), _outcome(status))
        child.observe(seconds)

    def watch_outbox(self, *, in_flight: Callable[[], int], ready: Callable[[], bool]) -> None:
        """Ask for the state of the outbox whenever the metrics are read, which costs a request nothing."""
        self._in_flight.set_function(in_flight)
        self._kafka_ready.set_function(ready)

    def unauthentic(self, reason: str) -> None:
        """Count a request whose sender could not be proved."""
        self._unauthentic.labels(reason).inc()

    def ignored(self, reason: str) -> None:
        """Count a genuine request that needs nothing."""
        self._ignored.labels(reason).inc()

    def send_failed(self, reason: str) -> None:
        """Count a record that was not acknowledged."""
        self._send_failures.labels(reason).inc()

    def submitted(self, result: str) -> None:
        """Count a job submitted to Genesys."""
        self._submissions.labels(result).inc()

    def rate_limit_waited(self, seconds: float) -> None:
        """Count a wait for the rate budget."""
        self._rate_wait.inc(seconds)

    def rate_limit_remaining(self, client: str, remaining: float) -> None:
        """Note what the API says is left of a client's quota."""
        self._remaining.labels(client).set(remaining)

    def throttled(self) -> None:
        """Count an answer of 429."""
        self._throttled.inc()


def _outcome(status: int) -> str:
    """Say what a status means: the routes answer 200 for what needs no record, 202 for what has one."""
    if status in _OUTCOMES:
        return _OUTCOMES[status]
    return "failed" if status >= SERVER_ERROR else "refused"
