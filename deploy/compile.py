"""Compile redaction to C: `python -m deploy.compile`. Without a C compiler redaction runs as it stands, with the same results."""

import contextlib
import io
import shutil
import sys
import tempfile
from pathlib import Path

from mypyc.build import mypycify
from setuptools import Distribution
from setuptools.errors import BaseError

from consumer.redaction import native


class CompileError(Exception):
    """Redaction could not be compiled; the message says why."""


def build() -> Path:
    """Compile, and return the folder; nothing is done where it exists already. The folder appears whole or not at all.

    Raises CompileError where there is no compiler, or mypyc refuses the sources.
    """
    target = native.folder()
    if target.exists():
        return target
    target.parent.mkdir(exist_ok=True)
    said = io.StringIO()
    with tempfile.TemporaryDirectory(dir=target.parent) as work:
        try:
            with contextlib.redirect_stdout(said):
                _compile(Path(work))
        except BaseError as error:
            raise CompileError(f"{error}: a C compiler and the headers of Python are needed") from error
        except SystemExit as error:  # mypyc has said on the standard output what it does not like
            raise CompileError(said.getvalue()) from error
        for old in target.parent.glob("redaction-*"):
            shutil.rmtree(old)
        Path(work, "lib").rename(target)
    return target


def _compile(work: Path) -> None:
    extensions = mypycify(
        [
            "--config-file=",
            "--ignore-missing-imports",
            "--follow-imports=silent",
            *(str(path.relative_to(native.ROOT)) for path in native.sources()),
        ],
        opt_level="1",
        debug_level="0",
        target_dir=str(work / "c"),
        group_name="consumer.redaction.native_code",
    )
    command = Distribution({"name": "redaction", "ext_modules": extensions}).get_command_obj("build_ext")
    command.build_lib, command.build_temp = str(work / "lib"), str(work / "objects")
    command.ensure_finalized()
    command.run()


if __name__ == "__main__":
    try:
        sys.stdout.write(f"redaction is compiled in {build().relative_to(native.ROOT)}\n")
    except CompileError as error:
        sys.exit(f"redaction is not compiled and runs as it stands, several times slower: {error}")
