"""What a call can ask for: a type, how its values are drawn, and the words that announce it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.redaction.generators.last.numbers import Value
from tests.bench.redaction.generators.voice import Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A type of secret: `ask` by the agent, `tell` before the value, `after` behind it."""

    kind: str
    draw: Callable[[Voice], Value]
    ask: tuple[str, ...]
    tell: tuple[str, ...]
    after: tuple[str, ...] = ()
