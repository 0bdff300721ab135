"""The contract register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.pages.contract_cells import end_cell, notice_cell, position_cell
from desktop.pages.contract_detail import ContractDetail
from desktop.pages.record_detail import RecordDetail
from desktop.pages.register import RegisterPage, RegisterPlan
from desktop.session import Session
from storage.engine.query import Order
from storage.records.contracts import Contract
from widgets.empty import FirstAction
from widgets.parts import Segmented, row
from widgets.table_painter import FoldPlan

if TYPE_CHECKING:
    from desktop.pages.contract_timeline import ContractTimeline


class ContractsPage(RegisterPage):
    """Every contract, the next date to act on first."""

    key, title, icon = "contracts", "Contracts", "briefcase"
    tables = (
        "contract", "contract_party", "organisation", "contract_service", "service",
        "contract_specification", "specification", "checklist_run", "action", "own_field",
        "attached_document",
    )  # fmt: skip
    export_command = "file.export"
    plan = RegisterPlan(
        cls=Contract,
        nouns=("contract", "contracts"),
        main="title",
        order=(Order("notice_by"),),
        fold=FoldPlan("title", ("reference", "provider_name"), label="Contract"),
        special={"position": position_cell, "ends": end_cell, "notice_by": notice_cell},
        total="current_value",
        certainty="value_certainty",
        many=True,
        empty=(
            "No contracts yet",
            "Bring the register you already have: an Excel workbook or a CSV file. Every heading is shown "
            "with where it goes before anything is written, and one Undo takes it all back.",
            (
                FirstAction("tray-arrow-down", "Bring your register", "Excel, CSV or Word; or drop the file here",
                            "Choose a file…", "file.import"),
                FirstAction("plus", "Enter a contract", "Start with one and add the rest later",
                            "New contract", "new.contract"),
                FirstAction("book-open", "Look around first", "The sample is a file of its own, apart from your work",
                            "Open the sample", "file.sample"),
            ),
        ),
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.timeline: ContractTimeline | None = None
        self.switch = Segmented((("table", "Table"), ("timeline", "Timeline")), 94)
        self.switch.setAccessibleName("How the contracts are shown")
        self.switch.chosen.connect(self.show_as)
        self._beside = QWidget()
        self._beside.setLayout(row(self.views.button, self.switch, gap=12))
        self._beside.setParent(self)
        self._beside.hide()  # until the window shows it
        self.views.button.show()
        self.list.arranged.connect(self._tell_timeline)
        self.switch.set_value("table")
        if self._memory.recall("shown") == "timeline":
            self.show_as("timeline")

    @property
    def beside(self) -> QWidget | None:
        """The views of the list, and how it is shown."""
        return None if self.is_empty else self._beside

    def show_as(self, how: str) -> None:
        """Show the contracts as a table or on a timeline; the record is out of the way until one is opened."""
        if how == "timeline":
            made = self._made_timeline()
            self._tell_timeline()  # while it is out of sight, so that it reads once, when it is shown
            self.list.show_instead(made)
            self.detail.hide()
        else:
            self.list.show_instead(None)
            if number := self.list.view.current_id():
                self.show_detail(number)
        self.switch.set_value(how)
        self._memory.remember("shown", how)
        if self.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def on_timeline(self) -> bool:
        """Whether the contracts are shown on a timeline."""
        return self.switch.value() == "timeline"

    def _made_timeline(self) -> ContractTimeline:
        if self.timeline is None:
            from desktop.pages.contract_timeline import ContractTimeline

            made = self.timeline = ContractTimeline(self.session, self._memory)
            made.current_changed.connect(self.list.view.select_id)
            made.opened.connect(self._opened)
            made.left.connect(self._close_record)
            made.typed.connect(self.list.bar.type_on)
            made.command.connect(self.command)
        return self.timeline

    def _tell_timeline(self) -> None:
        if self.timeline is not None:
            self.timeline.show_query(self.list.source.query)

    def _close_record(self) -> None:
        self.detail.leave()
        self.detail.hide()

    def _current(self, number: int) -> None:
        if not (self.on_timeline and self.detail.isHidden()):
            super()._current(number)

    def open_record(self, number: int, section: str = "") -> None:
        """Show one contract, on the timeline too."""
        super().open_record(number, section)
        if self.timeline is not None:
            self.timeline.select_id(number)

    @property
    def primary(self) -> tuple[str, str]:
        """New contract, unless the empty page offers something better."""
        return ("New contract", "plus") if not self.is_empty else ("", "")

    def do_primary(self) -> None:
        """Add a contract."""
        self.command.emit("new.contract")

    def make_detail(self) -> RecordDetail[Any]:
        """The open contract."""
        return ContractDetail(self.session)
