"""Count in one pass over an utterance what its words say: a loop over bytes, which becomes plain C where the package is compiled."""

from typing import Final

from consumer.redaction import telling as tl
from consumer.redaction.fold import ascii_of, fold
from consumer.redaction.ints import i64, mypyc_attr, read_i64_le
from consumer.redaction.names import LONGEST as LONGEST_NAME
from consumer.redaction.telling import Telling
from consumer.redaction.wordtable import PAD, UNKNOWN, letters_before, letters_end, no_letters

LONGEST: Final = 40  # digits in one word
_SPACE: Final = 0
_DIGIT: Final = 1
_DOT: Final = 2
_COLON: Final = 3
_MARK: Final = 4  # of a mailbox or a tag, or an apostrophe that follows no letter
_LETTER: Final = 5
_KINDS: Final = bytes(
    _LETTER
    if chr(code) in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    else _DIGIT
    if chr(code) in "0123456789"
    else {".": _DOT, ":": _COLON, "@": _MARK, "[": _MARK, "'": _MARK}.get(chr(code), _SPACE)
    for code in range(256)
)
_COLONS: Final = 2  # of an IPv6 address
_APART: Final = 0  # what the last letter or number said stands beside: nothing any more,
_ALONE: Final = 1  # a letter that has nothing beside it yet,
_BESIDE: Final = 2  # what is counted
_ORDINALS: Final = b"stndrdth"
_PAD_BYTES: Final = 8
_BYTE: Final = 0xFF
_FIRST: Final = 0x80  # the mark of the first character
_BLANK: Final = 32
_QUOTE: Final = 39  # "'"
_ZERO: Final = 48
_NINE: Final = 57
_STRANGE: Final = 1 | 1 << 35  # HEAVY and ANSWERS of telling.py: only constants of a module's own are folded
_SMALL: Final = 32  # the bit that makes a letter small


@mypyc_attr(acyclic=True, free_list_len=1)
class Tally:
    """The counts of one utterance, and what its words say together."""

    __slots__ = (
        "_asked", "_before", "_begins", "_colons", "_end", "_from", "_greeted", "_greets", "_letter", "_says_who", "_start", "_telling", "alike", "articles", "asks_who", "dots", "ends", "heavy", "homophones", "introduces", "last", "letters", "look", "moment",
        "number", "points", "said", "spells", "weight", "words",
    )  # fmt: skip

    def __init__(self, telling: Telling, data: bytes, start: i64 = 0, end: i64 = -1) -> None:
        """Count; `data` is the utterance as `padded` gives it, or stands between two places of several, each followed by PAD."""
        self._telling = telling
        self.look = False
        """Whether it has to be parsed for its marks: a mailbox, a tag, an address, words that would be other tokens of a line."""
        self.said: i64 = 0
        """What any of its words says."""
        self.words: i64 = 0
        self.heavy: i64 = 0
        self.number: i64 = 0
        self.alike: i64 = 0
        self.homophones: i64 = 0
        self.articles: i64 = 0
        self.letters: i64 = 0
        self.points: i64 = 0
        self.dots: i64 = 0
        self.weight: i64 = 0
        self.ends = False
        """Whether nothing that is about something else follows the last number."""
        self.spells = False
        """Whether a letter may be spelled out: "b as in boy"."""
        self.introduces = False
        """Whether somebody may introduce themselves."""
        self.asks_who = False
        """Whether it ends with "you are?"."""
        self.moment = False
        """Whether "one moment" is said."""
        self._says_who = False  # "i'm" behind nothing but greetings: a name may follow
        self._greets = False  # it does
        self._begins = False  # the first word that is no greeting may be one
        self._letter: i64 = _APART
        self._colons: i64 = 0
        self.last: i64 = 0
        """What the last word says."""
        self._before: i64 = 0  # and the one before it
        self._start: i64 = 0  # where it stands
        self._end: i64 = 0
        self._from: i64 = start
        self._asked: i64 = -1  # words up to "you are"
        self._greeted: i64 = 0  # words before the first one that is no greeting
        self._read(data, start, end if end >= 0 else i64(len(data)) - _PAD_BYTES)

    @property
    def numeric(self) -> bool:
        """Tell whether there may be a number."""
        return self.number > 0 or (bool(self.said & tl.SURE) and (self.alike > 1 or self.homophones > 1))

    @property
    def digits(self) -> i64:
        """Tell how many digits there can be; words such as "to" and "for" are some only between others."""
        between = self.homophones
        if self.said & tl.TIMES:
            return tl.MOST_TIMES * (self.weight + between)
        return self.weight + between if self.number + self.alike + between // 2 > 1 else self.weight

    def _read(self, data: bytes, at: i64, size: i64) -> None:  # noqa: C901, PLR0912 - a call for each word costs a third
        table = self._telling.words
        while at < size:
            characters = read_i64_le(data, at)  # also for one character: an index makes an integer of Python
            if characters & _BYTE == _BLANK:
                at += 1
                continue
            marks = no_letters(characters)
            if marks & _FIRST:
                at = self._read_other(data, at, size)
                continue
            start, value = at, i64(0)
            if marks:
                at += letters_before(marks)
                value = table.leading(characters, marks)
            else:
                at = letters_end(data, at)
                value = table.find(data, start, at)
            behind = read_i64_le(data, at) & _BYTE
            if behind != _BLANK:
                if behind == _QUOTE:
                    at = _possessive_end(data, at)
                    if at == 0:
                        self.look = True
                        return
                    value, behind = table.find(data, start, at), read_i64_le(data, at) & _BYTE
                if _ZERO <= behind <= _NINE:
                    self.look = True
            if value == UNKNOWN:
                value = _STRANGE
            if self.last & tl.BEGINS and value & tl.SECOND and (self.last | value) & tl.TELLS:
                self._heed_pair(data, start, at)
            self._start = start
            self._end = at
            if value & tl.MORE or self.last & tl.LINK or self._says_who or self.words == self._greeted:
                self._heed(value, alpha=True)
            else:  # what `_heed` does for most words
                if value & tl.HEAVY:
                    self.heavy += 1
                    self.ends = False
                self._letter = _APART
                self.said |= value
                self.words += 1
                self._before = self.last
                self.last = value
        self.look = self.look or self._colons >= _COLONS
        self.asks_who = self._asked == self.words
        self.introduces = self.introduces or (self._greets and self.said & tl.INTRODUCING != 0)

    def _read_other(self, data: bytes, at: i64, size: i64) -> i64:
        """Read what begins with neither a space nor a letter."""
        kind: i64 = _KINDS[data[at]]
        if kind == _DIGIT:
            return self._read_number(data, at, size)
        if kind == _DOT:
            self.dots += 1
            self.look = self.look or (at + 1 < size and _KINDS[data[at + 1]] == _LETTER)
        elif kind == _COLON:
            self._colons += 1
        elif kind != _SPACE:
            self.look = True
        return at + 1

    def _read_number(self, data: bytes, start: i64, size: i64) -> i64:
        kinds, at = _KINDS, start
        while kinds[data[at]] == _DIGIT:
            at += 1
        length = at - start
        if length >= LONGEST or (at < size and kinds[data[at]] == _LETTER and not _ordinal(data, at, size)):
            self.look = True
        value: i64 = tl.NUMBER
        known = self._telling.words.find(data, start, at)  # "last 4" is a cue
        if known != UNKNOWN:
            value |= known & tl.OF_CUES
        if self.last & tl.BEGINS and value & tl.SECOND and (self.last | value) & tl.TELLS:
            self._heed_pair(data, start, at)
        self._start = start
        self._end = at
        self.weight += length
        self._heed(value, alpha=False)
        return at

    def _heed_pair(self, data: bytes, start: i64, end: i64) -> None:
        """Note what two words begin together."""
        asked = self._telling.pairs.find_pair(data, (self._start, self._end), (start, end))
        if asked != UNKNOWN:
            self.said |= asked

    def _heed(self, value: i64, *, alpha: bool) -> None:
        if value & tl.HEAVY:
            self.heavy += 1
            self.ends = False
        if value & tl.COUNTED:
            self.ends = True
            self.number += (value & tl.NUMBER) // tl.NUMBER
            self.alike += (value & tl.ALIKE) // tl.ALIKE
            self.homophones += (value & tl.HOMOPHONE) // tl.HOMOPHONE
        self.weight += (value >> tl.WEIGHT_AT) & tl.WEIGHTS
        if value & tl.SAID_ALONE:
            self._heed_letter(value)
        elif value & tl.PASSED == 0 and self.last & tl.LINK == 0:
            self._letter = _APART
        if value & tl.LINK and self.last & tl.LETTER:
            self.spells = True
        role = _role(value)
        if self._says_who or value & tl.CLOSER or self.words == self._greeted:
            self._heed_name(value, role, alpha=alpha)
        self.said |= value
        self.words += 1
        if role:
            self._heed_phrase(role, _role(self.last))
        self._before = self.last
        self.last = value

    def _heed_letter(self, value: i64) -> None:
        """Count the letters that stand beside others or beside numbers."""
        if value & tl.LETTER:
            self.letters += self._letter != _APART
            self.letters += self._letter == _ALONE
            self.articles += (value & tl.ARTICLE) // tl.ARTICLE
            self._letter = _ALONE if self._letter == _APART else _BESIDE
        else:
            self.letters += self._letter == _ALONE
            self._letter = _BESIDE

    def _heed_name(self, value: i64, role: i64, *, alpha: bool) -> None:
        """Note what `introductions.introduces` has to look at."""
        if self._says_who and role != tl.HESITATES:
            self._says_who = False
            self._greets = self._greets or value & tl.NO_NAME == 0
        if value & tl.CLOSER:
            opened = self.said & tl.OPENING and (self.last & tl.NO_NAME == 0 or self._before & tl.LINK)
            if opened or (self._begins and self.words <= LONGEST_NAME + 1):
                self.introduces = True
        if self.words == self._greeted:
            if value & tl.GREETING or not alpha:
                self._greeted += 1
            else:
                self._begins = value & tl.NO_BEGINNING == 0
                self._says_who = role == tl.SAYS_WHO and (self.words > 0 or self._start > self._from)

    def _heed_phrase(self, role: i64, last: i64) -> None:
        """Note the phrases that are told by their words alone."""
        if role == tl.OH:
            self.look = self.look or last == tl.OH or (last == tl.TO and _role(self._before) == tl.OH)
        elif role in (tl.IS, tl.AM):
            opens = last == tl.MYSELF if role == tl.AM else last in (tl.THIS, tl.IT)
            self._says_who = self._says_who or (opens and self.words == self._greeted + 2)
        elif (role == tl.ARE and last == tl.YOU) or (role == tl.CALLED and self._asked == self.words - 1):
            self._asked = self.words
        elif role == tl.POINT:
            self.points += 1
        elif role == tl.MOMENT and last == tl.ONE:
            self.moment = True


def padded(text: str) -> bytes:
    """Give an utterance in ASCII, in the case that it came in, and PAD."""
    return (ascii_of(text) or fold(text).encode()) + PAD


def _possessive_end(data: bytes, at: i64) -> i64:
    """Return where a word ends that has an apostrophe here, between letters; 0 if it is for the parser."""
    end = letters_end(data, at + 1)
    return 0 if end == at + 1 or data[end] == _QUOTE else end


def _role(value: i64) -> i64:
    return (value >> tl.ROLE_AT) & tl.ROLES


def _ordinal(data: bytes, at: i64, size: i64) -> bool:
    """Tell whether "st", "nd", "rd" or "th" stands here."""
    if at + 1 >= size or (at + 2 < size and _KINDS[data[at + 2]] in (_LETTER, _DIGIT)):
        return False
    one, two = i64(data[at]) | _SMALL, i64(data[at + 1]) | _SMALL
    index: i64 = 0
    while index < len(_ORDINALS):
        if _ORDINALS[index] == one and _ORDINALS[index + 1] == two:
            return True
        index += 2
    return False
