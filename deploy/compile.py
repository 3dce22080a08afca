"""Compile redaction to C: `python -m deploy.compile`. Without a C compiler redaction runs as it stands, with the same results."""

import contextlib
import io
import os
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path

from mypyc.build import mypycify
from setuptools import Distribution
from setuptools.errors import BaseError, LinkError
from setuptools.errors import CompileError as CompilerError

from consumer.redaction import native

# What the parts of one library call in each other is theirs: the compiler may put it in the place of the call.
_FLAGS = ["-fno-semantic-interposition", "-fvisibility=hidden"]


class CompileError(Exception):
    """Redaction could not be compiled; the message says why."""


def build() -> Path:
    """Compile, and return the folder. It appears whole or not at all; of two builds at once the first one stays.

    Raises CompileError where there is no compiler, or mypyc refuses the sources.
    """
    compiler = (os.environ.get("CC") or str(sysconfig.get_config_var("CC") or "cc")).split()[0]
    if shutil.which(compiler) is None:
        raise CompileError(f"there is no C compiler ({compiler})")
    target = native.folder()
    said = io.StringIO()
    try:
        target.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="compiling-", dir=target.parent) as work:
            with contextlib.redirect_stdout(said):
                _compile(Path(work))
            native.folder.cache_clear()
            if native.folder() != target:
                raise CompileError("the sources changed meanwhile: compile again")
            _put(Path(work, "lib"), target)
    except (BaseError, CompilerError, LinkError, OSError) as error:
        raise CompileError(
            f"{error}: a C compiler, the headers of Python and a build/ to write to are needed"
        ) from error
    except SystemExit as error:  # mypyc has said on the standard output what it does not like
        raise CompileError(said.getvalue()) from error
    return target


def _put(made: Path, target: Path) -> None:
    """Put what was made in its place, then remove what was built from other sources for the same interpreter."""
    try:
        made.rename(target)
    except OSError:
        if not target.is_dir():
            raise
    for old in target.parent.glob(f"{native.PREFIX}*"):
        if old != target:
            shutil.rmtree(old, ignore_errors=True)


def _compile(work: Path) -> None:
    extensions = mypycify(
        [
            "--config-file=",
            "--ignore-missing-imports",
            "--follow-imports=silent",
            *(str(path.relative_to(native.ROOT)) for path in native.sources()),
        ],
        opt_level="2",
        debug_level="0",
        target_dir=str(work / "c"),
        group_name="consumer.redaction.native_code",
    )
    for extension in extensions:
        extension.extra_compile_args += _FLAGS
    command = Distribution({"name": "redaction", "ext_modules": extensions}).get_command_obj("build_ext")
    command.build_lib, command.build_temp = str(work / "lib"), str(work / "objects")
    command.ensure_finalized()
    command.run()


if __name__ == "__main__":
    try:
        sys.stdout.write(f"redaction is compiled in {build().relative_to(native.ROOT)}\n")
    except CompileError as error:
        sys.exit(f"redaction is not compiled and runs as it stands, about thirty times slower: {error}")
