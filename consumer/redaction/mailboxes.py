"""E-mail addresses as they are spoken: "john dot smith at gmail dot com", spelled, with numbers, in parts."""

from typing import Final

from consumer.redaction import answers, spelling
from consumer.redaction import lexicon as lx
from consumer.redaction.everyday import GIVEN
from consumer.redaction.lexicon import COMMON
from consumer.redaction.line import Line
from consumer.redaction.spelling import Range
from consumer.redaction.vocabulary import is_talk

_LONGEST_LOCAL_PART: Final = 4 * 64  # tokens: 64 octets (RFC 5321, 4.5.3.1.1), each said as "b as in boy"
_LONGEST_DOMAIN: Final = 10
_LONGEST_PART: Final = _LONGEST_LOCAL_PART
PROVIDERS: Final = frozenset(
    """
    gmail yahoo hotmail outlook aol icloud protonmail proton msn comcast verizon att live googlemail yandex gmx zoho btinternet
    sbcglobal cox charter earthlink bellsouth web mac rocketmail ymail fastmail tutanota
    """.split()
)
_TOP_LEVELS: Final = frozenset(
    "com net org edu gov co uk io us ca de fr es it nl eu info biz me tv ai dev app au nz in ie ch at be se no dk pl pt mil".split()
)
_CONNECTORS: Final = frozenset(
    ("dot", "underscore", "dash", "hyphen", "plus", "minus", ".", "_", "-", "+", "period", "point")
)
_OPENERS: Final = answers.PIVOTS | {"you", "to", "just"}
_JOINTS: Final = frozenset(("dot", "underscore", "hyphen"))
_ASIDES: Final = (
    ("all", "one", "word"),
    ("one", "word"),
    ("all", "together"),
    ("no", "dots"),
    ("no", "spaces"),
    ("no", "space"),
    ("lower", "case"),
    ("all", "lowercase"),
)
_OWNERS: Final = frozenset("my our the".split())  # at the beginning of a domain: "my company dot com"
_CURRENCY: Final = frozenset("$\u00a3\u20ac")
_LONGEST_WORDS: Final = 6
_DECLINES: Final = frozenset("don't haven't didn't can't".split())
_STOPS: Final = frozenset(
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
    if not _DECLINES.isdisjoint(line.words) or any(
        cue.kind is None and not _joined(line, cue.first) for cue in line.cues
    ):
        return None
    if not line.numeric and _CONNECTORS.isdisjoint(line.words) and all(map(is_talk, line.words)):
        return None
    frame, spelled = answers.Frame(line), _spelled(line)
    best: Range | None = None
    for place in answers.runs(line, 0, lambda one, at: at in spelled or _belongs(one, at)):
        found = _trimmed(line, place, spelled)
        if (
            found is None
            or found[1] - found[0] >= _LONGEST_PART
            or (line.words[-1] == "?" and not answers.introduced(line, found[0]))
        ):
            continue
        first, last = found
        inside = range(first, last + 1)
        tells = any(at in spelled or _tells(line, at) for at in inside)
        digits = all(line.unmasked[at] in "dtTnm" or line.words[at] in ("the", "number", "and") for at in inside)
        if (digits and last == first and not expected) or line.raw[max(line.start(first) - 1, 0)] in _CURRENCY:
            continue
        if line.words[first] == "at" and line.classes[first + 1] in "dtTn":
            continue
        if digits or not tells:
            sure = frame.led(first) and frame.ends(last) and (expected or digits or answers.strange(line, first, last))
            sure = sure or (
                expected
                and not digits
                and (answers.introduced(line, first) or frame.ends(last))
                and not answers.held(line, first)
            )
        else:
            joined = any(at in spelled or line.words[at] in _CONNECTORS or line.words[at] in PROVIDERS for at in inside)
            sure = (joined and answers.introduced(line, first)) or frame.ends(last) or (joined and frame.led(first))
            sure = sure and not (
                answers.held(line, first) and not any(at in spelled or line.words[at] in _CONNECTORS for at in inside)
            )
        if sure:
            best = found if best is None else (best[0], last)
    return _widened(line, frame, best) if expected else best


def _widened(line: Line, frame: answers.Frame, best: Range | None) -> Range | None:
    """Take in words of every day where a domain follows: "night owl", "garden lady seven eight one"."""
    first, last = frame.middle
    if first == 1 and line.words[0][0].isalpha() and line.words[0] not in answers.PIVOTS and last >= first:
        first = 0  # "honey bee"
    inside = line.words[first : last + 1]
    if (
        not 0 < last - first < _LONGEST_WORDS
        or not _STOPS.isdisjoint(inside)
        or line.words[-1] == "?"
        or not (answers.introduced(line, first) or frame.led(first))
        or all(is_talk(word) or not word[0].isalpha() for word in inside)
        or not all(word.isalnum() or word in _CONNECTORS for word in inside)
        or _counts(line, first, last)
        or (best is not None and not (first <= best[0] and best[1] <= last))
    ):
        return best
    return first, last


def _counts(line: Line, first: int, last: int) -> bool:
    """Tell words with numbers between them, "ward 19 bed 6", from a mailbox that ends in one."""
    numbers = [at for at in range(first, last + 1) if line.classes[at] in "dtTnmh"]
    return bool(numbers) and numbers[-1] - numbers[0] >= len(numbers)


def _belongs(line: Line, index: int) -> bool:
    """Tell whether a token may be part of a mailbox."""
    word = line.words[index]
    if word in ("the", "number"):
        return _number_follows(line, index)
    if _joined(line, index) and line.unmasked[index] not in "G?!":
        return True
    if word == "point" and 0 < index < len(line.words) - 1:
        return True
    if line.unmasked[index] in "QG?!u" or (
        word in _STOPS and word not in _CONNECTORS and line.unmasked[index] not in "dtTnm"
    ):
        return False
    if word in _CONNECTORS or word in PROVIDERS or line.unmasked[index] in "dtTnmWA":
        return True
    if word in ("full", "stop"):
        return line.words[index : index + 2] == ["full", "stop"] or line.words[index - 1 : index + 1] == [
            "full",
            "stop",
        ]
    return word[0].isalpha() and not is_talk(word)


def _joined(line: Line, index: int) -> bool:
    """Tell whether a "dot" or an underscore joins a word to a mailbox: "will dot price"."""
    word = line.words[index]
    return (
        word[0].isalpha()
        and word not in _CONNECTORS
        and not _JOINTS.isdisjoint((*line.words[index + 1 : index + 2], *line.words[max(index - 1, 0) : index]))
    ) or (len(word) == 1 and word.isalpha() and line.words[index + 1 : index + 2] in (["point"], ["full"]))


def _number_follows(line: Line, index: int) -> bool:
    """Tell "the number" and "number" in front of digits."""
    behind = index + 1 + (line.words[index] == "the")
    return (
        behind < len(line.words)
        and line.unmasked[behind] in "dtTnm"
        and (line.words[index] == "number" or line.words[index + 1] == "number")
    )


def _trimmed(line: Line, place: Range, spelled: frozenset[int]) -> Range | None:
    first, last = place
    while (
        first <= last
        and (line.words[first] in ".-+" or line.words[first] in ("and", "number", "then"))
        and first not in spelled
    ):
        first += 1
    while (
        last >= first
        and (line.words[last] in ".-+" or line.words[last] in ("at", "and", "then"))
        and last not in spelled
    ):
        last -= 1
    return (first, last) if first <= last else None


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
            word in COMMON
            and len(word) > 1
            and word not in PROVIDERS
            and line.classes[index] not in "dtT"
            and not (words[index + 1 : index + 2] in (["dot"], ["dash"], ["hyphen"], ["."]) and last is None)
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


def _initial(line: Line, index: int, end: int) -> bool:
    """Tell a letter or a name that begins a mailbox from the word that it is as well: "e green at", "will carter at"."""
    before = line.words[index - 1 : index] if index else []
    if index >= end or before in (["i"], ["that"]):
        return False
    return (len(line.words[index]) == 1 or line.words[index] in GIVEN) and (
        not before or before[0] in _OPENERS or line.unmasked[index - 1] == "Q"
    )


def _local_part(line: Line, index: int, spelled: frozenset[int]) -> int:
    """Walk back over the part before the "at"; what is joined by a "dot" always belongs to it."""
    words, start = line.words, index
    for aside in _ASIDES:
        if tuple(words[max(index + 1 - len(aside), 0) : index + 1]) == aside:
            index -= len(aside) + (words[index - len(aside) : index - len(aside) + 1] == ["all"])
            break
    first, joined, bound = index + 1, False, max(-1, index - _LONGEST_LOCAL_PART)
    while index > bound and first - index <= 1:
        word = words[index]
        if index in spelled:
            first, index, joined = index, index - 1, False
            continue
        if line.cued(index) or (not word[0].isalnum() and word not in "._-+"):
            break
        if word == "." and not line.glued(index + 1):
            break
        lone = len(word) == 1 and index > 0 and len(words[index - 1]) == 1
        if word in ("number", "the") and _number_follows(line, index):
            first, index = index, index - 1
            continue
        if word == "stop" and words[index - 1 : index] == ["full"]:
            first, index, joined = index - 1, index - 2, True
            continue
        if word in _STOPS and not (joined or lone or _initial(line, index, start)):
            break
        joined = word in _CONNECTORS
        first, index = index, index - 1
    return min(first, start + 1)
