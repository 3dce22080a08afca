"""Builds a conversation piece by piece, so that every offset of the ground truth is known by construction."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.bench.redaction.items import Gold, Item, Part, Turn

GLUED = (",", ".", "?", "!", ";", ":")
_FIRST_PERSON = re.compile(r"\bi(?=\b)")
_QUESTION = re.compile(
    r"(?:and |so |okay )?(?:what|who|whose|when|where|which|can|could|may|do|does|is|are|how|would|have)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text with a role: secret number `gold` of the script, "neutral", "stay", or nothing. `glue` leaves out the space before."""

    text: str
    role: str = ""
    gold: int = -1
    glue: bool = False


@dataclass(frozen=True, slots=True)
class Secret:
    """A handle on one secret of a script."""

    index: int

    def __call__(self, text: str, *, glue: bool = False) -> Piece:
        """Make a piece that belongs to this secret."""
        return Piece(text, "secret", self.index, glue)


def neutral(text: str) -> Piece:
    """Make a piece that may be hidden or not."""
    return Piece(text, "neutral")


def stay(text: str) -> Piece:
    """Make a piece whose loss is counted apart."""
    return Piece(text, "stay")


@dataclass(slots=True)
class Script:
    """A conversation in the making. `decorated` writes capitals and full stops as a punctuating recogniser does."""

    decorated: bool = False
    turns: list[Turn] = field(default_factory=list)
    _kinds: list[tuple[str, str]] = field(default_factory=list)
    _marks: list[tuple[Piece, Part]] = field(default_factory=list)

    def secret(self, kind: str, form: str = "") -> Secret:
        """Begin a secret; without a piece in any turn it is left out."""
        self._kinds.append((kind, form))
        return Secret(len(self._kinds) - 1)

    def say(self, speaker: str, *pieces: str | Piece | Iterable[str | Piece]) -> None:
        """Add one turn. Pieces are joined by one space; punctuation is joined without."""
        text = ""
        for piece in _flat(pieces):
            if not piece.text:
                continue
            space = "" if not text or piece.glue or piece.text[0] in GLUED else " "
            start = len(text) + len(space)
            text += space + piece.text
            if piece.role:
                self._marks.append((piece, Part(len(self.turns), start, len(text))))
        self.turns.append(Turn(speaker, _decorate(text) if self.decorated else text))

    def item(self, name: str) -> Item:
        """Finish: pieces of one secret that stand side by side become one part."""
        by_secret: dict[int, list[Part]] = {}
        for piece, part in self._marks:
            if piece.role == "secret":
                _append(by_secret.setdefault(piece.gold, []), part, self.turns)
        return Item(
            name=name,
            turns=tuple(self.turns),
            gold=tuple(
                Gold(kind=self._kinds[index][0], parts=tuple(parts), form=self._kinds[index][1])
                for index, parts in sorted(by_secret.items())
            ),
            neutral=tuple(part for piece, part in self._marks if piece.role == "neutral"),
            stay=tuple(part for piece, part in self._marks if piece.role == "stay"),
        )


def _flat(pieces: Sequence[str | Piece | Iterable[str | Piece]]) -> Iterable[Piece]:
    for piece in pieces:
        if isinstance(piece, str):
            yield Piece(piece)
        elif isinstance(piece, Piece):
            yield piece
        else:
            yield from _flat(tuple(piece))


def _append(parts: list[Part], part: Part, turns: Sequence[Turn]) -> None:
    if parts and parts[-1].turn == part.turn and not turns[part.turn].text[parts[-1].end : part.start].strip():
        part = Part(part.turn, parts.pop().start, part.end)
    parts.append(part)


def _decorate(text: str) -> str:
    """Write a sentence as a punctuating recogniser does; no character before the end moves."""
    text = _FIRST_PERSON.sub("I", text[:1].upper() + text[1:])
    if text.endswith((".", "?", "!")):
        return text
    return text + ("?" if _QUESTION.match(text) else ".")
