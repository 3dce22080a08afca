"""Redaction: the only place where raw text becomes redacted text. Pure; knows nothing of Kafka, files or indexes."""

from consumer.redaction.engine import Redacted, Redactor
from consumer.redaction.span import Kind, Source, Span, Turn
from consumer.redaction.text import RawText, RedactedText

__all__ = ["Kind", "RawText", "Redacted", "RedactedText", "Redactor", "Source", "Span", "Turn"]
