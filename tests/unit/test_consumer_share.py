"""What a member may ask of Genesys follows from the partitions it owns."""

from collections.abc import Collection

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.structs import TopicPartition

from common.genesys.client import GenesysClient
from common.genesys.settings import GenesysSettings
from common.kafka import KafkaSettings
from consumer.settings import ConsumerSettings, RedactionSettings, SearchSettings, WorkerSettings
from consumer.share import share_by_partitions

SETTINGS = ConsumerSettings(
    redaction=RedactionSettings(),
    kafka=KafkaSettings(topic_partitions=6),
    genesys=GenesysSettings.model_validate({"client_id": "a", "client_secret": "b"}),
    search=SearchSettings(),
    worker=WorkerSettings(),
)
TOPICS = SETTINGS.kafka.topics
EVERYTHING = [TopicPartition(topic, number) for topic in (TOPICS.events, *TOPICS.retries) for number in range(6)]


class KnownTopics:
    """Stands in for the Kafka consumer, as far as its metadata goes."""

    def __init__(self, *, known: bool) -> None:
        self._known = known

    def partitions_for_topic(self, topic: str) -> set[int] | None:
        return set(range(6)) if self._known else None


class Told:
    """Stands in for the Genesys client."""

    def __init__(self) -> None:
        self.share = -1.0

    def set_share(self, share: float) -> None:
        self.share = share


def share(owned: Collection[TopicPartition], *, known: bool = True) -> float:
    client, consumer = Told(), KnownTopics(known=known)
    fake_client: GenesysClient = client  # type: ignore[assignment]  # only the share counts here
    fake_consumer: AIOKafkaConsumer = consumer
    share_by_partitions(SETTINGS, fake_client, fake_consumer)(owned)
    return client.share


@pytest.mark.parametrize("known", [True, False])
def test_the_only_member_has_all_of_the_group(known: bool) -> None:
    assert share(EVERYTHING, known=known) == pytest.approx(0.8)


@pytest.mark.parametrize("members", [2, 3, 5, 7, 24, 30])
def test_members_together_have_all_of_the_group_and_none_that_owns_something_starves(members: int) -> None:
    parts = [[one for place, one in enumerate(EVERYTHING) if place % members == number] for number in range(members)]
    shares = [share(part) for part in parts]
    assert sum(shares) == pytest.approx(0.8)
    assert [one > 0.0 for one in shares] == [bool(part) for part in parts]


def test_a_member_with_retry_partitions_only_leaves_nearly_all_to_the_others() -> None:
    assert 0.0 < share([TopicPartition(TOPICS.retries[2], 3)]) < 0.8 / 60
