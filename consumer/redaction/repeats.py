"""Names, passwords and streets that were hidden once, wherever they come again: read back, or repeated later in the call."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from consumer.redaction import answers
from consumer.redaction.everyday import GIVEN
from consumer.redaction.fold import fold
from consumer.redaction.line import Line
from consumer.redaction.scene import Scene
from consumer.redaction.span import Kind, Source, Span
from consumer.redaction.vocabulary import is_known, is_talk

_KINDS: Final = frozenset((Kind.PERSON_NAME, Kind.PASSWORD, Kind.ADDRESS))
_LONGEST: Final = 4  # words of a password that is known again as a whole
_CALLED: Final = 2  # words of an utterance that only calls somebody by name
_SHORTEST: Final = 3  # letters of a word that is known again on its own
_MOST: Final = 64  # words and pairs of words that are remembered in a call
_BEFORE: Final = answers.PIVOTS | {"you", "mr", "mrs", "ms", "miss", "dear", "there"}
_RULE: Final = "name.repeat"


class Repeats:
    """The words of a call that were hidden, and those that stand for a secret again."""

    __slots__ = ("_firsts", "_known")

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], Kind] = {}
        self._firsts: set[str] = set()

    def learn(self, line: Line, spans: Iterable[Span]) -> None:
        """Remember the words of what was hidden: those that nobody knows, and pairs that are no talk."""
        for span in spans:
            if span.kind not in _KINDS or len(self._known) >= _MOST:
                continue
            inside = _inside(line, span)
            words = [word for word in inside if word[0].isalpha() and len(word) > 1]
            if span.kind is not Kind.ADDRESS:
                for word in words:
                    if len(word) >= _SHORTEST and (not is_known(word) or word in GIVEN):
                        self._known.setdefault((word,), span.kind)
            if span.kind is Kind.PASSWORD and len(inside) <= _LONGEST and not (len(inside) == 1 and is_talk(inside[0])):
                self._known.setdefault(tuple(inside), span.kind)
            for at in range(len(words) - 1):
                one, other = words[at], words[at + 1]
                if not (_of_talk(one) or _of_talk(other)) or (span.kind is Kind.ADDRESS and not is_known(one)):
                    self._known.setdefault((one, other), span.kind)

    def keep(self, text: bytes) -> list[str]:
        """Forget what a folded call holds only once; list the first words of what is left. `spans` comes after it."""
        firsts = {words[0] for words in self._known}
        self._firsts = {first for first in firsts if text.count(first.encode()) > 1}
        if not self._firsts:
            self._known.clear()
            return []
        self._known = {words: kind for words, kind in self._known.items() if words[0] in self._firsts}
        return sorted(self._firsts)

    def spans(self, line: Line, found: Sequence[Span]) -> list[Span]:
        """List where they come again in an utterance, outside of what was found."""
        words = line.words
        kinds: dict[int, Kind] = {}
        for at in range(len(words)):
            if words[at] not in self._firsts:
                continue
            for size in range(1, _LONGEST + 1):
                kind = self._known.get(tuple(words[at : at + size])) if at + size <= len(words) else None
                if kind is not None and (size > 1 or words[at] not in GIVEN or _addressed(line, at)):
                    kinds.update(dict.fromkeys(range(at, at + size), kind))
        again: list[Span] = []
        behind = 0  # spans of `found` that end before the token; they are sorted and apart
        for at, kind in sorted(kinds.items()):
            start, end = line.place(at, at)
            while behind < len(found) and found[behind].end <= start:
                behind += 1
            if behind < len(found) and found[behind].start < end:
                continue
            if again and at - 1 in kinds and again[-1].end == line.end(at - 1) and again[-1].kind is kind:
                start = again.pop().start
            again.append(Span(start, end, kind, _RULE, Source.CUE))
        return again

    def __bool__(self) -> bool:
        return bool(self._known)


def _of_talk(word: str) -> bool:
    return is_talk(word) and word not in GIVEN


def _inside(line: Line, span: Span) -> list[str]:
    """List the words of a span."""
    inside: list[str] = []
    for at in range(line.behind(span.start), len(line.words)):
        if line.end(at) > span.end:
            break
        inside.append(line.words[at])
    return inside


def _addressed(line: Line, at: int) -> bool:
    """Tell a name from the word that it is as well: a capital, or "thank you will" at the end."""
    return answers.proper(line, at) or (
        ((at == 0 and len(line.words) <= _CALLED) or (at > 0 and line.words[at - 1] in _BEFORE))
        and answers.closes(line, at)
    )


def again(scene: Scene, found: list[list[Span]]) -> Iterable[tuple[int, list[Span]]]:
    """Look through a whole call for what was hidden somewhere in it."""
    repeats = Repeats()
    for index, spans in enumerate(found):
        if spans and any(span.kind in _KINDS for span in spans):
            repeats.learn(scene.line(index), spans)
    if not repeats:
        return
    texts = [scene.text(index) for index in range(len(found))]
    call = fold("|".join(texts)).encode()
    if firsts := repeats.keep(call):
        ends = list(accumulate(len(text) + 1 for text in texts))
        for index in sorted({bisect_right(ends, at) for first in firsts for at in _all(first.encode(), call)}):
            if more := repeats.spans(scene.line(index), found[index]):
                yield index, more


def _all(word: bytes, text: bytes) -> Iterable[int]:
    """List where a word begins."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
