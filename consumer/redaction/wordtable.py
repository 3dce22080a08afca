"""Look words up in bytes, without an object for each: the words of an utterance are hashed where they stand."""

from collections.abc import Mapping
from typing import Final

from consumer.redaction.ints import i64

UNKNOWN: Final = -1
LETTERS: Final = ord("a")  # the first of them, and of what is no mark
_FACTOR: Final = 31
_MASK: Final = 0xFFFFFFFF
_LONGEST: Final = 255  # letters
_SPACE: Final = ord(" ")
_VALUE_BYTES: Final = 5
_SLOT_BYTES: Final = 3
_SPARE: Final = 4  # slots for each word


def step(hashed: i64, code: i64) -> i64:
    """Go on with the hash of a word, which begins as 0, by one character."""
    return (hashed * _FACTOR + code) & _MASK


class WordTable:
    """A number of up to 40 bits for each of some ASCII words, or of pairs of words with a space between them.

    An open-addressing hash table: slots point to entries, an entry is the length of a word, the word and its number.
    """

    __slots__ = ("_entries", "_mask", "_slots")

    def __init__(self, words: Mapping[str, int]) -> None:
        size = 1
        while size < _SPARE * len(words):
            size *= 2
        slots = [0] * size
        entries = bytearray(1)  # 0 points to no entry
        for word, value in words.items():
            data = word.encode("ascii")
            if not 0 < len(data) <= _LONGEST:
                continue  # too long to be looked for
            slot = int(_hash(data, 0, len(data), 0)) & (size - 1)
            while slots[slot]:
                slot = (slot + 1) & (size - 1)
            slots[slot] = len(entries)
            entries += bytes([len(data)]) + data + value.to_bytes(_VALUE_BYTES, "little")
        self._mask: i64 = size - 1
        self._slots = b"".join(slot.to_bytes(_SLOT_BYTES, "little") for slot in slots)
        self._entries = bytes(entries)

    def find(self, data: bytes, start: i64, end: i64, hashed: i64) -> i64:
        """Return the number of a word, given where it stands and its hash; UNKNOWN if it has none."""
        slots, entries, size = self._slots, self._entries, end - start
        slot = hashed & self._mask
        while (entry := _entry(slots, slot)) != 0:
            if i64(entries[entry]) == size and _same(entries, entry + 1, data, start, size):
                return _value(entries, entry + 1 + size)
            slot = (slot + 1) & self._mask
        return UNKNOWN

    def find_pair(self, data: bytes, one: tuple[i64, i64], other: tuple[i64, i64]) -> i64:
        """Return the number of two words, given where they begin and end, whatever stands between them; UNKNOWN if they have none."""
        slots, entries, first, second = self._slots, self._entries, one[1] - one[0], other[1] - other[0]
        hashed = step(_hash(data, one[0], one[1], 0), _SPACE)
        slot = _hash(data, other[0], other[1], hashed) & self._mask
        while (entry := _entry(slots, slot)) != 0:
            if (
                i64(entries[entry]) == first + 1 + second
                and _same(entries, entry + 1, data, one[0], first)
                and i64(entries[entry + 1 + first]) == _SPACE
                and _same(entries, entry + 2 + first, data, other[0], second)
            ):
                return _value(entries, entry + 2 + first + second)
            slot = (slot + 1) & self._mask
        return UNKNOWN


def _entry(slots: bytes, slot: i64) -> i64:
    at = slot * _SLOT_BYTES
    return i64(slots[at]) | (i64(slots[at + 1]) << 8) | (i64(slots[at + 2]) << 16)


def _same(one: bytes, at: i64, other: bytes, start: i64, size: i64) -> bool:
    index: i64 = 0
    while index < size:
        if i64(one[at + index]) != i64(other[start + index]):
            return False
        index += 1
    return True


def _hash(data: bytes, at: i64, end: i64, hashed: i64) -> i64:
    """Go on with a hash by the characters from one place to another."""
    while at < end:
        hashed = step(hashed, data[at])
        at += 1
    return hashed


def _value(entries: bytes, at: i64) -> i64:
    return (
        i64(entries[at])
        | (i64(entries[at + 1]) << 8)
        | (i64(entries[at + 2]) << 16)
        | (i64(entries[at + 3]) << 24)
        | (i64(entries[at + 4]) << 32)
    )
