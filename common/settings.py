"""Read settings once, from the environment or a .env file, and refuse what cannot work in words an operator can act on."""

import ipaddress
import re
from typing import ClassVar, Self

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError


class ConfigurationError(Exception):
    """The configuration cannot work; the message names each setting and the mend, and quotes no secret."""


class SettingsGroup(BaseSettings):
    """Base of every settings class: frozen, environment first, then .env; errors never echo their input."""

    model_config = SettingsConfigDict(
        frozen=True, env_file=".env", extra="ignore", hide_input_in_errors=True, populate_by_name=True
    )
    aliases: ClassVar[dict[str, str]] = {}

    @classmethod
    def load(cls) -> Self:
        """Read the settings. Raises ConfigurationError with one line per setting that is wrong."""
        try:
            return cls()
        except ValidationError as error:
            prefix = str(cls.model_config.get("env_prefix") or "")
            lines = [
                _line(prefix, problem["loc"], problem["msg"])
                for problem in error.errors(include_input=False, include_url=False)
            ]
            raise ConfigurationError("\n".join(lines)) from None
        except SettingsError as error:
            # Its cause quotes the value; the message itself names the field only.
            field = re.search(r'field "(\w+)"', str(error))
            name = f"{cls.model_config.get('env_prefix') or ''}{field.group(1) if field else ''}".upper()
            raise ConfigurationError(f'{name}: must be JSON, such as [1, 2] or [{{"id": "..."}}]') from None


def _line(prefix: str, location: tuple[int | str, ...], message: str) -> str:
    name = str(location[0]) if location else ""
    inner = "".join(f"[{part}]" for part in location[1:])
    text = message.removeprefix("Value error, ")
    if not name:
        return text
    # A field read through an alias is reported under that alias, which is the setting's whole name already.
    full = name if name.isupper() else f"{prefix}{name}".upper()
    return f"{full}{inner}: {text}"


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address can only mean this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
