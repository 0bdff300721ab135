"""What is to be mended in a specification, each finding one click from its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.pages.page import Place
from desktop.pages.tab_extra import TabExtra
from desktop.session import Session
from storage.desk.specification.specification_checks import Finding, Weight, check
from storage.engine.errors import StorageError
from storage.engine.fields import Record
from widgets.holder import Holder
from widgets.icons import IconLabel
from widgets.parts import Item, col, line, link, row, text

_TABS = {"specification_measure": "measures", "derogation": "departures"}
_MARKS = {
    Weight.MUST: ("warning", "red"),
    Weight.SHOULD: ("warning-circle", "amber_mark"),
    Weight.COULD: ("info", "text3"),
}
MOST = 200  # findings drawn; the rest are counted
TABLES = (
    "specification", "specification_section", "specification_measure", "derogation", "contract_specification",
    "contract", "kpi", "contract_service", "contract_party", "organisation", "specification_version",
)  # fmt: skip
FINE = (
    "Nothing to mend: every outcome has a measure, every section has words, and the contracts say the same."
)


class Checks(TabExtra):
    """The findings by how much they matter; drawn anew when anything they rest on changes while they are seen."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, TABLES)
        self.findings: Sequence[Finding] = ()
        self._holder = Holder()
        self.setLayout(col(self._holder, gap=0))

    def draw(self, record: Record, *, afresh: bool) -> None:
        """Look again, and list what was found."""
        try:
            self.findings = check(self.session.store, record.key)
        except StorageError as error:
            self._put([text(str(error), "soft", wrap=True)])
            return
        go = partial(self._go, record.key)
        self._put(
            finding_rows(self.findings, go)
            or [row(IconLabel("check", "green"), text(FINE, "soft", wrap=True))]
        )

    def _go(self, number: int, finding: Finding, _checked: bool = False) -> None:
        self.go.emit(place_of(number, finding))

    def _put(self, items: Sequence[Item]) -> None:
        fresh = QWidget()
        fresh.setLayout(col(*items, gap=8))
        self._holder.put(fresh)


def place_of(number: int, finding: Finding) -> Place:
    """Where a finding is mended: in a section, on a tab with the row open, or in a field of the head."""
    if finding.section:
        return Place("specifications", number, finding.section)
    if finding.table:
        return Place("specifications", number, f"{_TABS[finding.table]}/{finding.table}/{finding.row}/")
    return Place("specifications", number, f"about/specification/{number}/{finding.field}")


def finding_rows(findings: Sequence[Finding], go: Callable[[Finding], object]) -> list[Item]:
    """A row for each finding: how much it matters by shape and word, what is wrong, and the way to it."""
    made: list[Item] = []
    for finding in findings[:MOST]:
        name, colour = _MARKS[finding.weight]
        press = link("Go to it")
        press.setAccessibleName(f"Go to it: {finding.words}")
        press.clicked.connect(partial(go, finding))
        said = col(text(f"{finding.weight} · {finding.kind}", "label"), text(finding.words, wrap=True), gap=1)
        across = row(IconLabel(name, colour), gap=10)
        across.addLayout(said, 1)
        across.addWidget(press)
        made += [across, line()]
    if len(findings) > MOST:
        made.append(text(f"And {len(findings) - MOST:,} more.", "soft"))
    return made
