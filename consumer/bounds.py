"""Bound the bytes of fetched transcripts that wait for the index, whatever the lag is."""

import asyncio


class ByteBudget:
    """Counts bytes held; new fetches wait while the limit is reached. One transcript may pass the limit, or a large one never could."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._room = asyncio.Event()
        self._room.set()
        self.held = 0

    async def room(self) -> None:
        """Wait until less than the limit is held."""
        while self.held >= self._limit:
            await self._room.wait()

    def add(self, size: int) -> None:
        """Hold some bytes."""
        self.held += size
        if self.held >= self._limit:
            self._room.clear()

    def release(self, size: int) -> None:
        """Give bytes back."""
        self.held -= size
        if self.held < self._limit:
            self._room.set()
