"""One child process that ends with this one, whatever ends it: servers and the project's own commands alike."""

import contextlib
import http.client
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from deploy.local.errors import LocalStackError, StartError
from deploy.local.link import Link

ORPHAN_GRACE_SECONDS = 1.0  # a child whose parent was killed gets this long between SIGTERM and SIGKILL
POLL_SECONDS = 0.05
TAIL_LINES = 30
TAIL_BYTES = 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The user a child runs as."""

    uid: int
    gid: int


class ManagedProcess:
    """A child process with a log file, a readiness check and safe signals to its whole group.

    `ready` is asked until it says True; None counts a started process as ready. `env` replaces the environment.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        name: str,
        log_path: Path,
        ready: Callable[[], bool] | None = None,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        account: Account | None = None,
        start_seconds: float = 90.0,
        grace_seconds: float = 10.0,
    ) -> None:
        self.name = name
        self.log_path = log_path
        self.pid: int | None = None
        self._argv = list(argv)
        self._ready = ready
        self._env = dict(os.environ if env is None else env)
        self._cwd = cwd
        self._account = account
        self._start_seconds = start_seconds
        self._grace_seconds = grace_seconds
        self._link: Link | None = None
        self._log_offset = 0
        self._closed = False
        self._lock = threading.RLock()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        """Whether the process has been started and has not exited."""
        return self._link is not None and self._link.poll() is None

    @property
    def exit_code(self) -> int | None:
        """The exit code of the last run, negative for a signal; None while it runs or before it ran."""
        return None if self._link is None else self._link.poll()

    def start(self) -> None:
        """Start and wait until ready; raise StartError with the log's tail as soon as the process dies."""
        with self._lock:
            if self._closed:
                raise StartError(f"{self.name}: not started, the stack is being stopped")
            if self.running:
                raise LocalStackError(f"{self.name} is already running")
            self._spawn()
        try:
            self._await_ready()
        except BaseException:
            self.kill()
            raise

    def wait(self, timeout_seconds: float) -> int:
        """Wait for the exit and return its code; raise StartError when the time is over."""
        deadline = time.monotonic() + timeout_seconds
        while (code := self.exit_code) is None:
            if time.monotonic() > deadline:
                raise StartError(f"{self.name} did not end within {timeout_seconds:g} s\n{self.tail()}")
            time.sleep(POLL_SECONDS)
        return code

    def stop(self) -> None:
        """Send SIGTERM (and wake it if paused), SIGKILL after the grace; return when the whole group is gone."""
        self._command("T")
        self._command("C")
        deadline = time.monotonic() + self._grace_seconds
        while self.running and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
        self.kill()

    def kill(self) -> None:
        """Send SIGKILL to the whole group and return when it is gone."""
        self._command("K")
        with self._lock:
            if self._link is not None:
                self._link.close()

    def pause(self) -> None:
        """Stop every process of the group in its tracks (SIGSTOP); return when none of them runs."""
        self._command("S")

    def resume(self) -> None:
        """Let a paused group go on."""
        self._command("C")

    def restart(self) -> None:
        """Stop if running, then start again."""
        self.stop()
        self.start()

    def abandon(self) -> None:
        """Kill, and refuse every later start: for a stack that is going down while others still start."""
        with self._lock:
            self._closed = True
        self.kill()

    def tail(self) -> str:
        """Return the last lines this run wrote, with the path of the log."""
        with contextlib.suppress(OSError), self.log_path.open("rb") as log:
            size = log.seek(0, os.SEEK_END)
            log.seek(max(self._log_offset, size - TAIL_BYTES))
            lines = log.read().decode(errors="replace").splitlines()[-TAIL_LINES:]
            return "\n".join([f"--- the end of {self.log_path}", *lines, "---"])
        return f"(no log at {self.log_path})"

    def _spawn(self) -> None:
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        if self._link is not None:
            self._link.close()  # of a process that ended by itself
        order = {
            "argv": self._argv,
            "cwd": None if self._cwd is None else str(self._cwd),
            "uid": None if self._account is None else self._account.uid,
            "gid": None if self._account is None else self._account.gid,
            "grace_seconds": ORPHAN_GRACE_SECONDS,
            "remove": [],
        }
        with self.log_path.open("ab") as log:
            self._log_offset = log.tell()
            self._link = Link(order, env=self._env, output=log.fileno())
        try:
            self.pid = self._link.await_start()
        except LocalStackError as error:
            self._link.close()
            raise StartError(f"{self.name}: {error}") from error

    def _await_ready(self) -> None:
        deadline = time.monotonic() + self._start_seconds
        while True:
            if (code := self.exit_code) is not None and self._ready is not None:
                raise StartError(f"{self.name} exited with {code} while starting\n{self.tail()}")
            if self._ready is None or self._ready():
                return
            if time.monotonic() > deadline:
                raise StartError(f"{self.name} was not ready within {self._start_seconds:g} s\n{self.tail()}")
            time.sleep(POLL_SECONDS)

    def _command(self, command: str) -> None:
        with self._lock:
            if self.running and self._link is not None:
                self._link.command(command)


def url_answers(url: str, *, status: int = 200, timeout_seconds: float = 2.0) -> Callable[[], bool]:
    """Return a readiness check: GET of a plain http address answers with this status."""
    parts = urlsplit(url)

    def check() -> bool:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout_seconds)
        try:
            connection.request("GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
            return connection.getresponse().status == status
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return check
