"""What a look at a parsed utterance tells without deciding it: that nothing in it can be what is asked for."""

from typing import Final

from consumer.redaction import answers, dates, names, pieces, small_talk
from consumer.redaction.dialogue import may_be_misheard
from consumer.redaction.everyday import GIVEN, SURNAMES
from consumer.redaction.introductions import may_be_name
from consumer.redaction.line import Line
from consumer.redaction.numbers import Run
from consumer.redaction.span import Kind
from consumer.redaction.windows import Windows
from consumer.redaction.words import STATES, TALKING

_PLAIN_NAME: Final = 2  # words of every day in a name
_SURE: Final = names.ALSO_NAMES | names.PARTICLES | SURNAMES | GIVEN


def numbers_stay(line: Line, windows: Windows, index: int) -> bool:
    """Tell whether all numbers of an utterance are small talk, whatever was asked for; letters in them are another question."""
    if line.asks or line.checked or line.led or any(cue.kind is not None for cue in line.cues):
        return False
    runs = line.runs
    if windows and ((windows.awaits[0] and dates.may_answer(line)) or (runs and may_be_misheard(line))):
        return False
    if not runs:
        return True
    if line.cues or windows.harmless(index):
        return False
    for run in runs:
        if windows.said_harmless(run.digits) or not stays(line, run):
            return False
    return len(runs) == 1 or not pieces.interrupted(line, runs)


def stays(line: Line, run: Run) -> bool:
    """Tell whether a number is small talk, whatever was asked for."""
    if run.size > small_talk.SHORT:
        return False
    talk = small_talk.reason(line, run)
    if talk == small_talk.HELD:  # where a number was asked for, it may be an answer all the same
        one = run.size == 1 and line.words[run.last] == "one"
        return one or line.content > pieces.LEAD or not small_talk.ends(line, run)
    return talk is not None


def names_nobody(line: Line, *, fresh: bool) -> bool:
    """Tell whether no word of an utterance can answer a question for a name, letters said one by one aside."""
    plain = 0
    for at in names.candidates(line):
        word = line.words[at]
        if word in GIVEN or word in SURNAMES or names.evident(line, at):
            return False
        plain += word[0].isalpha()
    return not fresh or not 0 < plain <= _PLAIN_NAME or names.as_a_whole(line, answers.Frame(line)) is None


def only_cues(line: Line) -> bool:
    """Tell whether no value stands beside the cues of an utterance without numbers, months, places and letters said one by one."""
    named = False
    for cue in line.cues:
        if cue.kind is Kind.PASSWORD or (cue.kind is Kind.EMAIL and answers.value_before(line, cue.first)):
            return False
        named = named or cue.kind is Kind.PERSON_NAME
    return not named or _nameless(line)


def _nameless(line: Line) -> bool:
    """Tell whether no word can be the name that a cue announces: words of every day only can where a cue says so."""
    doubtful = stated = False
    for at, word in enumerate(line.words):
        stated = stated or word in STATES or word in TALKING or word.endswith("'s")
        if not may_be_name(word) or not word[0].isalpha() or word in ("a", "i"):
            continue
        if len(word) == 1 or word in _SURE or names.evident(line, at):
            return False
        doubtful = True
    return not (doubtful and stated)
