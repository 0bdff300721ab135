"""One choice out of several, shown as segments side by side or as tabs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QFontMetrics, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from widgets.icons import icon
from widgets.shown import escaped
from widgets.theme import BODY, SEMIBOLD, font_of

Options = Sequence[tuple[str, str]]  # each choice: its key and its words


def restyle(widget: QWidget, **properties: object) -> None:
    """Set properties the style rules look at, and have the rules read again."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # they are read when it is first shown; read now, they would be again with each part it is put into
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class _Part(QPushButton):
    """One choice among several; its arrows belong to the group."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MOVES:
            event.ignore()  # the group moves the choice, not the focus alone
        else:
            super().keyPressEvent(event)


_MOVES = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Home: -1000,
    Qt.Key.Key_End: 1000,
}


class Exclusive(QWidget):
    """Buttons of which one is chosen: a single stop for Tab, arrows move the choice."""

    chosen = Signal(str)  # a person chose this key

    def __init__(self, options: Options, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self._parts: dict[str, _Part] = {}
        for key, words in options:
            part = _Part(escaped(words), self)
            part.setProperty("kind", kind)
            part.setCheckable(True)
            part.setAutoDefault(False)
            part.clicked.connect(partial(self._choose, key))
            self._parts[key] = part
        self._set_stop()

    def value(self) -> str:
        """The key of what is chosen, or nothing."""
        return self._value

    def set_value(self, key: str) -> None:
        """Show a choice without saying that a person made it; "" for none."""
        before, self._value = self._value, key if key in self._parts else ""
        for name, part in self._parts.items():
            part.setChecked(name == self._value)
        if self._value != before:
            self._set_stop()
            self._shown()

    def set_words(self, key: str, words: str) -> None:
        """Call a choice something else."""
        self._parts[key].setText(escaped(words))
        self._shown()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the choice where Tab would stop."""
        self._parts[self._stop()].setFocus(event.reason())

    def _stop(self) -> str:
        return self._value or next(iter(self._parts), "")

    def _set_stop(self) -> None:
        stop = self._stop()
        for name, part in self._parts.items():
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == stop else Qt.FocusPolicy.ClickFocus)

    def _shown(self) -> None:
        """What else changes with the choice."""

    def _choose(self, key: str, _checked: bool = True) -> None:
        changed = key != self._value
        self.set_value(key)
        if changed:
            self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = list(self._parts)
        move = _MOVES.get(Qt.Key(event.key()))
        if move is None or not keys:
            super().keyPressEvent(event)
            return
        here = keys.index(self._value) if self._value else -1
        key = keys[min(max(here + move, 0), len(keys) - 1)]
        self._choose(key)
        self._parts[key].setFocus(Qt.FocusReason.TabFocusReason)


class Segmented(Exclusive):
    """A choice shown whole: parts of one width, a tick on the chosen one. Options are (key, words)."""

    def __init__(self, options: Options, width: int = 70, parent: QWidget | None = None) -> None:
        super().__init__(options, "seg", parent)
        across = QHBoxLayout(self)
        across.setSpacing(0)
        across.setContentsMargins(0, 0, 0, 0)
        last = len(self._parts) - 1
        for place, part in enumerate(self._parts.values()):
            part.setProperty("end", "first" if place == 0 else "last" if place == last else "")
            part.setFixedWidth(width)
            part.setIconSize(QSize(14, 14))
            across.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_read_only(self, read_only: bool) -> None:
        """Show the choice without letting it be changed."""
        for part in self._parts.values():
            part.setEnabled(not read_only)

    def _shown(self) -> None:
        for part in self._parts.values():
            part.setIcon(icon("check", "on_accent") if part.isChecked() else QIcon())


class TabBar(Exclusive):
    """Tabs in one row. Those that do not fit are in a menu at the end, the chosen one never."""

    GAP, HEIGHT = 20, 40

    def __init__(self, options: Options, parent: QWidget | None = None) -> None:
        super().__init__(options, "tab", parent)
        self._menu = QMenu(self)
        self._more = QPushButton(self)
        self._more.setProperty("kind", "tab")
        self._more.setProperty("menu", True)
        self._more.setMenu(self._menu)
        self._more.hide()
        self.setFixedHeight(self.HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_value(options[0][0] if options else "")

    def folded(self) -> list[str]:
        """The keys of the tabs that are in the menu just now."""
        return [key for key, part in self._parts.items() if part.isHidden()]

    def sizeHint(self) -> QSize:
        return QSize(self._needed(list(self._parts)), self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shown()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._shown()

    def _advance(self, words: str) -> int:
        # Measured as when chosen, so that choosing moves nothing.
        return QFontMetrics(font_of(self, BODY, SEMIBOLD)).horizontalAdvance(words.replace("&&", "&")) + 4

    def _needed(self, keys: list[str]) -> int:
        return sum(self._advance(self._parts[k].text()) + self.GAP for k in keys) - self.GAP

    def _fitting(self) -> list[str]:
        """The tabs to show: as many as fit from the left, the chosen one among them."""
        keys = list(self._parts)
        if self._needed(keys) <= self.width():
            return keys
        room = self.width() - self._advance(f"{len(keys)} more") - 26 - self.GAP
        shown = [self._value] if self._value else []
        for key in keys:
            if key in shown:
                continue
            if self._needed([*shown, key]) > room:
                break
            shown.append(key)
        return [key for key in keys if key in shown]

    def _shown(self) -> None:
        shown, left = self._fitting(), 0
        self._menu.clear()
        for key, part in self._parts.items():
            part.setVisible(key in shown)
            if key not in shown:
                action = QAction(part.text(), self._menu)
                action.triggered.connect(partial(self._choose, key))
                self._menu.addAction(action)
                continue
            wide = self._advance(part.text())
            part.setGeometry(left, 0, wide, self.HEIGHT)
            left += wide + self.GAP
        rest = len(self._parts) - len(shown)
        self._more.setVisible(rest > 0)
        self._more.setText(f"{rest} more")
        self._more.setGeometry(left, 0, self._advance(self._more.text()) + 26, self.HEIGHT)
