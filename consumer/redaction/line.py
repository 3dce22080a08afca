"""One utterance as the engine sees it: tokens, one class letter each, and the numbers found over those letters."""

import re
from bisect import bisect_right
from typing import Final

from consumer.redaction import alphabets, hearing, lookup, quantities, questions, shapes
from consumer.redaction import lexicon as lx
from consumer.redaction.cues import CueBook
from consumer.redaction.ints import i64, mypyc_attr, read_i64_le
from consumer.redaction.numbers import Run, grouped, read
from consumer.redaction.span import Kind, Source, Span
from consumer.redaction.tokens import OWN_TAG, Tokens

MASKED: Final = "|"
CUED: Final = "Q"
NUMERIC: Final = "dtTn"
CONTENT: Final = "xuMOAG"
DATE_CONTENT: Final = "xuAG"
_IS_NUMERIC: Final = bytes(chr(code) in NUMERIC for code in range(256))
_IS_CONTENT: Final = bytes(chr(code) in CONTENT for code in range(256))
_IS_DATED: Final = bytes(chr(code) in "MOdtTn" for code in range(256))
_IS_DATE_CONTENT: Final = bytes(chr(code) in DATE_CONTENT for code in range(256))

# A run begins with a digit, a number word or "double", goes on over up to five tokens of no weight, and ends with a digit.
_BEGINS: Final = 1
_GOES_ON: Final = 2
_ENDS: Final = 4
_ENDS_APART: Final = 8  # where a harmless number was announced, it must not be taken for the beginning of the next
_OWNER: Final = 16
_OWNED: Final = 32
_SAYING: Final = {
    _BEGINS: "mdtTn", _GOES_ON: "mdtTnhk", _ENDS: '|QexuMODA@$%&G=?!;"*', _ENDS_APART: "g", _OWNER: "uO", _OWNED: "dtTnhk-",
}  # fmt: skip
_SAYS: Final = bytes(sum(says for says, letters in _SAYING.items() if chr(code) in letters) for code in range(256))
_OPENS: Final = frozenset("(+")
_LONGEST_GAP: Final = 5
_START_BYTES: Final = 8
_DATE: Final = re.compile(r"[MOdtTn](?:[fagw,.\-/']{0,3}[MOdtTnhk])*")
# "The eighth of the third year nineteen forty one" goes on, "for the third time" does not begin a date.
_DATE_WORDS: Final = {"year": lx.CARRIER, "time": lx.OTHER}
_SHAPES: Final = re.compile(r"\|{1,40}")
_LONGEST_QUANTITY: Final = 4
Date = tuple[int, int, int]
"""First token, last token, number of digits; a month counts as two."""


@mypyc_attr(acyclic=True)
class Line:
    """A parsed utterance: `raw` as it came, `text` folded, and of each token its word and its class."""

    def __init__(self, raw: str, text: str, book: CueBook) -> None:
        self.raw = raw
        self.text = text
        self._book = book
        self._parsed = Tokens(text, book.lookup)
        self.words = self._parsed.words
        self._starts = self._parsed.starts
        self.cues = book.find(self.words, self._parsed.begins, possessive=self._parsed.possessive)
        self.asks = book.asks(self.words, self.cues, telling=self._parsed.said & lookup.TELLS != 0)
        # Worked out when first asked for.
        self.__cued: frozenset[int] | None = None
        self.__classes: str | None = None
        self.__unmasked: str | None = None
        self.__masked: str | None = None
        self.__numeric: bool | None = None
        self.__runs: list[Run] | None = None
        self.__dates: list[Date] | None = None
        self.__stretches: list[tuple[int, int]] | None = None
        self.__content: int | None = None
        self.__offers: bool | None = None
        self.__own_tags: list[int] | None = None
        self.spelled: str | None = None
        """The classes with the letters of spelled words, once spelling.py worked them out."""
        self.candidates: list[int] | None = None
        """The words that may be one of a name in an answer, once names.py worked them out."""

    def without(self, spans: list[Span]) -> "Line":
        """Read the utterance again with what is hidden already as one token each, as after redaction; offsets stay."""
        pieces: list[str] = []
        end = 0
        for span in spans if len(spans) == 1 else sorted(spans, key=lambda one: (one.start, one.end)):
            start, stop = max(span.start, end), max(span.end, end)
            pieces += (self.text[end:start], lx.HIDDEN.ljust(stop - start)[: stop - start])
            end = stop
        return Line(self.raw, "".join((*pieces, self.text[end:])), self._book)

    def cut(self, token: int) -> "Line":
        """Read what stands before a token as an utterance of its own; offsets are the same."""
        stop = self.start(token)
        return Line(self.raw[:stop], self.text[:stop], self._book)

    # Where tokens stand

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Turn tokens into characters."""
        return self.start(first), self.end(last)

    def start(self, index: int) -> int:
        """Tell where a token begins, in characters."""
        return read_i64_le(self._starts, _START_BYTES * i64(index))

    def behind(self, place: int) -> int:
        """Tell the first token that begins there or later."""
        low, high = 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            if self.start(middle) < place:
                low = middle + 1
            else:
                high = middle
        return low

    def end(self, index: int) -> int:
        """Tell where a token ends."""
        return self.start(index) + len(self.words[index])

    def span(self, first: int, last: int, kind: Kind, rule: str, source: Source) -> Span:
        """Make the span of some tokens."""
        return Span(self.start(first), self.end(last), kind, rule, source)

    def glued(self, index: int) -> bool:
        """Tell whether a token touches the one before it."""
        return 0 < index < len(self.words) and self.start(index) == self.end(index - 1)

    def capital(self, index: int) -> bool:
        """Tell whether a token begins with a capital letter."""
        return self.raw[self.start(index)].isupper()

    # What tokens are

    def cued(self, index: int) -> bool:
        """Tell whether a token belongs to a cue that asks for a value."""
        return index in self._cued

    @property
    def _cued(self) -> frozenset[int]:
        if self.__cued is None:
            self.__cued = frozenset(
                at for cue in self.cues if cue.kind is not None for at in range(cue.first, cue.last + 1)
            )
        return self.__cued

    @property
    def classes(self) -> str:
        """Tell the class of each token."""
        if self.__classes is None:
            self.__classes = self._read_classes()
        return self.__classes

    def _read_classes(self) -> str:
        said = self._parsed.said
        if not said & (lookup.SOUNDS | lookup.CODES | lookup.PHRASES):
            return self._parsed.classes
        classes = list(self._parsed.classes)
        if said & lookup.SOUNDS:
            hearing.heed(self.words, classes)
        if said & lookup.CODES:
            alphabets.heed(self.words, classes)
        if said & lookup.PHRASES:
            hearing.heed_phrases(self.words, classes)
        return "".join(classes)

    @property
    def unmasked(self) -> str:
        """Mark the cues among the classes."""
        if self.__unmasked is None:
            self.__unmasked = self._read_unmasked()
        return self.__unmasked

    def _read_unmasked(self) -> str:
        if not self.cues:
            return self.classes
        classes, pieces, free = self.classes, list[str](), 0
        if len(self.cues) == 1:
            cue = self.cues[0]
            return classes[: cue.first] + CUED * (cue.last - cue.first + 1) + classes[cue.last + 1 :]
        for cue in self.cues:
            pieces.append(classes[free : cue.first])
            pieces.append(CUED * (cue.last - cue.first + 1))
            free = cue.last + 1
        pieces.append(classes[free:])
        return "".join(pieces)

    @property
    def masked(self) -> str:
        """Mark cues, and mask numbers that are harmless by their shape."""
        if self.__masked is None:
            self.__masked = self._mask() if self.numeric else self.unmasked
        return self.__masked

    @property
    def numeric(self) -> bool:
        """Tell whether there is any digit or number word."""
        if self.__numeric is None:
            self.__numeric = _count(self.classes, _IS_NUMERIC) > 0
        return self.__numeric

    @property
    def runs(self) -> list[Run]:
        """Read the numbers, money, times, dates and quantities left out."""
        if self.__runs is None:
            self.__runs = self._read_runs()
        return self.__runs

    def _read_runs(self) -> list[Run]:
        if not self.numeric:
            return []
        masked, classes, words = self.masked, self.classes, self.words
        data = masked.encode("ascii")
        ends = _ENDS | _ENDS_APART if self.harmless else _ENDS
        found: list[Run] = []
        at, size = i64(0), i64(len(data))
        while at < size:
            if not _SAYS[data[at]] & _BEGINS:
                at += 1
                continue
            first = _opened(masked, at, found[-1].last + 1 if found else 0)
            last = at
            at += 1
            while at < size and at - last <= _LONGEST_GAP + 1 and not _SAYS[data[at]] & ends:
                if _SAYS[data[at]] & _GOES_ON:
                    last = at
                at += 1
            at = last + 1
            found.append(read(words, classes, first, last))
        return found

    @property
    def stretches(self) -> list[tuple[int, int]]:
        """List the characters of numbers and of shapes, in order and apart."""
        if self.__stretches is None:
            self.__stretches = self._read_stretches()
        return self.__stretches

    def _read_stretches(self) -> list[tuple[int, int]]:
        tokens = [(run.first, run.last) for run in self.runs]
        tokens += [_tokens_of(match) for match in _SHAPES.finditer(self.masked)]
        return [self.place(*one) for one in sorted(tokens)]

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """Widen characters to the numbers and shapes that they cut: half a number or half a time of day says too much."""
        stretches = self.stretches
        for begin, stop in stretches[bisect_right(stretches, start, key=lambda one: one[1]) :]:
            if begin >= end:
                break
            start, end = min(start, begin), max(end, stop)
        return start, end

    @property
    def dates(self) -> list[Date]:
        """What could be a date, written or spoken."""
        if self.__dates is None:
            self.__dates = self._read_dates()
        return self.__dates

    def _read_dates(self) -> list[Date]:
        found: list[Date] = []
        said = self.unmasked
        if _count(said, _IS_DATED) == 0:
            return found
        if "year" in self.words or "time" in self.words:
            said = "".join(map(_DATE_WORDS.get, self.words, said))
        for match in _DATE.finditer(said):
            first, last = match.start(), match.end() - 1
            if first and self.words[first] == "one" and last > first and self.words[first - 1] in lx.POINTERS:
                first += 1  # "this one, 09/28"
            months = sum(match.group().count(letter) for letter in "MO")
            found.append((first, last, read(self.words, self.classes, first, last).size + 2 * months))
        return found

    @property
    def content(self) -> int:
        """How many words are about something else than a number: neither digits, fillers, carriers nor cues."""
        if self.__content is None:
            self.__content = self._read_content()
        return self.__content

    def _read_content(self) -> int:
        masked = self.masked
        return _count(masked, _IS_CONTENT) + 2 * (MASKED in masked) + 2 * len(self.own_tags)

    @property
    def digits(self) -> bool:
        """Tell whether there is any digit."""
        return self._parsed.digits

    @property
    def led(self) -> bool:
        """Tell whether a letter stands right before two digits, as in an IBAN."""
        return self._parsed.led

    @property
    def checked(self) -> bool:
        """Tell whether a single letter follows digits, as in the numbers that it is the check of."""
        return self._parsed.checked

    @property
    def harmless(self) -> bool:
        """Tell whether a harmless number is announced."""
        return any(cue.kind is None for cue in self.cues)

    @property
    def named(self) -> bool:
        """Tell whether a number is spoken of."""
        return self._parsed.said & lookup.NOUNS != 0

    @property
    def offers(self) -> bool:
        """Tell whether whoever speaks will give what is spoken of."""
        if self.__offers is None:
            self.__offers = self._parsed.said & lookup.OFFERS != 0 and questions.offers(self.words)
        return self.__offers

    @property
    def spells(self) -> bool:
        """Tell whether letters may be said one by one."""
        return self._parsed.said & lookup.SPELLS != 0

    @property
    def introduces(self) -> bool:
        """Tell whether a word is said that is in every introduction."""
        return self._parsed.said & lookup.INTRODUCES != 0

    @property
    def corrects(self) -> bool:
        """Tell whether something is taken back."""
        return self._parsed.said & lookup.CORRECTS != 0

    @property
    def own_tags(self) -> list[int]:
        """The tokens that are tags of this engine: the text was redacted before."""
        if self.__own_tags is None:
            self.__own_tags = (
                [index for index, word in enumerate(self.words) if word.startswith(OWN_TAG)]
                if lx.TAG in self.classes
                else []
            )
        return self.__own_tags

    @property
    def date_content(self) -> int:
        """How many words are about something else than a date."""
        return _count(self.unmasked, _IS_DATE_CONTENT)

    @property
    def pure(self) -> bool:
        """Tell whether the utterance is nothing but part of a number."""
        return bool(self.runs) and self.content == 0

    def _mask(self) -> str:
        unmasked = self.unmasked
        found = shapes.find(self.text) if lx.WRITTEN in self.classes else []
        if not found and not _owned(unmasked):
            return unmasked
        letters = list(unmasked)
        index, size = 0, len(self.words)
        for start, end in found:
            while index < size and self.start(index) < start:
                index += 1
            if "," in self.text[start:end] and grouped(self.text[start:end], letters, index):
                continue
            while index < size and self.end(index) <= end:
                letters[index] = MASKED
                index += 1
        if _owned(unmasked):
            for first, end in quantities.find("".join(letters)):
                last = end - 1
                if letters[last] != lx.WRITTEN or len(self.words[last]) <= _LONGEST_QUANTITY:
                    letters[first:end] = MASKED * (end - first)
        return "".join(letters)


def _count(classes: str, which: bytes) -> int:
    """Count the classes that are marked with 1."""
    data = classes.encode("latin-1")
    at, size, count = i64(0), i64(len(data)), i64(0)
    while at < size:
        count += i64(which[data[at]])
        at += 1
    return count


def _owned(classes: str) -> bool:
    """Tell whether a unit or an ordinal may own the number before it."""
    data = classes.encode("ascii")
    at, size = i64(1), i64(len(data))
    while at < size:
        if _SAYS[data[at]] & _OWNER and _SAYS[data[at - 1]] & _OWNED:
            return True
        at += 1
    return False


def _opened(masked: str, at: int, free: int) -> int:
    """Take in the "(" and the "+" in front of a number."""
    if at > free and masked[at - 1] in _OPENS:
        at -= 1
        if at > free and masked[at - 1] in _OPENS and masked[at - 1] != masked[at]:
            at -= 1
    return at


def _tokens_of(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), match.end() - 1
