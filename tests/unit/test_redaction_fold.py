"""Every character is folded to one, also when more of them came up than are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumer.redaction import fold

LETTERS = "".join(map(chr, range(0x4E00, 0x4E00 + 0x5000)))


def test_characters_beyond_those_kept_are_folded_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    table = fold._Fold()
    monkeypatch.setattr(fold, "_TABLE", table)
    for _ in range(2):
        assert fold.fold(f"{LETTERS} \u00c9\uff14") == "x" * len(LETTERS) + " e4"
    assert 0 < len(table) < len(LETTERS)


@given(st.text(st.characters(exclude_categories=()), max_size=40) | st.text("aB \u00e9\u2019\u0664\x00", max_size=40))
def test_a_text_is_folded_as_its_characters_are(text: str) -> None:
    assert fold.fold(text) == "".join(map(fold._fold, text))


@given(st.lists(st.text("aB 5\u00e9\u2019\u4e00", max_size=9) | st.text(max_size=5), max_size=4))
def test_texts_are_joined_in_ascii_and_only_what_is_none_is_folded(texts: list[str]) -> None:
    joined = fold.in_ascii("|", texts)
    assert joined == "|".join(text if text.isascii() else fold.fold(text) for text in texts).encode()
    assert len(joined) == len("|".join(texts))
