"""How answers are put together: what leads to the value, the value, and what is said after it."""

from collections.abc import Callable
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction.ints import mypyc_attr
from consumer.redaction.line import Line
from consumer.redaction.spelling import Range
from consumer.redaction.vocabulary import is_known, is_talk

_AHEAD: Final = 8
MARKS: Final = frozenset(",.!?;:-\"'")
# Words that take the one behind them for their own: "in the inbox", "my specs"; what an answer names stands on its own.
_HOLDERS: Final = frozenset(
    "a an the my your his her our their this that these those some any every each no of in on at to from into onto with near via per about"
    " other another than our's what which whose".split()
)
# What stands right before a value: "it's ...", "under ...", "yes ..."
PIVOTS: Final[frozenset[str]] = frozenset(
    """
    it's is its that's was be i'm im am as under name names name's called say says put for use used using uh um er erm yes yeah yep case
    sure okay ok so right well fine ready alright certainly absolutely actually haan ah oh hello hi thanks
    goes course problem that'd it'd that'll it'll read reads say spelled spelt typed got have with mr mrs ms miss dr doctor capital
    """.split()
)
_COPULAS: Final = frozenset(("is", "was", "be"))
_SUBJECTS: Final = frozenset(
    "gonna going to it that this name would should must will could sir madam ma'am mister miss that'd it'd that'll it'll yes yeah okay one mine here there his her".split()
)
_LEADS: Final = PIVOTS | frozenset(
    """
    same before after still currently far know gonna going do want now alrighty i'd pen a real quick to was did
    and then     of course no worries problem you bet go on then there here we one second moment sir madam ma'am mister missus first last middle full
    it the my would should that'd that'll it'd it'll i i've course yup please just like i'd think believe surname given maiden
    password address email you've me upper lower uppercase lowercase all hang hold bear wait let me see don't mind sake thing lovely gladly happy help thank perfect great got read back just to confirm down have hmm good alright some give
    """.split()
)
_TAILS: Final = frozenset(
    """
    i'm     a and should could can pretty certain caps catch hope wanted too much very many again before same lots bunch appreciate ya cool brilliant
    thanks thank you please okay ok got it is that right i believe think and if helps at least what what's says here did get it's all of
    yes sir madam ma'am go ahead as well correct on the account yeah by way so that's cheers ta alright come through have lot reckon only
    does work for me my name surname first last middle capital spelt spelled spell with mate love dear darling bye now then there just
    think thought know okey good sound sounds sure yep uh um er mm hmm lower upper case lowercase uppercase one word small letters no spaces dots together
    fine is're ready catch hear need want else anything more can be back end full whole stop card file today always lovely great perfect
    hope guess speaking calling here your you're will would do too this that'll that'd them they are isn't right's honestly sorry moment at for as always current currently yes
    """.split()
)


@mypyc_attr(acyclic=True, free_list_len=1)
class Frame:
    """Where the opening of an answer ends and where its ending begins, in tokens; `covered` tokens are explained already."""

    __slots__ = ("_end", "_start")

    def __init__(self, line: Line, covered: frozenset[int] = frozenset()) -> None:
        size = len(line.words)
        start, end = 0, size
        while start < size and (
            start in covered
            or line.words[start] in _LEADS
            or line.classes[start] in "fag"
            or line.words[start] in MARKS
        ):
            start += 1
        while end > 0 and (
            end - 1 in covered
            or line.words[end - 1] in _TAILS
            or line.words[end - 1] in MARKS
            or line.unmasked[end - 1] in "Qf"
        ):
            end -= 1
        self._start, self._end = start, end

    @property
    def middle(self) -> Range:
        """What is left between opening and ending."""
        return self._start, self._end - 1

    def led(self, first: int) -> bool:
        """Tell whether only an opening stands before a token."""
        return first <= self._start

    def ends(self, last: int) -> bool:
        """Tell whether nothing but an ending follows a token."""
        return last + 1 >= self._end


def runs(line: Line, start: int, belongs: Callable[[Line, int], bool]) -> list[Range]:
    """List the longest stretches of tokens that belong to a value."""
    found: list[Range] = []
    first = -1
    for index in range(start, len(line.words) + 1):
        if index < len(line.words) and belongs(line, index):
            first = index if first < 0 else first
        elif first >= 0:
            found.append((first, index - 1))
            first = -1
    return found


def closes(line: Line, last: int) -> bool:
    """Tell whether only an ending follows a token, as far as a look ahead goes."""
    return all(
        line.words[at] in _TAILS or line.words[at] in MARKS or line.unmasked[at] in "Qf"
        for at in range(last + 1, min(last + 1 + _AHEAD, len(line.words)))
    )


def held(line: Line, first: int) -> bool:
    """Tell whether the word before takes what begins here for its own."""
    return first > 0 and line.words[first - 1] in _HOLDERS


def introduced(line: Line, first: int) -> bool:
    """Tell whether a value is said to begin at a token: nothing before it, or "it's", "under", a comma."""
    if first == 0:
        return True
    word = line.words[first - 1]
    if word in _COPULAS:
        return (
            first == 1
            or line.words[first - 2] in _SUBJECTS
            or line.unmasked[first - 2] == "Q"
            or line.words[first - 2] in MARKS
        )
    return word in PIVOTS or word in MARKS


def strange(line: Line, first: int, last: int) -> bool:
    """Tell whether a stretch holds a word that is none of talk or of every day."""
    return any(not is_known(line.words[at]) for at in range(first, last + 1))


def proper(line: Line, index: int) -> bool:
    """Tell whether a capital letter says that a word is a name: not at the beginning of a sentence, not in a text of capitals."""
    return (
        index > 0
        and line.words[index - 1] not in ".?!"
        and line.capital(index)
        and len(line.words[index]) > 1
        and not line.raw.isupper()
        and not is_talk(line.words[index])
        and line.classes[index] not in "MOu"
    )


def value_before(line: Line, first: int) -> int:
    """Tell where "... is my name" or "..., that's the address" begins, given its cue; 0 where nothing is said before it."""
    at = first
    while at > 0 and line.words[at - 1] in ("my", "the", "our", "his", "her", "their", "how", "you", "spell", "where"):
        at -= 1
    if at > 0 and line.words[at - 1] in ("is", "that's", "was", "that'd", "that'll"):
        return at - 1
    if line.words[first] in ("is", "that's", "was"):
        return first
    return at - 2 if at > 1 and line.words[at - 2 : at] in (["that", "is"], ["would", "be"], ["that", "was"]) else 0


def plain(line: Line, index: int) -> bool:
    """Tell whether a token may be a word of a value."""
    word = line.words[index]
    return word[0].isalpha() and len(word) > 1 and not is_talk(word) and line.unmasked[index] not in "QG" + lx.AT
