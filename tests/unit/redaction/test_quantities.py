"""The scan for quantities, beside the expression that it stands for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumer.redaction import quantities

EXPRESSION = re.compile(r"([dtTn]{1,2}[hk](?:a?[dtTnhk]){0,6}|T-?d|[dtTn])-?[uO]")


def by_expression(classes: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    while (match := EXPRESSION.search(classes, at)) is not None:
        found.append(match.span(1))
        at = match.end(1)
    return found


@pytest.mark.parametrize(
    ("classes", "found"),
    [
        ("du", [(0, 1)]),
        ("T-du", [(0, 3)]),
        ("TdO", [(0, 2)]),
        ("T-O", [(0, 1)]),
        ("dhaTdu", [(0, 5)]),
        ("dThdkdu", [(0, 6)]),
        ("ddddu", [(3, 4)]),
        ("dhdddddddu", [(8, 9)]),
        ("duxnu", [(0, 1), (3, 4)]),
        ("dha", []),
        ("d-", []),
        ("", []),
    ],
)
def test_what_a_unit_owns(classes: str, found: list[tuple[int, int]]) -> None:
    assert quantities.find(classes) == found == by_expression(classes)


@given(st.text(alphabet="dtTnhkauO-x|Q", max_size=24))
def test_the_scan_finds_what_the_expression_finds(classes: str) -> None:
    assert quantities.find(classes) == by_expression(classes)
