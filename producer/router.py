"""The way from a request to its handler: a table of exact paths on aiohttp's low-level server.

web.Application resolves, freezes and wraps for every request what a handful of fixed paths never needs.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from aiohttp import hdrs, web

# How long the rest of a refused body is thrown away, so that its sender gets to read the answer.
LINGERING_SECONDS = 2.0

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
FallbackHandler = Callable[[frozenset[str], web.BaseRequest], Awaitable[web.StreamResponse]]


class Router:
    """Calls the handler of a method and a path; `fallback` answers all else and is told the methods that the path takes."""

    def __init__(self, *, posts: Mapping[str, Handler], gets: Mapping[str, Handler], fallback: FallbackHandler) -> None:
        self._handlers = {(hdrs.METH_POST, path): handler for path, handler in posts.items()} | {
            (method, path): handler for path, handler in gets.items() for method in (hdrs.METH_GET, hdrs.METH_HEAD)
        }
        self._fallback = fallback

    def __call__(self, request: web.BaseRequest) -> Awaitable[web.StreamResponse]:
        """Find the handler and start it."""
        method = request.method
        # As it came, which is how everybody writes it; decoded and without its query only where that finds nothing.
        handler = self._handlers.get((method, request.raw_path)) or self._handlers.get((method, request.path))
        return handler(request) if handler is not None else self._fallback(self._methods_of(request.path), request)

    def _methods_of(self, path: str) -> frozenset[str]:
        return frozenset(method for method, known in self._handlers if known == path)


def make_server(router: Router, *, max_body_bytes: int, keepalive_seconds: float) -> web.Server:
    """Make the server of a router: bodies come as they were sent, which is what a signature is over."""
    loop = asyncio.get_running_loop()
    return web.Server(
        router,
        request_factory=partial(web.BaseRequest, loop=loop, client_max_size=max_body_bytes),
        access_log=None,
        keepalive_timeout=keepalive_seconds,
        lingering_time=LINGERING_SECONDS,
        auto_decompress=False,
    )
