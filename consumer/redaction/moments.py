"""When something was said: every utterance comes with two times in text, and the library's way to a number of seconds is long."""

from typing import Final

from consumer.redaction.ints import i64

_SHORTEST: Final = 20  # "2024-05-01T10:00:00Z"
_SECONDS_END: Final = 19
_ZERO: Final = 48  # "0"
_NINE: Final = 9
_PLUS: Final = 43  # "+"
_DASH: Final = 45  # "-"
_DOT: Final = 46  # "."
_COLON: Final = 58  # ":"
_T: Final = 84  # "T"
_Z: Final = 90  # "Z"
_OFFSET: Final = 6  # characters of "+00:00"
_TENTH: Final = 100_000  # microseconds
_MICRO: Final = 1_000_000.0
_FIRST_YEAR: Final = 1700  # in between, a float holds any number of microseconds since the epoch
_LAST_YEAR: Final = 2200
_MONTHS: Final = 12
_FEBRUARY: Final = 2
_DAYS: Final = bytes((0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31))
_HOURS: Final = 24
_MINUTES: Final = 60
# Days before the epoch since the first of March of the year 0, from where leap days end the year.
_EPOCH: Final = 719_468
_DAYS_OF_YEAR: Final = 365
_FIVE_MONTHS: Final = 153  # days, from March or August on


def seconds(moment: str) -> float:
    """Turn the usual form of RFC 3339, in UTC ("2024-05-01T10:00:00.123Z", or with "+00:00"), into seconds since the epoch.

    It is the number that datetime.timestamp gives. Raises ValueError for anything else, of which much may be a moment as well.
    """
    data = moment.encode() if moment.isascii() else b""
    size = i64(len(data))
    if size >= _SHORTEST and data[10] == _T:
        days = _date(data)
        time = _time(data)
        at = i64(_SECONDS_END)
        micro: i64 = 0
        if data[at] == _DOT:
            at += 1
            scale = i64(_TENTH)
            while scale > 0 and at < size and 0 <= i64(data[at]) - _ZERO <= _NINE:
                micro += (i64(data[at]) - _ZERO) * scale
                scale //= 10
                at += 1
        if days >= 0 and time >= 0 and at != _SECONDS_END + 1 and _is_utc(data, at, size):
            return float((days - _EPOCH) * 86_400_000_000 + time * 1_000_000 + micro) / _MICRO
    raise ValueError("a moment of another form")


def _date(data: bytes) -> i64:
    """Count the days since the first of March of the year 0; a negative number if this is no date."""
    year, month, day = _number(data, 0, 4), _number(data, 5, 7), _number(data, 8, 10)
    if data[4] != _DASH or data[7] != _DASH or not _FIRST_YEAR <= year <= _LAST_YEAR or not 1 <= month <= _MONTHS:
        return -1
    if not 1 <= day <= i64(_DAYS[month]):
        return -1
    if month == _FEBRUARY and day == i64(_DAYS[month]) and (year % 4 != 0 or (year % 100 == 0 and year % 400 != 0)):
        return -1
    if month <= _FEBRUARY:
        year -= 1
        month += _MONTHS
    months = (_FIVE_MONTHS * (month - 3) + 2) // 5
    return _DAYS_OF_YEAR * year + year // 4 - year // 100 + year // 400 + months + day - 1


def _time(data: bytes) -> i64:
    """Count the seconds of the day; a negative number if this is no time."""
    hour, minute, second = _number(data, 11, 13), _number(data, 14, 16), _number(data, 17, _SECONDS_END)
    if data[13] != _COLON or data[16] != _COLON or hour < 0 or minute < 0 or second < 0:
        return -1
    if hour >= _HOURS or minute >= _MINUTES or second >= _MINUTES:
        return -1
    return (hour * _MINUTES + minute) * _MINUTES + second


def _number(data: bytes, at: i64, end: i64) -> i64:
    """Read digits; a negative number if there is anything else."""
    number: i64 = 0
    while at < end:
        digit = i64(data[at]) - _ZERO
        if not 0 <= digit <= _NINE:
            return -1
        number = number * 10 + digit
        at += 1
    return number


def _is_utc(data: bytes, at: i64, size: i64) -> bool:
    """Tell whether nothing but "Z" or "+00:00" stands here."""
    if at + 1 == size:
        return data[at] == _Z
    return (
        at + _OFFSET == size
        and data[at] == _PLUS
        and data[at + 3] == _COLON
        and _number(data, at + 1, at + 3) == 0
        and _number(data, at + 4, size) == 0
    )
