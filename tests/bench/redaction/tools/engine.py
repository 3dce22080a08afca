"""This project's engine, on whole conversations and as a stream: the one file here that knows its API."""

import re
from collections.abc import Sequence
from typing import Any

from consumer import redaction
from tests.bench.redaction.items import Found, Turn

ENGINE: Any = redaction
KEY = bytes(32)  # of the memory; a benchmark keeps nothing secret


class Engine:
    """A whole conversation at once."""

    name = "this engine"

    def __init__(self) -> None:
        self._redactor = ENGINE.Redactor()

    def find(self, turns: Sequence[Turn]) -> list[list[Found]]:
        """Return the engine's spans, in the words of KINDS."""
        return [_plain(spans) for spans in self._redactor.find(self.prepare(turns))]

    def prepare(self, turns: Sequence[Turn]) -> list[Any]:
        """Make the engine's own turns, which nobody wants to time."""
        return _turns(turns)

    def redact(self, prepared: Sequence[Any]) -> list[str]:
        """Return the texts with their spans hidden: the call that the consumer makes, which counts what it hides as well."""
        return list(self._redactor.redact(prepared).texts)


class EngineStream:
    """The same engine, fed one utterance at a time."""

    name = "this engine, stream"

    def __init__(self) -> None:
        self._redactor = ENGINE.Redactor()

    def find(self, turns: Sequence[Turn]) -> list[list[Found]]:
        """Feed turn after turn and collect what is released."""
        return [_plain(spans) for spans in self._released(self.prepare(turns))]

    def prepare(self, turns: Sequence[Turn]) -> list[Any]:
        """Make the engine's own turns, which nobody wants to time."""
        return _turns(turns)

    def redact(self, prepared: Sequence[Any]) -> list[str]:
        """Return the texts with their spans hidden."""
        found = self._released(prepared)
        return [
            self._redactor.write(turn.text, spans) if spans else turn.text
            for turn, spans in zip(prepared, found, strict=True)
        ]

    def open(self, prepared: Sequence[Any]) -> Any:
        """Feed turns to a new stream and leave it open."""
        stream = self._redactor.stream(KEY)
        for turn in prepared:
            stream.feed(turn)
        return stream

    def _released(self, prepared: Sequence[Any]) -> list[Any]:
        stream = self._redactor.stream(KEY)
        released: list[Any] = []
        for turn in prepared:
            released += stream.feed(turn)
        released += stream.close()
        return released


def patterns() -> dict[str, re.Pattern[Any]]:
    """List the engine's patterns by name; what it does not expose is measured through the engine alone."""
    return dict(getattr(ENGINE, "PATTERNS", {}))


def _turns(turns: Sequence[Turn]) -> list[Any]:
    return [ENGINE.Turn(text=turn.text, speaker=turn.speaker) for turn in turns]


def _plain(spans: Sequence[Any]) -> list[Found]:
    return [Found(span.start, span.end, str(span.kind)) for span in spans]
