"""Cheap screens over a whole call: what every utterance could hold, told from its words alone. Most are never parsed.

A code errs on one side only: it may say that an utterance matters which does not, never the other way round.
"""

import re
from collections.abc import Sequence
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction import shapes
from consumer.redaction import telling as tl
from consumer.redaction.cues import CueBook, Strength
from consumer.redaction.fold import fold
from consumer.redaction.introductions import introduces
from consumer.redaction.ints import i64
from consumer.redaction.line import MASKED, Line
from consumer.redaction.numeric import NEGATIVE_FAR
from consumer.redaction.small_talk import SHORT
from consumer.redaction.tally import LONGEST, Tally, padded
from consumer.redaction.telling import EAGER_KINDS, Telling
from consumer.redaction.windows import GARBLED_TOKENS
from consumer.redaction.wordtable import PAD

# A code: how many words are about something else than a number, flags, and on top the most digits that its numbers can have.
COLD: Final = 0
HEAVY: Final = 255
ANSWERS: Final = 1 << 8  # may answer a question for a name
DATED: Final = 1 << 9  # a month or an ordinal
GARBLED: Final = 1 << 10  # may be a part of a number that was misheard
CORRECTS: Final = 1 << 11  # may put a digit right
STRONG: Final = 1 << 12  # the bits of a word's number that go into the code, see telling.py
WEAK: Final = 1 << 13
NEGATIVE: Final = 1 << 14
EAGER: Final = 1 << 15
SPOKEN: Final = 1 << 16
LOOK: Final = 1 << 17  # has to be parsed, whatever stands around it
SHIELDED: Final = 1 << 18  # a negative cue protects its numbers from all but their length
READ: Final = 1 << 19  # its cues and the shape of its numbers were read
NUMERIC: Final = 1 << 20
MIXED: Final = 1 << 21  # letters and digits enough for an identifier
ENDS: Final = 1 << 22  # nothing that is about something else follows the last number
PLAIN: Final = 1 << 23  # all its numbers are digits, and no other word can be one
ALIKE: Final = 1 << 24  # a word in it sounds like a digit
WEIGHT: Final = 25
PASSIVE: Final = HEAVY | ANSWERS | DATED | GARBLED | CORRECTS  # up to here, nothing in it matters by itself
ASKS: Final = STRONG | WEAK
CUES: Final = ASKS | NEGATIVE
REPEATS: Final = SHORT << WEIGHT  # from here on, a number may be a repeat
ANYTHING: Final = LOOK | ANSWERS | DATED | STRONG | SPOKEN | READ | NUMERIC | ENDS | (LONGEST << WEIGHT)
_BELOW: Final = (1 << WEIGHT) - 1
_ABOUT: Final = HEAVY | ENDS | GARBLED | CORRECTS  # what is not so where a price or a time is part of it
_MASKED: Final = 2  # words that a harmless shape stands for

_GROUPED: Final = re.compile(r"(\d),(\d{3})", re.ASCII)  # "4,005", which may be four digits
_LINKS: Final = re.compile(r"(?i:\b(?:as|like)\b)|[^\W\d_a-z]{2}")  # "b as in boy", "AB"
_SAID: Final = tl.SPOKEN | tl.ALIKE | tl.HOMOPHONE | tl.TIMES
_MIXED: Final = 4  # letters and digits of the shortest identifier
_ZERO: Final = 48  # "0"
_NINE: Final = 57
_DOTS: Final = 3  # of an IPv4 address
_IDENTIFIER: Final = 9  # letters and digits said one by one
_NATIONAL: Final = 6  # digits of a national insurance number
_MATTERS: Final = LOOK | CUES | EAGER
_NUMBER_WORDS: Final = frozenset((*lx.DIGITS, *lx.TEENS, *lx.TENS_WORDS, *lx.MULTIPLIERS, *lx.NEIGHBOURS))
_WORDS: Final = re.compile(r"[a-z']+|[0-9]+")
_PADDING: Final = PAD.decode()


class Screen:
    """Built once for the cues in force."""

    def __init__(self, cues: CueBook) -> None:
        self._telling = Telling(cues)

    def codes(self, texts: Sequence[str]) -> list[int]:
        """Give every utterance of a call its code."""
        if self._telling.blind:
            return [ANYTHING] * len(texts)
        call = _PADDING.join(texts)
        if not call.isascii():
            return [self._code(Tally(self._telling, padded(text)), text) for text in texts]
        data, at = call.encode() + PAD, i64(0)  # once for the whole call
        codes: list[int] = []
        for text in texts:
            end = at + i64(len(text))
            codes.append(self._code(Tally(self._telling, data, at, end), text))
            at = end + i64(len(PAD))
        return codes

    def mixed(self, code: int, text: str) -> bool:
        """Tell whether an utterance may hold an identifier said in letters and digits."""
        return code & MIXED != 0 or "-" in text or _LINKS.search(text) is not None

    def read(self, code: int, text: str, line: Line | None) -> int:
        """Read the cues of a folded utterance, given its line if its code says that it may have any, and the shape of its numbers."""
        if code >> WEIGHT == 1 and Tally(self._telling, padded(text)).moment:
            return (code & _BELOW & ~NUMERIC) | READ
        if line is not None:
            code = (code & ~CUES) | _read_cues(line)
        if code >= 2 << WEIGHT:
            code = self._masked(code, _GROUPED.sub(r"\1\2", text) if "," in text else text)
        return code | READ

    def _masked(self, code: int, text: str) -> int:
        """Count digits again without the harmless shapes."""
        found = shapes.find(text)
        if not found:
            return code
        if code & PLAIN and code >> WEIGHT == _digits(text.encode("latin-1"), found):
            return (code & _BELOW & ~_ABOUT) | min((code & HEAVY) + _MASKED, HEAVY)
        pieces, free = [], 0
        for start, end in found:
            pieces.append(text[free:start])
            free = end
        pieces.append(text[free:])
        tally = Tally(self._telling, " xx ".join(pieces).encode() + PAD)
        if tally.look or tally.said & tl.TIMES:  # "double 3.5" is a number without any digit
            return code
        code = (code & _BELOW & ~_ABOUT) | min((code & HEAVY) + _MASKED, HEAVY) | (tally.digits << WEIGHT)
        return code | ENDS if tally.ends else code

    def _code(self, tally: Tally, text: str) -> int:
        if tally.look:
            return ANYTHING
        said = tally.said
        look = tally.asks_who or (tally.introduces and introduces(_words(text)))
        answer = _answer(tally)
        if said & tl.HOT == 0:
            return min(tally.heavy, HEAVY) | answer | (LOOK if look else COLD)
        if tally.words > HEAVY:
            return ANYTHING
        code = tally.heavy | (said & (CUES | EAGER)) | answer
        if said & tl.WEAK and said & tl.NOUN:
            code |= STRONG
        look = look or said & tl.LOOKED != 0 or (said & tl.AT != 0 and said & tl.MAIL != 0)
        if tally.numeric:
            weight, letters = tally.digits, tally.letters
            look = (
                look
                or (letters > 0 and (weight + letters >= _IDENTIFIER or weight >= _NATIONAL))
                or (weight >= SHORT and (tally.dots >= _DOTS or tally.points >= _DOTS - 1))
            )
            code |= _numbers(tally, weight)
            return code | LOOK if look else code
        if look:
            return code | LOOK
        return code if code & _MATTERS else code & PASSIVE


def _answer(tally: Tally) -> int:
    """Tell what an utterance may answer."""
    said = tally.said
    code = int(said & DATED)
    if said & tl.ANSWERS or tally.letters > 1 or tally.spells:
        code |= ANSWERS
    if tally.heavy == 0 or (tally.heavy == 1 and tally.last & tl.CORRECTS):
        if tally.words <= GARBLED_TOKENS:
            code |= GARBLED
        if said & tl.CORRECTS:
            code |= CORRECTS
    return code


def _numbers(tally: Tally, weight: i64) -> int:
    """Tell of the numbers of an utterance, which have at most so many digits."""
    said = tally.said
    code = int((said & SPOKEN) | NUMERIC | (weight << WEIGHT))
    if tally.ends:
        code |= ENDS
    if said & _SAID == 0:
        code |= PLAIN
    elif said & tl.ALIKE:
        code |= ALIKE
    if tally.letters + tally.number + tally.homophones + tally.alike >= _MIXED:
        code |= MIXED
    return code


def _digits(data: bytes, places: list[tuple[int, int]]) -> int:
    """Count the digits in some places."""
    count: i64 = 0
    for start, stop in places:
        at, end = i64(start), i64(stop)
        while at < end:
            count += _ZERO <= i64(data[at]) <= _NINE
            at += 1
    return count


def eager(line: Line) -> bool:
    """Tell whether an utterance holds a cue that has to be heeded at once."""
    return bool(line.asks) or any(cue.kind in EAGER_KINDS and cue.strength is Strength.STRONG for cue in line.cues)


def _read_cues(line: Line) -> int:
    code, first = COLD, -1
    for cue in line.cues:
        if cue.kind is None:
            code |= NEGATIVE
            first = cue.last if first < 0 else first
        elif cue.strength is Strength.WEAK:
            code |= STRONG if line.named else WEAK
        else:
            code |= STRONG
    return code | SHIELDED if code == NEGATIVE and _shielded(line, first) else code


def _words(text: str) -> list[str]:
    """List the words alone, as the tally counts them."""
    return _WORDS.findall(fold(text))


def _shielded(line: Line, cue: int) -> bool:
    """Tell whether all numbers stand close behind a negative cue."""
    if "(" in line.text or "+" in line.text:
        return False
    first = last = -1
    count = 0
    for at, token in enumerate(line.words):
        if token in _NUMBER_WORDS or ":" > token >= "0":
            first = at if first < 0 else first
            last, count = at, count + 1
    if MASKED in line.masked[cue : last + 1]:
        return False  # the price or the time was what it named
    return cue < first and last - cue <= NEGATIVE_FAR and last - first < count
