"""A short hunt in everything that reads bytes from outside; `python -m tests.fuzz` is the long one."""

import random

import pytest

from tests.fuzz.hunt import hunt
from tests.fuzz.mutation import mutate
from tests.fuzz.targets import TARGETS, Target


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_but_typed_errors_comes_out_of_mutated_inputs(name: str) -> None:
    done = hunt(TARGETS[name], inputs=1500, seed="unit")
    assert done.finding is None, done.finding


@pytest.mark.parametrize("name", TARGETS)
def test_the_inputs_to_start_from_are_ones_that_the_reader_takes(name: str) -> None:
    ways = {TARGETS[name].run(data) for data in TARGETS[name].corpus}
    assert ways - {"unreadable"}


def test_an_error_that_is_not_of_the_contract_is_found_with_its_input() -> None:
    def brittle(data: bytes) -> str:
        return str(b"}" in data or data.decode())

    target = Target(name="brittle", run=brittle, corpus=(b"{}", b"text"))
    done = hunt(target, inputs=10_000, seed="unit")
    assert done.finding is not None
    assert "UnicodeDecodeError" in done.finding.error
    with pytest.raises(UnicodeDecodeError):
        brittle(done.finding.data)


def test_a_seed_tries_the_same_inputs_again() -> None:
    corpus = TARGETS["event"].corpus
    first, again = ([mutate(random.Random(7), corpus) for _ in range(50)] for _ in range(2))
    assert first == again
