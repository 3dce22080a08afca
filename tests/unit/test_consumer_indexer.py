"""The bulk indexer: when a request leaves, what each document's result is, and that nothing but an answer settles one."""

import asyncio
import random
import tracemalloc
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from aiohttp.abc import AbstractStreamWriter
from elastic_transport import ApiResponseMeta, ConnectionTimeout, HttpHeaders, NodeConfig
from elastic_transport import ConnectionError as NoConnection
from elasticsearch import ApiError, AsyncElasticsearch

from consumer.dependency import Dependency
from consumer.document import Metrics, Summary
from consumer.search.backend import BulkAnswer, BulkFailure, BulkItem, Held
from consumer.search.elasticsearch import PIECE_BYTES, Body, ElasticsearchBackend, make_client
from consumer.search.indexer import BulkIndexer, BulkLimits, Indexed, ItemRejected, PutResult, Superseded
from consumer.settings import SearchSettings
from tests.unit.fakes import FakeBackend, new_dependency, new_metrics, note_sleeps, turn_over, until


def make_indexer(
    backend: FakeBackend,
    *,
    documents: int = 500,
    size: int = 1_000_000,
    linger: float = 0.0,
    in_flight: int = 4,
    engine: Dependency | None = None,
) -> BulkIndexer:
    limits = BulkLimits(documents=documents, bytes=size, linger_seconds=linger, in_flight=in_flight)
    return BulkIndexer(backend, index="alias", limits=limits, engine=engine or new_dependency(), metrics=new_metrics())


def put(indexer: BulkIndexer, *names: str, body: bytes = b"{}") -> list["asyncio.Future[PutResult]"]:
    return [indexer.put(document_id=name, version=5, body=body) for name in names]


async def results(futures: list["asyncio.Future[PutResult]"]) -> list[PutResult]:
    async with asyncio.timeout(5):
        return list(await asyncio.gather(*futures))


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Note back-offs instead of waiting; jitter is the longest it can be."""
    monkeypatch.setattr(random, "uniform", lambda _low, high: high)
    return note_sleeps(monkeypatch)


async def test_a_document_is_sent_under_its_external_version() -> None:
    backend = FakeBackend()
    await results(put(make_indexer(backend), "a", body=b'{"x":1}'))
    action, document = backend.bodies[0].splitlines()
    assert orjson.loads(action) == {"index": {"_id": "a", "version": 5, "version_type": "external_gte"}}
    assert document == b'{"x":1}'
    assert backend.bodies[0].endswith(b"\n")


async def test_a_request_leaves_when_it_holds_enough_documents() -> None:
    backend = FakeBackend()
    indexer = make_indexer(backend, documents=2, linger=60)
    futures = put(indexer, "a", "b", "c")
    await results(futures[:2])
    await turn_over()
    assert backend.requests == [["a", "b"]]
    assert not futures[2].done()
    await indexer.close()


@pytest.mark.usefixtures("slept")
async def test_a_document_is_held_once_whether_it_waits_is_sent_or_is_to_be_sent_again() -> None:
    refused = BulkItem(429, "rejected")
    backend = FakeBackend(BulkAnswer([BulkItem(201)] + [refused] * 99))
    backend.open.clear()
    indexer = make_indexer(backend, documents=100, size=1 << 40)
    tracemalloc.start()
    try:
        futures = [indexer.put(document_id=f"{number}", version=5, body=b"x" * 100_000) for number in range(100)]
        await until(lambda: backend.under_way)
        backend.bodies.clear()
        sending = tracemalloc.get_traced_memory()[0]
        backend.open.set()
        await results(futures)
        await until(lambda: not indexer._sending)
        sent_again = backend.bodies.pop()
        assert sent_again.count(b"\n") == 2 * 99
        backend.bodies.clear()
        del sent_again
        left = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert 10_000_000 <= sending < 11_000_000
    assert left < 1_000_000


async def test_a_request_leaves_when_it_holds_enough_bytes() -> None:
    backend = FakeBackend()
    indexer = make_indexer(backend, size=400, linger=60)
    futures = put(indexer, "a", "b", "c", body=b"x" * 150)
    await results(futures[:2])
    assert backend.requests == [["a", "b"]]
    await indexer.close()


async def test_a_request_leaves_after_its_linger() -> None:
    backend = FakeBackend()
    indexer = make_indexer(backend, linger=0.01)
    await results(put(indexer, "a", "b"))
    await results(put(indexer, "c"))
    assert backend.requests == [["a", "b"], ["c"]]


async def test_a_flush_sends_at_once_and_the_old_linger_does_not_cut_the_next_batch_short() -> None:
    backend = FakeBackend()
    indexer = make_indexer(backend, linger=60)
    futures = put(indexer, "a")
    indexer.flush()
    await results(futures)
    assert indexer._linger is None
    indexer.flush()
    await turn_over()
    assert backend.requests == [["a"]]


async def test_several_requests_are_in_flight_and_no_more_than_set() -> None:
    backend = FakeBackend()
    backend.open.clear()
    indexer = make_indexer(backend, documents=1, in_flight=3)
    futures = put(indexer, *"abcdefgh")
    await until(lambda: backend.under_way == 3)
    await turn_over()
    assert backend.under_way == 3
    backend.open.set()
    await results(futures)
    assert backend.most_under_way == 3
    assert len(backend.requests) == 8


@pytest.mark.parametrize("status", [429, 500, 502, 503, 403, 404])
async def test_an_item_refused_for_now_is_sent_again_alone_while_the_others_settle(
    status: int, slept: list[float]
) -> None:
    backend = FakeBackend(BulkAnswer([BulkItem(201), BulkItem(status, "busy"), BulkItem(200)]))
    futures = put(make_indexer(backend), "a", "b", "c")
    assert await results(futures) == [Indexed()] * 3
    assert backend.requests == [["a", "b", "c"], ["b"]]
    assert len(slept) == 1


async def test_a_settled_item_does_not_wait_for_one_that_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = FakeBackend(BulkAnswer([BulkItem(429), BulkItem(201)]))
    futures = put(make_indexer(backend), "a", "b")
    seen: list[tuple[bool, bool]] = []
    note_sleeps(monkeypatch, lambda _: seen.append((futures[0].done(), futures[1].done())))
    await results(futures)
    assert seen == [(False, True)]


async def test_an_older_version_is_superseded_and_a_refused_one_rejected_with_the_engines_type() -> None:
    backend = FakeBackend(
        BulkAnswer([BulkItem(409, "version_conflict_engine_exception"), BulkItem(400, "mapper"), BulkItem(400)])
    )
    assert await results(put(make_indexer(backend), "a", "b", "c")) == [
        Superseded(),
        ItemRejected("mapper"),
        ItemRejected("status_400"),
    ]
    assert len(backend.requests) == 1


async def test_a_request_too_large_is_halved_down_to_the_culprit() -> None:
    def refuse_big(ids: list[str]) -> BulkAnswer | BulkFailure:
        return BulkFailure(413, "large") if "big" in ids else BulkAnswer([BulkItem(201) for _ in ids])

    backend = FakeBackend(respond=refuse_big)
    names = ["a", "b", "c", "big", "d", "e", "f"]
    settled = await results(put(make_indexer(backend), *names))
    assert dict(zip(names, settled, strict=True)) == {
        **dict.fromkeys("abcdef", Indexed()),
        "big": ItemRejected("request_too_large"),
    }


async def test_halving_works_with_a_single_slot() -> None:
    backend = FakeBackend(BulkFailure(413, "large"))
    assert await results(put(make_indexer(backend, in_flight=1), "a", "b")) == [Indexed(), Indexed()]
    assert backend.requests == [["a", "b"], ["a"], ["b"]]
    assert backend.most_under_way == 1


@pytest.mark.parametrize(
    "failure", [BulkFailure(None, "timeout"), BulkFailure(503, "busy"), BulkFailure(401, "who"), BulkFailure(404, "x")]
)
async def test_a_request_that_failed_as_a_whole_is_sent_again_until_it_is_taken(failure: BulkFailure) -> None:
    backend, engine = FakeBackend(*[failure] * 12), new_dependency()
    seen: list[str | None] = []

    def respond(ids: list[str]) -> BulkAnswer:
        seen.append(engine.problem)
        return BulkAnswer([BulkItem(201) for _ in ids])

    backend.respond = respond
    assert await results(put(make_indexer(backend, engine=engine), "a", "b")) == [Indexed(), Indexed()]
    assert backend.requests == [["a", "b"]] * 13
    assert failure.reason in str(seen[0])
    assert engine.problem is None


async def test_while_the_engine_is_out_one_request_at_a_time_tries_and_all_go_on_when_it_is_back() -> None:
    engine = new_dependency()
    backend = FakeBackend(*[BulkFailure(None, "no connection")] * 30)
    indexer = make_indexer(backend, documents=1, in_flight=4, engine=engine)
    futures = put(indexer, *"abcd")
    await until(lambda: len(backend.requests) > 20)
    # The first four went out together; after that there was never more than one.
    backend.most_under_way = 0
    assert await results(futures) == [Indexed()] * 4
    assert {one for (one,) in backend.requests[4:20]} == set("abcd")
    assert not engine.is_out


async def test_a_document_that_fails_alone_holds_up_no_other(slept: list[float]) -> None:
    def refuse(ids: list[str]) -> BulkAnswer:
        return BulkAnswer([BulkItem(500 if one == "bad" else 201) for one in ids])

    backend = FakeBackend(respond=refuse)
    indexer = make_indexer(backend, documents=1)
    (bad,) = put(indexer, "bad")
    for name in "abcdef":
        await results(put(indexer, name))
    assert not bad.done()
    await indexer.close()


async def test_a_mapping_that_lacks_a_field_buries_nothing_and_waits_for_its_mend() -> None:
    lacks = BulkAnswer([BulkItem(400, "strict_dynamic_mapping_exception")] * 2)
    backend = FakeBackend(lacks, lacks)
    assert await results(put(make_indexer(backend), "a", "b")) == [Indexed(), Indexed()]
    assert len(backend.requests) == 3


async def test_a_look_up_that_works_does_not_end_the_wait_of_writers_for_a_read_only_index() -> None:
    engine = new_dependency()
    backend = FakeBackend(
        respond=lambda ids: BulkAnswer([BulkItem(403, "cluster_block_exception")] * len(ids)), held=[Held(7)]
    )
    indexer = make_indexer(backend, engine=engine)
    put(indexer, "a")
    await until(lambda: engine.is_out)
    assert await indexer.held("b") == Held(7)
    assert engine.is_out
    await indexer.close()


@pytest.mark.parametrize("count", [0, 1, 3])
async def test_an_answer_about_another_number_of_documents_settles_none_of_them(count: int, slept: list[float]) -> None:
    backend = FakeBackend(BulkAnswer([BulkItem(201)] * count))
    assert await results(put(make_indexer(backend), "a", "b")) == [Indexed(), Indexed()]
    assert backend.requests == [["a", "b"]] * 2


async def test_a_waiter_that_went_away_breaks_nothing_and_is_not_sent_again(slept: list[float]) -> None:
    backend = FakeBackend(BulkAnswer([BulkItem(429), BulkItem(429), BulkItem(201)]))
    backend.open.clear()
    futures = put(make_indexer(backend), "gone", "b", "c")
    await until(lambda: backend.requests)
    futures[0].cancel()
    backend.open.set()
    assert await results(futures[1:]) == [Indexed(), Indexed()]
    assert backend.requests == [["gone", "b", "c"], ["b"]]


async def test_a_batch_whose_waiters_all_went_away_is_not_sent() -> None:
    backend = FakeBackend()
    indexer = make_indexer(backend, linger=60)
    (future,) = put(indexer, "a")
    future.cancel()
    indexer.flush()
    await turn_over()
    assert backend.requests == []


@pytest.mark.parametrize("held", [None, Held(7)])
async def test_what_is_held_is_asked_for_until_there_is_an_answer(held: Held | None) -> None:
    backend = FakeBackend(held=[BulkFailure(503, "x"), BulkFailure(None, "timeout"), held])
    engine = new_dependency()
    assert await make_indexer(backend, engine=engine).held("a") == held
    assert not engine.is_out


async def test_closing_gives_up_what_is_on_its_way_and_settles_nothing() -> None:
    backend = FakeBackend()
    backend.open.clear()
    indexer = make_indexer(backend, documents=1, linger=60)
    futures = put(indexer, "a")
    await until(lambda: backend.under_way)
    await indexer.close()
    assert backend.closed
    assert backend.under_way == 0
    assert not futures[0].done()


class FakeWriter(AbstractStreamWriter):
    """Notes the pieces that are written."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    async def write(self, chunk: bytes | bytearray | memoryview) -> None:
        self.pieces.append(bytes(chunk))

    async def write_eof(self, chunk: bytes = b"") -> None:
        """End."""

    async def drain(self) -> None:
        """Wait."""

    def enable_compression(self, encoding: str = "deflate", strategy: int | None = None) -> None:
        """Compress."""

    def enable_chunking(self) -> None:
        """Chunk."""

    async def write_headers(self, status_line: str, headers: object) -> None:
        """Begin."""


class FakeElasticsearch(AsyncElasticsearch):
    """The vendor's client, which answers what it is given instead of asking a server."""

    def __init__(self, answer: dict[str, object] | Exception) -> None:
        super().__init__("http://localhost:9")
        self.answer = answer
        self.asked: dict[str, object] = {}

    async def bulk(self, **arguments: object) -> dict[str, object]:  # type: ignore[override]  # as much as is called
        """Answer."""
        self.asked = arguments
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def get(self, **arguments: object) -> dict[str, object]:  # type: ignore[override]  # as much as is called
        """Answer."""
        return await self.bulk(**arguments)


def api_error(status: int, body: object, message: Any = "error_type") -> ApiError:
    """Make an error as the vendor's client does: it takes `error` of the body for a message, whatever that is."""
    meta = ApiResponseMeta(status, "1.1", HttpHeaders(), 0.0, NodeConfig("http", "localhost", 9))
    return ApiError(message, meta, body)


async def test_elasticsearch_answers_are_reduced_to_status_and_type() -> None:
    reason = "failed to parse: Preview of field's value: '4111'"
    items = [
        {"index": {"status": 201}},
        {"index": {"status": 400, "error": {"type": "strict_dynamic_mapping_exception", "reason": reason}}},
    ]
    client = FakeElasticsearch({"errors": True, "items": items})
    answer = await ElasticsearchBackend(client).bulk("alias", b"lines")
    assert answer == BulkAnswer([BulkItem(201), BulkItem(400, "strict_dynamic_mapping_exception")])
    assert client.asked["operations"] == b"lines"
    assert client.asked["index"] == "alias"
    assert client.asked["require_alias"] is True
    await client.close()


@pytest.mark.parametrize(
    ("make", "failure"),
    [
        (lambda: api_error(503, {}, "unavailable_shards_exception"), BulkFailure(503, "unavailable_shards_exception")),
        (lambda: api_error(400, {}, "Preview of field's value: '4111'"), BulkFailure(400, "api_error")),
        (lambda: api_error(502, {"error": {"code": 4111}}, {"code": 4111}), BulkFailure(502, "api_error")),
        (lambda: ConnectionTimeout("4111"), BulkFailure(None, "timeout")),
        (lambda: NoConnection("4111"), BulkFailure(None, "no connection")),
    ],
)
async def test_a_failed_elasticsearch_request_keeps_its_kind_and_quotes_nothing(
    make: Callable[[], Exception], failure: BulkFailure
) -> None:
    client = FakeElasticsearch(make())
    assert await ElasticsearchBackend(client).bulk("alias", b"") == failure
    assert await ElasticsearchBackend(client).held("alias", "a") == failure
    await client.close()


@pytest.mark.parametrize(
    "answer",
    [{}, {"errors": True}, {"errors": True, "items": [{"create": {"status": 201}}]}, {"errors": True, "items": 1}],
)
async def test_an_answer_that_is_not_elasticsearchs_is_a_failure_to_be_tried_again(answer: dict[str, object]) -> None:
    client = FakeElasticsearch(answer)
    failure = BulkFailure(None, "an answer that is not Elasticsearch's")
    assert await ElasticsearchBackend(client).bulk("alias", b"lines") == failure
    assert await ElasticsearchBackend(client).held("alias", "a") == failure
    await client.close()


async def test_a_body_goes_to_the_socket_as_it_is_in_pieces_and_again_where_a_connection_is_made_anew() -> None:
    client = make_client(SearchSettings())
    body = bytes(range(256)) * 1000
    passed = client.transport.serializers.dumps(
        body, mimetype="application/vnd.elasticsearch+x-ndjson; compatible-with=9"
    )
    assert passed is body
    payload = Body(body)
    for _ in range(2):
        writer = FakeWriter()
        await payload.write_with_length(writer, payload.size)
        assert b"".join(writer.pieces) == body
        assert max(map(len, writer.pieces)) == PIECE_BYTES
    assert payload.decode("latin-1").encode("latin-1") == body
    await client.close()


async def test_no_body_and_no_answer_is_logged_by_the_vendors_client(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    client = make_client(SearchSettings())
    node = client.transport.node_pool.get()
    node._log_request("PUT", "/_bulk", HttpHeaders(), b"4111", response=b"4111")
    assert caplog.text == ""
    await client.close()


async def test_an_item_error_is_kept_as_one_word_or_not_at_all() -> None:
    items = [{"index": {"status": 400, "error": {"type": odd}}} for odd in ("no, 4111 1111", {"type": "x"}, None)]
    client = FakeElasticsearch({"errors": True, "items": items})
    assert await ElasticsearchBackend(client).bulk("alias", b"lines") == BulkAnswer([BulkItem(400, None)] * 3)
    await client.close()


@pytest.mark.usefixtures("slept")
async def test_an_error_that_nobody_foresaw_leaves_no_document_without_a_result() -> None:
    class Surprising(FakeBackend):
        async def bulk(self, index: str, body: bytes) -> BulkAnswer | BulkFailure:
            """Fail in a way of its own, once."""
            if not self.requests:
                self.requests.append([])
                raise ZeroDivisionError
            return await super().bulk(index, body)

    assert await results(put(make_indexer(Surprising()), "a")) == [Indexed()]


async def test_only_a_missing_document_is_not_held_and_a_missing_index_is_a_failure() -> None:
    source = {
        "event_id": "e",
        "metrics": {"average_confidence": 0.5, "processing_latency_seconds": 1.0, "utterance_count": 2},
    }
    summary = Summary(event_id="e", metrics=Metrics(0.5, 1.0, 2), redactions={"SSN": 1}, policy_hash="p")
    nothing = Summary(event_id="e", metrics=Metrics(0.5, 1.0, 2), redactions={}, policy_hash="p")
    cases: tuple[tuple[dict[str, object] | Exception, object], ...] = (
        ({"_version": 12, "_source": source | {"policy_hash": "p", "redactions": {"SSN": 1}}}, Held(12, summary)),
        # Empty objects do not come back where only some fields are asked for.
        ({"_version": 12, "_source": source | {"policy_hash": "p"}}, Held(12, nothing)),
        ({"_version": 12, "_source": source}, Held(12, None)),
        ({"_version": 12, "_source": "not ours"}, Held(12, None)),
        ({"_version": 12}, Held(12, None)),
        (api_error(404, {"found": False}), None),
        (api_error(404, {"error": {"type": "index_not_found_exception"}}), BulkFailure(404, "error_type")),
    )
    for answer, held in cases:
        client = FakeElasticsearch(answer)
        assert await ElasticsearchBackend(client).held("alias", "a") == held
        assert "utterances" not in str(client.asked["source_includes"])
        await client.close()
