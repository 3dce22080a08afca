"""Watch a process from outside (CPU and memory from /proc) and turn runs into medians, spreads and ratios."""

import os
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """CPU seconds (user and system) so far, and the peak of resident memory in MB."""

    cpu_seconds: float
    peak_mb: float


def usage(pid: int) -> Usage:
    """Read what a process used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    status = Path(f"/proc/{pid}/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return Usage(cpu_seconds=(int(fields[11]) + int(fields[12])) / TICKS, peak_mb=peak / 1024)


@dataclass(slots=True)
class Results:
    """Figures by subject and name, one per run."""

    runs: dict[str, list[dict[str, float]]] = field(default_factory=dict)

    def add(self, subject: str, figures: Mapping[str, float]) -> None:
        """Keep the figures of one run."""
        self.runs.setdefault(subject, []).append(dict(figures))

    def median(self, subject: str, figure: str) -> float:
        """Tell the median of a figure over the runs."""
        return statistics.median(run[figure] for run in self.runs[subject])

    def ratio(self, figure: str, subject: str, reference: str) -> float:
        """Compare two medians of the same session."""
        return self.median(subject, figure) / self.median(reference, figure)

    def table(self, figures: Sequence[str]) -> str:
        """Write medians with their smallest and largest run, as a Markdown table."""
        lines = ["| | " + " | ".join(figures) + " |", "|---" * (len(figures) + 1) + "|"]
        for subject, runs in self.runs.items():
            cells = [
                f"{self.median(subject, figure):,.4g} ({min(run[figure] for run in runs):,.4g} - {max(run[figure] for run in runs):,.4g})"
                for figure in figures
            ]
            lines.append(f"| {subject} | " + " | ".join(cells) + " |")
        return "\n".join(lines)


def verdict(name: str, value: float, limit: float, *, at_most: bool = False) -> str:
    """Say whether a target is met."""
    met = value <= limit if at_most else value >= limit
    return f"{'met   ' if met else 'MISSED'}  {name}: {value:.2f} ({'at most' if at_most else 'at least'} {limit:g})"
