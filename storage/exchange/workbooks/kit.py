"""What every sheet of a workbook is written with, and how a sheet is told to the one who writes the book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.exchange.workbooks.columns import Cell
from storage.exchange.workbooks.pages import Pages
from storage.exchange.workbooks.styles import Styles

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Cells = dict[str, list[Cell]]  # by the letters of a column, from the first row of the sheet on


@dataclass(frozen=True, slots=True)
class Kit:
    """One workbook that is being written: its formats, and how its pages print."""

    book: Workbook
    styles: Styles
    pages: Pages


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet: its name, what writes it, and what it must hold when it is read back, where it holds data."""

    title: str
    write: Callable[[Worksheet], None]
    cells: Cells | None = None
