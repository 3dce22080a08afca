"""Numbers that are no part of anything secret: a room, a time, a year, a count of things. Only short ones can be."""

import re
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction.line import CUED, MASKED, Line
from consumer.redaction.numbers import Run

SHORT: Final = 4  # digits
PAIR: Final = 2  # digits
LONGEST_CODE: Final = 9
LONGEST_RATIO: Final = 6
CODE: Final = "part of a code"
ATTRIBUTE: Final = "an attribute"
HELD: Final = "held by the word before"
_NEAR: Final = 6  # words
LOOSE: Final = 2  # words besides a number up to which an utterance is about that number

_ENDS: Final = re.compile(r"[fagewl.,;?!]*")
_ROADS: Final = frozenset("on take taking off down via catch from onto along".split())
_PRONOUN_BEFORE: Final = frozenset(
    """
    the this that these those next last first other which right wrong no any every each new have has had only just got need want
    good great nice lovely wonderful fantastic better best big little small same old single digit
    """.split()
)
_PRONOUN_AFTER: Final = frozenset("of more at by thing moment is that's last or and".split())
_PRONOUN_SURE: Final = frozenset(("more", "thing", "moment"))
_YEAR_BEFORE: Final = frozenset(("in", "since", "of", "year"))
_CENTURIES: Final = ("19", "20")
_NOUN_BEFORE: Final = frozenset("the a in on this that my an".split())
_DETAIL: Final = frozenset("on at for in by".split())
_PRONOUNS: Final = frozenset(("one", "ones", "two", "twos"))
_NEARLY: Final = frozenset(("almost", "nearly"))
_SUBJECTS: Final = frozenset("i we you he she they it who".split())
_VERBS: Final = frozenset("won ate hate free owe".split())  # "we won fifteen eleven"
_CODE_NAMES: Final = frozenset("v cv cvv cvc".split())  # "c v two" is the name of a code
_COUNTED: Final = frozenset(("of", "over"))  # "page 12 of 48", "one thirty five over eighty"
_TIMES_OF_DAY: Final = (["morning"], ["afternoon"], ["evening"])
_AGED: Final = frozenset("i'm he's she's they're".split())
_LENGTHS: Final = frozenset("digit digits number numbers figure figures character characters letter letters".split())
_MONEY: Final = frozenset("dollar dollars pound pounds euro euros quid bucks rupees".split())
_PAID: Final = frozenset(
    "charge charged charges charging paid pays cost costs owe owed bill billed billing spent refund refunded credited price priced fee".split()
)


def reason(line: Line, run: Run) -> str | None:
    """Say why a number is small talk; None if nothing speaks for that."""
    size = SHORT if run.magnitude else run.size
    if size > LONGEST_CODE:
        return None
    return _by_its_size(line, run, size) or (_by_its_neighbours(line, run, size) if size <= SHORT + 1 else None)


def _by_its_size(line: Line, run: Run, size: int) -> str | None:
    words, before, after = line.words, run.first - 1, run.last + 1
    following = words[after] if after < len(words) else ""
    if before >= 0 and words[before] in ("from", "between"):
        return "a range"
    if size <= PAIR and following in _LENGTHS:
        return "a length"
    if before > 0 and size <= PAIR and _other_held(line, before):
        return "a choice"
    if before >= 0 and words[before] == "to" and words[before - 1] == "quarter":
        return "a time"
    if (following in ("a", "p") and words[after + 1 : after + 2] == ["m"]) or (
        following == "in" and words[after + 1 : after + 2] == ["the"] and words[after + 2 : after + 3] in _TIMES_OF_DAY
    ):
        return "a time"
    if following in ("to", "or") and line.masked[after + 1 : after + 2] == MASKED:
        return "a range"  # "twenty or thirty dollars"
    if before > 0 and words[before] == "over" and line.classes[before - 1] in "dtTn":
        return "a ratio"
    if size <= LONGEST_RATIO and run.last > run.first and not _COUNTED.isdisjoint(words[run.first : run.last + 1]):
        return "a ratio"
    if before >= 0 and words[before] == "-" and line.glued(run.first):
        before -= 1  # "ED-870232365"
    if before >= 0 and line.classes[before] == lx.OTHER and line.glued(before + 1):
        return CODE
    return None


def _by_its_neighbours(line: Line, run: Run, size: int) -> str | None:
    classes, words = line.masked, line.words
    before, after = run.first - 1, run.last + 1
    while before >= 0 and classes[before] in "f,-(":
        before -= 1
    word = words[before] if before >= 0 else ""
    letter = classes[before] if before >= 0 else CUED
    following = words[after] if after < len(words) else ""
    if letter in "MO" and size <= SHORT:
        return "a date"
    if letter != CUED:
        if word in lx.HOLDERS and not _leads(line, run, before):
            return f"held by '{word}'"
        if _is_year(line, run, size, word):
            return "a year"
        if letter == lx.OTHER and line.content >= LOOSE and word not in lx.LOOSE_WORDS:
            return HELD
    if is_verb(line, run.first):
        return "a verb"
    if size == 1 and word in _CODE_NAMES and words[run.first] in ("two", "2"):
        return "the name of a code"
    if size < SHORT and _is_model(line, before):
        return "a model or a road"
    if size <= PAIR and word == "of" and before and classes[before - 1] == lx.OTHER:
        return "a count"  # "a family of five"
    if size <= PAIR and (following == "of" or (after < len(words) and classes[after] == CUED)):
        return "a count"
    if (
        word == "a"
        and (size == PAIR or "a" in words[run.first : run.last])
        and not (run.singles or line.corrects or line.glued(run.first))
    ):
        return "a size"
    if word == "the" and size < SHORT and before >= 1 and words[before - 1] in _ROADS:
        return "a road"
    if (
        size == 1
        and words[run.first] == "one"
        and letter == lx.OTHER
        and word not in lx.LOOSE_WORDS
        and ends(line, run)
    ):
        return "a pronoun"  # "the older one"
    if size <= PAIR and run.singles <= 1 and (word == "year" or (size == PAIR and word in _AGED)):
        return "an age"
    if _pronoun(words, run, size, word, following):
        return "a pronoun"
    if size <= SHORT and _is_amount(line, run):
        return "an amount"
    if noun_follows(line, run) and (line.content > LOOSE or word in _NOUN_BEFORE):
        return ATTRIBUTE
    if line.content and size < SHORT and following in _DETAIL and classes[after + 1 : after + 2] == lx.OTHER:
        return "a detail"
    if word == "#" and before >= 1 and classes[before - 1] != CUED:
        return "a unit of an address"
    return None


def _other_held(line: Line, at: int) -> bool:
    """Tell whether "or" stands here behind a number that a word holds: "around fifty four or sixty"."""
    while at > 0 and line.classes[at] in "f,":
        at -= 1
    if line.words[at] != "or":
        return False
    at -= 1
    while at > 0 and line.classes[at] in "dtTn-f,":
        at -= 1
    return line.words[at] in lx.HOLDERS


def _leads(line: Line, run: Run, before: int) -> bool:
    """Tell a word that holds no number here: "looking at", "followed by", "not least"; "almost", of one that is put right."""
    word, ahead = line.words[before], line.words[before - 1] if before else ""
    if word in _NEARLY:
        return not before and line.content == 0 and run.size > 1 and ends(line, run)
    return (
        (word == "at" and ahead.startswith("look"))
        or (word == "by" and ahead in lx.FOLLOWED)
        or (word == "least" and ahead == "not")
    )


def is_verb(line: Line, first: int) -> bool:
    """Tell "we won fifteen eleven" from a misheard digit."""
    return first > 0 and line.words[first] in _VERBS and line.words[first - 1] in _SUBJECTS


def _is_year(line: Line, run: Run, size: int, before: str) -> bool:
    """Tell "in 1985" and "we moved in eighty five" from digits."""
    if before not in _YEAR_BEFORE:
        return False
    if size == PAIR:
        return before in ("in", "since") and line.content > 0 and ends(line, run)
    return size == SHORT and run.digits[:2] in _CENTURIES and run.atoms < SHORT


def _is_model(line: Line, before: int) -> bool:
    """Tell "the galaxy s 85" and "off the m 16": a letter that belongs to the number and to the word before."""
    if before < 1 or len(line.words[before]) != 1 or not line.words[before].isalpha():
        return False
    return line.masked[before - 1] == lx.OTHER or (
        line.words[before - 1] == "the" and not _ROADS.isdisjoint(line.words[max(before - _NEAR, 0) : before])
    )


def _is_amount(line: Line, run: Run) -> bool:
    """Tell a price: with its currency behind it, or said in two halves by somebody who speaks of paying."""
    masked, at = line.masked, run.last + 1
    while at < len(masked) and masked[at] == MASKED:
        at += 1
    if at > run.last + 1 and lx.UNIT in line.classes[at - 1 : at + 1]:
        return True
    if run.size <= PAIR and run.first > 1 and masked[run.first - 2] == MASKED and line.words[run.first - 1] in _MONEY:
        return True  # "two dollars fifty"
    return (
        not run.singles
        and line.content > 0
        and not _PAID.isdisjoint(line.words[max(run.first - 2 * _NEAR, 0) : run.last + _NEAR])
    )


def _pronoun(words: list[str], run: Run, size: int, before: str, following: str) -> bool:
    """Tell "the other one", "one more thing" from the digit."""
    if (
        size <= PAIR
        and words[run.last] == "one"
        and following in (_PRONOUN_AFTER if run.singles <= 1 else _PRONOUN_SURE)
    ):
        return True
    return size == 1 and words[run.first] in _PRONOUNS and (before in _PRONOUN_BEFORE or following in _PRONOUN_AFTER)


def noun_follows(line: Line, run: Run) -> bool:
    """Tell whether a word that is about something else follows directly."""
    after = run.last + 1
    return line.masked[after : after + 1] in ("x", "u") and line.words[after] not in lx.PHONETIC


def ends(line: Line, run: Run) -> bool:
    """Tell whether nothing of weight follows a number in its utterance."""
    return _ENDS.fullmatch(line.masked, run.last + 1) is not None
