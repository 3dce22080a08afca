"""This project's engine, on whole conversations and as a stream."""

from collections.abc import Sequence
from typing import Any

from consumer import redaction
from tests.bench.redaction.items import Found, Turn

ENGINE: Any = redaction  # the one place that knows the engine's API


class Engine:
    """A whole conversation at once."""

    name = "this engine"

    def __init__(self) -> None:
        self._redactor = ENGINE.Redactor()

    def find(self, turns: Sequence[Turn]) -> list[list[Found]]:
        """Return the engine's spans, in the words of KINDS."""
        found = self._redactor.find([ENGINE.Turn(text=turn.text, speaker=turn.speaker) for turn in turns])
        return [_plain(spans) for spans in found]


class EngineStream:
    """The same engine, fed one utterance at a time."""

    name = "this engine, stream"

    def __init__(self) -> None:
        self._redactor = ENGINE.Redactor()

    def find(self, turns: Sequence[Turn]) -> list[list[Found]]:
        """Feed turn after turn and collect what is released."""
        stream = self._redactor.stream()
        released: list[Any] = []
        for turn in turns:
            released += stream.feed(ENGINE.Turn(text=turn.text, speaker=turn.speaker))
        released += stream.close()
        return [_plain(spans) for spans in released]


def _plain(spans: Sequence[Any]) -> list[Found]:
    return [Found(span.start, span.end, str(span.kind)) for span in spans]
