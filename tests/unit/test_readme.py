"""The README is true: it names every setting, and names no setting, file or test that does not exist."""

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


def test_the_readme_names_no_setting_that_does_not_exist() -> None:
    known = set().union(*(names(group) for group in GROUPS)) | {
        "TEST_KAFKA_BOOTSTRAP_SERVERS",
        "TEST_ELASTICSEARCH_HOST",
    }
    written = set(re.findall(r"\b(?:GENESYS|KAFKA|ES|ELASTICSEARCH|CONSUMER|EDGE|TEST)_[A-Z_]+\b", README))
    assert written <= known


def test_every_file_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"`((?:tests|consumer|producer|common|deploy)/[\w./*-]+)`", README)) | set(
        re.findall(r"\]\(([\w./-]+)\)", README)
    )
    assert named
    assert not [name for name in named if not list(ROOT.glob(name))]
