"""Cut a folded utterance into words, numbers, marks and tags, and tell the class of each by itself.

A loop over bytes: this runs for every utterance that is looked at, and becomes plain C where the package is compiled.
"""

import re
from typing import Final

from consumer.redaction import lexicon as lx

OWN_TAG: Final = "[redacted_"
# Our tags, also with what a policy leaves (four digits, or consonants under the id of a key), and those of others.
_TAG: Final = re.compile(
    r"\[redacted_[a-z_]{1,20}(?: ending [0-9]{4}| [a-z-]{1,16}:[b-t]{16})?\]|\[[a-z' ]{1,40}\]", re.ASCII
)
_MARK: Final = 0
_LETTER: Final = 1
_DIGIT: Final = 2
_SPACE: Final = 3
_BRACKET: Final = 4
_KINDS: Final = bytes(
    _SPACE
    if chr(code).isspace() and code < 128  # noqa: PLR2004 - folded text is ASCII, but for what stands for a hidden value
    else _LETTER
    if chr(code) in "abcdefghijklmnopqrstuvwxyz"
    else _DIGIT
    if chr(code) in "0123456789"
    else _BRACKET
    if chr(code) == "["
    else _MARK
    for code in range(256)
)
_APOSTROPHE: Final = ord("'")


class Tokens:
    """The tokens of one utterance: their words, where they stand (start, end), and the class of each without its neighbours."""

    __slots__ = ("classes", "digits", "places", "words")

    def __init__(self, text: str) -> None:
        """`text` is folded. `digits` tells whether any stands in it."""
        self.words: list[str] = []
        self.places: list[tuple[int, int]] = []
        self.classes: list[str] = []
        self.digits = False
        self._read(text)

    def _read(self, text: str) -> None:
        data = text.encode("latin-1")
        kinds, at, size = _KINDS, 0, len(data)
        while at < size:
            kind = kinds[data[at]]
            start = at
            at += 1
            if kind == _SPACE:
                continue
            if kind == _LETTER:
                while at < size and kinds[data[at]] == _LETTER:
                    at += 1
                if at + 1 < size and data[at] == _APOSTROPHE and kinds[data[at + 1]] == _LETTER:
                    at += 2
                    while at < size and kinds[data[at]] == _LETTER:
                        at += 1
                word = text[start:at]
                letter = self._ordinal(word, start) or lx.CLASSES.get(word, lx.OTHER)
            elif kind == _DIGIT:
                while at < size and kinds[data[at]] == _DIGIT:
                    at += 1
                word, letter, self.digits = text[start:at], lx.WRITTEN, True
            elif kind == _BRACKET and (tag := _TAG.match(text, start)) is not None:
                at = tag.end()
                word = text[start:at]
                letter = lx.TAG if word.startswith(OWN_TAG) or word in lx.VENDOR_TAGS else lx.FILLER
            else:
                word = text[start:at]
                letter = lx.CLASSES.get(word, lx.OTHER)
            self.words.append(word)
            self.places.append((start, at))
            self.classes.append(letter)

    def _ordinal(self, word: str, start: int) -> str | None:
        """Read "th" and the number that it touches as one ordinal."""
        if not self.digits or word not in lx.ORDINAL_ENDINGS:
            return None
        if self.classes[-1] != lx.WRITTEN or self.places[-1][1] != start:
            return None
        self.classes[-1] = lx.ORDINAL
        return lx.ORDINAL
