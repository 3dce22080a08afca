"""The engine: whole calls in, spans or redacted texts out. It never raises on what a call holds, and fails closed."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from consumer.redaction.cues import CueBook
from consumer.redaction.dialogue import Dialogue, Note, apart
from consumer.redaction.memory import CallMemory
from consumer.redaction.scene import WholeCall
from consumer.redaction.span import Kind, Source, Span, Turn
from consumer.redaction.text import RawText, RedactedText

RULES_VERSION = 1  # raised with every change of what is found; part of the policy's hash
MAX_UTTERANCE_CHARACTERS = 20_000


@dataclass(slots=True, kw_only=True, repr=False)
class Redacted:
    """A call after redaction: texts and spans by utterance, `counts` by type."""

    texts: list[RedactedText]
    spans: list[list[Span]]
    counts: dict[str, int] = field(default_factory=dict)


class Redactor:
    """Hides personal data in the utterances of a call."""

    def __init__(self) -> None:
        self._cues = CueBook()
        self.policy_hash = hashlib.sha256(f"rules {RULES_VERSION}".encode()).hexdigest()[:16]

    def find(self, turns: Sequence[Turn], *, note: Note | None = None) -> list[list[Span]]:
        """Find what has to be hidden: for every utterance its spans, sorted and apart from each other.

        An utterance that cannot be treated gets one span of type ERROR over all of it. `note` is told of every decision.
        """
        scene = WholeCall(
            [turn if len(turn.text) <= MAX_UTTERANCE_CHARACTERS else _TOO_LONG for turn in turns], self._cues
        )
        dialogue = Dialogue(CallMemory(), note=note)
        found = [self._decide(dialogue, scene, index) for index in range(len(turns))]
        for index, turn in enumerate(turns):
            if len(turn.text) > MAX_UTTERANCE_CHARACTERS:
                found[index] = [_whole(turn.text, "error.too_long")]
        if dialogue.remembers:
            for index, spans in enumerate(found):
                found[index] = apart([*spans, *dialogue.repeats(scene.line(index))])
        return found

    def redact(self, turns: Sequence[Turn]) -> Redacted:
        """Redact a call."""
        spans = self.find(turns)
        texts = [_masked(turn.text, of_turn) for turn, of_turn in zip(turns, spans, strict=True)]
        return Redacted(
            texts=texts, spans=spans, counts=dict(Counter(span.kind.value for one in spans for span in one))
        )

    def redact_label(self, label: RawText) -> RedactedText:
        """Redact a short label such as a speaker's name; letters alone cannot hold a number."""
        return cast(RedactedText, label) if label.isalpha() else self.redact([Turn(label)]).texts[0]

    @staticmethod
    def _decide(dialogue: Dialogue, scene: WholeCall, index: int) -> list[Span]:
        try:
            return dialogue.decide(scene, index)
        except Exception:  # noqa: BLE001 - whatever is wrong with an utterance, its text must not get out
            return [Span(0, len(scene.line(index).text), Kind.ERROR, "error.internal", Source.CUE)]


_TOO_LONG = Turn(RawText(""))


def _whole(text: str, rule: str) -> Span:
    return Span(0, len(text), Kind.ERROR, rule, Source.CUE)


def _masked(text: RawText, spans: Sequence[Span]) -> RedactedText:
    parts: list[str] = []
    end = 0
    for span in spans:
        parts += (text[end : span.start], span.kind.tag)
        end = span.end
    return cast(RedactedText, "".join((*parts, text[end:])) if spans else text)
