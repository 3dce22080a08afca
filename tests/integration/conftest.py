"""Real servers: one pair shared by the whole session, and a pair of its own for each test that breaks things."""

import os
from collections.abc import Iterator

import pytest

from deploy.local import LocalStack
from deploy.local.machine import TEST_ELASTICSEARCH, TEST_KAFKA


@pytest.fixture(scope="session")
def shared_stack() -> Iterator[LocalStack]:
    """Start Kafka and Elasticsearch at once, for all tests that do not stop them."""
    with LocalStack() as stack:
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
def stack() -> Iterator[LocalStack]:
    """Start an own broker and node that the tests of one module may kill, pause and restart.

    A test leaves them running. Skipped where the servers are given: they are not ours to stop.
    """
    if os.environ.get(TEST_KAFKA) or os.environ.get(TEST_ELASTICSEARCH):
        pytest.skip(f"{TEST_KAFKA} or {TEST_ELASTICSEARCH} is set: given servers are not ours to stop")
    with LocalStack() as own:
        yield own
