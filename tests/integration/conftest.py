"""Real servers: one pair shared by the whole session, and a pair of its own for each test that breaks things."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.local import LocalStack, LocalStackError
from deploy.local.system import System
from tests.integration.world import World


@pytest.fixture(scope="session")
def shared_stack(request: pytest.FixtureRequest) -> Iterator[LocalStack]:
    """Start Kafka and Elasticsearch at once, for all tests that do not stop them."""
    with running(request, LocalStack()) as stack:
        yield stack


@pytest.fixture(scope="session")
def kafka(shared_stack: LocalStack) -> str:
    """Return the bootstrap servers of the shared broker."""
    return shared_stack.bootstrap_servers


@pytest.fixture(scope="session")
def elasticsearch_url(shared_stack: LocalStack) -> str:
    """Return the address of the shared node."""
    return shared_stack.elasticsearch_url


@pytest.fixture(scope="module")
def stack(request: pytest.FixtureRequest) -> Iterator[LocalStack]:
    """Start an own broker and node that the tests of one module may kill, pause and restart.

    A test leaves them running. Servers that are given are not ours to stop, and are left alone.
    """
    with running(request, LocalStack(own=True)) as own:
        yield own


@contextmanager
def running(request: pytest.FixtureRequest, stack: LocalStack) -> Iterator[LocalStack]:
    """Start with the progress of a first download in sight; a start that fails is one message, not a traceback."""
    capture = request.config.pluginmanager.getplugin("capturemanager")
    try:
        with capture.global_and_fixture_disabled():
            stack.start()
        yield stack
    except LocalStackError as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None
    finally:
        stack.stop()


# The quota of Genesys is lifted: these tests are about what breaks, not about waiting. A killed member is noticed soon.
QUICK = {"GENESYS_REQUESTS_PER_MINUTE": "100000", "GENESYS_RATE_BURST": "1000", "CONSUMER_SESSION_TIMEOUT_SECONDS": "6"}


@pytest.fixture(scope="module")
def world(
    shared_stack: LocalStack, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[World]:
    """Run simulator, edge and one consumer on the shared servers, under topics and an alias of their own."""
    name = request.module.__name__.rsplit(".", 1)[-1].replace("_", "-")
    with System(shared_stack, logs=tmp_path_factory.mktemp("logs"), name=name, settings=QUICK) as system:
        system.start()
        yield World(system)


@pytest.fixture
def fresh_system(shared_stack: LocalStack, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[System]:
    """Prepare a system of one test's own, not started, for tests that kill and restart its processes."""
    name = "t-" + request.node.name.removeprefix("test_").replace("_", "-").split("[")[0][:60]
    with System(shared_stack, logs=tmp_path, name=name, settings=QUICK) as system:
        yield system
