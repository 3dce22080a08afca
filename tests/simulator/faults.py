"""Faults on demand: what the simulator does instead of answering, per id (or `*`) and operation. Pure.

POST /admin/faults takes {"id": "*", "operation": "transcript" | "link" | "file" | "details" | "submit" | "token", ...} with any of:
  statuses      list of job statuses, one per poll ("queued", "processing", "completed", "failed"); the last one stays
  not_ready     how often to answer "not ready" (status processing, or 404 for a link)
  unknown       true: the id is not known (404), until the fault is taken away
  status        HTTP status to answer with, `times` times (429 and 5xx; default once)
  retry_after   seconds for a Retry-After header beside `status`
  slow_ms       wait before answering
  cut           "connection" (closed before the headers) or "body" (closed inside the body), `times` times
  times         how often `status`, `cut` and `expire_links` happen; default 1
  each          true: a fault for `*` wears off for every id on its own; default: once for all of them
  expire_tokens true: every token is refused from now on until it is fetched again
  expire_links  true: presigned links handed out from now on are expired already, `times` times
An unknown field is a 400 that names it. A fault takes the place of an earlier one for the same id and operation;
one for the very id goes before one for all. DELETE /admin/faults takes all away.
"""

from typing import Annotated, Literal

import msgspec

Operation = Literal["transcript", "link", "file", "details", "submit", "token"]
Times = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class Fault(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One fault; it wears off as it is used."""

    id: str = "*"
    operation: Operation = "transcript"
    statuses: list[Literal["queued", "processing", "completed", "failed"]] = []
    not_ready: Times = 0
    unknown: bool = False
    status: Annotated[int, msgspec.Meta(ge=400, le=599)] | None = None
    retry_after: Annotated[float, msgspec.Meta(ge=0)] | None = None
    slow_ms: Times = 0
    cut: Literal["connection", "body"] | None = None
    times: Times = 1
    each: bool = False
    expire_tokens: bool = False
    expire_links: bool = False


class Faults:
    """The faults in force."""

    def __init__(self) -> None:
        self._faults: dict[tuple[str, str], Fault] = {}

    def add(self, fault: Fault) -> None:
        """Put a fault in force, in the place of an earlier one for the same id and operation."""
        self._faults[fault.operation, fault.id] = fault

    def clear(self) -> None:
        """Behave again."""
        self._faults.clear()

    def of(self, operation: str, call_id: str) -> Fault | None:
        """Find the fault for a request; one for its very id goes before one for all."""
        if not self._faults:
            return None
        own = self._faults.get((operation, call_id))
        if own is not None:
            return own
        common = self._faults.get((operation, "*"))
        if common is None or not common.each:
            return common
        copy = msgspec.structs.replace(common, id=call_id, statuses=list(common.statuses))
        self._faults[operation, call_id] = copy
        return copy


def next_status(fault: Fault | None) -> str:
    """Take the next job status of a sequence; completed without one."""
    if fault is None:
        return "completed"
    if fault.not_ready > 0:
        fault.not_ready -= 1
        return "processing"
    if not fault.statuses:
        return "completed"
    return fault.statuses.pop(0) if len(fault.statuses) > 1 else fault.statuses[0]


def use(fault: Fault | None) -> bool:
    """Use up one of the times of a fault; False when it has worn off."""
    if fault is None or fault.times <= 0:
        return False
    fault.times -= 1
    return True
