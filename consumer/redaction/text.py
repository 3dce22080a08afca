"""Two kinds of text that the type checker never lets meet: as it was said, and as it may be kept."""

from typing import NewType

RawText = NewType("RawText", str)
"""Text of a call as the recogniser wrote it. Never logged, never queued, never indexed."""

RedactedText = NewType("RedactedText", str)
"""Text that went through a Redactor. Only the redaction package makes it."""
