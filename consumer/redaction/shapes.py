"""Written numbers that are no personal data by their shape: money, thousands, times, dates, decimals, percentages, links.

A scan over bytes in place of regular expressions, which the tests hold it against.
"""

from typing import Final

from consumer.redaction.ints import i64

_NONE: Final = -1
_DIGIT: Final = 1
_WORD: Final = 2  # letters and "_"
_KINDS: Final = bytes(
    _DIGIT
    if chr(code) in "0123456789"
    else _WORD
    if chr(code) in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
    else 0
    for code in range(256)
)
_SPACE: Final = 32
_DOLLAR: Final = 36  # "$"
_PERCENT: Final = 37  # "%"
_COMMA: Final = 44  # ","
_DASH: Final = 45  # "-"
_DOT: Final = 46  # "."
_SLASH: Final = 47  # "/"
_COLON: Final = 58  # ":"
_H: Final = 104  # "h"
_T: Final = 116  # "t"
_W: Final = 119  # "w"
_LINKS: Final = (b"http://", b"https://", b"www.")
_ALWAYS: Final = b"24/7"
_CENTURIES: Final = (b"19", b"20")
_LONGEST_LINK: Final = 300  # characters
_LONGEST_MONEY: Final = 15  # digits and commas behind the first
_GROUPS: Final = 4  # of thousands
_GROUP: Final = 3
_PAIR: Final = 2
_YEAR: Final = 4
_WHOLE: Final = 6  # digits of a decimal number before its point
_FRACTION: Final = 4  # digits of a percentage behind its point


def find(text: str) -> list[tuple[int, int]]:
    """List where harmless shapes begin and end in a folded utterance, in order and apart."""
    data = text.encode("latin-1")
    kinds, at, size = _KINDS, i64(0), i64(len(data))
    found: list[tuple[int, int]] = []
    while at < size:
        code = i64(data[at])
        if kinds[code] == _DIGIT:
            run = _digits(data, at, size)
            end = _number(data, at, at + run, size)
            if end == _NONE:
                at += run
                continue
        elif code == _DOLLAR:
            end = _money(data, at + 1, size)
        elif code in (_H, _W):
            begins = at + 2 < size and data[at + 1] == data[at + 2] and data[at + 1] in (_T, _W)
            end = _link(data, at, size) if begins else i64(_NONE)
        else:
            at += 1
            continue
        if end == _NONE:
            at += 1
        else:
            found.append((at, end))
            at = end
    return found


def _digits(data: bytes, at: i64, size: i64) -> i64:
    """Count the digits from here on."""
    start = at
    while at < size and _KINDS[data[at]] == _DIGIT:
        at += 1
    return at - start


def _at(data: bytes, at: i64, size: i64) -> i64:
    """Return the character here; a space beyond either end."""
    return i64(data[at]) if 0 <= at < size else i64(_SPACE)


def _number(data: bytes, start: i64, end: i64, size: i64) -> i64:
    """Find the end of the shape that begins with the digits from `start` to `end`."""
    before, behind = _at(data, start - 1, size), _at(data, end, size)
    length, found = end - start, i64(_NONE)
    if behind == _COMMA and length <= _GROUP and before not in (_DOT, _COMMA):
        found = _thousands(data, end, size)
    elif behind == _COLON and length <= _PAIR and before != _COLON:
        found = _time(data, end, size)
    elif behind == _DASH and length == _YEAR and before != _DASH and data[start : start + _PAIR] in _CENTURIES:
        found = _iso_date(data, end, size)
    elif behind == _SLASH and length <= _PAIR and before not in (_SLASH, _DOT, _DASH):
        found = _date(data, end, size)
    elif behind == _DOT and length <= _WHOLE and before != _DOT:
        found = _decimal(data, end, size)
    if found == _NONE and length <= _GROUP:
        found = _percentage(data, end, size)
    if found == _NONE and behind == _SLASH and length == _PAIR and _KINDS[before] == 0:
        found = _always(data, start, size)
    return found


def _money(data: bytes, at: i64, size: i64) -> i64:
    if _at(data, at, size) == _SPACE:
        at += 1
    if at >= size or _KINDS[data[at]] != _DIGIT:
        return _NONE
    at += 1
    most = min(at + _LONGEST_MONEY, size)
    comma: i64 = _NONE
    while at < most and (_KINDS[data[at]] == _DIGIT or data[at] == _COMMA):
        if data[at] == _COMMA:
            comma = at
        at += 1
    if at < size and _KINDS[data[at]] == _DIGIT:
        return comma
    if _at(data, at, size) == _DOT and 0 < (cents := _digits(data, at + 1, size)) <= _PAIR:
        return at + 1 + cents
    return at


def _thousands(data: bytes, at: i64, size: i64) -> i64:
    groups: i64 = 0
    while groups < _GROUPS and _at(data, at, size) == _COMMA and _digits(data, at + 1, size) == _GROUP:
        at += _GROUP + 1
        groups += 1
    if groups == 0:
        return _NONE
    behind = _at(data, at, size)
    if behind == _DOT and 0 < (cents := _digits(data, at + 1, size)) <= _PAIR:
        if _at(data, at + 1 + cents, size) not in (_COMMA, _DASH):
            at += 1 + cents
    elif behind in (_COMMA, _DASH):
        return _NONE
    return at


def _time(data: bytes, at: i64, size: i64) -> i64:
    """Read minutes, and seconds where there are any."""
    parts: i64 = 0
    while parts < _PAIR and _at(data, at, size) == _COLON and _digits(data, at + 1, size) == _PAIR:
        at += _PAIR + 1
        parts += 1
    return at if parts and _at(data, at, size) != _COLON else i64(_NONE)


def _iso_date(data: bytes, at: i64, size: i64) -> i64:
    if _digits(data, at + 1, size) != _PAIR:
        return _NONE
    at += _PAIR + 1
    if _at(data, at, size) != _DASH or _digits(data, at + 1, size) != _PAIR:
        return _NONE
    at += _PAIR + 1
    return at if _at(data, at, size) != _DASH else i64(_NONE)


def _date(data: bytes, at: i64, size: i64) -> i64:
    month = _digits(data, at + 1, size)
    at += 1 + month
    if not 0 < month <= _PAIR or _at(data, at, size) != _SLASH:
        return _NONE
    year = _digits(data, at + 1, size)
    at += 1 + year
    return at if year in (_PAIR, _YEAR) and _at(data, at, size) != _SLASH else i64(_NONE)


def _decimal(data: bytes, at: i64, size: i64) -> i64:
    fraction = _digits(data, at + 1, size)
    at += 1 + fraction
    if not 0 < fraction <= _PAIR or (_at(data, at, size) == _DOT and _KINDS[_at(data, at + 1, size)] == _DIGIT):
        return _NONE
    return at


def _percentage(data: bytes, at: i64, size: i64) -> i64:
    if _at(data, at, size) == _DOT and 0 < (fraction := _digits(data, at + 1, size)) <= _FRACTION:
        at += 1 + fraction
    if at < size and data[at] == _SPACE:
        at += 1
    return at + 1 if _at(data, at, size) == _PERCENT else i64(_NONE)


def _always(data: bytes, at: i64, size: i64) -> i64:
    end = at + len(_ALWAYS)
    return end if data[at:end] == _ALWAYS and _KINDS[_at(data, end, size)] == 0 else i64(_NONE)


def _link(data: bytes, at: i64, size: i64) -> i64:
    """Find the end of a link: the next space."""
    for opening in _LINKS:
        start = at + i64(len(opening))
        if data[at:start] == opening:
            end, most = start, min(start + _LONGEST_LINK, size)
            while end < most and data[end] != _SPACE:
                end += 1
            return end if end > start else i64(_NONE)
    return _NONE
