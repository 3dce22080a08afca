"""Tables of scores, for a terminal and for the docs: both are Markdown."""

from collections.abc import Iterable, Mapping, Sequence

from tests.bench.redaction.items import KINDS, Labelled
from tests.bench.redaction.score import ALL, Score, Tally

Results = Sequence[tuple[Labelled, Mapping[str, Score]]]
"""Sets, each with the scores of the tools by name."""

HEADER = (
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


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table whose columns line up."""
    lines = [list(header), *[list(row) for row in rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    written = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    written.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(written)


def score_rows(tool: str, score: Score, *, kinds: bool, negatives: bool) -> list[list[str]]:
    """Write one row over all types, and one for each type that has gold or false positives."""
    rows = [_row(tool, ALL, score, negatives=negatives)]
    present = [kind for kind in (*KINDS, *sorted(set(score.kinds) - {*KINDS, ALL})) if kind in score.kinds]
    if kinds and len(present) > 1:
        rows += [_row("", kind, score, negatives=negatives) for kind in present]
    return rows


def hidden_table(results: Results) -> str:
    """Write what share of the secrets every tool hides in full, a row for each set that has any."""
    tools = list(results[0][1])
    rows = [
        [labelled.name, f"{scores[tools[0]].total.gold:,}", *(_hidden(scores[tool].total) for tool in tools)]
        for labelled, scores in results
        if scores[tools[0]].total.gold
    ]
    return table(("set", "secrets", *tools), rows)


def false_table(results: Results) -> str:
    """Write the false positives of every tool, a row for each set whose negatives are labelled."""
    tools = list(results[0][1])
    rows = [
        [labelled.name, f"{scores[tools[0]].utterances:,}", *(_false(scores[tool]) for tool in tools)]
        for labelled, scores in results
        if labelled.negatives
    ]
    return table(("set", "utterances", *tools), rows)


def form_table(results: Results) -> str:
    """Write the share by form (fragments, read-back, repeat, correction); empty where no set tells forms apart."""
    tools = list(results[0][1])
    rows = [
        [
            labelled.name,
            form,
            f"{scores[tools[0]].forms[form].gold:,}",
            *(_hidden(scores[tool].forms[form]) for tool in tools),
        ]
        for labelled, scores in results
        for form in sorted(scores[tools[0]].forms)
        if form
    ]
    return table(("set", "form", "secrets", *tools), rows) if rows else ""


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


def _row(tool: str, kind: str, score: Score, *, negatives: bool) -> list[str]:
    tally, overall = score.kinds[kind], kind == ALL
    return [
        tool,
        kind,
        f"{tally.gold:,}",
        _hidden(tally),
        _share(tally.hidden_as_its_type, tally.gold),
        f"{tally.leaked:,}" if tally.gold else "-",
        f"{score.false_per_thousand(kind):.2f}" if negatives else "no labels",
        f"{tally.precision:.3f}" if negatives and tally.true_spans + tally.false_spans else "-",
        f"{tally.recall:.3f}" if tally.gold else "-",
        f"{tally.f2:.3f}" if tally.gold and negatives else "-",
        f"{score.stay_harmed:,} of {score.stay:,}" if overall and score.stay else "-",
        f"{score.over_hidden:,}" if overall and negatives else "-",
    ]


def _hidden(tally: Tally) -> str:
    return _share(tally.hidden, tally.gold)


def _false(score: Score) -> str:
    harmed = f", {score.stay_harmed:,} of {score.stay:,}" if score.stay else ""
    return f"{score.false_per_thousand():.2f}{harmed}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"
