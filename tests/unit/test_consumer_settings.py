"""Settings that cannot work are refused at the start, in words that name the mend."""

import pytest

from common.settings import ConfigurationError
from consumer.settings import COMMIT_SECONDS, WorkerSettings


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Read neither this shell's environment nor a .env file."""
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"DRAIN_SECONDS": "51", "REBALANCE_TIMEOUT_SECONDS": "60"}, ["CONSUMER_DRAIN_SECONDS (51)", "last commit"]),
        ({"MAX_RECORDS_IN_FLIGHT": "10", "FETCH_CONCURRENCY": "11"}, ["CONSUMER_MAX_RECORDS_IN_FLIGHT (10)"]),
        ({"RETRY_DELAYS_SECONDS": "[3, 2, 1]"}, ["CONSUMER_RETRY_DELAYS_SECONDS"]),
        ({"DEAD_LETTER_MAX_RATIO": "0"}, ["CONSUMER_DEAD_LETTER_MAX_RATIO"]),
        ({"HEAD_OF_LINE_SECONDS": "0"}, ["CONSUMER_HEAD_OF_LINE_SECONDS"]),
    ],
)
def test_what_cannot_work_is_refused(values: dict[str, str], names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"CONSUMER_{name}", value)
    with pytest.raises(ConfigurationError) as refused:
        WorkerSettings.load()
    assert all(name in str(refused.value) for name in names)


def test_a_drain_that_leaves_time_for_the_last_commit_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSUMER_DRAIN_SECONDS", str(60 - COMMIT_SECONDS))
    monkeypatch.setenv("CONSUMER_REBALANCE_TIMEOUT_SECONDS", "60")
    assert WorkerSettings.load().drain_seconds == 50
