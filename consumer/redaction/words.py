"""Values that are words: which of them an utterance holds, given its cues and what was asked before."""

from typing import Final

from consumer.redaction import (
    answers,
    introductions,
    mailboxes,
    names,
    passwords,
    places,
    postcodes,
    questions,
    spelled,
    spelling,
)
from consumer.redaction import lexicon as lx
from consumer.redaction.cues import WORDS, Cue, Strength
from consumer.redaction.ints import mypyc_attr
from consumer.redaction.line import Line
from consumer.redaction.span import Kind, Source, Span
from consumer.redaction.spelling import Range
from consumer.redaction.vocabulary import is_talk

KINDS: Final = WORDS
_NAME_OWNERS: Final = frozenset(
    "customer caller account cardholder patient husband wife son daughter mother father spouse partner birth legal".split()
)
_MAIL_STATES: Final = frozenset(("is", "it's", ":", "email's"))
_QUESTIONS: Final = frozenset("what what's which who who's how why when where can could may is are do does did".split())
_NEAR: Final = 3
TALKING: Final = frozenset(("speaking", "talking"))
_OWN: Final = frozenset("my our i'd i've we've we'd".split())
_FOUND: Final = frozenset("found your made confirmed booked reservation successfully reserved".split())
_NOTHING: Final = frozenset[int]()
_FARTHEST: Final = 6  # words between "name" and "is"
STATES: Final = frozenset(("is", "was", "be", "would", "called", "me", "it's", "that's", "under", "as", ":", "goes"))


@mypyc_attr(acyclic=True)
class Found:
    """A value in tokens."""

    __slots__ = ("kind", "place", "rule")

    def __init__(self, place: Range, kind: Kind, rule: str) -> None:
        self.place = place
        self.kind = kind
        self.rule = rule


def find(
    line: Line,
    asked: list[Kind],
    *,
    hinted: frozenset[Kind] = frozenset(),
    own: bool = False,
    at_follows: bool = False,
    fresh: bool = False,
    postal: bool = False,
) -> list[Span]:
    """Find names, e-mail addresses, passwords and postal addresses.

    `asked` are the types that somebody else asked for, `hinted` those that were only hinted at; `own` says that the caller speaks,
    `at_follows` that a domain is spoken in one of the next utterances, `fresh` that no name was given yet,
    `postal` that a postcode is expected.
    """
    classes = line.classes
    mailed = lx.AT in classes or "@" in classes
    if not (mailed or asked or postal or line.cues or line.asks or line.introduces):
        return []
    found: list[Found] = []
    if mailed:
        found += [Found(place, Kind.EMAIL, "email.spoken") for place in mailboxes.spoken(line)]
    introduced = introductions.introduced(line) if line.introduces else None
    if introduced is not None:
        found.append(Found(introduced, Kind.PERSON_NAME, "name.introduced"))
        found += [Found(one, Kind.PERSON_NAME, "name.spelled") for one in spelled.behind(line, introduced[1])]
    here = _of_cues(line, found, own=own)
    if postal and not any(one.kind is Kind.POSTAL_CODE for one in found):
        found += [Found(one, Kind.POSTAL_CODE, "address.postcode") for one in postcodes.anywhere(line)]
    for kind in asked:
        if kind is Kind.PERSON_NAME or kind not in here or not any(one.kind is kind for one in found):
            if kind is Kind.ADDRESS and kind in hinted:
                found += _street(line, "address.answer")
            else:
                found += _answer(line, kind, found, at_follows=at_follows, fresh=fresh)
    return [line.span(one.place[0], one.place[1], one.kind, one.rule, Source.CUE) for one in found]


def _of_cues(line: Line, found: list[Found], *, own: bool) -> set[Kind]:
    """Add what stands beside the cues of an utterance; return the types that they announce."""
    behind: _Behind | None = None
    mailbox = any(one.kind is Kind.EMAIL for one in found)
    here: set[Kind] = set()  # types that a cue announces
    read: set[Kind] = set()  # types whose value was looked for before their cue
    for cue in line.cues:
        if cue.strength is Strength.STRONG and cue.kind in KINDS:
            here.add(cue.kind)
            behind = behind or _Behind(line, mailbox=mailbox)
            of_cue = behind.cue(cue)
            if not of_cue and cue.kind not in read and (first := answers.value_before(line, cue.first)):
                read.add(cue.kind)
                of_cue = _answer(line.cut(first), cue.kind, found, at_follows=False)
            found += of_cue
        elif cue.kind is Kind.POSTAL_CODE and cue.kind not in read:
            read.add(cue.kind)
            if (code := postcodes.apart(line, cue)) is not None:
                found.append(Found(code, Kind.POSTAL_CODE, "address.postcode"))
    streets = Kind.ADDRESS in here or any(
        cue.kind is Kind.ADDRESS and _states_address(line, cue, own=own) for cue in line.asks
    )
    if streets and line.numeric and not any(one.kind is Kind.ADDRESS for one in found):
        here.add(Kind.ADDRESS)
        found += _street(line, "address.told")
    return here


def _street(line: Line, rule: str) -> list[Found]:
    """Find a house number with its street anywhere in an utterance that speaks of an address."""
    place = places.with_street(line)
    return [Found(place, Kind.ADDRESS, rule)] if place is not None and not places.of_others(line, place) else []


def speaks_for_itself(line: Line) -> bool:
    """Tell whether callers speak of what is theirs, as they do who need something; who found it speaks for others."""
    return not _OWN.isdisjoint(line.words) and _FOUND.isdisjoint(line.words)


def _states_address(line: Line, cue: Cue, *, own: bool) -> bool:
    """Tell whether "the address is ..." is the caller's own, or what stands "for address"."""
    behind = line.words[cue.last + 1 : cue.last + 2]
    if not questions.OWNERS.isdisjoint(line.words[max(cue.first - _NEAR, 0) : cue.first]):
        return True
    return own and bool(behind) and behind[0] in STATES


class _Behind:
    """Reads what stands behind the cues of one utterance, one after another; nothing is read twice."""

    def __init__(self, line: Line, *, mailbox: bool) -> None:
        self._line = line
        self._mailbox = mailbox
        self._number = -1  # the house number found last
        self._spelled: set[Kind] = set()  # types of which all letters were listed

    def cue(self, cue: Cue) -> list[Found]:
        """Read what stands behind a cue."""
        line, start = self._line, cue.last + 1
        if cue.kind is Kind.PERSON_NAME:
            return self._names(cue)
        if cue.kind is Kind.PASSWORD and (place := passwords.cued(line, cue)) is not None:
            return [Found(place, Kind.PASSWORD, "password.cue")]
        if cue.kind is Kind.ADDRESS:
            if self._number < start:
                self._number = places.house_number(line, start)
            place = places.address(line, self._number)
            sure = place is not None and (
                places.has_street(line, place)
                or (_only_carriers(line, start, place[0]) and places.begins(line, self._number))
            )
            return [Found(place, Kind.ADDRESS, "address.cue")] if place is not None and sure else []
        if (
            cue.kind is Kind.EMAIL
            and not self._mailbox
            and not _MAIL_STATES.isdisjoint(line.words[cue.last : start + 2])
        ):
            return self._letters(Kind.EMAIL, "email.spelled", start, fewest=3)
        return []

    def _names(self, cue: Cue) -> list[Found]:
        line, start = self._line, cue.last + 1
        if line.words[cue.first].startswith("name") and _of_a_thing(line, cue):
            return []
        found, word = [], line.words[cue.last]
        asks = _asks(line, cue)
        place = names.name(line, start, sure=not asks and _states(line, cue))
        if (place is not None and (not asks or (word.startswith(("spel", "it")) and spelled.soon(line, place[1])))) or (
            not asks and (at := _said_later(line, start)) and (place := names.name(line, at)) is not None
        ):
            found.append(Found(place, Kind.PERSON_NAME, "name.cue"))
        return found + self._letters(Kind.PERSON_NAME, "name.spelled", start, fewest=2)

    def _letters(self, kind: Kind, rule: str, start: int, *, fewest: int) -> list[Found]:
        """List all letters said one by one from here on: those behind later cues are among them."""
        if kind in self._spelled:
            return []
        self._spelled.add(kind)
        return [
            Found(place, kind, rule)
            for place in spelling.letters(self._line, start, fewest=fewest)
            if kind is not Kind.PERSON_NAME or not spelled.beside_number(self._line, place)
        ]


def _asks(line: Line, cue: Cue) -> bool:
    """Tell a cue that only asks: "your name", "spell that", "am i speaking"."""
    words, at = line.words, cue.last + 1
    word = words[cue.last]
    if word == "under" and at < len(words) and words[at] in ("the", "a", "an"):
        return True
    if word in ("your", "that", "it", "the") or word.startswith("spel"):
        return True
    first, second = words[cue.first], words[cue.first + 1] if cue.first + 1 < len(words) else ""
    return (first == "am" and second == "i") or (first == "your" and second == "name")


def _states(line: Line, cue: Cue) -> bool:
    """Tell a cue that says so: "name is", "surname's", "they call me"."""
    at = cue.last + 1
    last, behind = line.words[cue.last], line.words[at] if at < len(line.words) else ""
    if last in ("with", "to") and not TALKING.isdisjoint(line.words[cue.first : cue.last]):
        return True
    if cue.first == cue.last and last == "under":
        return False
    return last in STATES or line.words[cue.first] == "under" or last.endswith("'s") or behind in STATES


def _answer(line: Line, kind: Kind, known: list[Found], *, at_follows: bool, fresh: bool = False) -> list[Found]:
    """Read an utterance as the answer to a question for a type."""
    if kind is Kind.PERSON_NAME:
        letters = [
            Found(one, kind, "name.spelled") for one in spelling.letters(line, fewest=2) if not spelled.coded(line, one)
        ]
        letters += [
            Found(word, kind, "name.spelled")
            for one in letters
            if (word := spelled.word_of(line, one.place)) is not None and is_talk(line.words[word[0]])
        ]
        covered = _NOTHING
        if letters or known:
            covered = frozenset(at for one in (*letters, *known) for at in range(one.place[0], one.place[1] + 1))
        return [*letters, *(Found(place, kind, "name.answer") for place in names.answer(line, covered, fresh=fresh))]
    if kind is Kind.EMAIL:
        place = mailboxes.part(line, expected=at_follows)
        return [Found(place, kind, "email.part")] if place is not None else []
    if kind is Kind.ADDRESS:
        place = places.with_street(line)
        if place is None:
            place = places.address(line, places.house_number(line, 0))
            place = place if place is not None and places.may_be(line, place) else None
        if place is not None and not places.of_others(line, place):
            return [Found(place, kind, "address.answer")]
        place = places.named(line)
        return [Found(place, kind, "address.named")] if place is not None else []
    place = passwords.said(line)
    return [Found(place, kind, "password.answer")] if place is not None else []


def _said_later(line: Line, start: int) -> int:
    """Go on to what "the name on it is" says; 0 where nothing but talk leads to it."""
    if line.words[0] in _QUESTIONS:
        return 0
    for at in range(start, min(start + _FARTHEST, len(line.words) - 1)):
        if line.words[at] in STATES and at > start:
            return at + 1
        if not is_talk(line.words[at]) or line.words[at] in answers.MARKS or line.cued(at):
            break
    return 0


def _only_carriers(line: Line, start: int, end: int) -> bool:
    return all(line.classes[index] in "fag,.:-" for index in range(start, end))


def _of_a_thing(line: Line, cue: Cue) -> bool:
    """Tell "the hotel name is" from "my name is"."""
    if cue.first == 0:
        return False
    owner = line.words[cue.first - 1]
    return (
        line.classes[cue.first - 1] == lx.OTHER
        and owner not in _NAME_OWNERS
        and not owner.endswith("'s")
        and owner not in lx.COMMON
    )
