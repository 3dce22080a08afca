"""Letters said as code words: "sierra tango uniform", on their own or among letters and digits."""

from collections.abc import Sequence
from typing import Final

from consumer.redaction import lexicon as lx

CODE_WORDS: Final = frozenset(
    """
    alfa alpha bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa quebec romeo sierra tango
    uniform victor whiskey whisky xray yankee zulu
    """.split()
)
_FEWEST: Final = 3  # code words that need nothing else beside them
_WORDS: Final = ("a", "o")
_NUMERIC: Final = frozenset("dtTnm")
_BETWEEN: Final = frozenset("fa,-")


def heed(words: Sequence[str], classes: list[str]) -> None:
    """Read code words in a row as letters; two of them, or one among letters, where a number goes on."""
    letters = any(len(word) == 1 and classes[at] == lx.LETTER and word not in _WORDS for at, word in enumerate(words))
    if not letters and sum(map(CODE_WORDS.__contains__, words)) < _FEWEST - 1:
        return
    index = 0
    while index < len(words):
        if not _letter(words, classes, index):
            index += 1
            continue
        first = last = index
        count = coded = 0
        while index < len(words) and (_letter(words, classes, index) or classes[index] in _BETWEEN):
            if classes[index] not in _BETWEEN or words[index] in CODE_WORDS:
                count, last, coded = count + 1, index, coded + (words[index] in CODE_WORDS)
            index += 1
        beside = (classes[first - 1] if first else "") + (classes[index] if index < len(words) else "")
        if coded and (count >= _FEWEST or ((count > 1 or letters) and not _NUMERIC.isdisjoint(beside))):
            for at in range(first, last + 1):
                if words[at] in CODE_WORDS or words[at] == "ray":
                    classes[at] = lx.LETTER


def _letter(words: Sequence[str], classes: Sequence[str], index: int) -> bool:
    word = words[index]
    if word == "ray":
        return index > 1 and words[index - 2] == "x" and words[index - 1] == "-"
    if classes[index] == lx.MONTH and index and classes[index - 1] == lx.ORDINAL:
        return False  # "the first of november"
    return word in CODE_WORDS or (len(word) == 1 and classes[index] in (lx.LETTER, lx.CARRIER))
