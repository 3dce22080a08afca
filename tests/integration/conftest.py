"""Real servers: one pair shared by the whole session, and a pair of its own for each test that breaks things."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from deploy.local import LocalStack, LocalStackError
from deploy.local.machine import TEST_ELASTICSEARCH, TEST_KAFKA


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

    A test leaves them running. Skipped where the servers are given: they are not ours to stop.
    """
    if os.environ.get(TEST_KAFKA) or os.environ.get(TEST_ELASTICSEARCH):
        pytest.skip(f"{TEST_KAFKA} or {TEST_ELASTICSEARCH} is set: given servers are not ours to stop")
    with running(request, LocalStack()) as own:
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
