"""How one person in a call says digits, and how a recogniser writes that person down: by region, habit and luck."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.redaction.generators.script import Secret, neutral
from tests.bench.redaction.generators.spoken import ONES, Pieces, two
from tests.bench.redaction.generators.voice import Voice

HUMS = (
    "erm",
    "ooh",
    "let's see",
    "yeah",
    "wait a sec",
    "bear with",
    "followed by",
    "where's it gone",
    "like",
    "comma",
    "space",
    "ah",
    "after which",
    "you there",
    "it's all rubbed off",
    "pardon me",
    "next up",
    "got that bit",
    "mm",
    "no hang about yeah",
)
SOUNDS_LIKE = {"1": ("won",), "2": ("to", "too"), "4": ("for", "fore"), "8": ("ate",), "3": ("tree",), "0": ("o",)}
# What tells nothing any more: it may be hidden or not, the rest of the number has to be hidden all the same.
GARBLED = {"5": "fight", "6": "sets", "7": "heaven", "9": "mine", "0": "hero", "4": "far", "8": "hate"}
TIMES = {2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """Someone's way with digits. `hums` and `slips` are chances per gap and per digit, `written` is the recogniser's choice."""

    voice: Voice
    written: bool
    decorated: bool = False
    zero: str = "zero"
    doubles: float = 0.5
    pairs: float = 0.1
    hums: float = 0.0
    slips: float = 0.0

    def digits(self, group: str) -> str:
        """Say a group, or write it as a recogniser that prefers figures does."""
        return self._jotted(group) if self.written else self.words(group)

    def words(self, group: str) -> str:
        """Say a group in words."""
        voice = self.voice
        if len(group) == 4 and group.endswith("000") and group[0] != "0" and voice.chance(0.5):
            return f"{ONES[int(group[0])]} thousand"
        if len(group) in (3, 4) and group.endswith("00") and "0" not in group[:-2] and voice.chance(0.4):
            lead = group[:-2]
            return f"{ONES[int(lead)] if len(lead) == 1 else two(lead)} hundred"
        if len(group) in (2, 4, 6) and voice.chance(self.pairs):
            return " ".join(two(group[at : at + 2], self.zero) for at in range(0, len(group), 2))
        words: list[str] = []
        at = 0
        while at < len(group):
            same = len(group[at:]) - len(group[at:].lstrip(group[at]))
            length = min(same, 4) if voice.chance(self.doubles) else 1
            words.append(self._repeated(group[at], length) if length > 1 else self._one(group[at]))
            at += length
        return " ".join(words)

    def run(self, secret: Secret, groups: Sequence[str]) -> Pieces:
        """Say group after group in one breath, or with pauses that the recogniser hears."""
        voice, pieces = self.voice, Pieces()
        pause = voice.one_of(",", ".", "") if self.decorated else ""
        if self.written and voice.chance(0.35):
            separators = ("", "", "-", "-", " - ", ".") if len(groups) > 2 else ("", "", "-")
            return [secret(voice.one_of(*separators).join(groups))]
        for at, group in enumerate(groups):
            if at:
                pieces += [pause] if pause and voice.chance(0.7) else []
                pieces += [voice.phrase(HUMS)] if voice.chance(self.hums) else []
            if not self.written and self.slips and len(group) > 2 and voice.chance(0.05):
                pieces += self._garbled(secret, group)
            else:
                pieces.append(secret(self._after(pieces, self.digits(group))))
        return pieces

    def _after(self, pieces: Pieces, text: str) -> str:
        return text[0].upper() + text[1:] if pieces and pieces[-1] == "." else text

    def _one(self, digit: str) -> str:
        if digit in SOUNDS_LIKE and self.voice.chance(self.slips):
            return self.voice.one_of(*SOUNDS_LIKE[digit])
        return self.zero if digit == "0" else ONES[int(digit)]

    def _repeated(self, digit: str, length: int) -> str:
        word = self.zero if digit == "0" else ONES[int(digit)]
        plural = {"six": "sixes", "zero": "zeros", "oh": "ohs", "nought": "noughts"}.get(word, word + "s")
        if length == 2:
            return f"double {word}"
        if self.voice.chance(0.25):
            return f"{TIMES[length]} {plural}"
        return f"{self.voice.one_of('triple', 'treble')} {word}" if length == 3 else f"double {word} double {word}"

    def _garbled(self, secret: Secret, group: str) -> Pieces:
        at = self.voice.between(0, len(group) - 1)
        if group[at] not in GARBLED:
            return [secret(self.words(group))]
        before, after = group[:at], group[at + 1 :]
        return [
            *([secret(self.words(before))] if before else []),
            neutral(GARBLED[group[at]]),
            *([secret(self.words(after))] if after else []),
        ]

    def _jotted(self, group: str) -> str:
        kind = self.voice.rng.random()
        if kind < 0.8 or len(group) < 3:
            return group
        if kind < 0.88:
            return " ".join(group)
        if kind < 0.92 and len(group) == 4 and group[0] != "0":
            return f"{group[0]},{group[1:]}"
        half = len(group) // 2
        return f"{group[:half]} {self.words(group[half:]) if kind > 0.96 else group[half:]}"


def caller(voice: Voice, *, written: bool, decorated: bool = False) -> Manner:
    """Make someone who rings up, from one of four countries."""
    zero, doubles, pairs = voice.one_of(
        ("zero", 0.2, 0.3),
        ("oh", 0.2, 0.3),
        ("oh", 0.8, 0.1),
        ("nought", 0.6, 0.1),
        ("zero", 0.95, 0.15),
        ("zero", 0.7, 0.05),
    )
    return Manner(
        voice=voice,
        written=written,
        decorated=decorated,
        zero=zero,
        doubles=doubles,
        pairs=pairs,
        hums=voice.one_of(0.0, 0.0, 0.1, 0.3),
        slips=voice.one_of(0.0, 0.0, 0.0, 0.1),
    )


def agent(voice: Voice, *, written: bool, decorated: bool = False) -> Manner:
    """Make someone who reads from a screen: clear, without hesitation."""
    zero = voice.one_of("zero", "zero", "oh")
    return Manner(voice=voice, written=written, decorated=decorated, zero=zero, pairs=0.05)


def regrouped(voice: Voice, digits: str) -> list[str]:
    """Cut digits as somebody else would: in twos, in threes, by five, in two halves."""
    size = voice.one_of(2, 3, 3, 4, 5, (len(digits) + 1) // 2)
    groups = [digits[at : at + size] for at in range(0, len(digits), size)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = ["".join(groups[-2:])]
    return groups


def slipped(voice: Voice, digits: str) -> str:
    """Change, lose or double one digit."""
    at = voice.between(0, len(digits) - 1)
    other = str((int(digits[at]) + voice.between(1, 9)) % 10)
    changed = digits[:at] + other + digits[at + 1 :]
    if len(digits) < 3:
        return changed
    return voice.one_of(changed, digits[:at] + digits[at + 1 :], digits[:at] + digits[at] + digits[at:])
