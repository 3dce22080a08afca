"""A member's part of Genesys' rate budget follows from the partitions it owns: no other server is needed to agree on it."""

from collections.abc import Callable, Collection

from aiokafka import AIOKafkaConsumer
from aiokafka.structs import TopicPartition

from common.genesys.budget import member_share
from common.genesys.client import GenesysClient
from consumer.settings import ConsumerSettings

RETRY_PARTITION_WEIGHT = 0.1  # of an events partition: few records go there, but a member may own nothing else


def share_by_partitions(
    settings: ConsumerSettings, client: GenesysClient, consumer: AIOKafkaConsumer
) -> Callable[[Collection[TopicPartition]], None]:
    """Make what tells a member's Genesys client its part of the group's budget, whenever it owns other partitions."""
    topics = settings.kafka.topics
    weights = {topics.events: 1.0} | dict.fromkeys(topics.retries, RETRY_PARTITION_WEIGHT)

    def owns(partitions: Collection[TopicPartition]) -> None:
        # The metadata of an assignment names every partition; the setting stands in for a topic it does not know yet.
        total = sum(
            weight * len(consumer.partitions_for_topic(topic) or range(topics.partitions))
            for topic, weight in weights.items()
        )
        owned = sum(weights[partition.topic] for partition in partitions)
        client.set_share(member_share(group_share=settings.genesys.group_share, owned=owned, total=total))

    return owns
