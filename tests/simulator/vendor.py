"""The vendor's side: login, the tutorial contract ("quality"), the platform contract ("speech") and its presigned files."""

import base64
import hashlib
import time

import orjson
from aiohttp import web

from tests.simulator.access import Quota
from tests.simulator.answers import JSON, answer, error, headers_of, not_found, plain, s3_error
from tests.simulator.faults import next_status, use
from tests.simulator.gate import Gate, Visit, send_file
from tests.simulator.generator import communication_of
from tests.simulator.jobs import problem_of
from tests.simulator.state import State

SPEECH = "/api/v2/speechandtextanalytics/conversations/{id}/communications/{communication}"


class Vendor:
    """Handlers of everything that Genesys Cloud answers."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._gate = Gate(state)

    def routes(self) -> list[web.RouteDef]:
        """List the routes."""
        guarded = self._gate.guarded
        return [
            web.post("/oauth/token", self.token),
            web.post("/api/v2/quality/transcriptions", guarded("submit", self.submit)),
            web.get("/api/v2/quality/transcriptions/{id}", guarded("transcript", self.transcription)),
            web.get(SPEECH + "/transcripturl", guarded("link", self.transcript_url)),
            web.get(SPEECH + "/transcripturls", guarded("link", self.transcript_urls)),
            web.get("/api/v2/analytics/conversations/{id}/details", guarded("details", self.details)),
            web.get("/files/{id}/{communication}", self.file),
        ]

    async def token(self, request: web.Request) -> web.StreamResponse:
        """Client credentials grant, RFC 6749 section 4.4."""
        state, config = self._state, self._state.config
        state.stats.requests["token"] += 1
        trouble = await self._gate.misbehave(request, "token", "*", Quota(allowed=config.limit_per_minute))
        if trouble is not None:
            return trouble
        client, secret = _basic(request.headers.get("Authorization", ""))
        state.stats.tokens[client if client in state.tokens.clients else "unknown"] += 1
        form = await request.post()
        if form.get("grant_type") != "client_credentials":
            return plain({"error": "unsupported_grant_type"}, status=400)
        token = state.tokens.grant(client, secret, time.monotonic())
        if token is None:
            return plain({"error": "invalid_client", "description": "client authentication failed"}, status=401)
        seconds = int(config.token_seconds) if config.token_seconds >= 1 else config.token_seconds
        return plain({"access_token": token, "token_type": "bearer", "expires_in": seconds})

    async def submit(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """Take a transcription job; one medium is one job, however often it is submitted."""
        try:
            job = orjson.loads(await request.read())
        except ValueError:
            return error(400, "bad.request", "The request is not JSON.", visit.quota)
        if (problem := problem_of(job)) is not None:
            return error(400, problem.code, problem.message, visit.quota, field=problem.field)
        job_id = f"job-{hashlib.sha256(job['mediaId'].encode()).hexdigest()[:24]}"
        if job_id not in self._state.library:
            recipe = self._state.library.recipe(1, len(self._state.submitted) + 1)
            self._state.library.add(job_id, recipe)
        self._state.submitted[job_id] = job
        return answer({"id": job_id, "status": "queued"}, visit.quota)

    async def transcription(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """Poll a job."""
        if visit.call_id not in self._state.library:
            return not_found("transcription", visit.quota)
        status = next_status(visit.fault)
        if status != "completed":
            return answer({"id": visit.call_id, "status": status}, visit.quota)
        self._state.stats.fetches[visit.call_id] += 1
        body = self._state.library.quality(visit.call_id)
        return await send_file(request, body, headers_of(visit.quota), visit.fault)

    async def transcript_url(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """Hand out one presigned link."""
        url = self._link(request.match_info["communication"], visit)
        return not_found("transcript", visit.quota) if url is None else answer({"url": url}, visit.quota)

    async def transcript_urls(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """Hand out the presigned links of all recordings (SDK: TranscriptUrls, SegmentUrl)."""
        communication = request.match_info["communication"]
        url = self._link(communication, visit)
        if url is None:
            return not_found("transcript", visit.quota)
        found = {
            "conversation": {"id": visit.call_id},
            "communicationId": communication,
            "urls": [{"recording": {"id": communication}, "url": url}],
        }
        return answer(found, visit.quota)

    async def details(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """Describe a conversation: the recorded customer session, and an unrecorded one of the IVR."""
        if visit.call_id not in self._state.library:
            return not_found("conversation", visit.quota)
        sessions = (("ivr", f"{visit.call_id[:56]}-ivr", False), ("customer", communication_of(visit.call_id), True))
        participants = [
            {
                "participantId": f"p-{number}",
                "purpose": purpose,
                "sessions": [{"sessionId": session, "mediaType": "voice", "recording": recorded}],
            }
            for number, (purpose, session, recorded) in enumerate(sessions, start=1)
        ]
        return answer({"conversationId": visit.call_id, "participants": participants}, visit.quota)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Serve a presigned file as S3 does: no bearer token, a signature and an expiry in the query."""
        state, call_id = self._state, request.match_info["id"]
        state.stats.requests["file"] += 1
        if "Authorization" in request.headers:
            state.stats.authorization_on_files += 1
            return s3_error(400, "InvalidArgument")
        query = request.query
        expires, signature = query.get("X-Amz-Expires-At", ""), query.get("X-Amz-Signature", "")
        if not state.links.valid(request.path, expires, signature, time.time()):
            return s3_error(403, "AccessDenied")
        quota = Quota(allowed=state.config.limit_per_minute)
        if (trouble := await self._gate.misbehave(request, "file", call_id, quota)) is not None:
            return trouble
        if call_id not in state.library:
            return s3_error(404, "NoSuchKey")
        state.stats.fetches[call_id] += 1
        body = state.library.speech(call_id)
        return await send_file(request, body, {"Content-Type": JSON}, state.faults.of("file", call_id))

    def _link(self, communication: str, visit: Visit) -> str | None:
        """Sign a link; None while there is no transcript."""
        state = self._state
        known = visit.call_id in state.library and communication == communication_of(visit.call_id)
        if not known or next_status(visit.fault) != "completed":
            return None
        expired = visit.fault is not None and visit.fault.expire_links and use(visit.fault)
        path = f"/files/{visit.call_id}/{communication}"
        until = time.time() + (-1.0 if expired else state.config.link_seconds)
        return f"{state.url}{path}?{state.links.query(path, until)}"


def _basic(header: str) -> tuple[str, str]:
    """Read client and secret of HTTP Basic; empty ones if there are none."""
    scheme, _, encoded = header.partition(" ")
    try:
        client, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return (client, secret) if scheme.lower() == "basic" else ("", "")
