"""The table of what is to be put right: each finding as a row that leads to the cell that mends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storage.desk.put_right.finding import Finding, Severity
from storage.desk.put_right.listing import NOBODY
from widgets.table_model import Cell, Column, Row, Sort
from widgets.table_painter import FoldPlan

MARKS = {Severity.MUST: "red", Severity.SHOULD: "amber", Severity.COULD: "unrated"}
ASIDE = "aside"  # the column that puts a finding aside, or brings it back
COLUMNS = (
    Column("severity", "Gravity", 94),
    Column("words", "What is to be put right", 300, stretch=True),
    Column("subject", "Where", 330),
    Column("owner", "Who", 140),
    Column(ASIDE, "", 92, sortable=False),
)
FOLD = FoldPlan(
    "words", ("subject", "owner"), label="What is to be put right, and where", below=1180, least=360
)
PUT_ASIDE, BRING_BACK = "Not now…", "Bring back"


class FindingSource:
    """Findings as rows; their numbers count from 1 in the order of the list."""

    def __init__(self) -> None:
        self._every: tuple[Finding, ...] = ()
        self._shown: list[int] = []
        self._aside = PUT_ASIDE
        self._order: Sequence[Sort] = ()

    def show(self, found: Sequence[Finding], aside: str) -> None:
        """Show these, with the words of the last column; blank where nothing can be written."""
        self._every, self._aside = tuple(found), aside
        self._sort()

    def sort_by(self, order: Sequence[Sort]) -> None:
        """Sort by columns, the first given counting most; without one, as listed."""
        self._order = tuple(order)
        self._sort()

    def _sort(self) -> None:
        self._shown = list(range(1, len(self._every) + 1))
        for name, descending in reversed(self._order):
            self._shown.sort(key=lambda n: _sorted_by(self.finding(n), name), reverse=descending)

    def finding(self, number: int) -> Finding:
        """The finding of a row."""
        return self._every[number - 1]

    def ids(self) -> Sequence[int]:
        """Every row, in order."""
        return self._shown

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of these numbers."""
        return {n: Row(n, self._cells(self.finding(n))) for n in ids if 0 < n <= len(self._every)}

    def _cells(self, finding: Finding) -> Mapping[str, Cell]:
        severity = finding.kind.severity
        where = " · ".join(words for words in (finding.subject, finding.reference) if words)
        return {
            "severity": Cell(severity.words, mark=MARKS[severity]),
            "words": Cell(finding.words),
            "subject": Cell(where, "soft"),
            "owner": Cell(finding.owner or NOBODY, "soft"),
            ASIDE: Cell(self._aside, "blue"),
        }


def _sorted_by(finding: Finding, name: str) -> tuple[object, ...]:
    if name == "severity":
        return (finding.kind.severity,)
    if name == "owner":
        return (not finding.owner, finding.owner.casefold())
    return ((finding.words if name == "words" else finding.subject).casefold(),)
