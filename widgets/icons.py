"""Icons of one family, drawn from their outlines in whatever colour the theme has at that moment."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from widgets.theme import tokens


@lru_cache(maxsize=256)
def _outline(name: str) -> str:
    return resources.files("resources").joinpath(f"icons/{name}.svg").read_text("utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_outline(name).replace("currentColor", colour).encode()))


def paint_icon(painter: QPainter, box: QRectF, name: str, colour: str = "text2") -> None:
    """Paint an icon inside a box in the colour its token has now."""
    _renderer(name, tokens()[colour]).render(painter, box)


class _Engine(QIconEngine):
    """Draws at the moment of painting, so a change of theme or of screen needs no new icon."""

    def __init__(self, name: str, colour: str, on_colour: str) -> None:
        super().__init__()
        self._name, self._colour, self._on = name, colour, on_colour or colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour = self._on if state == QIcon.State.On else self._colour
        if mode == QIcon.Mode.Disabled:
            colour = "text3"
        paint_icon(painter, QRectF(rect), self._name, colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return drawn


def icon(name: str, colour: str = "text2", on_colour: str = "") -> QIcon:
    """An icon by its Phosphor name, in the colour of a token; `on_colour` while its button is checked.

    Raises `FileNotFoundError` for a name that is not in `resources/icons`.
    """
    _outline(name)
    return QIcon(_Engine(name, colour, on_colour))


class IconLabel(QWidget):
    """An icon beside words; decoration for screen readers, which read the words."""

    def __init__(
        self, name: str, colour: str = "text2", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        _outline(name)
        self._name, self._colour = name, colour
        self.setFixedSize(size, size)

    def set_icon(self, name: str, colour: str = "text2") -> None:
        """Show another icon."""
        _outline(name)
        self._name, self._colour = name, colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_icon(QPainter(self), QRectF(self.rect()), self._name, self._colour)
