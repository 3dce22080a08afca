"""Numbers with letters in them, and numbers known by how they are put together: postcodes, national ids, IBANs, IP addresses."""

import re
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction import postcodes, spelling, written
from consumer.redaction.line import Line
from consumer.redaction.small_talk import SHORT
from consumer.redaction.span import Kind, Source, Span
from consumer.redaction.spelling import Range
from consumer.redaction.windows import Windows

KINDS: Final = frozenset((Kind.POSTAL_CODE, Kind.NATIONAL_ID, Kind.IBAN, Kind.PIN, Kind.BANK_ACCOUNT))
WRITTEN: Final = frozenset((Kind.POSTAL_CODE, Kind.NATIONAL_ID, Kind.IBAN))
_IBAN_FEWEST: Final = 15  # letters and digits; Norway's are the shortest
_ID_FEWEST: Final = 9
_DOTS: Final = 3
_ACCOUNT: Final = re.compile(r"\d{6}")
_PREFIX: Final = 3
_SUFFIX: Final = 2  # letters before and behind the digits of a national id
_ARTICLES: Final = frozenset("ai")


def cued(line: Line, windows: Windows, index: int) -> list[Span]:
    """Find what was asked for, in letters and digits, written or one by one."""
    found: list[Span] = []
    mixed: dict[int, Range | None] = {}
    for one in windows:
        if one.kind not in KINDS or not one.strong or (one.last != index and line.content > SHORT + 1):
            continue
        cue = next((cue for cue in line.cues if cue.kind is one.kind), None)
        start = cue.last + 1 if cue else 0
        if start >= len(line.words) or (cue is None and any(other.kind is None for other in line.cues)):
            continue
        if start not in mixed:
            mixed[start] = spelling.mixed(line, start)
        for begin, end in _spots(line, windows, one.kind, start, mixed[start]):
            one.last = index
            found.append(Span(*line.whole(begin, end), one.kind, "identifier.cue", Source.CUE))
    return found


def widened(line: Line, first: int, last: int) -> tuple[int, int]:
    """Take in the letters that a national id begins and ends with, said or spelled out in the phonetic alphabet."""
    return _letters(line, first, -1, _PREFIX), _letters(line, last, 1, _SUFFIX)


def _letters(line: Line, at: int, step: int, most: int) -> int:
    reached = at
    while most and 0 <= at + step < len(line.words):
        at += step
        word = line.words[at]
        if word in lx.PHONETIC or (len(word) == 1 and word.isalpha() and not line.cued(at)):
            most -= 1
            reached = at if step > 0 or word not in _ARTICLES else reached
        elif step < 0 and reached == at + 1 and most == _PREFIX and _initials(line, at):
            return at
        elif line.classes[at] not in "f-":
            break
    return reached


def _initials(line: Line, at: int) -> bool:
    """Tell two letters that are no word: the "ey" of "ey 21 48 39 b"."""
    word = line.words[at]
    return (
        len(word) == len("ey")
        and word.isalpha()
        and not line.cued(at)
        and line.classes[at] == lx.OTHER
        and word not in lx.COMMON
    )


def _spots(line: Line, windows: Windows, kind: Kind, start: int, said: Range | None) -> list[tuple[int, int]]:
    spots: list[tuple[int, int]] = []
    if kind is Kind.IBAN:
        spots += [(span.start, span.end) for span in written.ibans(line.text, cued=True)]
    code: tuple[int, int] | None = None
    if kind in WRITTEN and line.digits:
        if kind is Kind.POSTAL_CODE:
            code = postcodes.postcode(line.text, line.start(start))
        else:
            code = postcodes.identifier(line.text, line.start(start))
    if kind is Kind.BANK_ACCOUNT and start and line.digits:
        code = postcodes.identifier(line.text, line.start(start))
        code = code if code is not None and _ACCOUNT.search(line.text, *code) is not None else None
    if code is not None and (kind is not Kind.NATIONAL_ID or not line.text[slice(*code)].isdecimal()):
        spots.append(code)
    if said is not None and not _harmless(line, windows, *said):
        spots.append(line.place(*said))
    return spots


def _harmless(line: Line, windows: Windows, first: int, last: int) -> bool:
    """Tell whether the digits of a code are a harmless number that was said before."""
    return any(windows.said_harmless(run.digits) for run in line.runs if first <= run.first <= last)


def alone(line: Line, windows: Windows) -> list[Span]:
    """Find what needs no cue: an IP address with its dots, an IBAN or a national insurance number said letter by letter."""
    found: list[Span] = []
    dots = line.classes.count(lx.DOT)
    if dots + line.classes.count(lx.UNIT) >= _DOTS and dots + line.words.count("point") >= _DOTS:
        found += [
            line.span(place[0], place[1], Kind.IP_ADDRESS, "ip.spoken", Source.SPOKEN)
            for place in spelling.dotted(line)
        ]
    letters = line.classes.count(lx.LETTER)
    if letters == 0 or (letters == 1 and "i" not in line.words):
        return found
    said = spelling.mixed(line, 0)
    if said is None or _harmless(line, windows, *said):
        return found
    digits = sum(run.size for run in line.runs if said[0] <= run.first <= said[1])
    size = digits + line.classes[said[0] : said[1] + 1].count(lx.LETTER)
    if size >= _IBAN_FEWEST:
        found.append(line.span(said[0], said[1], Kind.IBAN, "iban.spoken", Source.SPOKEN))
    elif size >= _ID_FEWEST and not any(cue.kind is None for cue in line.cues):
        found.append(line.span(said[0], said[1], Kind.NATIONAL_ID, "identifier.spoken", Source.SPOKEN))
    return found
