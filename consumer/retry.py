"""How long to wait before another try, and how many tries all records together may cost. Pure."""

from collections.abc import Callable


def full_jitter(
    attempt: int, *, uniform: Callable[[float, float], float], first_seconds: float, longest_seconds: float
) -> float:
    """Choose a wait between nothing and a ceiling that doubles with every attempt (the first is 1), in seconds."""
    return uniform(0.0, min(first_seconds * 2.0 ** min(attempt - 1, 30), longest_seconds))


class RetryBudget:
    """Every first try earns a part of a retry and every retry costs a whole one, so that retries never multiply an overload."""

    def __init__(self, *, ratio: float = 0.2, reserve: float = 20.0) -> None:
        """`ratio` is how many retries a first try earns; `reserve` is the most that is saved up, and what there is at first."""
        self._ratio = ratio
        self._reserve = reserve
        self._saved = reserve

    def earn(self) -> None:
        """Note a first try."""
        self._saved = min(self._saved + self._ratio, self._reserve)

    def spend(self) -> bool:
        """Take one retry out of the budget; False if there is none left."""
        if self._saved < 1.0:
            return False
        self._saved -= 1.0
        return True
