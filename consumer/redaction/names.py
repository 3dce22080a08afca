"""Names of people behind a cue: "my name is ...", "this is ... speaking", an answer to "may i have your name", spelled letters."""

from collections.abc import Sequence

from consumer.redaction import lexicon as lx
from consumer.redaction import spelling
from consumer.redaction.lexicon import COMMON
from consumer.redaction.line import Line
from consumer.redaction.spelling import Range

_LONGEST = 4

_NOT_FIRST = frozenset(
    """
    misspelled incorrect associated attached different changed required mentioned shown unable interested wondering having doing
    trouble available missing pending blank private confidential not
    """.split()
)
_ALSO_NAMES = frozenset("may will grace hope rich mark bill rose faith joy dean".split())
_VERB_SUBJECTS = frozenset("i we you he she they it be not have the a this that my your get take do need".split())
_TITLES = frozenset("mr mrs ms miss dr doctor mister missus professor prof".split())
_PARTICLES = frozenset("de van von der den la le du da di del dos el al bin ibn mac mc st".split())
_QUESTIONS = frozenset("what what's which why how when where who can could may do did does am are".split())
_TAIL = frozenset(
    """
    thanks thank you please i believe think got it is that right that's all of if helps at least what says here did get and it's spelled
    spelt okay ok yes sir ma'am with go ahead as well correct capital on the account name last first middle yeah by way so
    """.split()
)
_LEADING_CLASSES = frozenset("fagduO")
_LEADING = frozenset(
    "name names under mr mrs ms miss doctor dr absolutely certainly definitely one second moment".split()
)
_ARTICLES = frozenset("your my the a an his her our their next this that".split())
_DETERMINERS = _ARTICLES | frozenset(
    "on in of to for with at and not no i'm it was you i we they are am been had can will would should could do did me us from about just".split()
)
_GREETINGS = frozenset("hi hello hey yes yeah morning afternoon evening good there sure thanks okay".split())
_SIGNS = ",.!-"
_OPENERS = (("this", "is"), ("this", "is", "uh"), ("it's",), ("i'm",), ("i", "am"), ("name", "is"), ("name's",))
_CLOSERS = frozenset(("speaking", "calling", "here"))
INTRODUCING = _CLOSERS | {"this"}
_OPENING = frozenset(opener[0] for opener in _OPENERS)
_FARTHEST = _LONGEST + 1 + max(map(len, _OPENERS))
_LINKS = frozenset(link[-1] for link in spelling.LINKS)
_NUMERIC = frozenset("dtTnmhk")


def name(line: Line, start: int) -> Range | None:
    """Find a name of up to four words, spelled parts included, that begins at a token (hesitations and titles aside).

    Where it begins with a capital, only capitalised words belong to it.
    """
    index = _skip(line, start)
    if index >= len(line.words) or not _word_of_name(line, index) or line.words[index] in _NOT_FIRST:
        return None
    capitals = line.capital(index) and not spelling.is_letter(line, index)
    last = index
    if spelling.is_letter(line, index):
        last, count, _ = spelling.stretch(line, index)
        if count < 2:  # noqa: PLR2004 - one letter is no name
            return None
    words, following = 1, last + 1
    while following < len(line.words) and words < _LONGEST:
        word = line.words[following]
        if word in "-'" or (word == "." and len(line.words[following - 1]) == 1):
            following += 1
            continue
        if spelling.is_letter(line, following) and word not in ("i", "a"):
            last = spelling.stretch(line, following)[0]
            if last - following > 0:
                return index, last
        elif (capitals and word not in _PARTICLES and not line.capital(following)) or not _word_of_name(
            line, following
        ):
            break
        last, words = following, words + (word not in _PARTICLES)
        following = last + 1
    return index, last


def answer(line: Line, covered: frozenset[int] = frozenset()) -> Range | None:
    """Find the name in an answer: common words may lead to it, only pleasantries may follow. `covered` tokens are explained already."""
    for index, word in enumerate(line.words):
        if word in _QUESTIONS or index in covered:
            return None
        if (
            index
            and line.words[index - 1] in _DETERMINERS
            and not (line.capital(index) and line.words[index - 1] not in _ARTICLES)
        ) and line.classes[index] == "x":
            return None
        if (
            (line.classes[index] in _LEADING_CLASSES and not _also_name(line, index))
            or word in _LEADING
            or not word[0].isalpha()
        ):
            continue
        found = name(line, index)
        if found is None:
            return None
        rest = [
            one
            for at, one in enumerate(line.words)
            if at > found[1] and at not in covered and line.unmasked[at] not in "Qf"
        ]
        return found if all(one in _TAIL or not one[0].isalpha() for one in rest) else None
    return None


def _also_name(line: Line, index: int) -> bool:
    """Tell "Will" the name from "will" the verb: a name follows."""
    behind = line.words[index + 1 : index + 2]
    return (
        line.words[index] in _ALSO_NAMES
        and bool(behind)
        and line.classes[index + 1] == lx.OTHER
        and behind[0] not in COMMON
    )


def introduced(line: Line) -> Range | None:
    """Find the name in "this is ... speaking", "i'm ... calling from", "... here"."""
    words = line.words
    for index, word in enumerate(words):
        if word not in _CLOSERS:
            continue
        for opener in _OPENERS:
            for begin in range(max(index - _LONGEST - len(opener), 0), index - len(opener)):
                if tuple(words[begin : begin + len(opener)]) == opener:
                    found = name(line, begin + len(opener))
                    if found is not None and found[1] == index - 1:
                        return found
    return _greeting(line)


def introduces(words: Sequence[str]) -> bool:
    """Tell from the words alone, marks left out, whether somebody may introduce themselves."""
    for index, word in enumerate(words):
        if (
            word in _CLOSERS
            and index > 1
            and not _OPENING.isdisjoint(words[max(index - _FARTHEST, 0) : index - 1])
            and (_may_be_name(words[index - 1]) or words[index - 2] in _LINKS)
        ):
            return True
    return _may_greet(words)


def _may_greet(words: Sequence[str]) -> bool:
    for index in range(min(len(words) - 2, _LONGEST + 1)):
        if words[index] == "this" and words[index + 1] == "is":
            return _may_be_name(words[index + 2])
        if words[index] not in _GREETINGS and words[index][0].isalpha():
            return False
    return False


def _may_be_name(word: str) -> bool:
    return len(word) == 1 or word in _ALSO_NAMES or word in _PARTICLES or word not in COMMON


def _greeting(line: Line) -> Range | None:
    """Find the name in "hi this is ..."."""
    words = line.words
    for index in range(min(len(words) - 2, _LONGEST + 1)):
        if words[index : index + 2] == ["this", "is"]:
            found = name(line, index + 2)
            if found is None or found[0] != index + 2:
                return None
            two_capitals = found[1] > found[0] and all(line.capital(at) for at in found)
            greeted = index > 0 and all(word in _GREETINGS or word[0] in _SIGNS for word in words[:index])
            return found if greeted or two_capitals else None
        if words[index] not in _GREETINGS and words[index][0] not in _SIGNS:
            return None
    return None


def _skip(line: Line, index: int) -> int:
    """Pass over hesitations and titles."""
    words = line.words
    while index < len(words) and (
        words[index] in lx.FILLERS
        or words[index] in _TITLES
        or words[index]
        in (
            "is",
            "it's",
            "that's",
            "yes",
            "yeah",
            "okay",
            "ok",
            "sure",
            "so",
            "well",
            "of",
            "course",
            "actually",
            "be",
            "would",
            "the",
        )
        or words[index] in ",:-."
    ):
        index += 1
    return index


def _word_of_name(line: Line, index: int) -> bool:
    word = line.words[index]
    if not word[0].isalpha() or (line.classes[index] in _NUMERIC and not line.capital(index)):
        return False
    if word in _ALSO_NAMES:
        following = line.words[index + 1] if index + 1 < len(line.words) else "."
        return following not in _VERB_SUBJECTS
    if word in _PARTICLES:
        return index + 1 < len(line.words)
    return (
        word not in COMMON
        and not word.endswith("'s")
        and not line.cued(index)
        and (word not in lx.CARRIERS or line.capital(index))
    )
