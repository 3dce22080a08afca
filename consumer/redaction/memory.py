"""Remember numbers that were hidden, by their four-digit windows, so that a repeat is known."""

import hashlib
from collections import deque
from typing import Final, Protocol

WINDOW: Final = 4
_MOST_WINDOWS: Final = 256
_HASH_BYTES: Final = 4


class Memory(Protocol):
    """The hidden numbers of one conversation."""

    def add(self, digits: str) -> None:
        """Remember a number."""
        ...

    def knows(self, digits: str) -> bool:
        """Tell whether every four-digit window of a number was hidden before."""
        ...

    def touches(self, digits: str) -> bool:
        """Tell whether any four-digit window of some digits was hidden before."""
        ...

    @property
    def empty(self) -> bool:
        """Tell whether nothing was hidden yet."""
        ...


class CallMemory:
    """For a call that is redacted at once, beside its raw text: plain and fast."""

    __slots__ = ("_order", "_windows")

    def __init__(self) -> None:
        self._windows: set[str] = set()
        self._order: deque[str] = deque()

    def add(self, digits: str) -> None:
        """Remember a number; the oldest are forgotten, or in a very long call every short number would be a repeat."""
        for window in _windows(digits):
            if window not in self._windows:
                self._windows.add(window)
                self._order.append(window)
        while len(self._order) > _MOST_WINDOWS:
            self._windows.remove(self._order.popleft())

    def knows(self, digits: str) -> bool:
        """Tell whether every four-digit window of a number was hidden before."""
        return len(digits) >= WINDOW and self._windows.issuperset(_windows(digits))

    def touches(self, digits: str) -> bool:
        """Tell whether any four-digit window of some digits was hidden before."""
        return not self._windows.isdisjoint(_windows(digits))

    @property
    def empty(self) -> bool:
        """Tell whether nothing was hidden yet."""
        return not self._windows


class KeyedMemory:
    """For a conversation that stays open: keyed hashes, at most 1 KiB, from which no number can be read without the key."""

    __slots__ = ("_hashes", "_key")

    def __init__(self, key: bytes) -> None:
        """`key` is random, of at most 64 bytes, and written nowhere."""
        self._key = key
        self._hashes = b""

    def add(self, digits: str) -> None:
        """Remember a number; the oldest are forgotten."""
        for window in map(self._hash, _windows(digits)):
            if not self._holds(window):
                self._hashes += window
        self._hashes = self._hashes[-_MOST_WINDOWS * _HASH_BYTES :]

    def knows(self, digits: str) -> bool:
        """Tell whether every four-digit window of a number was hidden before."""
        return (
            bool(self._hashes)
            and len(digits) >= WINDOW
            and all(self._holds(self._hash(one)) for one in _windows(digits))
        )

    def touches(self, digits: str) -> bool:
        """Tell whether any four-digit window of some digits was hidden before."""
        return any(self._holds(self._hash(one)) for one in _windows(digits))

    @property
    def empty(self) -> bool:
        """Tell whether nothing was hidden yet."""
        return not self._hashes

    def _hash(self, window: str) -> bytes:
        return hashlib.blake2b(window.encode(), digest_size=_HASH_BYTES, key=self._key).digest()

    def _holds(self, window: bytes) -> bool:
        at = self._hashes.find(window)
        while at >= 0 and at % _HASH_BYTES:
            at = self._hashes.find(window, at + 1)
        return at >= 0


def _windows(digits: str) -> list[str]:
    return [digits[at : at + WINDOW] for at in range(len(digits) - WINDOW + 1)]
