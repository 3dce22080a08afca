"""No pattern can be made to run long: each is one that RE2 runs in linear time, and says the same there."""

import ast
import importlib
import pkgutil
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import re2

from consumer import redaction
from consumer.redaction import PATTERNS, inner

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # the parser has no public name in Python 3.11
    import sre_constants
    import sre_parse

SOURCES = sorted(Path(redaction.__path__[0]).glob("*.py"))
HOSTILE = (
    "1", "12 ", "1-", "1.", "1,", "4:", "a1", "a-", "ab ", "a@", "a.", "@a.", "1:", "f:", "::", "de89 ", "de89", "sw1a ", "$1", "$1,", "10:30 ", "1/",
    "5% ", "www.", "https://", "[a", "[redacted_", "dddd", "dgdg", "dfff", "mmmm", "((((", "TdTd", "hhhh", "lDlD", "dDdD", "MdMd", "||||", "this is ",
    "x1234567", "12345678", "ab123456",
)  # fmt: skip
ENDS = ("", "!", "0", "z")
REPEATS = (sre_constants.MAX_REPEAT, sre_constants.MIN_REPEAT)


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_compiles_under_re2(name: str) -> None:
    assert re2.compile(PATTERNS[name].pattern)


@pytest.mark.parametrize("name", PATTERNS)
def test_hostile_text_says_the_same_under_re2(name: str) -> None:
    linear = re2.compile(PATTERNS[name].pattern)
    for piece in HOSTILE:
        for end in ENDS:
            text: Any = piece * (200 // len(piece)) + end
            if isinstance(PATTERNS[name].pattern, bytes):
                text = text.encode()
            assert [one.span() for one in linear.finditer(text)] == [
                one.span() for one in PATTERNS[name].finditer(text)
            ], piece


@pytest.mark.parametrize("name", PATTERNS)
def test_what_repeats_without_bound_is_one_class_or_the_end(name: str) -> None:
    parsed = sre_parse.parse(PATTERNS[name].pattern)  # type: ignore[arg-type]  # it takes bytes as well
    last = parsed.data[-1]
    for op, argument in _walk(parsed.data):
        if op in REPEATS and argument[1] is sre_constants.MAXREPEAT:
            body = list(argument[2])
            single = len(body) == 1 and body[0][0] in (sre_constants.IN, sre_constants.LITERAL)
            assert single or (op, argument) == last
            assert not any(inside[0] in REPEATS and inside[1][1] is sre_constants.MAXREPEAT for inside in _walk(body))


def test_every_pattern_of_the_package_is_named() -> None:
    modules = [
        importlib.import_module(f"consumer.redaction.{one.name}") for one in pkgutil.iter_modules(redaction.__path__)
    ]
    compiled = {value.pattern for module in modules for value in vars(module).values() if isinstance(value, re.Pattern)}
    assert compiled == {pattern.pattern for pattern in PATTERNS.values()}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_no_pattern_is_made_on_the_way(source: Path) -> None:
    tree = ast.parse(source.read_text())
    made = [
        node
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if _uses_re(node)
    ]
    assert not made


def test_what_stands_beside_a_find_may_stand_beside_the_next() -> None:
    pattern = re.compile(r"(?:^|\D)(\d{2})(?:\D|$)|(\d\$)")
    assert list(inner.find(pattern, "12 34,567 8$9")) == [(0, 2), (3, 5), (10, 12)]
    assert list(inner.find(pattern, "12 34", 1)) == [(3, 5)]


def _walk(parsed: list[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """Walk through the nested operations of a parsed pattern."""
    for op, argument in parsed:
        yield op, argument
        for part in argument if isinstance(argument, tuple | list) else ():
            inside = part if isinstance(part, list) else [part]
            for one in inside:
                if isinstance(one, sre_parse.SubPattern):
                    yield from _walk([*one.data])


def _uses_re(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    )
