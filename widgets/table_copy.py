"""Rows as they go to the clipboard: text with tabs for Excel and an HTML table for Word, both harmless."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QGuiApplication

from widgets.table_model import BLANK, Column, Row

_COPIED = "copied rows"  # the property of the application that holds their words
MOST = 5_000  # rows one copy takes; more belongs in an export
# Begins like one, even after spaces, and is not a number.
_FORMULA = re.compile(r"\s*(?:[=@]|[+-](?!\s?£?\d[\d,.]*%?$))")


def as_mime(columns: Sequence[Column], rows: Iterable[Row], headings: bool) -> QMimeData:
    """The rows in both forms."""
    held = list(rows)
    mime = QMimeData()
    mime.setText(as_text(columns, held, headings))
    mime.setHtml(as_html(columns, held, headings))
    return mime


def put_on_clipboard(mime: QMimeData) -> None:
    """Copy rows, and remember their words for `let_go_of_clipboard`."""
    QGuiApplication.clipboard().setMimeData(mime)
    _application().setProperty(_COPIED, mime.text())


def let_go_of_clipboard() -> None:
    """Before the program ends, leave what it copied as text of Qt's own: an object of Python's would outlive Python."""
    words, clipboard = _application().property(_COPIED), QGuiApplication.clipboard()
    if words and clipboard.text() == words:
        clipboard.setText(words)


def _application() -> QCoreApplication:
    running = QCoreApplication.instance()
    if running is None:
        raise RuntimeError("no application is running")
    return running


def as_text(columns: Sequence[Column], rows: Iterable[Row], headings: bool) -> str:
    """Lines of cells parted by tabs. Text a spreadsheet would work out as a formula gets an apostrophe."""
    lines = [[c.label for c in columns]] if headings else []
    lines += [[_text(row, c) for c in columns] for row in rows]
    return "".join("\t".join(_tame(cell) for cell in line) + "\n" for line in lines)


def as_html(columns: Sequence[Column], rows: Iterable[Row], headings: bool) -> str:
    """A table in which every word is escaped and formula-like text is marked as text."""
    head = "".join(f"<th>{escape(c.label)}</th>" for c in columns)
    lines = [f"<tr>{head}</tr>"] if headings else []
    lines += ["<tr>" + "".join(_html(_text(row, c), c) for c in columns) + "</tr>" for row in rows]
    return f"<table>{''.join(lines)}</table>"


def _text(row: Row, column: Column) -> str:
    return row.cells.get(column.name, BLANK).text


def _tame(words: str) -> str:
    flat = " ".join(words.replace("\t", " ").splitlines())
    return "'" + flat if _FORMULA.match(flat) else flat


def _html(words: str, column: Column) -> str:
    right = "text-align:right" if column.align == "right" else ""
    text = "mso-number-format:'\\@'" if _FORMULA.match(words) else ""
    style = ";".join(part for part in (right, text) if part)
    attribute = f' style="{style}"' if style else ""
    return f"<td{attribute}>{escape(words).replace(chr(10), '<br>')}</td>"
