"""Which utterances of a conversation have to be decided, given their codes and what is being asked for.

The others are passed over with the result that deciding them would have had: nothing to hide, and no change of the state but for
the cues in them. Those are heeded when an utterance follows to which they could matter.
"""

from typing import Final

from consumer.redaction import dates, identifiers, quiet, spelling
from consumer.redaction.ahead import CHAIN_GAP, CHAIN_MIN, CHAIN_REACH, LATE_CUE_REACH
from consumer.redaction.dialogue import Dialogue
from consumer.redaction.fold import fold
from consumer.redaction.kinds import NET_SPOKEN, NET_WRITTEN
from consumer.redaction.memory import WINDOW
from consumer.redaction.pieces import LEAD
from consumer.redaction.scene import Scene
from consumer.redaction.screen import (  # fmt: skip
    ALIKE,
    ANSWERS,
    ASKS,
    BELOW,
    CORRECTS,
    CUES,
    DATED,
    EAGER,
    ENDS,
    GARBLED,
    HEAVY,
    LETTERS,
    LOOK,
    NEGATIVE,
    NUMERIC,
    PLACED,
    PLAIN,
    READ,
    REPEATS,
    SHIELDED,
    SPOKEN,
    STRONG,
    WEIGHT,
    Screen,
    eager,
)
from consumer.redaction.small_talk import LOOSE, SHORT
from consumer.redaction.span import Kind, Span
from consumer.redaction.tally import padded
from consumer.redaction.windows import HARMLESS_KEPT, NEGATIVE_REACH, REACH, SHORTEST_HARMLESS

_FRAGMENT: Final = SHORT - 1  # digits of a fragment in an utterance about something else
_VALUES: Final = NUMERIC | DATED | PLACED | LETTERS  # what a value may be that is no name
_KEPT: Final = 2 * HARMLESS_KEPT  # utterances that may hold a harmless number
_LOOSER: Final = SHORT + 1  # words besides a number up to which an identifier is found in it


class Attention:
    """Goes along with a dialogue and keeps it from what cannot matter."""

    __slots__ = ("_asked", "_dialogue", "_harmless", "_pending", "_scene", "_screen", "_shielded", "_waits")

    def __init__(
        self,
        dialogue: Dialogue,
        scene: Scene,
        screen: Screen,
        *,
        waits: bool,
    ) -> None:
        """With `waits`, cues are heeded only when they could matter."""
        self._dialogue = dialogue
        self._scene = scene
        self._screen = screen
        self._waits = waits
        self._pending: list[int] = []  # utterances with cues not heeded yet; no window is open while there are any
        self._shielded: list[int] = []  # utterances passed over whose numbers a negative cue protects, or may
        self._asked = -REACH - 1  # the last of them that may ask for a number
        self._harmless = -NEGATIVE_REACH - 1  # the last utterance that may speak of a harmless one

    def decide(self, index: int) -> list[Span]:
        """Find what has to be hidden in one utterance; call it in the order of the conversation."""
        return self._dialogue.decide(self._scene, index) if self._needs(index) else []

    def repeats(self, index: int) -> bool:
        """Tell whether an utterance may repeat a number that was hidden elsewhere."""
        code = self._scene.code(index)
        return code >= REPEATS and self._known(index, code)

    def _needs(self, index: int) -> bool:
        """Tell whether an utterance has to be decided."""
        code, windows = self._scene.code(index), self._dialogue.windows
        if windows:
            windows.expire(index)
        if (
            code & LOOK
            or (windows and self._listens(index, code))
            or (code & NUMERIC and self._number_matters(index, code) and not self._stays(index))
        ):
            self._prepare(index, code)
            return True
        if code & EAGER and eager(self._scene.line(index)):
            self._prepare(index, code)
            if code & _VALUES or not quiet.only_cues(self._scene.line(index)):
                return True
            self._dialogue.heed(self._scene, index)
            return False
        self._pass_over(index)
        return False

    def _prepare(self, index: int, code: int) -> None:
        """Heed what was passed over before an utterance that is decided."""
        if self._pending:
            self._heed_pending(index)
        if self._shielded and code & NUMERIC:
            self._note_harmless(index)
        if code & (NEGATIVE | LOOK):
            self._harmless = index

    def _pass_over(self, index: int) -> None:
        """Keep what may matter to later utterances; heed it at once where somebody waits for it."""
        code, windows = self._scene.code(index), self._dialogue.windows
        if code & SHIELDED or (code & NEGATIVE and not code & READ and code >> WEIGHT >= SHORTEST_HARMLESS):
            self._shielded.append(index)
            del self._shielded[:-_KEPT]
        number = code & NUMERIC and not (code & READ and code >> WEIGHT == 0)  # more than a price or a time of day
        if code & CUES or (number and index - self._harmless <= NEGATIVE_REACH):
            self._pending.append(index)
            if code & NEGATIVE:
                self._harmless = index
            if not self._waits or (windows and (code & ASKS or (code & NUMERIC and windows.awaits[1]))):
                self._heed_pending(index)
            elif code & ASKS:
                self._asked = index
        if self._shielded and not self._waits:
            self._note_harmless(index + 1)

    def _listens(self, index: int, code: int) -> bool:
        """Tell whether an utterance matters that holds neither cue nor number: as an answer, a garbled number or a correction."""
        windows, scene = self._dialogue.windows, self._scene
        dated, worded, given = windows.awaits
        if dated and code & (NUMERIC | DATED) and dates.may_answer(scene.line(index)):
            return True
        if worded and (asked := windows.asked(index, scene.speaker(index))):
            for one in asked:
                if one.kind is Kind.PERSON_NAME:
                    if code & LETTERS or (
                        code & ANSWERS and not quiet.names_nobody(scene.line(index), fresh=not one.answered)
                    ):
                        return True
                elif one.kind is not Kind.ADDRESS or code & (NUMERIC | PLACED):
                    return True
        return given and (
            code & CORRECTS != 0 or (code & GARBLED != 0 and windows.dictated(index, scene.speaker(index)))
        )

    def _number_matters(self, index: int, code: int) -> bool:
        weight = code >> WEIGHT
        if (weight >= NET_SPOKEN and not self._protected(index, code)) or (
            weight >= WINDOW and self._known(index, code)
        ):
            return True
        code = self._scene.code(index)
        if code & ASKS:
            code = self._read(index, code)
            if code & ASKS and code & NUMERIC:
                return True
        waiting = bool(self._dialogue.windows) or index - self._asked <= REACH
        if code & HEAVY > LOOSE:
            return (waiting and self._fits(index, code)) or self._goes_on(index, code)
        if not (waiting or self._goes_on(index, code)):
            return False
        if code & (NEGATIVE | PLAIN):  # else there is hardly a shape that would be harmless
            code = self._read(index, code)
        if code & HEAVY <= LOOSE and code >> WEIGHT and not code & SHIELDED:
            return waiting or self._goes_on(index, code)
        return (waiting and bool(code & NUMERIC) and self._fits(index, code)) or self._goes_on(index, code)

    def _protected(self, index: int, code: int) -> bool:
        """Tell whether a negative cue protects all numbers of an utterance."""
        return code & NEGATIVE != 0 and code >> WEIGHT <= NET_WRITTEN and self._read(index, code) & SHIELDED != 0

    def _read(self, index: int, code: int) -> int:
        """Read the cues of an utterance, if there may be any, and the shape of its numbers."""
        if not code & READ:
            line = self._scene.line(index) if code & CUES else None
            code = self._screen.read(code, fold(self._scene.text(index)), line)
            self._scene.recode(index, code)
        return code

    def _stays(self, index: int) -> bool:
        """Tell whether all numbers of an utterance are counts, prices or times, and nothing in it can be asked for."""
        scene, windows = self._scene, self._dialogue.windows
        if self._pending:
            self._heed_pending(index)
        line, code = scene.line(index), scene.code(index)
        if not quiet.numbers_stay(line, windows, index):
            return False
        if self._shielded and any(run.size >= SHORTEST_HARMLESS for run in line.runs):
            return False  # a harmless number may be read back, which is heeded
        if not line.runs and not line.cues:
            scene.recode(index, code & BELOW & ~CUES | READ)
        kinds = [window.kind for window in windows if window.kind in identifiers.KINDS]
        return not kinds or (
            not any(kind in identifiers.WRITTEN for kind in kinds)
            and not (self._screen.mixed(code, scene.text(index)) and spelling.mixed(line, 0) is not None)
        )

    def _fits(self, index: int, code: int) -> bool:
        """Tell whether a number in an utterance about something else may belong to what was asked for."""
        text = self._scene.text(index)
        if code & NEGATIVE:
            code = self._read(index, code)
        if self._pending:
            self._heed_pending(index)
        weight = 0 if code & SHIELDED else code >> WEIGHT
        leads = code & HEAVY <= LEAD
        fragment = weight >= (2 if leads else _FRAGMENT)
        near = code & HEAVY <= _LOOSER
        for window in self._dialogue.windows:
            if window.strong and (
                ((fragment or (leads and weight and window.digits)) and not window.complete)
                or (
                    near
                    and window.kind in identifiers.KINDS
                    and (window.kind in identifiers.WRITTEN or self._screen.mixed(code, text))
                )
            ):
                return True
        return False

    def _known(self, index: int, code: int) -> bool:
        """Tell whether a number may be one that was hidden before."""
        memory = self._dialogue.memory
        if memory.empty:
            return False
        if code & (SPOKEN | ALIKE | LOOK):
            return True
        return memory.touches(padded(self._scene.text(index)))

    def _goes_on(self, index: int, code: int) -> bool:
        """Tell whether other parts of a number, or a cue for it, may follow."""
        weight, heavy = code >> WEIGHT, code & HEAVY
        if weight < 2 or heavy > LEAD or code & SHIELDED:  # noqa: PLR2004 - one digit begins nothing
            return False
        scene, last = self._scene, index
        end = scene.end
        if weight >= _FRAGMENT and not heavy:
            for ahead in range(index + 1, min(index + 1 + LATE_CUE_REACH, end)):
                if scene.code(ahead) & STRONG:
                    return True
        if heavy > LOOSE and not code & ENDS:
            return False
        for ahead in range(index + 1, min(index + 1 + CHAIN_REACH, end)):
            if ahead - last > CHAIN_GAP:
                return False
            code = scene.code(ahead)
            if code >> WEIGHT and code & HEAVY <= LOOSE:
                last, weight = ahead, weight + (code >> WEIGHT)
                if weight >= CHAIN_MIN:
                    return True
        return False

    def _heed_pending(self, index: int) -> None:
        """Heed the cues whose windows are still open here, each renewing or not the ones before it."""
        reached, heeded = index, []
        for at in reversed(self._pending):
            asks = self._scene.code(at) & ASKS
            if reached - at > REACH:
                break
            heeded.append(at)
            if asks:
                reached = at
        self._pending.clear()
        for at in reversed(heeded):
            near = index - at <= NEGATIVE_REACH
            if near or self._scene.code(at) & ASKS or self._dialogue.windows.awaits[1]:
                self._heed(at)
        self._asked = -REACH - 1

    def _heed(self, index: int) -> None:
        if self._shielded:
            self._note_harmless(index)
        windows, code = self._dialogue.windows, self._scene.code(index)
        if code & SHIELDED and self._dialogue.protect(self._scene, index):
            self._noted(index)
            return
        settles = code & NUMERIC and code & NEGATIVE and windows.awaits[1]
        if not settles and not (code & NUMERIC and windows.harmless(index)):
            line = self._scene.line(index)
            windows.expire(index)
            for cue in line.cues:
                windows.heed(cue, line, index, self._scene.speaker(index))
        if settles or (code & NUMERIC and windows.harmless(index)):
            self._noted(index)
            self._dialogue.decide(self._scene, index)  # a harmless number that was said is not waited for any more

    def _note_harmless(self, end: int) -> None:
        """Note the harmless numbers of what was passed over before an utterance: they may be read back."""
        while self._shielded and self._shielded[0] < end:
            index = self._shielded.pop(0)
            if self._read(index, self._scene.code(index)) & SHIELDED:
                self._dialogue.note_harmless(self._scene.line(index))

    def _noted(self, index: int) -> None:
        """Leave out an utterance whose harmless numbers are noted when it is decided."""
        if index in self._shielded:
            self._shielded.remove(index)
