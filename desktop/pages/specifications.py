"""Specifications: the list, and the one that is open."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from desktop.pages.opened_register import OpenedRegister
from desktop.pages.record_detail import RecordDetail
from desktop.pages.register import RegisterPage, RegisterPlan
from desktop.pages.specification_detail import SpecificationDetail
from desktop.pages.specification_view import SpecificationView
from desktop.words import days_words
from storage.engine.fields import Record
from storage.engine.query import Order
from storage.engine.steps import Changes
from storage.engine.values import show_day
from storage.records.specifications import Specification
from widgets.empty import FirstAction
from widgets.table_model import Cell
from widgets.table_painter import FoldPlan


def review_cell(record: Record, today: date) -> Cell:
    """When it is to be reviewed; a day that has passed says so."""
    day = cast("Specification", record).review_date
    if day is None:
        return Cell()
    return Cell(show_day(day), "red" if day < today else "", note=days_words(day, today))


def issued_cell(record: Record, _today: date) -> Cell:
    """The version in force; while there is none, the word draft."""
    number = cast("Specification", record).issued_as
    return Cell(number) if number else Cell("Draft", "soft")


class SpecificationsPage(OpenedRegister):
    """Every specification, by title."""

    key, title, icon = "specifications", "Specifications", "file-text"
    tables = (
        "specification", "specification_section", "specification_version", "contract_specification",
        "contract", "service", "checklist_run", "action", "own_field", "specification_measure", "derogation",
        "pathway_step", "clinical_policy", "legal_basis", "citation", "evidence",
    )  # fmt: skip
    plan = RegisterPlan(
        cls=Specification,
        nouns=("specification", "specifications"),
        main="title",
        order=(Order("title"),),
        fold=FoldPlan("title", ("reference", "owner"), label="Specification"),
        special={"review_date": review_cell, "issued_as": issued_cell},
        empty=(
            "No specifications yet",
            "A specification says what a service must do, for whom, and how well. Write it section by section, "
            "issue it as a numbered version, and link it to the contracts that work to it.",
            (
                FirstAction("file-plus", "Start from an outline",
                            "Schedule 2A headings, a specialised service, or a council service",
                            "New specification…", "new.specification"),
                FirstAction("tray-arrow-down", "Bring in a Word file",
                            "Headings find their sections, and nothing is lost",
                            "Bring in Word…", "text.import"),
                FirstAction("book-open", "Look at a finished one", "The sample has three, apart from your work",
                            "Open the sample", "file.sample"),
            ),
        ),
    )  # fmt: skip

    @property
    def view(self) -> SpecificationView:
        """The view of the open specification; only once one was opened."""
        return cast("SpecificationView", self._whole)

    @property
    def heading(self) -> str:
        """The open specification's title."""
        record = self.view.record if self.is_open else None
        return record.name if record else self.title

    @property
    def primary(self) -> tuple[str, str]:
        """Issue the open draft, or begin a new one."""
        if self.is_open:
            return ("Issue version…", "seal-check") if self.view.version is None else ("", "")
        return ("New specification", "plus") if self._stack.currentIndex() == 0 else ("", "")

    def do_primary(self) -> None:
        """Do that."""
        if self.is_open:
            self.view.ask_issue()
        else:
            self.command.emit("new.specification")

    # ---- the open specification

    def make_detail(self) -> RecordDetail[Any]:
        """The panel beside the list."""
        detail = SpecificationDetail(self.session)
        detail.opened.connect(self.open_record)
        return detail

    def make_whole(self) -> QWidget:
        """The specification over the whole page."""
        view = SpecificationView(self.session)
        view.go.connect(self.go)
        view.headed.connect(self.headed)
        view.command.connect(self.command)
        return view

    def open_record(self, number: int, section: str = "") -> None:
        """A section opens in the whole; a tab, or a row on one, in the panel beside the list."""
        if section.partition("/")[0] in {tab.key for tab in SpecificationDetail.tabs}:
            if self.is_open:
                self.back()
            RegisterPage.open_record(self, number, section)
        else:
            super().open_record(number, section)

    def show_whole(self, number: int, section: str) -> None:
        """Open one, at a section when one is named."""
        self.view.show_specification(number, section)

    def refresh_whole(self, changes: Changes) -> bool:
        """Draw it again."""
        return self.view.refresh()

    def leave_whole(self) -> None:
        """Save what is being typed."""
        self.view.leave()
