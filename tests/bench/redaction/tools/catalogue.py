"""Every tool by the name it has on the command line; peers are imported when they are asked for."""

from collections.abc import Callable

from tests.bench.redaction.items import Tool
from tests.bench.redaction.tools.engine import Engine, EngineStream
from tests.bench.redaction.tools.presidio import Presidio
from tests.bench.redaction.tools.regexes import FirstVersion, ThreeRegexes
from tests.bench.redaction.tools.scrub import Scrubadub

TOOLS: dict[str, Callable[[], Tool]] = {
    "engine": Engine,
    "stream": EngineStream,
    "regexes": ThreeRegexes,
    "first": FirstVersion,
    "presidio": Presidio,
    "scrubadub": Scrubadub,
}
