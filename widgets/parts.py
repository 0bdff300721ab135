"""Small builders for everything a page is made of: words, buttons, rows, cards, segments, tabs, progress."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from widgets.choices import Segmented, TabBar, restyle
from widgets.icons import IconLabel, icon
from widgets.shown import escaped
from widgets.theme import tokens

Item = QWidget | QLayout | int | None  # a widget, a layout, so many pixels, or all the room that is left
Margins = int | tuple[int, int, int, int]
FIXED, WIDE = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding

__all__ = [
    "IconLabel",
    "Item",
    "Margins",
    "ProgressLine",
    "Segmented",
    "TabBar",
    "Words",
    "WrappedWords",
    "breakable",
    "button",
    "card",
    "col",
    "inset",
    "line",
    "link",
    "menu_button",
    "panel",
    "pill",
    "restyle",
    "row",
    "scroll",
    "text",
    "together",
]


class Words(QLabel):
    """A label that shows text as text."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)


class WrappedWords(Words):
    """A label that wraps, and is always as tall as its words need.

    A class of its own, since every label of a page hears of each change of style while the page is put together.
    """

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setWordWrap(True)
        policy = QSizePolicy(WIDE, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, words: str) -> None:
        """Show other words."""
        if words != self.text():
            super().setText(words)
            self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._settle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._settle()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), 48), hint.height())

    def _settle(self) -> None:
        # Not every layout asks for the height that goes with a width.
        if self.wordWrap() and self.width() > 0:
            self.setMinimumHeight(0)  # heightForWidth never goes below the minimum that stands
            self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


LONG_WORD = re.compile(r"\S{40,}")
NO_WIDTH = "\u200b"  # a place where a line may break


def breakable(words: str) -> str:
    """Words in which a very long one, such as a path, may be broken, so that it never widens what shows it."""
    return LONG_WORD.sub(lambda long: re.sub(r"([/\\._-])", rf"\1{NO_WIDTH}", long.group()), words)


def text(words: str, role: str = "", tone: str = "", wrap: bool = False) -> Words:
    """A label. Roles: title record fact strong question prose bold medium soft small label, or body.

    Tones: red amber green accent; only for what is late, closed or chosen.
    """
    label = WrappedWords(words) if wrap else Words(words)
    label.setProperty("role", role)
    label.setProperty("tone", tone)
    return label


def pill(words: str, tone: str = "") -> Words:
    """A state that wants to be looked at. Tones: red amber green blue, or grey."""
    label = Words(words)
    label.setProperty("pill", True)
    label.setProperty("tone", tone)
    label.setSizePolicy(QSizePolicy.Policy.Maximum, FIXED)
    return label


def button(
    words: str, kind: str = "", icon_name: str = "", *, colour: str = "", on: bool | None = None
) -> QPushButton:
    """A button. Kinds: primary danger quiet link chip doc rail section, or plain; `on` makes it checkable."""
    # Style rules know no gap between an icon and its words; two spaces make the rail's.
    made = QPushButton("  " * (kind == "rail" and bool(icon_name)) + escaped(words))
    made.setAccessibleName(words)
    made.setProperty("kind", kind)
    if icon_name:
        on_colour = "accent" if kind in ("rail", "section") else ""
        made.setIcon(icon(icon_name, colour or ("on_accent" if kind == "primary" else "text2"), on_colour))
        size = 18 if kind == "rail" else 14 if kind in ("link", "chip", "doc") else 16
        made.setIconSize(QSize(size, size))
    if on is not None:
        made.setCheckable(True)
        made.setChecked(on)
    made.setAutoDefault(False)
    # A button is never narrower than its words.
    made.setSizePolicy(WIDE if kind in ("rail", "section") else FIXED, FIXED)
    return made


def link(words: str, icon_name: str = "") -> QPushButton:
    """Words that go somewhere."""
    return button(words, "link", icon_name, colour="accent")


def menu_button(words: str, menu: QMenu, kind: str = "", icon_name: str = "") -> QPushButton:
    """A button that opens a menu, with a caret after its words."""
    made = button(words, kind, icon_name)
    made.setProperty("menu", True)
    menu.setParent(made, menu.windowFlags())
    made.setMenu(menu)
    return made


def _fill(layout: QBoxLayout, items: Sequence[Item], gap: int, margins: Margins) -> None:
    layout.setSpacing(gap)
    layout.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)


@contextmanager
def together(widget: QWidget) -> Iterator[None]:
    """Change several things in a widget that is laid out once after them, not at once each time one is shown."""
    layout = widget.layout()
    if layout is None:
        yield
        return
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
        layout.update()


def row(*items: Item, gap: int = 8, margins: Margins = 0) -> QHBoxLayout:
    """Side by side. An item may be a widget, a layout, so many pixels, or None for all the room left."""
    layout = QHBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def col(*items: Item, gap: int = 8, margins: Margins = 0) -> QVBoxLayout:
    """Under one another; items as in `row`."""
    layout = QVBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def panel(
    layout: QLayout, part: str = "", *, width: int = 0, height: int = 0, inside: QWidget | None = None
) -> QFrame:
    """A frame around a layout. A large one is given what it goes into: moving it later would style all in it anew.

    Parts: page bar subbar rail status side detail surface canvas facts card inset tile section quote drop.
    """
    frame = QFrame(inside)
    frame.setProperty("part", part)
    frame.setLayout(layout)
    if width:
        frame.setFixedWidth(width)
    if height:
        frame.setFixedHeight(height)
    return frame


def card(*items: Item, gap: int = 8, margins: Margins = (16, 12, 16, 12)) -> QFrame:
    """Something separate: a question, a group, a chart."""
    return panel(col(*items, gap=gap, margins=margins), "card")


def inset(*items: Item, gap: int = 4, margins: Margins = (10, 8, 10, 8)) -> QFrame:
    """A quiet sunken box for notes and worked-out values."""
    return panel(col(*items, gap=gap, margins=margins), "inset")


def line(vertical: bool = False) -> QFrame:
    """A hairline."""
    frame = QFrame()
    frame.setProperty("part", "vline" if vertical else "hline")
    return frame


def scroll(content: QLayout | QWidget, part: str = "") -> QScrollArea:
    """Content that scrolls downwards only; `part` names what it lies on, as for `panel`."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    held = panel(content) if isinstance(content, QLayout) else content
    held.setProperty("part", part or held.property("part") or "scrolled")
    area.setWidget(held)
    return area


class ProgressLine(QWidget):
    """A bar of progress; the words that give the figure stand beside it."""

    def __init__(self, share: float = 0.0, height: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = share
        self.setFixedHeight(height)
        self.setSizePolicy(WIDE, FIXED)
        self.setMinimumWidth(24)
        self.set_share(share)

    def set_share(self, share: float) -> None:
        """Show a share between 0 and 1; the whole is green."""
        self._share = min(1.0, max(0.0, share))
        self.setAccessibleName(f"{round(self._share * 100)} per cent done")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colours = QPainter(self), tokens(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        high, wide = self.height(), self.width()
        painter.setBrush(colours.colour("line"))
        painter.drawRoundedRect(QRectF(0, 0, wide, high), high / 2, high / 2)
        if self._share > 0:
            painter.setBrush(colours.colour("green_mark" if self._share >= 1 else "accent"))
            painter.drawRoundedRect(QRectF(0, 0, max(high, wide * self._share), high), high / 2, high / 2)
