"""Genesys Cloud as far as this project needs it: one origin for API, login and presigned files, with an admin side."""

from types import TracebackType
from typing import Self

from aiohttp import web

from tests.simulator.admin import Admin
from tests.simulator.bench import listen
from tests.simulator.generator import communication_of
from tests.simulator.state import SimulatorConfig, State, Stats
from tests.simulator.vendor import Vendor

__all__ = ["BenchSimulator", "Simulator", "SimulatorConfig", "communication_of"]

LARGEST_BODY = 16 * 1024 * 1024


class Simulator:
    """The simulated vendor. `async with Simulator(config) as simulator: simulator.url`.

    In one process with its user, `state` is what the admin side reads and changes: faults, stats, library, tokens.
    """

    def __init__(self, config: SimulatorConfig | None = None) -> None:
        self.config = config or SimulatorConfig()
        self.state = State(self.config)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The origin, once it listens."""
        return self.state.url

    @property
    def stats(self) -> Stats:
        """What was counted."""
        return self.state.stats

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.add_routes([*Vendor(self.state).routes(), *Admin(self.state).routes()])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.TCPSite(runner, self.config.host, self.config.port, backlog=1024).start()
        self._runner = runner
        host, port = runner.addresses[0][:2]
        self.state.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()


class BenchSimulator:
    """The same happy path on a bare protocol, one body for all ids: see tests/simulator/bench.py."""

    def __init__(self, config: SimulatorConfig) -> None:
        self.config = config
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await listen(self.config)
        host, port = self._server.sockets[0].getsockname()[:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
