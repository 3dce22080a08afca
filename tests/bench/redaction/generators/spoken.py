"""Says digits as people say them and as recognisers write them: singly, in pairs, doubled, in hundreds, with fillers, misheard."""

from collections.abc import Sequence

from tests.bench.redaction.generators.script import Piece, Secret
from tests.bench.redaction.generators.voice import Voice

Pieces = list[str | Piece]

ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
REPEATED = {2: ("double",), 3: ("triple", "treble"), 4: ("quadruple", "double double")}
HOMOPHONES = {
    "0": ("owe", "o"),
    "1": ("won",),
    "2": ("to", "too"),
    "3": ("tree", "free"),
    "4": ("for", "fore"),
    "5": ("fife",),
    "6": ("sicks",),
    "8": ("ate",),
    "9": ("niner",),
}
FILLERS = (
    "uh",
    "um",
    "and",
    "then",
    "dash",
    "er",
    "and then",
    "uhm",
    "let me see",
    "hang on",
    "i think",
    "and after that",
    "okay",
    "so",
    "sorry",
    "hmm",
    "what's that",
    "then it's",
)
STYLES = ("single", "single", "repeated", "pairs", "mixed", "mixed")


def two(number: str, zero: str = "oh") -> str:
    """Say two digits as one number: forty one, eleven, oh five, double oh."""
    tens, ones = int(number[0]), int(number[1])
    if tens == 0:
        return f"{zero} {zero if ones == 0 else ONES[ones]}"
    if tens == 1:
        return TEENS[ones]
    return TENS[tens] + (f" {ONES[ones]}" if ones else "")


def cardinal(number: int) -> str:
    """Say a whole number below 10,000 as a count: two hundred and four, one thousand two hundred."""
    if number < 10:
        return ONES[number]
    if number < 100:
        return two(f"{number:02}")
    if number < 1000:
        rest = number % 100
        return f"{ONES[number // 100]} hundred" + (f" and {cardinal(rest)}" if rest else "")
    rest = number % 1000
    return f"{ONES[number // 1000]} thousand" + (f" {cardinal(rest)}" if rest else "")


def ordinal(number: int) -> str:
    """Say a day of the month: first, twenty third."""
    special = {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth"}
    if number in special:
        return special[number]
    if number < 20:
        return cardinal(number) + "th"
    if number % 10 == 0:
        return TENS[number // 10][:-1] + "ieth"
    return f"{TENS[number // 10]} {ordinal(number % 10)}"


def grouped(digits: str, sizes: Sequence[int]) -> list[str]:
    """Cut digits into groups of these sizes; what is left over is one more group."""
    groups, at = [], 0
    for size in sizes:
        groups.append(digits[at : at + size])
        at += size
    groups.append(digits[at:])
    return [group for group in groups if group]


def any_groups(voice: Voice, digits: str) -> list[str]:
    """Cut digits into groups of two to four, as a caller who reads along does."""
    sizes: list[int] = []
    while sum(sizes) < len(digits):
        sizes.append(voice.between(2, 4))
    groups = grouped(digits, sizes)
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return groups


class Speaker:
    """Someone who says numbers in a way of his own: one word for zero, one style, more or fewer fillers."""

    def __init__(
        self,
        voice: Voice,
        *,
        style: str | None = None,
        fillers: float = 0.0,
        homophones: float = 0.0,
        commas: bool = False,
    ) -> None:
        """`fillers` is the chance of one between two groups, `homophones` that of a misheard word for each digit.

        With `commas` a punctuating recogniser hears the pause between two groups, more often than not.
        """
        self.voice = voice
        self.zero = voice.one_of("zero", "oh", "oh", "zero", "o")
        self.style = style or voice.one_of(*STYLES)
        self.fillers = fillers
        self.homophones = homophones
        self.commas = commas

    def groups(self, secret: Secret, groups: Sequence[str]) -> Pieces:
        """Say groups of digits one after another."""
        pieces: Pieces = []
        for at, group in enumerate(groups):
            if at and self.commas and self.voice.chance(0.6):
                pieces.append(",")
            if at and self.voice.chance(self.fillers):
                pieces.append(self.voice.phrase(FILLERS))
            pieces.append(secret(self.say(group)))
        return pieces

    def number(self, secret: Secret, digits: str) -> Pieces:
        """Say digits in groups of two to four."""
        return self.groups(secret, any_groups(self.voice, digits))

    def say(self, group: str) -> str:
        """Say one group of digits in words."""
        style = self.voice.one_of("single", "repeated", "pairs", "hundreds") if self.style == "mixed" else self.style
        if style == "pairs" and len(group) in (2, 3, 4):
            return self._pairs(group)
        lead = group[:-2]
        if style == "hundreds" and group.endswith("00") and len(lead) in (1, 2) and "0" not in lead:
            return f"{ONES[int(lead)] if len(lead) == 1 else two(lead, self.zero)} hundred"
        return self._single(group, repeats=style == "repeated")

    def _pairs(self, group: str) -> str:
        if len(group) == 3:
            return f"{self._digit(group[0])} {two(group[1:], self.zero)}"
        return " ".join(two(group[at : at + 2], self.zero) for at in range(0, len(group), 2))

    def _single(self, group: str, *, repeats: bool) -> str:
        words: list[str] = []
        at = 0
        while at < len(group):
            length = 1
            while length < 4 and at + length < len(group) and group[at + length] == group[at]:
                length += 1
            if repeats and length > 1:
                words.append(f"{self.voice.one_of(*REPEATED[length])} {self._digit(group[at])}")
                at += length
            else:
                words.append(self._digit(group[at]))
                at += 1
        return " ".join(words)

    def _digit(self, digit: str) -> str:
        if digit in HOMOPHONES and self.voice.chance(self.homophones):
            return self.voice.one_of(*HOMOPHONES[digit])
        return self.zero if digit == "0" else ONES[int(digit)]


def half_written(voice: Voice, secret: Secret, groups: Sequence[str]) -> Pieces:
    """Write digits as recognisers do that cannot decide: "4111 one one 1 1 eleven 11"."""
    speaker = Speaker(voice)
    pieces: Pieces = []
    for group in groups:
        if voice.chance(0.5):
            pieces.append(secret(voice.one_of(group, " ".join(group))))
        else:
            pieces.append(secret(" ".join(digit if voice.chance(0.3) else speaker.say(digit) for digit in group)))
    return pieces
