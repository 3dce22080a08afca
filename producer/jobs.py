"""Hand one job to Genesys and say in our own words what came of it; the vendor's text is not passed on, it may quote what was sent."""

import re
from typing import Protocol

import msgspec

from common import events
from common.genesys.client import Answer, Result, Unauthorized, Unreachable
from producer.submission import SUBMIT_PATH, Submission

ANSWER_BYTES = 64 * 1024
TOO_MANY_REQUESTS = 429
FORBIDDEN = 403
_CODE = re.compile(r"[A-Za-z][A-Za-z._]{0,63}\Z")
_ACCEPTED = frozenset({200, 201, 202})
# What the caller can mend; any other refusal is about the edge's own client or address.
_PASSED_ON = frozenset({400, 409, 413, 415, 422})


class Poster(Protocol):
    """The part of GenesysClient that submissions need."""

    async def post(self, path: str, payload: bytes, *, cap_bytes: int, patience_seconds: float | None = None) -> Result:
        """POST JSON to a path of the API."""


class Queued(msgspec.Struct, frozen=True):
    """Genesys took the job."""

    transcription_id: str


class Later(msgspec.Struct, frozen=True):
    """Genesys is busy, broken or away: the same job may succeed later. `status` is what the edge answers."""

    status: int
    problem: str
    retry_after_seconds: float | None = None


class Rejected(msgspec.Struct, frozen=True):
    """The job will not succeed as it is. `status` is what the edge answers; `systemic` means no other job will either."""

    status: int
    problem: str
    systemic: bool = False


Outcome = Queued | Later | Rejected


class _Job(msgspec.Struct):
    id: str


class _Error(msgspec.Struct):
    code: str | None = None


async def submit_job(genesys: Poster, job: Submission, *, patience_seconds: float | None = None) -> Outcome:
    """POST the job once; wait for the quota no longer than the patience (None: as long as it takes)."""
    payload = job.payload()
    return outcome_of(
        await genesys.post(SUBMIT_PATH, payload, cap_bytes=ANSWER_BYTES, patience_seconds=patience_seconds)
    )


def outcome_of(result: Result) -> Outcome:
    """Read Genesys' answer to a job."""
    match result:
        case Answer():
            return _read(result)
        case Unreachable(reason=reason):
            return Later(502, f"Genesys did not answer ({reason}); try again")
        case Unauthorized():
            return Rejected(
                502, "Genesys refuses the OAuth client: check its id, secret, roles and state", systemic=True
            )
        case _:
            return Rejected(502, "Genesys answered with more than a job")


def _read(answer: Answer) -> Outcome:
    status = answer.status
    if status in _ACCEPTED:
        try:
            job = msgspec.json.decode(answer.body, type=_Job)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return Rejected(502, "Genesys answered without a job id")
        return Queued(job.id) if events.valid_id(job.id) else Rejected(502, "Genesys answered with an unusable job id")
    if status == TOO_MANY_REQUESTS:
        return Later(TOO_MANY_REQUESTS, "the rate limit of Genesys is reached", answer.retry_after_seconds)
    if status >= 500:  # noqa: PLR2004 - server errors
        return Later(502, f"Genesys answered {status}; try again")
    if status in _PASSED_ON:
        return Rejected(status, f"Genesys refuses the job: {genesys_code(answer.body)}")
    return Rejected(502, f"Genesys answered {status}: {genesys_code(answer.body)}", systemic=status == FORBIDDEN)


def genesys_code(body: bytes) -> str:
    """Read the code of a Genesys error body: a fixed word such as invalid.media; the message is left out."""
    try:
        code = msgspec.json.decode(body, type=_Error).code
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return "unknown error"
    return code if code is not None and _CODE.match(code) else "unknown error"
