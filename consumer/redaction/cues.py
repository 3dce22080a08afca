"""Cues: the phrases that announce what the next number, name or word is. A policy adds phrases of its own."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from consumer.redaction import questions
from consumer.redaction.ints import mypyc_attr
from consumer.redaction.locales import CUES, Pack
from consumer.redaction.lookup import Lookup
from consumer.redaction.phrases import NEGATIVE, NONE, STRONG, WEAK
from consumer.redaction.span import Kind

WORDS: Final = frozenset((Kind.PERSON_NAME, Kind.EMAIL, Kind.PASSWORD, Kind.ADDRESS))


class Strength(StrEnum):
    """What a cue does: ask for a value, hint at one, say that the value is harmless, or mean nothing."""

    STRONG = "strong"
    WEAK = "weak"
    NEGATIVE = "negative"
    NONE = "none"


@mypyc_attr(acyclic=True)
class Cue:
    """A cue in an utterance; `first` and `last` are tokens. A negative cue has no kind."""

    __slots__ = ("first", "kind", "last", "strength")

    def __init__(self, first: int, last: int, kind: Kind | None, strength: Strength) -> None:
        self.first = first
        self.last = last
        self.kind = kind
        self.strength = strength


_LETTERS: Final = frozenset("bcdefghjklmnpqrstuvwxyz")

Phrase = tuple[tuple[str, ...], Kind | None, Strength]


class _Match:
    """A phrase that was found: its number of words, and what it is a cue for."""

    __slots__ = ("kind", "phrase", "size", "strength")

    def __init__(self, phrase: tuple[str, ...], kind: Kind | None, strength: Strength) -> None:
        self.phrase = list(phrase)
        self.size = len(phrase)
        self.kind = kind
        self.strength = strength


class _Beginnings:
    """The phrases that begin with one word: by their second word, longest first, and the word as a phrase of its own."""

    __slots__ = ("alone", "by_second")

    def __init__(self) -> None:
        self.alone: _Match | None = None
        self.by_second: dict[str, list[_Match]] = {}

    def add(self, phrase: tuple[str, ...], kind: Kind | None, strength: Strength) -> None:
        """Add a phrase; of two equal ones the later counts."""
        match = _Match(phrase, kind, strength)
        if match.size == 1:
            self.alone = match
            return
        entries = self.by_second.setdefault(phrase[1], [])
        entries.insert(0, match)
        entries.sort(key=lambda entry: -entry.size)

    def match(self, words: list[str], index: int) -> _Match | None:
        """Find the longest phrase that begins at a word."""
        if index + 1 < len(words) and (entries := self.by_second.get(words[index + 1])) is not None:
            for one in entries:
                if one.size == len("ab") or _same(words, index, one.phrase):
                    return one
        return self.alone


def _same(words: list[str], index: int, phrase: list[str]) -> bool:
    """Tell whether a phrase goes on here from its third word; the first two are known to be the same."""
    return index + len(phrase) <= len(words) and all(
        words[index + at] == phrase[at] for at in range(len("ab"), len(phrase))
    )


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
        self._asks = shipped
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
        self.lookup = Lookup([words for words, _, _ in self.phrases])

    def find(self, words: list[str], begins: list[int], *, possessive: bool) -> list[Cue]:
        """List the cues of an utterance in order; where two begin at one word, the longer one counts.

        `begins` are the words with which a cue may begin. With `possessive`, "pin's" is "pin" where it is no cue as it stands.
        """
        found: list[Cue] = []
        table, until = self._table, 0
        bare = [word.removesuffix("'s") for word in words] if possessive and begins else words
        for index in begins:
            if index < until:
                continue
            word = words[index]
            beginnings = table.get(word)
            match = beginnings.match(words, index) if beginnings is not None else None
            if match is None and possessive:
                beginnings = table.get(bare[index])
                match = beginnings.match(bare, index) if beginnings is not None else None
            if match is None or (len(word) == 1 and word.isalpha() and _in_row(words, index, match.size)):
                continue
            until = index + match.size
            if match.strength is not Strength.NONE:
                found.append(Cue(index, until - 1, match.kind, match.strength))
        return found

    def asks(self, words: list[str], found: list[Cue], *, telling: bool) -> list[Cue]:
        """List what an utterance asks for in words that are no cue; `found` are its cues, `telling` says that one of TELLING is among them."""
        if not self._asks or not words or not (asked := questions.find(words, telling=telling)):
            return []
        return [
            Cue(index, index, kind, Strength.WEAK)
            for index, kind in asked
            if not any(cue.kind is kind or (cue.first <= index <= cue.last and kind is not Kind.EMAIL) for cue in found)
        ]

    def _add(self, phrases: Iterable[str], kind: Kind | None, strength: Strength) -> None:
        for phrase in phrases:
            plain = tuple(phrase.lower().replace("-", " - ").split())
            for words in (plain, *_abbreviated(plain)):
                self._table.setdefault(words[0], _Beginnings()).add(words, kind, strength)
                self.phrases.append((words, kind, strength))


def _in_row(words: list[str], first: int, size: int) -> bool:
    """Tell letters of a word that is spelled from a cue: "m a n" with "r" before it, "p i n" with "o as in" behind it."""
    if size == 1 or any(len(word) > 1 for word in words[first : first + size]):
        return False
    before, behind = words[first - 1 : first] if first else [], words[first + size : first + size + 2]
    return (bool(before) and before[0] in _LETTERS) or (
        bool(behind) and (behind[0] in _LETTERS or (behind[0] in "aio" and behind[1:] in (["as"], ["like"])))
    )


def _abbreviated(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Write letters as recognisers do: "c v v" as "c.v.v.", "c.v.v" and "c-v-v"."""
    first = next(
        (
            at
            for at in range(len(words) - 1)
            if len(words[at]) == len(words[at + 1]) == 1 and (words[at] + words[at + 1]).isalpha()
        ),
        -1,
    )
    if first < 0:
        return []
    end = first
    while end < len(words) and len(words[end]) == 1 and words[end].isalpha():
        end += 1
    forms: list[tuple[str, ...]] = []
    for mark in ".-":
        letters = [part for letter in words[first:end] for part in (letter, mark)]
        forms.append((*words[:first], *letters[:-1], *words[end:]))
    forms.append((*words[:first], *[part for letter in words[first:end] for part in (letter, ".")], *words[end:]))
    return forms


def _split(phrases: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in phrases.split("|")]
