"""One Elasticsearch (or OpenSearch) node from the vendor's own test distribution, as a child process."""

import contextlib
import http.client
import json
import os
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.artifacts import ensure, pinned
from deploy.local.errors import LocalStackError
from deploy.local.machine import free_ports, readable_java_home, unprivileged_account
from deploy.local.process import ManagedProcess
from deploy.local.server import LocalServer

HOST = "127.0.0.1"
JVM_FLAGS = ("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")
UNWANTED_JVM_OPTIONS = (
    "jdk.incubator.vector",  # this JRE lacks the module
    "-XX:+UseG1GC",  # two collectors cannot be chosen at once
    "-Xlog:gc",
    "HeapDumpOnOutOfMemoryError",
)
PROBE_INDEX = "local-readiness"
PROBE_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """What differs between the two search engines."""

    name: str
    java_home_variable: str
    java_options_variable: str
    temporary_variable: str
    settings: Mapping[str, str]


ELASTICSEARCH = Distribution(
    name="elasticsearch",
    java_home_variable="ES_JAVA_HOME",
    java_options_variable="ES_JAVA_OPTS",
    temporary_variable="ES_TMPDIR",
    settings={"xpack.security.enabled": "false"},
)
OPENSEARCH = Distribution(
    name="opensearch",
    java_home_variable="OPENSEARCH_JAVA_HOME",
    java_options_variable="OPENSEARCH_JAVA_OPTS",
    temporary_variable="OPENSEARCH_TMPDIR",
    settings={},
)


class ElasticsearchServer(LocalServer):
    """One node. Its port and data stay the same over restarts; as root it runs as another user."""

    def __init__(
        self,
        *,
        directory: Path,
        log_directory: Path,
        settings: Mapping[str, str] | None = None,
        distribution: Distribution = ELASTICSEARCH,
    ) -> None:
        super().__init__()
        self.port, self._transport_port = free_ports(2)
        self.url = f"http://{HOST}:{self.port}"
        self._distribution = distribution
        self._directory = directory / distribution.name
        self._log_path = log_directory / f"{distribution.name}.log"
        self._settings = settings or {}

    def _prepare(self) -> ManagedProcess:
        if shutil.which("bash") is None:
            raise LocalStackError("The start script of the search engine needs bash, which is not on the PATH.")
        distribution = self._distribution
        [archive] = ensure(pinned(distribution.name))
        shutil.rmtree(self._directory, ignore_errors=True)
        self._directory.mkdir(parents=True)
        with zipfile.ZipFile(archive) as content:
            content.extractall(self._directory)
        [home] = self._directory.iterdir()
        java_home = readable_java_home(self._directory)
        self._configure(home)
        (self._directory / "tmp").mkdir()
        account = unprivileged_account()
        if account is not None:
            for path in (self._directory, *self._directory.rglob("*")):
                os.chown(path, account.uid, account.gid, follow_symlinks=False)
        return ManagedProcess(
            ["bash", str(home / "bin" / distribution.name)],
            name=distribution.name,
            log_path=self._log_path,
            ready=self._usable,
            env={
                "PATH": os.environ.get("PATH", os.defpath),
                "LANG": "C.UTF-8",
                "HOME": str(home),
                distribution.java_home_variable: str(java_home),
                distribution.java_options_variable: " ".join(JVM_FLAGS),
                distribution.temporary_variable: str(self._directory / "tmp"),
            },
            cwd=home,
            account=account,
        )

    def _configure(self, home: Path) -> None:
        settings = {
            "cluster.name": "local",
            "node.name": "local-1",
            "network.host": HOST,
            "http.port": str(self.port),
            "transport.port": str(self._transport_port),
            "discovery.type": "single-node",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            **self._distribution.settings,
            **self._settings,
        }
        configuration = home / "config"
        lines = (f"{key}: {json.dumps(value)}\n" for key, value in settings.items())
        (configuration / f"{self._distribution.name}.yml").write_text("".join(lines))
        options = configuration / "jvm.options"
        kept = (
            line for line in options.read_text().splitlines() if not any(word in line for word in UNWANTED_JVM_OPTIONS)
        )
        options.write_text("\n".join(kept) + "\n")

    def _usable(self) -> bool:
        try:
            health = self._request("GET", "/_cluster/health?wait_for_status=yellow&timeout=1s")
            if not health:
                return False
            written = self._request("PUT", f"/{PROBE_INDEX}/_doc/1", '{"ready": true}')
            return self._request("DELETE", f"/{PROBE_INDEX}") and written
        except (OSError, http.client.HTTPException):
            return False

    def _request(self, method: str, path: str, body: str | None = None) -> bool:
        with contextlib.closing(http.client.HTTPConnection(HOST, self.port, timeout=PROBE_SECONDS)) as connection:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            return connection.getresponse().status in {http.client.OK, http.client.CREATED}
