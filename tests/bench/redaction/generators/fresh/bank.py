"""Reads a bank of phrases or words from a block of text."""


def phrases(block: str) -> tuple[str, ...]:
    """Read the lines of a block; `{x}` in a phrase stands for what is told."""
    return tuple(line.strip() for line in block.strip().splitlines() if line.strip())


def listed(block: str) -> tuple[str, ...]:
    """Read the words of a block."""
    return tuple(block.split())
