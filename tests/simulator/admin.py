"""The admin side: what a test may ask of the simulator itself.

POST   /admin/faults  one fault, see tests/simulator/faults.py
DELETE /admin/faults  behave again
GET    /admin/stats   {"requests": {operation: n}, "statuses": {status: n}, "fetches": {id: n}, "clients": {client: n},
                       "token_requests": {client: n}, "most_per_minute": n, "most_per_minute_by_client": {client: n},
                       "authorization_on_files": n, "submitted": {job id: payload}}
POST   /admin/calls   generated: {"seed": 1, "count": 1, "utterances": 30, "target_bytes": null, "uuids": false, "ids": []}
                      (ids default to gen-SEED-INDEX), or given: {"calls": [{"id", "language", "turns": [{"speaker", "text",
                      "decorated": null, "start_ms", "duration_ms", "confidence": null}]}]}; answers {"ids": [...]}
GET    /admin/calls   {id: {"communication_id", "utterances", "planted": [{"kind", "digits", "written", "utterance"}]}}
Every id gen-SEED-INDEX is served without being added. An unknown field is a 400 that names it.
"""

from typing import Annotated

import msgspec
from aiohttp import web

from tests.simulator.answers import plain
from tests.simulator.faults import Fault
from tests.simulator.generator import LONGEST_CALL, Call, Turn, call_uuid, communication_of
from tests.simulator.library import Recipe
from tests.simulator.state import State

Id = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9-]{1,64}$")]


class _GivenTurn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    speaker: str
    text: str
    start_ms: int
    duration_ms: int
    decorated: str | None = None
    confidence: float | None = None


class _GivenCall(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    id: Id
    turns: list[_GivenTurn]
    language: str = "en-US"

    def call(self) -> Call:
        return Call(
            id=self.id,
            language=self.language,
            turns=tuple(Turn(**msgspec.structs.asdict(turn)) for turn in self.turns),
        )


class _Added(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    seed: int = 1
    count: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 1
    utterances: Annotated[int, msgspec.Meta(ge=0, le=LONGEST_CALL)] = 30
    target_bytes: Annotated[int, msgspec.Meta(ge=1, le=64 * 1024 * 1024)] | None = None
    uuids: bool = False
    ids: list[Id] = []
    calls: list[_GivenCall] = []

    def named(self) -> list[str]:
        if self.ids:
            return self.ids
        if self.uuids:
            return [call_uuid(self.seed, index) for index in range(self.count)]
        return [f"gen-{self.seed}-{index}" for index in range(self.count)]


class Admin:
    """Handlers of the admin side."""

    def __init__(self, state: State) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        """List the routes."""
        return [
            web.post("/admin/faults", self.add_fault),
            web.delete("/admin/faults", self.clear_faults),
            web.get("/admin/stats", self.show_stats),
            web.post("/admin/calls", self.add_calls),
            web.get("/admin/calls", self.list_calls),
        ]

    async def add_fault(self, request: web.Request) -> web.Response:
        """Put a fault in force."""
        try:
            fault = msgspec.json.decode(await request.read(), type=Fault)
        except msgspec.MsgspecError as wrong:
            return plain({"error": str(wrong)}, status=400)
        self._state.faults.add(fault)
        if fault.expire_tokens:
            self._state.tokens.revoke_all()
        return plain({"status": "ok"})

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """Behave again."""
        self._state.faults.clear()
        return plain({"status": "ok"})

    async def show_stats(self, _request: web.Request) -> web.Response:
        """Count what was asked."""
        return plain(self._state.stats.report() | {"submitted": self._state.submitted})

    async def add_calls(self, request: web.Request) -> web.Response:
        """Add calls, given or generated."""
        try:
            wanted = msgspec.json.decode(await request.read(), type=_Added)
        except msgspec.MsgspecError as wrong:
            return plain({"error": str(wrong)}, status=400)
        library = self._state.library
        for given in wanted.calls:
            library.add(given.id, given.call())
        if wanted.calls:
            return plain({"ids": [given.id for given in wanted.calls]})
        ids = wanted.named()
        for index, call_id in enumerate(ids):
            size = wanted.target_bytes
            recipe = Recipe(seed=wanted.seed, index=index, utterances=wanted.utterances, target_bytes=size)
            library.add(call_id, recipe)
        return plain({"ids": ids})

    async def list_calls(self, _request: web.Request) -> web.Response:
        """List real and added calls with what is planted in them."""
        return plain({call.id: _described(call) for call in self._state.library})


def _described(call: Call) -> dict[str, object]:
    planted = [
        {"kind": one.kind, "digits": one.digits, "written": one.written, "utterance": one.utterance}
        for one in call.planted
    ]
    return {"communication_id": communication_of(call.id), "utterances": len(call.turns), "planted": planted}
