"""`consumer resume`: set the line of the member on this machine going again after too many dead letters."""

import aiohttp
import msgspec
from rich.console import Console

from common.settings import ConfigurationError
from consumer.operate import RESUME_PATH, Resume, Resumed
from consumer.settings import ConsumerSettings

TIMEOUT_SECONDS = 10.0
ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}


async def resume(settings: ConsumerSettings, dead_letters: int) -> None:
    """Tell the member and print what it says. Raises ConfigurationError if none answers."""
    host, port = settings.worker.health_host, settings.worker.health_port
    url = f"http://{ANY_ADDRESS.get(host, host)}:{port}{RESUME_PATH}"
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(
                url, data=msgspec.json.encode(Resume(dead_letters)), headers={"Content-Type": "application/json"}
            ) as response,
        ):
            body, status = await response.read(), response.status
    except (aiohttp.ClientError, TimeoutError):
        body, status = b"", 0
    if status != 200:  # noqa: PLR2004 - OK
        raise ConfigurationError(
            f"no member answers at {url}: are CONSUMER_HEALTH_HOST and CONSUMER_HEALTH_PORT its own?"
        )
    said = msgspec.json.decode(body, type=Resumed)
    state = "was stopped and goes on" if said.was_halted else "was not stopped"
    Console(highlight=False).print(f"the line {state}; records that waited: {said.held}")
