"""Editors that choose: from a list, yes or no, and a link to another record found by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

from storage.engine.fields import Kind, Unreadable
from widgets.editors_base import Editor
from widgets.icons import icon
from widgets.parts import restyle, row
from widgets.shown import set_tip

BLANK = "Leave blank"
_OPENS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_F4)
_PASSES = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)


class Chooser(QComboBox):
    """A drop-down list that the wheel and a stray arrow key cannot change, and that can be locked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.locked = False
        self.picking = False  # the list was opened, so a choice made is a person's and not a match of words
        self.setMinimumWidth(60)
        self.setMaxVisibleItems(14)
        self.setItemDelegate(QStyledItemDelegate(self))  # its rows obey the style rules
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def lock(self, locked: bool) -> None:
        """Show the choice without letting it be changed."""
        self.locked = locked
        restyle(self, locked=locked)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Words too long for the box end in an ellipsis."""
        super().initStyleOption(option)
        words = option.currentText
        room = self.width() - 10 - 28
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        option.currentText = shown

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.locked:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.locked and event.key() not in _PASSES:
            event.ignore()
        elif event.key() in _OPENS and not (self.isEditable() and event.key() == Qt.Key.Key_Space):
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def showPopup(self) -> None:
        """Open the list, wide enough for its longest line."""
        if self.locked:
            return
        self.picking = True
        widest = self.view().sizeHintForColumn(0) + 36
        self.view().setMinimumWidth(max(self.width(), min(widest, 480)))
        super().showPopup()


class ChoiceEditor(Editor):
    """One of a list, or blank; a stored word that is not on the list stays and can be kept."""

    box: Chooser

    def _build(self) -> QWidget:
        self.control = self.box = Chooser()
        self.box.activated.connect(self._on_activated)
        return self.box

    def _listed(self) -> list[tuple[object, str]]:
        if self.field.kind is Kind.YESNO:
            return [(True, "Yes"), (False, "No")]
        return [(choice, choice) for choice in self.field.choices]

    def _show(self, value: object) -> None:
        listed = self._listed()
        blank = value is None or value == ""
        if not blank and value not in [v for v, _ in listed]:
            listed.append((value, self.field.show(value)))
        self.box.clear()
        self.box.addItem(BLANK)
        self.box.addItems([words for _, words in listed])
        self._values = [self.field.from_sql(None), *(v for v, _ in listed)]
        self.box.setCurrentIndex(-1 if blank else self._values.index(value))

    def _on_activated(self, index: int) -> None:
        self._keep(self._values[index])

    def words(self) -> str:
        return self.box.currentText()

    def _put(self, words: str) -> None:
        self.box.setCurrentIndex(self.box.findText(words) if words else -1)

    def set_read_only(self, read_only: bool) -> None:
        self.box.lock(read_only)

    def can_undo(self, redo: bool) -> bool:
        return False


class LinkEditor(Editor):
    """A link to another record: type part of its name, choose it from what is left."""

    opened = Signal(object)  # the id of the record to go to

    box: Chooser

    def _build(self) -> QWidget:
        self._names: dict[int, str] = {}
        self._options: tuple[tuple[int, str], ...] = ()
        self.control = self.box = Chooser()
        self._line = QLineEdit()
        self.box.setEditable(True)
        self.box.setLineEdit(self._line)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._fitting = QListView()
        self._fitting.setProperty("part", "popup")
        completer = QCompleter(self.box.model(), self.box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setPopup(self._fitting)
        self.box.setCompleter(completer)
        completer.activated[QModelIndex].connect(self._on_completed)  # type: ignore[index]
        self.box.activated.connect(self._on_activated)
        self._line.textEdited.connect(self._on_edited)
        self._line.editingFinished.connect(self._on_left)
        self._line.installEventFilter(self)
        self._go = QToolButton()
        self._go.setIcon(icon("arrow-right", "accent"))
        self._go.setIconSize(QSize(16, 16))
        self._go.setFixedSize(24, 32)
        self._go.setAccessibleName(f"Go to {self.field.label}")
        set_tip(self._go, f"Go to this {self.field.label.lower()}")
        self._go.clicked.connect(self._on_go)
        held = QFrame()
        held.setLayout(row(self.box, self._go, gap=2))
        return held

    def set_options(self, options: Sequence[tuple[int, str]]) -> None:
        """The records that can be linked to: (id, name), in the order to show them."""
        if tuple(options) == self._options:
            return
        self._options = tuple(options)
        self._names = dict(self._options)
        words = self.words()
        self.box.clear()
        for key, name in self._options:
            self.box.addItem(name, key)
        if self.pending:
            self._put(words)
        else:
            self._show(self._stored)

    def _words_of(self, value: object) -> str:
        if value is None:
            return ""
        return self._names.get(value, f"Record {value}") if isinstance(value, int) else str(value)

    def _show(self, value: object) -> None:
        ids = [key for key, _ in self._options]
        self.box.setCurrentIndex(ids.index(value) if isinstance(value, int) and value in ids else -1)
        self._put(self._words_of(value))
        self._go.setVisible(value is not None)

    def words(self) -> str:
        return self.box.currentText()

    def _put(self, words: str) -> None:
        self.box.setEditText(words)
        self._line.setCursorPosition(0)

    def _read(self, words: str) -> object:
        wanted = words.strip().casefold()
        if not wanted:
            return None
        if wanted == self._words_of(self._stored).casefold():
            return self._stored
        found = [key for key, name in self._options if name.casefold() == wanted]
        found = found or [key for key, name in self._options if wanted in name.casefold()]
        if len(found) == 1:
            return found[0]
        how_many = f"{len(found)} names fit" if found else "No name fits"
        raise Unreadable(f"{how_many} “{words.strip()}”. Choose one from the list.")

    def _on_edited(self, _words: str) -> None:
        self.box.picking = False
        self._on_typed()

    def _on_left(self) -> None:
        if not self._fitting.isVisible():
            self.commit()

    def _on_activated(self, index: int) -> None:
        # Qt also says this when typed words match a name; that is read in `_read`, where two may fit.
        if self.box.picking and 0 <= index < len(self._options):
            self.box.picking = False
            self._keep(self._options[index][0])

    def _on_completed(self, index: QModelIndex) -> None:
        self._keep(index.data(Qt.ItemDataRole.UserRole))

    def _on_go(self) -> None:
        self.opened.emit(self._stored)

    def set_read_only(self, read_only: bool) -> None:
        self.box.lock(read_only)
        self._line.setReadOnly(read_only)

    def can_undo(self, redo: bool) -> bool:
        return self._line.isRedoAvailable() if redo else self._line.isUndoAvailable()
