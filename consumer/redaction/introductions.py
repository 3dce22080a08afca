"""People who introduce themselves without being asked: "this is ... speaking", "... here", "hello i'm ..."."""

from collections.abc import Sequence
from typing import Final

from consumer.redaction import answers, spelling
from consumer.redaction import lexicon as lx
from consumer.redaction.everyday import GIVEN, SURNAMES
from consumer.redaction.line import Line
from consumer.redaction.names import ALSO_NAMES, LONGEST, PARTICLES, evident, name
from consumer.redaction.spelling import Range
from consumer.redaction.vocabulary import is_known, is_talk

GREETINGS: Final = frozenset("hi hello hey yes yeah morning afternoon evening good there sure thanks okay".split())
_SIGNS: Final = ",.!-"
_OPENERS: Final = (("this", "is"), ("this", "is", "uh"), ("it's",), ("i'm",), ("i", "am"), ("name", "is"), ("name's",))
HESITATIONS: Final = ("um", "uh", "er", "erm")
_PAUSES: Final = frozenset((*HESITATIONS, ","))
SAYING_WHO: Final = ("i'm", "it's")
OPENING: Final = frozenset(opener[0] for opener in _OPENERS)
_FARTHEST: Final = LONGEST + 1 + max(map(len, _OPENERS))
LINKS: Final = frozenset(link[-1] for link in spelling.LINKS)


def introduced(line: Line) -> Range | None:
    """Find the name in "this is ... speaking", "i'm ... calling from", "... here"."""
    words = line.words
    for index, word in enumerate(words):
        if word not in lx.CLOSERS:
            continue
        for opener in _OPENERS:
            for begin in range(max(index - LONGEST - len(opener), 0), index - len(opener)):
                if words[begin] == opener[0] and tuple(words[begin : begin + len(opener)]) == opener:
                    found = name(line, begin + len(opener))
                    if found is not None and found[1] == index - 1:
                        return found
        if index <= LONGEST + 1 and (found := _alone(line, index)) is not None:
            return found
    return _greeting(line)


def _alone(line: Line, closer: int) -> Range | None:
    """Find the name in "maria garcia speaking", with nothing but a greeting before it."""
    first = next(
        (at for at in range(closer) if line.words[at] not in GREETINGS and line.words[at][0].isalpha()), closer
    )
    if first >= closer or not (
        _may_begin(line.words[first])
        or (first < closer - 1 and _may_begin(line.words[closer - 1]))
        or line.words[closer] == "speaking"
    ):
        return None
    if not begins(line.words[first]):
        return None
    found = name(line, first)
    return found if found is not None and found[1] == closer - 1 else None


def _may_begin(word: str) -> bool:
    return len(word) > 1 and not is_known(word)


def begins(word: str) -> bool:
    """Tell whether "... speaking" may begin with a word."""
    return _may_begin(word) or word in GIVEN


def introduces(words: list[str], *, led: bool = False) -> bool:
    """Tell from the words alone, marks left out, whether somebody may introduce themselves; `led` says that it begins with no letter."""
    for index, word in enumerate(words):
        if (
            word in lx.CLOSERS
            and index > 1
            and not OPENING.isdisjoint(words[max(index - _FARTHEST, 0) : index - 1])
            and (may_be_name(words[index - 1]) or words[index - 2] in LINKS)
        ):
            return True
        if word in lx.CLOSERS and 0 < index <= LONGEST + 1:
            first = next((one for one in words[:index] if one not in GREETINGS and one[0].isalpha()), None)
            if first is not None and begins(first):
                return True
    return _may_greet(words, led=led)


def _says_who(words: list[str], index: int) -> int:
    """Tell how many words say "this is", "i'm", "it's" behind a greeting; 0 where none do."""
    word = words[index]
    if word in SAYING_WHO:
        return 1
    if index + 1 >= len(words) or word not in ("this", "it", "i"):
        return 0
    return 2 * (words[index + 1] == ("am" if word == "i" else "is"))


def _may_greet(words: list[str], *, led: bool) -> bool:
    for index in range(min(len(words) - 1, LONGEST + 1)):
        size = _says_who(words, index)
        while size and index + size < len(words) and words[index + size] in HESITATIONS:
            size += 1
        if size and index + size < len(words) and (led or index or size > 1):
            return may_be_name(words[index + size])
        if words[index] not in GREETINGS and words[index][0].isalpha():
            return False
    return False


def may_be_name(word: str) -> bool:
    """Tell whether a word may be a part of a name."""
    return (
        len(word) == 1
        or word in ALSO_NAMES
        or word in PARTICLES
        or word in GIVEN
        or word in SURNAMES
        or not is_talk(word)
    )


def _goes_on(line: Line, behind: int) -> bool:
    """Tell a password from a name: "it's Summer2024"."""
    return behind < len(line.words) and line.glued(behind) and line.words[behind].isdecimal()


def _hesitates(words: Sequence[str]) -> bool:
    """Tell whether nothing but "um" stands between "this is" and a name."""
    return all(word in _PAUSES for word in words)


def _greeting(line: Line) -> Range | None:
    """Find the name in "hi this is ...", "hello i'm ..."."""
    words = line.words
    for index in range(min(len(words) - 1, LONGEST + 1)):
        size = _says_who(words, index)
        if size and index + size < len(words):
            found = name(line, index + size)
            if found is None or not _hesitates(words[index + size : found[0]]) or _goes_on(line, found[1] + 1):
                return None
            two_capitals = size > 1 and found[1] > found[0] and all(line.capital(at) for at in found)
            greeted = index > 0 and all(word in GREETINGS or word[0] in _SIGNS for word in words[:index])
            strange = evident(line, found[0]) or words[index] == "this" or words[found[0]] in GIVEN
            named = not is_known(words[found[0]]) or words[found[0]] in GIVEN
            alone = index == 0 and size > 1 and named and answers.closes(line, found[1])
            return found if (greeted and strange) or two_capitals or alone else None
        if words[index] not in GREETINGS and words[index][0] not in _SIGNS:
            return None
    return None
