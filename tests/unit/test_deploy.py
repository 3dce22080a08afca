"""What deploy/ ships fits the code: settings that exist, metrics that exist, files that exist."""

import json
import re
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry, generate_latest

from common.topics import Topics
from consumer.document import Document, IndexedUtterance, Metrics
from consumer.metrics import ConsumerMetrics
from consumer.provision import load_templates
from producer.metrics import EdgeMetrics
from tests.unit.test_readme import GROUPS, names

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
DASHBOARD: dict[str, Any] = json.loads((DEPLOY / "grafana/dashboards/transcripts.json").read_text())


def exported() -> set[str]:
    registry = CollectorRegistry()
    ConsumerMetrics(registry)
    EdgeMetrics(registry)
    families = re.findall(r"^# TYPE (\S+) (\w+)", generate_latest(registry).decode(), flags=re.MULTILINE)
    found: set[str] = set()
    for name, kind in families:
        if name.endswith("_created"):
            continue
        found |= {f"{name}{suffix}" for suffix in ("_bucket", "_sum", "_count")} if kind == "histogram" else {name}
    return found


@pytest.mark.parametrize("panel", DASHBOARD["panels"], ids=lambda panel: panel["title"])
def test_a_panel_shows_metrics_that_exist_and_says_what_they_mean(panel: dict[str, Any]) -> None:
    assert panel["description"]
    assert panel["fieldConfig"]["defaults"]["unit"]
    assert panel["datasource"]["uid"] == "${datasource}"
    for target in panel["targets"]:
        shown = set(re.findall(r"\b(?:transcripts|genesys|edge)_[a-z_]+", target["expr"]))
        assert shown
        assert shown <= exported()
        assert "rate(" not in target["expr"] or "$__rate_interval" in target["expr"]


def test_every_metric_but_the_plainest_stands_on_the_dashboard() -> None:
    text = json.dumps(DASHBOARD)
    missing = {
        name
        for name in exported()
        if name.removesuffix("_bucket").removesuffix("_sum").removesuffix("_count") not in text
    }
    assert missing <= {
        "edge_ignored_total",
        "edge_submissions_total",
        "edge_rate_limit_wait_seconds_total",
        "edge_rate_limit_remaining",
        "edge_throttled_total",
        "transcripts_start_timestamp_seconds",
        *(f"transcripts_bulk_{what}_{part}" for what in ("documents", "bytes") for part in ("bucket", "sum", "count")),
        *(f"edge_{what}_{part}" for what in ("ack_seconds",) for part in ("bucket", "sum", "count")),
    }


@pytest.mark.parametrize("service", ["setup", "edge", "consumer"])
def test_compose_sets_settings_that_exist(service: str) -> None:
    known = set().union(*(names(group) for group in GROUPS))
    assert set(COMPOSE["services"][service]["environment"]) <= known


def test_prometheus_scrapes_the_services_of_the_compose_file() -> None:
    jobs = {
        job["job_name"]: job
        for job in yaml.safe_load((DEPLOY / "prometheus/prometheus.yml").read_text())["scrape_configs"]
    }
    services = COMPOSE["services"]
    assert jobs["edge"]["static_configs"][0]["targets"] == [f"edge:{services['edge']['environment']['EDGE_PORT']}"]
    assert jobs["consumer"]["dns_sd_configs"][0]["names"] == ["consumer"]
    assert (
        str(jobs["consumer"]["dns_sd_configs"][0]["port"])
        == services["consumer"]["environment"]["CONSUMER_HEALTH_PORT"]
    )


def test_every_published_port_is_bound_to_this_machine() -> None:
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_image_holds_files_that_exist() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+)", (DEPLOY / "Dockerfile").read_text(), flags=re.MULTILINE)
    assert copied
    assert all((DEPLOY.parent / path).exists() for path in copied)


def test_the_strict_mapping_names_exactly_the_fields_of_a_document() -> None:
    mapping = load_templates("genesys_transcriptions")["component-mappings"]["template"]["mappings"]
    assert mapping["dynamic"] == "strict"
    fields = mapping["properties"]
    assert set(fields) - {"transcript"} == set(Document.__struct_fields__)
    assert set(fields["utterances"]["properties"]) == set(IndexedUtterance.__struct_fields__)
    assert set(fields["metrics"]["properties"]) == set(Metrics.__struct_fields__)


def test_another_alias_gets_templates_of_its_own() -> None:
    assert load_templates("other")["index-template"]["index_patterns"] == ["other-*"]


def test_only_state_is_compacted_and_only_audit_is_kept_for_ever() -> None:
    policies = {one.name: one.config["cleanup.policy"] for one in Topics().definitions()}
    assert policies["transcripts.audit"] == "compact"
    assert policies["transcripts.dead-letters"] == "compact,delete"
    assert {policy for name, policy in policies.items() if "audit" not in name and "dead" not in name} == {"delete"}


def test_locks_pin_extras_that_packages_ask_each_other_for() -> None:
    """An older pip takes the newest "coverage[toml]" for another package than "coverage==...", which has no hash then."""
    lock = (DEPLOY.parent / "requirements-dev.lock").read_text()
    asked = {
        found.group().lower()
        for package in distributions()
        for requirement in package.requires or []
        if "extra ==" not in requirement and (found := re.match(r"[\w.-]+\[\w+\]", requirement))
    }
    assert "coverage[toml]" in asked
    assert [one for one in asked if f"\n{one}==" not in lock and f"\n{one.partition('[')[0]}==" in lock] == []
