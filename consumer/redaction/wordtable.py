"""Look words up in bytes, without an object for each: the words of an utterance are read where they stand, seven letters at once."""

from collections.abc import Mapping
from struct import pack
from typing import Final

from consumer.redaction.ints import i64, read_i32_le, read_i64_le

UNKNOWN: Final = -1
PAD: Final = b"\0" * 8
"""What has to follow the text in which words are looked up."""
_SHORT: Final = 7  # characters of a word that is looked up as one number; with an eighth that could be negative
_LOWER: Final = 0x2020202020202020  # the bits that make letters small, and change neither digits nor the apostrophe
_LOWER_SHORT: Final = 0x20202020202020
_ASCII: Final = 0x7F7F7F7F7F7F7F
_FROM_A: Final = 0x1F1F1F1F1F1F1F  # added to a character, it sets the top bit from "a" on,
_PAST_Z: Final = 0x05050505050505  # and from behind "z" on
_TOPS: Final = 0x80808080808080
_TOP: Final = 7  # where it stands
_THREE: Final = 0xFFFFFF  # all bits of three characters
_LOWEST: Final = 0x010101010101  # the lowest bits of six characters
_HALF_WAY: Final = 24
_ADD: Final = 0x010101  # times this, the third character is the sum of three,
_SUM: Final = 16  # from here on
_COUNT: Final = 7
_RESTS: Final = pack("<8q", *[(1 << 8 * size) - 1 for size in range(8)])  # the bits of so many characters
_FACTOR: Final = 31
_MASK: Final = 0xFFFFFFFF
_HALF: Final = 28  # bits of a short word
_SPREAD: Final = (
    0x6A09E667  # odd, and small enough that nothing overflows: multiplicative hashing, of which the top bits are used
)
_HASH_BITS: Final = 32
_LONGEST: Final = 255  # letters
_SPACE: Final = 32
_SLOT_BYTES: Final = 4
_NUMBER_BYTES: Final = 8
_CHUNK: Final = 8  # characters that are compared at once
_SPARE: Final = 4  # slots for each word


def letters_end(data: bytes, at: i64) -> i64:
    """Return where the letters end that begin at a place: that place if there are none. `data` ends with PAD."""
    while True:
        marks = no_letters(read_i64_le(data, at))
        if marks != 0:
            return at + letters_before(marks)
        at += _SHORT


def no_letters(characters: i64) -> i64:
    """Mark, by their top bits, those of the first seven characters that are no letters."""
    small = (characters | _LOWER_SHORT) & _ASCII
    return (characters | ~(small + _FROM_A) | (small + _PAST_Z)) & _TOPS


def letters_before(marks: i64) -> i64:
    """Count the characters before the first one that is marked."""
    return _size(_before(marks))


def _before(marks: i64) -> i64:
    """Give all bits of the characters before the first one that is marked."""
    return ((marks & -marks) >> _TOP) - 1


def _size(letters: i64) -> i64:
    """Count the characters, six at most, all bits of which are given."""
    lowest = letters & _LOWEST
    halves = (lowest + (lowest >> _HALF_WAY)) & _THREE  # no product of these overflows
    return ((halves * _ADD) >> _SUM) & _COUNT


class WordTable:
    """A number (64 bits) for each of some ASCII words, which are looked up whatever the case of their letters.

    An open-addressing hash table of the short words, each as the number that its characters make, with its own beside it; the
    others stand in a LongTable.
    """

    __slots__ = ("_long", "_mask", "_shift", "_slots")

    def __init__(self, words: Mapping[str, int]) -> None:
        short = {word.encode("ascii"): value for word, value in words.items() if 0 < len(word) <= _SHORT}
        bits = (_SPARE * len(short)).bit_length()
        size = 1 << bits
        self._mask: i64 = size - 1
        self._shift: i64 = _HASH_BITS - bits
        slots = [0] * (2 * size)
        for word, value in short.items():
            key = int.from_bytes(word, "little")
            slot = int(self._slot(key))
            while slots[2 * slot]:
                slot = (slot + 1) & (size - 1)
            slots[2 * slot : 2 * slot + 2] = key, value
        self._slots = pack(f"<{2 * size}q", *slots)
        self._long = LongTable({word: value for word, value in words.items() if len(word) > _SHORT})

    def _slot(self, word: i64) -> i64:
        """Tell where to begin to look."""
        return ((((word ^ (word >> _HALF)) & _MASK) * _SPREAD) & _MASK) >> self._shift

    def leading(self, characters: i64, marks: i64) -> i64:
        """Return the number of the word that some characters begin with, given the marks of `no_letters`; UNKNOWN if it has none."""
        return self._number((characters | _LOWER_SHORT) & _before(marks))

    def find(self, data: bytes, start: i64, end: i64) -> i64:
        """Return the number of a word, given where it stands; UNKNOWN if it has none. `data` ends with PAD."""
        size = end - start
        if size > _SHORT:
            return self._long.find(data, start, end)
        return self._number((read_i64_le(data, start) | _LOWER) & read_i64_le(_RESTS, size * _NUMBER_BYTES))

    def _number(self, word: i64) -> i64:
        """Return the number of a short word, given as its characters; UNKNOWN if it has none."""
        slots = self._slots
        slot = self._slot(word)
        while (there := read_i64_le(slots, 2 * _NUMBER_BYTES * slot)) != word:
            if there == 0:
                return UNKNOWN
            slot = (slot + 1) & self._mask
        return read_i64_le(slots, 2 * _NUMBER_BYTES * slot + _NUMBER_BYTES)


class LongTable:
    """A number (64 bits) for each of some ASCII words of any length, or of pairs of words with a space between them.

    An open-addressing hash table: slots point to entries, an entry is the length of a word, the word and its number.
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
            slot = int(self._slot(_of(data)))
            while slots[slot]:
                slot = (slot + 1) & (size - 1)
            slots[slot] = len(entries)
            entries += bytes([len(data)]) + data + pack("<q", value)
        self._slots = pack(f"<{size}i", *slots)
        self._entries = bytes(entries) + PAD

    def _slot(self, hashed: i64) -> i64:
        """Tell where to begin to look."""
        return ((hashed * _SPREAD) & _MASK) >> self._shift

    def find(self, data: bytes, start: i64, end: i64) -> i64:
        """Return the number of a word, given where it stands; UNKNOWN if it has none. `data` ends with PAD."""
        slots, entries, size = self._slots, self._entries, end - start
        slot = self._slot(_hash(data, start, end))
        while (entry := i64(read_i32_le(slots, slot * _SLOT_BYTES))) != 0:
            if i64(entries[entry]) == size and _same(entries, entry + 1, data, start, size):
                return read_i64_le(entries, entry + 1 + size)
            slot = (slot + 1) & self._mask
        return UNKNOWN

    def find_pair(self, data: bytes, one: tuple[i64, i64], other: tuple[i64, i64]) -> i64:
        """Return the number of two words, given where they begin and end, whatever stands between them; UNKNOWN if they have none."""
        slots, entries, first, second = self._slots, self._entries, one[1] - one[0], other[1] - other[0]
        slot = self._slot(_pair(_hash(data, one[0], one[1]), _hash(data, other[0], other[1])))
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
        if read_i64_le(one, at) != read_i64_le(other, start) | _LOWER:
            return False
        at += _CHUNK
        start += _CHUNK
        size -= _CHUNK
    rest = read_i64_le(_RESTS, size * _NUMBER_BYTES)
    return (read_i64_le(one, at) ^ (read_i64_le(other, start) | _LOWER)) & rest == 0


def _hash(data: bytes, start: i64, end: i64) -> i64:
    """Hash a word by its first eight characters and its last eight."""
    size = end - start
    first = read_i64_le(data, start) | _LOWER
    if size < _CHUNK:
        return _folded(first & read_i64_le(_RESTS, size * _NUMBER_BYTES))
    return (_folded(first) * _FACTOR + _folded(read_i64_le(data, end - _CHUNK) | _LOWER)) & _MASK


def _of(word: bytes) -> i64:
    """Hash a word, or two with a space between them."""
    data, middle, size = word + PAD, i64(word.find(b" ")), i64(len(word))
    if middle < 0:
        return _hash(data, 0, size)
    return _pair(_hash(data, 0, middle), _hash(data, middle + 1, size))


def _folded(characters: i64) -> i64:
    """Make 32 bits of eight characters."""
    return (characters ^ (characters >> _HALF)) & _MASK


def _pair(one: i64, other: i64) -> i64:
    """Make the hash of two words of theirs."""
    return (one * _FACTOR + other) & _MASK
