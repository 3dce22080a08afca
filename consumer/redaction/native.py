"""The compiled form of this package: the same sources, translated to C by mypyc, about thirty times as fast.

`python -m deploy.compile` builds it into a folder named after the sources and the interpreter. Where that folder is missing, or
was built from other sources, the package runs as it stands: the spans are the same, which a test shows.
"""

import hashlib
import os
import sys
import sysconfig
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).parent
ROOT = PACKAGE.parents[1]
# Definitions that other libraries read while the program runs stay as they are.
PLAIN = frozenset(("__init__", "ints", "native", "patterns", "policy"))
PREFIX = f"redaction-{sys.implementation.cache_tag}-"
PURE = "REDACTION_PURE"
"""Set in the environment, the package runs as it stands: for tests that replace its parts, for coverage, for debugging."""


def sources() -> list[Path]:
    """List the modules that are compiled."""
    return sorted(path for path in PACKAGE.glob("*.py") if path.stem not in PLAIN)


@cache
def folder() -> Path:
    """Name the folder of the compiled form of these very sources for this very interpreter and the library that it calls."""
    digest = hashlib.sha256(f"{sysconfig.get_config_var('EXT_SUFFIX')} {version('librt')}".encode())
    for path in sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return ROOT / "build" / f"{PREFIX}{digest.hexdigest()[:16]}"


def path() -> list[str]:
    """Tell where to look before the sources: where the compiled modules are; nowhere if there are none, or nobody wants them."""
    compiled = folder() / PACKAGE.relative_to(ROOT)
    return [str(compiled)] if not os.environ.get(PURE) and compiled.is_dir() else []
