"""Elasticsearch as the search backend: one client per process, no retries of its own, answers reduced to what is needed."""

import re
from typing import Any

from aiohttp import Payload
from aiohttp.abc import AbstractStreamWriter
from elastic_transport import AiohttpHttpNode, ConnectionTimeout, NdjsonSerializer, TransportError
from elastic_transport import ConnectionError as NoConnection
from elasticsearch import ApiError, AsyncElasticsearch, OrjsonSerializer
from msgspec import ValidationError, convert

from consumer.document import Summary
from consumer.search.backend import BulkAnswer, BulkFailure, BulkItem, Held
from consumer.settings import SearchSettings

BULK_FILTER = "errors,items.*.status,items.*.error.type"
NOT_FOUND = 404
PIECE_BYTES = 64 * 1024
FOREIGN_ANSWER = "an answer that is not Elasticsearch's"
_ERROR_TYPE = re.compile(r"[A-Za-z_]{1,100}\Z")


class _Lines(NdjsonSerializer):
    """Passes a body that is made of bytes on as it is; the vendor's own makes two copies of it."""

    def dumps(self, data: Any) -> bytes:
        return data if isinstance(data, bytes) else super().dumps(data)


class Body(Payload):
    """A body that is written piece by piece: what the socket does not take of a whole one is copied into the transport's buffer."""

    _value: bytes

    def __init__(self, value: bytes) -> None:
        super().__init__(value)
        self._size = len(value)

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        """Give the body as text."""
        return self._value.decode(encoding, errors)

    async def write(self, writer: AbstractStreamWriter) -> None:
        """Write the body, as fast as the socket takes it."""
        whole = memoryview(self._value)
        for start in range(0, len(whole), PIECE_BYTES):
            await writer.write(whole[start : start + PIECE_BYTES])  # waits while the transport's buffer is full


class _Node(AiohttpHttpNode):
    """Sends bodies in pieces and keeps them out of the log, for which the vendor's own decodes each one, whatever is logged."""

    async def perform_request(  # type: ignore[override]  # as the vendor's own
        self, method: str, target: str, body: bytes | None = None, *arguments: Any, **options: Any
    ) -> Any:
        pieces: Any = Body(body) if body else None
        return await super().perform_request(method, target, pieces, *arguments, **options)

    def _log_request(self, *arguments: Any, **options: Any) -> None:
        pass


def make_client(settings: SearchSettings) -> AsyncElasticsearch:
    """Build the one client of this process. The transport's own retries are off: the indexer retries, and only it."""
    auth = (settings.user, settings.password.get_secret_value()) if settings.user and settings.password else None
    arguments: dict[str, Any] = {"basic_auth": auth} if auth else {}
    if settings.ca_file:
        arguments["ca_certs"] = str(settings.ca_file)
    return AsyncElasticsearch(
        settings.host,
        max_retries=0,
        retry_on_timeout=False,
        request_timeout=settings.request_timeout_seconds,
        connections_per_node=settings.bulk_in_flight + 2,
        http_compress=False,
        node_class=_Node,
        serializers={"application/json": OrjsonSerializer(), "application/x-ndjson": _Lines()},
        **arguments,
    )


class ElasticsearchBackend:
    """Speaks to Elasticsearch 9."""

    def __init__(self, client: AsyncElasticsearch) -> None:
        self._client = client

    async def bulk(self, index: str, body: bytes) -> BulkAnswer | BulkFailure:
        """Send one bulk request."""
        try:
            lines: Any = body  # bytes are passed on as they are; the annotation knows only of mappings
            answer = await self._client.bulk(index=index, operations=lines, filter_path=BULK_FILTER, require_alias=True)
        except (ApiError, TransportError) as error:
            return _failure(error)
        try:
            if not answer["errors"]:
                return BulkAnswer([BulkItem(item["index"]["status"]) for item in answer["items"]])
            return BulkAnswer([_item(item["index"]) for item in answer["items"]])
        except (LookupError, TypeError, AttributeError):  # a gateway in between answers as it likes
            return BulkFailure(None, FOREIGN_ANSWER)

    async def held(self, index: str, document_id: str) -> Held | BulkFailure | None:
        """Look up a document, without its text."""
        try:
            found = await self._client.get(index=index, id=document_id, source_includes=Summary.__struct_fields__)
        except ApiError as error:
            body = error.body
            if error.status_code == NOT_FOUND and isinstance(body, dict) and body.get("found") is False:
                return None
            return _failure(error)
        except TransportError as error:
            return _failure(error)
        try:
            return Held(int(found["_version"]), _summary(found.get("_source")))
        except (LookupError, TypeError, ValueError, AttributeError):
            return BulkFailure(None, FOREIGN_ANSWER)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()


def _item(item: dict[str, Any]) -> BulkItem:
    error = item.get("error")
    return BulkItem(item["status"], _type_of(error.get("type")) if isinstance(error, dict) else None)


def _summary(source: object) -> Summary | None:
    """Read what a document says of itself; None where it is not one of ours."""
    try:
        # An object without fields is left out where only some fields are asked for.
        return convert({"redactions": {}} | source, Summary) if isinstance(source, dict) else None
    except ValidationError:
        return None


def _type_of(value: object) -> str | None:
    """Take an engine's word for a kind of error; whatever is not one word, a sentence or an object, is not passed on."""
    return value if isinstance(value, str) and _ERROR_TYPE.match(value) else None


def _failure(error: ApiError | TransportError) -> BulkFailure:
    """Keep the kind of an error; its message may quote a document."""
    match error:
        case ApiError():
            return BulkFailure(error.status_code, _type_of(error.message) or "api_error")
        case ConnectionTimeout():
            return BulkFailure(None, "timeout")
        case NoConnection():
            return BulkFailure(None, "no connection")
        case _:
            return BulkFailure(None, type(error).__name__)
