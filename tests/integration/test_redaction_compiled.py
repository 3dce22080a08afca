"""The compiled form of redaction is the same program: `make install` builds it, and it finds the same spans."""

import os
import subprocess
import sys
from typing import Any

import orjson

from consumer.redaction import native
from consumer.redaction.native import PURE


def spans(*, pure: bool) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if name != PURE} | ({PURE: "1"} if pure else {})
    return subprocess.Popen(
        [sys.executable, "-m", "tests.integration.redaction_forms"], stdout=subprocess.PIPE, env=environment
    )


def found(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    output, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    return dict(orjson.loads(output))


def test_both_forms_find_the_same_in_every_set() -> None:
    with spans(pure=False) as usual, spans(pure=True) as pure:
        as_installed, as_it_stands = found(usual), found(pure)
    assert as_installed["compiled"] == as_installed["wanted"]
    assert not as_it_stands["compiled"]
    assert as_installed["sets"] == as_it_stands["sets"]


def test_what_is_not_compiled_says_why() -> None:
    """Either `make install` has compiled it, or it cannot be compiled here: no compiler, no headers, nowhere to write to."""
    if native.path():
        return
    tried = subprocess.run([sys.executable, "-m", "deploy.compile"], capture_output=True, text=True, check=False)
    assert tried.returncode != 0
    assert "redaction is not compiled and runs as it stands" in tried.stderr


def test_without_a_compiler_a_sentence_says_so() -> None:
    tried = subprocess.run(
        [sys.executable, "-m", "deploy.compile"],
        env=os.environ | {"CC": "/nonexistent/cc"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode != 0
    assert "there is no C compiler (/nonexistent/cc)" in tried.stderr
    assert "Traceback" not in tried.stderr
