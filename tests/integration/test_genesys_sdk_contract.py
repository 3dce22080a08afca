"""The vendor's own SDK works unchanged against the simulator: what it accepts is what the consumer is tested with."""

import asyncio
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from tests.simulator import Simulator, SimulatorConfig
from tests.simulator.app import communication_of

CALL = "gen-5-1"


@pytest.fixture(scope="module")
def simulator_url() -> Iterator[str]:
    """Run the simulator on a loop of its own: the SDK blocks its caller."""
    loop = asyncio.new_event_loop()
    simulator = Simulator(SimulatorConfig())
    loop.run_until_complete(simulator.start())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield simulator.url
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.run_until_complete(simulator.stop())
    loop.close()


@pytest.fixture(scope="module")
def sdk(simulator_url: str) -> Any:
    """Import the SDK and point it at the simulator as its documentation says: the host is set before a client is made."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the SDK's own syntax and deprecation warnings are not ours to mend
        import PureCloudPlatformClientV2 as sdk  # noqa: PLC0415, N813 - two seconds and 200 MiB: only where it is used
    sdk.configuration.host = simulator_url
    return sdk


@pytest.fixture(scope="module")
def client(sdk: Any) -> Any:
    """Log in with the client credentials grant."""
    return sdk.api_client.ApiClient().get_client_credentials_token("simulated-client", "simulated-secret")


def test_the_sdk_gets_a_token(client: Any) -> None:
    assert client.access_token


def test_the_sdk_reads_a_transcript_url(sdk: Any, client: Any, simulator_url: str) -> None:
    found = sdk.SpeechTextAnalyticsApi(client).get_speechandtextanalytics_conversation_communication_transcripturl(
        CALL, communication_of(CALL)
    )
    assert found.url.startswith(f"{simulator_url}/files/{CALL}/")


def test_the_sdk_reads_the_transcript_urls_of_all_recordings(sdk: Any, client: Any) -> None:
    found = sdk.SpeechTextAnalyticsApi(client).get_speechandtextanalytics_conversation_communication_transcripturls(
        CALL, communication_of(CALL)
    )
    assert [one.recording.id for one in found.urls] == [communication_of(CALL)]
    assert "X-Amz-Signature" in found.urls[0].url


def test_the_sdk_reads_conversation_details(sdk: Any, client: Any) -> None:
    found = sdk.ConversationsApi(client).get_analytics_conversation_details(CALL)
    sessions = {one.session_id: one.recording for participant in found.participants for one in participant.sessions}
    assert sessions[communication_of(CALL)] is True


def test_the_sdk_understands_an_error_body(sdk: Any, client: Any) -> None:
    with pytest.raises(sdk.rest.ApiException) as refusal:
        sdk.SpeechTextAnalyticsApi(client).get_speechandtextanalytics_conversation_communication_transcripturl(
            "no-such-call", "no-such-session"
        )
    assert refusal.value.status == 404
    assert '"code":"not.found"' in str(refusal.value.body)
