"""What is known of single words: their class, what they say of their utterance, and whether a cue may begin with them."""

from collections.abc import Iterable
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction.alphabets import CODE_WORDS
from consumer.redaction.questions import TELLING
from consumer.redaction.wordtable import WordTable

# What a known word says of its utterance, by bits.
PHRASES: Final = 1  # it may be part of a phrase that is no number
CODES: Final = 2  # "tango"
INTRODUCES: Final = 4
TELLS: Final = 8  # it tells what is asked for
CORRECTS: Final = 16
NOUNS: Final = 32  # a number is spoken of
SPELLS: Final = 64  # a letter, or two that may be said one by one
BEGINS: Final = 128  # a cue may begin with it
_PAIRS: Final = frozenset(
    word
    for word in lx.COMMON.union(lx.HOLDERS, lx.LOOSE_WORDS, lx.ORDINAL_ENDINGS, lx.NEIGHBOURS)
    if len(word) == len("AB") and lx.CLASSES.get(word, lx.OTHER) in (lx.OTHER, lx.NEIGHBOUR)
)
_SAID: Final = {
    PHRASES: frozenset(("one", "just", "least", *lx.PARTS, *lx.MULTIPLIERS)), CODES: CODE_WORDS, INTRODUCES: lx.INTRODUCING,
    TELLS: TELLING, CORRECTS: lx.CORRECTIONS, NOUNS: lx.NUMBER_NOUNS,
    SPELLS: CODE_WORDS.union("abcdefghijklmnopqrstuvwxyz", _PAIRS),
}  # fmt: skip
SAID_AT: Final = 8  # bits of a class
WORD_AT: Final = 16
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz'")


class Lookup:
    """Built once for the cues in force.

    `table` gives the number of a known word: its class (a place in `classes`), from bit 8 on what it says, from bit 16 on the
    word itself (a place in `words`, so that no new one has to be made).
    """

    __slots__ = ("classes", "digits_begin", "marks", "marks_begin", "table", "words")

    def __init__(self, beginnings: Iterable[str]) -> None:
        """`beginnings` are the first words of cues."""
        firsts = frozenset(form for word in beginnings for form in (word, f"{word}'s"))
        words = lx.COMMON.union(lx.CLASSES, lx.HOLDERS, lx.LOOSE_WORDS, lx.ORDINAL_ENDINGS, firsts, *_SAID.values())
        self.words = sorted(word for word in words if _LETTERS.issuperset(word) and word != "'")
        self.classes = sorted({lx.OTHER, *lx.CLASSES.values()})
        self.table = WordTable(
            {
                word: index << WORD_AT
                | (sum(says for says, those in _SAID.items() if word in those) + BEGINS * (word in firsts)) << SAID_AT
                | self.classes.index(lx.CLASSES.get(word, lx.OTHER))
                for index, word in enumerate(self.words)
            }
        )
        self.marks = [lx.CLASSES.get(chr(code), lx.OTHER) for code in range(256)]
        self.marks_begin = bytes(chr(code) in firsts for code in range(256))
        self.digits_begin = any(word[0].isdecimal() for word in firsts)
