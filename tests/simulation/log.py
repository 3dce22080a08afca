"""The log of one partition: record batches as they came over the wire, and their records for whoever checks them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka.record import MemoryRecords
from aiokafka.record.default_records import DefaultRecordBatchBuilder

DUPLICATES_KNOWN = 5  # batches of a producer whose repetition a broker recognises
OUT_OF_ORDER_SEQUENCE = 45


@dataclass(frozen=True, slots=True)
class Stored:
    """One record as it stands in the log."""

    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]


class PartitionLog:
    """Appends batches, refuses those out of sequence, hands out what follows an offset."""

    def __init__(self) -> None:
        self.records: dict[int, Stored] = {}
        self.end = 0
        self._last: list[int] = []
        self._batches: list[bytes] = []
        self._producers: dict[int, list[tuple[int, int, int]]] = {}

    def append(self, data: bytes) -> tuple[int, list[Stored] | None, int]:
        """Append one batch of a producer: error code, the records (None for a repetition), the offset of the first."""
        batch = MemoryRecords(data).next_batch()
        producer, sequence = batch.producer_id, batch.base_sequence
        records: list[Any] = list(batch)
        if producer >= 0:
            known = self._producers.setdefault(producer, [])
            for first, count, offset in known:
                if (first, count) == (sequence, len(records)):
                    return 0, None, offset
            if sequence != (known[-1][0] + known[-1][1] if known else 0):
                return OUT_OF_ORDER_SEQUENCE, None, -1
            known.append((sequence, len(records), self.end))
            del known[:-DUPLICATES_KNOWN]
        base = self.end
        stored = [Stored(base + n, one.timestamp, one.key, one.value, one.headers) for n, one in enumerate(records)]
        self.records |= {one.offset: one for one in stored}
        self._batches.append(base.to_bytes(8, "big") + data[8:])  # the checksum begins behind the offset
        self.end = base + len(records)
        self._last.append(self.end - 1)
        return 0, stored, base

    def skip(self, offsets: int) -> None:
        """Leave a gap, as compaction and transaction markers do."""
        self.end += offsets

    def after(self, offset: int, max_bytes: int) -> bytes:
        """Return whole batches from the one that holds an offset, at least one if there is any."""
        start = bisect_left(self._last, offset)
        found = b""
        for batch in self._batches[start:]:
            if found and len(found) + len(batch) > max_bytes:
                break
            found += batch
        return found


def batch_of(*, key: bytes | None, value: bytes, timestamp_ms: int) -> bytes:
    """Encode one record as a batch of its own, without a producer id."""
    builder = DefaultRecordBatchBuilder(
        magic=2,
        compression_type=0,
        is_transactional=0,
        producer_id=-1,
        producer_epoch=-1,
        base_sequence=-1,
        batch_size=1 << 20,
    )
    builder.append(offset=0, timestamp=timestamp_ms, key=key, value=value, headers=[])
    return bytes(builder.build())
