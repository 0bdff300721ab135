"""List and record side by side; how wide the record was drawn is remembered with the list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.pages.list_memory import ListMemory

NARROW_WINDOW, DETAIL_NARROW, DETAIL_WIDE, DETAIL_LEAST = 1500, 396, 600, 360
LIST_LEAST = 200


class Divider(QSplitter):
    """The list takes what the record leaves."""

    def __init__(
        self, list_part: QWidget, detail: QWidget, memory: ListMemory, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._memory = memory
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(list_part)
        self.addWidget(detail)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        detail.setMinimumWidth(DETAIL_LEAST)
        self.splitterMoved.connect(self._remember)

    def size_detail(self) -> None:
        """Give the record the width it had, or the usual one of a window of this size."""
        held = self._memory.recall("detail")
        usual = DETAIL_NARROW if self.window().width() < NARROW_WINDOW else DETAIL_WIDE
        wanted = held if isinstance(held, int) and held >= DETAIL_LEAST else usual
        self.setSizes([max(LIST_LEAST, self.width() - wanted), wanted])

    def _remember(self, _place: int, _index: int) -> None:
        self._memory.remember("detail", self.sizes()[1])
