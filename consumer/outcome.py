"""How an event can end, and what the audit topic says of it."""

from datetime import datetime
from enum import StrEnum

import msgspec

from common.events import TranscriptEvent
from consumer.document import Metrics, Summary

AUDIT_VERSION = 1
COMPLIANCE_STATUS = "processed"
RETENTION_POLICY = "standard"


class Outcome(StrEnum):
    """Every accepted event ends in exactly one of these; postponed is the way there and leaves no audit record."""

    INDEXED = "indexed"
    FAILED = "failed"
    NO_TRANSCRIPT = "no_transcript"
    EXPANDED = "expanded"
    DEAD_LETTERED = "dead_lettered"
    SUPERSEDED = "superseded"
    POSTPONED = "postponed"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where an event first stood: the record of the events topic, wherever it travelled since."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int


class AuditRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """The state of one transcript. The compacted audit topic keeps the last one of every key."""

    version: int = AUDIT_VERSION
    key: str
    timestamp: datetime
    outcome: Outcome
    reason: str | None = None
    compliance_status: str = COMPLIANCE_STATUS
    data_retention_policy: str = RETENTION_POLICY
    redacted_entities: int = 0
    redactions: dict[str, int] = {}
    vendor_redactions: int = 0
    report_only: bool = False
    metrics: Metrics | None = None
    policy_hash: str
    contract: str | None = None
    transcription_id: str | None = None
    conversation_id: str | None = None
    communication_id: str | None = None
    organization_id: str | None = None
    index: str | None = None
    document_version: int | None = None
    source: Source
    event_id: str | None = None
    attempts: int = 1


def audit_of(
    event: TranscriptEvent,
    outcome: Outcome,
    *,
    source: Source,
    attempts: int,
    policy_hash: str,
    now: datetime,
    reason: str | None = None,
    document: Summary | None = None,
    index: str | None = None,
) -> AuditRecord:
    """State how an event ended."""
    return AuditRecord(
        key=event.key,
        timestamp=now,
        outcome=outcome,
        reason=reason,
        redacted_entities=sum(document.redactions.values()) if document else 0,
        redactions=document.redactions if document else {},
        vendor_redactions=document.vendor_redactions if document else 0,
        report_only=document.report_only if document else False,
        metrics=document.metrics if document else None,
        policy_hash=policy_hash,
        contract=event.contract,
        transcription_id=event.transcription_id,
        conversation_id=event.conversation_id,
        communication_id=event.communication_id,
        organization_id=event.organization_id,
        index=index,
        document_version=event.document_version,
        source=source,
        event_id=event.event_id,
        attempts=attempts,
    )


def audit_of_unreadable(source: Source, reason: str, *, policy_hash: str, now: datetime) -> AuditRecord:
    """State that a record was no event; its key is the place where it stood, as a compacted topic refuses a null key."""
    return AuditRecord(
        key=fallback_key(source),
        timestamp=now,
        outcome=Outcome.DEAD_LETTERED,
        reason=reason,
        policy_hash=policy_hash,
        source=source,
    )


def fallback_key(source: Source) -> str:
    """Name a record that has no readable key of its own."""
    return f"{source.topic}:{source.partition}:{source.offset}"
