"""Cut a folded utterance into words, numbers, marks and tags, and tell the class of each by itself.

A loop over bytes: this runs for every utterance that is looked at, and becomes plain C where the package is compiled.
"""

import re
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction.ints import BytesWriter, i64, mypyc_attr, read_i64_le, u8, write_i64_le
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
from consumer.redaction.wordtable import PAD, UNKNOWN, letters_before, letters_end, no_letters

OWN_TAG: Final = "[redacted_"
# Our tags, also with what a policy leaves (four digits, or consonants under the id of a key), and those of others.
_TAG: Final = re.compile(
    r"\[redacted_[a-z_]{1,20}(?: ending [0-9]{4}| [a-z-]{1,16}:[b-t]{16})?\]|\[[a-z' ]{1,40}\]", re.ASCII
)
_MARK: Final = 0
_LETTER: Final = 1
_DIGIT: Final = 2
_BRACKET: Final = 3
_KINDS: Final = bytes(
    _LETTER
    if chr(code) in "abcdefghijklmnopqrstuvwxyz"
    else _DIGIT
    if chr(code) in "0123456789"
    else _BRACKET
    if chr(code) == "["
    else _MARK
    for code in range(256)
)
_BYTE: Final = 0xFF
_FIRST: Final = 0x80  # the mark of the first character
_BLANK: Final = 32
_APOSTROPHE: Final = 39
_ONE: Final = 49  # "1"
_S: Final = 115  # "s"
_OTHER: Final = ord(lx.OTHER)
_ORDINAL: Final = ord(lx.ORDINAL)
_WRITTEN: Final = ord(lx.WRITTEN)
_NOWHERE: Final = -2
_WRITTEN_OUT: Final = BytesWriter()  # takes the place of those that are done with, each half a kilobyte


@mypyc_attr(acyclic=True)
class Tokens:
    """The tokens of one utterance: their words, where they start (eight bytes each), and the class of each without its neighbours."""

    __slots__ = (
        "_begun",
        "_classes",
        "_lookup",
        "_starts",
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
        """`text` is folded: no letter is a capital, and a space is the only blank."""
        self._lookup = lookup
        self.words: list[str] = []
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
        self._starts = BytesWriter()
        self._classes = BytesWriter()
        self._read(text)
        self.starts = self._starts.getvalue()
        self.classes = self._classes.getvalue().decode("latin-1")
        self._starts = self._classes = _WRITTEN_OUT

    def _read(self, text: str) -> None:  # noqa: C901, PLR0912 - a call for each word costs a third
        data = text.encode("latin-1") + PAD
        lookup, words, starts, classes = self._lookup, self.words, self._starts, self._classes
        table, known_words = lookup.table, lookup.words
        at, size = i64(0), i64(len(text))
        while at < size:
            characters = read_i64_le(data, at)  # also for one character: an index makes an integer of Python
            if characters & _BYTE == _BLANK:
                at += 1
                continue
            marks = no_letters(characters)
            if marks & _FIRST:
                at = self._read_other(text, data, at, size)
                continue
            start, known = at, i64(0)
            if marks:
                at += letters_before(marks)
                known = table.leading(characters, marks)
            else:
                at = letters_end(data, at)
                known = table.find(data, start, at)
            write_i64_le(starts, start)
            if at == start + 1 and self._written >= start - 1:
                self.checked = True
            if read_i64_le(data, at) & _BYTE == _APOSTROPHE:
                end = letters_end(data, at + 1)
                if end > at + 1:
                    self.possessive = self.possessive or data[at + 1] == _S
                    at = end
                    known = table.find(data, start, at)
            if known == UNKNOWN:
                self._begun = False
                if at - start <= len("AB"):
                    self.said |= SPELLS
                words.append(text[start:at])
                classes.append(_OTHER)
                continue
            said = (known >> SAID_AT) & SAID
            if self._begun or said & OF_CUES:
                self._heed_cue(said)
            self.said |= said
            word = known_words[known >> WORD_AT]
            if self._written == start and word in lx.ORDINAL_ENDINGS:
                classes[i64(len(words)) - 1] = _ORDINAL  # "th" and the number that it touches are one
                classes.append(_ORDINAL)
            else:
                classes.append(u8(known & CLASS))
            words.append(word)

    def _read_other(self, text: str, data: bytes, at: i64, size: i64) -> i64:
        """Read what begins with neither a space nor a letter."""
        kind: i64 = _KINDS[data[at]]
        write_i64_le(self._starts, at)
        if kind == _DIGIT:
            return self._read_digits(text, data, at, size)
        if kind == _BRACKET and (tag := _TAG.match(text, at)) is not None:
            self._add_tag(tag.group())
            return tag.end()
        self._heed_cue(self._lookup.marks_say[data[at]])
        self.words.append(text[at : at + 1])
        self._classes.append(u8(self._lookup.marks[data[at]]))
        return at + 1

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
        self._classes.append(_WRITTEN)
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
        self._classes.append(u8(ord(lx.TAG if tag.startswith(OWN_TAG) or tag in lx.VENDOR_TAGS else lx.FILLER)))
