"""Genesys Cloud as far as this project needs it: one origin for API, login and presigned files, with an admin side."""

import asyncio
import base64
import hashlib
import hmac
import secrets
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import msgspec
import orjson
from aiohttp import web

from tests.simulator.calls import real_calls
from tests.simulator.faults import Fault, Faults, next_status, use
from tests.simulator.formats import quality_file, speech_file
from tests.simulator.generator import Call, generate

ANSWER_HEADERS = {"Content-Type": "application/json"}
CACHED_FILES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatorConfig:
    """How the simulator behaves without any fault. Times in seconds."""

    host: str = "127.0.0.1"
    port: int = 0
    clients: tuple[tuple[str, str], ...] = (("simulated-client", "simulated-secret"),)
    token_seconds: float = 3600.0
    link_seconds: float = 600.0
    limit_per_minute: int = 1_000_000
    latency: float = 0.0
    utterances: int = 30


class _Added(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """POST /admin/calls: calls of a seed, served under their generated ids (gen-SEED-INDEX) or given ones."""

    seed: int = 1
    count: int = 1
    utterances: int = 30
    ids: list[str] = []


@dataclass(slots=True)
class _Stats:
    requests: Counter[str] = field(default_factory=Counter)
    fetches: Counter[str] = field(default_factory=Counter)
    clients: Counter[str] = field(default_factory=Counter)
    recent: deque[float] = field(default_factory=deque)
    most_per_minute: int = 0
    authorization_on_files: int = 0


class Simulator:
    """The simulated vendor. `async with Simulator(config) as simulator: simulator.url`."""

    def __init__(self, config: SimulatorConfig | None = None) -> None:
        self.config = config or SimulatorConfig()
        self.faults = Faults()
        self.stats = _Stats()
        self.calls: dict[str, Call] = {call.id: call for call in real_calls()}
        self.submitted: dict[str, dict[str, Any]] = {}
        self.url = ""
        self._clients = dict(self.config.clients)
        self._tokens: dict[str, tuple[str, float]] = {}
        self._key = secrets.token_bytes(16)
        self._files: dict[tuple[str, str], bytes] = {}
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen."""
        runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        site = web.TCPSite(runner, self.config.host, self.config.port)
        await site.start()
        self._runner = runner
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    def application(self) -> web.Application:
        """Build the routes."""
        app = web.Application(client_max_size=16 * 1024 * 1024)
        speech = "/api/v2/speechandtextanalytics/conversations/{conversation}/communications/{communication}"
        app.add_routes(
            [
                web.post("/oauth/token", self.token),
                web.post("/api/v2/quality/transcriptions", self.submit),
                web.get("/api/v2/quality/transcriptions/{id}", self.transcription),
                web.get(speech + "/transcripturl", self.transcript_url),
                web.get(speech + "/transcripturls", self.transcript_urls),
                web.get("/api/v2/analytics/conversations/{id}/details", self.details),
                web.get("/files/{conversation}/{communication}", self.file),
                web.post("/admin/faults", self.add_fault),
                web.delete("/admin/faults", self.clear_faults),
                web.get("/admin/stats", self.show_stats),
                web.post("/admin/calls", self.add_calls),
                web.get("/admin/calls", self.list_calls),
            ]
        )
        return app

    # -- the vendor's side --------------------------------------------------------------------------------------

    async def token(self, request: web.Request) -> web.StreamResponse:
        """Client credentials grant, RFC 6749 section 4.4."""
        self.stats.requests["token"] += 1
        if (trouble := await self._misbehave(request, "token", "*")) is not None:
            return trouble
        try:
            scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
            client, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except ValueError:
            scheme, client, secret = "", "", ""
        form = await request.post()
        if scheme.lower() != "basic" or not secret or self._clients.get(client) != secret:
            return _json({"error": "invalid_client", "description": "client authentication failed"}, status=401)
        if form.get("grant_type") != "client_credentials":
            return _json({"error": "unsupported_grant_type"}, status=400)
        token = secrets.token_urlsafe(24)
        self._tokens[token] = (client, time.monotonic() + self.config.token_seconds)
        return _json({"access_token": token, "token_type": "bearer", "expires_in": self.config.token_seconds})

    async def submit(self, request: web.Request) -> web.StreamResponse:
        """Take a transcription job of the tutorial contract."""
        if (refusal := await self._admit(request, "submit", "*")) is not None:
            return refusal
        try:
            job = orjson.loads(await request.read())
        except ValueError:
            return self._error(400, "bad.request", "The request is not JSON.")
        wanted = {
            "mediaId": str,
            "language": str,
            "profanityFilter": str,
            "diarization": bool,
            "languageModel": str,
            "customVocabularyIds": list,
        }
        for name, kind in wanted.items():
            if not isinstance(job, dict) or not isinstance(job.get(name), kind):
                return self._error(400, "invalid.field", f"Field {name} is missing or of a wrong type.")
        if job["mediaId"].startswith("bad"):
            return self._error(400, "invalid.media", "The media cannot be transcribed.")
        job_id = f"job-{hashlib.sha256(job['mediaId'].encode()).hexdigest()[:24]}"
        self.submitted[job_id] = job
        self.calls[job_id] = generate(1, len(self.submitted), utterances=self.config.utterances, call_id=job_id)
        return self._answer({"id": job_id, "status": "queued"})

    async def transcription(self, request: web.Request) -> web.StreamResponse:
        """Poll a job of the tutorial contract."""
        call_id = request.match_info["id"]
        if (refusal := await self._admit(request, "transcript", call_id)) is not None:
            return refusal
        call = self._call(call_id)
        if call is None:
            return self._error(404, "not.found", "The transcription does not exist.")
        fault = self.faults.of("transcript", call_id)
        status = next_status(fault)
        if status != "completed":
            return self._answer({"id": call_id, "status": status})
        return await self._send(request, self._rendered("quality", call_id, call), fault)

    async def transcript_url(self, request: web.Request) -> web.StreamResponse:
        """Hand out one presigned link."""
        answer = await self._link(request)
        return answer if isinstance(answer, web.StreamResponse) else self._answer({"url": answer})

    async def transcript_urls(self, request: web.Request) -> web.StreamResponse:
        """Hand out the presigned links of all recordings."""
        answer = await self._link(request)
        if isinstance(answer, web.StreamResponse):
            return answer
        recording = request.match_info["communication"]
        return self._answer({"urls": [{"recording": {"id": recording}, "url": answer}]})

    async def details(self, request: web.Request) -> web.StreamResponse:
        """Describe a conversation: the recorded customer session, and an unrecorded one of the IVR."""
        call_id = request.match_info["id"]
        if (refusal := await self._admit(request, "details", call_id)) is not None:
            return refusal
        if self._call(call_id) is None:
            return self._error(404, "not.found", "The conversation does not exist.")
        participants = [
            {
                "participantId": "p-1",
                "purpose": "ivr",
                "sessions": [{"sessionId": f"{call_id}-ivr", "mediaType": "voice", "recording": False}],
            },
            {
                "participantId": "p-2",
                "purpose": "customer",
                "sessions": [{"sessionId": communication_of(call_id), "mediaType": "voice", "recording": True}],
            },
        ]
        return self._answer({"conversationId": call_id, "participants": participants})

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Serve a presigned file as S3 does: no bearer token, a signature and an expiry in the query."""
        self.stats.requests["file"] += 1
        if "Authorization" in request.headers:
            self.stats.authorization_on_files += 1
            return web.Response(
                status=400, text="<Error><Code>InvalidArgument</Code></Error>", content_type="application/xml"
            )
        conversation, communication = request.match_info["conversation"], request.match_info["communication"]
        expires = request.query.get("X-Amz-Expires-At", "")
        right = self._signature(conversation, communication, expires)
        if not hmac.compare_digest(right, request.query.get("X-Amz-Signature", "")) or float(expires) < time.time():
            return web.Response(
                status=403, text="<Error><Code>AccessDenied</Code></Error>", content_type="application/xml"
            )
        if (trouble := await self._misbehave(request, "file", conversation)) is not None:
            return trouble
        call = self._call(conversation)
        if call is None:
            return web.Response(status=404)
        self.stats.fetches[conversation] += 1
        body = self._rendered(communication, conversation, call)
        return await self._send(request, body, self.faults.of("file", conversation))

    # -- the admin side -----------------------------------------------------------------------------------------

    async def add_fault(self, request: web.Request) -> web.Response:
        """Put a fault in force; see tests/simulator/faults.py."""
        try:
            fault = msgspec.json.decode(await request.read(), type=Fault)
        except msgspec.MsgspecError as error:
            return _json({"error": str(error)}, status=400)
        self.faults.add(fault)
        if fault.expire_tokens:
            self._tokens.clear()
        return _json({"status": "ok"})

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """Behave again."""
        self.faults.clear()
        return _json({"status": "ok"})

    async def show_stats(self, _request: web.Request) -> web.Response:
        """Count what was asked."""
        stats = self.stats
        return _json(
            {
                "requests": dict(stats.requests),
                "fetches": dict(stats.fetches),
                "clients": dict(stats.clients),
                "most_per_minute": stats.most_per_minute,
                "authorization_on_files": stats.authorization_on_files,
                "submitted": self.submitted,
            }
        )

    async def add_calls(self, request: web.Request) -> web.Response:
        """Add generated calls."""
        try:
            wanted = msgspec.json.decode(await request.read(), type=_Added)
        except msgspec.MsgspecError as error:
            return _json({"error": str(error)}, status=400)
        ids = wanted.ids or [f"gen-{wanted.seed}-{index}" for index in range(wanted.count)]
        for index, call_id in enumerate(ids):
            self.calls[call_id] = generate(wanted.seed, index, utterances=wanted.utterances, call_id=call_id)
        return _json({"ids": ids})

    async def list_calls(self, _request: web.Request) -> web.Response:
        """List the calls with what is planted in them."""
        return _json(
            {
                call.id: {
                    "communication_id": communication_of(call.id),
                    "utterances": len(call.turns),
                    "planted": [
                        {"kind": one.kind, "digits": one.digits, "written": one.written} for one in call.planted
                    ],
                }
                for call in self.calls.values()
            }
        )

    # -- inside -------------------------------------------------------------------------------------------------

    async def _admit(self, request: web.Request, operation: str, call_id: str) -> web.StreamResponse | None:
        """Hold a request to token, quota and faults; None lets it pass."""
        now = time.monotonic()
        self.stats.requests[operation] += 1
        recent = self.stats.recent
        recent.append(now)
        while recent and recent[0] <= now - 60.0:
            recent.popleft()
        self.stats.most_per_minute = max(self.stats.most_per_minute, len(recent))
        client, expires = self._tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "), ("", 0.0))
        if expires <= now:
            return self._error(
                401, "authentication.required", "No authentication bearer token specified in authorization header."
            )
        self.stats.clients[client] += 1
        if len(recent) > self.config.limit_per_minute:
            return self._error(
                429, "too.many.requests", "Rate limit exceeded.", {"Retry-After": str(int(60 - now + recent[0]) + 1)}
            )
        return await self._misbehave(request, operation, call_id)

    async def _misbehave(self, request: web.Request, operation: str, call_id: str) -> web.StreamResponse | None:
        fault = self.faults.of(operation, call_id)
        wait = self.config.latency + (fault.slow_ms / 1000 if fault else 0.0)
        if wait:
            await asyncio.sleep(wait)
        if fault is None:
            return None
        if fault.cut == "connection" and use(fault):
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        if fault.status is not None and use(fault):
            headers = {"Retry-After": f"{fault.retry_after:g}"} if fault.retry_after is not None else {}
            return self._error(fault.status, "simulated.fault", "A simulated fault.", headers)
        return None

    async def _link(self, request: web.Request) -> str | web.StreamResponse:
        conversation, communication = request.match_info["conversation"], request.match_info["communication"]
        if (refusal := await self._admit(request, "link", conversation)) is not None:
            return refusal
        fault = self.faults.of("link", conversation)
        if (
            self._call(conversation) is None
            or communication != communication_of(conversation)
            or next_status(fault) != "completed"
        ):
            return self._error(404, "not.found", "The transcript does not exist.")
        lifetime = -1.0 if fault is not None and fault.expire_links and use(fault) else self.config.link_seconds
        expires = f"{time.time() + lifetime:.3f}"
        signature = self._signature(conversation, communication, expires)
        return f"{self.url}/files/{conversation}/{communication}?X-Amz-Expires-At={expires}&X-Amz-Signature={signature}"

    async def _send(self, request: web.Request, body: bytes, fault: Fault | None) -> web.StreamResponse:
        """Send a file, or the first half of it."""
        if request.path.startswith("/api"):
            self.stats.fetches[request.match_info["id"]] += 1
        if fault is None or fault.cut != "body" or not use(fault):
            return web.Response(body=body, headers=self._quota_headers() | ANSWER_HEADERS)
        response = web.StreamResponse(headers={**ANSWER_HEADERS, "Content-Length": str(len(body))})
        await response.prepare(request)
        await response.write(body[: len(body) // 2])
        if request.transport is not None:
            request.transport.close()
        return response

    def _call(self, call_id: str) -> Call | None:
        """Find a call; ids of the form gen-SEED-INDEX exist without end."""
        if (known := self.calls.get(call_id)) is not None:
            return known
        prefix, _, rest = call_id.partition("-")
        seed, _, index = rest.partition("-")
        if prefix != "gen" or not seed.isdigit() or not index.isdigit():
            return None
        return generate(int(seed), int(index), utterances=self.config.utterances, call_id=call_id)

    def _rendered(self, form: str, call_id: str, call: Call) -> bytes:
        body = self._files.get((form, call_id))
        if body is None:
            file = quality_file(call) if form == "quality" else speech_file(call, communication_id=form)
            body = orjson.dumps(file)
            if len(self._files) < CACHED_FILES:
                self._files[form, call_id] = body
        return body

    def _signature(self, conversation: str, communication: str, expires: str) -> str:
        return hmac.new(self._key, f"{conversation}/{communication}/{expires}".encode(), hashlib.sha256).hexdigest()

    def _quota_headers(self) -> dict[str, str]:
        count, allowed = len(self.stats.recent), self.config.limit_per_minute
        return {
            "ININ-Correlation-Id": secrets.token_hex(8),
            "inin-ratelimit-count": str(count),
            "inin-ratelimit-allowed": str(allowed),
            "inin-ratelimit-reset": "60",
            "X-RateLimit-Remaining": str(max(allowed - count, 0)),
        }

    def _answer(self, value: object) -> web.Response:
        return web.Response(body=orjson.dumps(value), headers=self._quota_headers() | ANSWER_HEADERS)

    def _error(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> web.Response:
        """Answer with the vendor's error body."""
        quota = self._quota_headers()
        body = {
            "message": message,
            "code": code,
            "status": status,
            "contextId": quota["ININ-Correlation-Id"],
            "details": [],
            "errors": [],
        }
        return web.Response(status=status, body=orjson.dumps(body), headers=quota | ANSWER_HEADERS | (headers or {}))


def communication_of(call_id: str) -> str:
    """Name the recorded session of a conversation."""
    return f"{call_id[:56]}-session"


def _json(value: object, *, status: int = 200) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(value), content_type="application/json")
