"""The annual summary of the Provider Selection Regime as tables, which the workbook and the paper share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from storage.desk.psr_year import PsrYear, Registered
from storage.engine.values import show_day
from storage.rules.procurement.regimes import process

Cell = str | int | Decimal | date | None  # a Decimal is pounds

SUMMARY, DECISIONS, PROCESSES, NOT_COUNTED = (
    "Annual summary",
    "Procurement decisions",
    "Awards by process",
    "Not counted",
)


@dataclass(frozen=True, slots=True)
class PsrColumn:
    """One column: its heading, its share of a page's width, and whether it holds figures."""

    label: str
    share: int
    figures: bool = False


@dataclass(frozen=True, slots=True)
class PsrPart:
    """One table under its title; `none` is said in place of no rows."""

    title: str
    columns: tuple[PsrColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    none: str = ""


def summary_part(found: PsrYear) -> PsrPart:
    """The counts (a) to (i), and how many providers are under contract at the end."""
    columns = (
        PsrColumn("Item", 5),
        PsrColumn("What is counted", 32),
        PsrColumn("Number", 8, figures=True),
        PsrColumn("Counted", 55),
    )
    rows: list[tuple[Cell, ...]] = [
        (f"({each.letter})", each.title, each.number, "; ".join(each.counted))
        for each in found.summary.counts
    ]
    last = show_day(found.summary.last)
    rows.append(("", f"Providers under contract on {last}", found.summary.providers_now, ""))
    return PsrPart(SUMMARY, columns, tuple(rows))


def register_part(register: Sequence[Registered]) -> PsrPart:
    """Every procurement decision in the file, whatever its regime."""
    columns = (
        PsrColumn("Contract", 8), PsrColumn("Contract title", 14), PsrColumn("Decision", 14), PsrColumn("Kind", 9),
        PsrColumn("Regime", 11), PsrColumn("Process", 11), PsrColumn("Decided on", 9),
        PsrColumn("Decision makers", 13), PsrColumn("Conflicts of interest", 12),
        PsrColumn("How conflicts were managed", 12), PsrColumn("Provider", 12), PsrColumn("Value", 12, figures=True),
    )  # fmt: skip
    rows = tuple(
        (
            each.reference, each.contract, each.title, each.kind, each.regime, each.process, each.decided_on,
            each.decision_makers, each.conflicts, each.conflicts_managed, each.provider,
            None if each.value is None else Decimal(each.value) / 100,
        )
        for each in register
    )  # fmt: skip
    return PsrPart(DECISIONS, columns, rows, "No procurement decision is recorded.")


def process_part(found: PsrYear) -> PsrPart:
    """How many contracts each process awarded."""
    columns = (PsrColumn("Process", 60), PsrColumn("Contracts awarded", 15, figures=True))
    named = [(process(code), count) for code, count in found.summary.by_process]
    return PsrPart(PROCESSES, columns, tuple((p.title if p else "", count) for p, count in named))


def notes_part(found: PsrYear) -> PsrPart:
    """What could not be counted and why, and how it was counted where the file leaves it open."""
    rows = [("Not counted", words) for words in found.not_counted]
    rows += [("How it was counted", words) for words in found.assumed]
    return PsrPart(NOT_COUNTED, (PsrColumn("About", 20), PsrColumn("What and why", 80)), tuple(rows))


def psr_parts(found: PsrYear) -> tuple[PsrPart, ...]:
    """The tables in their order."""
    return summary_part(found), register_part(found.register), process_part(found), notes_part(found)
