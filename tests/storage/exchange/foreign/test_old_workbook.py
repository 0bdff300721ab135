"""Workbooks in .xls, .xlsb and .ods keep their rows, sheets and what is doubtful about them."""

from __future__ import annotations

import pytest

from storage.exchange.foreign.old_workbook import OldWorkbook
from storage.exchange.tables.sheet import SourceError
from tests.storage.exchange.foreign.here import read_here
from tests.storage.exchange.foreign.making import ROWS, ods, old_office, parts_of, with_part, xls, xlsb, xlsx

_FORMULA = "<table:table-cell table:formula='of:=1+1'{}/>"


@pytest.mark.parametrize("make", [xls, xlsb, ods])
def test_rows_keep_their_numbers_and_blank_cells(make: object) -> None:
    rows = (("Register of contracts",), (), *ROWS, (), ("C3", "", "Acme", 7))
    padded = [(*row, *[""] * (4 - len(row))) for row in rows]
    found = read_here(make(padded), "register.xls")  # type: ignore[operator]
    assert (found.header_row, found.numbers) == (3, (4, 5, 7))
    assert found.rows[-1][0] == "C3" and found.rows[-1][3] == 7 and not found.rows[-1][1]


def test_a_formula_that_was_never_worked_out_is_told() -> None:
    text = "<table:table-cell office:value-type='string'><text:p>C3</text:p></table:table-cell>"
    never = read_here(ods(cells=text + _FORMULA.format("")), "register.ods")
    assert any("no stored result" in note for note in never.notes)
    done = _FORMULA.format(" office:value-type='float' office:value='2'")
    assert not any("no stored result" in note for note in read_here(ods(cells=text + done), "r.ods").notes)


def test_a_sheet_that_never_ends_is_refused_at_once() -> None:
    torn = with_part(ods(), "content.xml", lambda text: text.replace(b"</table:table>", b""))
    with pytest.raises(SourceError, match="damaged"):
        read_here(torn, "register.ods")


def test_merged_rows_are_told() -> None:
    with OldWorkbookMerged() as book:
        assert [(odd.row, odd.column, odd.cell) for odd in book.odd("Data")] == [(2, 3, "rows 2 to 5")]


class OldWorkbookMerged:
    """A workbook whose library says that cells are merged, since the small files made here cannot say it."""

    def __enter__(self) -> OldWorkbook:
        book = OldWorkbook(xls())
        book._held = (
            "Data",
            type("Sheet", (), {"merged_cell_ranges": [((1, 2), (4, 2)), ((0, 0), (0, 3))]})(),
        )
        return book

    def __exit__(self, *_: object) -> None:
        return None


@pytest.mark.parametrize(
    "data",
    [
        old_office("Workbook", b"nonsense" * 100),
        xls()[:1600],
        with_part(ods(), "content.xml", lambda xml: xml[:-30]),
        with_part(xlsb(), "xl/workbook.bin", lambda book: book[:20]),
    ],
)
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"damaged|no rows|no sheet"):
        read_here(data, "register.xls")


def test_a_workbook_named_as_another_kind_is_known_by_its_parts() -> None:
    assert "xl/workbook.bin" in parts_of(xlsb()) and "xl/workbook.bin" not in parts_of(xlsx())
