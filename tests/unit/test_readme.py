"""README and GUARANTEES are true: they name every setting, and no setting, file or test that does not exist."""

import re
from pathlib import Path

import pytest

from common.genesys.settings import GenesysSettings
from common.kafka import KafkaSettings
from common.settings import SettingsGroup
from consumer.settings import SearchSettings, WorkerSettings
from producer.settings import EdgeSettings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
GUARANTEES = (ROOT / "GUARANTEES.md").read_text()
GROUPS: tuple[type[SettingsGroup], ...] = (GenesysSettings, KafkaSettings, SearchSettings, WorkerSettings, EdgeSettings)


def names(group: type[SettingsGroup]) -> set[str]:
    prefix = str(group.model_config.get("env_prefix", ""))
    found = set()
    for field, info in group.model_fields.items():
        choices = getattr(info.validation_alias, "choices", None)
        found.add(str(choices[0]) if choices else f"{prefix}{field}".upper())
    return found


@pytest.mark.parametrize("group", GROUPS)
def test_every_setting_stands_in_the_readme(group: type[SettingsGroup]) -> None:
    assert not {name for name in names(group) if f"`{name}" not in README}


@pytest.mark.parametrize("text", [README, GUARANTEES], ids=["readme", "guarantees"])
def test_no_setting_is_named_that_does_not_exist(text: str) -> None:
    known = set().union(*(names(group) for group in GROUPS)) | {
        "TEST_KAFKA_BOOTSTRAP_SERVERS",
        "TEST_ELASTICSEARCH_HOST",
    }
    written = set(re.findall(r"\b(?:GENESYS|KAFKA|ES|ELASTICSEARCH|CONSUMER|EDGE|TEST)_[A-Z_]+\b", text))
    assert written <= known


@pytest.mark.parametrize("text", [README, GUARANTEES], ids=["readme", "guarantees"])
def test_every_file_that_is_named_exists(text: str) -> None:
    named = set(re.findall(r"`((?:tests|consumer|producer|common|deploy)/[\w./*-]+)`", text)) | set(
        re.findall(r"\]\(([\w./-]+)\)", text)
    )
    assert named
    assert not [name for name in named if not list(ROOT.glob(name))]


def test_every_test_that_shows_a_guarantee_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", GUARANTEES))
    there = {
        name for file in ROOT.glob("tests/**/test_*.py") for name in re.findall(r"def (test_\w+)", file.read_text())
    }
    assert named
    assert not named - there
