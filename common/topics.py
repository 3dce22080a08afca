"""The topics of the project: names, partitions and the settings each one needs."""

from dataclasses import dataclass

DAY_MS = 24 * 60 * 60 * 1000
RETRY_TIERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicDefinition:
    """One topic as it has to exist: `config` holds the broker-side settings that matter for the guarantees."""

    name: str
    partitions: int
    config: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """All topic names under one prefix; tests isolate themselves by the prefix."""

    prefix: str = "transcripts"
    partitions: int = 12

    @property
    def events(self) -> str:
        """Events as the edge accepted them."""
        return f"{self.prefix}.events"

    @property
    def retries(self) -> tuple[str, ...]:
        """Postponed events, one fixed delay per topic, shortest first."""
        return tuple(f"{self.prefix}.retry-{tier}" for tier in range(1, RETRY_TIERS + 1))

    @property
    def dead_letters(self) -> str:
        """Events that can never succeed, keyed by event id, without text."""
        return f"{self.prefix}.dead-letters"

    @property
    def audit(self) -> str:
        """The state of every transcript that reached one, keyed like the events."""
        return f"{self.prefix}.audit"

    def definitions(self) -> tuple[TopicDefinition, ...]:
        """List every topic with the settings that start-up checks."""
        delete_7_days = {"cleanup.policy": "delete", "retention.ms": str(7 * DAY_MS)}
        return (
            TopicDefinition(name=self.events, partitions=self.partitions, config=delete_7_days),
            *(TopicDefinition(name=name, partitions=self.partitions, config=delete_7_days) for name in self.retries),
            TopicDefinition(
                name=self.dead_letters,
                partitions=self.partitions,
                config={"cleanup.policy": "compact,delete", "retention.ms": str(30 * DAY_MS)},
            ),
            TopicDefinition(
                name=self.audit,
                partitions=self.partitions,
                config={"cleanup.policy": "compact", "max.compaction.lag.ms": str(DAY_MS)},
            ),
        )
