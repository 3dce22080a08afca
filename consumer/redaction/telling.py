"""The words that give an utterance away: numbers, the telling word of every cue, and what says little besides a number."""

from collections.abc import Sequence
from itertools import product
from typing import Final

from consumer.redaction import introductions, names, places, spelling
from consumer.redaction import lexicon as lx
from consumer.redaction.alphabets import CODE_WORDS
from consumer.redaction.cues import WORDS, CueBook, Phrase, Strength
from consumer.redaction.line import CONTENT
from consumer.redaction.mailboxes import PROVIDERS
from consumer.redaction.questions import TELLING
from consumer.redaction.vocabulary import TALKED
from consumer.redaction.windows import DATES
from consumer.redaction.wordtable import LongTable, WordTable

EAGER_KINDS: Final = WORDS | DATES  # cues that matter to utterances without any number
DATE_WORDS: Final = lx.MONTH + lx.ORDINAL
MOST_TIMES: Final = max(lx.MULTIPLIERS.values())

# What a word says, by bits of its number.
HEAVY: Final = 1  # it is about something else than a number
NOUN: Final = 1 << 1
LOOKED: Final = 1 << 2  # has to be looked at: "dot", "www"
MAIL: Final = 1 << 3  # part of a mailbox beside AT
AT: Final = 1 << 4
CLOSER: Final = 1 << 5  # "... speaking"
INTRODUCING: Final = 1 << 6  # one of these is in every introduction
GREETING: Final = 1 << 7
OPENING: Final = 1 << 8  # "this is ..."
DATED: Final = 1 << 9  # a month or an ordinal
TIMES: Final = 1 << 10  # "double"
HOMOPHONE: Final = 1 << 11  # "to" and "for"
PLACED: Final = 1 << 12  # may be in an address
STRONG: Final = 1 << 14
WEAK: Final = 1 << 15
NEGATIVE: Final = 1 << 16  # may be a cue for a number
EAGER: Final = 1 << 17  # may be a cue that has to be heeded at once
SPOKEN: Final = 1 << 18  # a number word
LETTER: Final = 1 << 19  # said one by one
CORRECTS: Final = 1 << 20  # may put a digit right
WEIGHT_AT: Final = 21  # two bits: the most digits that it can stand for
WEIGHTS: Final = 3
ROLE_AT: Final = 23  # four bits: the part it has in phrases that are told by their words alone
ROLES: Final = 15
NO_NAME: Final = 1 << 27  # no part of a name
NO_BEGINNING: Final = 1 << 28  # nor the first of "... speaking"
LINK: Final = 1 << 29  # "as in" before what is spelled
BETWEEN: Final = 1 << 30  # may stand within what is said in letters and digits
BEGINS: Final = 1 << 31  # may be the first of two words that a cue is known by, or the second
SECOND: Final = 1 << 32
TELLS: Final = 1 << 33  # one of the two that tells
NUMBER: Final = 1 << 34  # digits or a number word
ANSWERS: Final = 1 << 35  # may be in a name that answers a question for one
SURE: Final = 1 << 36  # those words that sound like a digit that are some side by side
ALIKE: Final = 1 << 37  # sounds like a digit
ARTICLE: Final = 1 << 38  # "a", which may be what a recogniser made of "eight"

OH: Final = 1
TO: Final = 2
THIS: Final = 3
IS: Final = 4
YOU: Final = 5
ARE: Final = 6
CALLED: Final = 7
POINT: Final = 8
MYSELF: Final = 9  # "i"
AM: Final = 10
IT: Final = 11
SAYS_WHO: Final = 12
ONE: Final = 13
MOMENT: Final = 14
HESITATES: Final = 15
_ROLES: Final = {
    OH: ("oh",), TO: ("to", "too", "for"), THIS: ("this",), IS: ("is",), YOU: ("you",), ARE: ("are", "were"), CALLED: ("called",),
    POINT: ("point",), MYSELF: ("i",), AM: ("am",), IT: ("it",), SAYS_WHO: introductions.SAYING_WHO, ONE: ("one",), MOMENT: tuple(lx.MOMENTS),
    HESITATES: introductions.HESITATIONS,
}  # fmt: skip
ASKED: Final = STRONG | WEAK | NEGATIVE | EAGER
OF_CUES: Final = ASKED | BEGINS | SECOND | TELLS
COUNTED: Final = NUMBER | ALIKE | HOMOPHONE
SAID_ALONE: Final = COUNTED | LETTER | TIMES | (WEIGHTS << WEIGHT_AT)
PASSED: Final = BETWEEN | LINK
MORE: Final = SAID_ALONE | PASSED | CLOSER | (ROLES << ROLE_AT)  # changes more than what was said
HOT: Final = ASKED | NUMBER | SURE | LOOKED | MAIL  # matters, whatever stands around it

_WEIGHTS: Final = (
    {word: len(value) for word, value in (lx.DIGITS | lx.TEENS | lx.TENS_WORDS).items()}
    | dict.fromkeys(frozenset(lx.NEIGHBOURS) - frozenset(lx.DIGITS), 1)
    | {"hundred": 2, "hundreds": 2, "thousand": 3, "million": 3}
)
# Common words that a cue is known by all the same.
_TELLING: Final = frozenset(
    """
    name names number numbers account card phone email mail address password pin code social security birth zip postal expiration cvv routing
    checking savings debit credit date digits spelled spelt spell surname whose who whom who's who've where where's under house street call order ticket speaking reach back dial digit amex visa mastercard c v
    """.split()
)
_EVERYWHERE: Final = frozenset(
    "account card number numbers mail phone back date best through until send order details round today talking people they".split()
)
_SPOKEN: Final = frozenset((*lx.DIGITS, *lx.TEENS, *lx.TENS_WORDS, *lx.MULTIPLIERS))
_ALIKE: Final = frozenset(lx.NEIGHBOURS) - frozenset(lx.DIGITS)
_ALWAYS: Final = {
    EAGER: frozenset(TELLING),
    NOUN: lx.NUMBER_NOUNS, LOOKED: frozenset(("dot", "http", "https", "www")), MAIL: PROVIDERS | {"mail", "point", "period"}, AT: frozenset(("at",)),
    CLOSER: lx.CLOSERS, INTRODUCING: lx.INTRODUCING, GREETING: introductions.GREETINGS, OPENING: introductions.OPENING, LINK: introductions.LINKS, BETWEEN: lx.FILLERS | lx.JOINERS | spelling.BETWEEN | {"comma"}, DATED: frozenset(word for word, letter in lx.CLASSES.items() if letter in DATE_WORDS), PLACED: places.TELLING | {"hundred", "hundreds"}, ARTICLE: frozenset("a"),
    SPOKEN: _SPOKEN, NUMBER: _SPOKEN, ALIKE: _ALIKE, SURE: _ALIKE - lx.DOUBTFUL, TIMES: frozenset(lx.MULTIPLIERS),
    HOMOPHONE: frozenset(lx.HOMOPHONES), LETTER: frozenset("abcdefghijklmnopqrstuvwxyz") | CODE_WORDS,
    CORRECTS: lx.CORRECTIONS | {"no"} | frozenset((*lx.NEIGHBOURS, *lx.HOMOPHONES)),
}  # fmt: skip


class Telling:
    """What each word says, for the cues in force: `words` holds their numbers, `pairs` those of words that begin a cue together.

    A word that it does not know is HEAVY and ANSWERS.
    """

    def __init__(self, cues: CueBook) -> None:
        asked: dict[str, int] = {}  # by the word of a cue, or by two words of it; marks left out
        tells: set[str] = set()
        self.blind = False
        """Whether there is a cue without any word, such as "#"."""
        for phrase in cues.phrases:
            words, telling = _known_by([word for word in phrase[0] if word[0].isalnum()])
            self.blind = self.blind or not words
            tells.update(_forms(telling))
            for one in product(*[_forms(word) for word in words]):
                asked[" ".join(one)] = asked.get(" ".join(one), 0) | _asks(phrase)
        singles = {word for word in asked if " " not in word}
        pairs = [pair.split(" ") for pair in asked if " " in pair]
        light = (
            {word for word, letter in lx.CLASSES.items() if letter not in CONTENT}
            | frozenset(lx.NEIGHBOURS) | lx.MOMENTS | lx.PARTS | frozenset(lx.ORDINALS) | {"at", "not", "least"} | CODE_WORDS
            | frozenset(form for words, _, _ in cues.phrases for word in words for form in _forms(word)) | frozenset(_WEIGHTS)
        )  # fmt: skip
        fields = {**_ALWAYS, BEGINS: {pair[0] for pair in pairs}, SECOND: {pair[1] for pair in pairs}, TELLS: tells}
        roles = {word: role for role, words in _ROLES.items() for word in words}
        self.pairs = LongTable({pair: asked[pair] for pair in asked if pair.isascii() and pair not in singles})
        self.words = WordTable(
            {
                word: sum(field for field, words in fields.items() if word in words)
                | asked.get(word, 0)
                | (HEAVY if word not in light else 0)
                | (_WEIGHTS.get(word, 0) << WEIGHT_AT)
                | (roles.get(word, 0) << ROLE_AT)
                | (ANSWERS if names.may_answer(word) else 0)
                | (0 if introductions.may_be_name(word) else NO_NAME)
                | (0 if introductions.begins(word) else NO_BEGINNING)
                for word in light.union(TALKED, roles, singles, *fields.values())
                if word and word.isascii()
            }
        )


def _asks(phrase: Phrase) -> int:
    """Tell what a cue asks for."""
    _, kind, strength = phrase
    if strength is Strength.STRONG:
        return EAGER if kind in EAGER_KINDS else STRONG
    return {Strength.WEAK: WEAK, Strength.NEGATIVE: NEGATIVE}.get(strength, 0)


def _known_by(phrase: Sequence[str]) -> tuple[Sequence[str], str]:
    """Choose the word of a phrase that is least often said, and the two words that it is known by: this one and one beside it."""
    telling = max(
        phrase,
        key=lambda word: (
            word in _TELLING or not (word in lx.COMMON or word in lx.CARRIERS), word not in _EVERYWHERE, len(word)
        ),
        default="",
    )  # fmt: skip
    at = min(phrase.index(telling), max(len(phrase) - 2, 0)) if phrase else 0
    return phrase[at : at + 2], telling


def _forms(word: str) -> tuple[str, ...]:
    """Give a word with the possessive form that the cues know as well."""
    return word, f"{word}'s"
