"""Commit how far each partition has come, with what is finished above it, and read that back at the next assignment."""

import asyncio
import time
from collections.abc import Collection, Mapping
from typing import Protocol

import structlog
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError
from aiokafka.structs import OffsetAndMetadata, TopicPartition

from consumer.assignment import Assignment
from consumer.checkpoint import Checkpoint, decode, encode
from consumer.metrics import ConsumerMetrics
from consumer.settings import COMMIT_SECONDS

RESTORE_ATTEMPTS = 3
RESTORE_SECONDS = 5.0  # each; together well inside a rebalance timeout

log = structlog.get_logger()


class GroupOffsets(Protocol):
    """Where a group's commits are read with their metadata, which aiokafka's consumer drops."""

    async def read(self, partitions: Collection[TopicPartition]) -> Mapping[TopicPartition, OffsetAndMetadata]:
        """Read the commits of some partitions. Raises KafkaError."""
        ...


class Committer:
    """The only code that commits."""

    def __init__(self, consumer: AIOKafkaConsumer, offsets: GroupOffsets, *, metrics: ConsumerMetrics) -> None:
        self._consumer = consumer
        self._offsets = offsets
        self._metrics = metrics
        self.failing_since: float | None = None

    async def commit(self, assignment: Assignment) -> None:
        """Commit the front of every partition in which something was finished."""
        checkpoints = assignment.uncommitted()
        if not checkpoints:
            self.failing_since = None
            return
        offsets = {partition: OffsetAndMetadata(one.front, encode(one)) for partition, one in checkpoints.items()}
        if self.failing_since is None:
            self.failing_since = time.monotonic()  # until it succeeds
        try:
            async with asyncio.timeout(COMMIT_SECONDS):
                await self._consumer.commit(offsets)
        except (CommitFailedError, IllegalStateError) as error:
            # Expected while the group rebalances: the records come again, to us or to another member.
            self.failing_since = None
            self._metrics.commits_failed.inc()
            log.info("commit_skipped", error=type(error).__name__)
        except (KafkaError, TimeoutError) as error:
            self._metrics.commits_failed.inc()
            log.warning("commit_failed", error=type(error).__name__)
        else:
            self.failing_since = None
            assignment.committed(checkpoints)

    async def restore(self, partitions: Collection[TopicPartition]) -> dict[TopicPartition, Checkpoint]:
        """Read what was finished above each committed offset; what cannot be read is not known, which costs duplicates only."""
        for attempt in range(1, RESTORE_ATTEMPTS + 1):
            try:
                async with asyncio.timeout(RESTORE_SECONDS):
                    found = await self._offsets.read(partitions)
            except (KafkaError, TimeoutError) as error:
                log.warning("checkpoints_unreadable", error=type(error).__name__, attempt=attempt)
            else:
                return {
                    partition: checkpoint
                    for partition, one in found.items()
                    if one.offset >= 0 and (checkpoint := decode(one.offset, one.metadata)).finished
                }
        return {}
