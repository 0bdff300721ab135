"""A place for one widget that is made anew whenever what it shows has changed."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Holder(QWidget):
    """Holds the last widget it was given; the one before goes."""

    def __init__(self) -> None:
        super().__init__()
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._held: QWidget | None = None

    def put(self, fresh: QWidget) -> None:
        """Show a widget in the place of the one before."""
        if self._held is not None:
            self._down.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = fresh
        self._down.addWidget(fresh, 1)
        fresh.show()  # at once, and not in the next turn of the event loop
