"""Everything outside that all records need, and what an operator should do about each way in which it can be out."""

from dataclasses import dataclass
from functools import partial
from typing import Self

from common.topics import Topics
from consumer.circuit import CircuitLimits
from consumer.dependency import Dependency

# Of a reason, the first part that fits decides.
SEARCH = (
    ("401", "check ES_USER and ES_PASS"),
    ("security_exception", "the user of ES_USER may not write to the alias: grant it create, index and read"),
    ("cluster_block", "the index is read-only: free disk space or lift index.blocks.*; writing goes on by itself"),
    ("index_closed", "open the index behind ES_ALIAS"),
    ("404", "the alias of ES_ALIAS is gone: run `python -m consumer setup`"),
    ("index_not_found", "the alias of ES_ALIAS is gone: run `python -m consumer setup`"),
    ("strict_dynamic_mapping", "the mapping lacks a field: run `python -m consumer setup` and roll the index over"),
    ("429", "Elasticsearch takes no more for now: give it time, or more nodes or disk"),
    ("timeout", "Elasticsearch does not answer in time (ES_REQUEST_TIMEOUT_SECONDS): look at its load"),
    ("no connection", "is Elasticsearch running, is ELASTICSEARCH_HOST right?"),
    ("", "look at Elasticsearch's health and log; writing goes on by itself"),
)
GENESYS = (
    (
        "check ",
        "mend the OAuth client in Genesys Cloud or GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET; fetching goes on by itself",
    ),
    ("token", "the login service does not answer: is GENESYS_REGION right, is there a way out through the network?"),
    ("status_403", "the OAuth client lacks a role or a division for transcripts"),
    ("file", "the host of the transcript files does not answer: see GENESYS_FILE_HOSTS and the network"),
    ("", "Genesys Cloud does not answer usefully: see its status page; fetching goes on by itself"),
)
KAFKA = (
    ("Authorization", "grant this user Write and Describe on the topic"),
    ("UnknownTopic", "the topic is gone: run `python -m consumer setup`"),
    ("NotEnoughReplicas", "too few replicas are in sync: bring the brokers back"),
    ("", "look at the brokers; writing goes on by itself"),
)


def mend(table: tuple[tuple[str, str], ...], reason: str) -> str:
    """Find what to do about a reason."""
    return next(action for part, action in table if part in reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The dependencies of one member; a topic each, as permissions and leaders are each topic's own."""

    genesys: Dependency
    search: Dependency
    topics: dict[str, Dependency]

    @classmethod
    def of(cls, topics: Topics) -> Self:
        """Begin with everything at work."""
        # One record that fails says little about Genesys: ten different ones in a row, with no answer between them, do.
        limits = CircuitLimits(failures=10, first_probe_seconds=1.0)
        written = (topics.events, *topics.retries, topics.dead_letters, topics.audit)
        return cls(
            genesys=Dependency("genesys", mend=partial(mend, GENESYS), limits=limits),
            search=Dependency("elasticsearch", mend=partial(mend, SEARCH)),
            topics={topic: Dependency(topic, mend=partial(mend, KAFKA)) for topic in written},
        )

    @property
    def all(self) -> tuple[Dependency, ...]:
        """List them."""
        return (self.genesys, self.search, *self.topics.values())

    @property
    def problems(self) -> list[str]:
        """Say of each that is out since when, why, and what to do."""
        return [problem for one in self.all if (problem := one.problem) is not None]
