"""What happened, in order, as lines and as a hash: two runs of one seed are the same run if the hashes are."""

import asyncio
import hashlib


class Trace:
    """Keeps a running hash of every line, and the lines themselves on request."""

    def __init__(self, *, keep: bool = False) -> None:
        self._hash = hashlib.sha256()
        self._keep = keep
        self.lines: list[str] = []
        self.count = 0

    def note(self, *words: object) -> None:
        """Add a line: the virtual time and what happened."""
        line = f"{asyncio.get_running_loop().time():.6f} " + " ".join(map(str, words))
        self._hash.update(line.encode() + b"\n")
        self.count += 1
        if self._keep:
            self.lines.append(line)

    @property
    def digest(self) -> str:
        """The hash of everything so far, hexadecimal."""
        return self._hash.hexdigest()
