"""The scan for harmless shapes says what regular expressions say, which are slower and easier to read."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from consumer.redaction import inner, shapes

# Each takes in the characters beside it; the group is the shape.
SHAPES = (
    r"(\$ ?\d[\d,]{0,15}(?:\.\d{1,2})?)(?:\D|$)",  # money
    r"(?:^|[^\d.,])(\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?)(?:[^\d,-]|$)",  # thousands
    r"(?:^|[^\d:])(\d{1,2}:\d{2}(?::\d{2})?)(?:[^\d:]|$)",  # time of day
    r"(?:^|[^\d-])((?:19|20)\d\d-\d\d-\d\d)(?:[^\d-]|$)",  # ISO 8601 date
    r"(?:^|[^\d/.-])(\d{1,2}/\d{1,2}/(?:\d{4}|\d{2}))(?:[^\d/]|$)",  # date
    r"(?:^|[^\d.])(\d{1,6}\.\d{1,2})(?:[^\d.]|$|\.(?:\D|$))",  # decimal number
    r"(?:^|\D)(\d{1,3}(?:\.\d{1,4})? ?%)",
    r"\b(24/7)\b",
    r"(https?://\S{1,300}|www\.\S{1,300})",
)
REFERENCE = re.compile("|".join(SHAPES), re.ASCII)
PIECES = (
    "1", "2", "0", "12", "123", "1234", "2024", "1999", "19", "24/7", "$", "$ ", ",", ".", ":", "-", "/", "%", " %", " ", "a", "h", "w", "_", "\u00a4",
    "http://", "https://", "www.", "http:", "x1", ",000", ",250", ".50", ":30", "-12", "/7", "/24", "2024-01-31", "$1,200.50", "1,200.50,", "10:30:15", "1" * 16, "w" * 301,
)  # fmt: skip


@settings(max_examples=3000, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_the_scan_finds_what_the_patterns_find(text: str) -> None:
    assert shapes.find(text) == inner.find(REFERENCE, text)


def test_a_price_with_a_comma_behind_it_ends_before_its_point() -> None:
    assert shapes.find("1,200.50,5") == inner.find(REFERENCE, "1,200.50,5") == [(0, 5)]
