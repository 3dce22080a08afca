"""E-mail addresses as they are spoken: "john dot smith at gmail dot com", spelled, with numbers, in parts."""

from consumer.redaction import lexicon as lx
from consumer.redaction import spelling
from consumer.redaction.lexicon import COMMON
from consumer.redaction.line import Line
from consumer.redaction.spelling import Range

_LONGEST_LOCAL_PART = 4 * 64  # tokens: 64 octets (RFC 5321, 4.5.3.1.1), each said as "b as in boy"
_LONGEST_DOMAIN = 10
_LONGEST_PART = 30
_MOST_PLAIN_WORDS = 3
PROVIDERS = frozenset(
    """
    gmail yahoo hotmail outlook aol icloud protonmail proton msn comcast verizon att live googlemail yandex gmx zoho btinternet
    sbcglobal cox charter earthlink bellsouth web mac rocketmail ymail fastmail tutanota
    """.split()
)
_TOP_LEVELS = frozenset(
    "com net org edu gov co uk io us ca de fr es it nl eu info biz me tv ai dev app au nz in ie ch at be se no dk pl pt mil".split()
)
_CONNECTORS = frozenset(("dot", "underscore", "dash", "hyphen", "plus", "minus", ".", "_", "-", "+", "period", "point"))
_OWNERS = frozenset("my our the".split())  # at the beginning of a domain: "my company dot com"
_DECLINES = frozenset("don't haven't didn't can't".split())
_STOPS = frozenset(
    """
    is it it's its my the your email emails e address mail yes yeah sure okay ok um uh er that's that so can you i i'm have has and
    would be will send to sent on or for use me reach contact please write with was what's are as here's here
    our their his her this under using has got just actually then receipt it's invoice
    """.split()
)


def spoken(line: Line) -> list[Range]:
    """List the addresses with an "at" and a domain in one utterance."""
    found: list[Range] = []
    spelled: frozenset[int] | None = None
    for index, letter in enumerate(line.classes):
        if letter == lx.AT or line.words[index] == "@":
            last = _domain(line, index + 1)
            if last is not None:
                spelled = _spelled(line) if spelled is None else spelled
                found.append((_local_part(line, index - 1, spelled), last))
    return found


def part(line: Line, *, expected: bool) -> Range | None:
    """Find a part of an address in an answer: letters, numbers, "dot" or "underscore", or, where an "at" is `expected` next, a few plain words."""
    if not _DECLINES.isdisjoint(line.words):
        return None
    first, last = 0, len(line.words) - 1
    pivots = [
        index
        for index, word in enumerate(line.words)
        if word in ("is", "it's", "that's", "be", "have", "okay", "yes", "then", "say")
    ]
    spelled = _spelled(line)
    evidence = frozenset(index for index in range(len(line.words)) if index in spelled or _tells(line, index))
    earliest = min(evidence, default=last)
    for pivot in pivots:
        if pivot < min(earliest, last):
            first = pivot + 1
    while first <= last and (
        (line.words[first] in COMMON and not evidence)
        or ((line.words[first] in _STOPS - {"e", "i"} or line.classes[first] in "fag,") and first not in evidence)
    ):
        first += 1
    while last >= first and (
        line.words[last] in ".?!,"
        or (line.words[last] in COMMON and len(line.words[last]) > 1 and line.classes[last] not in "dtT")
    ):
        last -= 1
    inside = range(first, last + 1)
    if first > last or len(inside) > _LONGEST_PART:
        return None
    plain = [index for index in inside if line.unmasked[index] in "xMugwa" and index not in evidence]
    talk = sum(line.words[index] in COMMON for index in plain)
    if talk > bool(evidence) or len(plain) > _MOST_PLAIN_WORDS + len(evidence) or "?" in line.words:
        return None
    return (first, last) if evidence or (expected and plain) else None


def _tells(line: Line, index: int) -> bool:
    """Tell whether a token speaks for a mailbox."""
    word = line.words[index]
    if (word in _CONNECTORS and word not in ".-") or word in PROVIDERS or line.unmasked[index] in "dtTnA":
        return True
    return spelling.is_letter(line, index) and any(
        0 <= beside < len(line.words) and (spelling.is_letter(line, beside) or line.words[beside] in _CONNECTORS)
        for beside in (index - 1, index + 1)
    )


def _spelled(line: Line) -> frozenset[int]:
    """List the tokens of letters said one by one, "as in boy" included."""
    return frozenset(at for first, last in spelling.letters(line, fewest=2) for at in range(first, last + 1))


def _domain(line: Line, begin: int) -> int | None:
    """Find the end of "gmail dot com", "my company dot co dot uk", "g mail"; None if no domain follows."""
    words, last = line.words, None
    index = begin + 2 if words[begin : begin + 1] and words[begin] in _OWNERS else begin
    while index < len(words) and index - begin < _LONGEST_DOMAIN:
        word = words[index]
        if index > begin and (word in ("dot", "point", "period") or (word == "." and line.glued(index + 1))):
            if index + 1 >= len(words):
                break
            if words[index + 1] in _TOP_LEVELS:
                last = index + 1
            elif not (index + 2 < len(words) and words[index + 2] in ("dot", ".")):
                break
            index += 2
            continue
        if (not word[0].isalnum() and word != "-") or (last is not None and words[index - 1] != "-"):
            break
        if (
            word in COMMON and len(word) > 1 and word not in PROVIDERS and line.classes[index] not in "dtT"
        ) or word in ("'", "%"):
            break
        if word in PROVIDERS or (word == "mail" and words[index - 1] in ("g", "hot", "e")):
            last = index
            if not (index + 1 < len(words) and words[index + 1] in ("dot", ".", "point")):
                break
            index += 1
            continue
        index += 1
    return last


def _local_part(line: Line, index: int, spelled: frozenset[int]) -> int:
    """Walk back over the part before the "at"; what is joined by a "dot" always belongs to it."""
    first, joined, bound = index + 1, False, max(-1, index - _LONGEST_LOCAL_PART)
    while index > bound and first - index <= 1:
        word = line.words[index]
        if index in spelled:
            first, index, joined = index, index - 1, False
            continue
        if line.cued(index) or (not word[0].isalnum() and word not in "._-+"):
            break
        if word == "." and not line.glued(index + 1):
            break
        lone = len(word) == 1 and index > 0 and len(line.words[index - 1]) == 1
        if word in _STOPS and not joined and not lone:
            break
        joined = word in _CONNECTORS
        first, index = index, index - 1
    return first
