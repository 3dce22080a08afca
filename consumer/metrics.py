"""Every metric of the consumer, in one place. Names end in their unit; no id is ever a label."""

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from consumer.outcome import Outcome

FAST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
SLOW_SECONDS = (0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0, 14400.0, 86400.0)


class ConsumerMetrics:
    """The consumer's metrics; also what the Genesys client reports to."""

    def __init__(self, registry: CollectorRegistry) -> None:
        outcomes = Counter("transcripts_outcomes_total", "Events by how they ended.", ["outcome"], registry=registry)
        self._outcomes = {outcome: outcomes.labels(outcome.value) for outcome in Outcome}
        self._dead_letters = Counter(
            "transcripts_dead_letters_total", "Dead letters by reason.", ["reason"], registry=registry
        )
        self._postponed = Counter(
            "transcripts_postponed_total", "Events sent to a retry topic, by reason.", ["reason"], registry=registry
        )
        self._receive_delay = Histogram(
            "transcripts_receive_delay_seconds",
            "From the record's timestamp to its outcome.",
            buckets=SLOW_SECONDS,
            registry=registry,
        )
        self._processing = Histogram(
            "transcripts_processing_latency_seconds",
            "From the edge's receipt to the document.",
            buckets=SLOW_SECONDS,
            registry=registry,
        )
        fetch = Histogram(
            "transcripts_fetch_seconds",
            "Fetching one transcript, by result.",
            ["result"],
            buckets=FAST_SECONDS,
            registry=registry,
        )
        self._fetch = {
            result: fetch.labels(result)
            for result in ("Transcript", "Sessions", "NotReady", "FailedAtSource", "Unavailable", "Rejected", "Refused")
        }
        self.bulk_seconds = Histogram(
            "transcripts_bulk_seconds", "One bulk request.", buckets=FAST_SECONDS, registry=registry
        )
        self.bulk_documents = Histogram(
            "transcripts_bulk_documents",
            "Documents of one bulk request.",
            buckets=(1, 5, 10, 25, 50, 100, 250, 500, 1000),
            registry=registry,
        )
        self.bulk_bytes = Histogram(
            "transcripts_bulk_bytes",
            "Bytes of one bulk request.",
            buckets=[4.0**n for n in range(5, 14)],
            registry=registry,
        )
        items = Counter(
            "transcripts_bulk_items_total", "Items of bulk requests by result.", ["result"], registry=registry
        )
        self.bulk_items = {result: items.labels(result) for result in ("indexed", "superseded", "rejected", "retried")}
        self.fetches_in_flight = Gauge("transcripts_fetches_in_flight", "Fetches under way.", registry=registry)
        self.fetch_limit = Gauge(
            "transcripts_fetch_limit", "Fetches that may run at once now; adapts below the ceiling.", registry=registry
        )
        self.records_in_flight = Gauge(
            "transcripts_records_in_flight", "Records taken and not finished.", registry=registry
        )
        self.held_bytes = Gauge(
            "transcripts_held_bytes", "Bytes of transcripts being fetched, read or not yet indexed.", registry=registry
        )
        self._redaction_children: dict[str, Counter] = {}
        self._redactions = Counter(
            "transcripts_redactions_total", "Numbers hidden, by type.", ["type"], registry=registry
        )
        self._rate_wait = Counter(
            "genesys_rate_limit_wait_seconds_total",
            "Seconds in which the rate budget held fetches back.",
            registry=registry,
        )
        self._remaining = Gauge(
            "genesys_rate_limit_remaining",
            "Requests left, as Genesys last said, by client.",
            ["client"],
            registry=registry,
        )
        self.rate = Gauge(
            "genesys_rate_budget_requests_per_minute",
            "This member's part of the budget of one OAuth client.",
            registry=registry,
        )
        self._throttled = Counter("genesys_throttled_total", "Answers of 429.", registry=registry)
        self._average_confidence = Gauge(
            "transcripts_average_confidence_ratio", "Average confidence, moving (last ~100).", registry=registry
        )
        self.lag = Gauge(
            "transcripts_lag_records",
            "Records not finished, by topic and partition.",
            ["topic", "partition"],
            registry=registry,
        )
        self.oldest_unfinished = Gauge(
            "transcripts_oldest_unfinished_seconds", "Age of the oldest unfinished record.", registry=registry
        )
        self.head_of_line = Gauge(
            "transcripts_head_of_line_seconds",
            "How long one record has held up a partition in which nearly all behind it is finished.",
            registry=registry,
        )
        self.head_of_line_moved = Counter(
            "transcripts_head_of_line_moved_total", "Records moved out of their partition's way.", registry=registry
        )
        self.commits_failed = Counter(
            "transcripts_commit_failures_total", "Offset commits that failed.", registry=registry
        )
        self.rebalances = Counter("transcripts_rebalances_total", "Assignments received.", registry=registry)
        self.assigned = Gauge(
            "transcripts_assigned_partitions", "Partitions assigned to this member.", registry=registry
        )
        self.dependency_out = Gauge(
            "transcripts_dependency_out",
            "1 while records wait for something outside: genesys, elasticsearch, or a topic.",
            ["dependency"],
            registry=registry,
        )
        self.line_halted = Gauge(
            "transcripts_line_halted", "1 while the line is stopped by too many dead letters.", registry=registry
        )
        self.dead_letters_held = Gauge(
            "transcripts_dead_letters_held", "Records that wait for leave to be dead-lettered.", registry=registry
        )
        self._last_progress = Gauge(
            "transcripts_last_progress_timestamp_seconds", "When a record was last finished.", registry=registry
        )
        self.started = Gauge("transcripts_start_timestamp_seconds", "When this member started.", registry=registry)
        self._moving_confidence: float | None = None
        self._finished_at = 0.0
        self.started.set(time.time())
        # Read when scraped, so that a record costs nothing here.
        self._last_progress.set_function(lambda: self._finished_at)
        self._average_confidence.set_function(lambda: self._moving_confidence or 0.0)

    def finished(self, outcome: Outcome, *, record_timestamp_ms: int, now: float) -> None:
        """Count an event that reached an outcome; `now` is epoch seconds."""
        self._outcomes[outcome].inc()
        self._receive_delay.observe(max(now - record_timestamp_ms / 1000.0, 0.0))
        self._finished_at = now

    def postponed(self, reason: str) -> None:
        """Count an event that goes to a retry topic."""
        self._postponed.labels(reason).inc()

    def dead_lettered(self, reason: str) -> None:
        """Count a dead letter; reasons are fixed words."""
        self._dead_letters.labels(reason).inc()

    def fetched(self, result: str, seconds: float) -> None:
        """Time one fetch by the kind of its result."""
        self._fetch[result].observe(seconds)

    def indexed(self, *, latency_seconds: float, average_confidence: float | None, redactions: dict[str, int]) -> None:
        """Note the figures of an indexed document."""
        self._processing.observe(latency_seconds)
        for kind, count in redactions.items():
            child = self._redaction_children.get(kind)
            if child is None:
                child = self._redaction_children[kind] = self._redactions.labels(kind)
            child.inc(count)
        if average_confidence is not None:
            moving = self._moving_confidence
            self._moving_confidence = (
                average_confidence if moving is None else moving + (average_confidence - moving) / 100.0
            )

    def rate_limit_waited(self, seconds: float) -> None:
        """Count a wait for the rate budget."""
        self._rate_wait.inc(seconds)

    def rate_limit_remaining(self, client: str, remaining: float) -> None:
        """Note what the API says is left of a client's quota."""
        self._remaining.labels(client).set(remaining)

    def throttled(self) -> None:
        """Count an answer of 429."""
        self._throttled.inc()
