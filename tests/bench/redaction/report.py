"""Tables of scores, for a terminal and for the docs: both are Markdown."""

from collections.abc import Iterable, Sequence

from tests.bench.redaction.items import KINDS
from tests.bench.redaction.score import ALL, Score, Tally

HEADER = (
    "set",
    "tool",
    "type",
    "gold",
    "fully hidden",
    "as its type",
    "leaked characters",
    "false / 1,000",
    "precision",
    "recall",
    "F2",
    "stay harmed",
    "over-hidden characters",
)
FORM_HEADER = ("set", "tool", "form", "gold", "fully hidden")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table whose columns line up."""
    lines = [list(header), *[list(row) for row in rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    written = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    written.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(written)


def score_rows(set_name: str, tool: str, score: Score, *, kinds: bool, negatives: bool) -> list[list[str]]:
    """Write one row over all types, and one for each type that has gold or false positives."""
    rows = [_row(set_name, tool, ALL, score, score.total, negatives=negatives, overall=True)]
    present = [kind for kind in (*KINDS, *sorted(set(score.kinds) - {*KINDS, ALL})) if kind in score.kinds]
    if kinds and len(present) > 1:
        rows += [_row("", "", kind, score, score.kinds[kind], negatives=negatives, overall=False) for kind in present]
    return rows


def form_rows(set_name: str, tool: str, score: Score) -> list[list[str]]:
    """Write one row for each form in which secrets came up: fragments, read-back, repeat, correction."""
    return [
        [set_name, tool, form, f"{tally.gold:,}", _share(tally.hidden, tally.gold)]
        for form, tally in sorted(score.forms.items())
        if form
    ]


def figures(score: Score) -> dict[str, object]:
    """Turn a score into plain numbers."""
    kinds = {
        kind: {
            "gold": tally.gold,
            "hidden": tally.hidden,
            "hidden_as_its_type": tally.hidden_as_its_type,
            "leaked_characters": tally.leaked,
            "false_spans": tally.false_spans,
            "precision": tally.precision,
            "recall": tally.recall,
            "f2": tally.f2,
        }
        for kind, tally in score.kinds.items()
    }
    return {
        "utterances": score.utterances,
        "kinds": kinds,
        "stay": score.stay,
        "stay_harmed": score.stay_harmed,
        "over_hidden_characters": score.over_hidden,
    }


def _row(
    set_name: str, tool: str, kind: str, score: Score, tally: Tally, *, negatives: bool, overall: bool
) -> list[str]:
    per_thousand = f"{score.false_per_thousand(kind):.2f}"
    return [
        set_name,
        tool,
        kind,
        f"{tally.gold:,}",
        _share(tally.hidden, tally.gold),
        _share(tally.hidden_as_its_type, tally.gold),
        f"{tally.leaked:,}" if tally.gold else "-",
        per_thousand if negatives else "no labels",
        f"{tally.precision:.3f}" if negatives and tally.true_spans + tally.false_spans else "-",
        f"{tally.recall:.3f}" if tally.gold else "-",
        f"{tally.f2:.3f}" if tally.gold and negatives else "-",
        f"{score.stay_harmed} of {score.stay}" if overall and score.stay else "-",
        f"{score.over_hidden:,}" if overall and negatives else "-",
    ]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"
