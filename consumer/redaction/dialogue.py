"""What a conversation makes of its numbers and names: cues arm a type, fragments add up, read-backs and corrections belong to it.

`Dialogue.decide` is called for one utterance after another. It looks back through its state and ahead through the
utterances that the scene shows: the whole call, or the hold-back window of a stream.
"""

from collections.abc import Callable, Iterable
from typing import Final

from consumer.redaction import dates, identifiers, mailboxes, small_talk, words, written
from consumer.redaction import lexicon as lx
from consumer.redaction.cues import Cue, Strength
from consumer.redaction.line import Line
from consumer.redaction.memory import WINDOW, Memory
from consumer.redaction.numbers import Run
from consumer.redaction.numeric import Numbers
from consumer.redaction.scene import Scene
from consumer.redaction.span import Cover, Kind, Source, Span, Verdict
from consumer.redaction.windows import ANSWER_REACH, CUSTOMERS, GARBLED_TOKENS, NOBODY, REACH, Windows

Note = Callable[[int, Verdict], None]
Rules = Callable[[Line], list[Span]]

_NO_KINDS: Final = frozenset[Kind]()
_GARBLED_SPREAD: Final = 2
_FEW: Final = 16  # spans
_MOST_READINGS: Final = 16  # of one utterance, each without what the ones before found
_CORRECTED: Final = frozenset((*lx.NEIGHBOURS, *lx.HOMOPHONES))
_SAYING: Final = frozenset("a the is it's be was not no say said says meant mean that's one's".split())


class UnreadableError(Exception):
    """An utterance that cannot be treated; it has to be hidden whole."""


class Dialogue:
    """The state of one conversation."""

    __slots__ = ("_allowed", "_note", "_rules", "memory", "windows")

    def __init__(
        self,
        memory: Memory,
        *,
        rules: Rules,
        allowed: frozenset[str] = frozenset(),
        note: Note | None = None,
    ) -> None:
        """Begin a conversation.

        `rules` finds what has a form of its own in one utterance, `allowed` are numbers that stay (digits only),
        `note` is told why every number was hidden or left.
        """
        self.memory = memory
        self._rules = rules
        self._allowed = allowed
        self._note = note
        self.windows = Windows()

    @property
    def remembers(self) -> bool:
        """Tell whether any number was hidden whose repeats would be known."""
        return not self.memory.empty

    def decide(self, scene: Scene, index: int) -> list[Span]:
        """Find what has to be hidden in one utterance; call it in the order of the conversation."""
        self.windows.expire(index)
        line = scene.line(index)
        if lx.TAG in line.classes and line.classes.count(lx.TAG) > len(line.own_tags):
            self.windows.heed_tag(index)
        spans = [
            *self._rules(line),
            *written.find(line.text, digits=line.digits, led=line.led),
            *self._words(scene, line, index),
        ]
        fresh = spans
        for _ in range(_MOST_READINGS):
            if not fresh:
                break
            line = line.without(spans)
            fresh = _outside(self._words(scene, line, index), spans)
            spans += fresh
        else:
            raise UnreadableError(
                "an utterance holds more values than are read one by one"
            )  # the engine hides all of it
        if line.cues or line.asks or self.windows or line.numeric:
            self._numbers(scene, line, index, spans)
        if self._note is not None:
            for span in spans:
                self._note(index, Verdict(span.start, span.end, hidden=True, rule=span.rule))
        return apart(spans)

    def heed(self, scene: Scene, index: int) -> None:
        """Do as `decide` does where nothing but cues is said."""
        line, speaker = scene.line(index), scene.speaker(index)
        self.windows.expire(index)
        others = self._heed_asks(line, index, speaker, set())
        for cue in line.cues:
            if not (others and cue.kind is Kind.ADDRESS):
                self.windows.heed(cue, line, index, speaker)

    def protect(self, scene: Scene, index: int) -> bool:
        """Do as `decide` does where nothing is hidden, as negative cues stand before all numbers and protect them; tell whether they do."""
        line = scene.line(index)
        if line.runs and line.cues[-1].last > line.runs[0].first:
            return False
        self.windows.expire(index)
        for cue in line.cues:
            self.windows.heed(cue, line, index, scene.speaker(index))
        for run in line.runs:
            if run.digits not in self._allowed:
                self.windows.forget_negative(run.digits, index)
        return True

    def note_harmless(self, line: Line) -> None:
        """Note the numbers of an utterance that negative cues protect."""
        for run in line.runs:
            if run.digits not in self._allowed:
                self.windows.note_harmless(run.digits)

    def repeats(self, line: Line, found: list[Span]) -> list[Span]:
        """Find numbers that were hidden later in the call: for a second look at what `found`, sorted and apart, has left."""
        again: list[Span] = []
        behind = 0  # spans that end before the number
        for run in line.runs:
            start, end = line.place(run.first, run.last)
            while behind < len(found) and found[behind].end < end:
                behind += 1
            hidden = behind < len(found) and found[behind].start <= start
            if (
                not hidden
                and run.size >= WINDOW
                and run.digits not in self._allowed
                and self.memory.knows(run.digits)
                and small_talk.reason(line, run) is None
            ):
                again.append(Span(start, end, Kind.NUMBER, "number.repeat", Source.SPLIT))
        return again

    def _words(self, scene: Scene, line: Line, index: int) -> list[Span]:
        """Find names, e-mail addresses, passwords and postal addresses; who asked for one is not the one who answers."""
        speaker = scene.speaker(index)
        asked = self.windows.asked(index, speaker) if self.windows and not line.own_tags else []
        at_follows = fresh = False
        hinted = _NO_KINDS
        if asked:
            at_follows = any(one.kind is Kind.EMAIL for one in asked) and any(
                mailboxes.spoken(following)
                for following in map(scene.line, range(index + 1, min(index + 1 + ANSWER_REACH, scene.end)))
            )
            asked.sort(key=lambda one: -one.last)
            fresh = any(one.kind is Kind.PERSON_NAME and not one.answered for one in asked)
            hinted = frozenset([one.kind for one in asked if not one.strong or one.by == speaker])
        found = words.find(
            line,
            [one.kind for one in asked],
            hinted=hinted,
            own=bool(line.asks) and _speaks_for_itself(line, speaker),
            at_follows=at_follows,
            fresh=fresh,
            postal=line.numeric and self.windows.of(Kind.POSTAL_CODE) is not None,
        )
        for one in asked:
            for span in found:
                if one.kind is span.kind:
                    one.last, one.answered = index if span.rule != "email.spoken" else index - REACH, True
        return found

    def _numbers(self, scene: Scene, line: Line, index: int, spans: list[Span]) -> None:
        """Walk through cues, numbers and dates in the order they were said; add to the spans."""
        speaker = scene.speaker(index)
        numbers = Numbers(scene, line, index, windows=self.windows, memory=self.memory, allowed=self._allowed)
        told = {span.kind for span in spans}
        others = bool(line.cues or line.asks) and self._heed_asks(line, index, speaker, told)
        begun, harmless = len(spans), self.windows.after_negative(index, speaker)
        for event in _in_order(line):
            if isinstance(event, Cue):
                if event.strength is Strength.NONE:
                    self.windows.close()
                    numbers.forget()
                    continue
                if others and event.kind is Kind.ADDRESS and event.kind not in told:
                    continue
                window = self.windows.heed(event, line, index, speaker, given=event.kind in told)
                if event.kind is not Kind.PERSON_NAME:  # a name says nothing about the number behind it
                    numbers.heed(window, event.last)
            else:
                span, why = numbers.decide(event)
                if span is not None:
                    spans.append(span)
                elif self._note is not None:
                    start, end = line.place(event.first, event.last)
                    self._note(index, Verdict(start, end, hidden=False, rule=why))
        if line.runs:
            spans += numbers.rest()
        classes = line.classes
        if self.windows or lx.LETTER in classes or lx.DOT in classes or lx.UNIT in classes:
            self._beside_numbers(line, index, speaker, spans, fresh=len(spans) == begun, harmless=harmless)

    def _heed_asks(self, line: Line, index: int, speaker: str, told: set[Kind]) -> bool:
        """Heed what is asked for in words that are no cue; tell whether a caller asks, as for where a shop is."""
        others = speaker.lower() in CUSTOMERS and not line.offers
        for cue in line.asks:
            if cue.kind in told or not (others or line.words[cue.last + 1 : cue.last + 2] == ["is"]):
                self.windows.heed(cue, line, index, speaker, given=cue.kind in told)
        return others

    def _beside_numbers(
        self, line: Line, index: int, speaker: str, spans: list[Span], *, fresh: bool, harmless: bool
    ) -> None:
        """Add dates, identifiers with letters in them, and digits that were misheard."""
        for span in spans:
            window = self.windows.of(span.kind)
            if window is not None:
                window.giver, window.answered = speaker, True
        if not harmless and self.windows.awaits[0]:
            spans += dates.find(line, self.windows, index)
            spans += dates.find(line.without(spans), self.windows, index) if spans else []
        if line.numeric and not harmless:
            spans += identifiers.alone(line, self.windows)
            spans += identifiers.cued(line, self.windows, index)
        if self.windows and may_be_misheard(line):
            spans += self._misheard(line, index, speaker, spans, fresh=fresh, harmless=harmless)

    def _misheard(
        self, line: Line, index: int, speaker: str, spans: list[Span], *, fresh: bool, harmless: bool
    ) -> list[Span]:
        """Find what a recogniser made of digits that it did not understand."""
        found: list[Span] = []
        window = self.windows.dictating(index)
        if (
            fresh
            and not spans
            and window is not None
            and window.giver == speaker
            and not harmless
            and (place := _garbled(line)) is not None
        ):
            window.last = index
            found.append(line.span(place[0], place[1], window.kind, "number.garbled", Source.SPLIT))
        given = next((one.kind for one in self.windows if one.digits and one.kind not in words.KINDS), None)
        if given is not None and (not fresh or line.corrects or "no" in line.words) and (said := _single_digits(line)):
            cover = Cover(len(line.text), spans + found)
            found += [
                line.span(at, at, given, "number.corrected", Source.SPLIT) for at in said if line.start(at) not in cover
            ]
        return found


def may_be_misheard(line: Line) -> bool:
    """Tell whether an utterance may hold digits that a recogniser did not understand."""
    return line.content <= (bool(line.words) and line.words[-1] in _CORRECTED)


def _speaks_for_itself(line: Line, speaker: str) -> bool:
    """Tell whether the caller speaks, or somebody who may be."""
    return speaker.lower() in CUSTOMERS or (speaker in NOBODY and words.speaks_for_itself(line))


def _in_order(line: Line) -> Iterable[Cue | Run]:
    """List cues and numbers as they were said; a tag of this engine counts as a cue that ends what was expected."""
    if own := line.own_tags:
        ends = [Cue(index, index, None, Strength.NONE) for index in own]
        return sorted([*line.cues, *line.runs, *ends], key=lambda event: event.first)
    if not line.cues:
        return line.runs
    if not line.runs:
        return line.cues
    events: list[Cue | Run] = []
    runs, at = line.runs, 0
    for cue in line.cues:
        while at < len(runs) and runs[at].first < cue.first:
            events.append(runs[at])
            at += 1
        events.append(cue)
    return events + runs[at:]


def _garbled(line: Line) -> tuple[int, int] | None:
    """Find sound-alikes in a short utterance that says nothing else: "uh to a", "i see the one"."""
    if len(line.words) > GARBLED_TOKENS or "that's" in line.words:
        return None
    if any(small_talk.reason(line, run) is not None and line.words[run.first - 1] != "the" for run in line.runs):
        return None
    alike = [
        at
        for at, letter in enumerate(line.masked)
        if letter in "wdtTn" or (letter == lx.LETTER and line.words[at] in ("a", "o"))
    ]
    last = bool(line.runs) and line.runs[-1].last == len(line.words) - 1 and line.runs[-1].size <= small_talk.PAIR
    if len(alike) > 1 and alike[-1] - alike[0] > 1 and all(line.masked[at] == lx.WEAK for at in alike):
        return None  # "for holding for"
    others = any(letter in "|Q" for letter in line.masked)
    if not others and (last or (len(alike) > 1 and alike[-1] - alike[0] <= _GARBLED_SPREAD)):
        return alike[0], alike[-1]
    return None


def _single_digits(line: Line) -> list[int]:
    """List the words that are a digit only in a correction: "almost, it's o", "no, oh not eight"."""
    found: list[int] = []
    last = len(line.words) - 1
    for at, word in enumerate(line.words):
        if (
            word == "o"
            or (word == "oh" and line.words[at + 1 : at + 2] == ["not"])
            or (at == last and word in _CORRECTED and (word not in lx.HOMOPHONES or _said(line, at)))
        ) and not (line.cued(at) or any(run.first <= at <= run.last for run in line.runs)):
            found.append(at)
    return found


def _said(line: Line, at: int) -> bool:
    """Tell a digit that sounds like "to" or "for" from the word: "that should be a to", but not "where should it go to"."""
    return at == 0 or line.words[at - 1] in _SAYING or line.classes[at - 1] in "dtTnf,"


def _outside(found: list[Span], spans: list[Span]) -> list[Span]:
    if not found:
        return found
    end = max([one.end for one in found] + [one.end for one in spans])
    cover = Cover(end, spans)
    return [one for one in found if one.start not in cover]


def _in_place(spans: list[Span]) -> list[Span]:
    """Sort spans by their beginning, the longest first; a few are put in their place one by one."""
    if len(spans) > _FEW:
        return sorted(spans, key=lambda one: (one.start, -one.end))
    ordered: list[Span] = []
    for span in spans:
        at = len(ordered)
        while at and (
            ordered[at - 1].start > span.start
            or (ordered[at - 1].start == span.start and ordered[at - 1].end < span.end)
        ):
            at -= 1
        ordered.insert(at, span)
    return ordered


def apart(spans: list[Span]) -> list[Span]:
    """Sort spans; of overlapping ones the first stays and takes in the end of the others."""
    if len(spans) < 2:  # noqa: PLR2004 - nothing to sort
        return spans
    kept: list[Span] = []
    for span in _in_place(spans):
        if kept and span.start < kept[-1].end:
            if span.end > kept[-1].end:
                last = kept[-1]
                kept[-1] = Span(last.start, span.end, last.kind, last.rule, last.source)
            continue
        kept.append(span)
    return kept
