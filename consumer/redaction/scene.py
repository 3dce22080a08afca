"""The utterances in view: those of a call that is at hand as a whole, or those that a stream holds back."""

from abc import ABC, abstractmethod
from typing import Final

from consumer.redaction.cues import CueBook
from consumer.redaction.fold import fold
from consumer.redaction.line import Line
from consumer.redaction.span import Turn
from consumer.redaction.text import RawText

MAX_UTTERANCE_CHARACTERS: Final = 20_000
_NOTHING: Final = RawText("")


class Scene(ABC):
    """The utterances in view."""

    @property
    @abstractmethod
    def end(self) -> int:
        """One past the last utterance in view."""

    @abstractmethod
    def line(self, index: int) -> Line:
        """Return an utterance, parsed."""

    @abstractmethod
    def text(self, index: int) -> str:
        """Return an utterance as it came."""

    @abstractmethod
    def speaker(self, index: int) -> str:
        """Tell who spoke."""

    @abstractmethod
    def code(self, index: int) -> int:
        """Return the screen's code of an utterance."""

    @abstractmethod
    def recode(self, index: int, code: int) -> None:
        """Put a code that tells more in its place."""


def readable(turn: Turn) -> RawText:
    """Return what is read of an utterance: nothing of one that is too long, as it is hidden whole."""
    return turn.text if len(turn.text) <= MAX_UTTERANCE_CHARACTERS else _NOTHING


def parse(turn: Turn, cues: CueBook) -> Line:
    """Parse an utterance."""
    text = readable(turn)
    return Line(text, fold(text), cues)


class WholeCall(Scene):
    """A scene of which every utterance is in view; each is parsed when it is first looked at."""

    def __init__(self, turns: list[Turn], cues: CueBook, codes: list[int]) -> None:
        """`codes` are those of the screen."""
        self._turns = turns
        self._cues = cues
        self._codes = codes
        self._lines: list[Line | None] = [None] * len(turns)

    @property
    def end(self) -> int:
        """One past the last utterance."""
        return len(self._turns)

    def line(self, index: int) -> Line:
        """Return an utterance, parsed."""
        line = self._lines[index]
        if line is None:
            line = self._lines[index] = parse(self._turns[index], self._cues)
        return line

    def text(self, index: int) -> str:
        """Return an utterance as it came."""
        return self._turns[index].text

    def speaker(self, index: int) -> str:
        """Tell who spoke."""
        return self._turns[index].speaker

    def code(self, index: int) -> int:
        """Return the screen's code of an utterance."""
        return self._codes[index]

    def recode(self, index: int, code: int) -> None:
        """Put a code that tells more in its place."""
        self._codes[index] = code
