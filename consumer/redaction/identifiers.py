"""Numbers with letters in them, and numbers known by how they are put together: postcodes, national ids, IBANs, IP addresses."""

from consumer.redaction import lexicon as lx
from consumer.redaction import places, spelling, written
from consumer.redaction.line import Line
from consumer.redaction.small_talk import SHORT
from consumer.redaction.span import Kind, Source, Span
from consumer.redaction.windows import Windows

KINDS = frozenset((Kind.POSTAL_CODE, Kind.NATIONAL_ID, Kind.IBAN, Kind.PIN, Kind.BANK_ACCOUNT))
WRITTEN = frozenset((Kind.POSTAL_CODE, Kind.NATIONAL_ID, Kind.IBAN))
_IBAN_FEWEST = 15  # letters and digits; Norway's are the shortest
_ID_FEWEST = 9
_DOTS = 3


def cued(line: Line, windows: Windows, index: int) -> list[Span]:
    """Find what was asked for, in letters and digits, written or one by one."""
    found: list[Span] = []
    for one in windows:
        if one.kind not in KINDS or not one.strong or (one.last != index and line.content > SHORT + 1):
            continue
        cue = next((cue for cue in line.cues if cue.kind is one.kind), None)
        start = cue.last + 1 if cue else 0
        if start >= len(line.words):
            continue
        for begin, end in _spots(line, one.kind, start):
            one.last = index
            found.append(Span(*line.whole(begin, end), one.kind, "identifier.cue", Source.CUE))
    return found


def _spots(line: Line, kind: Kind, start: int) -> list[tuple[int, int]]:
    spots: list[tuple[int, int]] = []
    if kind is Kind.IBAN:
        spots += [(span.start, span.end) for span in written.ibans(line.text, cued=True)]
    search = places.postcode if kind is Kind.POSTAL_CODE else places.identifier
    if kind in WRITTEN and (code := search(line.text, line.tokens[start][0])) is not None:
        spots.append(code)
    if (said := spelling.mixed(line, start)) is not None:
        spots.append(line.place(*said))
    return spots


def alone(line: Line) -> list[Span]:
    """Find what needs no cue: an IP address with its dots, an IBAN or a national insurance number said letter by letter."""
    found: list[Span] = []
    if line.classes.count(lx.DOT) + line.words.count("point") >= _DOTS:
        found += [
            Span(*line.place(*place), Kind.IP_ADDRESS, "ip.spoken", Source.SPOKEN) for place in spelling.dotted(line)
        ]
    if line.classes.count(lx.LETTER) < 2 - ("i" in line.words):
        return found
    said = spelling.mixed(line, 0)
    if said is None:
        return found
    digits = sum(run.size for run in line.runs if said[0] <= run.first <= said[1])
    size = digits + line.classes[said[0] : said[1] + 1].count(lx.LETTER)
    if size >= _IBAN_FEWEST:
        found.append(Span(*line.place(*said), Kind.IBAN, "iban.spoken", Source.SPOKEN))
    elif size >= _ID_FEWEST and not any(cue.kind is None for cue in line.cues):
        found.append(Span(*line.place(*said), Kind.NATIONAL_ID, "identifier.spoken", Source.SPOKEN))
    return found
