"""The engine for a conversation that is still going on: utterances are held back until what follows them is known."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from consumer.redaction import repeats
from consumer.redaction.attention import Attention
from consumer.redaction.dialogue import Dialogue, apart
from consumer.redaction.line import Line
from consumer.redaction.repeats import Repeats
from consumer.redaction.rulebook import Rulebook
from consumer.redaction.scene import Scene, parse
from consumer.redaction.screen import PASSIVE
from consumer.redaction.span import Span, Turn, whole

HOLD_BACK: Final = 8  # utterances
HOLD_BACK_SECONDS: Final = 20.0
Decide = Callable[[Attention, int, Turn], list[Span]]


class Stream(Scene):
    """One open conversation. The same spans come out however the utterances are cut into batches.

    An utterance is released when eight more are known, or one that began twenty seconds later. Beside the whole-call form it
    misses what only later utterances explain: a cue or a part of a number beyond the window, and repeats of a value before it
    was hidden.
    """

    __slots__ = ("_attention", "_codes", "_decide", "_dialogue", "_first", "_lines", "_repeats", "_rulebook", "_turns")

    def __init__(self, rulebook: Rulebook, dialogue: Dialogue, decide: Decide) -> None:
        self._rulebook = rulebook
        self._dialogue = dialogue
        self._decide = decide
        self._codes: dict[int, int] = {}
        self._attention = Attention(dialogue, self, rulebook.screen, waits=False)
        self._repeats = Repeats()
        self._first = 0
        self._turns: deque[Turn] = deque()
        self._lines: dict[int, Line] = {}

    def feed(self, turn: Turn) -> list[list[Span]]:
        """Add an utterance; return the spans of those that are released, in order, often none."""
        self._codes[self.end] = self._rulebook.codes([turn])[0]
        self._turns.append(turn)
        released = []
        while len(self._turns) > HOLD_BACK or self._is_old(turn):
            released.append(self._release())
        return released

    def close(self) -> list[list[Span]]:
        """End the conversation; return the spans of all utterances still held back."""
        return [self._release() for _ in range(len(self._turns))]

    @property
    def end(self) -> int:
        """One past the last utterance in view."""
        return self._first + len(self._turns)

    def line(self, index: int) -> Line:
        """Return an utterance, parsed."""
        line = self._lines.get(index)
        if line is None:
            line = self._lines[index] = parse(self._turns[index - self._first], self._rulebook.cues)
        return line

    def text(self, index: int) -> str:
        """Return an utterance as it came."""
        return self._turns[index - self._first].text

    def speaker(self, index: int) -> str:
        """Tell who spoke."""
        return self._turns[index - self._first].speaker

    def code(self, index: int) -> int:
        """Return the screen's code of an utterance."""
        return self._codes[index]

    def recode(self, index: int, code: int) -> None:
        """Put a code that tells more in its place."""
        self._codes[index] = code

    def _is_old(self, newest: Turn) -> bool:
        oldest = self._turns[0].at
        return (
            len(self._turns) > 1
            and oldest is not None
            and newest.at is not None
            and newest.at - oldest >= HOLD_BACK_SECONDS
        )

    def _release(self) -> list[Span]:
        spans = self._again(self._decided())
        self._turns.popleft()
        self._lines.pop(self._first, None)
        del self._codes[self._first]
        self._first += 1
        return spans

    def _decided(self) -> list[Span]:
        if self._codes[self._first] > PASSIVE or self._dialogue.windows:
            return self._decide(self._attention, self._first, self._turns[0])
        return []

    def _again(self, spans: list[Span]) -> list[Span]:
        """Add what was hidden before."""
        try:
            if any(span.kind in repeats.KINDS for span in spans):
                self._repeats.learn(self.line(self._first), spans)
            if not self._repeats:
                return spans
            return apart([*spans, *self._repeats.spans(self.line(self._first), spans)])
        except Exception:  # noqa: BLE001 - as where it is decided: its text must not get out, and what follows must
            return [whole(self._turns[0], "error.internal")]


def released(stream: Stream, turns: Sequence[Turn]) -> list[list[Span]]:
    """Feed a whole conversation and close it: the spans of every utterance."""
    return [spans for turn in turns for spans in stream.feed(turn)] + stream.close()
