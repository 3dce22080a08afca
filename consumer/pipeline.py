"""The story of one record: fetch, redact, index, audit; or wait, give up, expand, bury. Every ending is acknowledged before it counts."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol

import msgspec
import structlog

from common import events
from common.topics import Topics
from consumer import document as documents
from consumer.bounds import ByteBudget, Hold
from consumer.fetch import FailedAtSource, Fetched, NoTranscript, NotReady, Refused, Rejected, Sessions, Unavailable
from consumer.line import Line
from consumer.metrics import ConsumerMetrics
from consumer.outcome import AuditRecord, Outcome, audit_of, audit_of_unreadable, fallback_key
from consumer.recent import Found
from consumer.redaction import Redactor
from consumer.search.backend import Held
from consumer.search.indexer import Indexed, ItemRejected, PutResult, Superseded
from consumer.transcript import Transcript
from consumer.work import Header, Stage, Unreadable, Work, provenance, trace_headers

log = structlog.get_logger()


class Index(Protocol):
    """Where documents go."""

    index: str

    def put(self, *, document_id: str, version: int, body: bytes) -> "asyncio.Future[PutResult]":
        """Queue a document; resolves on its own result."""
        ...

    async def held(self, document_id: str) -> Held | None:
        """Look up what the index holds."""
        ...


class Records(Protocol):
    """Where records go; returns once they are acknowledged."""

    async def put(self, topic: str, *, key: bytes, value: bytes, headers: list[Header]) -> None:
        """Write one record."""
        ...


class Fetching(Protocol):
    """How transcripts come, with all the patience that it takes."""

    async def fetch(self, work: Work, hold: Hold) -> Fetched:
        """Fetch what an event names."""
        ...

    def answers_others(self) -> bool:
        """Tell whether the source answered anyone lately."""
        ...


class Pipeline:
    """Takes one record from the topic to its outcome."""

    def __init__(
        self,
        *,
        fetching: Fetching,
        index: Index,
        records: Records,
        redactor: Redactor,
        topics: Topics,
        deadline_seconds: float,
        held: ByteBudget,
        line: Line,
        metrics: ConsumerMetrics,
    ) -> None:
        """`deadline_seconds` is how long after its receipt an event may go on to the retry topics."""
        self._fetching = fetching
        self._index = index
        self._records = records
        self._redactor = redactor
        self._topics = topics
        self._deadline = deadline_seconds
        self._held = held
        self._line = line
        self._metrics = metrics
        self._found = Found()
        metrics.held_bytes.set_function(lambda: held.held)

    async def process(self, work: Work) -> Outcome:
        """Bring one event to an outcome. Returns only when every effect of that outcome is acknowledged."""
        try:
            while (outcome := await self._attempt(work)) is None:
                log.info("line_probe", key=work.key)
        except BaseException:
            self._line.withdraw(work)
            raise
        self._line.finished(work, outcome)
        return outcome

    async def _attempt(self, work: Work) -> Outcome | None:
        """Tell the story once; None where it would end in a dead letter but the line is stopped: it is to be told again."""
        if self._found.is_newer(work.key, work.event.document_version):
            return Outcome.SUPERSEDED
        hold = Hold(self._held)
        try:
            fetched = await self._fetching.fetch(work, hold)
            work.stage = Stage.SETTLING
            if isinstance(fetched, Transcript):
                document, queued = self._queue(work, fetched, hold)
                del fetched  # the raw text goes at once, not when the index has answered
                indexed = await self._indexed(work, document, queued)
                if not isinstance(indexed, Rejected):
                    return indexed
                fetched = indexed
        finally:
            hold.resize(0)
        return await self._settle(work, fetched)

    async def _settle(self, work: Work, fetched: NoTranscript) -> Outcome | None:
        """Bring an event without a transcript to its outcome."""
        match fetched:
            case Sessions():
                return await self._expand(work, fetched)
            case FailedAtSource(reason=reason):
                return await self._conclude(work, Outcome.FAILED, reason)
            case NotReady(reason=reason) if self._overdue(work):
                return await self._conclude(work, Outcome.NO_TRANSCRIPT, reason)
            case Unavailable(outage=outage) if self._given_up(work, outage=outage):
                return await self._bury(work, "fetch_failed")
            case NotReady(reason=reason) | Unavailable(reason=reason) | Refused(reason=reason):
                return await self._postpone(work, reason)
            case Rejected(reason=reason):
                return await self._bury(work, reason)

    def _queue(
        self, work: Work, transcript: Transcript, hold: Hold
    ) -> tuple[documents.Document, "asyncio.Future[PutResult]"]:
        """Redact a transcript and queue its document. What stays here are its figures: the index has the only copy of its text."""
        event = work.event
        document = documents.build(event, transcript, self._redactor, now_seconds=time.time())
        body = documents.encode(document)
        hold.resize(len(body))
        queued = self._index.put(document_id=event.key, version=event.document_version, body=body)
        return msgspec.structs.replace(document, utterances=[]), queued

    async def _indexed(
        self, work: Work, document: documents.Document, queued: "asyncio.Future[PutResult]"
    ) -> Outcome | Rejected:
        """Wait for the index's word on a document, and write its audit record."""
        match await queued:
            case Superseded():
                return Outcome.SUPERSEDED
            case ItemRejected(error_type=kind):
                return Rejected(f"index_{kind}")
            case Indexed():
                self._metrics.indexed(
                    latency_seconds=document.metrics.processing_latency_seconds,
                    average_confidence=document.metrics.average_confidence,
                    redactions=document.redactions,
                )
                await self._audit(work, Outcome.INDEXED, document=document)
                self._found.note(work.key, work.event.document_version)
                return Outcome.INDEXED

    async def _expand(self, work: Work, sessions: Sessions) -> Outcome:
        """Turn an event of a whole conversation into one event per recorded session, with ids that repeat."""
        headers = trace_headers(work)
        for communication_id in sessions.communication_ids:
            child = events.child_of(work.event, communication_id)
            await self._records.put(
                self._topics.events, key=child.key.encode(), value=events.encode(child), headers=headers
            )
        await self._audit(work, Outcome.EXPANDED)
        self._found.note(work.key, work.event.document_version)
        return Outcome.EXPANDED

    def _given_up(self, work: Work, *, outage: bool) -> bool:
        """Tell whether a fetch that keeps failing is this event's own fault, and none of ours, of a bad minute or of an outage."""
        everywhere = work.rounds >= len(self._topics.retries)
        return self._overdue(work) and everywhere and (not outage or self._fetching.answers_others())

    def _overdue(self, work: Work) -> bool:
        return time.time() - work.event.received_at_ms / 1000.0 > self._deadline

    async def _postpone(self, work: Work, reason: str) -> Outcome:
        """Send the event to the next retry topic."""
        tiers = self._topics.retries
        topic = tiers[min(work.rounds, len(tiers) - 1)]
        headers = provenance(work, reason=reason)
        await self._records.put(topic, key=work.key.encode(), value=events.encode(work.event), headers=headers)
        self._metrics.postponed(reason)
        return Outcome.POSTPONED

    async def _conclude(self, work: Work, outcome: Outcome, reason: str) -> Outcome:
        """End without a document. Where the index holds one, whatever its version, that stays what is true.

        The source had nothing to give when it was asked; that takes back nothing that it gave another time.
        """
        if (held := await self._index.held(work.key)) is not None:
            return await self._yield_to(held, work, reason)
        await self._audit(work, outcome, reason=reason)
        return outcome

    async def _yield_to(self, held: Held, work: Work, reason: str) -> Outcome:
        """Leave a document and its audit record as they are. A kill may have come between the two: then the record is made up for."""
        own = held.summary if held.version == work.event.document_version else None
        if own is not None and own.event_id == work.event.event_id:
            await self._audit(work, Outcome.INDEXED, document=own)
            return Outcome.INDEXED
        log.info("document_kept", key=work.key, held_version=held.version, reason=reason)
        return Outcome.SUPERSEDED

    async def displace(self, work: Work, reason: str) -> Outcome:
        """Send an event to a retry topic that holds its partition up; after its deadline, to the dead letters."""
        work.stage = Stage.SETTLING
        return await (self.bury(work, reason) if self._overdue(work) else self._postpone(work, reason))

    async def bury(self, work: Work, reason: str) -> Outcome:
        """Write the event to the dead letters: it can never succeed as it is."""
        outcome = await self._bury(work, reason)
        if outcome is None:
            return await self.process(work)
        self._line.finished(work, outcome)
        return outcome

    async def _bury(self, work: Work, reason: str) -> Outcome | None:
        held = await self._index.held(work.key)
        if held is not None and held.version >= work.event.document_version:
            return await self._yield_to(held, work, reason)
        if not await self._line.may_bury(work, reason):
            return None
        headers = provenance(work, reason=reason)
        await self._records.put(
            self._topics.dead_letters,
            key=work.event.event_id.encode(),
            value=events.encode(work.event),
            headers=headers,
        )
        self._metrics.dead_lettered(reason)
        log.warning("dead_lettered", key=work.key, reason=reason)
        if held is None:  # the audit speaks of a document where there is one
            await self._audit(work, Outcome.DEAD_LETTERED, reason=reason)
        return Outcome.DEAD_LETTERED

    async def bury_unreadable(self, record: Unreadable) -> Outcome:
        """Write what is known of a record that is no event to the dead letters, under the place where it stood."""
        while not await self._line.may_bury(record, record.problem):
            pass
        key = fallback_key(record.source).encode()
        value = msgspec.json.encode({"problem": record.problem, "size_bytes": record.size_bytes})
        await self._records.put(
            self._topics.dead_letters, key=key, value=value, headers=provenance(record, reason=record.problem)
        )
        self._metrics.dead_lettered("unreadable_record")
        log.warning("dead_lettered", key=key.decode(), reason=record.problem)
        audit = audit_of_unreadable(
            record.source, record.problem, policy_hash=self._redactor.policy_hash, now=datetime.now(UTC)
        )
        await self._records.put(self._topics.audit, key=key, value=msgspec.json.encode(audit), headers=[])
        return Outcome.DEAD_LETTERED

    async def _audit(
        self, work: Work, outcome: Outcome, *, reason: str | None = None, document: documents.Summary | None = None
    ) -> None:
        record: AuditRecord = audit_of(
            work.event,
            outcome,
            source=work.source,
            attempts=work.rounds + 1,
            policy_hash=document.policy_hash if document is not None else self._redactor.policy_hash,
            now=datetime.now(UTC),
            reason=reason,
            document=document,
            index=self._index.index if document is not None else None,
        )
        await self._records.put(
            self._topics.audit, key=work.key.encode(), value=msgspec.json.encode(record), headers=trace_headers(work)
        )
