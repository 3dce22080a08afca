"""Nothing is quadratic: twice the call takes at most twice the steps, counted and not timed."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from consumer.redaction import RawText, Redactor, Turn

REDACTOR = Redactor()
CALLS = {
    "talk": ("A: how can i help you", "C: my parcel has not arrived"),
    "a number in every turn": ("A: card number please", "C: four one one one"),
    "parts that nobody announces": ("C: 4111", "A: mm hmm", "C: 1111"),
    "questions only": ("A: your name please", "A: card number please", "A: your email"),
    "harmless numbers": ("A: what's your order number", "C: 4839201"),
}
SLACK = 1.15  # what is found first, and then known, may cost a little more


def with_hook(turns: list[Turn], hook: Any, current: Callable[[], Any], hang: Callable[[Any], None]) -> None:
    """Redact under a hook of the interpreter, and put back what hung there before (coverage, say)."""
    before = current()
    hang(hook)
    try:
        REDACTOR.find(turns)
    finally:
        hang(before)


def steps(turns: list[Turn]) -> int:
    """Count the calls of Python and built-in functions."""
    count = 0

    def step(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    with_hook(turns, step, sys.getprofile, sys.setprofile)
    return count


def operations(turns: list[Turn]) -> int:
    """Count the operations of the interpreter: also those of loops that call nothing."""
    count = 0

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        count += event == "opcode"
        return trace

    with_hook(turns, trace, sys.gettrace, sys.settrace)
    return count


@pytest.mark.parametrize(
    "question", ["your name please", "your email please", "where do you live", "the password please"]
)
@pytest.mark.parametrize("piece", ["box1,", "@1AA ", "p.o.-GB29 ", "\u00e9)zipx@y. ", "mr. ", "a b c ", "kerfuffle "])
def test_an_answer_twice_as_long_takes_twice_the_operations(question: str, piece: str) -> None:
    one, two = ([Turn(RawText(question), "A"), Turn(RawText(piece * size), "C")] for size in (100, 200))
    steps(one)
    assert operations(two) <= 2 * SLACK * operations(one)


@pytest.mark.parametrize("lines", CALLS.values(), ids=CALLS)
def test_a_call_twice_as_long_takes_twice_the_steps(lines: tuple[str, ...]) -> None:
    turns = [Turn(RawText(line[3:]), line[:1]) for line in lines]
    steps(turns)  # what is worked out once is worked out before
    assert steps(turns * 200) <= 2 * SLACK * steps(turns * 100)


@pytest.mark.parametrize(
    "piece",
    ["1", "one ", "4111 ", "a@", "a.", "at ", "dot ", "speaking ", "this is ", "card number ", "[", "(", "1.", "a:", "de89", "double ", "to ", "march ", "b as in boy ", "order number ", "my name is ", "i live at 12 ", "jo@example.com ", "name is john ", "oh ", "password is ", "q q 1 2 ", "born on march 3 ", "10:30 ", "at gmail dot ", "john at gmail dot ", "at gmail dot com ", "1,234 ", "ate for to ", "four one five said ", "won 12 over 15 ", "a 1 b ", "order number is a 1 ", "kilo 123456 "],
)  # fmt: skip
def test_an_utterance_twice_as_long_takes_twice_the_steps(piece: str) -> None:
    one, two = ([Turn(RawText("card number please"), "A"), Turn(RawText(piece * size), "C")] for size in (500, 1000))
    steps(one)
    assert steps(two) <= 2 * SLACK * steps(one) + 200
