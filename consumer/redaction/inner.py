"""Find what stands between two boundaries, without lookaround, which RE2 does not have.

A pattern takes in the characters beside what it looks for and marks that with a group, one for each of its alternatives. A character
beside one find may stand beside the next as well.
"""

import re


def first(pattern: re.Pattern[str], text: str, start: int) -> tuple[int, int] | None:
    """Find the first group that matches from `start` on."""
    at = max(start - 1, 0)
    while (match := pattern.search(text, at)) is not None:
        begin, end = match.span(match.lastindex or 0)
        if begin >= start:
            return begin, end
        at = begin + 1
    return None


def find(pattern: re.Pattern[str], text: str, start: int = 0) -> list[tuple[int, int]]:
    """List start and end of the groups that match from `start` on, apart from each other."""
    found: list[tuple[int, int]] = []
    at, free = max(start - 1, 0), start
    while (match := pattern.search(text, at)) is not None:
        begin, end = match.span(match.lastindex or 0)
        if begin < free:
            at = begin + 1
            continue
        found.append((begin, end))
        at, free = end - 1, end
    return found
