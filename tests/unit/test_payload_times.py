"""A time is a hint: one of any odd shape refuses no event."""

import pytest
from typer.testing import CliRunner

from consumer.__main__ import cli
from producer import payloads


@pytest.mark.parametrize("value", [b"true", b"{}", b"[1]", b'"soon"', b"-5", b"null"])
def test_an_odd_time_is_no_time_and_no_refusal(value: bytes) -> None:
    hook = payloads.read_webhook(b'{"transcriptionId": "a", "type": "b", "timestamp": ' + value + b"}")
    assert payloads.first_moment(hook.timestamp) is None
    event = payloads.read_event(
        b'{"conversationId": "c", "time": ' + value + b', "detail": {"eventBody": {"eventTime": 12}}}'
    )
    assert event.detail is not None
    assert event.detail.event_body is not None
    assert payloads.first_moment(event.time, event.detail.event_body.event_time) == 12


@pytest.mark.parametrize(
    "moment", ["2026-11-25", "2026-11-25T10:00:00", "2026-11-25T10:00:00Z", "2026-11-25T10:00:00+01:00"]
)
def test_a_replay_takes_times_with_any_zone(moment: str) -> None:
    result = CliRunner().invoke(cli, ["replay", "--from", moment, "--rate", "0"])
    assert "--rate" in result.stderr
    assert "--from" not in result.stderr
