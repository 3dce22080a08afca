"""What the bulk indexer needs of a search engine, in values."""

from typing import Protocol

import msgspec

from consumer.document import Summary


class BulkItem(msgspec.Struct, frozen=True):
    """The result of one item: its HTTP status and, if it failed, the type of the error.

    The reason of an error is not kept: it quotes the document.
    """

    status: int
    error_type: str | None = None


class BulkAnswer(msgspec.Struct, frozen=True):
    """The engine took the request apart; one item per document, in order."""

    items: list[BulkItem]


class BulkFailure(msgspec.Struct, frozen=True):
    """The request as a whole failed: an HTTP status, or None when there was no answer."""

    status: int | None
    reason: str


class Held(msgspec.Struct, frozen=True):
    """A document that the index holds: its external version and, where it is one of ours, what the audit says of it."""

    version: int
    summary: Summary | None = None


class SearchBackend(Protocol):
    """One search engine."""

    async def bulk(self, index: str, body: bytes) -> BulkAnswer | BulkFailure:
        """Send one bulk request: action and document lines, each ended by a newline."""
        ...

    async def held(self, index: str, document_id: str) -> Held | BulkFailure | None:
        """Look up a document, without its text; None if there is none."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...
