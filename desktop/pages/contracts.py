"""The contract register."""

from __future__ import annotations

from typing import Any

from desktop.pages.contract_cells import end_cell, notice_cell, position_cell
from desktop.pages.contract_detail import ContractDetail
from desktop.pages.record_detail import RecordDetail
from desktop.pages.register import RegisterPage, RegisterPlan
from storage.engine.query import Order
from storage.records.contracts import Contract
from widgets.empty import FirstAction
from widgets.table_painter import FoldPlan


class ContractsPage(RegisterPage):
    """Every contract, the next date to act on first."""

    key, title, icon = "contracts", "Contracts", "briefcase"
    tables = (
        "contract", "contract_party", "organisation", "contract_service", "service",
        "contract_specification", "specification", "checklist_run", "action", "own_field",
        "attached_document",
    )  # fmt: skip
    export_words = "Export"
    plan = RegisterPlan(
        cls=Contract,
        nouns=("contract", "contracts"),
        main="title",
        order=(Order("notice_by"),),
        fold=FoldPlan("title", ("reference", "provider_name"), label="Contract"),
        special={"position": position_cell, "ends": end_cell, "notice_by": notice_cell},
        total="current_value",
        certainty="value_certainty",
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
