"""The edge's routes: read within bounds, judge (webhook.py, submission.py), write, answer. Nothing of a body is ever logged."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import msgspec
import orjson
import structlog
from aiohttp import web

from common import events
from common.genesys.client import Answer, GenesysClient, TooLarge, Unauthorized, Unreachable
from producer import webhook
from producer.authenticity import API_KEY, Credentials, key_matches
from producer.metrics import EdgeMetrics
from producer.outbox import Outbox, UnavailableError
from producer.submission import SUBMIT_PATH, InvalidSubmissionError, from_request
from producer.webhook import Accepted, Ignored, Refused, Verdict

ANSWER_BYTES = 64 * 1024
JSON = {"Content-Type": "application/json"}

log = structlog.get_logger()
Handler = Callable[[web.Request], Awaitable[web.Response]]


class _Job(msgspec.Struct):
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one request."""

    body_bytes: int
    read_seconds: float
    retry_after_seconds: int


class Handlers:
    """Everything a route needs, by constructor."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        genesys: GenesysClient | None,
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

    def routes(self) -> list[web.RouteDef]:
        """List the routes."""
        return [
            web.post("/webhook/transcription", self._timed("/webhook/transcription", self.transcription)),
            web.post("/webhook/events", self._timed("/webhook/events", self.event)),
            web.post("/submit-transcription", self._timed("/submit-transcription", self.submit)),
        ]

    async def transcription(self, request: web.Request) -> web.Response:
        """POST /webhook/transcription: the tutorial's webhook."""
        body = await self._body(request)
        if isinstance(body, web.Response):
            return body
        verdict = webhook.judge_transcription(
            request.headers, body, self._credentials, now_ms=time.time_ns() // 1_000_000
        )
        return await self._settle(verdict)

    async def event(self, request: web.Request) -> web.Response:
        """POST /webhook/events: EventBridge deliveries and process-automation triggers."""
        body = await self._body(request)
        if isinstance(body, web.Response):
            return body
        verdict = webhook.judge_event(request.headers, body, self._credentials, now_ms=time.time_ns() // 1_000_000)
        return await self._settle(verdict)

    async def submit(self, request: web.Request) -> web.Response:
        """POST /submit-transcription: hand a recording to Genesys."""
        body = await self._body(request)
        if isinstance(body, web.Response):
            return body
        if not key_matches(request.headers.get(API_KEY), self._submit_keys):
            self._metrics.unauthentic("submit_key")
            return _error(401, "X-Api-Key is missing or not a submission key", "X-Api-Key")
        if self._genesys is None:
            return _error(503, "submission is not configured: set GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET")
        if body and request.content_type != "application/json":
            return _error(415, "must be application/json", "Content-Type")
        try:
            job = from_request(request.query.get("media_id"), request.query.get("language"), body)
        except InvalidSubmissionError as error:
            return _error(400, error.problem, error.field)
        result = await self._genesys.post(SUBMIT_PATH, job.payload(), cap_bytes=ANSWER_BYTES)
        answer = self._explain(result)
        self._metrics.submitted("queued" if answer.status == 200 else "refused")  # noqa: PLR2004 - OK
        return answer

    def _explain(self, result: Answer | Unreachable | Unauthorized | TooLarge) -> web.Response:
        """Turn Genesys' answer into ours; its own text is not passed on, it may quote what we sent."""
        match result:
            case Unreachable(reason=reason):
                return _error(502, f"Genesys did not answer ({reason}); try again")
            case Unauthorized():
                return _error(502, "Genesys refuses the edge's OAuth client: check its id, secret, roles and state")
            case TooLarge():
                return _error(502, "Genesys answered with more than a job")
        if result.status in (200, 201, 202):
            try:
                job = msgspec.json.decode(result.body, type=_Job)
            except msgspec.MsgspecError:
                return _error(502, "Genesys answered without a job id")
            return _json(200, {"transcription_id": job.id, "status": "queued"})
        if result.status == 429:  # noqa: PLR2004 - Too Many Requests
            wait = max(1, round(result.retry_after_seconds or self._limits.retry_after_seconds))
            return _error(429, "the rate limit of Genesys is reached", retry_after=wait)
        code = genesys_code(result.body)
        if 400 <= result.status < 500:  # noqa: PLR2004 - client errors
            return _error(400 if result.status == 404 else result.status, f"Genesys refuses the job: {code}")  # noqa: PLR2004
        return _error(502, f"Genesys answered {result.status}; try again")

    async def _body(self, request: web.Request) -> bytes | web.Response:
        """Read the raw body within the limits of size and time; too large a body is refused before anything else is looked at."""
        limit = self._limits.body_bytes
        if (announced := request.content_length) is not None and announced > limit:
            return _too_large(announced, limit)
        try:
            async with asyncio.timeout(self._limits.read_seconds):
                return await request.read()
        except web.HTTPRequestEntityTooLarge:
            return _too_large(None, limit)
        except TimeoutError:
            return _closing(_error(408, f"the body did not arrive within {self._limits.read_seconds:g} s", "body"))

    async def _settle(self, verdict: Verdict) -> web.Response:
        match verdict:
            case Accepted(event=event, traceparent=trace):
                headers = [(webhook.TRACEPARENT, trace)] if trace is not None else []
                try:
                    await self._outbox.send(key=event.key.encode(), value=events.encode(event), headers=headers)
                except UnavailableError:
                    return _error(
                        503, "Kafka does not answer; send the event again", retry_after=self._limits.retry_after_seconds
                    )
                return web.Response(
                    status=202, body=b'{"status":"accepted","event_id":"%b"}' % event.event_id.encode(), headers=JSON
                )
            case Ignored(reason=reason):
                self._metrics.ignored(reason)
                return _json(200, {"status": "ignored", "reason": reason})
            case Refused(status=status, problem=problem, field=field):
                if status == 401:  # noqa: PLR2004 - Unauthorized
                    self._metrics.unauthentic(problem)
                return _error(status, problem, field)

    def _timed(self, route: str, handler: Handler) -> Handler:
        async def timed(request: web.Request) -> web.Response:
            started = time.perf_counter()
            try:
                response = await handler(request)
            except Exception:
                log.exception("request_failed", route=route)
                response = _error(500, "internal error")
            self._metrics.answered(route, response.status, time.perf_counter() - started)
            return response

        return timed


def genesys_code(body: bytes) -> str:
    """Read the code of a Genesys error body: a fixed word such as invalid.media; the message is left out."""
    try:
        code = orjson.loads(body).get("code")
    except (ValueError, AttributeError):
        return "unknown error"
    plain = isinstance(code, str) and len(code) <= 64 and code.replace(".", "").replace("_", "").isalpha()  # noqa: PLR2004 - a word
    return code if plain else "unknown error"


def _too_large(announced: int | None, limit: int) -> web.Response:
    size = "the body" if announced is None else f"{announced} bytes"
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
