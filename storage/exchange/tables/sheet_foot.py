"""What stands among and below the rows of a table without being one: totals, and notes to the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from storage.exchange.tables.sheet import Cell, Problem, as_text

Numbered = tuple[int, Sequence[Cell]]

TOTALS = "This row adds up others. It was passed over."
NOTES = "This line stands below the table and was passed over."
_TOTAL = re.compile(
    r"(?:grand|overall|sub|running|column)?[ -]?totals?(?: \(?(?:value|spend|cost|amount|of all|for)\b.*)?[ :]*",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[-(£$€ ]*\d[\d,. ]*\)?%?|-")
_OPENS_A_NOTE = re.compile(
    r"[*†‡]|\(?\d?\)? ?(?:notes?|source|sources|key|disclaimer|prepared|produced|printed|report|end of|as at|"
    r"figures|all values|this (?:register|list|table|report|document)|for (?:more|further)|please|if you)\b",
    re.IGNORECASE,
)
_LONG = 60  # letters: a single cell as long as that below a table is a sentence, not the name of something
_NAMED = 5  # rows named one by one in a sentence
_WIDE = 3  # columns filled in most rows of a table beneath which a lone cell is out of place


def without_foot(rows: Sequence[Numbered], *, ours: bool) -> tuple[list[Numbered], list[Problem]]:
    """The rows that are rows, and a word about each that is not; in a workbook of ours every row is one."""
    if ours:
        return list(rows), []
    # Lines of one cell are what may have to go, so they do not say how full a row of the table is.
    usual = median([n for _, cells in rows if (n := len(_filled(cells))) > 1] or [0])
    last = len(rows)
    while usual >= _WIDE and last and _is_note(rows, last - 1):
        last -= 1
    told = [_problem(row, NOTES) for row in rows[last:]]
    kept: list[Numbered] = []
    for row in rows[:last]:
        if _is_total(row[1], usual):
            told.append(_problem(row, TOTALS))
        else:
            kept.append(row)
    return kept, sorted(told, key=lambda problem: problem.row)


def foot_note(told: Sequence[Problem]) -> list[str]:
    """The same in a sentence for each sort."""
    made = []
    for why, one, many in (
        (TOTALS, "One row of totals was passed over", "rows of totals were passed over"),
        (NOTES, "One line below the table was passed over", "lines below the table were passed over"),
    ):
        numbers = [p.row for p in told if p.why == why]
        if numbers:
            words = one if len(numbers) == 1 else f"{len(numbers):,} {many}"
            made.append(f"{words} ({_rows(numbers)}).")
    return made


def _rows(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"row {numbers[0]:,}"
    shown = [f"{n:,}" for n in numbers[:_NAMED]]
    more = len(numbers) - len(shown)
    last = f"{more:,} more" if more else shown.pop()
    return f"rows {', '.join(shown)} and {last}"


def _is_note(rows: Sequence[Numbered], place: int) -> bool:
    """Whether one of the last rows is a line to the reader: one cell alone, apart from the table or like a sentence."""
    number, cells = rows[place]
    filled = _filled(cells)
    if len(filled) != 1 or not isinstance(filled[0], str) or _TOTAL.fullmatch(filled[0]):
        return False
    apart = place > 0 and number - rows[place - 1][0] > 1
    return apart or len(filled[0]) >= _LONG or _OPENS_A_NOTE.match(filled[0]) is not None


def _is_total(cells: Sequence[Cell], usual: float) -> bool:
    """Whether a row says Total and beside that holds nothing but amounts."""
    filled = _filled(cells)
    words = [cell for cell in filled if isinstance(cell, str) and not _AMOUNT.fullmatch(cell)]
    said = len(words) == 1 and _TOTAL.fullmatch(words[0]) is not None
    return said and (len(filled) > 1 or usual >= _WIDE)


def _filled(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell is not None and cell != ""]


def _problem(row: Numbered, why: str) -> Problem:
    filled = _filled(row[1])
    return Problem(row[0], "", as_text(filled[0]) if filled else "", why)
