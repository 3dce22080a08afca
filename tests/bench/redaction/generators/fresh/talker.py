"""How one person talks and how one recogniser writes it down: punctuation, figures, zeros, repeats, pairs, slips of the ear."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.bench.redaction.generators.script import Piece, Secret
from tests.bench.redaction.generators.spoken import ONES as DIGITS
from tests.bench.redaction.generators.spoken import TEENS, TENS, Pieces
from tests.bench.redaction.generators.voice import Voice

SOUNDS_LIKE = {"two": ("to", "too"), "four": ("for", "for", "fore"), "one": ("won",), "eight": ("ate",)}
FILLERS = ("uh", "um", "er", "erm", "and then", "then", "and", "let me see", "dash")
_PUNCTUATION = re.compile(r"(?<!\d)[.,?!;:]|[.,?!;:](?!\d)")


@dataclass(slots=True, kw_only=True)
class Talker:
    """One side of a call. `written` says that the recogniser prefers figures; the shares say how often a habit shows."""

    voice: Voice
    written: bool
    decorated: bool
    zero: str = "zero"
    repeats: float = 0.0
    pairs: float = 0.0
    fillers: float = 0.0
    misheard: float = 0.0
    british: bool = False

    def sentence(self, text: str) -> str:
        """Write a phrase the way this recogniser does: as it stands, or lower case without punctuation."""
        if self.decorated:
            return text
        return re.sub(r"\s+", " ", _PUNCTUATION.sub("", text).replace("-", " ").lower()).strip()

    def fill(self, template: str, told: Mapping[str, Sequence[str | Piece]]) -> Pieces:
        """Put what is told into the braces of a phrase."""
        pieces: Pieces = []
        for at, text in enumerate(re.split(r"\{(\w+)\}", template)):
            if at % 2:
                if self.voice.chance(self.fillers / 2):
                    pieces.append(self.voice.one_of("uh", "um") + ("," if self.decorated else ""))
                pieces += told[text]
            elif self.sentence(text.strip()):
                pieces.append(self.sentence(text.strip()))
        return pieces

    def group(self, digits: str) -> str:
        """Say a group of digits in words."""
        if self.voice.chance(self.pairs) and len(digits) > 1:
            return self._pairs(digits)
        return " ".join(self._hear(self._run(digits)))

    def number(self, groups: Sequence[str], secret: Secret, separators: Sequence[str] = ("",)) -> Pieces:
        """Tell the groups of a number; fillers between them belong to no secret. `separators` are those in writing."""
        if self.written:
            return self._figures(groups, secret, separators)
        pieces: Pieces = []
        for at, group in enumerate(groups):
            if at and self.voice.chance(self.fillers):
                pieces.append(self.voice.one_of(*FILLERS))
            comma = "," if self.decorated and at + 1 < len(groups) and self.voice.chance(0.7) else ""
            pieces += [secret(self.group(group)), comma]
        return pieces

    def _figures(self, groups: Sequence[str], secret: Secret, separators: Sequence[str]) -> Pieces:
        voice = self.voice
        habit = voice.one_of("sep", "sep", "sep", "sep", "spaced", "spaced", "two by two", "ones", "ragged", "mixed")
        digits = "".join(groups)
        if habit == "sep":
            return [secret(voice.one_of(*separators).join(groups))]
        if habit == "mixed" and len(digits) > 3:
            return [secret(self._half_in_words(group)) for group in groups]
        sizes = {"two by two": (2,), "ones": (1,), "ragged": (1, 2, 3, 4)}.get(habit)
        spaced = cut(voice, digits, sizes) if sizes else list(groups)
        pieces: Pieces = []
        for at, group in enumerate(spaced):
            if at and self.voice.chance(self.fillers / 3):
                pieces.append(self.voice.one_of(*FILLERS))
            comma = "," if self.decorated and habit != "ones" and at + 1 < len(spaced) and voice.chance(0.3) else ""
            pieces += [secret(group), comma]
        return pieces

    def _half_in_words(self, group: str) -> str:
        at = self.voice.between(0, len(group))
        parts = (group[:at], group[at:])
        first = self.voice.chance(0.5)
        said = [self.group(part) if (index == 0) == first else part for index, part in enumerate(parts) if part]
        return " ".join(said)

    def digit(self, digit: str) -> str:
        """Say one digit."""
        return self.zero if digit == "0" else DIGITS[int(digit)]

    def _run(self, digits: str) -> list[str]:
        words: list[str] = []
        at = 0
        while at < len(digits):
            same = len(digits[at:]) - len(digits[at:].lstrip(digits[at]))
            if same >= 3 and self.voice.chance(self.repeats):
                words += [self.voice.one_of("triple", "treble") if self.british else "triple", self.digit(digits[at])]
                at += 3
            elif same >= 2 and self.voice.chance(self.repeats):
                words += ["double", self.digit(digits[at])]
                at += 2
            else:
                words.append(self.digit(digits[at]))
                at += 1
        return words

    def _hear(self, words: list[str]) -> list[str]:
        """Write a digit inside a group as the word that sounds like it, now and then."""
        return [
            self.voice.one_of(*SOUNDS_LIKE[word])
            if 0 < at < len(words) - 1 and word in SOUNDS_LIKE and self.voice.chance(self.misheard)
            else word
            for at, word in enumerate(words)
        ]

    def _pairs(self, digits: str) -> str:
        if len(digits) == 3 and digits.endswith("00") and digits[0] != "0":
            return f"{DIGITS[int(digits[0])]} hundred"
        if len(digits) == 4 and digits.endswith("000") and digits[0] != "0":
            return f"{DIGITS[int(digits[0])]} thousand"
        head = len(digits) % 2
        parts = [self.digit(digits[0])] if head else []
        return " ".join(parts + [self.two(digits[at : at + 2]) for at in range(head, len(digits), 2)])

    def two(self, pair: str) -> str:
        """Say two digits as one number where that is possible."""
        if pair == "00":
            return f"double {self.zero}" if self.repeats else f"{self.zero} {self.zero}"
        if pair[0] == "0":
            return f"{self.zero} {DIGITS[int(pair[1])]}"
        return count(int(pair))


def count(number: int) -> str:
    """Say a number below a hundred as a count."""
    if number < 10:
        return DIGITS[number]
    if number < 20:
        return TEENS[number - 10]
    return TENS[number // 10] + (f" {DIGITS[number % 10]}" if number % 10 else "")


def cut(voice: Voice, digits: str, sizes: Sequence[int]) -> list[str]:
    """Cut digits into groups of these sizes, chosen anew for each."""
    groups = []
    while digits:
        size = voice.one_of(*sizes)
        groups.append(digits[:size])
        digits = digits[size:]
    return groups


def customer(voice: Voice, *, written: bool, decorated: bool, british: bool) -> Talker:
    """Draw a caller."""
    return Talker(
        voice=voice,
        written=written,
        decorated=decorated,
        zero=voice.one_of("oh", "oh", "zero", *(("nought", "oh") if british else ("zero", "o"))),
        repeats=voice.one_of(0.0, 0.5, 1.0) if british else voice.one_of(0.0, 0.0, 0.6),
        pairs=voice.one_of(0.0, 0.0, 0.0, 0.3, 0.8),
        fillers=voice.one_of(0.0, 0.0, 0.1, 0.3),
        misheard=voice.one_of(0.0, 0.0, 0.0, 0.0, 0.35),
        british=british,
    )


def agent(voice: Voice, *, written: bool, decorated: bool, british: bool) -> Talker:
    """Draw an agent, who is more regular."""
    return Talker(
        voice=voice,
        written=written,
        decorated=decorated,
        zero=voice.one_of("zero", "zero", "oh"),
        repeats=voice.one_of(0.0, 0.7) if british else 0.0,
        pairs=voice.one_of(0.0, 0.0, 0.2),
        british=british,
    )
