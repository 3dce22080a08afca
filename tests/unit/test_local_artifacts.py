"""A file the servers run from is the pinned one, or there is one clear answer about how to get it."""

import hashlib
from pathlib import Path

import pytest

from deploy.local import ArtifactError, LocalStack, NotControllableError
from deploy.local.artifacts import Artifact, ensure, pinned
from deploy.local.progress import DownloadProgress

CONTENT = b"the real file"
ARTIFACT = Artifact(
    coordinate="org.example:thing:jar:1.0",
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    size_bytes=len(CONTENT),
)


class Repository:
    """Stands in for Maven Central: hands out the same bytes, or fails, and counts the calls."""

    def __init__(self, content: bytes | Exception) -> None:
        self.content = content
        self.calls = 0

    def __call__(self, artifact: Artifact, directory: Path, progress: DownloadProgress) -> Path:
        """Download."""
        self.calls += 1
        if isinstance(self.content, Exception):
            (directory / "half").write_bytes(b"the re")
            raise self.content
        path = directory / "file"
        path.write_bytes(self.content)
        progress.advance(len(self.content))
        return path


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Use an empty cache and an empty Maven repository."""
    monkeypatch.delenv("TEST_ARTIFACTS_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("M2_REPO", str(tmp_path / "m2"))
    return tmp_path / "cache" / "genesys-transcripts" / "maven"


def test_a_file_is_downloaded_once_and_kept(cache: Path) -> None:
    repository = Repository(CONTENT)
    assert ensure([ARTIFACT], download=repository) == [cache / ARTIFACT.relative_path]
    assert ensure([ARTIFACT], download=repository) == [cache / ARTIFACT.relative_path]
    assert repository.calls == 1


def test_a_download_with_another_sha256_is_refused_and_leaves_nothing(cache: Path) -> None:
    with pytest.raises(
        ArtifactError, match=r"org\.example:thing:jar:1\.0: what was downloaded does not have the pinned"
    ):
        ensure([ARTIFACT], download=Repository(b"another file!"))
    assert [path.name for path in cache.rglob("*")] == [".lock"]


def test_a_file_changed_in_the_cache_is_replaced(cache: Path) -> None:
    [path] = ensure([ARTIFACT], download=Repository(CONTENT))
    path.write_bytes(b"tampered file")
    assert ensure([ARTIFACT], download=Repository(CONTENT)) == [path]
    assert path.read_bytes() == CONTENT


def test_a_machine_that_cannot_download_is_told_what_is_missing_and_how_to_go_on(cache: Path) -> None:
    with pytest.raises(ArtifactError) as failure:
        ensure([ARTIFACT], download=Repository(ConnectionError("no route")))
    message = str(failure.value)
    assert message.startswith("org.example:thing:jar:1.0: it cannot be downloaded")
    assert str(cache / ARTIFACT.relative_path) in message
    assert ARTIFACT.sha256 in message
    for setting in ("TEST_ARTIFACTS_DIR", "TEST_KAFKA_BOOTSTRAP_SERVERS", "TEST_ELASTICSEARCH_HOST"):
        assert setting in message
    assert [path.name for path in cache.rglob("*")] == [".lock"]


def test_a_file_put_there_by_hand_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_ARTIFACTS_DIR", str(tmp_path / "mine"))
    path = tmp_path / "mine" / ARTIFACT.relative_path
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    assert ensure([ARTIFACT], download=Repository(ConnectionError())) == [path]


def test_a_matching_file_of_the_users_maven_repository_is_used(tmp_path: Path) -> None:
    path = tmp_path / "m2" / ARTIFACT.relative_path
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    assert ensure([ARTIFACT], download=Repository(ConnectionError())) == [path]


def test_leftovers_of_a_killed_download_are_removed(cache: Path) -> None:
    (cache / ".partial-old").mkdir(parents=True)
    ensure([ARTIFACT], download=Repository(CONTENT))
    assert not (cache / ".partial-old").exists()


@pytest.mark.parametrize("group", ["kafka", "elasticsearch", "opensearch"])
def test_every_pinned_file_has_a_sha256_and_a_size(group: str) -> None:
    artifacts = pinned(group)
    assert artifacts
    for artifact in artifacts:
        assert len(artifact.sha256) == 64
        assert artifact.size_bytes > 0
        assert len(artifact.parts) == 4


def test_no_file_is_pinned_twice() -> None:
    names = [artifact.parts[:2] for artifact in pinned("kafka")]
    assert len(names) == len(set(names))


def test_given_servers_are_used_and_never_controlled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_KAFKA_BOOTSTRAP_SERVERS", "kafka.test:9092")
    monkeypatch.setenv("TEST_ELASTICSEARCH_HOST", "http://search.test:9200")
    with LocalStack() as stack:
        assert stack.bootstrap_servers == "kafka.test:9092"
        assert stack.elasticsearch_url == "http://search.test:9200"
        with pytest.raises(NotControllableError, match="TEST_KAFKA_BOOTSTRAP_SERVERS"):
            stack.kafka.stop()
        with pytest.raises(NotControllableError, match="TEST_ELASTICSEARCH_HOST"):
            stack.elasticsearch.kill()


def test_given_servers_are_left_alone_by_who_wants_servers_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_KAFKA_BOOTSTRAP_SERVERS", "kafka.test:9092")
    monkeypatch.setenv("TEST_ELASTICSEARCH_HOST", "http://search.test:9200")
    stack = LocalStack(own=True)
    for address in ("bootstrap_servers", "elasticsearch_url"):
        with pytest.raises(NotControllableError, match="was not started by this stack"):
            getattr(stack, address)
