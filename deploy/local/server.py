"""What every local server can do: start, stop, kill, pause, resume, restart, on the same data and ports."""

from abc import ABC, abstractmethod

from deploy.local.process import ManagedProcess


class LocalServer(ABC):
    """A server that is prepared on its first start (files fetched, storage made) and then controlled."""

    def __init__(self) -> None:
        self._process: ManagedProcess | None = None
        self._abandoned = False

    @abstractmethod
    def _prepare(self) -> ManagedProcess:
        """Make everything the server needs on disk and return its process, not started."""

    @property
    def pid(self) -> int | None:
        """The id of the process group's leader in the last start."""
        return None if self._process is None else self._process.pid

    @property
    def running(self) -> bool:
        """Whether the server's processes run, paused or not."""
        return self._process is not None and self._process.running

    def start(self) -> None:
        """Prepare the first time, start, and wait until usable; raise StartError with the log's tail."""
        if self._process is None:
            self._process = self._prepare()
        if self._abandoned:
            self._process.abandon()
        self._process.start()

    def stop(self) -> None:
        """Shut down in good order; SIGKILL after a grace."""
        if self._process is not None:
            self._process.stop()

    def kill(self) -> None:
        """End every process of the server with SIGKILL."""
        if self._process is not None:
            self._process.kill()

    def pause(self) -> None:
        """Freeze every process of the server (SIGSTOP): connections stay open, nothing answers."""
        if self._process is not None:
            self._process.pause()

    def resume(self) -> None:
        """Go on after a pause."""
        if self._process is not None:
            self._process.resume()

    def restart(self) -> None:
        """Stop if running and start on the same data and ports."""
        self.stop()
        self.start()

    def abandon(self) -> None:
        """Kill and refuse later starts: for a stack that goes down while others still start."""
        self._abandoned = True
        if self._process is not None:
            self._process.abandon()
