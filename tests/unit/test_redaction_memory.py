"""What was hidden is known again, whole or in part, until it is among the oldest of a long call."""

import pytest

from consumer.redaction.memory import CallMemory, KeyedMemory, Memory

MANY = 300


@pytest.fixture(params=["call", "keyed"])
def memory(request: pytest.FixtureRequest) -> Memory:
    return CallMemory() if request.param == "call" else KeyedMemory(bytes(16))


def test_a_number_and_every_four_digits_of_it_are_known(memory: Memory) -> None:
    assert memory.empty
    memory.add("415550132")
    assert not memory.empty
    assert memory.knows("415550132")
    assert memory.knows("5550")
    assert memory.touches(b"995550")
    assert not memory.knows("995550")
    assert not memory.knows("132")
    assert not memory.touches(b"0000")


def test_the_oldest_of_many_numbers_are_forgotten(memory: Memory) -> None:
    for number in range(1000, 1000 + MANY):
        memory.add(str(number))
    assert not memory.knows("1000")
    assert not memory.touches(b"1000")
    assert memory.knows(str(1000 + MANY - 1))


def test_a_hash_that_lies_across_two_others_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = {1111: b"abcd", 2222: b"efgh", 3333: b"cdef", 4444: b"bcde", 5555: b"efgh"}
    monkeypatch.setattr(KeyedMemory, "_hash", lambda _self, window: hashes[window])
    memory = KeyedMemory(bytes(16))
    memory.add("1111")
    memory.add("2222")
    assert not memory.knows("3333")
    assert not memory.knows("4444")
    assert memory.knows("5555")
