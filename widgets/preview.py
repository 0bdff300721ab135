"""The preview of what will be printed: white pages, a page count, zoom, and the ways on to paper and PDF."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPagedPaintDevice, QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.choices import Segmented
from widgets.parts import button, col, panel, row, scroll, text
from widgets.preview_pages import GAP, PageColumn, paint_pages

WIDTH, WHOLE = "width", "whole"
BAR = 48
NARROW = 640  # pixels: below this the bar keeps only what the caller put in and the ways out
LARGEST = 1100  # pixels: a page wider than this is no easier to read


class PagePreview(QWidget):
    """Shows pages given as SVG. The same pages go to the printer as vectors, so that paper matches screen."""

    print_asked = Signal()
    save_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = PageColumn()
        self._zoom = Segmented([(WIDTH, "Fit width"), (WHOLE, "Whole page")], 118)
        self._zoom.setAccessibleName("Zoom")
        self._zoom.set_value(WIDTH)
        self._zoom.chosen.connect(self._zoomed)
        self._place = text("", "soft")
        self._save = button("Save PDF…", "", "file-pdf")
        self._save.clicked.connect(self._ask_save)
        self._print = button("Print…", "primary", "printer")
        self._print.clicked.connect(self._ask_print)
        self._area = scroll(self._column, "canvas")
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName("Pages")
        self._area.verticalScrollBar().valueChanged.connect(self._show_place)
        self._area.viewport().installEventFilter(self)
        self._area.installEventFilter(self)
        self._waiting = text("Preparing pages…", "soft")
        self._waiting.setParent(self._area.viewport())
        self._waiting.hide()
        self._tools = row(
            self._place, None, self._zoom, None, self._save, self._print, margins=(24, 0, 24, 0)
        )
        self.setLayout(col(panel(self._tools, "subbar", height=BAR), self._area, gap=0))
        self.set_pages(())

    def prepare(self) -> None:
        """Show no pages, and say that they are being made."""
        self.set_pages(())
        self._waiting.adjustSize()
        self._waiting.show()
        self._lay_out()

    def set_pages(self, pages: Sequence[str]) -> None:
        """Show these pages, each the text of one SVG picture. Nothing is drawn before it is seen."""
        self._waiting.hide()
        self._column.set_pages(pages)
        self._lay_out()
        self._area.verticalScrollBar().setValue(0)
        for way_out in (self._save, self._print):
            way_out.setEnabled(bool(pages))
        self._show_place()

    def add_tool(self, tool: QWidget) -> None:
        """Put something of the caller's into the bar, before the ways out."""
        self._tools.insertWidget(self._tools.indexOf(self._save), tool)

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._column.pages)

    @property
    def page(self) -> int:
        """The number of the page that fills the upper part of the view; nought when there are none."""
        bar = self._area.verticalScrollBar()
        if bar.value() == bar.maximum() and bar.maximum() > 0:
            return self._column.number_at(bar.value() + self._area.viewport().height())
        return self._column.number_at(bar.value() + self._area.viewport().height() // 3)

    @property
    def drawn(self) -> tuple[int, ...]:
        """The numbers of the pages that are drawn at this moment."""
        return self._column.drawn

    def go_to(self, number: int) -> None:
        """Bring the top of a page into view."""
        self._area.verticalScrollBar().setValue(self._column.top_of(number) - GAP)

    def set_whole(self, whole: bool) -> None:
        """Show whole pages, or pages as wide as the view."""
        self._zoom.set_value(WHOLE if whole else WIDTH)
        self._zoomed(self._zoom.value())

    def paint_to(self, device: QPagedPaintDevice) -> int:
        """Paint the pages on a printer or PDF writer as vectors; say how many, nought when it would not start."""
        return paint_pages(self._column.pages, device)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the view."""
        super().resizeEvent(event)
        self._lay_out()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The view may be resized without this; Page Up and Page Down go from page to page."""
        if watched is self._area.viewport() and event.type() == QEvent.Type.Resize:
            self._lay_out()
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if watched is self._area and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = steps.get(Qt.Key(event.key()))
            if step and self._zoom.value() == WHOLE:
                self.go_to(self.page + step)
                return True
        return super().eventFilter(watched, event)

    def _zoomed(self, _to: str) -> None:
        number = self.page
        self._lay_out()
        self.go_to(number)

    def _lay_out(self) -> None:
        wide = self.width() >= NARROW
        self._zoom.setVisible(wide)
        self._place.setVisible(wide)
        # The bar's own room is always left out, so that it never comes and goes with the zoom.
        room = self._area.viewport().size()
        if not self._area.verticalScrollBar().isVisible():
            room -= QSize(self._area.verticalScrollBar().sizeHint().width(), 0)
        self._waiting.move(self._area.viewport().rect().center() - self._waiting.rect().center())
        self._column.lay_out(room, whole=self._zoom.value() == WHOLE, largest=LARGEST)
        self._show_place()

    def _show_place(self) -> None:
        count = self.page_count
        self._place.setText(f"Page {self.page} of {count}" if count else "No pages")

    def _ask_print(self) -> None:
        self.print_asked.emit()

    def _ask_save(self) -> None:
        self.save_asked.emit()
