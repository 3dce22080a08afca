"""What `producer submit` did already, beside the list of jobs: one JSON line per job, on disk before its result is printed."""

import fcntl
import hashlib
import os
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from producer.submission import Submission

SUFFIX = ".submitted.jsonl"


class LedgerInUseError(Exception):
    """Another process submits the same file."""


class _Entry(msgspec.Struct):
    job: str
    transcription_id: str
    media_id: str = ""


class Ledger:
    """Remembers submitted jobs for good; one process at a time.

    Genesys answers before the line is written: a process killed in between submits that job a second time when it is
    run again. At most the jobs in flight at the kill are concerned.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._done: dict[str, str] = {}
        self._file = -1

    def __enter__(self) -> Self:
        """Read what is there. Raises LedgerInUseError or OSError."""
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise LedgerInUseError(str(self.path)) from None
        text = self.path.read_bytes()
        for line in text.splitlines():
            try:
                entry = msgspec.json.decode(line, type=_Entry)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                continue  # the line that a kill cut short
            self._done[entry.job] = entry.transcription_id
        if text and not text.endswith(b"\n"):
            self._append(b"")  # ends the line that was cut short, so that the next one stands alone
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)

    def known(self, job: Submission) -> str | None:
        """Return the id that a job got earlier."""
        return self._done.get(fingerprint(job))

    def record(self, job: Submission, transcription_id: str) -> None:
        """Remember a job; returns when the line is on disk."""
        entry = _Entry(job=fingerprint(job), transcription_id=transcription_id, media_id=job.media_id)
        self._append(msgspec.json.encode(entry))
        self._done[entry.job] = transcription_id

    def _append(self, line: bytes) -> None:
        os.write(self._file, line + b"\n")
        os.fsync(self._file)


def fingerprint(job: Submission) -> str:
    """Name a job by all it asks for, so that the same media in another language is another job."""
    return hashlib.sha256(job.payload()).hexdigest()[:32]
