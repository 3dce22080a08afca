"""What words mean beside each other: those that sound like a digit, and those of numbers that say no number."""

import re
from typing import Final

from consumer.redaction import lexicon as lx

_SOUNDS: Final = re.compile(r"[wW]{3,}")
_ZEROS: Final = frozenset(("oh", "o"))
_PLACED: Final = frozenset(
    (*lx.ORDINALS, "last", "next", "final", "other", "opening", "middle", "remaining", "front", "end")
)
_BEHIND: Final = lx.PARTS | lx.MOMENTS | {"one", "least"}
_BESIDE: Final = frozenset("dtTnm")


def heed(words: list[str], classes: list[str]) -> None:
    """Read "won", "tree" or "oh" as a digit where it stands beside one, as the word it is elsewhere."""
    alike = [index for index, letter in enumerate(classes) if letter == lx.NEIGHBOUR]
    pairs = len(set(words)) == 1 or not _BESIDE.isdisjoint(classes)  # "oh oh" says digits
    for sweep in (alike, reversed(alike)):
        for index in sweep:
            if classes[index] == lx.NEIGHBOUR and _beside_digit(words, classes, index, pairs=pairs):
                classes[index], pairs = lx.DIGIT, True
    if not pairs:
        _heed_sounds(words, classes)
    for index in alike[:-1]:
        sounds = words[index + 1 : index + 3]
        if words[index] in _ZEROS and len(sounds) > 1 and sounds[0] in lx.HOMOPHONES and sounds[1] in _ZEROS:
            classes[index : index + 3] = lx.DIGIT * 3  # "oh to oh"
    for index in alike:
        if classes[index] == lx.NEIGHBOUR:
            word = words[index]
            classes[index] = lx.FILLER if word == "oh" else lx.LETTER if word == "o" else lx.OTHER


def _heed_sounds(words: list[str], classes: list[str]) -> None:
    """Read "for to ate" as digits: three words that sound like some, without any digit beside them."""
    for match in _SOUNDS.finditer("".join(classes)):
        said = words[match.start() : match.end()]
        if not lx.DOUBTFUL.union(lx.HOMOPHONES).issuperset(said):
            classes[match.start() : match.end()] = lx.DIGIT * len(said)


def _beside_digit(words: list[str], classes: list[str], index: int, *, pairs: bool) -> bool:
    word, size = words[index], len(classes)
    if word in ("oh", "o") and _digit_near(classes, index, -1) and _digit_near(classes, index, 1):
        return True
    for step in (1, -1):
        at = index + step
        if not 0 <= at < size:
            continue
        letter, other = classes[at], words[at]
        if letter in _BESIDE:
            return True
        if letter == lx.NEIGHBOUR and not {word, other} <= lx.DOUBTFUL:
            return True
        if word not in lx.DOUBTFUL and letter in "fw," and 0 <= at + step < size and classes[at + step] in _BESIDE:
            return True
        many = pairs or words[max(index - 2, 0) : index + 3].count(word) > len("oo")
        if word in ("oh", "o") and other == word and many:
            return True
    return False


def heed_phrases(words: list[str], classes: list[str]) -> None:
    """Unmask "the one i have", "at least", "one moment", "the first bit" and "double check": words of numbers that say no number."""
    for index in range(len(words) - 1):
        word, following = words[index], words[index + 1]
        if following in _BEHIND and (
            (following == "one" and word in lx.POINTERS and index + 2 < len(words) and words[index + 2] in lx.POINTED)
            or (following == "least" and word in ("at", "not"))
            or (following in lx.PARTS and word in _PLACED)
            or (following in lx.MOMENTS and word in ("one", "1", "just"))
        ):
            classes[index] = classes[index + 1] = lx.CARRIER
        elif classes[index] == lx.TIMES and classes[index + 1] not in "dntTwl":
            classes[index] = lx.CARRIER


def _digit_near(classes: list[str], index: int, step: int) -> bool:
    """Tell whether a digit stands beside a token, a pause between them or not."""
    at = index + step
    if 0 <= at + step < len(classes) and classes[at] in "fa,-":
        at += step
    return 0 <= at < len(classes) and classes[at] in _BESIDE
