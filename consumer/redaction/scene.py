"""The utterances of a call that is at hand as a whole."""

from collections.abc import Sequence

from consumer.redaction.cues import CueBook
from consumer.redaction.fold import fold
from consumer.redaction.line import Line
from consumer.redaction.span import Turn

MAX_UTTERANCE_CHARACTERS = 20_000


def parse(turn: Turn, cues: CueBook) -> Line:
    """Parse an utterance; of one that is too long nothing is read, as it is hidden whole."""
    text = turn.text if len(turn.text) <= MAX_UTTERANCE_CHARACTERS else ""
    return Line(text, fold(text), cues)


class WholeCall:
    """A scene of which every utterance is in view; each is parsed when it is first looked at."""

    def __init__(self, turns: Sequence[Turn], cues: CueBook) -> None:
        self._turns = turns
        self._cues = cues
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

    def speaker(self, index: int) -> str:
        """Tell who spoke."""
        return self._turns[index].speaker
