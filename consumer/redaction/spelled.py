"""Letters that spell a name: behind it, instead of it, or of a code beside it."""

from typing import Final

from consumer.redaction import spelling
from consumer.redaction.line import NUMERIC, Line
from consumer.redaction.spelling import Range

_NEAR: Final = 3
_SPELLS: Final = frozenset("that's it's spelt spelled is so".split())


def soon(line: Line, last: int) -> bool:
    """Tell whether what was said is spelled next: "mbeki, m b e k i"."""
    return any(
        spelling.is_letter(line, at) and spelling.stretch(line, at)[1] > 1
        for at in range(last + 1, min(last + 4, len(line.words)))
    )


def behind(line: Line, last: int) -> list[Range]:
    """Find the letters right behind a name: "this is leroy kowalczyk, k o w ..."."""
    if not soon(line, last):
        return []
    return [one for one in spelling.letters(line, last + 1, fewest=2)[:1] if not coded(line, one)]


def word_of(line: Line, place: Range) -> Range | None:
    """Find the word that letters spell, said right before them: "long, l o n g"."""
    letters = "".join(
        line.words[at] for at in range(place[0], place[1] + 1) if len(line.words[at]) == 1 and line.words[at].isalpha()
    )
    for at in range(place[0] - 1, max(place[0] - 1 - _NEAR, -1), -1):
        word = line.words[at]
        if len(word) > 1 and word[0].isalpha():
            if word == letters:
                return at, at
            if word not in _SPELLS:
                break
    return None


def beside_number(line: Line, place: Range) -> bool:
    """Tell the letters of a postcode: "the postcode is s a four six q j"."""
    beside = line.classes[max(place[0] - 1, 0) : place[0]] + line.classes[place[1] + 1 : place[1] + 2]
    return _numeric(beside)


def coded(line: Line, place: Range) -> bool:
    """Tell letters that belong to a number: "p x one eight"."""
    beside = line.classes[max(place[0] - 1, 0) : place[0]] + line.classes[place[1] + 1 : place[1] + 2]
    return _numeric(beside) or any(cue.kind is None for cue in line.cues)


def _numeric(classes: str) -> bool:
    return any(letter in NUMERIC for letter in classes)
