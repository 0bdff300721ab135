"""The tab on which a record's many small parts are shown and edited, one calm list under another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from desktop.pages.part_list import PartColumn, PartCommand, PartList, part_place
from desktop.pages.part_section import PartSection
from desktop.session import Session
from storage.engine.fields import Record
from storage.engine.steps import Changes
from widgets.parts import col, scroll

_BY_TAB = Qt.FocusPolicy.TabFocus.value  # as a number: to put two policies together takes far longer
__all__ = ["PartColumn", "PartCommand", "PartList", "PartsPanel", "part_place"]


class PartsPanel(QWidget):
    """Lists of parts of one record, under a form or a drawing when the tab has one.

    What stands above is made inside `content` and put into `above`.
    It listens to the session itself: a list is read again when its own table is touched, at once when it
    is seen and otherwise when it is next shown.
    """

    go = Signal(object)  # Place

    def __init__(
        self, session: Session, lists: Sequence[PartList[Any]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._record: Record | None = None
        self._missed: set[str] = set()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        self.content, self.above = QFrame(), col(gap=12, margins=(24, 0, 16, 0))
        self._area = scroll(self.content, "surface")
        down.addWidget(self._area)
        self.sections = [PartSection(session, each, parent=self.content) for each in lists]
        whole = col(gap=20, margins=(0, 14, 0, 24))
        self.content.setLayout(whole)
        whole.addLayout(self.above)
        for section in self.sections:
            section.go.connect(self.go)
            section.opened.connect(self._scroll_to)
            section.rebuilt.connect(self._order_soon)
            whole.addWidget(section)
        whole.addStretch(1)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._order_tabs)
        self._seen: PartSection | None = None
        session.changed.connect(self._hear)

    def show_record(self, record: Record, *, read_only: bool = False) -> None:
        """Show the parts of a record; the same one again is left as it is, with what is open in it."""
        before, self._record = self._record, record
        read_only = read_only or self._session.read_only
        if before is None or before.uuid != record.uuid:
            self.leave()
            self._missed.clear()
            self._area.verticalScrollBar().setValue(0)
        elif before == record:
            return
        for section in self.sections:
            section.show_parent(record, read_only=read_only)

    def leave(self) -> None:
        """Save what is being typed."""
        for section in self.sections:
            section.leave()

    def reveal(self, table: str, number: int, field: str = "") -> bool:
        """Open one part, with the cursor in a field of it; False when it is not among these."""
        return any(section.reveal(table, number, field) for section in self.sections)

    def _hear(self, changes: Changes) -> None:
        if self._record is None:
            return
        if not self.isVisible():
            self._missed.update(changes.rows)
            return
        for section in self.sections:
            section.refresh(changes)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        missed, self._missed = self._missed, set()
        if missed:
            self._hear(Changes("", dict.fromkeys(missed, frozenset[int]())))

    # ---- scrolling and the way of Tab

    def is_ordering(self) -> bool:
        """Whether the way of Tab is still to be put in order."""
        return self._soon.isActive()

    def _scroll_to(self, section: PartSection) -> None:
        self._seen = section
        self._soon.start()

    def _order_soon(self) -> None:
        self._soon.start()  # once for several changes, after the layout is done

    def _order_tabs(self) -> None:
        """Let Tab go through rows, open forms and lists inside them as they are seen."""
        stops = [w for w in _in_order(self) if w.focusProxy() is None]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)
        if self._seen is not None:
            self._show_open(self._seen)
            self._seen = None

    def _show_open(self, section: PartSection) -> None:
        """Bring the open part into sight, its row at the top when it is taller than the window."""
        if not section.rows.opened():
            return
        button, bar = section.rows.row(section.rows.opened()), self._area.verticalScrollBar()
        top = button.mapTo(self, QPoint(0, 0)).y() + bar.value()
        end = top + button.height() + section.rows.open_height()
        high = self._area.viewport().height()
        if end > bar.value() + high:
            bar.setValue(min(top, end - high + 8))
        if top < bar.value():
            bar.setValue(top)
        focused = self.window().focusWidget()
        if section.inside is not None and section.inside.isAncestorOf(focused):
            self._area.ensureWidgetVisible(focused, 0, 24)


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    """What Tab can stop at, in the order of the layouts."""
    if widget.isHidden():
        return
    if widget.focusPolicy().value & _BY_TAB:
        yield widget
    layout = widget.layout()
    if layout is None:
        for child in (c for c in widget.children() if isinstance(c, QWidget)):
            yield from _in_order(child)
        return
    yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (held := item.widget()) is not None:
            yield from _in_order(held)
        elif (inner := item.layout()) is not None:
            yield from _in_layout(inner)
