"""Real Kafka and Elasticsearch as child processes, shared by demo, integration tests and benchmarks."""

from deploy.local.elasticsearch import ELASTICSEARCH, OPENSEARCH, Distribution, ElasticsearchServer
from deploy.local.errors import (
    ArtifactError,
    LocalStackError,
    NotControllableError,
    StartError,
)
from deploy.local.kafka import KafkaCluster, KafkaServer
from deploy.local.process import ManagedProcess, url_answers
from deploy.local.stack import LocalStack

__all__ = [
    "ELASTICSEARCH",
    "OPENSEARCH",
    "ArtifactError",
    "Distribution",
    "ElasticsearchServer",
    "KafkaCluster",
    "KafkaServer",
    "LocalStack",
    "LocalStackError",
    "ManagedProcess",
    "NotControllableError",
    "StartError",
    "url_answers",
]
