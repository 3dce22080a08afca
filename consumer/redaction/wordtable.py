"""Look words up in bytes, without an object for each: the words of an utterance are hashed where they stand."""

from collections.abc import Mapping
from struct import pack
from typing import Final

from consumer.redaction.ints import i64, read_i32_le, read_i64_le

UNKNOWN: Final = -1
FIRST_LETTER: Final = 97  # "a"
LAST_LETTER: Final = 122  # "z"
LOWER: Final = 32  # the bit that makes a letter small, and changes neither digits nor the apostrophe
_FACTOR: Final = 31
_MASK: Final = 0xFFFFFFFF
_SPREAD: Final = (
    0x6A09E667  # odd, and small enough that nothing overflows: multiplicative hashing, of which the top bits are used
)
_HASH_BITS: Final = 32
_LONGEST: Final = 255  # letters
_SPACE: Final = 32
_SLOT_BYTES: Final = 4
_CHUNK: Final = 8  # characters that are compared at once, and bytes of a number
_LOWER_CHUNK: Final = 0x2020202020202020
_RESTS: Final = pack("<8q", *[(1 << 8 * size) - 1 for size in range(8)])  # the bits of the characters left
PAD: Final = b"\0" * 8
"""What has to follow the text in which words are looked up."""
_SPARE: Final = 4  # slots for each word


def step(hashed: i64, code: i64) -> i64:
    """Go on with the hash of a word, which begins as 0, by one character; letters are small."""
    return (hashed * _FACTOR + code) & _MASK


class WordTable:
    """A number (64 bits) for each of some ASCII words, or of pairs of words with a space between them.

    The words are looked up whatever the case of their letters. An open-addressing hash table: slots point to entries, an entry is the
    length of a word, the word and its number.
    """

    __slots__ = ("_entries", "_mask", "_shift", "_slots")

    def __init__(self, words: Mapping[str, int]) -> None:
        bits = (_SPARE * len(words)).bit_length()
        size = 1 << bits
        self._mask: i64 = size - 1
        self._shift: i64 = _HASH_BITS - bits
        slots = [0] * size
        entries = bytearray(1)  # 0 points to no entry
        for word, value in words.items():
            data = word.encode("ascii")
            if not 0 < len(data) <= _LONGEST:
                continue  # too long to be looked for
            slot = int(self._slot(_hash(data, 0, len(data), 0)))
            while slots[slot]:
                slot = (slot + 1) & (size - 1)
            slots[slot] = len(entries)
            entries += bytes([len(data)]) + data + pack("<q", value)
        self._slots = pack(f"<{size}i", *slots)
        self._entries = bytes(entries) + PAD

    def _slot(self, hashed: i64) -> i64:
        """Tell where to begin to look."""
        return ((hashed * _SPREAD) & _MASK) >> self._shift

    def find(self, data: bytes, start: i64, end: i64, hashed: i64) -> i64:
        """Return the number of a word, given where it stands and its hash; UNKNOWN if it has none. `data` ends with PAD."""
        slots, entries, size = self._slots, self._entries, end - start
        slot = self._slot(hashed)
        while (entry := i64(read_i32_le(slots, slot * _SLOT_BYTES))) != 0:
            if i64(entries[entry]) == size and _same(entries, entry + 1, data, start, size):
                return read_i64_le(entries, entry + 1 + size)
            slot = (slot + 1) & self._mask
        return UNKNOWN

    def find_pair(self, data: bytes, one: tuple[i64, i64], other: tuple[i64, i64]) -> i64:
        """Return the number of two words, given where they begin and end, whatever stands between them; UNKNOWN if they have none."""
        slots, entries, first, second = self._slots, self._entries, one[1] - one[0], other[1] - other[0]
        hashed = step(_hash(data, one[0], one[1], 0), _SPACE)
        slot = self._slot(_hash(data, other[0], other[1], hashed))
        while (entry := i64(read_i32_le(slots, slot * _SLOT_BYTES))) != 0:
            if (
                i64(entries[entry]) == first + 1 + second
                and _same(entries, entry + 1, data, one[0], first)
                and i64(entries[entry + 1 + first]) == _SPACE
                and _same(entries, entry + 2 + first, data, other[0], second)
            ):
                return read_i64_le(entries, entry + 2 + first + second)
            slot = (slot + 1) & self._mask
        return UNKNOWN


def _same(one: bytes, at: i64, other: bytes, start: i64, size: i64) -> bool:
    while size >= _CHUNK:
        if read_i64_le(one, at) != read_i64_le(other, start) | _LOWER_CHUNK:
            return False
        at += _CHUNK
        start += _CHUNK
        size -= _CHUNK
    rest = read_i64_le(_RESTS, size * _CHUNK)
    return (read_i64_le(one, at) ^ (read_i64_le(other, start) | _LOWER_CHUNK)) & rest == 0


def _hash(data: bytes, at: i64, end: i64, hashed: i64) -> i64:
    """Go on with a hash by the characters from one place to another."""
    while at < end:
        hashed = step(hashed, i64(data[at]) | LOWER)
        at += 1
    return hashed
