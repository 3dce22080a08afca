"""Decide for one number whether it is hidden, as what, and by which rule."""

from typing import Final

from consumer.redaction import ahead, fragments, identifiers, kinds, pieces, small_talk, validators
from consumer.redaction.ahead import CHAIN_GAP, CHAIN_MIN
from consumer.redaction.fragments import COPULAS, NEAR, SHORT_KINDS
from consumer.redaction.ints import mypyc_attr
from consumer.redaction.kinds import NET_SPOKEN, NET_WRITTEN
from consumer.redaction.line import MASKED, Line
from consumer.redaction.memory import Memory
from consumer.redaction.numbers import Run, ohs
from consumer.redaction.scene import Scene
from consumer.redaction.small_talk import LOOSE, SHORT
from consumer.redaction.span import Kind, Source, Span
from consumer.redaction.windows import DATES, NOT_NUMERIC, NUMBERED, Window, Windows, fits

NEGATIVE_STATED: Final = 10  # tokens between a negative cue and the number that "is" behind it says to be what it names
NEGATIVE_FAR: Final = (
    5  # tokens between a negative cue and the number it protects; a phone number's shape needs it nearer
)
NEGATIVE_NEAR: Final = 4
GIVEN_REACH: Final = 3  # utterances after a part of a number in which the next one may have other words around it
REMEMBERED_FROM: Final = 6  # digits from which a number is worth remembering

_NOWHERE: Final = -NEGATIVE_STATED - 1  # where no cue is
_OWN_TYPE: Final = frozenset((Kind.IBAN, Kind.BANK_ACCOUNT, Kind.NATIONAL_ID))
_MONTH_AND_YEAR: Final = range(3, 7)  # digits
_CONTINUED: Final = frozenset(f"number.{rule}" for rule in "cue window chain late_cue continued shape long".split())


@mypyc_attr(acyclic=True, free_list_len=1)
class Numbers:
    """The numbers of one utterance, in the order they were said; cues in between are told by `heed`."""

    def __init__(
        self, scene: Scene, line: Line, index: int, *, windows: Windows, memory: Memory, allowed: frozenset[str]
    ) -> None:
        self._scene = scene
        self._line = line
        self._index = index
        self._windows = windows
        self._memory = memory
        self._allowed = allowed
        self._cued: Window | None = None
        self._cued_at = self._negative_at = _NOWHERE
        self._named = False  # whether the number that a negative cue names was said
        self._before: tuple[Span, Run] | None = None  # the number hidden last
        self._first: tuple[Span, Run] | None = None  # the one hidden first
        self._left: list[Run] = []  # numbers before it
        self._ahead: int | None = None

    def heed(self, window: Window | None, last: int) -> None:
        """Note a cue that ends at a token; no window means a negative one."""
        if window is None:
            self._cued, self._negative_at, self._named = None, last, False
            return
        self._negative_at, self._named = _NOWHERE, False  # the nearest cue counts
        if window.strong or self._cued is None:
            self._cued, self._cued_at = window, last

    def forget(self) -> None:
        """Begin again behind a tag of this engine: what stood before it explains nothing behind it."""
        self._cued, self._before, self._first = None, None, None
        self._left.clear()

    def decide(self, run: Run) -> tuple[Span | None, str]:
        """Return the span to hide and its rule, or None and the reason why the number stays."""
        shielded = self._negative(run)
        span, why = self._decide(run, shielded=shielded)
        if span is None and self._before is not None and not shielded and self._belongs(run, *self._before):
            span = self._hide(run, self._before[0].kind, "number.continued", None, wide=True)
        if span is not None:
            self._before = span, run
            self._first = self._first or self._before
        elif self._first is None and not shielded and why not in ("allowed", "negative cue"):
            self._left.append(run)
        return span, span.rule if span is not None else why

    def rest(self) -> list[Span]:
        """Hide the beginning of a number whose other parts were hidden, or one that words interrupt and nobody announced."""
        found: list[Span] = []
        if not self._left:
            return found
        if self._first is None:
            parts = pieces.interrupted(self._line, self._left)
            kind = kinds.in_parts(sum(run.size for run in parts))
            window = self._windows.opened(kind, self._index) if parts else None
            return [self._hide(run, kind, "number.interrupted", window, wide=True) for run in parts]
        for run in reversed(self._left):
            if not self._belongs(run, *self._first):
                break
            span = self._hide(run, self._first[0].kind, "number.continued", None, wide=True)
            found.append(span)
            self._first = span, run
        return found

    def _decide(self, run: Run, *, shielded: bool) -> tuple[Span | None, str]:
        line, cued = self._line, self._cued
        if run.digits in self._allowed:
            return None, "allowed"
        if cued is None and self._windows.said_harmless(run.digits):
            self._negative_at, self._named = _NOWHERE, True
            self._windows.forget_negative(run.digits, self._index)
            return None, "negative cue"
        shielded = shielded and not (run.size >= CHAIN_MIN and ahead.named_here(line, run))
        negative = shielded or (cued is None and self._answers_negative(run))
        if run.size > NET_WRITTEN and (not negative or validators.card(run.digits)):
            return self._long(run), ""
        talk = small_talk.reason(line, run)
        if talk is None or (talk == small_talk.HELD and self._set_apart(run)):
            span = self._expected(run, negative_here=shielded, negative=negative)
            if span is not None:
                return span, ""
        if (
            not negative
            and (talk is None or (run.size > SHORT and talk != small_talk.CODE))
            and (kind := kinds.alone(run)) is not None
        ):
            window = self._windows.opened(kind, self._index) if line.pure else self._windows.of(kind)
            wide = line.content <= LOOSE or (not run.groups and run.size < NET_SPOKEN)
            return self._hide(run, kind, "number.shape", window, wide=wide), ""
        if negative and line.own_tags:
            return None, "negative cue"
        if negative:
            # It protects the number that it names, and of the next ones only a short one beside it: "went from 20 to 25".
            self._negative_at, self._named = (run.last if run.size <= SHORT else _NOWHERE), True
            self._windows.forget_negative(run.digits, self._index)
            return None, "negative cue"
        span = self._explained_later(run, talk)
        return (span, "") if span is not None else (None, talk or "too short")

    def _given(self, window: Window) -> bool:
        """Tell whether parts of a number that is not complete were said a moment ago."""
        return window.digits > 0 and window.strong and not window.complete and self._index - window.last <= GIVEN_REACH

    def _set_apart(self, run: Run) -> bool:
        """Tell whether a number at the end of its utterance answers a question for one, whatever word stands before it."""
        line = self._line
        waiting = self._windows.awaiting(run)
        if waiting is None or waiting.complete or not waiting.strong:
            return False
        if not small_talk.ends(line, run) or line.content > pieces.LEAD:
            return False
        given = self._given(waiting)
        if run.size <= small_talk.PAIR:
            return given and line.words[run.last] != "one" and (pieces.one_by_one(run) or self._goes_on(waiting))
        paused = line.words[run.first - 1] == "," or (given and self._goes_on(waiting))
        return run.singles > small_talk.PAIR or (pieces.one_by_one(run) and (paused or run.atoms > 1))

    def _negative(self, run: Run) -> bool:
        """Tell whether a negative cue in the utterance protects a number."""
        if self._cued is not None and run.first - self._cued_at <= NEAR:
            return False
        distance = run.first - self._negative_at
        if distance > NEGATIVE_STATED:
            return False
        if self._named:
            return run.size <= SHORT and distance <= NEGATIVE_NEAR
        if MASKED in self._line.masked[max(self._negative_at, 0) : run.first]:
            return False  # the price, the date or the time was what it named
        if run.size > NET_WRITTEN or kinds.telling_shape(self._line, run):
            return distance <= NEGATIVE_NEAR
        numbered = self._line.words[self._negative_at] in NUMBERED
        return distance <= NEGATIVE_FAR or (numbered and self._stated(run))

    def _stated(self, run: Run) -> bool:
        """Tell whether "is" stands right before a number, or before the letters that it begins with."""
        line, before = self._line, run.first - 1
        while before > self._negative_at and (len(line.words[before]) == 1 or line.glued(before + 1)):
            before -= 1
        return line.words[before] in COPULAS or line.words[before].endswith("'s")

    def _answers_negative(self, run: Run) -> bool:
        """Tell whether a number answers a question for something harmless."""
        return (
            (self._line.content <= LOOSE or bool(self._line.own_tags))
            and self._windows.after_negative(self._index, self._scene.speaker(self._index))
            and not kinds.telling_shape(self._line, run)
            and not (self._windows.measures and run.size > small_talk.PAIR and not run.magnitude)
        )

    def _long(self, run: Run) -> Span:
        kind = Kind.CREDIT_CARD if run.size <= validators.CARD_MAX else Kind.NUMBER
        if self._cued is not None and self._cued.kind in _OWN_TYPE and not validators.card(run.digits):
            kind = self._cued.kind
        wide = (self._cued is not None or bool(self._windows)) and self._line.content <= LOOSE
        wide = wide or (run.spoken and run.edge_digits > 0 and not validators.card(run.digits))
        window = self._windows.opened(kind, self._index) if self._line.content <= LOOSE else self._windows.of(kind)
        return self._hide(run, kind, "number.long", window, wide=wide)

    def _expected(self, run: Run, *, negative_here: bool, negative: bool) -> Span | None:
        """Hide what was said before, what stands behind its cue, or what was asked for."""
        line, cued = self._line, self._cued
        waiting = self._windows.awaiting(run)
        if self._memory.knows(run.digits):
            known = cued if cued is not None and cued.kind not in NOT_NUMERIC else waiting
            return self._hide(run, known.kind if known else Kind.NUMBER, "number.repeat", None, wide=line.content == 0)
        if cued is not None and not negative_here and fragments.behind_cue(line, run, cued, self._cued_at):
            return self._hide(run, kinds.typed(cued.kind, run), "number.cue", cued, wide=line.content <= LOOSE)
        dated = cued is not None and cued.kind in DATES and run.first - self._cued_at <= NEAR
        if (
            waiting is not None
            and not negative
            and not dated
            and fragments.fragment(line, run, waiting, self._goes_on, given=self._given(waiting))
        ):
            other = kinds.alone(run) if waiting.complete else None
            kind = Kind.CARD_EXPIRY if self._expires(run, waiting) else other or kinds.typed(waiting.kind, run)
            return self._hide(run, kind, "number.window", waiting, source=Source.SPLIT, wide=line.content <= LOOSE)
        return None

    def _expires(self, run: Run, waiting: Window) -> bool:
        """Tell whether what follows a whole card number is the month and year that were asked for with it."""
        asked = self._windows.of(Kind.CARD_EXPIRY)
        return (
            waiting.kind is Kind.CREDIT_CARD
            and waiting.complete
            and asked is not None
            and not asked.complete
            and run.size in _MONTH_AND_YEAR
        )

    def _goes_on(self, window: Window) -> bool:
        """Tell whether a single digit can begin a number: a short one, or one of which more comes."""
        behind = range(self._index + 1, min(self._index + 1 + CHAIN_GAP, self._scene.end))
        return window.kind in SHORT_KINDS or any(self._scene.line(at).pure for at in behind)

    def _explained_later(self, run: Run, talk: str | None) -> Span | None:
        """Hide a number that what follows explains; that a word holds it may be a garbled digit before others said one by one."""
        span = self._announced_later(run) if talk is None or (talk == small_talk.HELD and run.singles > 1) else None
        return self._chained(run) if span is None and talk is None else span

    def _announced_later(self, run: Run) -> Span | None:
        """Hide a number whose cue comes behind it: in the same utterance, or in one of the next."""
        dated = self._cued is not None and self._cued.kind in DATES and run.first - self._cued_at <= NEAR
        kind = None if dated else ahead.cue_behind(self._scene, self._index, self._line, run)
        if kind is None:
            return None
        window = self._windows.opened(kind, self._index)
        return self._hide(run, kind, "number.late_cue", window, source=Source.SPLIT, wide=self._line.content == 0)

    def _chained(self, run: Run) -> Span | None:
        """Hide a part of a number in several utterances that are nothing but digits, with nobody announcing it."""
        line = self._line
        ends = small_talk.ends(line, run) or (line.content <= LOOSE and not small_talk.noun_follows(line, run))
        begins = line.content <= pieces.LEAD and run.size > 1 and ends
        if not line.pure and not begins:
            return None
        if self._ahead is None:
            self._ahead = ahead.length(self._scene, self._index, self._line)
        size = self._ahead
        if size < CHAIN_MIN:
            return None
        kind = kinds.in_parts(size)
        return self._hide(
            run, kind, "number.chain", self._windows.opened(kind, self._index), source=Source.SPLIT, wide=True
        )

    def _belongs(self, run: Run, span: Span, beside: Run) -> bool:
        """Tell whether a number and one that was hidden beside it are parts of one, whatever words interrupt it."""
        if span.rule not in _CONTINUED:
            return False
        before, behind = (beside, run) if run.first > beside.last else (run, beside)
        window = self._windows.of(span.kind)
        open_ = window is not None and (
            not window.complete or (run.size == 1 and fits(span.kind, window.digits) and span.kind not in SHORT_KINDS)
        )
        gap = behind.first - before.last - 1
        return pieces.joined(self._line, before, behind) and pieces.part(self._line, run, open_=open_, gap=gap)

    def _hide(
        self,
        run: Run,
        kind: Kind,
        rule: str,
        window: Window | None,
        *,
        source: Source | None = None,
        wide: bool = False,
    ) -> Span:
        if window is not None:
            window.take(run.digits, self._index)
            if window.digits >= REMEMBERED_FROM:
                self._memory.add(window.parts)
        if run.size >= REMEMBERED_FROM:
            self._memory.add(run.digits)
        line, (first, last) = self._line, run.edges if wide else (run.first, run.last)
        if wide or run.size >= NET_SPOKEN:
            first, last = ohs(line.words, line.classes, first, -1), ohs(line.words, line.classes, last, 1)
        while line.cued(first):
            first += 1
        if kind is Kind.NATIONAL_ID and run.size > SHORT:
            first, last = identifiers.widened(line, first, last)
        start, end = line.place(first, last)
        return Span(start, end, kind, rule, source or (Source.SPOKEN if run.spoken else Source.DIGITS))
