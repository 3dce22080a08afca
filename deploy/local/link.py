"""The wire between this process and one supervisor: while it is open, the child may live."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import weakref
from collections.abc import Mapping
from pathlib import Path

from deploy.local.errors import LocalStackError

SUPERVISOR = Path(__file__).with_name("supervisor.py")
ANSWER_SECONDS = 10.0
CLOSE_SECONDS = 60.0  # a large process may need a while to leave after SIGKILL


class Link:
    """The parent's end of one supervisor: commands go out, answers come in, and closing it ends the child."""

    def __init__(self, order: Mapping[str, object], *, env: Mapping[str, str] | None, output: int | None) -> None:
        self._socket, theirs = socket.socketpair()  # neither end is inheritable: no other child can hold it open
        self._socket.settimeout(ANSWER_SECONDS)
        _LINKS.add(self)
        self._lock = threading.RLock()
        self._buffer = b""
        self._exit: int | None = None
        try:
            self._supervisor = subprocess.Popen(
                [sys.executable, "-I", "-S", str(SUPERVISOR), str(theirs.fileno()), json.dumps(order)],
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        except BaseException:
            self._socket.close()
            raise
        finally:
            theirs.close()

    def await_start(self) -> int:
        """Return the child's process id; raise LocalStackError with the system's reason if it cannot be started."""
        with self._lock:
            word, _, rest = self._line().partition(" ")
        if word != "started":
            raise LocalStackError(rest or "the supervisor ended before it started anything")
        return int(rest)

    def command(self, command: str) -> None:
        """Send one command and wait until it is carried out or the child is gone."""
        with self._lock:
            if self.poll() is not None:
                return
            with contextlib.suppress(OSError):
                self._socket.sendall(command.encode())
            self._take(self._line())

    def poll(self) -> int | None:
        """Return the child's exit code once its whole group is gone, else None."""
        with self._lock:
            if self._exit is None and (self._buffer or self._readable()):
                self._take(self._line())
            return self._exit

    def close(self) -> None:
        """Close the link: a child that still runs is ended; return when the supervisor is gone."""
        with self._lock:
            if self._exit is None:
                with contextlib.suppress(OSError):
                    self._socket.shutdown(socket.SHUT_WR)
                self._socket.settimeout(CLOSE_SECONDS)
            while self._exit is None:
                self._take(self._line())
            self._socket.close()
            self._supervisor.wait()

    def dismiss(self) -> None:
        """Let a supervisor without a child go without removing anything."""
        with contextlib.suppress(OSError):
            self._socket.sendall(b".")
        self.close()

    def _readable(self) -> bool:
        self._socket.setblocking(False)
        try:
            return bool(self._socket.recv(1, socket.MSG_PEEK)) or True
        except BlockingIOError:
            return False
        except OSError:
            return True
        finally:
            self._socket.settimeout(ANSWER_SECONDS)

    def _line(self) -> str:
        while b"\n" not in self._buffer:
            try:
                chunk = self._socket.recv(4096)
            except OSError:
                chunk = b""
            if not chunk:
                return "exited -9"  # a supervisor that died took its child along
            self._buffer += chunk
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.decode(errors="replace")

    def _take(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if word == "exited":
            self._exit = int(rest)


_LINKS: "weakref.WeakSet[Link]" = weakref.WeakSet()


def _forget_links() -> None:
    """Close the links in a forked copy of this process (multiprocessing): it must not keep the servers alive."""
    for link in list(_LINKS):
        link._socket.close()  # noqa: SLF001 - same module


os.register_at_fork(after_in_child=_forget_links)
