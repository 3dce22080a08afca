"""Every set by name, read or generated when it is asked for."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from tests.bench.redaction.generators.catalogue import GENERATORS, HELD_OUT, generate
from tests.bench.redaction.generators.voice import Bank
from tests.bench.redaction.items import Labelled
from tests.bench.redaction.sets import harper_valley, moshi, nannigalaxy, presidio_research, redactomatic, sgd

READ: dict[str, Callable[[], Labelled]] = {
    "presidio-research": presidio_research.read,
    "sgd/stateless": sgd.stateless,
    "sgd/conversations": sgd.conversations,
    "moshi/alone": moshi.alone,
    "moshi/asked": moshi.asked,
    "nannigalaxy": nannigalaxy.read,
    "redactomatic": redactomatic.read,
    "real-calls": harper_valley.read,
}


def names(wanted: Sequence[str] = ()) -> list[str]:
    """List the sets that begin with one of these words; where none is given, all but those that are held out."""
    if not wanted:
        return [*READ, *GENERATORS]
    return [name for name in (*READ, *GENERATORS, *HELD_OUT) if name.startswith(tuple(wanted))]


def load(wanted: Sequence[str] = (), *, seed: int = 1, bank: Bank = Bank.EVERY) -> Iterator[Labelled]:
    """Read or make the sets, one after another."""
    makers: dict[str, Callable[[], Labelled]] = {
        **READ,
        **{name: partial(generate, name, seed=seed, bank=bank) for name in (*GENERATORS, *HELD_OUT)},
    }
    return (makers[name]() for name in names(wanted))
