"""Integers that are those of C where the package is compiled, and Python's where it runs as it stands; and how to read them from bytes."""

from typing import TYPE_CHECKING

from librt.strings import read_i32_le, read_i64_le

if TYPE_CHECKING:
    from mypy_extensions import i64
else:
    i64 = int

__all__ = ["i64", "read_i32_le", "read_i64_le"]
