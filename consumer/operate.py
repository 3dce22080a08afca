"""What an operator may tell a running member, over its health port and from its own machine only."""

import ipaddress

import msgspec
from aiohttp import web

from consumer.line import Line

RESUME_PATH = "/resume"


class Resume(msgspec.Struct, forbid_unknown_fields=True):
    """Go on after too many dead letters, and let some more pass before the limits count again."""

    dead_letters: int = 0


class Resumed(msgspec.Struct):
    """Whether the line was stopped at all, and how many records waited."""

    was_halted: bool
    held: int


def operator_routes(line: Line) -> list[web.RouteDef]:
    """List the routes: POST /resume with JSON, from loopback."""

    async def resume(request: web.Request) -> web.Response:
        # The port may be open to scrapers of a whole network; a body of this type cannot be sent by a page in a browser.
        if not _from_here(request.remote) or request.content_type != "application/json":
            return web.Response(status=403, text="only from this machine, as application/json\n")
        try:
            asked = msgspec.json.decode(await request.read(), type=Resume)
        except msgspec.MsgspecError:
            return web.Response(status=400, text='{"dead_letters": N} is expected\n')
        held = line.held
        done = Resumed(was_halted=line.resume(max(asked.dead_letters, 0)), held=held)
        return web.Response(body=msgspec.json.encode(done), content_type="application/json")

    return [web.post(RESUME_PATH, resume)]


def _from_here(remote: str | None) -> bool:
    try:
        return remote is not None and ipaddress.ip_address(remote).is_loopback
    except ValueError:
        return False
