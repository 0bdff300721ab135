"""Draws the results of a search: group headings, and titles with the words searched for made strong."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from widgets.icons import paint_icon
from widgets.palette_entries import Entry, EntryList
from widgets.table_model import Index
from widgets.table_painter import one_line
from widgets.theme import BODY, MEDIUM, REGULAR, SEMIBOLD, SMALL, Tokens, font_of, tokens

LINE, HEADING = 36, 28
_ICON = 16
_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)


class EntryPainter(QStyledItemDelegate):
    """Paints one line of results; words are drawn as they are, never read as markup."""

    def __init__(self, view: QListView, found: EntryList) -> None:
        super().__init__(view)
        self._view, self._found = view, found
        self._words = ""

    def set_words(self, words: str) -> None:
        """The words that were searched for."""
        self._words = words

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Headings are lower than results."""
        return QSize(0, LINE if self._found.entry(index.row()) else HEADING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a heading or a result."""
        t = tokens(self._view)
        rect = QRectF(option.rect)
        entry = self._found.entry(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry is None:
            painter.setFont(font_of(self._view, SMALL, MEDIUM))
            painter.setPen(t.colour("text2"))
            painter.drawText(rect.adjusted(8, 4, -8, 0), _FLAGS, str(index.data()))
        else:
            self._paint_entry(painter, rect, t, entry, bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_entry(self, p: QPainter, rect: QRectF, t: Tokens, entry: Entry, chosen: bool) -> None:
        if chosen:
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(t.colour("accent_soft"))
            p.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 4, 4)
        inside = rect.adjusted(8, 0, -8, 0)
        if entry.icon:
            box = QRectF(inside.left(), inside.center().y() - _ICON / 2, _ICON, _ICON)
            paint_icon(p, box, entry.icon, "accent" if chosen else "text2")
        inside.setLeft(inside.left() + _ICON + 8)
        used = self._paint_title(p, inside, t, one_line(entry.title))
        rest = inside.adjusted(used + 12, 0, 0, 0)
        if entry.line and rest.width() > 40:
            font = font_of(self._view, SMALL, REGULAR)
            words = QFontMetricsF(font).elidedText(
                one_line(entry.line), Qt.TextElideMode.ElideRight, rest.width()
            )
            p.setFont(font)
            p.setPen(t.colour("text2"))
            p.drawText(rest, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_title(self, p: QPainter, rect: QRectF, t: Tokens, title: str) -> float:
        """Draw the title, matched parts strong; say how wide it was."""
        plain, strong = font_of(self._view, BODY, REGULAR), font_of(self._view, BODY, SEMIBOLD)
        most = rect.width()
        title = QFontMetricsF(strong).elidedText(title, Qt.TextElideMode.ElideRight, most)
        p.setPen(t.colour("text"))
        x = rect.left()
        for words, matched in parts_of(title, self._words):
            font: QFont = strong if matched else plain
            wide = QFontMetricsF(font).horizontalAdvance(words)
            p.setFont(font)
            p.drawText(QRectF(x, rect.top(), wide + 2, rect.height()), _FLAGS, words)
            if matched:
                p.fillRect(QRectF(x, rect.center().y() + 9, wide, 1.5), t.colour("accent"))
            x += wide
        return x - rect.left()


def parts_of(title: str, words: str) -> list[tuple[str, bool]]:
    """A title cut into parts, each with whether it is one of the words, at the beginning of a word."""
    wanted = sorted((re.escape(word) for word in words.split()), key=len, reverse=True)
    if not wanted:
        return [(title, False)]
    parts: list[tuple[str, bool]] = []
    end = 0
    for found in re.finditer(rf"(?<!\w)(?:{'|'.join(wanted)})", title, re.IGNORECASE):
        parts += [(title[end : found.start()], False), (found.group(), True)]
        end = found.end()
    return [part for part in (*parts, (title[end:], False)) if part[0]]
