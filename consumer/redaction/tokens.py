"""Cut a folded utterance into words, numbers, marks and tags, and tell the class of each by itself.

A loop over bytes: this runs for every utterance that is looked at, and becomes plain C where the package is compiled.
"""

import re
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction.ints import i64, mypyc_attr
from consumer.redaction.lookup import (
    BEGINS,
    CLASS,
    CUE,
    OF_CUES,
    PHRASES,
    SAID,
    SAID_AT,
    SECOND,
    SPELLS,
    WORD_AT,
    Lookup,
)
from consumer.redaction.wordtable import PAD, UNKNOWN, letters_end

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
_APOSTROPHE: Final = 39
_ONE: Final = 49  # "1"
_S: Final = 115  # "s"
_NOWHERE: Final = -2


@mypyc_attr(acyclic=True)
class Tokens:
    """The tokens of one utterance: their words, where they start, and the class of each without its neighbours."""

    __slots__ = (
        "_begun",
        "_lookup",
        "_written",
        "begins",
        "checked",
        "classes",
        "digits",
        "led",
        "possessive",
        "said",
        "starts",
        "words",
    )

    def __init__(self, text: str, lookup: Lookup) -> None:
        """`text` is folded."""
        self._lookup = lookup
        self.words: list[str] = []
        self.starts: list[int] = []
        self.classes: list[str] = []
        self.begins: list[int] = []
        """The tokens with which a cue may begin."""
        self.digits = False
        """Whether any digit stands in it."""
        self.led = False
        """Whether a letter stands right before two digits, as in an IBAN."""
        self.checked = False
        """Whether a single letter follows digits, as in the numbers that it is the check of."""
        self.possessive = False
        """Whether any word may be one: "pin's"."""
        self.said: i64 = 0
        """What any of its words says."""
        self._begun = False  # a cue may begin with the token before
        self._written: i64 = _NOWHERE  # where the last digits end
        self._read(text)

    def _read(self, text: str) -> None:
        data = text.encode("latin-1") + PAD
        kinds, at, size = _KINDS, i64(0), i64(len(text))
        starts = self.starts
        while at < size:
            kind: i64 = kinds[data[at]]
            start = at
            if kind == _SPACE:
                at += 1
                continue
            if kind == _LETTER:
                at = self._read_word(text, data, start)
            elif kind == _DIGIT:
                at = self._read_digits(text, data, start, size)
            elif kind == _BRACKET and (tag := _TAG.match(text, start)) is not None:
                at = tag.end()
                self._add_tag(tag.group())
            else:
                at += 1
                self._heed_cue(self._lookup.marks_say[data[start]])
                self.words.append(text[start:at])
                self.classes.append(self._lookup.marks[data[start]])
            starts.append(start)

    def _read_word(self, text: str, data: bytes, start: i64) -> i64:
        lookup = self._lookup
        at, known = lookup.table.read(data, start)
        if at == start + 1 and self._written >= start - 1:
            self.checked = True
        if data[at] == _APOSTROPHE and _KINDS[data[at + 1]] == _LETTER:
            self.possessive = self.possessive or data[at + 1] == _S
            at = letters_end(data, at + 1)
            known = lookup.table.find(data, start, at)
        if known == UNKNOWN:
            self._begun = False
            if at - start <= len("AB"):
                self.said |= SPELLS
            self.words.append(text[start:at])
            self.classes.append(lx.OTHER)
            return at
        said = (known >> SAID_AT) & SAID
        if self._begun or said & OF_CUES:
            self._heed_cue(said)
        self.said |= said
        word = lookup.words[known >> WORD_AT]
        self.words.append(word)
        if self._written == start and word in lx.ORDINAL_ENDINGS:
            self.classes[-1] = lx.ORDINAL  # "th" and the number that it touches are one
            self.classes.append(lx.ORDINAL)
        else:
            self.classes.append(lookup.classes[known & CLASS])
        return at

    def _read_digits(self, text: str, data: bytes, start: i64, size: i64) -> i64:
        kinds, at = _KINDS, start
        while at < size and kinds[data[at]] == _DIGIT:
            at += 1
        self.digits, self._written = True, at
        if at > start + 1 and start > 0 and kinds[data[start - 1]] == _LETTER:
            self.led = True
        self._heed_cue(self._lookup.digits_say)
        if at == start + 1 and data[start] == _ONE:
            self.said |= PHRASES
        self.words.append(text[start:at])
        self.classes.append(lx.WRITTEN)
        return at

    def _heed_cue(self, said: i64) -> None:
        """Note where a cue may begin; call it before the token is added."""
        if self._begun and said & SECOND:
            self.begins.append(len(self.words) - 1)
        self._begun = said & BEGINS != 0
        if said & CUE:
            self._begun = False
            self.begins.append(len(self.words))

    def _add_tag(self, tag: str) -> None:
        self._heed_cue(self._lookup.tags.get(tag, 0))
        self.words.append(tag)
        self.classes.append(lx.TAG if tag.startswith(OWN_TAG) or tag in lx.VENDOR_TAGS else lx.FILLER)
