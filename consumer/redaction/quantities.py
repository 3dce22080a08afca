"""Numbers that a unit or an ordinal behind them owns: "one hundred and thirty five dollars", "twenty-first", "five minutes".

A scan over the classes of tokens in place of a regular expression, which the tests hold it against.
"""

from typing import Final

from consumer.redaction.ints import i64

_NUMBER: Final = 1
_LARGE: Final = 2  # "hundred" and "thousand"
_OWNER: Final = 4
_TENS: Final = 8
_DIGIT: Final = 16
_AND: Final = 32
_DASH: Final = 64
_SAYING: Final = {_NUMBER: "dtTn", _LARGE: "hk", _OWNER: "uO", _TENS: "T", _DIGIT: "d", _AND: "a", _DASH: "-"}
_SAYS: Final = bytes(sum(says for says, letters in _SAYING.items() if chr(code) in letters) for code in range(256))
_MOST: Final = 6  # parts behind "hundred"


def find(classes: str) -> list[tuple[int, int]]:
    """List first and one past the last token of what is owned, in order and apart."""
    data = classes.encode("latin-1")
    at, size = i64(0), i64(len(data))
    found: list[tuple[int, int]] = []
    while at < size:
        end = _end(data, at, size) if _SAYS[data[at]] & _NUMBER else at
        if end > at:
            found.append((at, end))
            at = end
        else:
            at += 1
    return found


def _end(data: bytes, at: i64, size: i64) -> i64:
    """Follow a number that begins here to where its owner stands; return where it began if nobody owns it."""
    end = _counted(data, at, size)
    if end > at and _owned(data, end, size):
        return end
    end = at + 1
    if _SAYS[data[at]] & _TENS:
        if end < size and _SAYS[data[end]] & _DASH:
            end += 1
        if end < size and _SAYS[data[end]] & _DIGIT and _owned(data, end + 1, size):
            return end + 1
    return at + 1 if _owned(data, at + 1, size) else at


def _counted(data: bytes, at: i64, size: i64) -> i64:
    """Follow "two hundred and forty five"; return where it begins if it is none."""
    end = at + 1
    if end < size and _SAYS[data[end]] & _NUMBER:
        end += 1
    if end >= size or not _SAYS[data[end]] & _LARGE:
        return at
    end += 1
    parts = 0
    while parts < _MOST:
        following = end + 1 if end < size and _SAYS[data[end]] & _AND else end
        if following >= size or not _SAYS[data[following]] & (_NUMBER | _LARGE):
            break
        end = following + 1
        parts += 1
    return end


def _owned(data: bytes, end: i64, size: i64) -> bool:
    """Tell whether a unit or an ordinal stands behind a number, a dash between them or not."""
    if end < size and _SAYS[data[end]] & _DASH:
        end += 1
    return end < size and _SAYS[data[end]] & _OWNER != 0
