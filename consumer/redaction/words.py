"""Values that are words: which of them an utterance holds, given its cues and what was asked before."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from consumer.redaction import answers, introductions, mailboxes, names, passwords, places, postcodes, spelling
from consumer.redaction import lexicon as lx
from consumer.redaction.cues import WORDS, Cue, Strength
from consumer.redaction.line import NUMERIC, Line
from consumer.redaction.span import Kind, Source, Span
from consumer.redaction.spelling import Range
from consumer.redaction.vocabulary import is_talk

KINDS: Final = WORDS
_NAME_OWNERS: Final = frozenset(
    "customer caller account cardholder patient husband wife son daughter mother father spouse partner birth legal".split()
)
_MAIL_STATES: Final = frozenset(("is", "it's", ":", "email's"))
_QUESTIONS: Final = frozenset("what what's which who who's how why when where can could may is are do does did".split())
_FARTHEST: Final = 6  # words between "name" and "is"
_STATES: Final = frozenset(("is", "was", "be", "would", "called", "me", "it's", "that's", "under", "as", ":", "goes"))


@dataclass(frozen=True, slots=True)
class Found:
    """A value in tokens."""

    place: Range
    kind: Kind
    rule: str


def find(line: Line, asked: Iterable[Kind], *, at_follows: bool, fresh: bool = False) -> list[Span]:
    """Find names, e-mail addresses, passwords and postal addresses; `asked` are the types that somebody else asked for, `at_follows` says that a domain is spoken in one of the next utterances, `fresh` that no name was given yet."""
    found = []
    if lx.AT in line.classes or "@" in line.classes:
        found += [Found(place, Kind.EMAIL, "email.spoken") for place in mailboxes.spoken(line)]
    behind: _Behind | None = None
    mailbox = bool(found)
    introduced = introductions.introduced(line) if not introductions.INTRODUCING.isdisjoint(line.words) else None
    if introduced is not None:
        found.append(Found(introduced, Kind.PERSON_NAME, "name.introduced"))
    here: set[Kind] = set()
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
    for kind in asked:
        if kind is Kind.PERSON_NAME or kind not in here or not any(one.kind is kind for one in found):
            found += _answer(line, kind, found, at_follows=at_follows, fresh=fresh)
    return [
        Span(line.tokens[one.place[0]][0], line.tokens[one.place[1]][1], one.kind, one.rule, Source.CUE)
        for one in found
    ]


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
        if (
            place is not None and (not asks or (word.startswith(("spel", "it")) and _spelled_soon(line, place[1])))
        ) or (not asks and (at := _said_later(line, start)) and (place := names.name(line, at)) is not None):
            found.append(Found(place, Kind.PERSON_NAME, "name.cue"))
        return found + self._letters(Kind.PERSON_NAME, "name.spelled", start, fewest=2)

    def _letters(self, kind: Kind, rule: str, start: int, *, fewest: int) -> list[Found]:
        """List all letters said one by one from here on: those behind later cues are among them."""
        if kind in self._spelled:
            return []
        self._spelled.add(kind)
        return [Found(place, kind, rule) for place in spelling.letters(self._line, start, fewest=fewest)]


def _asks(line: Line, cue: Cue) -> bool:
    """Tell a cue that only asks: "your name", "spell that", "am i speaking"."""
    word = line.words[cue.last]
    if word == "under" and line.words[cue.last + 1 : cue.last + 2] in (["the"], ["a"], ["an"]):
        return True
    return (
        word in ("your", "that", "it", "the")
        or word.startswith("spel")
        or line.words[cue.first : cue.first + 2] in (["am", "i"], ["your", "name"])
    )


def _states(line: Line, cue: Cue) -> bool:
    """Tell a cue that says so: "name is", "surname's", "they call me"."""
    last, behind = line.words[cue.last], line.words[cue.last + 1 : cue.last + 2]
    if "speaking" in line.words[cue.first : cue.last] and last in ("with", "to"):
        return True
    if cue.first == cue.last and last == "under":
        return False
    return (
        last in _STATES
        or line.words[cue.first] == "under"
        or last.endswith("'s")
        or (bool(behind) and behind[0] in _STATES)
    )


def _answer(line: Line, kind: Kind, known: list[Found], *, at_follows: bool, fresh: bool = False) -> list[Found]:
    """Read an utterance as the answer to a question for a type."""
    if kind is Kind.PERSON_NAME:
        spelled = [
            Found(one, kind, "name.spelled") for one in spelling.letters(line, fewest=2) if not _coded(line, one)
        ]
        covered = frozenset(at for one in (*spelled, *known) for at in range(one.place[0], one.place[1] + 1))
        return [*spelled, *(Found(place, kind, "name.answer") for place in names.answer(line, covered, fresh=fresh))]
    if kind is Kind.EMAIL:
        place = mailboxes.part(line, expected=at_follows)
        return [Found(place, kind, "email.part")] if place is not None else []
    if kind is Kind.ADDRESS:
        place = places.address(line, places.house_number(line, 0))
        if (
            place is not None
            and not places.of_others(line, place)
            and (places.has_street(line, place) or places.may_be(line, place))
        ):
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
        if line.words[at] in _STATES and at > start:
            return at + 1
        if not is_talk(line.words[at]) or line.words[at] in answers.MARKS or line.cued(at):
            break
    return 0


def _spelled_soon(line: Line, last: int) -> bool:
    """Tell whether what was said is spelled next: "mbeki, m b e k i"."""
    return any(
        spelling.is_letter(line, at) and spelling.stretch(line, at)[1] > 1
        for at in range(last + 1, min(last + 4, len(line.words)))
    )


def _coded(line: Line, place: Range) -> bool:
    """Tell letters that belong to a number: "p x one eight"."""
    beside = line.classes[max(place[0] - 1, 0) : place[0]] + line.classes[place[1] + 1 : place[1] + 2]
    return not NUMERIC.isdisjoint(beside) or any(cue.kind is None for cue in line.cues)


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
