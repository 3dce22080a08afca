"""All regular expressions of the package by name, for tests and benchmarks: each compiles under RE2."""

import re

from consumer.redaction import (
    dates,
    fold,
    hearing,
    identifiers,
    line,
    locales,
    names,
    numbers,
    places,
    policy,
    postcodes,
    screen,
    small_talk,
    spelling,
    tokens,
    written,
)

_MODULES = (
    dates, fold, hearing, identifiers, line, locales, names, numbers, places, policy, postcodes, screen, small_talk, spelling, tokens, written,
)  # fmt: skip

PATTERNS: dict[str, re.Pattern[str] | re.Pattern[bytes]] = {
    f"{module.__name__.rpartition('.')[2]}.{name.strip('_').lower()}": value
    for module in _MODULES
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
}
