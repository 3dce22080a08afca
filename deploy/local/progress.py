"""What a person sees while the servers' files are downloaded for the first time."""

import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

MEGABYTE = 1_000_000
LINE_SECONDS = 1.0


class DownloadProgress:
    """Files and bytes so far: a bar on a terminal, a line a second elsewhere."""

    def __init__(self, files: int, total_bytes: int, cache: Path) -> None:
        self._console = Console(stderr=True)
        self._files = files
        self._total_bytes = total_bytes
        self._cache = cache
        self._done_files = 0
        self._done_bytes = 0
        self._last_line = 0.0
        self._lock = threading.Lock()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task(f"file 0 of {files}", total=total_bytes)

    def __enter__(self) -> Self:
        self._print(f"downloading {self._files} files, {self._total_bytes / MEGABYTE:.0f} MB, once, into {self._cache}")
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def advance(self, count_bytes: int) -> None:
        """Count bytes that arrived."""
        with self._lock:
            self._done_bytes += count_bytes
        self._bar.advance(self._task, count_bytes)

    def file_done(self, coordinate: str) -> None:
        """Count a verified file."""
        with self._lock:
            self._done_files += 1
            done, arrived = self._done_files, self._done_bytes
        self._bar.update(self._task, description=f"file {done} of {self._files}")
        if not self._console.is_terminal and self._line_is_due(done):
            megabytes = f"{arrived / MEGABYTE:.0f} of {self._total_bytes / MEGABYTE:.0f} MB"
            self._print(f"  file {done} of {self._files}, {megabytes}: {coordinate}")

    def _line_is_due(self, done: int) -> bool:
        now = time.monotonic()
        due = done == self._files or now - self._last_line >= LINE_SECONDS
        if due:
            self._last_line = now
        return due

    def _print(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)
