"""What is of C where the package is compiled, and of Python where it runs as it stands: integers, reading them from bytes, plain objects."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from librt.strings import BytesWriter, read_i32_le, read_i64_le, write_i64_le

if TYPE_CHECKING:
    from mypy_extensions import i64, mypyc_attr, u8
else:
    i64 = u8 = int

    def mypyc_attr(**_: object) -> Callable[[type], type]:
        """Tell the compiler about a class: that its objects are in no cycle, or that the memory of one is kept for the next."""
        return lambda cls: cls


__all__ = ["BytesWriter", "i64", "mypyc_attr", "read_i32_le", "read_i64_le", "u8", "write_i64_le"]
