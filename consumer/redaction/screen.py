"""Cheap screens over a whole call: what every utterance could hold, told from its words alone. Most are never parsed.

A code errs on one side only: it may say that an utterance matters which does not, never the other way round.
"""

import re
from collections.abc import Sequence
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction import quiet, shapes
from consumer.redaction import telling as tl
from consumer.redaction.cues import CueBook, Strength
from consumer.redaction.fold import fold, in_ascii
from consumer.redaction.introductions import introduces
from consumer.redaction.ints import i64
from consumer.redaction.line import MASKED, Line
from consumer.redaction.line import NUMERIC as NUMERIC_CLASSES
from consumer.redaction.numeric import NEGATIVE_FAR
from consumer.redaction.small_talk import SHORT
from consumer.redaction.tally import LONGEST, Tally
from consumer.redaction.telling import EAGER_KINDS, Telling
from consumer.redaction.windows import GARBLED_TOKENS, SHORTEST_HARMLESS
from consumer.redaction.wordtable import PAD

# A code: how many words are about something else than a number, flags, and on top the most digits that its numbers can have.
COLD: Final = 0
HEAVY: Final = 255
ANSWERS: Final = 1 << 8  # may answer a question for a name
DATED: Final = 1 << 9  # a month or an ordinal
GARBLED: Final = 1 << 10  # may be a part of a number that was misheard
CORRECTS: Final = 1 << 11  # may put a digit right
PLACED: Final = 1 << 12  # may be in an address, whether it holds a number or not
LETTERS: Final = 1 << 13  # said one by one
STRONG: Final = 1 << 14  # the bits of a word's number that go into the code, see telling.py
WEAK: Final = 1 << 15
NEGATIVE: Final = 1 << 16
EAGER: Final = 1 << 17
SPOKEN: Final = 1 << 18
LOOK: Final = 1 << 19  # has to be parsed, whatever stands around it
SHIELDED: Final = 1 << 20  # a negative cue protects its numbers from all but their length
READ: Final = 1 << 21  # its cues and the shape of its numbers were read
NUMERIC: Final = 1 << 22
MIXED: Final = 1 << 23  # letters and digits enough for an identifier
ENDS: Final = 1 << 24  # nothing that is about something else follows the last number
PLAIN: Final = 1 << 25  # all its numbers are digits, and no other word can be one
ALIKE: Final = 1 << 26  # a word in it sounds like a digit
WEIGHT: Final = 27
PASSIVE: Final = (
    HEAVY | ANSWERS | DATED | GARBLED | CORRECTS | PLACED | LETTERS
)  # up to here, nothing matters by itself
ASKS: Final = STRONG | WEAK
CUES: Final = ASKS | NEGATIVE
REPEATS: Final = SHORT << WEIGHT  # from here on, a number may be a repeat
ANYTHING: Final = LOOK | ANSWERS | DATED | STRONG | SPOKEN | READ | NUMERIC | ENDS | (LONGEST << WEIGHT)
BELOW: Final = (1 << WEIGHT) - 1  # all but the digits
_ABOUT: Final = HEAVY | ENDS | GARBLED | CORRECTS  # what is not so where a price or a time is part of it
_MASKED: Final = 2  # words that a harmless shape stands for

_GROUPED: Final = re.compile(r"(\d),(\d{3})", re.ASCII)  # "4,005", which may be four digits
_LINKS: Final = re.compile(r"(?i:\b(?:as|like)\b)|[^\W\d_a-z]{2}")  # "b as in boy", "AB"
_NOISE: Final = re.compile(r"\[[A-Za-z' ]{1,40}\][.,?!]?")  # all that a recogniser heard: "[noise]"
_MOMENT: Final = re.compile(r"(?i)\bone (?:second|sec|moment|minute|min)\b")  # and no mark in it
_SAID: Final = tl.SPOKEN | tl.ALIKE | tl.HOMOPHONE | tl.TIMES
_MIXED: Final = 4  # letters and digits of the shortest identifier
_ZERO: Final = 48  # "0"
_NINE: Final = 57
_DOTS: Final = 3  # of an IPv4 address
_IDENTIFIER: Final = 9  # letters and digits said one by one
_NATIONAL: Final = 6  # digits of a national insurance number
_MATTERS: Final = LOOK | CUES | EAGER
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
        data, at = in_ascii(_PADDING, texts) + PAD, i64(0)  # once for the whole call
        codes: list[int] = []
        for text in texts:
            end = at + i64(len(text))
            codes.append(self._code(Tally(self._telling, data, at, end), text))
            at = end + i64(len(PAD))
        return codes

    def mixed(self, code: int, text: str) -> bool:
        """Tell whether an utterance may hold an identifier said in letters and digits."""
        if code & MIXED or "-" in text:
            return True
        if text.isascii() and text.islower() and "as" not in text and "like" not in text:
            return False  # as most are; the pattern takes a hundred times as long
        return _LINKS.search(text) is not None

    def read(self, code: int, text: str, line: Line | None) -> int:
        """Read the cues of a folded utterance, given its line if its code says that it may have any, and the shape of its numbers."""
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
            return (code & BELOW & ~_ABOUT) | min((code & HEAVY) + _MASKED, HEAVY)
        pieces, free = [], 0
        for start, end in found:
            pieces.append(text[free:start])
            free = end
        pieces.append(text[free:])
        tally = Tally(self._telling, " xx ".join(pieces).encode() + PAD)
        if tally.look or tally.said & tl.TIMES:  # "double 3.5" is a number without any digit
            return code
        code = (code & BELOW & ~_ABOUT) | min((code & HEAVY) + _MASKED, HEAVY) | (tally.digits << WEIGHT)
        return code | ENDS if tally.ends else code

    def _code(self, tally: Tally, text: str) -> int:
        if tally.look:
            return (
                COLD
                if _NOISE.fullmatch(text) and text.lower()[: text.index("]") + 1] not in lx.VENDOR_TAGS
                else ANYTHING
            )
        said = tally.said
        look = tally.asks_who or (tally.introduces and introduces(_words(text), led=not text[0].isalpha()))
        answer = _answer(tally)
        if said & tl.HOT == 0:
            return min(tally.heavy, HEAVY) | answer | (LOOK if look else COLD)
        if tally.words > HEAVY:
            return ANYTHING
        code = tally.heavy | (said & (CUES | EAGER)) | answer
        if said & tl.WEAK and said & tl.NOUN:
            code |= STRONG
        look = look or said & tl.LOOKED != 0 or (said & tl.AT != 0 and said & tl.MAIL != 0)
        weight, letters = tally.digits, tally.letters
        if tally.numeric and not (weight == 1 and tally.moment and not said & tl.ASKED and _MOMENT.search(text)):
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
    code = int(said & (DATED | PLACED))
    if tally.letters > 1 or tally.spells:
        code |= ANSWERS | LETTERS
    elif said & tl.ANSWERS:
        code |= ANSWERS
    if tally.heavy == 0 or (tally.heavy == 1 and tally.last & tl.CORRECTS):
        if tally.words <= GARBLED_TOKENS and (tally.number > 0 or tally.alike + tally.homophones + tally.articles > 1):
            code |= GARBLED
        if tally.alike > 0 or tally.last & tl.CORRECTS:
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
    if (
        tally.spells
        or (tally.letters and said & tl.PLACED)
        or tally.letters + tally.number + tally.homophones + tally.alike >= _MIXED
    ):  # "d is for dog one", "f two hundred"
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
    """Tell whether the first number stands close behind a negative cue, and the others are small talk."""
    runs = line.runs
    if not runs or "(" in line.text or "+" in line.text:
        return False
    first = runs[0]
    if MASKED in line.masked[cue : first.last + 1]:
        return False  # the price or the time was what it named
    return (
        cue < first.first
        and first.last - cue <= NEGATIVE_FAR
        and all(letter in NUMERIC_CLASSES for letter in line.classes[first.first : first.last + 1])
        and all(run.size < SHORTEST_HARMLESS and quiet.stays(line, run) for run in runs[1:])
    )
