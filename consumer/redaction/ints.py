"""Integers that are those of C where the package is compiled, and Python's where it runs as it stands."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_extensions import i64
else:
    i64 = int

__all__ = ["i64"]
