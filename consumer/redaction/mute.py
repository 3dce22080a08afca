"""When the audio has to be silent: the times of the words that a span covers."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from consumer.redaction.span import Kind, Span

PADDING_SECONDS: Final = 0.25


class Word(NamedTuple):
    """A word as it was heard. Times are seconds since the epoch."""

    text: str
    start: float
    end: float


class Interval(NamedTuple):
    """A stretch of the call, in seconds since the epoch."""

    start: float
    end: float


def intervals(
    text: str,
    spans: Iterable[Span],
    kinds: frozenset[Kind],
    *,
    words: Sequence[Word],
    start: float | None,
    end: float | None,
) -> list[Interval]:
    """Tell when an utterance has to be silent: the words under the spans, or all of it where words do not map to the text.

    Without any time nothing can be told, and the list is empty.
    """
    wanted = [span for span in spans if span.kind in kinds]
    if not wanted:
        return []
    places = _places(text)
    if len(places) == len(words):
        under = [
            word
            for word, (first, last) in zip(words, places, strict=True)
            if any(span.start < last and first < span.end for span in wanted)
        ]
        if under:
            return [_padded(word.start, word.end) for word in under]
    if start is None or end is None:
        times = [word.start for word in words], [word.end for word in words]
        return [_padded(min(times[0]), max(times[1]))] if words else []
    return [_padded(start, end)]


def merged(found: Iterable[Interval]) -> list[Interval]:
    """Join intervals that touch."""
    joined: list[Interval] = []
    for one in sorted(found):
        if joined and one.start <= joined[-1].end:
            joined[-1] = Interval(joined[-1].start, max(joined[-1].end, one.end))
        else:
            joined.append(one)
    return joined


def _padded(start: float, end: float) -> Interval:
    return Interval(round(start - PADDING_SECONDS, 3), round(max(end, start) + PADDING_SECONDS, 3))


def _places(text: str) -> list[tuple[int, int]]:
    places = []
    end = 0
    for word in text.split():
        start = text.index(word, end)
        end = start + len(word)
        places.append((start, end))
    return places
