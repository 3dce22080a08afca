"""Fold an utterance to lower-case ASCII of the same length, so that every offset stays valid in the original."""

import re
import unicodedata
from typing import Final

from consumer.redaction.ints import i64

_APOSTROPHES: Final = frozenset("\u2018\u2019\u201b\u02bc\u00b4`")
_DOTS: Final = frozenset("\u3002\uff0e\uff61\u00b7\u2022\u2024")
_ODD: Final = re.compile(r"[^ -~]+")
_OTHER_LETTER: Final = "x"
_OTHER: Final = "~"
_SPACE: Final = 0x20
_DELETE: Final = 0x7F


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


_TABLE: Final = _Fold()


def fold(text: str) -> str:
    """Return the text in lower-case ASCII, character by character: digits of any script become 0-9, spaces a space, dashes '-'."""
    if text.isascii() and _printable(text.encode()):
        return text.lower()
    return _ODD.sub(_translate, text).lower()


def _translate(match: re.Match[str]) -> str:
    return match.group().translate(_TABLE)


def _printable(data: bytes) -> bool:
    """Tell whether no control character stands in ASCII text."""
    at, size = i64(0), i64(len(data))
    while at < size:
        code = i64(data[at])
        if code < _SPACE or code == _DELETE:
            return False
        at += 1
    return True
