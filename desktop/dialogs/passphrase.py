"""Asks for the passphrase of a pack: twice for a new one, with plain words on choosing and on losing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLayout, QLineEdit, QWidget

from widgets.parts import Item, button, col, row, text
from widgets.shown import set_field, set_title

WIDE = 560
ADVICE = (
    "Four or more words that have nothing to do with each other are easy to type and hard to guess. Do not use a "
    "sentence from a book, or a passphrase you use elsewhere."
)
LOST = (
    "Without the passphrase nobody can open the pack: not you, not us. It is stored nowhere. Write it down, keep it "
    "apart from the pack, and send it by another way than the pack."
)


class PassphraseDialog(QDialog):
    """One line to type in, or two; `problem` says what is wrong with them and is asked before anything is done."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        words: str,
        do: str,
        act: Callable[[str], object],
        *,
        problem: Callable[[str, str], str] | None = None,
        wrong: str = "",
    ) -> None:
        """With `problem` the passphrase is a new one and is typed twice. `wrong` is shown from the start."""
        super().__init__(parent)
        set_title(self, title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDE)
        self._act, self._problem = act, problem
        self.first, self.again = _secret("Passphrase"), _secret("The same once more")
        self.wrong = text(wrong, "small", tone="red", wrap=True)
        self.show_typed = QCheckBox("Show what I type")
        self.show_typed.toggled.connect(self._show)
        self.go = button(do, "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        head = (text(title, "record", wrap=True), text(words, "soft", wrap=True), 4)
        self._lay_out(head, [4, text(ADVICE, "soft", wrap=True), text(LOST, "medium", wrap=True)])
        self.wrong.setVisible(bool(wrong))
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, head: Sequence[Item], advice: Sequence[Item]) -> None:
        asked: list[Item] = [_labelled("Passphrase", self.first)]
        if self._problem:
            asked.append(_labelled("The same once more", self.again))
        else:
            self.again.setParent(self)
            self.again.hide()
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        said = advice if self._problem else ()
        items = (*head, *asked, self.show_typed, self.wrong, *said, None, 8, row(None, cancel, self.go))
        self.setLayout(col(*items, gap=8, margins=(24, 20, 24, 20)))

    def _show(self, on: bool) -> None:
        for line in (self.first, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    def accept(self) -> None:
        """Go on with a passphrase that may be used; otherwise say what is wrong and stay."""
        typed = self.first.text()
        if wrong := self._problem(typed, self.again.text()) if self._problem else "":
            self.wrong.setText(wrong)
            self.wrong.show()
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.first.clear()
        self.again.clear()
        super().accept()
        self._act(typed)


def _secret(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setAccessibleName(name)
    line.setMaxLength(500)
    return line


def _labelled(words: str, control: QLineEdit) -> QLayout:
    label = text(words, "label")
    set_field(label, control)
    return col(label, control, gap=4)
