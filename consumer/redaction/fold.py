"""Fold an utterance to lower-case ASCII of the same length, so that every offset stays valid in the original."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from consumer.redaction.ints import i64, read_i64_le

_APOSTROPHES: Final = frozenset("\u2018\u2019\u201b\u02bc\u00b4`")
_DOTS: Final = frozenset("\u3002\uff0e\uff61\u00b7\u2022\u2024")
_STRANGE: Final = re.compile(r"[^\x00-\x7f]")
_FEW: Final = 8  # different characters of a text up to which they are replaced one after another
_OTHER_LETTER: Final = "x"
_OTHER: Final = "~"
_SPACE: Final = 0x20
_DELETE: Final = 0x7F
_CHUNK: Final = 8  # bytes that are read at once
_SHORT: Final = 0xFFFFFFFFFFFFFF
_SPACES: Final = 0x20202020202020
_ONES: Final = 0x01010101010101  # makes the top bit of DELETE
_TOPS: Final = 0x80808080808080


_ASCII: Final = 128
_MOST_KNOWN: Final = 0x4000  # characters kept, whatever is thrown at it


class _Fold(dict[int, str]):
    """Maps a code point to one ASCII character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        if len(self) < _MOST_KNOWN:
            self[code] = folded
        return folded


def _fold(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isprintable() else " "
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if character in _APOSTROPHES:
        return "'"
    if character in _DOTS:
        return "."
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp", "Cc"):
        return " "
    if category in ("Pd", "Cf", "Mn", "Me") or character == "\u2212":
        return "-"  # dashes, and what has no width
    if category == "Sc":
        return "$"
    plain = unicodedata.normalize("NFKD", character)[0]
    if plain.isascii() and not plain.isspace() and not plain.isdecimal():
        return plain.lower()
    return _OTHER_LETTER if category[0] == "L" else _OTHER


_TABLE: Final = _Fold(
    {code: _fold(chr(code)) for code in range(_ASCII)}
)  # however many others are met, these are known


def fold(text: str) -> str:
    """Return the text in lower-case ASCII, character by character: digits of any script become 0-9, spaces a space, dashes '-'."""
    if _printable(ascii_of(text)):
        return text.lower()
    plain, at = text, 0
    for _ in range(_FEW):
        found = _STRANGE.search(plain, at)
        if found is None:
            return plain.lower() if _printable(plain.encode()) else text.translate(_TABLE)
        at = found.start()
        plain = plain.replace(found.group(), _TABLE[ord(found.group())])
    return text.translate(_TABLE)


def in_ascii(between: str, texts: Sequence[str]) -> bytes:
    """Join texts: those that are ASCII in the case they came in, the others folded."""
    joined = between.join(texts)
    if joined.isascii():
        return joined.encode()
    return between.join([text if text.isascii() else fold(text) for text in texts]).encode()


def ascii_of(text: str) -> bytes:
    """Return the bytes of a text that is ASCII; none of another."""
    try:
        data = text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return b""
    return data if len(data) == len(text) else b""


def _printable(data: bytes) -> bool:
    """Tell whether there is text and no control character in it."""
    at, size = i64(0), i64(len(data))
    if size == 0:
        return False
    while at + _CHUNK <= size:
        characters = read_i64_le(data, at) & _SHORT  # seven of them, as eight might be a negative number
        if ((characters - _SPACES) & ~characters | characters + _ONES) & _TOPS:
            return False
        at += _CHUNK - 1
    while at < size:
        code = i64(data[at])
        if code < _SPACE or code == _DELETE:
            return False
        at += 1
    return True
