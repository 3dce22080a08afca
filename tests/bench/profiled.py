"""Run a module on one core with a sampling profiler: `python -m tests.bench.profiled OUT CORE MODULE [ARGUMENT...]`."""

import os
import runpy
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

INTERVAL_SECONDS = 0.002

PARTS = (
    ("redaction", ("/consumer/redaction/",)),
    ("transcript and document", ("/consumer/transcript.py", "/consumer/document.py")),
    ("bulk and search client", ("/consumer/search/", "/elastic_transport/", "/elasticsearch/")),
    (
        "worker, offsets, pipeline",
        (
            "/consumer/worker.py",
            "/consumer/intake.py",
            "/consumer/lanes.py",
            "/consumer/committer.py",
            "/consumer/checkpoint.py",
            "/consumer/fetching.py",
            "/consumer/line.py",
            "/consumer/deadletter.py",
            "/consumer/dependency.py",
            "/consumer/circuit.py",
            "/consumer/recent.py",
            "/consumer/watch.py",
            "/consumer/assignment.py",
            "/consumer/offsets.py",
            "/consumer/pipeline.py",
            "/consumer/work.py",
            "/consumer/bounds.py",
        ),
    ),
    ("audit and publisher", ("/consumer/outcome.py", "/consumer/publisher.py")),
    ("metrics", ("/consumer/metrics.py", "/prometheus_client/")),
    ("fetch and rate budget", ("/consumer/fetch.py", "/common/genesys/")),
    ("events", ("/common/events.py",)),
    ("aiokafka", ("/aiokafka/",)),
    ("aiohttp client", ("/aiohttp/", "/yarl/", "/multidict/")),
    ("event loop", ("/asyncio/", "/selectors.py")),
)


def part_of(frame: FrameType | None) -> str:
    """Name the part of the system that the innermost known frame belongs to."""
    while frame is not None:
        name = frame.f_code.co_filename
        for part, places in PARTS:
            if any(place in name for place in places):
                return part
        frame = frame.f_back
    return "other"


def main() -> None:
    """Sample on CPU time, so that waiting costs nothing."""
    out, core, module = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    os.sched_setaffinity(0, {core})
    counts: Counter[str] = Counter()
    signal.signal(signal.SIGPROF, lambda _number, frame: counts.update([part_of(frame)]))
    signal.setitimer(signal.ITIMER_PROF, INTERVAL_SECONDS, INTERVAL_SECONDS)
    sys.argv = sys.argv[3:]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        total = sum(counts.values()) or 1
        out.write_text(
            "\n".join(f"{100 * count / total:5.1f} %  {part}" for part, count in counts.most_common()) + "\n"
        )


if __name__ == "__main__":
    main()
