"""Decide for one number whether it is hidden, as what, and by which rule."""

from bisect import bisect_right
from typing import Protocol

from consumer.redaction import lexicon as lx
from consumer.redaction import small_talk, validators
from consumer.redaction.cues import Strength
from consumer.redaction.line import MASKED, Line
from consumer.redaction.memory import Memory
from consumer.redaction.numbers import Run, ohs
from consumer.redaction.small_talk import LOOSE, SHORT
from consumer.redaction.span import Kind, Source, Span
from consumer.redaction.windows import DATES, NOT_NUMERIC, Window, Windows, fits

NET_WRITTEN = 12  # the safety net: no run of more digits stays, whatever it is
NET_SPOKEN = 9
CHAIN_MIN = 7  # digits of a number in parts that nobody announced
CHAIN_GAP = 4  # utterances between two of its parts
CHAIN_REACH = 12
LATE_CUE_REACH = 3  # utterances behind a number in which its name may come
LATE_CUE_TOKENS = 4
CONTINUES = 6  # tokens that may interrupt a number
NEGATIVE_FAR = 5  # tokens between a negative cue and the number it protects; a phone number's shape needs it nearer
NEGATIVE_NEAR = 4
NEAR = 2
SSN_DIGITS = 9
REMEMBERED_FROM = 6  # digits from which a number is worth remembering
WEAK_CUE_SURE = 11  # digits that a weak cue alone makes secret

_COPULAS = frozenset(("is", "it's", "was", "are", ":", "be"))
_OWN_TYPE = frozenset((Kind.IBAN, Kind.BANK_ACCOUNT, Kind.NATIONAL_ID))
_SSN_GROUPS = (3, 2, 4)
_TELLING_SHAPES = ((3, 3, 4), (1, 3, 3, 4), (3, 2, 4))
# The fewest digits that count right behind a cue in the same utterance.
_FEWEST = {
    Kind.PHONE: 3,
    Kind.CREDIT_CARD: 2,
    Kind.SSN: 2,
    Kind.NUMBER: 4,
    Kind.POSTAL_CODE: 3,
    Kind.CVV: 3,
    Kind.PIN: 3,
}
_OTHERS = frozenset("dtTnG")
_CONTINUED = frozenset(("number.cue", "number.window", "number.chain", "number.late_cue", "number.continued"))


class Scene(Protocol):
    """The utterances in view."""

    @property
    def end(self) -> int:
        """One past the last utterance in view."""
        ...

    def line(self, index: int) -> Line:
        """Return an utterance, parsed."""
        ...

    def text(self, index: int) -> str:
        """Return an utterance as it came."""
        ...

    def speaker(self, index: int) -> str:
        """Tell who spoke."""
        ...


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
        self._cued_at = self._negative_at = -NEGATIVE_FAR - 1
        self._before: tuple[Span, int] | None = None
        self._ahead: int | None = None

    def heed(self, window: Window | None, last: int, *, strong: bool) -> None:
        """Note a cue that ends at a token; no window means a negative one."""
        if window is None:
            self._cued, self._negative_at = None, last
            return
        if strong or last > self._negative_at:  # the nearest cue counts
            self._negative_at = -NEGATIVE_FAR - 1
        if window.strong or self._cued is None:
            self._cued, self._cued_at = window, last

    def forget(self) -> None:
        """Begin again behind a tag of this engine: what stood before it explains nothing behind it."""
        self._cued, self._before = None, None

    def decide(self, run: Run) -> tuple[Span | None, str]:
        """Return the span to hide and its rule, or None and the reason why the number stays."""
        span, why = self._decide(run)
        if span is None and self._continues(run):
            span = self._hide(run, self._before[0].kind, "number.continued", None)  # type: ignore[index]  # known by _continues
        if span is not None:
            self._before = span, run.last
        return span, span.rule if span is not None else why

    def _decide(self, run: Run) -> tuple[Span | None, str]:
        line, cued = self._line, self._cued
        if run.digits in self._allowed:
            return None, "allowed"
        negative_here = self._negative(run)
        negative = negative_here or (cued is None and self._answers_negative(run))
        if run.size > NET_WRITTEN and (not negative or validators.card(run.digits)):
            return self._long(run), ""
        talk = small_talk.reason(line, run)
        if talk is None:
            span = self._expected(run, negative_here=negative_here, negative=negative)
            if span is not None:
                return span, ""
        if (
            not negative
            and (talk is None or (run.size > SHORT and talk != small_talk.CODE))
            and (kind := _alone(run)) is not None
        ):
            return self._hide(run, kind, "number.shape", self._windows.of(kind), wide=line.content <= LOOSE), ""
        if negative and line.own_tags:
            return None, "negative cue"
        if negative:
            self._negative_at = -NEGATIVE_FAR - 1  # it protects the number that it names, not the next one
            self._windows.forget_negative()
            return None, "negative cue"
        if talk is None:
            span = self._announced_later(run) or self._chained(run)
        return (span, "") if talk is None and span is not None else (None, talk or "too short")

    def _negative(self, run: Run) -> bool:
        """Tell whether a negative cue in the utterance protects a number."""
        if self._cued is not None and run.first - self._cued_at <= NEAR:
            return False
        if MASKED in self._line.masked[max(self._negative_at, 0) : run.first]:
            return False  # the price, the date or the time was what it named
        near = run.size > NET_WRITTEN or _telling_shape(self._line, run)
        return run.first - self._negative_at <= (NEGATIVE_NEAR if near else NEGATIVE_FAR)

    def _answers_negative(self, run: Run) -> bool:
        """Tell whether a number answers a question for something harmless."""
        return (
            (self._line.content <= LOOSE or bool(self._line.own_tags))
            and self._windows.after_negative(self._index, self._scene.speaker(self._index))
            and not _telling_shape(self._line, run)
        )

    def _long(self, run: Run) -> Span:
        kind = Kind.CREDIT_CARD if run.size <= validators.CARD_MAX else Kind.NUMBER
        if self._cued is not None and self._cued.kind in _OWN_TYPE and not validators.card(run.digits):
            kind = self._cued.kind
        wide = self._cued is not None and self._line.content <= LOOSE
        return self._hide(run, kind, "number.long", self._windows.of(kind), wide=wide)

    def _expected(self, run: Run, *, negative_here: bool, negative: bool) -> Span | None:
        """Hide what was said before, what stands behind its cue, or what was asked for."""
        line, cued = self._line, self._cued
        waiting = self._windows.awaiting(run)
        if self._memory.knows(run.digits):
            known = cued if cued is not None and cued.kind not in NOT_NUMERIC else waiting
            return self._hide(run, known.kind if known else Kind.NUMBER, "number.repeat", None, wide=line.content == 0)
        if cued is not None and not negative_here and self._behind_cue(run, cued):
            return self._hide(run, _typed(cued.kind, run), "number.cue", cued, wide=line.content <= LOOSE)
        if waiting is not None and not negative and self._fragment(run, waiting):
            return self._hide(
                run, _typed(waiting.kind, run), "number.window", waiting, source=Source.SPLIT, wide=line.content == 0
            )
        return None

    def _behind_cue(self, run: Run, window: Window) -> bool:
        """Tell whether a number stands behind its cue in one utterance."""
        line, size = self._line, run.size + run.edge_digits
        if window.kind in NOT_NUMERIC or (run.magnitude and run.size < CHAIN_MIN):
            return False
        if not window.strong:
            return self._behind_weak_cue(run, window, size)
        about = line.content <= LOOSE
        if size < CHAIN_MIN and not about and (window.complete or small_talk.noun_follows(line, run)):
            return False
        last = run.last >= len(line.words) - 2
        return size >= (1 if last and about else _FEWEST.get(window.kind, 2))

    def _behind_weak_cue(self, run: Run, window: Window, size: int) -> bool:
        line = self._line
        copula = line.words[run.first - 1] in _COPULAS and run.first - self._cued_at <= CONTINUES
        if copula and size > 1 and line.content <= LOOSE and (run.atoms > 1 or run.groups):
            window.strong = True
            return True
        near = run.first - self._cued_at <= NEAR and size >= SHORT and not small_talk.noun_follows(line, run)
        if window.kind is Kind.PHONE:
            return near or size >= CHAIN_MIN
        return near or size >= WEAK_CUE_SURE or line.pure

    def _fragment(self, run: Run, window: Window) -> bool:
        """Tell a part of the number that is being given from small talk with a number in it."""
        line, content = self._line, self._line.content
        if (run.magnitude and run.size < CHAIN_MIN) or line.own_tags:
            return False
        if content == 0:
            return run.size > 1 or window.strong
        if content <= LOOSE and line.corrects:
            return window.digits > 0
        if not window.strong:
            return content <= LOOSE and run.size > 2 and small_talk.ends(line, run)  # noqa: PLR2004 - more than an age or a day
        if content <= LOOSE:
            return run.size > 1
        return (
            not window.complete and max(run.singles + 1, run.size) >= SHORT and not small_talk.noun_follows(line, run)
        )

    def _announced_later(self, run: Run) -> Span | None:
        """Hide a number whose cue comes behind it: in the same utterance, or in one of the next."""
        kind = self._cue_behind(run)
        if kind is None:
            return None
        window = self._windows.opened(kind, self._index)
        return self._hide(run, kind, "number.late_cue", window, source=Source.SPLIT, wide=self._line.content == 0)

    def _cue_behind(self, run: Run) -> Kind | None:
        line = self._line
        if self._cued is not None and self._cued.kind in DATES and run.first - self._cued_at <= NEAR:
            return None
        for cue in line.cues[bisect_right(line.cues, run.last, key=lambda one: one.first) :]:
            if cue.first > run.last + LATE_CUE_TOKENS:
                break
            if not _crosses(line, run.last, cue.first) and _names_a_number(cue.kind, cue.strength):
                return cue.kind if _long_enough(run, cue.kind) else None
        if not line.pure:
            return None
        for ahead in range(self._index + 1, min(self._index + 1 + LATE_CUE_REACH, self._scene.end)):
            following = self._scene.line(ahead)
            if lx.TAG in following.classes:
                return None
            if following.cues:
                first = following.cues[0]
                named = _names_a_number(first.kind, first.strength) and _long_enough(run, first.kind)
                return first.kind if named else None
        return None

    def _chained(self, run: Run) -> Span | None:
        """Hide a part of a number in several utterances that are nothing but digits, with nobody announcing it."""
        line = self._line
        begins = line.content <= LOOSE and run.size > 1 and small_talk.ends(line, run)
        if not line.pure and not begins:
            return None
        if self._ahead is None:
            self._ahead = self._length_ahead()
        size = self._ahead
        if size < CHAIN_MIN:
            return None
        kind = Kind.CREDIT_CARD if size > NET_WRITTEN else Kind.SSN if size == SSN_DIGITS else Kind.PHONE
        return self._hide(
            run, kind, "number.chain", self._windows.opened(kind, self._index), source=Source.SPLIT, wide=True
        )

    def _length_ahead(self) -> int:
        """Count the digits of this and the following parts; 0 if there is only one part."""
        said = _digits(self._line)
        if len(said) < 2:  # noqa: PLR2004 - one digit begins nothing
            return 0
        last, parts, voice = self._index, 1, self._scene.speaker(self._index)
        for ahead in range(self._index + 1, min(self._index + 1 + CHAIN_REACH, self._scene.end)):
            if ahead - last > CHAIN_GAP:
                break
            following = self._scene.line(ahead)
            if any(cue.kind is None for cue in following.cues) or lx.TAG in following.classes:
                break
            digits = _digits(following) if following.pure else ""
            if not digits:
                continue
            last = ahead
            if self._scene.speaker(ahead) == voice or digits not in said:  # else read back
                said, parts = said + digits, parts + 1
        return len(said) if parts > 1 else 0

    def _continues(self, run: Run) -> bool:
        """Tell whether a number goes on behind words that interrupted it."""
        if self._before is None:
            return False
        span, last = self._before
        return (
            span.rule in _CONTINUED
            and run.first - last <= CONTINUES
            and run.size > 1
            and not self._negative(run)
            and small_talk.reason(self._line, run) is None
            and not small_talk.noun_follows(self._line, run)
        )

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
        start, end = line.place(first, last)
        return Span(start, end, kind, rule, source or (Source.SPOKEN if run.spoken else Source.DIGITS))


def _alone(run: Run) -> Kind | None:
    """Recognise a number without any cue, by its length."""
    if run.magnitude or (not run.groups and (run.size < NET_SPOKEN or run.atoms < SHORT)):
        return None
    match run.size:
        case 9:
            return Kind.SSN if run.spoken or len(run.groups) in (1, 3) else Kind.NUMBER
        case 10 | 11:
            return Kind.PHONE
        case 12:
            return Kind.CREDIT_CARD if validators.card(run.digits) else Kind.PHONE
        case _:
            return None


def _typed(kind: Kind, run: Run) -> Kind:
    """Call a card a card, and what is too long for what was asked for by its groups."""
    if kind is not Kind.IBAN and run.size >= validators.CARD_MIN and validators.card(run.digits):
        return Kind.CREDIT_CARD
    if fits(kind, run.size) or run.groups not in _TELLING_SHAPES:
        return kind
    return Kind.SSN if run.groups == _SSN_GROUPS else Kind.PHONE


def _long_enough(run: Run, kind: Kind | None) -> bool:
    """Tell whether a number can be what a cue behind it says."""
    return run.size >= SHORT or (kind is Kind.CVV and run.size == SHORT - 1)


def _crosses(line: Line, last: int, first: int) -> bool:
    """Tell whether another number, or what was hidden before, stands between two tokens."""
    return not _OTHERS.isdisjoint(line.classes[last + 1 : first])


def _names_a_number(kind: Kind | None, strength: Strength) -> bool:
    return kind is not None and strength is Strength.STRONG and kind not in NOT_NUMERIC


def _digits(line: Line) -> str:
    return "".join(run.digits for run in line.runs if small_talk.reason(line, run) is None)


def _telling_shape(line: Line, run: Run) -> bool:
    return line.words[run.first] in "(+" or run.groups in _TELLING_SHAPES
