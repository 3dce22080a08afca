"""Logs, health and metrics as both processes offer them: JSON lines on stderr, /livez, /readyz and /metrics over HTTP."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import orjson
import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder


def configure_logging(level: str = "INFO") -> None:
    """Write one JSON object per line; third-party loggers pass on warnings only, without their arguments' text."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _name_exception,
            structlog.processors.JSONRenderer(serializer=lambda value, **_: orjson.dumps(value, default=str).decode()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_ForeignFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)


def _name_exception(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Replace an exception by its type and where it was raised: a message may quote what it failed on."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["raised_at"] = _innermost(error)
    return event


def _innermost(error: BaseException) -> str:
    trace = error.__traceback__
    if trace is None:
        return "unknown"
    while trace.tb_next is not None:
        trace = trace.tb_next
    code = trace.tb_frame.f_code
    return f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} in {code.co_name}"


class _ForeignFormatter(logging.Formatter):
    """Third-party records as JSON: the unformatted message and the error's type, so that no argument's text gets out."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "event": str(record.msg),
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__name__
            line["raised_at"] = _innermost(record.exc_info[1])
        return orjson.dumps(line, default=str).decode()


def report_loop_errors(loop: asyncio.AbstractEventLoop) -> None:
    """Log what asyncio reports of lost tasks by type and place; its own handler prints reprs, which may quote a call."""

    def handle(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        structlog.get_logger().error("asyncio", problem=context.get("message"), exc_info=context.get("exception"))

    loop.set_exception_handler(handle)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Two questions a process answers about itself; each returns what is wrong, an empty list if nothing is.

    `details` says what else an operator should know, where a process has such: it stands in the answers and changes no status.
    """

    live: Callable[[], list[str]]
    ready: Callable[[], list[str]]
    details: Callable[[], list[str]] | None = None


def telemetry_handlers(
    *, registry: CollectorRegistry, health: Health
) -> dict[str, Callable[[web.BaseRequest], Awaitable[web.Response]]]:
    """Make the handlers of GET /livez, /readyz (200 or 503 with reasons and details as JSON) and /metrics (Prometheus text or OpenMetrics)."""

    async def metrics(request: web.BaseRequest) -> web.Response:
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(registry), headers={"Content-Type": content_type})

    def probe(ask: Callable[[], list[str]]) -> Callable[[web.BaseRequest], Awaitable[web.Response]]:
        async def answer(_request: web.BaseRequest) -> web.Response:
            wrong = ask()
            said = {"status": "failing" if wrong else "ok", "reasons": wrong}
            body = orjson.dumps(said | {"details": health.details()} if health.details else said)
            return web.Response(status=503 if wrong else 200, body=body, content_type="application/json")

        return answer

    return {"/livez": probe(health.live), "/readyz": probe(health.ready), "/metrics": metrics}


async def serve_telemetry(
    *, host: str, port: int, registry: CollectorRegistry, health: Health, routes: Iterable[web.RouteDef] = ()
) -> web.AppRunner:
    """Serve the telemetry routes, and others of the process's own, on one port; the caller cleans the runner up."""
    app = web.Application()
    app.router.add_routes(routes)
    for path, handler in telemetry_handlers(registry=registry, health=health).items():
        app.router.add_get(path, handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner
