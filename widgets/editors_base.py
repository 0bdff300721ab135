"""What every editor of a field does: show a value, take what is typed, say what is wrong, lose nothing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storage.engine.fields import Field, Unreadable
from widgets.icons import IconLabel
from widgets.parts import WrappedWords, col, link, restyle, row
from widgets.shown import set_tip


class ProblemLine(QWidget):
    """A sentence under a field: red when the words cannot be kept, quiet when something is worth mending.

    Under it may stand a way to mend it with one press.
    """

    taken = Signal()  # the offer was pressed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._within: ProblemWords | None = None  # most fields never have anything to say
        self.hide()

    def offer(self, words: str) -> None:
        """Offer a way to mend it in these words; none without words."""
        if words or self._within:
            self._made().set_offer(words)

    def offered(self) -> str:
        """What is offered."""
        return self._within.offered() if self._within else ""

    def say(self, words: str, wrong: bool) -> None:
        """Show a sentence, or with no words nothing."""
        if words or self._within:
            self._made().say(words, wrong)
        self.setVisible(bool(words))

    def words(self) -> str:
        """What it says."""
        return self._within.words.text() if self._within else ""

    def _made(self) -> ProblemWords:
        if self._within is None:
            self._within = ProblemWords()
            self._within.taken.connect(self.taken)
            self.setLayout(col(self._within, gap=0))
        return self._within


class ProblemWords(QWidget):
    """The sentence of a problem with its icon, over the way to mend it."""

    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._offer = link("")
        self._offer.clicked.connect(self.taken)
        self._offer.hide()
        self._icon = IconLabel("warning-circle", "red", 14)
        self.words = WrappedWords()
        self.words.setProperty("role", "small")
        across: QHBoxLayout = row(self._icon, self.words, gap=4, margins=(0, 4, 0, 0))
        across.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        self.setLayout(col(across, row(self._offer, None), gap=0))

    def set_offer(self, words: str) -> None:
        """Offer a way to mend it; none without words."""
        self._offer.setText(words)
        self._offer.setAccessibleName(words)
        self._offer.setVisible(bool(words))

    def offered(self) -> str:
        """What is offered."""
        return self._offer.text() if not self._offer.isHidden() else ""

    def say(self, words: str, wrong: bool) -> None:
        """Show a sentence."""
        self._icon.set_icon("warning-circle" if wrong else "info", "red" if wrong else "text2")
        restyle(self.words, tone="red" if wrong else "")
        self.words.setText(words)


class Editor(QWidget):
    """The editor of one field.

    A value is committed when the field is left or Enter is pressed, if the words changed and can be read.
    Words that cannot be read stay as typed, with the reason under them; Esc brings the stored value back.
    """

    committed = Signal(object)  # a new readable value
    typed = Signal(str)  # the words as they stand, for drafts

    def __init__(self, field: Field, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.today = today
        self.pending = False  # the control holds words that have not been committed
        self._stored: object = field.from_sql(None)
        self._finding = ""
        self.problem_line = ProblemLine(self)
        self.control: QWidget
        held = self._build()
        self.control.setAccessibleName(field.label)
        self.control.setAccessibleDescription(field.help)
        set_tip(self.control, field.help)
        self.setFocusProxy(self.control)
        self.control.installEventFilter(self)
        down = QVBoxLayout(self)
        down.setSpacing(0)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(held)
        down.addWidget(self.problem_line)
        down.addStretch(1)
        self._show(self._stored)

    # What each kind of editor brings.
    def _build(self) -> QWidget:
        """Make `control`, which a person types into, and return it or the row it stands in."""
        raise NotImplementedError

    def _show(self, value: object) -> None:
        """Put a value into the control, forgetting what was typed."""
        raise NotImplementedError

    def words(self) -> str:
        """The words in the control."""
        raise NotImplementedError

    def _put(self, words: str) -> None:
        """Put words into the control as if typed, silently."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        """Show the value without letting it be changed; it can still be reached and copied."""
        raise NotImplementedError

    def can_undo(self, redo: bool) -> bool:
        """Whether the control itself has typing to undo or redo."""
        raise NotImplementedError

    # What all share.
    def value(self) -> object:
        """The value last stored or committed."""
        return self._stored

    def set_value(self, value: object) -> None:
        """Show a value from the file, whatever stood there."""
        self._stored = value
        self.pending = False
        self._show(value)
        self._explain("")

    def renew(self, value: object) -> None:
        """Take over a value that changed elsewhere, without disturbing words that are being typed."""
        if self.pending:
            self._stored = value
        elif value != self._stored or self.words() != self._words_of(value):
            self.set_value(value)

    def _words_of(self, value: object) -> str:
        return self.field.show(value)

    def put_back_draft(self, words: str) -> None:
        """Show words that were typed earlier and never committed."""
        self.pending = True
        self._put(words)
        try:
            self._read(self.words())
        except Unreadable as reason:
            self._explain(str(reason))

    def show_problem(self, words: str) -> None:
        """Say quietly what a person may want to mend; an unreadable entry's reason goes before it."""
        self._finding = words
        if self.control.property("wrong") is not True:
            self._explain("")

    def commit(self) -> bool:
        """Take over what was typed. False when it cannot be read; the words then stay as they are."""
        if not self.pending:
            return True
        try:
            value = self._read(self.words())
        except Unreadable as reason:
            self._explain(str(reason))
            return False
        self._keep(value)
        return True

    def _read(self, words: str) -> object:
        return self.field.read(words, today=self.today)

    def _keep(self, value: object) -> None:
        changed = value != self._stored or type(value) is not type(self._stored)
        self.set_value(value)
        if changed:
            self.committed.emit(value)

    def restore(self) -> None:
        """Forget what was typed and show the stored value."""
        self.set_value(self._stored)
        self.typed.emit(self.words())

    def _explain(self, reason: str) -> None:
        restyle(self.control, wrong=bool(reason))
        problem = reason or self._finding
        self.problem_line.say(problem, wrong=bool(reason))
        # Screen readers read the problem with the field it belongs to.
        self.control.setAccessibleDescription(" ".join(filter(None, (problem, self.field.help))))

    def _on_typed(self) -> None:
        self.pending = True
        self.typed.emit(self.words())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            escape = event.key() == Qt.Key.Key_Escape and self.pending
            if event.type() == QEvent.Type.ShortcutOverride:
                return _shortcut_is_ours(self, event, escape)
            if escape and event.type() == QEvent.Type.KeyPress:
                self.restore()
                return True
        return super().eventFilter(watched, event)


def _shortcut_is_ours(editor: Editor, event: QKeyEvent, escape: bool) -> bool:
    """Take Esc while typing; leave undo to the program when the field has none of its own."""
    if escape:
        event.accept()
        return True
    for keys, redo in ((QKeySequence.StandardKey.Undo, False), (QKeySequence.StandardKey.Redo, True)):
        if event.matches(keys) and not editor.can_undo(redo):
            event.ignore()
            return True
    return False
