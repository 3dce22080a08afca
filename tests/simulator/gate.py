"""What stands before every answer: counting, the token, its quota, and the faults in force."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from tests.simulator.access import Quota
from tests.simulator.answers import error, not_found
from tests.simulator.faults import Fault, use
from tests.simulator.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request that was let in: what it asks for, its quota, and the fault that still concerns its answer."""

    call_id: str
    quota: Quota
    fault: Fault | None


Admitted = Callable[[web.Request, Visit], Awaitable[web.StreamResponse]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Gate:
    """Puts handlers behind token, quota and faults."""

    def __init__(self, state: State) -> None:
        self._state = state

    def guarded(self, operation: str, handler: Admitted) -> Handler:
        """Wrap a handler of the API; `{id}` of its route is what faults are named for."""

        async def handle(request: web.Request) -> web.StreamResponse:
            call_id = request.match_info.get("id", "*")
            quota, refusal = self._check(request, operation)
            response = refusal or await self.misbehave(request, operation, call_id, quota)
            if response is None:
                fault = self._state.faults.of(operation, call_id)
                response = await handler(request, Visit(call_id=call_id, quota=quota, fault=fault))
            self._state.stats.statuses[response.status] += 1
            return response

        return handle

    async def misbehave(
        self, request: web.Request, operation: str, call_id: str, quota: Quota
    ) -> web.StreamResponse | None:
        """Wait, cut the connection or refuse, if a fault says so; None lets the request pass."""
        fault = self._state.faults.of(operation, call_id)
        wait = self._state.config.latency + (fault.slow_ms / 1000 if fault else 0.0)
        if wait:
            await asyncio.sleep(wait)
        if fault is None:
            return None
        if fault.cut == "connection" and use(fault):
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)  # goes nowhere
        if fault.status is not None and use(fault):
            more = {"Retry-After": f"{fault.retry_after:g}"} if fault.retry_after is not None else {}
            return error(fault.status, "simulated.fault", "A simulated fault.", quota, more=more)
        return not_found("resource", quota) if fault.unknown else None

    def _check(self, request: web.Request, operation: str) -> tuple[Quota, web.Response | None]:
        now, state = time.monotonic(), self._state
        state.stats.requests[operation] += 1
        state.stats.busiest.count(now)
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        client = state.tokens.client_of(token, now) if scheme.lower() == "bearer" else None
        if client is None:
            quota = Quota(allowed=state.config.limit_per_minute)
            text = "No authentication bearer token specified in authorization header."
            return quota, error(401, "authentication.required", text, quota)
        state.stats.request_of(client, now)
        quota = state.tokens.count(token, now)
        if not quota.exceeded:
            return quota, None
        text = f"Rate limit exceeded the maximum. Retry the request in [{quota.reset_seconds}] seconds"
        return quota, error(429, "too.many.requests", text, quota, more={"Retry-After": str(quota.reset_seconds)})


async def send_file(
    request: web.Request, body: bytes, headers: dict[str, str], fault: Fault | None
) -> web.StreamResponse:
    """Send a file, or its first half under the length of the whole."""
    if fault is None or fault.cut != "body" or not use(fault):
        return web.Response(body=body, headers=headers)
    response = web.StreamResponse(headers=headers | {"Content-Length": str(len(body))})
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response
