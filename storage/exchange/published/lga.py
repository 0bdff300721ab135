"""The register in the CSV layout in which councils publish contracts under the Transparency Code."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from storage.desk.limits import limits
from storage.desk.office import office
from storage.engine.reading import Reader
from storage.exchange.files_out import not_written, put_in_place
from storage.exchange.published.choice import Finding, Item, LeftOut, Published, PublishError, choose
from storage.exchange.published.guard import guarded
from storage.exchange.published.lga_values import (
    GUIDE,
    STRICT,
    Column,
    cell_of,
    columns_of,
    remark_on_value,
)
from storage.records.reference import Desk
from storage.rules.procurement.thresholds import Threshold
from storage.rules.procurement.transparency import transparency_due

# A spreadsheet program needs the mark to read the letters rightly; a strict reader would take it for a letter.
_ENCODINGS = {GUIDE: "utf-8-sig", STRICT: "utf-8"}
_NUMBERS = ("money", "date", "yes or no", "fixed")  # made here and never a formula: a minus stays a minus


def publish_lga(reader: Reader, path: Path, today: date, layout: str = GUIDE) -> Published:
    """Write the contracts a council publishes to `path`, in the guide’s or the strict layout; only reads the store.

    Contracts known to be worth no more than the Code’s amount are left out; a missing value never leaves one out.
    Raises PublishError; a file that was at `path` is then as it was.
    """
    chosen, desk, known = choose(reader), office(reader), limits(reader)
    small = tuple(_small(item, known, today) for item in chosen.items)
    items = [item for item, why in zip(chosen.items, small, strict=True) if not why]
    left = [LeftOut(i.reference, why) for i, why in zip(chosen.items, small, strict=True) if why]
    columns = columns_of(layout)
    findings: list[Finding] = []
    rows = [[column.name for column in columns]]
    rows += [_row(item, columns, layout, desk, findings) for item in items]
    findings.sort(key=lambda each: rows[0].index(each.column))
    try:
        with put_in_place(path) as beside:
            _write(beside, rows, _ENCODINGS[layout])
    except OSError as error:
        raise PublishError(not_written(error, path)) from error
    return Published(path, len(items), (*chosen.left_out, *left), tuple(findings))


def _small(item: Item, known: Sequence[Threshold], today: date) -> str:
    """Why a contract need not be published for its value, when that is known; empty when it is published."""
    contract = item.contract
    values = [v for v in (contract.award_value, contract.current_value) if v is not None]
    due = transparency_due(max(values, default=None), today, known)
    if due.value is not False:
        return ""
    return "Its value is not over the amount from which contracts have to be published."


def _row(
    item: Item, columns: Sequence[Column], layout: str, desk: Desk, findings: list[Finding]
) -> list[str]:
    """One row of cells; blanks and remarks are added to the findings."""
    cells = []
    for column in columns:
        words, reason = cell_of(item, column, layout, desk)
        if reason:
            findings.append(Finding(column.name, item.reference, reason))
        cells.append(words if column.sort in _NUMBERS else guarded(words))
    if remark := remark_on_value(item):
        findings.append(Finding("ContractValue", item.reference, remark, blank=False))
    return cells


def _write(beside: Path, rows: Sequence[Sequence[str]], encoding: str) -> None:
    """Write the rows and read them back, since what is published is not looked at again."""
    with beside.open("w", encoding=encoding, newline="", errors="replace") as file:
        csv.writer(file).writerows(rows)
    with beside.open(encoding=encoding, newline="") as file:
        before = csv.field_size_limit(2**31 - 1)
        try:
            found = sum(1 for _ in csv.reader(file))
        finally:
            csv.field_size_limit(before)
    if found != len(rows):
        raise PublishError(
            "The file was written but not kept, since it does not read back whole. "
            "An earlier file of that name is as it was. Check the disk and publish again."
        )
