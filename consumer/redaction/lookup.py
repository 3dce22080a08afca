"""What is known of single words: their class, what they say of their utterance, and whether a cue may begin with them."""

from collections.abc import Iterable, Sequence
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction.alphabets import CODE_WORDS
from consumer.redaction.questions import OFFERING, TELLING
from consumer.redaction.wordtable import WordTable

# What a known word says of its utterance, by bits.
PHRASES: Final = 1  # it may be part of a phrase that is no number
CODES: Final = 2  # "tango"
INTRODUCES: Final = 4
TELLS: Final = 8  # it tells what is asked for
CORRECTS: Final = 16
NOUNS: Final = 32  # a number is spoken of
SPELLS: Final = 64  # a letter, or two that may be said one by one
BEGINS: Final = 128  # a cue of several words may begin with it
CUE: Final = 256  # a cue by itself
SECOND: Final = 512  # may be the second word of a cue
SOUNDS: Final = 1024  # like a digit
OFFERS: Final = 2048  # without it, nothing is offered
OF_CUES: Final = BEGINS | CUE | SECOND


def _is_pair(word: str) -> bool:
    """Tell whether a word may be two letters of an identifier, if written in capitals."""
    return len(word) == len("AB") and lx.CLASSES.get(word, lx.OTHER) in (lx.OTHER, lx.NEIGHBOUR)


_PAIRS: Final = frozenset(
    filter(_is_pair, lx.COMMON.union(lx.HOLDERS, lx.LOOSE_WORDS, lx.ORDINAL_ENDINGS, lx.NEIGHBOURS))
)
_SAID: Final = {
    PHRASES: frozenset(("one", "just", "least", *lx.PARTS, *lx.MULTIPLIERS)), CODES: CODE_WORDS, INTRODUCES: lx.INTRODUCING,
    TELLS: TELLING, OFFERS: OFFERING, CORRECTS: lx.CORRECTIONS, NOUNS: lx.NUMBER_NOUNS,
    SOUNDS: frozenset(word for word, letter in lx.CLASSES.items() if letter == lx.NEIGHBOUR),
    SPELLS: CODE_WORDS.union("abcdefghijklmnopqrstuvwxyz", _PAIRS),
}  # fmt: skip
SAID_AT: Final = 8  # bits of a class
WORD_AT: Final = 20
CLASS: Final = (1 << SAID_AT) - 1
SAID: Final = (1 << (WORD_AT - SAID_AT)) - 1
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz'")


class Lookup:
    """Built once for the cues in force.

    `table` gives the number of a known word: the code of its class, from bit 8 on what it says, from bit 20 on the word itself (a
    place in `words`, so that no new one has to be made). `marks` are the classes of marks by their code, `marks_say` what they say
    of cues, `digits_say` and `tags` the same for digits and for tags.
    """

    __slots__ = ("digits_say", "marks", "marks_say", "table", "tags", "words")

    def __init__(self, phrases: Iterable[Sequence[str]]) -> None:
        """`phrases` are those of the cues."""
        said = {says: set(words) for says, words in _SAID.items()} | {BEGINS: set(), CUE: set(), SECOND: set()}
        for phrase in phrases:
            said[BEGINS if len(phrase) > 1 else CUE].update(_forms(phrase[0]))
            said[SECOND].update(form for word in phrase[1:2] for form in _forms(word))
        said[SPELLS].update(filter(_is_pair, said[BEGINS] | said[CUE] | said[SECOND]))
        words = lx.COMMON.union(lx.CLASSES, lx.HOLDERS, lx.LOOSE_WORDS, lx.ORDINAL_ENDINGS, *said.values())
        self.words = sorted(word for word in words if _LETTERS.issuperset(word) and word != "'")
        self.table = WordTable(
            {
                word: index << WORD_AT
                | sum(says for says, those in said.items() if word in those) << SAID_AT
                | ord(lx.CLASSES.get(word, lx.OTHER))
                for index, word in enumerate(self.words)
            }
        )
        self.marks = bytes(ord(lx.CLASSES.get(chr(code), lx.OTHER)) for code in range(256))
        self.tags = {
            word: sum(says for says, those in said.items() if word in those)
            for word in said[BEGINS] | said[CUE] | said[SECOND]
            if word.startswith("[")
        }
        of_cues = {says: said[says] for says in (BEGINS, CUE, SECOND)}
        self.marks_say = [sum(says for says, those in of_cues.items() if chr(code) in those) for code in range(256)]
        self.digits_say = sum(says for says, those in of_cues.items() if any(word[0].isdecimal() for word in those))


def _forms(word: str) -> tuple[str, str]:
    """Give a word with its possessive form, which the cues know as well."""
    return word, f"{word}'s"
