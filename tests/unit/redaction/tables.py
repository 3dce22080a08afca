"""All tables in one: everything that is found, and everything that stays."""

from collections.abc import Mapping

from tests.unit.redaction import (
    table_answers,
    table_asked,
    table_cued,
    table_kept,
    table_manners,
    table_numbers,
    table_parts,
    table_turns,
    table_words,
)

Row = str | tuple[str, ...]

HIDDEN: Mapping[str, tuple[Row, ...]] = {
    **table_numbers.ROWS,
    **table_turns.ROWS,
    **table_cued.ROWS,
    **table_words.ROWS,
    **table_manners.ROWS,
    **table_answers.ROWS,
    **table_parts.ROWS,
    **table_asked.ROWS,
}
KEPT: Mapping[str, tuple[Row, ...]] = {
    **table_kept.ROWS,
    **table_manners.KEPT,
    **table_answers.KEPT,
    **table_parts.KEPT,
    **table_asked.KEPT,
}


def rows(table: Mapping[str, tuple[Row, ...]]) -> list[tuple[str, Row]]:
    """List the rows with the name of their subject."""
    return [(subject, row) for subject, rows in table.items() for row in rows]
