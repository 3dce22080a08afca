"""Where the sets lie, and how they are read."""

import gzip
from pathlib import Path

DATA = Path(__file__).parents[3] / "data"


def text_of(*path: str) -> str:
    """Read a file below tests/data, gzipped or not."""
    file = DATA.joinpath(*path)
    content = file.read_bytes()
    return (gzip.decompress(content) if file.suffix == ".gz" else content).decode()
