"""The edge's routes: read within bounds, judge (webhook.py, submission.py), write, answer. Nothing of a body is ever logged."""

import time
from asyncio import timeout
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import orjson
import structlog
from aiohttp import HttpVersion11, hdrs, web

from common import events
from producer import webhook
from producer.acceptance import accepted
from producer.authenticity import API_KEY, Credentials, key_matches
from producer.jobs import Later, Outcome, Poster, Queued, Rejected, submit_job
from producer.metrics import EdgeMetrics
from producer.outbox import Outbox, UnavailableError
from producer.router import Handler
from producer.submission import InvalidSubmissionError, from_request
from producer.webhook import Accepted, Ignored, Refused, Verdict

JSON = {"Content-Type": "application/json"}
SUBMIT_PATIENCE_SECONDS = 8.0  # of a submission for a place in the quota; callers wait about ten
MAX_RETRY_AFTER_SECONDS = 3600

log = structlog.get_logger()
Judge = Callable[..., Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one request, and of the submissions that wait for Genesys at once."""

    body_bytes: int
    read_seconds: float
    retry_after_seconds: int
    submissions: int


class Handlers:
    """Everything a route needs, by constructor."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        genesys: Poster | None,
        credentials: Credentials,
        submit_keys: tuple[bytes, ...],
        limits: Limits,
        metrics: EdgeMetrics,
    ) -> None:
        self._outbox = outbox
        self._genesys = genesys
        self._credentials = credentials
        self._submit_keys = submit_keys
        self._limits = limits
        self._metrics = metrics
        self._submissions = 0

    def posts(self) -> dict[str, Handler]:
        """Make what is posted to, by path."""
        handlers: dict[str, Handler] = {
            "/webhook/transcription": partial(self._webhook, webhook.judge_transcription),
            "/webhook/events": partial(self._webhook, webhook.judge_event),
            "/submit-transcription": self._submit,
        }
        return {path: self._timed(path, handler) for path, handler in handlers.items()}

    def elsewhere(self, allowed: frozenset[str], request: web.BaseRequest) -> Awaitable[web.StreamResponse]:
        """Answer what no route does; `allowed` are the methods that the path takes."""
        return self._timed("other", partial(self._elsewhere, allowed))(request)

    async def _webhook(self, judge: Judge, request: web.BaseRequest) -> web.StreamResponse:
        """POST /webhook/transcription (the tutorial's) and /webhook/events (EventBridge and triggers)."""
        body = await self._body(request)
        if isinstance(body, web.Response):
            return body
        verdict = judge(request.headers, body, self._credentials, now_ms=time.time_ns() // 1_000_000)
        match verdict:
            case Accepted():
                return await self._write(verdict, request)
            case Ignored(reason=reason):
                self._metrics.ignored(reason)
                return _json(200, {"status": "ignored", "reason": reason})
            case Refused(status=status, problem=problem, field=field):
                if status == 401:  # noqa: PLR2004 - Unauthorized
                    self._metrics.unauthentic(problem)
                return _error(status, problem, field)

    async def _write(self, verdict: Accepted, request: web.BaseRequest) -> web.StreamResponse:
        """Answer 202 once the event is on every in-sync replica."""
        event, trace = verdict.event, verdict.traceparent
        headers = [(webhook.TRACEPARENT, trace)] if trace is not None else []
        try:
            await self._outbox.send(key=event.key.encode(), value=events.encode(event), headers=headers)
        except UnavailableError:
            wait = self._limits.retry_after_seconds
            return _error(503, "Kafka does not answer; send the event again", retry_after=wait)
        return accepted(request, event.event_id)

    async def _submit(self, request: web.BaseRequest) -> web.Response:
        """POST /submit-transcription: hand a recording to Genesys."""
        body = await self._body(request)
        if isinstance(body, web.Response):
            return body
        genesys = self._genesys_for(request)
        if isinstance(genesys, web.Response):
            return genesys
        if body and request.content_type != "application/json":
            return _error(415, "must be application/json", "Content-Type")
        try:
            job = from_request(request.query.get("media_id"), request.query.get("language"), body)
        except InvalidSubmissionError as error:
            return _error(400, error.problem, error.field)
        self._submissions += 1
        try:
            outcome = await submit_job(genesys, job, patience_seconds=SUBMIT_PATIENCE_SECONDS)
        finally:
            self._submissions -= 1
        self._metrics.submitted(type(outcome).__name__.lower())
        return self._answer(outcome)

    def _genesys_for(self, request: web.BaseRequest) -> Poster | web.Response:
        """Tell who may submit, and when not."""
        if not self._submit_keys:
            return _error(503, "submission is not configured: set EDGE_SUBMIT_API_KEYS")
        if not key_matches(request.headers.get(API_KEY), self._submit_keys):
            self._metrics.unauthentic("submit_key")
            return _error(401, "X-Api-Key is missing or not a submission key", API_KEY)
        if self._genesys is None:
            return _error(503, "submission is not configured: set GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET")
        if self._submissions >= self._limits.submissions:
            wait = self._limits.retry_after_seconds
            return _error(429, "too many submissions wait for the quota of Genesys already", retry_after=wait)
        return self._genesys

    def _answer(self, outcome: Outcome) -> web.Response:
        match outcome:
            case Queued(transcription_id=transcription_id):
                return _json(200, {"transcription_id": transcription_id, "status": "queued"})
            case Later(status=status, problem=problem, retry_after_seconds=asked):
                wait = round(asked or self._limits.retry_after_seconds)
                return _error(status, problem, retry_after=min(max(1, wait), MAX_RETRY_AFTER_SECONDS))
            case Rejected(status=status, problem=problem):
                return _error(status, problem)

    async def _elsewhere(self, allowed: frozenset[str], request: web.BaseRequest) -> web.Response:
        if allowed:
            response = _error(405, f"this route takes {' or '.join(sorted(allowed))}")
            response.headers["Allow"] = ", ".join(sorted(allowed))
        else:
            response = _error(404, "there is nothing here")
        return response if not request.can_read_body else _closing(response)

    async def _body(self, request: web.BaseRequest) -> bytes | web.Response:
        """Read the raw body within the limits of size and time; too large a body is refused before anything else is looked at."""
        limit = self._limits.body_bytes
        content = request.content
        try:
            if content.is_eof():  # all here already, as usual: no timer needed
                body = content.read_nowait()
                return body if len(body) <= limit else _too_large("the body", limit)
            if (announced := request.content_length) is not None and announced > limit:
                return _too_large(f"{announced} bytes", limit)
            _invite(request)
            async with timeout(self._limits.read_seconds):
                return await request.read()
        except web.HTTPRequestEntityTooLarge:
            return _too_large("the body", limit)
        except TimeoutError:
            return _closing(_error(408, f"the body did not arrive within {self._limits.read_seconds:g} s", "body"))
        except (web.RequestPayloadError, ConnectionError):
            return _closing(_error(400, "the body was cut short or badly framed", "body"))

    def _timed(self, route: str, handler: Handler) -> Handler:
        async def timed(request: web.BaseRequest) -> web.StreamResponse:
            started = time.perf_counter()
            try:
                response = await handler(request)
            except Exception:  # the boundary of a request: logged by type and place, answered without a trace
                log.exception("request_failed", route=route)
                response = _error(500, "internal error")
            self._metrics.answered(route, response.status, time.perf_counter() - started)
            return response

        return timed


def _invite(request: web.BaseRequest) -> None:
    """Tell a sender that asks before it sends its body (RFC 9110, section 10.1.1) to go on."""
    asks = request.headers.get(hdrs.EXPECT, "").lower() == "100-continue" and request.version >= HttpVersion11
    if asks and request.transport is not None:
        request.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")


def _too_large(size: str, limit: int) -> web.Response:
    return _closing(_error(413, f"{size} exceeds the limit of {limit} bytes", "body"))


def _closing(response: web.Response) -> web.Response:
    """Close the connection after the answer: what is left of the body is not read."""
    response.force_close()
    return response


def _error(status: int, problem: str, field: str | None = None, *, retry_after: int | None = None) -> web.Response:
    response = _json(status, {"error": problem} if field is None else {"error": problem, "field": field})
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _json(status: int, value: dict[str, str]) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(value), headers=JSON)
