"""Read a stretch of tokens as one number: digits, number words, "double seven", "forty two", "two thousand and twenty three"."""

import re
from collections.abc import Sequence
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction.ints import mypyc_attr

_BESIDE: Final = frozenset("dnwm")
_OHS: Final = frozenset(("oh", "o"))
_PAUSE: Final = 2  # tokens
_THOUSANDS: Final = re.compile(r"\d{1,3},\d{3}")
_TOKENS: Final = 3  # of "4,005"
_MARKS: Final = frozenset(".,-")
_DIGITS: Final = frozenset("nd")
_HEAVY: Final = frozenset("xuMOAG$%")


@mypyc_attr(acyclic=True)
class Run:
    """Digits said or written in one go.

    `first` and `last` are tokens, `size` is the number of digits. `groups` are the lengths of what was written in digits, `atoms` counts what was said one by one,
    `edges` the homophones right before and behind ("to", "for"), which are digits only while a number is being given.
    """

    __slots__ = ("atoms", "digits", "edges", "first", "groups", "last", "magnitude", "singles", "size", "spoken")

    def __init__(
        self,
        place: tuple[int, int],
        edges: tuple[int, int],
        digits: list[str],
        groups: tuple[int, ...],
        *,
        singles: int = 0,
        spoken: bool = False,
        magnitude: bool = False,
    ) -> None:
        self.first, self.last = place
        self.edges = edges
        self.digits = "".join(digits)
        self.size = len(self.digits)
        self.groups = groups
        self.atoms = len(digits)
        self.singles = singles
        self.spoken = spoken
        self.magnitude = magnitude

    @property
    def edge_digits(self) -> int:
        """Number of homophones at the edges."""
        return self.first - self.edges[0] + self.edges[1] - self.last


@mypyc_attr(acyclic=True, free_list_len=1)
class _Reader:
    """Walks over the tokens of one run."""

    def __init__(self, words: Sequence[str], classes: str, first: int, last: int) -> None:
        self.words, self.classes, self.first, self.last = words, classes, first, last
        self.digits: list[str] = []
        self.groups: list[int] = []
        self.singles = 0
        self.spoken = self.magnitude = False

    def read(self) -> None:
        """Collect the digits."""
        times, index = 1, self.first
        while index <= self.last:
            letter, word = self.classes[index], self.words[index]
            if letter == lx.DIGIT:
                self._say(lx.VALUES[word] if times == 1 else lx.VALUES[word] * times)
                self.singles += times
            elif letter == lx.WRITTEN:
                self.digits.append(word * times)
                self.groups.append(len(word))
            elif letter == lx.TIMES:
                times = lx.MULTIPLIERS[word]
                index += 1
                continue
            elif letter == lx.TEEN:
                self._say(lx.TEENS[word] * times)
            elif letter == lx.TENS:
                index, value = self._tens(index)
                self._say(value * times)
            elif letter in (lx.HUNDRED, lx.THOUSAND):
                index, value = self._rest(index, 2 if letter == lx.HUNDRED else 3)
                self._say(value)
                self.magnitude = self.magnitude or letter == lx.THOUSAND or value.strip("0") != ""
            elif letter == lx.WEAK and self._between_digits(index):
                self._say(lx.HOMOPHONES[word] * times)
                self.singles += 1
            else:
                index += 1
                continue
            times, index = 1, index + 1

    def _say(self, value: str) -> None:
        self.digits.append(value)
        self.spoken = True

    def _tens(self, index: int) -> tuple[int, str]:
        """Read "forty two" as 42 and "forty" as 40."""
        follows = index + 1 + (self.words[index + 1 : index + 2] == ["-"])
        if follows <= self.last and self.classes[follows] == lx.DIGIT and lx.VALUES[self.words[follows]] != "0":
            return follows, lx.TENS_WORDS[self.words[index]][0] + lx.VALUES[self.words[follows]]
        return index, lx.TENS_WORDS[self.words[index]]

    def _rest(self, index: int, width: int) -> tuple[int, str]:
        """Read what follows "hundred" or "thousand" as its last digits; "eight hundred five five five" goes on digit by digit."""
        at = index + 1 + (self.classes[index + 1 : index + 2] == lx.JOINER)
        if at <= self.last and self.classes[at] == lx.TENS:
            at, value = self._tens(at)
            return at, value.zfill(width)
        joined = at > index + 1
        if at <= self.last and self.classes[at] in (lx.TEEN, lx.DIGIT) and (joined or width > len("00")):
            return at, lx.VALUES[self.words[at]].zfill(width)
        return index, "0" * width

    def _between_digits(self, index: int) -> bool:
        return (
            self.first < index < self.last and self.classes[index - 1] in _BESIDE and self.classes[index + 1] in _BESIDE
        )


def read(words: Sequence[str], classes: str, first: int, last: int) -> Run:
    """Read the tokens from `first` to `last`, which begin and end with a digit or number word."""
    edges = _homophones(classes, first, -1), _homophones(classes, last, 1)
    if first == last and classes[first] == lx.WRITTEN:
        return Run((first, last), edges, [words[first]], (len(words[first]),))
    read = _Reader(words, classes, first, last)
    read.read()
    return Run(
        (first, last),
        edges,
        read.digits,
        tuple(read.groups),
        singles=read.singles,
        spoken=read.spoken,
        magnitude=read.magnitude,
    )


def grouped(text: str, classes: Sequence[str], at: int) -> bool:
    """Tell whether "4,005" are digits that a recogniser wrote as thousands: beside others, or with nothing else said.

    `at` is the first token of it among the classes.
    """
    if _THOUSANDS.fullmatch(text) is None:
        return False
    before, behind = at - 1, at + _TOKENS
    while before >= 0 and classes[before] in _MARKS:
        before -= 1
    while behind < len(classes) and classes[behind] in _MARKS:
        behind += 1
    beside = classes[max(before, 0) : before + 1], classes[behind : behind + 1]
    if any(one and one[0] in _DIGITS for one in beside):
        return True
    return not any(letter in _HEAVY for letter in classes)


def _homophones(classes: str, index: int, step: int) -> int:
    """Walk over "to" and "for" beside a number."""
    while 0 <= index + step < len(classes) and classes[index + step] == lx.WEAK:
        index += step
    return index


def ohs(words: Sequence[str], classes: str, index: int, step: int) -> int:
    """Walk from a number on to an "oh" of it that a hesitation sets apart; `step` is -1 or 1."""
    at = index + step
    while 0 <= at < len(words) and abs(at - index) <= _PAUSE + 1 and (words[at] in _OHS or classes[at] in "fa,-"):
        if words[at] in _OHS:
            index = at
        at += step
    return index
