"""The words that give an utterance away: numbers, the telling word of every cue, and what says little besides a number."""

from collections.abc import Iterable, Sequence
from typing import Final

from consumer.redaction import introductions
from consumer.redaction import lexicon as lx
from consumer.redaction.alphabets import CODE_WORDS
from consumer.redaction.cues import WORDS, CueBook, Phrase, Strength
from consumer.redaction.line import CONTENT
from consumer.redaction.mailboxes import PROVIDERS
from consumer.redaction.windows import DATES
from consumer.redaction.wordtable import WordTable

EAGER_KINDS: Final = WORDS | DATES  # cues that matter to utterances without any number
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
STRONG: Final = 1 << 8
WEAK: Final = 1 << 9
NEGATIVE: Final = 1 << 10  # may be a cue for a number
EAGER: Final = 1 << 11  # may be a cue that has to be heeded at once
SPOKEN: Final = 1 << 12  # a number word
OPENING: Final = 1 << 13  # "this is ..."
NUMBER: Final = 1 << 14  # digits or a number word
ALIKE: Final = 1 << 15  # sounds like a digit
SURE: Final = 1 << 16  # those of them that are digits side by side
TIMES: Final = 1 << 17  # "double"
HOMOPHONE: Final = 1 << 18  # "to" and "for"
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
    NOUN: lx.NUMBER_NOUNS, LOOKED: frozenset(("dot", "http", "https", "www")), MAIL: PROVIDERS | {"mail", "point", "period"}, AT: frozenset(("at",)),
    CLOSER: lx.CLOSERS, INTRODUCING: lx.INTRODUCING, GREETING: introductions.GREETINGS, OPENING: introductions.OPENING, LINK: introductions.LINKS, BETWEEN: lx.FILLERS | lx.JOINERS | {"comma"},
    SPOKEN: _SPOKEN, NUMBER: _SPOKEN, ALIKE: _ALIKE, SURE: _ALIKE - lx.DOUBTFUL, TIMES: frozenset(lx.MULTIPLIERS),
    HOMOPHONE: frozenset(lx.HOMOPHONES), LETTER: frozenset("abcdefghijklmnopqrstuvwxyz") | CODE_WORDS,
    CORRECTS: lx.CORRECTIONS | {"no"} | frozenset((*lx.NEIGHBOURS, *lx.HOMOPHONES)),
}  # fmt: skip


class Telling:
    """What each word says, for the cues in force: `table` holds their numbers. A word that it does not know is HEAVY."""

    def __init__(self, cues: CueBook) -> None:
        strong = [phrase for phrase in cues.phrases if phrase[2] is Strength.STRONG]
        fields = {
            **_ALWAYS,
            EAGER: _triggers(phrase for phrase in strong if phrase[1] in EAGER_KINDS),
            STRONG: _triggers(phrase for phrase in strong if phrase[1] not in EAGER_KINDS),
            WEAK: _triggers(phrase for phrase in cues.phrases if phrase[2] is Strength.WEAK),
            NEGATIVE: _triggers(phrase for phrase in cues.phrases if phrase[2] is Strength.NEGATIVE),
        }
        self.blind = any("" in words for words in fields.values())
        """Whether there is a cue without any word, such as "#"."""
        self.light = (
            {word for word, letter in lx.CLASSES.items() if letter not in CONTENT}
            | frozenset(lx.NEIGHBOURS) | lx.MOMENTS | lx.PARTS | frozenset(lx.ORDINALS) | {"at", "not", "least"} | CODE_WORDS
            | frozenset(form for words, _, _ in cues.phrases for form in _forms(words)) | frozenset(_WEIGHTS)
        )  # fmt: skip
        roles = {word: role for role, words in _ROLES.items() for word in words}
        self.table = WordTable(
            {
                word: sum(field for field, words in fields.items() if word in words)
                | (HEAVY if word not in self.light else 0)
                | (_WEIGHTS.get(word, 0) << WEIGHT_AT)
                | (roles.get(word, 0) << ROLE_AT)
                | (0 if introductions.may_be_name(word) else NO_NAME)
                | (0 if introductions.begins(word) else NO_BEGINNING)
                for word in self.light.union(lx.COMMON, roles, *fields.values())
                if word and word.isascii()
            }
        )


def _triggers(phrases: Iterable[Phrase]) -> frozenset[str]:
    return frozenset(form for words, _, _ in phrases for form in _forms([_trigger(words)]))


def _trigger(phrase: Sequence[str]) -> str:
    """Choose the word of a phrase that is least often said; "" where there is none."""
    return max(
        (word for word in phrase if word[0].isalnum()),
        key=lambda word: (
            word in _TELLING or not (word in lx.COMMON or word in lx.CARRIERS), word not in _EVERYWHERE, len(word)
        ),
        default="",
    )  # fmt: skip


def _forms(phrase: Iterable[str]) -> list[str]:
    """List words with the possessive form that the cues know as well."""
    return [form for word in phrase for form in ((word, f"{word}'s") if word else (word,))]
