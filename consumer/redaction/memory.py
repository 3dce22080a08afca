"""Remember numbers that were hidden, by their four-digit windows, so that a repeat is known."""

import hashlib
from abc import ABC, abstractmethod
from typing import Final

from consumer.redaction.ints import i64, read_i64_le

WINDOW: Final = 4
_MOST_WINDOWS: Final = 256
_HASH_BYTES: Final = 4
_WINDOW_BYTES: Final = 2
_WINDOWS: Final = 10_000
_ZERO: Final = 48  # "0"
_NINE: Final = 9
_CHUNK: Final = 8  # bytes that are read at once
_SHORT: Final = 0xFFFFFFFFFFFFFF  # all bits of seven of them, as eight might be a negative number
_ASCII: Final = 0x7F7F7F7F7F7F7F
_FROM_ZERO: Final = 0x50505050505050  # added to a character, it sets the top bit from "0" on,
_PAST_NINE: Final = 0x46464646464646  # and from behind "9" on
_TOPS: Final = 0x80808080808080
_BITS: Final = 30  # what fits into one digit of Python's integers


class Memory(ABC):
    """The hidden numbers of one conversation."""

    @abstractmethod
    def add(self, digits: str) -> None:
        """Remember a number."""

    @abstractmethod
    def knows(self, digits: str) -> bool:
        """Tell whether every four-digit window of a number was hidden before."""

    @abstractmethod
    def touches(self, data: bytes) -> bool:
        """Tell whether any four-digit window of the digits of an ASCII text, the rest left out, was hidden before."""

    @property
    @abstractmethod
    def empty(self) -> bool:
        """Tell whether nothing was hidden yet."""


class CallMemory(Memory):
    """For a call that is redacted at once, beside its raw text: plain and fast."""

    __slots__ = ("_marks", "_order")

    def __init__(self) -> None:
        self._marks: list[int] = []  # one bit for each window; none before the first number
        self._order: list[int] = []

    def add(self, digits: str) -> None:
        """Remember a number; the oldest are forgotten, or in a very long call every short number would be a repeat."""
        if self.knows(digits):
            return
        if not self._marks:
            self._marks = [0] * (_WINDOWS // _BITS + 1)
        for window in _windows(digits.encode()):
            if not _is_marked(self._marks, window):
                _turn(self._marks, window)
                self._order.append(window)
        if len(self._order) > _MOST_WINDOWS:
            forgotten = self._order[:-_MOST_WINDOWS]
            for window in forgotten:
                _turn(self._marks, window)
            del self._order[: len(forgotten)]

    def knows(self, digits: str) -> bool:
        """Tell whether every four-digit window of a number was hidden before."""
        return bool(self._order) and len(digits) >= WINDOW and _marked(self._marks, digits.encode(), every=True)

    def touches(self, data: bytes) -> bool:
        """Tell whether any four-digit window of the digits of an ASCII text, the rest left out, was hidden before."""
        return bool(self._order) and _marked(self._marks, data, every=False)

    @property
    def empty(self) -> bool:
        """Tell whether nothing was hidden yet."""
        return not self._order


class KeyedMemory(Memory):
    """For a conversation that stays open: keyed hashes, at most 1 KiB, from which no number can be read without the key."""

    __slots__ = ("_hashes", "_key")

    def __init__(self, key: bytes) -> None:
        """`key` is random, of at most 64 bytes, and written nowhere."""
        self._key = key
        self._hashes = b""

    def add(self, digits: str) -> None:
        """Remember a number; the oldest are forgotten."""
        for window in map(self._hash, _windows(digits.encode())):
            if not self._holds(window):
                self._hashes += window
        self._hashes = self._hashes[-_MOST_WINDOWS * _HASH_BYTES :]

    def knows(self, digits: str) -> bool:
        """Tell whether every four-digit window of a number was hidden before."""
        return (
            bool(self._hashes)
            and len(digits) >= WINDOW
            and all(self._holds(self._hash(one)) for one in _windows(digits.encode()))
        )

    def touches(self, data: bytes) -> bool:
        """Tell whether any four-digit window of the digits of an ASCII text, the rest left out, was hidden before."""
        return bool(self._hashes) and any(self._holds(self._hash(one)) for one in _windows(data))

    @property
    def empty(self) -> bool:
        """Tell whether nothing was hidden yet."""
        return not self._hashes

    def _hash(self, window: int) -> bytes:
        return hashlib.blake2b(window.to_bytes(_WINDOW_BYTES, "big"), digest_size=_HASH_BYTES, key=self._key).digest()

    def _holds(self, window: bytes) -> bool:
        at = self._hashes.find(window)
        while at >= 0 and at % _HASH_BYTES:
            at = self._hashes.find(window, at + 1)
        return at >= 0


def _windows(data: bytes) -> list[int]:
    """List the numbers that every four digits in a row are, whatever stands between them."""
    found: list[int] = []
    at, count, window = _next(data, 0, 0, 0)
    while at:
        found.append(window)
        at, count, window = _next(data, at, count, window)
    return found


def _next(data: bytes, at: i64, count: i64, window: i64) -> tuple[i64, i64, i64]:
    """Go on to the next four digits in a row, given how many there were and the last window.

    Return where they end, how many there were with them, and their window; 0 for the place where there are no more.
    """
    size = i64(len(data))
    while at < size:
        while at + _CHUNK <= size and _is_without_digits(read_i64_le(data, at) & _SHORT):
            at += _CHUNK - 1
        digit = i64(data[at]) - _ZERO
        at += 1
        if 0 <= digit <= _NINE:
            count += 1
            window = (window * 10 + digit) % _WINDOWS
            if count >= WINDOW:
                return at, count, window
    return 0, count, window


def _is_without_digits(characters: i64) -> bool:
    """Tell whether none of seven characters is a digit."""
    plain = characters & _ASCII
    return (plain + _FROM_ZERO) & ~(plain + _PAST_NINE) & ~characters & _TOPS == 0


def _marked(marks: list[int], data: bytes, *, every: bool) -> bool:
    """Tell whether every window of a text, or any, is marked."""
    at, count, window = _next(data, 0, 0, 0)
    while at:
        if _is_marked(marks, window) != every:
            return not every
        at, count, window = _next(data, at, count, window)
    return every


def _is_marked(marks: list[int], window: i64) -> bool:
    return (i64(marks[window // _BITS]) >> window % _BITS) & 1 != 0


def _turn(marks: list[int], window: i64) -> None:
    """Mark a window, or take its mark away."""
    marks[window // _BITS] = i64(marks[window // _BITS]) ^ (i64(1) << window % _BITS)
