"""What is being asked for or given at this point of a conversation: one window for each type."""

from collections.abc import Iterator, Sequence
from typing import Final

from consumer.redaction.cues import Cue, Strength
from consumer.redaction.ints import mypyc_attr
from consumer.redaction.line import Line
from consumer.redaction.numbers import Run
from consumer.redaction.span import Kind
from consumer.redaction.words import KINDS as WORDS

REACH: Final = 8  # utterances that a question stays open
TAIL: Final = 4  # utterances after a whole number in which repeats and corrections belong to it
ANSWER_REACH: Final = 6  # utterances within which words (a name, a password) answer a question
GARBLED_REACH: Final = 4  # utterances after a fragment within which the next one may be garbled
GARBLED_TOKENS: Final = 6  # of the longest utterance that may be a garbled number
NEGATIVE_REACH: Final = 2  # utterances after "what is your order number" in which numbers stay
HARMLESS_KEPT: Final = 4  # harmless numbers that are known when they come again
SHORTEST_HARMLESS: Final = 4  # digits
REMEMBERED: Final = 32  # digits of a number in parts
TOLERANCE: Final = 4  # digits beyond the usual length that still fit a type
SETTLED: Final = 4  # digits after which even a weak cue was about a number

ANSWERED_REACH: Final = 3  # the same, once an answer was given: for what is added or put right
READ_BACK_REACH: Final = 2  # utterances after an answer in which whoever asked says it again

CUSTOMERS: Final = frozenset(("customer", "caller", "client", "external", "user", "guest"))  # who speaks for the caller
NOBODY: Final = ("", "unknown")  # what stands for a speaker that nobody told apart

DATES: Final = frozenset((Kind.CARD_EXPIRY, Kind.DATE_OF_BIRTH))
NOT_NUMERIC: Final = WORDS | DATES | {Kind.IP_ADDRESS}
# Harmless things that have a number, which may come in the next utterance; a price or a ticket does not.
_SHORT_CARDS: Final = ("", "3")  # what cards of fifteen digits begin with
NUMBERED: Final = frozenset("number numbers id code # reference tracking sku upc isbn vin".split())
_MEASURES: Final = frozenset(("how", "what", "which", "scale"))
_OFFERS: Final = frozenset("my our mine you'll want need needing give gave spell tell read find".split())
_PLACES: Final = frozenset("on in from off with inside under behind".split())
_ARTICLES: Final = frozenset(("the", "that"))
_PLACE_TOKENS: Final = 2
_NUMBERS: Final = frozenset("ndtT+")
_ASKING: Final = frozenset("what what's which whose can could may do have and tell give read may please any".split())
# Digits of a whole number, after which a window only waits for repeats and corrections.
_FULL: Final = {
    Kind.CREDIT_CARD: 15, Kind.SSN: 9, Kind.PHONE: 10, Kind.CVV: 3, Kind.CARD_EXPIRY: 4, Kind.ROUTING_NUMBER: 9,
    Kind.BANK_ACCOUNT: 12, Kind.PIN: 4, Kind.DATE_OF_BIRTH: 6, Kind.POSTAL_CODE: 5, Kind.NATIONAL_ID: 9, Kind.IBAN: 18,
    Kind.IP_ADDRESS: 8, Kind.NUMBER: 8, Kind.ADDRESS: 5, Kind.PERSON_NAME: 1, Kind.EMAIL: 1, Kind.PASSWORD: 1,
}  # fmt: skip


@mypyc_attr(acyclic=True)
class Window:
    """A type that was asked for or begun; `last` is the utterance of its last activity, `by` who spoke of it, `giver` who said digits."""

    __slots__ = (
        "_full",
        "answered",
        "by",
        "dated",
        "digits",
        "giver",
        "kind",
        "last",
        "offered",
        "parts",
        "strong",
        "worded",
    )

    def __init__(self, kind: Kind, last: int, *, strong: bool, by: str = "", offered: bool = False) -> None:
        """`offered` says that who spoke of it will give it: "do you want my address?"."""
        self.kind = kind
        self._full = _FULL[kind]
        self.dated = kind in DATES
        self.worded = kind in WORDS
        self.last = last
        self.strong = strong
        self.by = by
        self.offered = offered
        self.giver = ""
        self.digits = 0
        self.parts = ""
        self.answered = False

    @property
    def complete(self) -> bool:
        """Tell whether a whole number was given."""
        if self.digits == 0 or self.digits < self._full:
            return False
        return self.digits > self._full or self.kind is not Kind.CREDIT_CARD or self.parts[:1] in _SHORT_CARDS

    def take(self, digits: str, index: int) -> None:
        """Note a part of the number; a repeated part counts once."""
        self.last = index
        if digits not in self.parts:
            self.digits += len(digits)
            self.parts = (self.parts + digits)[-REMEMBERED:]
        self.strong = self.strong or self.digits >= SETTLED


class Windows:
    """The open windows, oldest first, and the last utterance that spoke of something harmless."""

    __slots__ = ("_measure", "_negative", "_negative_by", "_open", "_said_harmless")

    def __init__(self) -> None:
        self._open: list[Window] = []
        self._negative = -NEGATIVE_REACH - 1
        self._negative_by = ""
        self._measure = False
        self._said_harmless: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self._open)

    def __iter__(self) -> Iterator[Window]:
        return iter(self._open)

    @property
    def awaits(self) -> tuple[bool, bool, bool]:
        """Tell whether a date is expected, whether words were asked for, and whether digits of any number were given."""
        dated = worded = given = False
        for one in self._open:
            if one.digits:
                given = True
            if one.dated:
                dated = True
            elif one.worded:
                worded = True
        return dated, worded, given

    def expire(self, index: int) -> None:
        """Close what nobody came back to."""
        for one in self._open:
            if index - one.last > TAIL and (index - one.last > REACH or one.complete):
                self._open = [one for one in self._open if index - one.last <= (TAIL if one.complete else REACH)]
                return

    def heed(self, cue: Cue, line: Line, index: int, speaker: str, *, given: bool = False) -> Window | None:
        """Heed a cue: a positive one opens a window or renews it, a negative one lets the next numbers stay.

        Where words were `given` with it, it is an answer, and whoever asked is still the one who did.
        """
        if cue.kind is None:
            self._measure = line.words[cue.first] in _MEASURES
            numbered = not NUMBERED.isdisjoint(line.words[cue.first : cue.last + 1])
            if self._measure or numbered or (_asks(line.words) and not _belongs(line, cue)):
                self._negative, self._negative_by = index, speaker
            return None
        if self._negative == index and _located(line, cue):
            return None
        if cue.kind is Kind.PHONE and _of_the_same(line, cue):
            return None
        strong = cue.strength is Strength.STRONG or line.named
        if strong and (cue.kind not in WORDS or self._negative != index):
            self._negative = index - NEGATIVE_REACH - 1
        window = self.of(cue.kind)
        offered = cue.kind in WORDS and line.offers
        if window is None:
            window = Window(cue.kind, index, strong=strong, by=speaker, offered=offered)
            self._open.append(window)
            return window
        window.offered = offered
        window.last, window.strong, window.answered = index, window.strong or strong, False
        if not given or window.by in NOBODY:
            window.by = speaker
        if window.complete and strong:
            window.digits, window.parts = 0, ""
        return window

    def heed_tag(self, index: int) -> None:
        """Text that another engine redacted: a tag stands for the number that its cue announced."""
        for one in self._open:
            one.digits, one.last = max(one.digits, _FULL[one.kind]), index

    def close(self) -> None:
        """Expect nothing any more: a tag of this engine stands for whatever was expected."""
        self._open.clear()

    def of(self, kind: Kind) -> Window | None:
        """Find the window of a type."""
        return next((one for one in self._open if one.kind is kind), None)

    def opened(self, kind: Kind, index: int) -> Window:
        """Find the window of a type, or open one that nobody asked for."""
        window = self.of(kind)
        if window is None:
            window = Window(kind, index, strong=True)
            self._open.append(window)
        return window

    def harmless(self, index: int) -> bool:
        """Tell whether a harmless number that was announced may still come."""
        return index - self._negative <= NEGATIVE_REACH

    @property
    def measures(self) -> bool:
        """Tell whether the harmless thing is a count or a measure, which is a short number: "how many are you"."""
        return self._measure

    def after_negative(self, index: int, speaker: str) -> bool:
        """Tell whether somebody else asked for something harmless in one of the utterances before."""
        return 0 < index - self._negative <= NEGATIVE_REACH and (self._negative_by != speaker or not speaker)

    def forget_negative(self, digits: str, index: int) -> None:
        """Note that the harmless number was said: it may be read back. One in the question for a measure is no answer to it."""
        if not (self._measure and self._negative == index):
            self._negative = -NEGATIVE_REACH - 1
        self.note_harmless(digits)

    def note_harmless(self, digits: str) -> None:
        """Note a harmless number; a short one is never known again."""
        if len(digits) >= SHORTEST_HARMLESS:
            self._said_harmless = (digits, *self._said_harmless[: HARMLESS_KEPT - 1])

    def said_harmless(self, digits: str) -> bool:
        """Tell whether digits are a harmless number that was said before."""
        return len(digits) >= SHORTEST_HARMLESS and digits in self._said_harmless

    def awaiting(self, run: Run) -> Window | None:
        """Choose the window that a number belongs to: the one asked for last that still waits, else the newest.

        Of what was asked for in one utterance, the first comes first.
        """
        numeric = [one for one in self._open if one.kind not in NOT_NUMERIC]
        waiting = [one for one in numeric if not one.complete and one.strong]
        if not waiting:
            return numeric[-1] if numeric else None
        newest = waiting[0]
        for one in waiting:
            if one.last > newest.last:
                newest = one
        others: Window | None = None
        for one in waiting:
            if fits(one.kind, run.size):
                if one.last == newest.last:
                    return one
                others = others or one
        return others or newest

    def asked(self, index: int, speaker: str) -> list[Window]:
        """List the types of words that somebody else asked for a moment ago."""
        return [
            one
            for one in self._open
            if one.worded
            and 0 < index - one.last <= (ANSWERED_REACH if one.answered else ANSWER_REACH)
            and one.last >= self._negative
            and (
                one.by != speaker
                or speaker in NOBODY
                or (one.offered and not one.answered)
                or (one.kind is Kind.ADDRESS and one.giver == speaker)
                or (index - one.last <= READ_BACK_REACH and one.giver not in ("", speaker))
            )
        ]

    def dictated(self, index: int, speaker: str) -> bool:
        """Tell whether somebody was giving a number a moment ago."""
        return any(
            one.digits and one.giver == speaker and not one.complete and index - one.last <= GARBLED_REACH
            for one in self._open
        )

    def dictating(self, index: int) -> Window | None:
        """Find a number that is being given and not complete."""
        return next(
            (
                one
                for one in self._open
                if one.digits and not one.complete and one.strong and index - one.last <= GARBLED_REACH
            ),
            None,
        )


def _located(line: Line, cue: Cue) -> bool:
    """Tell whether a cue only says where something harmless stands: "the tracking number on the card"."""
    before = line.words[max(cue.first - _PLACE_TOKENS, 0) : cue.first]
    return not _PLACES.isdisjoint(before) and _NUMBERS.isdisjoint(line.classes[cue.last + 1 : cue.last + 3])


def _belongs(line: Line, cue: Cue) -> bool:
    """Tell whether something harmless only says what another number is for: "the phone number for the booking"."""
    return any(one.kind is not None and one.kind not in WORDS and one.last < cue.first for one in line.cues)


def _of_the_same(line: Line, cue: Cue) -> bool:
    """Tell whether "the number is" goes on about something harmless: "my order, the number is"."""
    return line.words[cue.first] in _ARTICLES and any(
        one.kind is None and 0 < cue.first - one.last <= _PLACE_TOKENS for one in line.cues
    )


def fits(kind: Kind, digits: int) -> bool:
    """Tell whether so many digits can be a number of a type."""
    return digits <= _FULL[kind] + TOLERANCE


def _asks(words: Sequence[str]) -> bool:
    return words[0] in _ASKING or words[-1] == "?"
