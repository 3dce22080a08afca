"""The composition root: what it says when the machine does not give what the settings ask for."""

import errno

import pytest
from prometheus_client import CollectorRegistry

from common.settings import ConfigurationError
from common.telemetry import Health
from consumer import app as application
from consumer.settings import WorkerSettings


async def test_a_second_member_on_the_same_port_is_told_which_setting_to_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def taken(**_: object) -> None:
        raise OSError(errno.EADDRINUSE, "address already in use")

    monkeypatch.setattr(application, "serve_telemetry", taken)
    with pytest.raises(ConfigurationError, match=r"CONSUMER_HEALTH_PORT.*127\.0\.0\.1:9102"):
        await application.listen(WorkerSettings(), CollectorRegistry(), Health(live=list, ready=list))
