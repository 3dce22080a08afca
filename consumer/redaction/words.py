"""Values that are words: which of them an utterance holds, given its cues and what was asked before."""

from collections.abc import Iterable
from dataclasses import dataclass

from consumer.redaction import lexicon as lx
from consumer.redaction import mailboxes, names, places, spelling
from consumer.redaction.cues import WORDS, Cue, Strength
from consumer.redaction.line import NUMERIC, Line
from consumer.redaction.span import Kind, Source, Span
from consumer.redaction.spelling import Range

KINDS = WORDS
_NAME_OWNERS = frozenset(
    "customer caller account cardholder patient husband wife son daughter mother father spouse partner birth legal".split()
)
_LONGEST_PASSWORD = 40
_LONGEST_ANSWER = 12
_SENTENCE_END = frozenset(".?!;")
_STATES = frozenset(("is", ":", "was", "=", "would", "be"))
_MAIL_STATES = frozenset(("is", "it's", ":", "email's"))
_NOT_SAID = frozenset(
    """
    reset has have link links for to and or i you we they that when again please did do does not with on in at by of from isn't doesn't
    won't wasn't expired expires manager change changed needs so but because if then page
    """.split()
)
_DECLINES = frozenset(
    """
    don't forgot forgotten know remember why what can can't cannot reset sent link you wait moment second sec let check think hang hold
    look looking find got no not ahead going sure perfect ready need get
    """.split()
)
_TRAILING = frozenset(
    "thanks thank you please okay ok got it is that right i believe think and if helps at least says here what that's all of did get lower upper case lowercase uppercase one word small letters".split()
)
_LEADING = frozenset(
    """
    uh um er erm ah hmm yes yeah yep sure okay ok well so it's its it is that's that would be should the my of course alright right
    i have use used always password one just like actually then capital
    """.split()
) - {"capital"}


@dataclass(frozen=True, slots=True)
class Found:
    """A value in tokens."""

    place: Range
    kind: Kind
    rule: str


def find(line: Line, asked: Iterable[Kind], *, at_follows: bool) -> list[Span]:
    """Find names, e-mail addresses, passwords and postal addresses; `asked` are the types that somebody else asked for, `at_follows` says that a domain is spoken in one of the next utterances."""
    found = []
    if lx.AT in line.classes or "@" in line.classes:
        found += [Found(place, Kind.EMAIL, "email.spoken") for place in mailboxes.spoken(line)]
    behind: _Behind | None = None
    mailbox = bool(found)
    introduced = names.introduced(line) if not names.INTRODUCING.isdisjoint(line.words) else None
    if introduced is not None:
        found.append(Found(introduced, Kind.PERSON_NAME, "name.introduced"))
    here = set()
    for cue in line.cues:
        if cue.strength is Strength.STRONG and cue.kind in KINDS:
            here.add(cue.kind)
            behind = behind or _Behind(line, mailbox=mailbox)
            found += behind.cue(cue)
    for kind in asked:
        if kind is Kind.PERSON_NAME or kind not in here or not any(one.kind is kind for one in found):
            found += _answer(line, kind, found, at_follows=at_follows)
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
        if cue.kind is Kind.PASSWORD and (place := _password(line, cue)) is not None:
            return [Found(place, Kind.PASSWORD, "password.cue")]
        if cue.kind is Kind.ADDRESS:
            if self._number < start:
                self._number = places.house_number(line, start)
            place = places.address(line, self._number)
            sure = place is not None and (places.has_street(line, place) or _only_carriers(line, start, place[0]))
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
        word = line.words[cue.last]
        asking = (
            word in ("your", "that", "it", "the")
            or word.startswith("spel")
            or line.words[cue.first : cue.first + 2] == ["am", "i"]
        )
        found = []
        if not asking and (place := names.name(line, start)) is not None:
            found.append(Found(place, Kind.PERSON_NAME, "name.cue"))
        return found + self._letters(Kind.PERSON_NAME, "name.spelled", start, fewest=2)

    def _letters(self, kind: Kind, rule: str, start: int, *, fewest: int) -> list[Found]:
        """List all letters said one by one from here on: those behind later cues are among them."""
        if kind in self._spelled:
            return []
        self._spelled.add(kind)
        return [Found(place, kind, rule) for place in spelling.letters(self._line, start, fewest=fewest)]


def _answer(line: Line, kind: Kind, known: list[Found], *, at_follows: bool) -> list[Found]:
    """Read an utterance as the answer to a question for a type."""
    if kind is Kind.PERSON_NAME:
        spelled = [Found(one, kind, "name.spelled") for one in spelling.letters(line, fewest=2)]
        covered = frozenset(at for one in (*spelled, *known) for at in range(one.place[0], one.place[1] + 1))
        place = names.answer(line, covered)
        return [*spelled, Found(place, kind, "name.answer")] if place is not None else spelled
    if kind is Kind.EMAIL:
        place = mailboxes.part(line, expected=at_follows)
        return [Found(place, kind, "email.part")] if place is not None else []
    if kind is Kind.ADDRESS:
        place = places.address(line, places.house_number(line, 0))
        sure = place is not None and (places.has_street(line, place) or _may_be_address(line, place))
        return [Found(place, kind, "address.answer")] if place is not None and sure else []
    place = _said(line)
    return [Found(place, kind, "password.answer")] if place is not None else []


def _only_carriers(line: Line, start: int, end: int) -> bool:
    return all(line.classes[index] in "fag,.:-" for index in range(start, end))


def _may_be_address(line: Line, place: Range) -> bool:
    """Tell a house number with a name behind it from times, prices and counts."""
    first, last = place
    return (
        _only_common(line, 0, first)
        and (line.masked[first] in NUMERIC or line.words[first] in places.BOXES)
        and lx.OTHER in line.classes[first : last + 1]
        and not any(cue.kind is None for cue in line.cues)
    )


def _only_common(line: Line, start: int, end: int) -> bool:
    return all(line.classes[index] in "fag,.:-" or line.words[index] in lx.COMMON for index in range(start, end))


def _password(line: Line, cue: Cue) -> Range | None:
    """Read "password is ...", "password: ...", "the password ..." up to the end of the sentence."""
    start = cue.last + 1
    states = line.words[cue.last] in _STATES or line.words[cue.last].endswith("'s")
    while start < len(line.words) and (
        line.words[start] in _STATES or line.words[start] in ",\"'-" or line.classes[start] == lx.FILLER
    ):
        states = states or line.words[start] in _STATES
        start += 1
    if (
        line.words[start : start + 1] == ["to"]
        and start + 1 < len(line.words)
        and line.words[start + 1] not in lx.COMMON
    ):
        start, states = start + 1, True
    if start >= len(line.words) or line.words[start] in _NOT_SAID or line.classes[start] == lx.TAG:
        return None
    if not states and line.words[start] in _SENTENCE_END | {"?"}:
        return None
    last = start
    for index in range(start + 1, min(start + _LONGEST_PASSWORD, len(line.words))):
        word = line.words[index]
        if (word in _SENTENCE_END and not line.glued(index + 1)) or word in (
            "but",
            "okay",
            "ok",
            "thanks",
            "right",
            "can",
        ):
            break
        last = index
    while last > start and (_trails(line, last) or line.words[last] in ",."):
        last -= 1
    return start, last


def _said(line: Line) -> Range | None:
    """Take a short answer as a whole, hesitations left out, unless it declines."""
    first, last = 0, len(line.words) - 1
    while first <= last and (
        line.words[first] in _LEADING or line.classes[first] in "fag" or line.words[first] in ",:-\"'"
    ):
        first += 1
    while last >= first and (_trails(line, last) or line.words[last] in ".,?!\"'"):
        last -= 1
    if first > last or (last - first >= _LONGEST_ANSWER and not spelling.letters(line, first)):
        return None
    if sum(
        word in lx.COMMON and line.classes[at] == "x" for at, word in enumerate(line.words) if first <= at <= last
    ) > 1 or any(map(line.cued, range(first, last + 1))):
        return None
    if (
        any(word in _DECLINES for word in line.words[first : last + 1])
        or line.words[-1] == "?"
        or lx.TAG in line.classes
    ):
        return None
    return first, last


def _trails(line: Line, index: int) -> bool:
    """Tell whether a word at the end is no part of a password: "one" is, but in "one word"."""
    word = line.words[index]
    return word in _TRAILING and (word != "one" or line.words[index + 1 : index + 2] == ["word"])


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
