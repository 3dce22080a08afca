"""Settings that would lose events or cannot work are refused at the start, by name and with the mend."""

import pytest

from common.settings import ConfigurationError
from consumer.settings import WorkerSettings


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [
        ("CONSUMER_RETRY_DELAYS_SECONDS", "[60, 600, 604800]", "7 days"),
        ("CONSUMER_RETRY_DELAYS_SECONDS", "[600, 60, 3600]", "grow"),
        ("CONSUMER_RETRY_DELAYS_SECONDS", "[0, 60, 3600]", "positive"),
        ("CONSUMER_RETRY_DELAYS_SECONDS", "[60, 600]", "CONSUMER_RETRY_DELAYS_SECONDS"),
        ("CONSUMER_DRAIN_SECONDS", "60", "CONSUMER_REBALANCE_TIMEOUT_SECONDS"),
        ("CONSUMER_DRAIN_SECONDS", "51", "last commit"),
        ("CONSUMER_DEAD_LETTER_MAX_RATIO", "0", "CONSUMER_DEAD_LETTER_MAX_RATIO"),
        ("CONSUMER_HEAD_OF_LINE_SECONDS", "0", "CONSUMER_HEAD_OF_LINE_SECONDS"),
        ("CONSUMER_FETCH_CONCURRENCY", "1001", "CONSUMER_MAX_RECORDS_IN_FLIGHT"),
        ("CONSUMER_NOT_READY_WAITS_SECONDS", "[-1]", "negative"),
    ],
)
def test_a_setting_that_cannot_work_is_refused(
    setting: str, value: str, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(setting, value)
    with pytest.raises(ConfigurationError, match=named):
        WorkerSettings.load()


def test_a_delay_of_one_day_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSUMER_RETRY_DELAYS_SECONDS", "[60, 600, 86400]")
    assert WorkerSettings.load().retry_delays_seconds == (60.0, 600.0, 86_400.0)
