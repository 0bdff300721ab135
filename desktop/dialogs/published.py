"""What was published: how many contracts, which were left out, what is blank, and every reason."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.dialogs.import_lists import LinesView
from storage.exchange.published.choice import Published
from storage.exchange.published.report import Told, counted, left_out, told
from widgets.parts import button, col, row, text
from widgets.shown import set_title
from widgets.table_model import Column

WIDE, HIGH, MOST_NAMED = 980, 620, 30
NEXT = "Nothing was sent anywhere: the file is yours to put on your website. Fill in what is blank and publish again."
_COLUMNS = (
    Column("what", "What", 270, sortable=False),
    Column("contracts", "Contracts", 90, "right", sortable=False),
    Column("why", "Why", 360, stretch=True, sortable=False),
    Column("which", "Which", 210, sortable=False),
)


class PublishedDialog(QDialog):
    """The count above, and one line for each reason; the list can be copied."""

    def __init__(self, parent: QWidget, published: Published) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, "Published")
        self.resize(min(WIDE, parent.width() - 40), min(HIGH, parent.height() - 40))
        close = button("Close", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        head = f"{published.path.name}: {counted(published.contracts)}"
        self.lines = lines_of(published)
        listed = LinesView(_COLUMNS, self.lines, "Left out, blank and remarked")
        words = NEXT if self.lines else "Nothing is blank and nothing was left out."
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(
            col(
                text(head, "title", wrap=True),
                text(words, "soft", wrap=True),
                gap=4,
                margins=(24, 20, 24, 12),
            )
        )
        whole.addWidget(listed, 1)
        whole.addLayout(row(None, close, margins=(24, 12, 24, 16)))


def lines_of(published: Published) -> list[dict[str, str]]:
    """One line for each reason: contracts left out, columns with blanks, then remarks."""
    lines = _lines("Left out", left_out(published))
    lines += _lines("blank", told(published.findings, blank=True))
    return lines + _lines("", told(published.findings, blank=False))


def _lines(words: str, found: Iterable[Told]) -> list[dict[str, str]]:
    return [
        {
            "what": " ".join(filter(None, (each.column, words))),
            "contracts": f"{len(each.references):,}",
            "why": each.reason,
            "which": _named(each.references),
        }
        for each in found
    ]


def _named(references: tuple[str, ...]) -> str:
    more = len(references) - MOST_NAMED
    return ", ".join(references[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
