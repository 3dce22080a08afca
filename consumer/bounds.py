"""Bound the bytes of transcripts from the fetch to the index's answer, whatever the lag is and however long the calls are."""

import asyncio
from collections import deque

FIRST_GUESS_BYTES = 1024 * 1024  # a long call: few are fetched at once until the first one has come
MEMORY = 16  # fetches that the usual size looks back on


class ByteBudget:
    """Counts bytes held. While the limit is reached nothing new is fetched; what is being fetched counts as of the usual size.

    One transcript may pass the limit, or a large one never could.
    """

    def __init__(self, limit: int, *, usual: float = FIRST_GUESS_BYTES) -> None:
        self._limit = limit
        self._usual = usual
        self._guessed = True
        self._waiting: deque[asyncio.Future[None]] = deque()
        self.held = 0

    @property
    def full(self) -> bool:
        """Whether the limit is reached."""
        return self.held >= self._limit

    async def room(self) -> None:
        """Wait, in the order of asking, until less than the limit is held."""
        while self.full:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                self._let_in()  # our turn is another's
                raise

    @property
    def usual(self) -> int:
        """What a fetch is expected to bring, in bytes."""
        return int(self._usual)

    def learn(self, size: int) -> None:
        """Note the size of a transcript."""
        self._usual = size if self._guessed else self._usual + (size - self._usual) / MEMORY
        self._guessed = False

    def add(self, size: int) -> None:
        """Hold some bytes; a negative number gives them back."""
        self.held += size
        if size < 0 and self._waiting:
            self._let_in()

    def _let_in(self) -> None:
        """Let in as many as there is room for; each counts once it fetches."""
        room = self._limit - self.held
        while room > 0 and self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                room -= max(self.usual, 1)


class Hold:
    """The bytes of one record: guessed, then read, then those of its document. `resize(0)` gives them back."""

    __slots__ = ("_budget", "_guessed", "size")

    def __init__(self, budget: ByteBudget) -> None:
        self._budget = budget
        self._guessed = False
        self.size = 0

    def guess(self) -> None:
        """Count a fetch that begins as of the usual size."""
        self.resize(self._budget.usual)
        self._guessed = True

    def received(self, size: int) -> None:
        """Count a body that was read, the first one in the place of the guess."""
        self.resize(size if self._guessed else self.size + size)
        self._guessed = False

    def resize(self, size: int) -> None:
        """Hold this many bytes from now on."""
        self._budget.add(size - self.size)
        self.size = size
