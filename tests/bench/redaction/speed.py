"""Speed beside the three regexes, linearity, memory of open conversations, and what hostile text costs."""

import re
import signal
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any

from tests.bench.redaction.generators.catalogue import generate
from tests.bench.redaction.items import Tool, Turn
from tests.bench.redaction.report import table
from tests.bench.redaction.sets import sgd
from tests.bench.redaction.timing import Call, Redacts, Timing, lengths, race
from tests.bench.redaction.tools.engine import Engine, EngineStream, patterns
from tests.bench.redaction.tools.regexes import THREE, ThreeRegexes
from tests.simulator.generator import generate as simulated

ROUNDS = 7
CALLS = 300
LENGTHS = (100, 1_000, 10_000)
OPEN_CONVERSATIONS = 500
PEER_CALLS, PEER_ROUNDS = 10, 3
RACE_HEADER = (
    "calls",
    "tool",
    "utterances/s",
    "beside the regexes",
    "call p50 us",
    "p99 us",
    "worst us",
    "worst ratio",
)
MEGABYTE = 1_000_000
TURN_CHARACTERS = 10_000
PATIENCE_SECONDS = 10
HOSTILE = (
    "1",
    "1 ",
    "1-",
    "12 ",
    "1.",
    "1, ",
    "(1",
    "+1 ",
    "123-45-",
    "4111 ",
    "12/",
    "0.0.",
    "f:",
    "::",
    "GB29 ",
    "\u0664 ",
    " ",
    "-",
    "a",
    "a ",
    "a@",
    "a.",
    "a@a.",
    "at ",
    "dot ",
    "a at b dot ",
    "one ",
    "twenty ",
    "double ",
    "one uh ",
    "hundred ",
    "to for ",
    "uh ",
    "my name is ",
    "card number ",
    "what is your pin ",
    "no seven not nine ",
    "ends in ",
    "b as in boy ",
    "oh ",
    "[card number] ",
)


def workloads() -> dict[str, list[Call]]:
    """Make or read the calls: generated ones with secrets, task dialogues, the simulator's."""
    return {
        "generated calls": [item.turns for item in generate("whole-calls", seed=7, count=CALLS).items],
        "sgd dialogues": [item.turns for item in sgd.conversations().items],
        "simulator's calls": [
            [Turn(turn.speaker, turn.text) for turn in simulated(7, index, utterances=60).turns]
            for index in range(CALLS)
        ],
    }


def race_tables(*, rounds: int = ROUNDS) -> Iterator[str]:
    """Race whole call and stream against the three regexes on every workload."""
    contenders: tuple[Redacts, ...] = (ThreeRegexes(), Engine(), EngineStream())
    for name, calls in workloads().items():
        timings = race(contenders, calls, rounds=rounds)
        yield table(RACE_HEADER, [_race_row(name, one.name, timings, len(calls)) for one in contenders])


def peers_table(peers: Sequence[Tool]) -> str:
    """Time the peers on a few calls; they only find, and hide nothing."""
    calls = workloads()["generated calls"][:PEER_CALLS]
    contenders: tuple[Redacts, ...] = (ThreeRegexes(), Engine(), *(_Finder(peer) for peer in peers))
    timings = race(contenders, calls, rounds=PEER_ROUNDS)
    return table(RACE_HEADER, [_race_row("generated calls", one.name, timings, len(calls)) for one in contenders])


def length_table(*, rounds: int = 3) -> str:
    """Show that twice the utterances take twice the time."""
    call = [turn for item in generate("whole-calls", seed=8).items for turn in item.turns]
    rows = []
    for contender in (ThreeRegexes(), Engine(), EngineStream()):
        times = lengths(contender, call, LENGTHS, rounds=rounds)
        growth = times[LENGTHS[-1]] / times[LENGTHS[0]]
        rows.append([contender.name, *(f"{times[count]:.2f}" for count in LENGTHS), f"{growth:.2f}"])
    return table(("tool", *(f"us/utterance of {count:,}" for count in LENGTHS), "last / first"), rows)


def memory_table() -> str:
    """Weigh conversations that stay open after a whole call, and when the texts that they hold back are weighed as well."""
    calls = [item.turns for item in generate("whole-calls", seed=9).items]
    rows = [
        ["state", f"{_open_bytes(calls, held_texts=False):,.0f}"],
        ["state and the utterances held back", f"{_open_bytes(calls, held_texts=True):,.0f}"],
    ]
    return table(("open conversation", "bytes"), rows)


def hostile_tables() -> Iterator[str]:
    """Time every pattern, and the engine as a whole, on a megabyte of every hostile unit."""
    known: Mapping[str, re.Pattern[Any]] = {**{f"brief {kind}": pattern for kind, pattern in THREE}, **patterns()}
    texts = {unit: (unit * (MEGABYTE // len(unit) + 1))[:MEGABYTE] for unit in HOSTILE}
    rows = []
    for name, pattern in known.items():
        times = {unit: _patiently(partial(_search, pattern, text)) for unit, text in texts.items()}
        rows.append([name, *_worst(times)])
    engine = Engine()
    for name, size in (("one utterance", MEGABYTE), (f"utterances of {TURN_CHARACTERS:,}", TURN_CHARACTERS)):
        times = {}
        for unit, text in texts.items():
            turns = [Turn("customer", text[at : at + size]) for at in range(0, MEGABYTE, size)]
            times[unit] = _patiently(partial(engine.redact, engine.prepare(turns)))
        rows.append([f"this engine, {name}", *_worst(times)])
    yield table(("1 MB", "worst ms", "text of", "second worst ms", "text of"), rows)


class _Finder:
    """A peer under the clock."""

    def __init__(self, tool: Tool) -> None:
        self.name = tool.name
        self._tool = tool

    def prepare(self, turns: Sequence[Turn]) -> Sequence[Turn]:
        return turns

    def redact(self, prepared: Sequence[Turn]) -> list[str]:
        self._tool.find(prepared)
        return []


def _race_row(workload: str, tool: str, timings: Mapping[str, Timing], calls: int) -> list[str]:
    mine, reference = timings[tool], timings[ThreeRegexes().name]
    worst = max(one / other for one, other in zip(mine.calls, reference.calls, strict=True))
    return [
        f"{calls:,} {workload}, {mine.utterances / calls:.0f} utterances each",
        tool,
        f"{mine.utterances_per_second:,.0f}",
        f"{mine.ratio(reference):.2f} x",
        *(f"{mine.call_us(share):,.0f}" for share in (0.5, 0.99, 1.0)),
        f"{worst:.2f} x the time",
    ]


def _open_bytes(calls: Sequence[Call], *, held_texts: bool) -> float:
    stream = EngineStream()
    warm = stream.open(stream.prepare(calls[0]))
    prepared = [stream.prepare(call) for call in calls]
    kept = [warm]
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(OPEN_CONVERSATIONS):
        turns = prepared[number % len(prepared)]
        if held_texts:
            turns = stream.prepare([Turn(turn.speaker, _copy(turn.text)) for turn in calls[number % len(calls)]])
        kept.append(stream.open(turns))
        del turns
    used = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return used / OPEN_CONVERSATIONS


def _search(pattern: re.Pattern[Any], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text.encode() if isinstance(pattern.pattern, bytes) else text))


def _copy(text: str) -> str:
    """Make an equal string that is another object, as every utterance from a wire is."""
    return text.encode().decode()


def _patiently(work: Callable[[], object]) -> float:
    """Time some work in milliseconds; infinity when it takes longer than anyone waits."""
    start = time.process_time()
    try:
        with _alarm(PATIENCE_SECONDS):
            work()
    except TimeoutError:
        return float("inf")
    return 1000 * (time.process_time() - start)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _worst(times: Mapping[str, float]) -> list[str]:
    first, second = sorted(times, key=lambda unit: times[unit], reverse=True)[:2]
    return [f"{times[first]:.0f}", repr(first), f"{times[second]:.0f}", repr(second)]
