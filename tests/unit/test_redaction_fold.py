"""Every character is folded to one, also when more of them came up than are kept."""

import pytest

from consumer.redaction import fold

LETTERS = "".join(map(chr, range(0x4E00, 0x4E00 + 0x5000)))


def test_characters_beyond_those_kept_are_folded_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    table = fold._Fold()
    monkeypatch.setattr(fold, "_TABLE", table)
    for _ in range(2):
        assert fold.fold(f"{LETTERS} \u00c9\uff14") == "x" * len(LETTERS) + " e4"
    assert 0 < len(table) < len(LETTERS)
