"""Index documents in bulk: by count, bytes and linger, several requests in flight, each document with a result of its own."""

import asyncio
import itertools
import random
import time
from dataclasses import dataclass, field

import msgspec
import orjson
import structlog

from consumer.dependency import Dependency
from consumer.metrics import ConsumerMetrics
from consumer.retry import full_jitter
from consumer.search.backend import BulkAnswer, BulkFailure, BulkItem, Held, SearchBackend

CONFLICT = 409
REQUEST_TOO_LARGE = 413
BAD_REQUEST = 400
FIRST_WAIT_SECONDS = 0.4
LONGEST_WAIT_SECONDS = 15.0
# Our documents have fixed fields, so it is the mapping that lacks one.
MAPPING_AT_FAULT = frozenset({"strict_dynamic_mapping_exception"})
READ, BULK = "read", "bulk"

log = structlog.get_logger()


class Indexed(msgspec.Struct, frozen=True):
    """The index holds this document."""


class Superseded(msgspec.Struct, frozen=True):
    """The index holds a newer version of this document."""


class ItemRejected(msgspec.Struct, frozen=True):
    """The index will never take this document; `error_type` is the engine's word for why."""

    error_type: str


PutResult = Indexed | Superseded | ItemRejected
_INDEXED = Indexed()
_SUPERSEDED = Superseded()


@dataclass(slots=True, eq=False, repr=False)
class _Entry:
    lines: bytes | memoryview
    done: asyncio.Future[PutResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkLimits:
    """When a bulk request is sent, and how many at once."""

    documents: int = 500
    bytes: int = 5 * 1024 * 1024
    linger_seconds: float = 0.05
    in_flight: int = 4


@dataclass(slots=True)
class _Batch:
    entries: list[_Entry] = field(default_factory=list)
    size: int = 0


class BulkIndexer:
    """Collects documents into bulk requests. Whatever fails for a while is tried again, item by item, for as long as it takes."""

    def __init__(
        self, backend: SearchBackend, *, index: str, limits: BulkLimits, engine: Dependency, metrics: ConsumerMetrics
    ) -> None:
        """`engine` is where the search engine's being out is known; while it is, one request at a time probes."""
        self.index = index
        self._engine = engine
        self._backend = backend
        self._limits = limits
        self._metrics = metrics
        self._batch = _Batch()
        self._linger: asyncio.TimerHandle | None = None
        self._slots = asyncio.Semaphore(limits.in_flight)
        self._sending: set[asyncio.Task[None]] = set()
        self._askers = itertools.count()

    def put(self, *, document_id: str, version: int, body: bytes) -> asyncio.Future[PutResult]:
        """Queue one document; the future resolves on the result of this very item.

        `version` is external (external_gte): an equal one may be written again, an older one never replaces a newer one.
        """
        action = orjson.dumps({"index": {"_id": document_id, "version": version, "version_type": "external_gte"}})
        loop = asyncio.get_running_loop()
        entry = _Entry(b"%b\n%b\n" % (action, body), loop.create_future())
        batch, limits = self._batch, self._limits
        batch.entries.append(entry)
        batch.size += len(entry.lines)
        if len(batch.entries) >= limits.documents or batch.size >= limits.bytes:
            self.flush()
        elif self._linger is None:
            self._linger = loop.call_later(limits.linger_seconds, self.flush)
        return entry.done

    def flush(self) -> None:
        """Send what is queued without waiting for more."""
        if self._linger is not None:
            self._linger.cancel()
            self._linger = None
        if not self._batch.entries:
            return
        batch, self._batch = self._batch, _Batch()
        task = asyncio.create_task(self._send(batch.entries), name="bulk")
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def held(self, document_id: str) -> Held | None:
        """Ask what the index holds of a document, for as long as it takes to get an answer."""
        who = f"{READ} {next(self._askers)}"
        attempt = 0
        while True:
            await self._in_turn(who, attempt)
            found = await self._backend.held(self.index, document_id)
            attempt += not self._engine.is_out
            if isinstance(found, BulkFailure):
                self._failed(who, found)
                continue
            if (self._engine.opened_by or "").startswith(BULK):
                self._engine.withdraw(who)  # reading works where writing does not: a read-only index
            else:
                self._engine.succeeded()
            return found

    async def close(self) -> None:
        """Give up what is still on its way; its records are not committed and come again."""
        if self._linger is not None:
            self._linger.cancel()
        for task in self._sending:
            task.cancel()
        await asyncio.gather(*self._sending, return_exceptions=True)
        await self._backend.close()

    async def _send(self, entries: list[_Entry]) -> None:
        who = f"{BULK} {next(self._askers)}"
        async with self._slots:
            attempt = 0
            while entries := [entry for entry in entries if not entry.done.done()]:
                await self._in_turn(who, attempt)
                answer = await self._request(entries)
                attempt += not self._engine.is_out  # a probe says nothing about these very documents
                if isinstance(answer, BulkAnswer) and len(answer.items) == len(entries):
                    left, refusal = self._resolve(entries, answer.items)
                    if not left:
                        self._engine.succeeded()
                        return
                    if len(left) < len(entries):
                        self._engine.succeeded()
                        log.info("bulk_items_refused", count=len(left), reason=refusal, attempt=attempt)
                        entries = left
                        continue
                    failure = BulkFailure(None, f"all items: {refusal}")
                elif isinstance(answer, BulkAnswer):
                    failure = BulkFailure(None, "an answer for other documents")
                elif answer.status == REQUEST_TOO_LARGE:
                    self._engine.withdraw(who)
                    self._split(entries)
                    return
                else:
                    failure = answer
                self._failed(who, failure)

    async def _in_turn(self, who: str, attempt: int) -> None:
        """Wait for a turn. What failed while others worked waits longer each time, so that it does not take their turns."""
        await self._engine.turn(who)
        if attempt and not self._engine.is_out:
            wait = full_jitter(
                attempt,
                uniform=random.uniform,
                first_seconds=FIRST_WAIT_SECONDS,
                longest_seconds=LONGEST_WAIT_SECONDS,
            )
            await asyncio.sleep(wait)

    async def _request(self, entries: list[_Entry]) -> BulkAnswer | BulkFailure:
        started = time.perf_counter()
        body = _joined(entries)
        try:
            answer = await self._backend.bulk(self.index, body)
        except Exception as error:  # one that nobody foresaw must not leave its documents without a result for ever
            log.exception("bulk_failed")
            answer = BulkFailure(None, type(error).__name__)
        self._metrics.bulk_seconds.observe(time.perf_counter() - started)
        self._metrics.bulk_documents.observe(len(entries))
        self._metrics.bulk_bytes.observe(len(body))
        return answer

    def _split(self, entries: list[_Entry]) -> None:
        """Find the document that makes a request too large by halving it."""
        if len(entries) == 1:
            self._metrics.bulk_items["rejected"].inc()
            _settle(entries[0], ItemRejected("request_too_large"))
            return
        middle = len(entries) // 2
        for half in (entries[:middle], entries[middle:]):
            task = asyncio.create_task(self._send(half), name="bulk-half")
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    def _resolve(self, entries: list[_Entry], items: list[BulkItem]) -> tuple[list[_Entry], str]:
        """Settle every item that has a final result; return those to be tried again, and the engine's word for why."""
        again: list[_Entry] = []
        indexed, refusal = 0, ""
        for entry, item in zip(entries, items, strict=True):
            if item.status < 300:  # noqa: PLR2004 - success
                indexed += 1
                _settle(entry, _INDEXED)
            elif item.status == CONFLICT:
                self._metrics.bulk_items["superseded"].inc()
                _settle(entry, _SUPERSEDED)
            elif item.status in (BAD_REQUEST, REQUEST_TOO_LARGE) and item.error_type not in MAPPING_AT_FAULT:
                self._metrics.bulk_items["rejected"].inc()
                _settle(entry, ItemRejected(item.error_type or f"status_{item.status}"))
            else:
                # 429 and 5xx pass; 403 (index blocked) and 404 (index gone) wait for an operator. None is the document's fault.
                self._metrics.bulk_items["retried"].inc()
                again.append(entry)
                refusal = f"{item.status} {item.error_type or ''}".strip()
        self._metrics.bulk_items["indexed"].inc(indexed)
        return again, refusal

    def _failed(self, who: str, failure: BulkFailure) -> None:
        reason = failure.reason if failure.status is None else f"{failure.status} {failure.reason}"
        log.warning("index_unavailable", reason=reason)
        self._engine.failed(who, reason, at_once=True)


def _joined(entries: list[_Entry]) -> bytes:
    """Make the body of a request; from then on the entries share it, so that no document is held twice."""
    body = b"".join([entry.lines for entry in entries])
    shared, start = memoryview(body), 0
    for entry in entries:
        end = start + len(entry.lines)
        entry.lines = shared[start:end]
        start = end
    return body


def _settle(entry: _Entry, result: PutResult) -> None:
    if not entry.done.done():
        entry.done.set_result(result)
