"""Puts the annual summary of the Provider Selection Regime on paper, with the register of procurement decisions."""

from __future__ import annotations

from collections.abc import Iterable

from storage.desk.procurement.psr_year import PsrYear, Registered, psr_year
from storage.engine.store import Store
from storage.engine.values import show_day, show_money_short
from storage.exchange.paper.papers_money import MoneyColumn, MoneyPaper, MoneySection, MoneyTable
from storage.exchange.paper.print_data import imprint_of
from storage.exchange.published.psr_parts import (
    DECISIONS,
    NOT_COUNTED,
    notes_part,
    process_part,
    summary_part,
)
from storage.exchange.workbooks.sheet_parts import section_of

_REGISTER = (
    MoneyColumn("Contract", 17), MoneyColumn("Decision", 15), MoneyColumn("Regime and process", 15),
    MoneyColumn("Decided on", 10), MoneyColumn("Decision makers", 14), MoneyColumn("Conflicts and how managed", 18),
    MoneyColumn("Provider", 12), MoneyColumn("Value", 11, figures=True),
)  # fmt: skip


def psr_paper(store: Store, year: int | None = None) -> MoneyPaper:
    """The summary of a year as pages. Raises `StorageError` for a year there is none of."""
    return psr_paper_of(store, psr_year(store, year))


def psr_paper_of(store: Store, found: PsrYear) -> MoneyPaper:
    """The pages of a summary that was made."""
    left_out = len(found.not_counted)
    few = (
        "Everything recorded was counted."
        if not left_out
        else f"{left_out:,} could not be counted: see the end."
    )
    return MoneyPaper(
        imprint=imprint_of(store, store.today()),
        title="Annual summary of provider selection",
        subject=f"{show_day(found.summary.first)} to {show_day(found.summary.last)}",
        said=few,
        sections=(
            section_of(summary_part(found)),
            section_of(process_part(found)),
            _register(found.register),
            section_of(notes_part(found), NOT_COUNTED + ", and how it was counted"),
        ),
    )


def _register(register: Iterable[Registered]) -> MoneySection:
    """The register in fewer columns than the workbook has, so that it can be read on a page."""
    rows = tuple(
        (
            _joined(each.reference, each.contract),
            _joined(each.title, each.kind),
            _joined(each.regime, each.process),
            show_day(each.decided_on) if each.decided_on else "",
            each.decision_makers,
            _joined(each.conflicts, each.conflicts_managed),
            each.provider,
            show_money_short(each.value) if each.value is not None else "",
        )
        for each in register
    )
    return MoneySection(DECISIONS, MoneyTable(_REGISTER, rows, none="No procurement decision is recorded."))


def _joined(*words: str) -> str:
    return "\n".join(each for each in words if each)
