"""Kafka and Elasticsearch together: one `with` block, usable when it is entered, gone when it is left."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from deploy.local.artifacts import ensure, pinned
from deploy.local.elasticsearch import ELASTICSEARCH, Distribution, ElasticsearchServer
from deploy.local.errors import NotControllableError, StartError
from deploy.local.kafka import KafkaCluster
from deploy.local.machine import TEST_ELASTICSEARCH, TEST_KAFKA, RunDirectory
from deploy.local.parallel import in_parallel


class LocalStack:
    """Real servers for demo, tests and benchmarks.

    A server named by TEST_KAFKA_BOOTSTRAP_SERVERS or TEST_ELASTICSEARCH_HOST is used instead of an own one; then
    `kafka` or `elasticsearch` raises NotControllableError. `own=True` leaves given servers alone, for what kills and stops. Logs go to `log_directory`, else to a temporary directory that
    is left only when a start failed. `distribution=OPENSEARCH` runs OpenSearch in the place of Elasticsearch.
    """

    def __init__(
        self,
        *,
        brokers: int = 1,
        kafka: bool = True,
        elasticsearch: bool = True,
        own: bool = False,
        kafka_properties: Mapping[str, str] | None = None,
        elasticsearch_settings: Mapping[str, str] | None = None,
        log_directory: Path | None = None,
        distribution: Distribution = ELASTICSEARCH,
    ) -> None:
        self._kafka_address = None if own else os.environ.get(TEST_KAFKA)
        self._elasticsearch_address = None if own else os.environ.get(TEST_ELASTICSEARCH)
        self._brokers = brokers
        self._want_kafka = kafka and not self._kafka_address
        self._want_elasticsearch = elasticsearch and not self._elasticsearch_address
        self._kafka_properties = kafka_properties
        self._elasticsearch_settings = elasticsearch_settings
        self._log_directory = log_directory
        self._distribution = distribution
        self._run: RunDirectory | None = None
        self._kafka: KafkaCluster | None = None
        self._elasticsearch: ElasticsearchServer | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def bootstrap_servers(self) -> str:
        """Where Kafka is, own or given: `host:port`, separated by commas."""
        return self._kafka_address or self.kafka.bootstrap_servers

    @property
    def elasticsearch_url(self) -> str:
        """Where Elasticsearch is, own or given."""
        return self._elasticsearch_address or self.elasticsearch.url

    @property
    def kafka(self) -> KafkaCluster:
        """The own brokers; raise NotControllableError if there are none."""
        if self._kafka is None:
            raise NotControllableError(refusal("Kafka", self._kafka_address, TEST_KAFKA))
        return self._kafka

    @property
    def elasticsearch(self) -> ElasticsearchServer:
        """The own node; raise NotControllableError if there is none."""
        if self._elasticsearch is None:
            raise NotControllableError(refusal("Elasticsearch", self._elasticsearch_address, TEST_ELASTICSEARCH))
        return self._elasticsearch

    @property
    def log_directory(self) -> Path | None:
        """Where the logs are; None before the start."""
        return self._log_directory or (None if self._run is None else self._run.logs)

    def start(self) -> None:
        """Start what is wanted, all at once; whatever goes wrong, an interrupt included, leaves no process behind."""
        if not (self._want_kafka or self._want_elasticsearch):
            return
        self._fetch()
        self._run = RunDirectory()
        try:
            starts = self._build(self._run, self._log_directory or self._run.logs)
            in_parallel(starts, on_failure=self._abandon)
        except BaseException as error:
            self._abandon()
            self._run.close(keep_logs=isinstance(error, StartError) and self._log_directory is None)
            self._run = None
            raise

    def stop(self) -> None:
        """Kill the servers and remove their data: nothing of it is wanted after this."""
        self._abandon()
        if self._run is not None:
            self._run.close(keep_logs=False)
            self._run = None

    def _fetch(self) -> None:
        """Bring all files at once, so that there is one download with one progress bar."""
        kafka = pinned("kafka") if self._want_kafka else ()
        ensure([*kafka, *(pinned(self._distribution.name) if self._want_elasticsearch else ())])

    def _build(self, run: RunDirectory, logs: Path) -> list[Callable[[], None]]:
        starts: list[Callable[[], None]] = []
        if self._want_elasticsearch:
            self._elasticsearch = ElasticsearchServer(
                directory=run.data,
                log_directory=logs,
                settings=self._elasticsearch_settings,
                distribution=self._distribution,
            )
            starts.append(self._elasticsearch.start)
        if self._want_kafka:
            self._kafka = KafkaCluster(
                directory=run.data, log_directory=logs, brokers=self._brokers, properties=self._kafka_properties
            )
            starts.append(self._kafka.start)
        return starts

    def _abandon(self) -> None:
        servers = [server for server in (self._kafka, self._elasticsearch) if server is not None]
        in_parallel([server.abandon for server in servers])


def refusal(server: str, address: str | None, setting: str) -> str:
    """Say why a server cannot be controlled."""
    if address:
        return f"{server} at {address} comes from {setting} and is not ours to start, stop or pause: unset it to run an own one."
    return f"{server} was not started by this stack."
