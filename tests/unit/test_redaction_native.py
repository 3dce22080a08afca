"""The compiled form is taken where it was built from these very sources, and only where nobody wants the sources themselves."""

from pathlib import Path

import pytest

from consumer import redaction
from consumer.redaction import native


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write two modules, from which a compiled form would be built."""
    package = tmp_path / "consumer" / "redaction"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("from consumer.redaction import engine\n")
    (package / "engine.py").write_text("ANSWER = 42\n")
    monkeypatch.setattr(native, "ROOT", tmp_path)
    monkeypatch.setattr(native, "PACKAGE", package)
    monkeypatch.setattr(native, "folder", native.folder.__wrapped__)
    monkeypatch.delenv(native.PURE)
    return package


def built(package: Path) -> Path:
    """Make the folder that the compiled modules would stand in."""
    compiled = native.folder() / package.relative_to(native.ROOT)
    compiled.mkdir(parents=True)
    return compiled


def test_without_a_compiled_form_the_sources_are_taken(project: Path) -> None:
    assert native.path() == []


def test_the_compiled_form_is_looked_at_first(project: Path) -> None:
    compiled = built(project)
    assert native.path() == [str(compiled)]


def test_the_compiled_form_is_left_where_the_sources_are_wanted(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(project)
    monkeypatch.setenv(native.PURE, "1")
    assert native.path() == []


def test_the_compiled_form_of_other_sources_is_left(project: Path) -> None:
    built(project)
    (project / "engine.py").write_text("ANSWER = 43\n")
    assert native.path() == []


def test_what_other_libraries_read_is_not_compiled(project: Path) -> None:
    assert native.sources() == [project / "engine.py"]


def test_these_tests_run_the_sources() -> None:
    assert list(redaction.__path__) == [str(native.PACKAGE)]
