"""Which faults happen when. Pure: the same seed, length and number of brokers give the same schedule.

Every fault holds resources (one process, Kafka, the index, Genesys) from its start to its end; two faults never hold the
same one at once, but any number of different ones may overlap. Times are seconds from the schedule's start.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

CONSUMERS = 2
EDGES = 2
QUIET_START_SHARE = 0.06
QUIET_END_SHARE = 0.12  # traffic goes on there, so that a recovery can be seen
SECONDS_PER_FAULT = 4.5
GAP_SECONDS = 1.0
SERVER_GAP_SECONDS = 8.0  # a server takes that long to come back; without it the system would hardly ever run
TRIES = 40
LEAN_SHARE = 0.7
LEAN_AFTER_SECONDS = 1.6  # one commit interval and a little: what was committed too early is committed by then


class Kind(StrEnum):
    """What is done. The word in front says to whom."""

    CONSUMER_KILL = "consumer_kill"
    CONSUMER_PAUSE = "consumer_pause"
    CONSUMER_RESTART = "consumer_restart"
    CONSUMER_JOIN = "consumer_join"
    GROUP_KILL = "group_kill"
    GROUP_ROLL = "group_roll"
    EDGE_KILL = "edge_kill"
    EDGE_PAUSE = "edge_pause"
    EDGE_RESTART = "edge_restart"
    BROKER_KILL = "broker_kill"
    BROKER_PAUSE = "broker_pause"
    BROKER_RESTART = "broker_restart"
    LEADER_KILL = "leader_kill"
    INDEX_KILL = "index_kill"
    INDEX_STOP = "index_stop"
    INDEX_PAUSE = "index_pause"
    INDEX_BLOCK = "index_block"
    INDEX_CROWD = "index_crowd"
    GENESYS_THROTTLE = "genesys_throttle"
    GENESYS_ERROR = "genesys_error"
    GENESYS_SLOW = "genesys_slow"
    GENESYS_CUT = "genesys_cut"
    GENESYS_TOKENS = "genesys_tokens"
    GENESYS_LOGIN = "genesys_login"
    GENESYS_LINKS = "genesys_links"
    GENESYS_HANG = "genesys_hang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault from `at_seconds` on, for `seconds`; `target` numbers a process, `value` is a status or milliseconds."""

    at_seconds: float
    kind: Kind
    seconds: float
    target: int = 0
    value: int = 0

    @property
    def end_seconds(self) -> float:
        """When what was done is undone again."""
        return self.at_seconds + self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Everything that one run does to the system."""

    seed: int
    seconds: float
    brokers: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recipe:
    """How long a kind lasts, how likely it is, which values it takes, and what it holds besides its target."""

    seconds: tuple[float, float]
    weight: int = 2
    values: tuple[int, ...] = (0,)


_GROUP = tuple(f"consumer-{number}" for number in range(CONSUMERS))
_RECIPES: Mapping[Kind, _Recipe] = {
    Kind.CONSUMER_KILL: _Recipe(seconds=(0.5, 6.0), weight=5),
    Kind.CONSUMER_PAUSE: _Recipe(seconds=(1.0, 12.0), weight=3),  # past the session timeout too: a zombie wakes
    Kind.CONSUMER_RESTART: _Recipe(seconds=(0.2, 2.0), weight=3),
    Kind.CONSUMER_JOIN: _Recipe(seconds=(3.0, 15.0), weight=3),
    Kind.GROUP_KILL: _Recipe(seconds=(0.5, 3.0), weight=1),
    Kind.GROUP_ROLL: _Recipe(seconds=(6.0, 10.0), weight=1),
    Kind.EDGE_KILL: _Recipe(seconds=(0.5, 4.0), weight=3),
    Kind.EDGE_PAUSE: _Recipe(seconds=(1.0, 12.0)),
    Kind.EDGE_RESTART: _Recipe(seconds=(0.2, 2.0)),
    Kind.BROKER_KILL: _Recipe(seconds=(2.0, 12.0)),
    Kind.BROKER_PAUSE: _Recipe(seconds=(1.0, 12.0)),
    Kind.BROKER_RESTART: _Recipe(seconds=(0.5, 3.0)),
    Kind.LEADER_KILL: _Recipe(seconds=(2.0, 14.0), weight=4),
    Kind.INDEX_KILL: _Recipe(seconds=(1.0, 8.0)),
    Kind.INDEX_STOP: _Recipe(seconds=(1.0, 8.0), weight=1),
    Kind.INDEX_PAUSE: _Recipe(seconds=(1.0, 12.0)),
    Kind.INDEX_BLOCK: _Recipe(seconds=(1.0, 8.0)),
    Kind.INDEX_CROWD: _Recipe(seconds=(2.0, 6.0)),
    Kind.GENESYS_THROTTLE: _Recipe(seconds=(1.0, 8.0), values=(1, 2, 3)),
    Kind.GENESYS_ERROR: _Recipe(seconds=(1.0, 8.0), values=(500, 502, 503, 504)),
    Kind.GENESYS_SLOW: _Recipe(seconds=(2.0, 8.0), values=(200, 800, 2500)),
    Kind.GENESYS_CUT: _Recipe(seconds=(1.0, 6.0), values=(0, 1)),
    Kind.GENESYS_TOKENS: _Recipe(seconds=(0.5, 0.5)),
    Kind.GENESYS_LOGIN: _Recipe(seconds=(1.0, 4.0), weight=1, values=(401, 429, 503)),
    Kind.GENESYS_LINKS: _Recipe(seconds=(1.0, 4.0), weight=1),
    Kind.GENESYS_HANG: _Recipe(seconds=(1.0, 6.0), weight=1),
}
_AREAS: tuple[tuple[Kind, ...], ...] = tuple(
    tuple(kind for kind in Kind if kind.value.startswith(words))
    for words in (("consumer_", "group_"), ("edge_",), ("broker_", "leader_"), ("index_",), ("genesys_",))
)


# A kill shows most while work waits on something else: most of these strike in the middle of such a fault.
_LEANS: Mapping[Kind, tuple[str, ...]] = {
    Kind.CONSUMER_KILL: ("index", "genesys"),
    Kind.GROUP_KILL: ("index", "genesys"),
    Kind.EDGE_KILL: ("broker", "leader"),
}


def plan(seed: int, *, seconds: float, brokers: int) -> Schedule:
    """Plan a schedule: one fault of every area first, then whatever the seed says, as far as there is room."""
    rng = random.Random(f"chaos/{seed}/{seconds:g}/{brokers}")
    kinds = [kind for kind in Kind if brokers > 1 or kind is not Kind.LEADER_KILL]
    first = [_draw(rng, [kind for kind in area if kind in kinds]) for area in _AREAS]
    rng.shuffle(first)
    wanted = max(int(seconds / SECONDS_PER_FAULT), len(first))
    drawn = [*first, *(_draw(rng, kinds) for _ in range(wanted - len(first)))]
    faults: list[Fault] = []
    for kind in sorted(drawn, key=lambda kind: kind in _LEANS):  # what leans comes last
        placed = _place(rng, kind, faults, seconds=seconds, brokers=brokers)
        if placed is not None:
            faults.append(placed)
    ordered = tuple(sorted(faults, key=lambda fault: (fault.at_seconds, fault.kind)))
    return Schedule(seed=seed, seconds=seconds, brokers=brokers, faults=ordered)


def holds(fault: Fault) -> frozenset[str]:
    """Name the resources that a fault needs for itself."""
    kind = fault.kind
    if kind in (Kind.GROUP_KILL, Kind.GROUP_ROLL):
        return frozenset(_GROUP)
    if kind is Kind.CONSUMER_JOIN:
        return frozenset({"joiner"})
    area = _area(kind)
    if area in ("consumer", "edge"):
        return frozenset({f"{area}-{fault.target}"})
    return frozenset({"kafka" if area in ("broker", "leader") else area})


def _area(kind: Kind) -> str:
    return kind.value.partition("_")[0]


def _draw(rng: random.Random, kinds: Iterable[Kind]) -> Kind:
    several = list(kinds)
    return rng.choices(several, weights=[_RECIPES[kind].weight for kind in several])[0]


def _place(rng: random.Random, kind: Kind, others: list[Fault], *, seconds: float, brokers: int) -> Fault | None:
    """Find a time at which the resources are free; None when several tries found none."""
    recipe = _RECIPES[kind]
    targets = {"consumer": CONSUMERS, "edge": EDGES, "broker": brokers, "leader": 4}.get(
        kind.value.partition("_")[0], 1
    )
    starts, ends = seconds * QUIET_START_SHARE, seconds * (1 - QUIET_END_SHARE)
    windows = [
        (other.at_seconds + LEAN_AFTER_SECONDS, other.end_seconds)
        for other in others
        if _area(other.kind) in _LEANS.get(kind, ()) and other.seconds > LEAN_AFTER_SECONDS
    ]
    for _ in range(TRIES):
        shortest, longest = recipe.seconds
        lasts = min(rng.uniform(shortest, longest), (ends - starts) / 3)
        leans = windows and rng.random() < LEAN_SHARE
        earliest, latest = rng.choice(windows) if leans else (starts, ends - lasts)
        made = Fault(
            at_seconds=round(min(rng.uniform(earliest, latest), ends - lasts), 1),
            kind=kind,
            seconds=round(lasts, 1),
            target=rng.randrange(targets),
            value=rng.choice(recipe.values),
        )
        if not any(_collide(made, other) for other in others):
            return made
    return None


def _collide(one: Fault, other: Fault) -> bool:
    shared = holds(one) & holds(other)
    gap = SERVER_GAP_SECONDS if shared & {"kafka", "index"} else GAP_SECONDS
    apart = one.at_seconds > other.end_seconds + gap or other.at_seconds > one.end_seconds + gap
    return bool(shared) and not apart
