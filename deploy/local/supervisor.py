"""Own one process group for a parent and end it when the parent is gone, kill -9 included.

Run as a script, in a session of its own, with two arguments: the number of an inherited socket and a JSON object
`{argv, cwd, uid, gid, grace_seconds, remove}`. Only the parent holds the other end of the socket, so its end of file
means that the parent is dead: the kernel says so whatever killed it. Without argv it only waits for that and
removes the directories `remove`, or lets them be if the parent sends a byte first.

Every byte on the socket is a command: T, K, S, C send SIGTERM, SIGKILL, SIGSTOP, SIGCONT to the whole group. Answers are
lines: `started PID`, `done`, `exited CODE`, `failed REASON`. Signals are sent from here alone because this process is
the group leader's parent: until it reaps the leader, the kernel gives the number to nobody else.

It imports nothing from the project, so that it starts in milliseconds and runs on the bare standard library.
"""

import contextlib
import ctypes
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
SIGNALS = {b"T": signal.SIGTERM, b"K": signal.SIGKILL, b"S": signal.SIGSTOP, b"C": signal.SIGCONT}
POLL_SECONDS = 0.05
STOP_SECONDS = 5.0
REMOVE_SECONDS = 15.0  # other supervisors may still be ending processes that write there


def main() -> None:
    """Serve the parent until the child or the parent ends."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the socket alone decides about the end
    control = socket.socket(fileno=int(sys.argv[1]))
    order = json.loads(sys.argv[2])
    if order["argv"]:
        supervise(control, order)
    elif receive(control):
        return
    remove(order["remove"])


def supervise(control: socket.socket, order: dict[str, Any]) -> None:
    """Start the child, carry out commands, report its exit; on end of file end its group."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    try:
        leader = spawn(order)
    except (OSError, subprocess.SubprocessError) as error:
        answer(control, f"failed {error}")
        return
    answer(control, f"started {leader}")
    while (code := exit_code(leader)) is None:
        if not select.select([control], [], [], POLL_SECONDS)[0]:
            continue
        command = receive(control)
        if not command:
            end(leader, order["grace_seconds"])
            break
        signal_group(leader, SIGNALS[command])
        if command == b"S":
            await_stop(leader)
        answer(control, "done")
    code = exit_code(leader) if code is None else code
    reap(leader)
    answer(control, f"exited {-signal.SIGKILL if code is None else code}")


def spawn(order: dict[str, Any]) -> int:
    """Start the child as leader of a new session, as another user if told; return its process id."""
    parent = os.getpid()
    drop = {} if order["uid"] is None else {"user": order["uid"], "group": order["gid"], "extra_groups": []}
    # The child dies with this process as well. Popen changes the user first: the change would clear the request.
    process = subprocess.Popen(
        order["argv"],
        cwd=order["cwd"],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: prepare_child(parent),  # noqa: PLW1509 - this process has one thread
        **drop,
    )
    return process.pid


def prepare_child(parent: int) -> None:
    """Restore signals that are ignored here, and ask for death with the supervisor."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def exit_code(leader: int) -> int | None:
    """Return the leader's exit code, negative for a signal, without reaping it; None while it runs."""
    result = os.waitid(os.P_PID, leader, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    if result is None:
        return None
    return result.si_status if result.si_code == os.CLD_EXITED else -result.si_status


def await_stop(leader: int) -> None:
    """Wait until no process of the group runs any more: until one of its threads has taken SIGSTOP, the others go on."""
    deadline = time.monotonic() + STOP_SECONDS
    while any(state not in "TtZX" for state in states(leader)) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS / 10)


def states(leader: int) -> list[str]:
    """List the states of the processes of a group, in the letters of proc(5)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            state, _parent, group = stat.read_text(errors="replace").rpartition(")")[2].split()[:3]
            if int(group) == leader:
                found.append(state)
    return found


def end(leader: int, grace_seconds: float) -> None:
    """Ask the group to end, wake it if stopped, and wait at most the grace."""
    signal_group(leader, signal.SIGTERM)
    signal_group(leader, signal.SIGCONT)
    deadline = time.monotonic() + grace_seconds
    while exit_code(leader) is None and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)


def reap(leader: int) -> None:
    """Kill what is left of the group, then wait until all of it is gone."""
    signal_group(leader, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while True:  # orphans of the group are children of this subreaper
            os.waitpid(-leader, 0)


def signal_group(leader: int, number: int) -> None:
    """Send a signal to the group; an empty group is fine."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, number)


def receive(control: socket.socket) -> bytes:
    """Return one command, empty when the parent is gone."""
    try:
        return control.recv(1)
    except ConnectionError:
        return b""


def answer(control: socket.socket, line: str) -> None:
    """Send one line; a parent that is gone is noticed by the next receive."""
    with contextlib.suppress(OSError):
        control.sendall(f"{line}\n".encode())


def prctl(option: int, value: int) -> None:
    """Ask the kernel for a trait of this process where it is Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def remove(directories: list[str]) -> None:
    """Delete directories, again while dying processes still write there."""
    deadline = time.monotonic() + REMOVE_SECONDS
    for directory in directories:
        while Path(directory).exists() and time.monotonic() < deadline:
            shutil.rmtree(directory, ignore_errors=True)
            time.sleep(POLL_SECONDS)


if __name__ == "__main__":
    main()
