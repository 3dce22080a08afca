"""Every generated set by name, with its generator and its size."""

from collections.abc import Callable
from functools import partial

from tests.bench.redaction.generators import after_cue, misheard, negatives, one_utterance, split, whole_calls
from tests.bench.redaction.generators.fresh import sets as fresh
from tests.bench.redaction.generators.last import sets as last
from tests.bench.redaction.generators.voice import Bank, Voice
from tests.bench.redaction.items import Item, Labelled

Generator = Callable[[str, Voice], Item]

GENERATORS: dict[str, tuple[Generator, int]] = {
    "one-utterance/written": (one_utterance.written, 1000),
    "one-utterance/spoken": (one_utterance.spoken, 1000),
    "misheard-card": (misheard.misheard_card, 600),
    "split/cued-spoken": (split.cued_spoken, 600),
    "split/cued-written": (split.cued_written, 400),
    "split/uncued-spoken": (split.uncued_spoken, 400),
    "split/uncued-written": (split.uncued_written, 300),
    "split/email": (split.spelled_email, 200),
    **{f"cued/{kind.lower()}-written": (partial(after_cue.written, kind), 150) for kind in after_cue.CUED},
    **{f"cued/{kind.lower()}-spoken": (partial(after_cue.spoken, kind), 150) for kind in after_cue.CUED},
    "negative/armed-window": (negatives.armed_window, 600),
    "negative/named-numbers": (negatives.named_numbers, 600),
    "negative/everyday": (negatives.everyday_numbers, 1000),
    "negative/between": (negatives.small_talk_between, 300),
    "whole-calls": (whole_calls.whole_call, 100),
}
# The judges: read and run only when asked for by name, so that no rule is written while looking at them.
HELD_OUT: dict[str, tuple[Generator, int]] = {
    "last/spoken": (last.spoken, 500),
    "last/written": (last.written, 500),
    "last/split": (last.split, 500),
    "last/uncued": (last.uncued, 300),
    "last/short-types": (last.short_types, 600),
    "last/words": (last.words, 600),
    "last/negative": (last.negative, 600),
    "last/whole-calls": (last.whole_call, 200),
    "fresh/spoken": (fresh.spoken, 600),
    "fresh/written": (fresh.written, 600),
    "fresh/split": (fresh.split, 600),
    "fresh/uncued": (fresh.uncued, 400),
    "fresh/short-types": (fresh.short_types, 700),
    "fresh/words": (fresh.words, 700),
    "fresh/negative": (fresh.negative, 700),
    "fresh/whole-calls": (fresh.whole_call, 210),
}


def generate(name: str, *, seed: int = 1, bank: Bank = Bank.EVERY, count: int | None = None) -> Labelled:
    """Make a set; the same arguments give the same items."""
    generator, usual = (GENERATORS | HELD_OUT)[name]
    items = tuple(
        generator(f"{name}#{number}", Voice(f"{seed}/{name}/{number}", bank)) for number in range(count or usual)
    )
    return Labelled(name=name, items=items)
