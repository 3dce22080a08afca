"""Write a call with what must be hidden marked in place: "my pin is <PIN|four four one two> thanks"; every other character stays.

A turn may begin with "A: " (agent) or "C: " (caller); without, nobody knows who spoke.
"""

import re
from collections.abc import Sequence

from consumer.redaction import RawText, Redactor, Turn

REDACTOR = Redactor()
SPEAKERS = {"A: ": "agent", "C: ": "caller"}
_MARK = re.compile(r"<([A-Z_]+)\|([^>]*)>")


def turns(row: str | Sequence[str]) -> list[Turn]:
    """Return what was said, without the marks."""
    return [Turn(RawText(_MARK.sub(r"\2", text)), speaker) for speaker, text in map(_spoken_by, _lines(row))]


def expected(row: str | Sequence[str]) -> list[str]:
    """Return what has to be left of it."""
    return [_MARK.sub(r"[REDACTED_\1]", text) for _, text in map(_spoken_by, _lines(row))]


def redacted(row: str | Sequence[str], by: Redactor = REDACTOR) -> list[str]:
    """Return what the engine leaves of it."""
    return [str(text) for text in by.redact(turns(row)).texts]


def _lines(row: str | Sequence[str]) -> Sequence[str]:
    return (row,) if isinstance(row, str) else row


def _spoken_by(line: str) -> tuple[str, str]:
    speaker = SPEAKERS.get(line[:3])
    return ("", line) if speaker is None else (speaker, line[3:])
