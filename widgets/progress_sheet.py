"""A sheet over the window while something long is written: what it does, how far it is, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QWidget

from widgets.parts import ProgressLine, button, col, row, text
from widgets.shown import set_title
from widgets.theme import tokens

_WIDE = 440
_TOP = 120  # from the top of the window


class Veil(QWidget):
    """Dims the window beneath, so that it is seen to wait."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Half the canvas colour over everything."""
        ground = QColor(tokens(self).canvas)
        ground.setAlpha(170)
        QPainter(self).fillRect(self.rect(), ground)


class ProgressSheet(QDialog):
    """Blocks its window until `finish`. Cancel and Esc ask once; the writer answers by finishing."""

    cancelled = Signal()

    def __init__(self, window: QWidget, title: str, words: str = "") -> None:
        """Shows itself at once over `window`."""
        super().__init__(window, Qt.WindowType.Sheet | Qt.WindowType.FramelessWindowHint)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        set_title(self, title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._asked = False
        self._ended = False
        self._veil = Veil(window)
        self._now = text(words, "soft", wrap=True)
        self._count = text("", "small")
        self._bar = ProgressLine()
        self._cancel = button("Cancel")
        self._cancel.clicked.connect(self.reject)
        foot = row(self._count, None, self._cancel)
        self.setLayout(
            col(text(title, "strong"), self._now, self._bar, 4, foot, gap=8, margins=(20, 18, 20, 16))
        )
        self.setFixedWidth(_WIDE)
        self.adjustSize()
        self.move(window.mapToGlobal(QPoint((window.width() - _WIDE) // 2, min(_TOP, window.height() // 6))))
        self.show()
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def advance(self, done: int, total: int, words: str = "") -> None:
        """So many of so many are done; `words` say what is being done now, when that has changed."""
        self._bar.set_share(done / total if total > 0 else 0.0)
        self._count.setText(f"{done:,} of {total:,}" if total > 0 else "")
        if words and not self._asked:
            self._now.setText(words)

    @property
    def asked_to_stop(self) -> bool:
        """True once the user has cancelled."""
        return self._asked

    def finish(self) -> None:
        """Take the sheet away and give the window back."""
        if self._ended:
            return
        self._ended = True
        self._veil.hide()
        self._veil.deleteLater()
        self.accept()

    def reject(self) -> None:
        """Cancel: the sheet stays until what was begun has been put back."""
        if self._asked or self._ended:
            return
        self._asked = True
        self._cancel.setEnabled(False)
        self._now.setText("Stopping, and putting back what was begun…")
        self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels; nothing else does anything by accident."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.focusWidget() is self._cancel:
            self._cancel.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Surface with an outline."""
        t = tokens(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.colour("surface"))
        painter.setPen(QPen(t.colour("edge"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
