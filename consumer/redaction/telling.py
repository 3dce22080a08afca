"""The words that give an utterance away: numbers, the telling word of every cue, and what says little besides a number."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from consumer.redaction import lexicon as lx
from consumer.redaction.alphabets import CODE_WORDS
from consumer.redaction.cues import WORDS, CueBook, Phrase, Strength
from consumer.redaction.introductions import GREETERS
from consumer.redaction.line import CONTENT, NUMBER_NOUNS
from consumer.redaction.mailboxes import PROVIDERS
from consumer.redaction.windows import DATES


def encoded(words: Iterable[str]) -> frozenset[bytes]:
    """Write words as the screen sees them."""
    return frozenset(word.encode() for word in words)


CLOSERS: Final = encoded(("speaking", "calling", "here", *GREETERS))
LOOKED: Final = encoded(("dot", "http", "https", "www"))
MAIL: Final = encoded((*PROVIDERS, "mail", "point", "period"))
LONGEST: Final = 40  # digits in one word
MOST_TIMES: Final = max(lx.MULTIPLIERS.values())
EAGER_KINDS: Final = WORDS | DATES  # cues that matter to utterances without any number
# Letters become small, digits 0 and marks spaces, so that any number is one of a few words and no word has a mark on it.
TABLE: Final = bytes(
    ord("0")
    if chr(code).isdecimal()
    else ord(chr(code).lower())
    if chr(code).isalpha() or chr(code) in "\n'"
    else ord(" ")
    for code in range(128)
) + bytes(128)
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


# A code adds up what the words of an utterance say: one field of eight bits each (counted where its place, _AT, is named), weight on top.
# What every utterance has comes first and is a small integer; what only numbers need is added where there are any.
HEAVY: Final = 255  # words besides a number
STRONG: Final = HEAVY << 8
WEAK: Final = HEAVY << 16
NEGATIVE: Final = HEAVY << 24  # may be a cue for a number
EAGER: Final = HEAVY << 32  # may be a cue that has to be heeded at once
NOUN: Final = HEAVY << 40
SPECIAL: Final = HEAVY << 48
NUMBERS_AT: Final = 56  # from here on, fields of numbers
NUMBER_AT: Final = 56
SPOKEN: Final = HEAVY << 64  # number words
ALIKE_AT: Final = 72  # words that sound like digits
SURE_AT: Final = 80  # those of them that are digits side by side
TIMES_AT: Final = 88
HOMOPHONE_AT: Final = 96
LETTER_AT: Final = 104
WEIGHT: Final = 120  # above these bits: the most digits that its numbers can have
MOST_WORDS: Final = 255


def one(field: int) -> int:
    """Count one in a field."""
    return field // HEAVY


class Telling:
    """What each word adds to a code, for the cues in force."""

    def __init__(self, cues: CueBook) -> None:
        light = (
            {word for word, letter in lx.CLASSES.items() if letter not in CONTENT}
            | frozenset(lx.NEIGHBOURS) | lx.MOMENTS | lx.PARTS | frozenset(lx.ORDINALS) | {"at", "not", "least"} | CODE_WORDS
        )  # fmt: skip
        strong = [phrase for phrase in cues.phrases if phrase[2] is Strength.STRONG]
        self.triggers = {
            EAGER: _triggers(phrase for phrase in strong if phrase[1] in EAGER_KINDS),
            STRONG: _triggers(phrase for phrase in strong if phrase[1] not in EAGER_KINDS),
            WEAK: _triggers(phrase for phrase in cues.phrases if phrase[2] is Strength.WEAK),
            NEGATIVE: _triggers(phrase for phrase in cues.phrases if phrase[2] is Strength.NEGATIVE),
        }
        self.light = encoded(light) | frozenset(form for words, _, _ in cues.phrases for form in _forms(words))
        spoken = encoded((*lx.DIGITS, *lx.TEENS, *lx.TENS_WORDS, *lx.MULTIPLIERS))
        written = {b"0" * size: size for size in range(1, LONGEST)}
        alike = frozenset(lx.NEIGHBOURS) - frozenset(lx.DIGITS)
        talk = {NOUN: encoded(NUMBER_NOUNS), SPECIAL: LOOKED | MAIL | CLOSERS, **self.triggers}
        number, sure = spoken | frozenset(written), encoded(alike - lx.DOUBTFUL)
        numbers = {
            HEAVY << NUMBER_AT: number,
            SPOKEN: spoken,
            HEAVY << ALIKE_AT: encoded(alike),
            HEAVY << SURE_AT: sure,
            HEAVY << TIMES_AT: encoded(lx.MULTIPLIERS),
            HEAVY << HOMOPHONE_AT: encoded(lx.HOMOPHONES),
            HEAVY << LETTER_AT: frozenset(bytes([code]) for code in b"abcdefghijklmnopqrstuvwxyz")
            | encoded(CODE_WORDS),
        }
        self.weights = {word.encode(): size for word, size in _WEIGHTS.items()} | written
        self.talk = {
            word: (word not in self.light and word not in self.weights) + _fields(talk, word)
            for word in frozenset(self.weights).union(self.light, *talk.values())
        }
        self.numbers = {word: _fields(numbers, word) >> NUMBERS_AT for word in frozenset().union(*numbers.values())}
        self.numeric = number | sure
        self.hot = self.numeric | talk[SPECIAL] | frozenset().union(*self.triggers.values())


def _fields(fields: Mapping[int, frozenset[bytes]], word: bytes) -> int:
    return sum(one(field) for field, words in fields.items() if word in words)


def _triggers(phrases: Iterable[Phrase]) -> frozenset[bytes]:
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


def _forms(phrase: Iterable[str]) -> list[bytes]:
    """Write words as the screen sees them, with the possessive form that the cues know as well."""
    return [form.encode().translate(TABLE) for word in phrase for form in (word, f"{word}'s")]
