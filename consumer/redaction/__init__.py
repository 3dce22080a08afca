"""Redaction: the only place where raw text becomes redacted text. Pure; knows nothing of Kafka, files or indexes."""

from consumer.redaction.engine import REDACTED_ERROR, Redacted, Redactor
from consumer.redaction.text import RawText, RedactedText

__all__ = ["REDACTED_ERROR", "RawText", "Redacted", "RedactedText", "Redactor"]
