"""The annual summary of the Provider Selection Regime as tables, which the workbook and the paper share."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from storage.desk.procurement.psr_year import PsrYear, Registered
from storage.engine.values import show_day
from storage.exchange.workbooks.sheet_parts import Cell, PartColumn, SheetPart
from storage.rules.procurement.regimes import process

SUMMARY, DECISIONS, PROCESSES, NOT_COUNTED = (
    "Annual summary",
    "Procurement decisions",
    "Awards by process",
    "Not counted",
)


def summary_part(found: PsrYear) -> SheetPart:
    """The counts (a) to (i), and how many providers are under contract at the end."""
    columns = (
        PartColumn("Item", 5),
        PartColumn("What is counted", 32),
        PartColumn("Number", 8, figures=True),
        PartColumn("Counted", 55),
    )
    rows: list[tuple[Cell, ...]] = [
        (f"({each.letter})", each.title, each.number, "; ".join(each.counted))
        for each in found.summary.counts
    ]
    last = show_day(found.summary.last)
    rows.append(("", f"Providers under contract on {last}", found.summary.providers_now, ""))
    return SheetPart(SUMMARY, columns, tuple(rows))


def register_part(register: Sequence[Registered]) -> SheetPart:
    """Every procurement decision in the file, whatever its regime."""
    columns = (
        PartColumn("Contract", 8), PartColumn("Contract title", 14), PartColumn("Decision", 14), PartColumn("Kind", 9),
        PartColumn("Regime", 11), PartColumn("Process", 11), PartColumn("Decided on", 9),
        PartColumn("Decision makers", 13), PartColumn("Conflicts of interest", 12),
        PartColumn("How conflicts were managed", 12), PartColumn("Provider", 12), PartColumn("Value", 12, figures=True),
    )  # fmt: skip
    rows = tuple(
        (
            each.reference, each.contract, each.title, each.kind, each.regime, each.process, each.decided_on,
            each.decision_makers, each.conflicts, each.conflicts_managed, each.provider,
            None if each.value is None else Decimal(each.value) / 100,
        )
        for each in register
    )  # fmt: skip
    return SheetPart(DECISIONS, columns, rows, "No procurement decision is recorded.")


def process_part(found: PsrYear) -> SheetPart:
    """How many contracts each process awarded."""
    columns = (PartColumn("Process", 60), PartColumn("Contracts awarded", 15, figures=True))
    named = [(process(code), count) for code, count in found.summary.by_process]
    return SheetPart(PROCESSES, columns, tuple((p.title if p else "", count) for p, count in named))


def notes_part(found: PsrYear) -> SheetPart:
    """What could not be counted and why, and how it was counted where the file leaves it open."""
    rows = [("Not counted", words) for words in found.not_counted]
    rows += [("How it was counted", words) for words in found.assumed]
    return SheetPart(NOT_COUNTED, (PartColumn("About", 20), PartColumn("What and why", 80)), tuple(rows))


def psr_parts(found: PsrYear) -> tuple[SheetPart, ...]:
    """The tables in their order."""
    return summary_part(found), register_part(found.register), process_part(found), notes_part(found)
