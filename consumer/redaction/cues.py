"""Cues: the phrases that announce what the next number, name or word is. A policy adds phrases of its own."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from consumer.redaction.locales import CUES, Pack
from consumer.redaction.phrases import NEGATIVE, NONE, STRONG, WEAK
from consumer.redaction.span import Kind

WORDS: Final = frozenset((Kind.PERSON_NAME, Kind.EMAIL, Kind.PASSWORD, Kind.ADDRESS))


class Strength(StrEnum):
    """What a cue does: ask for a value, hint at one, say that the value is harmless, or mean nothing."""

    STRONG = "strong"
    WEAK = "weak"
    NEGATIVE = "negative"
    NONE = "none"


class Cue:
    """A cue in an utterance; `first` and `last` are tokens. A negative cue has no kind."""

    __slots__ = ("first", "kind", "last", "strength")

    def __init__(self, first: int, last: int, kind: Kind | None, strength: Strength) -> None:
        self.first = first
        self.last = last
        self.kind = kind
        self.strength = strength


Phrase = tuple[tuple[str, ...], Kind | None, Strength]
_Match = tuple[int, Kind | None, Strength]


class _Beginnings:
    """The phrases that begin with one word: by their second word, longest first, and the word as a phrase of its own."""

    __slots__ = ("alone", "by_second")

    def __init__(self) -> None:
        self.alone: _Match | None = None
        self.by_second: dict[str, list[Phrase]] = {}

    def add(self, phrase: tuple[str, ...], kind: Kind | None, strength: Strength) -> None:
        """Add a phrase; of two equal ones the later counts."""
        if len(phrase) == 1:
            self.alone = 1, kind, strength
            return
        entries = self.by_second.setdefault(phrase[1], [])
        entries.insert(0, (phrase, kind, strength))
        entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, words: list[str], index: int) -> _Match | None:
        """Find the longest phrase that begins at a word."""
        for phrase, kind, strength in self.by_second.get(words[index + 1] if index + 1 < len(words) else "", ()):
            size = len(phrase)
            if size == len("ab") or tuple(words[index : index + size]) == phrase:
                return size, kind, strength
        return self.alone


class CueBook:
    """The cues in force."""

    def __init__(
        self,
        extra: Mapping[Kind, Iterable[str]] | None = None,
        negative: Iterable[str] = (),
        *,
        packs: Iterable[Pack] = tuple(Pack),
        shipped: bool = True,
    ) -> None:
        """Gather cues: `extra` and `negative` are a policy's own phrases, `packs` the national ones, `shipped` all that come with the engine."""
        self._table: dict[str, _Beginnings] = {}
        self.phrases: list[Phrase] = []
        if shipped:
            for kinds in (STRONG, *(CUES[pack] for pack in packs)):
                for kind, phrases in kinds.items():
                    self._add(_split(phrases), kind, Strength.STRONG)
            for kind, phrases in WEAK.items():
                self._add(_split(phrases), kind, Strength.WEAK)
            self._add(_split(NEGATIVE), None, Strength.NEGATIVE)
            self._add(_split(NONE), None, Strength.NONE)
        for kind, own in (extra or {}).items():
            self._add(own, kind, Strength.STRONG)
        self._add(negative, None, Strength.NEGATIVE)

    def find(self, words: list[str], *, possessive: bool) -> list[Cue]:
        """List the cues of an utterance in order; where two begin at one word, the longer one counts.

        With `possessive`, "pin's" is "pin" where it is no cue as it stands.
        """
        found: list[Cue] = []
        table, until = self._table, 0
        bare = [word.removesuffix("'s") for word in words] if possessive else words
        for index, word in enumerate(words):
            if index < until:
                continue
            begins = table.get(word)
            match = begins.match(words, index) if begins is not None else None
            if match is None and possessive:
                begins = table.get(bare[index])
                match = begins.match(bare, index) if begins is not None else None
            if match is not None:
                size, kind, strength = match
                until = index + size
                if strength is not Strength.NONE:
                    found.append(Cue(index, until - 1, kind, strength))
        return found

    def _add(self, phrases: Iterable[str], kind: Kind | None, strength: Strength) -> None:
        for phrase in phrases:
            words = tuple(phrase.lower().replace("-", " - ").split())
            self._table.setdefault(words[0], _Beginnings()).add(words, kind, strength)
            self.phrases.append((words, kind, strength))


def _split(phrases: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in phrases.split("|")]
