"""Names, passwords and streets that were hidden once, wherever they come again: read back, or repeated later in the call."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from consumer.redaction import answers
from consumer.redaction.everyday import GIVEN
from consumer.redaction.fold import fold
from consumer.redaction.ints import BytesWriter, i64, read_i64_le, write_i64_le
from consumer.redaction.line import Line
from consumer.redaction.scene import Scene
from consumer.redaction.span import Kind, Source, Span
from consumer.redaction.vocabulary import is_known, is_talk

KINDS: Final = (Kind.PERSON_NAME, Kind.PASSWORD, Kind.ADDRESS)
_TYPE: Final = 3  # the bits of a type
_HASH_BYTES: Final = 8
_LONGEST: Final = 4  # words of a password that is known again as a whole
_CALLED: Final = 2  # words of an utterance that only calls somebody by name
_SHORTEST: Final = 3  # letters of a word that is known again on its own
_MOST: Final = 64  # words and pairs of words that are remembered in a call
_BEFORE: Final = answers.PIVOTS | {"you", "mr", "mrs", "ms", "miss", "dear", "there"}
_RULE: Final = "name.repeat"


class Repeats:
    """What stands for a secret again: the words of a call that were hidden.

    Eight bytes for each, as many conversations may be open: a hash of Python's, which are keyed anew in every process, and the type.
    """

    __slots__ = ("_firsts", "_known")

    def __init__(self) -> None:
        self._known = b""
        self._firsts = b""  # the hashes of their first words

    def learn(self, line: Line, spans: Iterable[Span]) -> list[str]:
        """Remember what was hidden in an utterance; return the first words of it."""
        forms: dict[tuple[str, ...], Kind] = {}
        room = _MOST - len(self._known) // _HASH_BYTES
        for span in spans:
            if span.kind in KINDS and len(forms) < room:
                for words in _forms(line, span):
                    if self._kind(words) is None:
                        forms.setdefault(words, span.kind)
        known, begin = BytesWriter(), BytesWriter()
        for words, kind in forms.items():
            write_i64_le(known, _hash(words) | KINDS.index(kind))
            write_i64_le(begin, _hash(words[:1]))
        self._known += known.getvalue()
        self._firsts += begin.getvalue()
        return [words[0] for words in forms]

    def keep(self, firsts: Iterable[str]) -> None:
        """Forget what begins with any other word."""
        begin = BytesWriter()
        for first in firsts:
            write_i64_le(begin, _hash((first,)))
        self._firsts = begin.getvalue()

    def _kind(self, words: tuple[str, ...]) -> Kind | None:
        at = _place(self._known, _hash(words))
        return None if at < 0 else KINDS[read_i64_le(self._known, at) & _TYPE]

    def spans(self, line: Line, found: Sequence[Span]) -> list[Span]:
        """List where they come again in an utterance, outside of what was found."""
        words = line.words
        kinds: dict[int, Kind] = {}
        for at in range(len(words)):
            if _place(self._firsts, _hash((words[at],))) < 0:
                continue
            for size in range(1, _LONGEST + 1):
                kind = self._kind(tuple(words[at : at + size])) if at + size <= len(words) else None
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


def _hash(words: tuple[str, ...]) -> i64:
    """Hash some words, with room for a type."""
    return i64(hash(words)) & ~_TYPE


def _place(hashes: bytes, wanted: i64) -> i64:
    """Tell where a hash stands; -1 if it does not."""
    at, size = i64(0), i64(len(hashes))
    while at < size:
        if read_i64_le(hashes, at) & ~_TYPE == wanted:
            return at
        at += _HASH_BYTES
    return -1


def _forms(line: Line, span: Span) -> list[tuple[str, ...]]:
    """List what stands for a hidden value again: its words that nobody knows, pairs that are no talk, a short password as a whole."""
    inside = _inside(line, span)
    words = [word for word in inside if word[0].isalpha() and len(word) > 1]
    forms: list[tuple[str, ...]] = []
    if span.kind is not Kind.ADDRESS:
        forms += [(word,) for word in words if len(word) >= _SHORTEST and (not is_known(word) or word in GIVEN)]
    if span.kind is Kind.PASSWORD and 0 < len(inside) <= _LONGEST and not (len(inside) == 1 and is_talk(inside[0])):
        forms.append(tuple(inside))
    for at in range(len(words) - 1):
        one, other = words[at], words[at + 1]
        if not (_of_talk(one) or _of_talk(other)) or (span.kind is Kind.ADDRESS and not is_known(one)):
            forms.append((one, other))
    return forms


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
    learnt: set[str] = set()
    for index, spans in enumerate(found):
        if spans and any(span.kind in KINDS for span in spans):
            learnt.update(repeats.learn(scene.line(index), spans))
    if not learnt:
        return
    texts = [scene.text(index) for index in range(len(found))]
    call = fold("|".join(texts)).encode()
    if firsts := [first for first in learnt if call.count(first.encode()) > 1]:
        repeats.keep(firsts)
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
