"""Scores: what of the gold is hidden in full, which characters leak, what was hidden although it had to stay."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.bench.redaction.items import Found, Gold, Item, Part, Tool

ALL = "all"
Covered = dict[int, set[int]]
"""Characters by turn."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of one type, or of all. A false positive is a span that touches neither gold nor neutral characters."""

    gold: int = 0
    hidden: int = 0
    hidden_as_its_type: int = 0
    characters: int = 0
    leaked: int = 0
    true_spans: int = 0
    false_spans: int = 0

    @property
    def recall(self) -> float:
        """Share of the secrets that are hidden to the last character; 1 where there are none."""
        return self.hidden / self.gold if self.gold else 1.0

    @property
    def precision(self) -> float:
        """Share of the spans that touch a secret, of whatever type; 1 where there are none."""
        spans = self.true_spans + self.false_spans
        return self.true_spans / spans if spans else 1.0

    @property
    def f2(self) -> float:
        """Weigh recall twice as much as precision."""
        below = 4 * self.precision + self.recall
        return 5 * self.precision * self.recall / below if below else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One thing that went wrong, for whoever wants to see it: `text` has the characters in question in brackets."""

    item: str
    kind: str
    leaked: bool
    text: str


@dataclass(slots=True, kw_only=True)
class Score:
    """All counts of one tool on one set."""

    utterances: int = 0
    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    forms: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    stay: int = 0
    stay_harmed: int = 0
    over_hidden: int = 0
    misses: list[Miss] = field(default_factory=list)

    @property
    def total(self) -> Tally:
        """The counts over all types."""
        return self.kinds[ALL]

    def false_per_thousand(self, kind: str = ALL) -> float:
        """Tell the false positives per 1,000 utterances."""
        return 1000 * self.kinds[kind].false_spans / self.utterances if self.utterances else 0.0

    def add(self, item: Item, found: Sequence[Sequence[Found]]) -> None:
        """Count one conversation; `found` has one list for each of its turns."""
        if len(found) != len(item.turns):
            raise ValueError(f"{item.name}: {len(found)} answers for {len(item.turns)} turns")
        self.utterances += len(item.turns)
        hidden = _characters(
            Part(turn, one.start, one.end) for turn, spans in enumerate(found) for one in spans if one.end > one.start
        )
        for gold in item.gold:
            self._secret(item, gold, hidden, found)
        self._spans(item, hidden, found)

    def _secret(self, item: Item, gold: Gold, hidden: Covered, found: Sequence[Sequence[Found]]) -> None:
        wanted = [(part.turn, at) for part in gold.parts for at in _telling(item, part)]
        leaked = [(turn, at) for turn, at in wanted if at not in hidden.get(turn, ())]
        typed = any(
            one.kind == gold.kind and one.start < part.end and part.start < one.end
            for part in gold.parts
            for one in found[part.turn]
        )
        for tally in (self.kinds[gold.kind], self.forms[gold.form], self.total):
            tally.gold += 1
            tally.characters += len(wanted)
            tally.leaked += len(leaked)
            tally.hidden += not leaked
            tally.hidden_as_its_type += typed and not leaked
        if leaked:
            text = " / ".join(_bracketed(item, part) for part in gold.parts)
            self.misses.append(Miss(item=item.name, kind=gold.kind, leaked=True, text=text))

    def _spans(self, item: Item, hidden: Covered, found: Sequence[Sequence[Found]]) -> None:
        secret = _characters(part for gold in item.gold for part in gold.parts)
        neutral = _characters(item.neutral)
        for turn, spans in enumerate(found):
            for one in spans:
                where = range(one.start, one.end)
                if any(at in secret.get(turn, ()) for at in where):
                    for tally in (self.kinds[one.kind], self.total):
                        tally.true_spans += 1
                elif where and not any(at in neutral.get(turn, ()) for at in where):
                    for tally in (self.kinds[one.kind], self.total):
                        tally.false_spans += 1
                    text = _bracketed(item, Part(turn, one.start, one.end))
                    self.misses.append(Miss(item=item.name, kind=one.kind, leaked=False, text=text))
        self.stay += len(item.stay)
        self.stay_harmed += sum(
            any(at in hidden.get(part.turn, ()) for at in _telling(item, part)) for part in item.stay
        )
        self.over_hidden += sum(
            item.turns[turn].text[at].isalnum()
            for turn, places in hidden.items()
            for at in places - secret.get(turn, set()) - neutral.get(turn, set())
            if at < len(item.turns[turn].text)
        )


def measure(tool: Tool, items: Iterable[Item]) -> Score:
    """Run a tool over every conversation of a set."""
    score = Score()
    for item in items:
        score.add(item, tool.find(item.turns))
    return score


def _telling(item: Item, part: Part) -> Iterator[int]:
    """List the characters of a part that tell something: letters and digits."""
    text = item.turns[part.turn].text
    return (at for at in range(part.start, part.end) if text[at].isalnum())


def _characters(parts: Iterable[Part]) -> Covered:
    covered: Covered = defaultdict(set)
    for part in parts:
        covered[part.turn].update(range(part.start, part.end))
    return covered


def _bracketed(item: Item, part: Part) -> str:
    text = item.turns[part.turn].text
    return (
        f"{text[max(0, part.start - 40) : part.start]}[{text[part.start : part.end]}]{text[part.end : part.end + 30]}"
    )
