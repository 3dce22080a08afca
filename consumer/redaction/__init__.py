"""Redaction: the only place where raw text becomes redacted text. Pure; knows nothing of Kafka, files or indexes."""

from consumer.redaction import native

__path__ = [*native.path(), *__path__]

from consumer.redaction.engine import Redacted, Redactor
from consumer.redaction.mute import Interval, Word
from consumer.redaction.patterns import PATTERNS
from consumer.redaction.policy import Policy, PolicyError
from consumer.redaction.span import Kind, Source, Span, Turn, Verdict
from consumer.redaction.stream import Stream
from consumer.redaction.text import RawText, RedactedText

__all__ = [
    "PATTERNS", "Interval", "Kind", "Policy", "PolicyError", "RawText", "Redacted", "RedactedText", "Redactor", "Source", "Span", "Stream",
    "Turn", "Verdict", "Word",
]  # fmt: skip
