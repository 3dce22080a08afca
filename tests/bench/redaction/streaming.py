"""Where the stream decides otherwise than the whole call does: every difference, counted and shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.bench.redaction.items import Found, Item, Tool, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One turn with other spans: what only the whole call hides and what only the stream hides."""

    item: str
    turn: int
    only_whole: str
    only_stream: str


def differences(whole: Tool, stream: Tool, items: Iterable[Item]) -> list[Difference]:
    """Run both on the same conversations and list every turn on which they disagree."""
    return [one for item in items for one in _of(item, whole, stream)]


def _of(item: Item, whole: Tool, stream: Tool) -> Iterable[Difference]:
    found = zip(item.turns, whole.find(item.turns), stream.find(item.turns), strict=True)
    for index, (turn, at_once, released) in enumerate(found):
        if set(at_once) != set(released):
            yield Difference(
                item=item.name,
                turn=index,
                only_whole=_written(turn, set(at_once) - set(released)),
                only_stream=_written(turn, set(released) - set(at_once)),
            )


def _written(turn: Turn, spans: Iterable[Found]) -> str:
    return ", ".join(
        f"{one.kind} `{turn.text[one.start : one.end]}`" for one in sorted(spans, key=lambda one: one.start)
    )
