"""Draws printed pages, given as SVG, on screen and on paper; a page is drawn when it is first seen."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPagedPaintDevice, QPageLayout, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from widgets.theme import tokens

GAP = 16  # pixels between pages and around them
KEPT = 6  # drawn pages kept, so that a long document does not fill the memory
A4 = QSizeF(595.28, 841.89)  # points
_VIEW_BOX = re.compile(r'viewBox="\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)')


def page_size(svg: str) -> QSizeF:
    """The size of a page in points, read from the opening of its SVG; A4 when it does not say."""
    found = _VIEW_BOX.search(svg[:2000])
    size = QSizeF(float(found[1]), float(found[2])) if found else A4
    return size if size.width() > 0 and size.height() > 0 else A4


def fitted(size: QSizeF, into: QRectF) -> QRectF:
    """The largest rectangle of the shape of `size` inside another, centred."""
    scaled = size.scaled(into.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = into.x() + (into.width() - scaled.width()) / 2
    top = into.y() + (into.height() - scaled.height()) / 2
    return QRectF(left, top, scaled.width(), scaled.height())


def draw_page(painter: QPainter, svg: str, into: QRectF) -> None:
    """Draw one page as vectors, keeping its shape."""
    renderer = QSvgRenderer(QByteArray(svg.encode("utf-8")))
    if renderer.isValid():
        renderer.render(painter, fitted(page_size(svg), into))


def paint_pages(pages: Sequence[str], device: QPagedPaintDevice) -> int:
    """Paint pages on a printer or PDF writer, one to a sheet turned to suit it; say how many were painted.

    The page ranges chosen for the device are kept to. Nought means that the device would not start.
    """
    ranges = device.pageRanges()
    chosen = [svg for n, svg in enumerate(pages, 1) if ranges.isEmpty() or ranges.contains(n)]
    painter = QPainter()
    done = 0
    for svg in chosen:
        size = page_size(svg)
        wide = size.width() > size.height()
        device.setPageOrientation(
            QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        )
        if not (device.newPage() if done else painter.begin(device)):
            break
        draw_page(painter, svg, _sheet(device))
        done += 1
    if painter.isActive():
        painter.end()
    return done


def _sheet(device: QPagedPaintDevice) -> QRectF:
    """The whole sheet in the painter's own pixels, which begin at the margins unless it paints to the edge."""
    layout, dots = device.pageLayout(), device.logicalDpiX()
    sheet = QRectF(layout.fullRectPixels(dots))
    if layout.mode() is QPageLayout.Mode.StandardMode:
        sheet.translate(-QRectF(layout.paintRectPixels(dots)).topLeft())
    return sheet


class PageColumn(QWidget):
    """The pages one under another, white in any theme, each drawn when it is first seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: tuple[str, ...] = ()
        self._boxes: list[QRectF] = []
        self._drawn: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()

    def set_pages(self, pages: Sequence[str]) -> None:
        """Show other pages."""
        self._pages = tuple(pages)
        self._drawn.clear()
        self.update()

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages as given."""
        return self._pages

    @property
    def drawn(self) -> tuple[int, ...]:
        """The numbers, from 1, of the pages drawn and kept at this moment."""
        return tuple(sorted({index + 1 for index, _ in self._drawn}))

    def lay_out(self, room: QSize, *, whole: bool, largest: int) -> None:
        """Size every page to the width of the room, at most `largest`, or so that a whole page fits it."""
        width, top = min(room.width() - 2 * GAP, largest), float(GAP)
        self._boxes = []
        for svg in self._pages:
            size = page_size(svg)
            into = QSizeF(width, room.height() - 2 * GAP if whole else 1e6)
            shown = size.scaled(into.expandedTo(QSizeF(60, 60)), Qt.AspectRatioMode.KeepAspectRatio)
            self._boxes.append(QRectF(round((room.width() - shown.width()) / 2), top, *shown.toTuple()))
            top += round(shown.height()) + GAP
        self.setFixedHeight(max(round(top), 1))
        self.update()

    def top_of(self, number: int) -> int:
        """Where a page begins, in pixels from the top."""
        return round(self._boxes[number - 1].top()) if 0 < number <= len(self._boxes) else 0

    def number_at(self, y: int) -> int:
        """The number of the page at a height, from 1; nought when there are none."""
        return max(1, sum(box.top() - GAP <= y for box in self._boxes)) if self._boxes else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in view and no others."""
        painter = QPainter(self)
        colours = tokens(self)
        painter.fillRect(event.rect(), colours.colour("canvas"))
        for index, box in enumerate(self._boxes):
            if box.adjusted(-1, -1, 1, 1).intersects(QRectF(event.rect())):
                painter.setPen(QPen(colours.colour("line"), 1))
                painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
                painter.drawPixmap(box.topLeft(), self._picture(index, box))

    def _picture(self, index: int, box: QRectF) -> QPixmap:
        """The drawn page, kept for the next time."""
        ratio = self.devicePixelRatioF()
        size = (box.size() * ratio).toSize()
        key = (index, size.width())
        if key not in self._drawn:
            picture = QPixmap(size)
            picture.fill(QColor("white"))  # paper, whatever the theme
            painter = QPainter(picture)
            draw_page(painter, self._pages[index], QRectF(picture.rect()))
            painter.end()
            picture.setDevicePixelRatio(ratio)
            self._drawn[key] = picture
        self._drawn.move_to_end(key)
        while len(self._drawn) > KEPT:
            self._drawn.popitem(last=False)
        return self._drawn[key]
