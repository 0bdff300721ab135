"""The letter templates of a file: change their words, add one, put one away; the places they can use stand beside."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from desktop.session import Session
from storage.desk.correspondence.letter_places import PLACES, problems
from storage.desk.correspondence.letters import save_template, templates
from storage.engine.errors import StorageError
from storage.engine.fields import Field, Kind
from storage.records.letters import LETTER_KINDS, LetterTemplate
from widgets.editors import Chooser, editor_for
from widgets.parts import button, col, row, text
from widgets.shown import set_field, set_title

WIDE, HIGH = 980, 680
PLACE_ROOM = 240  # pixels
NEW = "New template"
NAME = Field("Name", Kind.TEXT, "title", required=True)
SUBJECT = Field("Subject", Kind.TEXT, "subject")
KIND = Field("Kind", Kind.CHOICE, "kind", choices=LETTER_KINDS, required=True)
WORDS = (
    "Places in curly brackets are filled from the contract when a letter is written. Letters that were written "
    "already stay as they are."
)


class LetterTemplates(QDialog):
    """One template at a time; a place is put where the cursor is by choosing it from the list."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self._session = session
        self._shown = LetterTemplate()
        set_title(self, "Letter templates")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = parent.window().size()
        self.resize(min(WIDE, max(640, room.width() - 80)), min(HIGH, max(460, room.height() - 60)))
        self.chooser, self.places, self.words = Chooser(), QListWidget(), QPlainTextEdit()
        self.editors = {f.name: editor_for(f, today=session.today()) for f in (NAME, KIND, SUBJECT)}
        self.meaning = text("", "small", wrap=True)
        self.wrong = text("", "small", tone="red", wrap=True)
        self.save, self.away = button("Save", "primary"), button("Put away", "quiet", "trash")
        self._lay_out()
        self.places.currentItemChanged.connect(self._tell)
        self._list_places()
        self.chooser.currentIndexChanged.connect(self._choose)
        self.places.itemActivated.connect(self._put_in)
        self.words.textChanged.connect(self._check)
        self.editors["subject"].typed.connect(self._check)
        self.save.clicked.connect(self._save)
        self.away.clicked.connect(self._put_away)
        self.save.setEnabled(not session.read_only)
        self._list()

    def _lay_out(self) -> None:
        self.words.setTabChangesFocus(True)
        self.chooser.setAccessibleName("Template")
        self.words.setAccessibleName("Words")
        self.places.setAccessibleName("Places")
        self.places.setFixedWidth(PLACE_ROOM)
        self.meaning.setFixedWidth(PLACE_ROOM)
        close = button("Close")
        close.clicked.connect(self.accept)
        names = row(*(self._labelled(n) for n in ("title", "kind")), gap=16)
        offered = col(
            text("Places; Enter or a double click puts one in", "label"), self.places, self.meaning, gap=4
        )
        body = row(col(text("Words", "label"), self.words, gap=4), offered, gap=16)
        down = col(
            text("Letter templates", "record"), text(WORDS, "soft", wrap=True), 4, self.chooser, names,
            self._labelled("subject"), body, self.wrong, row(self.away, None, close, self.save),
            gap=8, margins=(24, 20, 24, 20),
        )  # fmt: skip
        down.setStretchFactor(body, 1)
        self.setLayout(down)

    def _labelled(self, name: str) -> QWidget:
        editor = self.editors[name]
        words = text(editor.field.label, "label")
        set_field(words, editor.control)
        made = QWidget()
        made.setLayout(col(words, editor, gap=4))
        return made

    def _list_places(self) -> None:
        for name, what in PLACES.items():
            item = QListWidgetItem(f"{{{name}}}")
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, what)
            self.places.addItem(item)
        self.places.setCurrentRow(0)

    def _list(self, chosen: int | None = None) -> None:
        """List the templates anew and show one of them."""
        self.chooser.blockSignals(True)
        self.chooser.clear()
        for each in templates(self._session.store):
            self.chooser.addItem(each.title, each.key)
        self.chooser.addItem(NEW, 0)
        at = self.chooser.findData(chosen) if chosen else 0
        self.chooser.setCurrentIndex(max(0, at))
        self.chooser.blockSignals(False)
        self._choose()

    def _choose(self, _index: int = 0) -> None:
        number = int(self.chooser.currentData() or 0)
        held = {t.key: t for t in templates(self._session.store)}
        self._shown = held.get(number, LetterTemplate(kind="Other"))
        for name, editor in self.editors.items():
            editor.set_value(getattr(self._shown, name))
        self.words.setPlainText(self._shown.body)
        self.away.setEnabled(bool(self._shown.id) and not self._session.read_only)
        self._check()

    def _check(self, _words: str = "") -> None:
        """Say at once which place is not known."""
        found = problems(self.editors["subject"].words()) + problems(self.words.toPlainText())
        self._say(found[0] if found else "")

    def _tell(self, item: QListWidgetItem | None) -> None:
        """Say what fills the chosen place."""
        self.meaning.setText(str(item.data(Qt.ItemDataRole.AccessibleDescriptionRole)) if item else "")

    def _put_in(self, item: QListWidgetItem) -> None:
        self.words.insertPlainText(item.text())
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> LetterTemplate:
        """The template as it stands in the dialog."""
        for editor in self.editors.values():
            editor.commit()
        values = {name: str(editor.value() or "") for name, editor in self.editors.items()}
        return replace(
            self._shown, title=values["title"], kind=values["kind"] or "Other", subject=values["subject"],
            body=self.words.toPlainText(),
        )  # fmt: skip

    def _save(self) -> None:
        try:
            saved = save_template(self._session.store, self.typed())
        except StorageError as error:
            self._say(str(error))
            return
        self._list(saved.key)
        self._session.said.emit(f"Saved the template {saved.title}")

    def _put_away(self) -> None:
        store, template = self._session.store, self._shown

        def act() -> None:
            with store.step(f"Put the letter template “{template.title}” away"):
                store.bin(LetterTemplate, [template.key])

        if self._session.attempt(partial(act)):
            self._list()

    def _say(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
