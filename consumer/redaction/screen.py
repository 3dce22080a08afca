"""Cheap screens over a whole call: what every utterance could hold, told from its words alone. Most are never parsed.

A code errs on one side only: it may say that an utterance matters which does not, never the other way round.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, repeat
from typing import Final

from consumer.redaction import counts, inner
from consumer.redaction import lexicon as lx
from consumer.redaction.cues import CueBook, Strength
from consumer.redaction.fold import fold
from consumer.redaction.introductions import introduces
from consumer.redaction.line import CORRECTIONS, Line, harmless_shapes
from consumer.redaction.numeric import NEGATIVE_FAR
from consumer.redaction.small_talk import SHORT
from consumer.redaction.telling import (  # fmt: skip
    CLOSERS,
    EAGER,
    EAGER_KINDS,
    HEAVY,
    LONGEST,
    LOOKED,
    MAIL,
    MOST_WORDS,
    NEGATIVE,
    NOUN,
    NUMBERS_AT,
    SPECIAL,
    SPOKEN,
    STRONG,
    TABLE,
    WEAK,
    WEIGHT,
    Telling,
    encoded,
    one,
)
from consumer.redaction.windows import GARBLED_TOKENS

COLD: Final = 0
_FLAG: Final = 1 << 112
LOOK: Final = _FLAG  # has to be parsed, whatever stands around it
SHIELDED: Final = _FLAG << 1  # a negative cue protects its numbers from all but their length
READ: Final = _FLAG << 2  # its cues and the shape of its numbers were read
NUMERIC: Final = _FLAG << 3
ASKS: Final = STRONG | WEAK
CUES: Final = ASKS | NEGATIVE
REPEATS: Final = SHORT << WEIGHT  # from here on, a number may be a repeat
ANYTHING: Final = LOOK | one(STRONG) | one(SPOKEN) | READ | NUMERIC | (LONGEST << WEIGHT)
_ONE_STRONG: Final = one(STRONG)
_ONE_WEAK: Final = one(WEAK)
_ONE_NEGATIVE: Final = one(NEGATIVE)
_BELOW: Final = (1 << WEIGHT) - 1

# Where the words of the screen would not be the tokens of a line; the group is the place.
_BEFORE_NOTHING: Final = re.compile(rb"(')[^a-z]")
_AFTER_NOTHING: Final = re.compile(rb"[^a-z](')")
_TWICE: Final = re.compile(rb"(')[a-z]+'")
_LETTERS_ALIKE: Final = bytes(range(256)).translate(bytes.maketrans(b"bcdefghijklmnopqrstuvwxyz", b"a" * 25))
_GLUED: Final = (b"0a", b"a0", b"0" * LONGEST)  # digits and letters in one word, and words that are not in the table
_OH_OH: Final = re.compile(rb"oh +(?:(?:too?|for) +)?oh")  # a number if nothing else is said
_ORDINAL: Final = re.compile(rb"0(st|nd|rd|th)\b")
_MARKED: Final = re.compile(rb"[@\[]")
_DOMAIN: Final = re.compile(rb"\.[A-Za-z]")
_THIS_IS: Final = re.compile(rb"this +is\b")
_YOU_ARE: Final = re.compile(rb"you +(?:are|were)(?: +called)? *$", re.MULTILINE)  # "and you are?"
_GROUPED: Final = re.compile(r"(\d),(\d{3})", re.ASCII)  # "4,005", which may be four digits
_LINKS: Final = re.compile(r"(?i:\b(?:as|like)\b)|[^\W\d_a-z]{2}")  # "b as in boy", "AB"
_CORRECTIONS: Final = encoded((*CORRECTIONS, "no"))
_CORRECTED: Final = encoded((*lx.NEIGHBOURS, *lx.HOMOPHONES))
_MIXED: Final = 4  # letters and digits of the shortest identifier
_DOTS: Final = 3
_COLONS: Final = 2  # of an IPv4 and an IPv6 address
_IDENTIFIER: Final = 9  # letters and digits said one by one
_NATIONAL: Final = 6  # digits of a national insurance number
_MOMENTS: Final = tuple([word.encode()] for word in lx.MOMENTS)
_ONE_MORE: Final = repeat(1)  # what a word adds that is not known
_NOTHING: Final = repeat(0)
_NUMBERS: Final = (1 << NUMBERS_AT) - 1  # all fields of numbers, put down by their place
_MATTERS: Final = LOOK | CUES | EAGER
_NUMBER_WORDS: Final = frozenset((*lx.DIGITS, *lx.TEENS, *lx.TENS_WORDS, *lx.MULTIPLIERS, *lx.NEIGHBOURS))


class Screen:
    """Built once for the cues in force."""

    def __init__(self, cues: CueBook) -> None:
        self._telling = Telling(cues)
        self._blind = any(
            b"" in words for words in self._telling.triggers.values()
        )  # a cue without any word, such as "#"

    def codes(self, texts: Sequence[str]) -> list[int]:
        """Give every utterance of a call its code."""
        if self._blind or not texts:
            return [ANYTHING] * len(texts)
        joined = "\n".join(texts)
        if not joined.isascii() or joined.count("\n") != len(texts) - 1:
            texts = [fold(text).replace("\n", " ") for text in texts]
            joined = "\n".join(texts)
        raw = joined.encode()
        looked = _places(_DOMAIN, raw)
        if b"@" in raw or b"[" in raw:
            looked += _places(_MARKED, raw)
        lines_looked = _lines(looked, raw)
        if raw.count(b":") >= _COLONS:
            lines_looked += [index for index, text in enumerate(texts) if text.count(":") >= _COLONS]
        plain = raw.translate(TABLE)
        plain = _without_ordinals(plain)
        lines_looked += _lines(_uneven(plain), plain)
        introduced = _lines(_places(_THIS_IS, plain), plain)
        asked = _lines(_places(_YOU_ARE, plain), plain)
        cold, code = self._telling.hot.isdisjoint, self._code
        lines = plain.split(b"\n")
        codes = [
            COLD if cold(words) else code(words, text)
            for words, text in zip(map(bytes.split, lines), texts, strict=True)
        ]
        for index in lines_looked:
            codes[index] = ANYTHING
        for index in asked:
            codes[index] |= LOOK
        for index in set(introduced):
            if introduces(lines[index].decode().split()):
                codes[index] |= LOOK
        return codes

    def misheard(self, text: str, *, dictated: bool) -> bool:
        """Tell whether an utterance without a number may be a part of one that was misheard, or a correction."""
        words = _words(fold(text))
        if sum(map(self._telling.talk.get, words, _ONE_MORE)) & HEAVY:
            return False
        return (dictated and len(words) <= GARBLED_TOKENS) or not (
            _CORRECTIONS.isdisjoint(words) or _CORRECTED.isdisjoint(words)
        )

    def mixed(self, code: int, text: str) -> bool:
        """Tell whether an utterance may hold an identifier said in letters and digits."""
        numbers = (code >> NUMBERS_AT) & _NUMBERS
        said = counts.letters(numbers) + counts.number(numbers) + counts.homophones(numbers) + counts.alike(numbers)
        return said >= _MIXED or "-" in text or _LINKS.search(text) is not None

    def read(self, code: int, line: Line) -> int:
        """Read the cues of an utterance and the shape of its numbers."""
        if code & READ:
            return code
        text = line.text
        if code >> WEIGHT == 1 and _one_moment(_words(text)):
            return (code & _BELOW & ~NUMERIC) | READ
        if code & CUES:
            code = (code & ~CUES) | _read_cues(line)
        if code >= 2 << WEIGHT and (shapes := harmless_shapes(text)) is not None:
            kept, masked = inner.replace(shapes, _GROUPED.sub(r"\1\2", text), " xx ")
            if masked:
                words = _words(kept)
                code = (code & _BELOW) + 2 | (counts.digits(self._numbers(words), self._weigh(words)) << WEIGHT)
        return code | READ

    def _weigh(self, words: list[bytes]) -> int:
        return sum(map(self._telling.weights.get, words, _NOTHING))

    def _numbers(self, words: list[bytes]) -> int:
        return sum(map(self._telling.numbers.get, words, _NOTHING))

    def _code(self, words: list[bytes], text: str) -> int:
        if len(words) > MOST_WORDS:
            return ANYTHING
        code = sum(map(self._telling.talk.get, words, _ONE_MORE))
        if code & WEAK and code & NOUN:
            code |= _ONE_STRONG
        look = code & SPECIAL and _special(words)
        if not self._telling.numeric.isdisjoint(words):
            numbers = self._numbers(words)
            if counts.number(numbers) or (
                counts.sure(numbers) and (counts.alike(numbers) > 1 or counts.homophones(numbers) > 1)
            ):
                weight, letters = counts.digits(numbers, self._weigh(words)), counts.letters(numbers)
                look = (
                    look
                    or (letters and (weight + letters >= _IDENTIFIER or weight >= _NATIONAL))
                    or (weight >= SHORT and (text.count(".") >= _DOTS or words.count(b"point") >= _DOTS - 1))
                )
                code |= NUMERIC | (weight << WEIGHT) | (numbers << NUMBERS_AT)
                return code | LOOK if look else code
        if look:
            return code | LOOK
        return code if code & _MATTERS else COLD


def eager(line: Line) -> bool:
    """Tell whether an utterance holds a cue that has to be heeded at once."""
    return bool(line.asks) or any(cue.kind in EAGER_KINDS and cue.strength is Strength.STRONG for cue in line.cues)


def _read_cues(line: Line) -> int:
    code, first = COLD, -1
    for cue in line.cues:
        if cue.kind is None:
            code |= _ONE_NEGATIVE
            first = cue.last if first < 0 else first
        elif cue.strength is Strength.WEAK:
            code |= _ONE_STRONG if line.named else _ONE_WEAK
        else:
            code |= _ONE_STRONG
    return code | SHIELDED if code == _ONE_NEGATIVE and _shielded(line.words, first) else code


def _special(words: list[bytes]) -> bool:
    """Tell whether words may be part of a mailbox or a link, or introduce somebody."""
    return (
        not LOOKED.isdisjoint(words)
        or (b"at" in words and not MAIL.isdisjoint(words))
        or (not CLOSERS.isdisjoint(words) and introduces([word.decode() for word in words]))
    )


def _one_moment(words: list[bytes]) -> bool:
    return b"one" in words and words[words.index(b"one") + 1 :][:1] in _MOMENTS


def _words(folded: str) -> list[bytes]:
    return _without_ordinals(folded.encode().translate(TABLE)).split()


def _without_ordinals(plain: bytes) -> bytes:
    """Part numbers from "st", "nd", "rd" and "th"."""
    if b"0" in plain and (b"0t" in plain or b"0s" in plain or b"0n" in plain or b"0r" in plain):
        return _ORDINAL.sub(rb"0 \1", plain)
    return plain


def _shielded(tokens: Sequence[str], cue: int) -> bool:
    """Tell whether all numbers stand close behind a negative cue."""
    numbers = [at for at, token in enumerate(tokens) if token in _NUMBER_WORDS or token.isdecimal()]
    return (
        bool(numbers) and cue < numbers[0] and numbers[-1] - cue <= NEGATIVE_FAR
        and numbers[-1] - numbers[0] < len(numbers)
        and "(" not in tokens and "+" not in tokens
    )  # fmt: skip


def _uneven(plain: bytes) -> list[int]:
    """List the places at which the words of the screen are not the tokens of a line."""
    found = []
    if b"'" in plain:
        ended = b"\n%b\n" % plain
        for pattern in (_BEFORE_NOTHING, _AFTER_NOTHING, _TWICE):
            found += [match.start(1) - 1 for match in pattern.finditer(ended)]
    if b"0" in plain:
        alike = plain.translate(_LETTERS_ALIKE)
        for glued in _GLUED:
            at = alike.find(glued)
            while at >= 0:
                found.append(at)
                end = alike.find(b"\n", at)
                at = alike.find(glued, end) if end >= 0 else -1
    return found + _places(_OH_OH, plain)


def _places(pattern: re.Pattern[bytes], joined: bytes) -> list[int]:
    return [match.start() for match in pattern.finditer(joined)]


def _lines(places: list[int], joined: bytes) -> list[int]:
    """List the lines in which places are, each as often as it has any."""
    if not places:
        return places
    starts = list(accumulate((len(line) + 1 for line in joined.split(b"\n")), initial=0))
    return [bisect_right(starts, place) - 1 for place in places]
