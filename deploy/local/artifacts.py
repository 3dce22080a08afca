"""The pinned files of Kafka, Elasticsearch and OpenSearch: found in the user's cache or fetched, never unverified.

jgo knows the way to Maven Central; nothing is resolved transitively. A file is downloaded into a directory of its own,
checked against its SHA-256, then renamed into the cache, so an interrupted download leaves nothing behind. Files of the
user's own Maven repository (M2_REPO or ~/.m2/repository) are used where they are if they match.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from deploy.local.errors import ArtifactError
from deploy.local.progress import DownloadProgress

PROJECT = "genesys-transcripts"
PINS = Path(__file__).with_name("artifacts.toml")
CACHE_SETTING = "TEST_ARTIFACTS_DIR"
PARALLEL_DOWNLOADS = 6
DOWNLOAD_TRIES = 3
SILENCE_SECONDS = 20  # to connect, and between two pieces of a file
HASH_THREADS = 4
_VERIFIED: set[tuple[str, int, int, str]] = set()
"""Path, size, time of change and SHA-256 of what this process has read in full: not hashed again until it changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """One pinned file: `group:name:packaging:version`."""

    coordinate: str
    sha256: str
    size_bytes: int

    @property
    def parts(self) -> tuple[str, str, str, str]:
        """Group, name, packaging, version."""
        group, name, packaging, version = self.coordinate.split(":")
        return group, name, packaging, version

    @property
    def relative_path(self) -> Path:
        """Where a Maven repository keeps it."""
        group, name, packaging, version = self.parts
        return Path(*group.split("."), name, version, f"{name}-{version}.{packaging}")

    def matches(self, path: Path) -> bool:
        """Whether the file is there and is the pinned one, byte for byte."""
        try:
            status = path.stat()
            known = (str(path), status.st_size, status.st_mtime_ns, self.sha256)
            if known in _VERIFIED:
                return True
            with path.open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
        except OSError:
            return False
        if same:
            _VERIFIED.add(known)
        return same


Downloader = Callable[[Artifact, Path, DownloadProgress], Path]
"""Fetch one artifact into an empty directory, report bytes, return the file; any exception means it cannot be had."""


def pinned(group: str) -> tuple[Artifact, ...]:
    """Return the pinned files of `kafka`, `elasticsearch` or `opensearch`."""
    with PINS.open("rb") as file:
        return tuple(Artifact(**entry) for entry in tomllib.load(file)[group])


def cache_directory() -> Path:
    """Return where downloads are kept for this user, in the layout of a Maven repository."""
    if own := os.environ.get(CACHE_SETTING):
        return Path(own).expanduser()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / PROJECT / "maven"


def maven_directory() -> Path:
    """Return the user's own Maven repository, which is only read."""
    own = os.environ.get("M2_REPO")
    return Path(own) if own else Path.home() / ".m2" / "repository"


def ensure(artifacts: Sequence[Artifact], *, download: Downloader | None = None) -> list[Path]:
    """Return a verified path for each artifact, in order, downloading what is missing.

    Raises ArtifactError naming the first artifact that cannot be had and how to go on.
    """
    cache = cache_directory()
    found = find(artifacts, cache)
    if None in found:
        try:
            cache.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArtifactError(
                f"cannot create {cache}: {error}. Set {CACHE_SETTING} to a directory that can be written."
            ) from error
        with locked(cache):
            found = find(artifacts, cache)  # another process may have brought them meanwhile
            missing = [artifact for artifact, path in zip(artifacts, found, strict=True) if path is None]
            fetch(missing, cache, download or download_with_jgo)
        found = find(artifacts, cache)
    for artifact, path in zip(artifacts, found, strict=True):
        if path is None:
            raise ArtifactError(mend(artifact, "it vanished or changed in the cache after it was downloaded"))
    return [path for path in found if path is not None]


def find(artifacts: Sequence[Artifact], cache: Path) -> list[Path | None]:
    """Return for each artifact a file that is the pinned one, or None."""
    places = (cache, maven_directory())

    def look(artifact: Artifact) -> Path | None:
        return next((path for place in places if artifact.matches(path := place / artifact.relative_path)), None)

    with ThreadPoolExecutor(HASH_THREADS) as pool:
        return list(pool.map(look, artifacts))


def fetch(artifacts: Sequence[Artifact], cache: Path, download: Downloader) -> None:
    """Download several at a time, verify each, rename it into the cache."""
    if not artifacts:
        return
    largest_first = sorted(artifacts, key=lambda artifact: -artifact.size_bytes)
    staging = Path(tempfile.mkdtemp(prefix=".partial-", dir=cache))
    pool = ThreadPoolExecutor(PARALLEL_DOWNLOADS)
    try:
        with DownloadProgress(len(artifacts), sum(artifact.size_bytes for artifact in artifacts), cache) as progress:
            futures = [
                pool.submit(fetch_one, artifact, cache, staging, download, progress) for artifact in largest_first
            ]
            for future in futures:
                future.result()
    finally:
        pool.shutdown(cancel_futures=True)
        shutil.rmtree(staging, ignore_errors=True)


def fetch_one(artifact: Artifact, cache: Path, staging: Path, download: Downloader, progress: DownloadProgress) -> None:
    """Download one artifact, with a few tries, and put it in its place only if it is the pinned file."""
    for tries_left in reversed(range(DOWNLOAD_TRIES)):
        directory = Path(tempfile.mkdtemp(dir=staging))
        try:
            path = download(artifact, directory, progress)
        except Exception as error:  # whatever the resolver raises, the person needs the same one answer
            if tries_left:
                continue
            raise ArtifactError(mend(artifact, f"it cannot be downloaded ({type(error).__name__})")) from error
        if not artifact.matches(path):
            if tries_left:
                continue
            raise ArtifactError(
                mend(artifact, f"what was downloaded does not have the pinned SHA-256 {artifact.sha256}")
            )
        target = cache / artifact.relative_path
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        progress.file_done(artifact.coordinate)
        return


def mend(artifact: Artifact, problem: str) -> str:
    """Say what is wrong with an artifact and every way to go on."""
    return (
        f"{artifact.coordinate}: {problem}.\n"
        "The local servers need this file once, from Maven Central. Any of these helps:\n"
        f"  - put it by hand at {cache_directory() / artifact.relative_path}\n"
        f"    (SHA-256 {artifact.sha256}), or set {CACHE_SETTING} to a directory of that layout\n"
        "  - where a mirror is set up for Maven: mvn dependency:get -Dtransitive=false "
        f"-Dartifact={mvn_coordinate(artifact)}\n"
        "  - use servers that already run: set TEST_KAFKA_BOOTSTRAP_SERVERS and TEST_ELASTICSEARCH_HOST"
    )


def mvn_coordinate(artifact: Artifact) -> str:
    """Return the coordinate in the order mvn reads it."""
    group, name, packaging, version = artifact.parts
    return f"{group}:{name}:{version}:{packaging}"


def download_with_jgo(artifact: Artifact, directory: Path, progress: DownloadProgress) -> Path:
    """Fetch exactly this file from Maven Central into the directory."""
    from jgo.maven import MavenContext, PythonResolver  # noqa: PLC0415 - needed only when something is missing

    @contextlib.contextmanager
    def count(_name: str, _total: int) -> Iterator[Callable[[int], None]]:
        yield progress.advance

    context = MavenContext(
        PythonResolver(progress_callback=count), repo_cache=directory, local_repos=[], timeout=SILENCE_SECONDS
    )
    group, name, packaging, version = artifact.parts
    return Path(context.project(group, name).at_version(version).artifact(packaging=packaging).resolve())


@contextlib.contextmanager
def locked(cache: Path) -> Iterator[None]:
    """Hold the cache's lock, so that two processes do not download at once; leftovers of a killed one are removed."""
    with (cache / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"another process is downloading into {cache}; waiting for it", file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_EX)
        for leftover in cache.glob(".partial-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        yield
