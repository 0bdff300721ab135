"""Writes a letter on a contract: a template is filled, its words are changed, kept as they are, and sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QPlainTextEdit, QWidget

from desktop.dialogs.print_preview import open_preview
from desktop.dialogs.save_word import ask_word
from desktop.session import Session
from storage.desk.correspondence import letters
from storage.desk.correspondence.letter_places import gaps_left
from storage.desk.correspondence.letter_values import subjects
from storage.engine.errors import StorageError
from storage.engine.fields import Field, Kind, Record
from storage.engine.values import show_day
from storage.exchange.paper.print_letter import draft_paper, letter_paper
from storage.records.contracts import Contract
from storage.records.letters import Letter, LetterTemplate
from storage.records.running import METHODS
from widgets.editors import Chooser, Editor, editor_for
from widgets.parts import button, col, row, text
from widgets.shown import escaped, set_field, set_title

WIDE, HIGH = 860, 760
FREE = "No template: an empty letter"
SUBJECT = Field("Subject", Kind.TEXT, "subject", required=True)
ADDRESSEE = Field("To, with the address", Kind.NOTE, "addressee")
SENT = Field("Sent on", Kind.DAY, "sent_on", help="Leave it blank until it has gone out.")
METHOD = Field("How", Kind.CHOICE, "method", choices=METHODS)
EDIT = (
    "Change the words as you like; the template stays as it is. The letter is kept word for word, with the "
    "dates that were filled in."
)
KEPT = "The letter is kept on the contract as it is. Now print it, or save it as a PDF or Word file."


class WriteLetter(QDialog):
    """Everything about one letter in one place; once it is kept, its words are locked and it can be sent."""

    def __init__(self, parent: QWidget, session: Session, contract: Contract) -> None:
        super().__init__(parent)
        self._session, self._contract = session, contract
        self._templates = letters.templates(session.store)
        self._about: Sequence[Record] = ()
        self._draft = letters.Draft("Other", "", "", "")
        self.letter: Letter | None = None
        set_title(self, f"Write a letter – {contract.name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = parent.window().size()
        self.resize(min(WIDE, max(620, room.width() - 80)), min(HIGH, max(480, room.height() - 60)))
        self.template, self.about = Chooser(), Chooser()
        self.editors = {
            f.name: editor_for(f, today=session.today()) for f in (SUBJECT, ADDRESSEE, SENT, METHOD)
        }
        self.words = QPlainTextEdit()
        self.notice = QCheckBox("Record it as a notice served")
        self._said = text(EDIT, "small", wrap=True)
        self._wrong = text("", "small", tone="red", wrap=True)
        self.keep = button("Keep the letter", "primary")
        self.preview, self.as_word = button("Preview…", icon_name="printer"), button("Save Word file…")
        self._close = button("Cancel")
        self._fill_choosers()
        self._lay_out()
        self._connect()
        self._choose_template()

    # ---- laying out

    def _fill_choosers(self) -> None:
        for each in self._templates:
            self.template.addItem(each.title, each.key)
        self.template.addItem(FREE, 0)
        self.template.setAccessibleName("Template")
        self.about.setAccessibleName("About")
        self.words.setAccessibleName("Words of the letter")
        self.words.setTabChangesFocus(True)
        self._wrong.hide()

    def _lay_out(self) -> None:
        self._about_box, self._words_box = _labelled("About", self.about), _labelled("Words", self.words)
        top = row(_labelled("Template", self.template), self._about_box, gap=16)
        sending = row(_editor(self.editors["sent_on"]), _editor(self.editors["method"]), None, gap=16)
        foot = row(self.preview, self.as_word, None, self._close, self.keep)
        down = col(
                text("Write a letter", "record"), text(self._contract.name, "soft", wrap=True), 4, top,
                _editor(self.editors["subject"]), _editor(self.editors["addressee"]),
                self._words_box, self._said, sending, self.notice, self._wrong, foot,
                gap=8, margins=(24, 20, 24, 20),
        )  # fmt: skip
        down.setStretchFactor(self._words_box, 1)
        self.setLayout(down)

    def _connect(self) -> None:
        self.template.currentIndexChanged.connect(self._choose_template)
        self.about.currentIndexChanged.connect(self._draw_up)
        self.editors["sent_on"].committed.connect(self._offer_notice)
        self.keep.clicked.connect(self._keep)
        self.preview.clicked.connect(self._preview)
        self.as_word.clicked.connect(self._save_word)
        self._close.clicked.connect(self.reject)

    # ---- filling

    def _template(self) -> LetterTemplate | None:
        return next((t for t in self._templates if t.key == self.template.currentData()), None)

    def _choose_template(self, _index: int = 0) -> None:
        template = self._template()
        kind = template.kind if template else "Other"
        self._about = subjects(self._session.store, self._contract.key, kind)
        self.about.blockSignals(True)
        self.about.clear()
        for place, record in enumerate(self._about):
            self.about.addItem(record.name, place)
        self.about.blockSignals(False)
        self._about_box.setVisible(len(self._about) > 1)
        self._draw_up()

    def _draw_up(self, _index: int = 0) -> None:
        """Fill the words anew from the template."""
        template = self._template()
        if template is None:
            self._draft = letters.Draft("Other", "", "", "")
        else:
            about = self._about[self.about.currentIndex()] if self.about.currentIndex() >= 0 else None
            try:
                self._draft = letters.drafted(self._session.store, self._contract.key, template, about)
            except StorageError as error:
                self._say(str(error))
                return
        self._say("")
        self.editors["subject"].set_value(self._draft.subject)
        self.editors["addressee"].set_value(self._draft.addressee)
        self.words.setPlainText(self._draft.body)
        missing = ", ".join(f"[{name}]" for name in self._draft.missing)
        self._said.setText(
            f"The file does not hold {missing}: type over what stands in brackets. {EDIT}"
            if missing
            else EDIT
        )
        self._offer_notice()

    def _offer_notice(self, _value: object = None) -> None:
        """A notice can be recorded once a day of service is given, for kinds of letters that serve one."""
        kind = letters.NOTICES.get(self._draft.kind, "")
        self.notice.setVisible(bool(kind))
        latest, _ = letters.notice_days(self._session.store, self._contract, self._draft.kind)
        sent = self.editors["sent_on"].value() is not None
        last = f", last valid day {show_day(latest)}" if latest else ""
        first = "" if sent else "; give the day it was sent first"
        self.notice.setText(escaped(f"Record it as a notice served ({kind.lower()}{last}{first})"))
        self.notice.setEnabled(sent)

    def typed(self) -> letters.Draft:
        """The letter as it is worded now."""
        for editor in self.editors.values():
            editor.commit()
        return letters.Draft(
            self._draft.kind,
            str(self.editors["subject"].value()),
            str(self.editors["addressee"].value()),
            self.words.toPlainText(),
            self._draft.facts,
            gaps_left(self.words.toPlainText()),
            self._draft.made_from,
        )

    # ---- doing

    def _keep(self) -> None:
        draft = self.typed()
        serving = letters.Serving(
            cast("date | None", self.editors["sent_on"].value()),
            str(self.editors["method"].value() or ""),
            self.notice.isVisible() and self.notice.isEnabled() and self.notice.isChecked(),
        )
        try:
            self.letter = letters.make_letter(self._session.store, self._contract.key, draft, serving)
        except StorageError as error:
            self._say(str(error))
            return
        self._lock()

    def _lock(self) -> None:
        """Kept: from now on the letter is only sent."""
        self._say("")
        for editor in self.editors.values():
            editor.set_read_only(True)
        self.words.setReadOnly(True)
        for control in (self.template, self.about):
            control.lock(True)
            control.setEnabled(False)
        self.notice.setEnabled(False)
        self._said.setText(KEPT)
        self.keep.hide()
        self._close.setText("Close")
        self._close.setAccessibleName("Close")
        self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def _preview(self) -> None:
        draft, letter = self.typed(), self.letter
        store = self._session.store
        if letter is not None:
            open_preview(self, self._session, partial(letter_paper, store, letter.key), letter.title)
        else:
            make = partial(draft_paper, store, self._contract.key, draft, self._session.today())
            open_preview(self, self._session, make, f"Draft {draft.subject}")

    def _save_word(self) -> None:
        draft, letter = self.typed(), self.letter
        if letter is not None:
            paper = letter_paper(self._session.store, letter.key)
        else:
            paper = draft_paper(self._session.store, self._contract.key, draft, self._session.today())
        ask_word(self, self._session, paper)

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))


def _labelled(label: str, control: QWidget) -> QWidget:
    """A control under its label, as one widget that can be hidden."""
    words = text(label, "label")
    set_field(words, control.control if isinstance(control, Editor) else control)
    made = QWidget()
    made.setLayout(col(words, control, gap=4))
    return made


def _editor(editor: Editor) -> QWidget:
    return _labelled(editor.field.label, editor)


def write_letter(parent: QWidget, session: Session, contract: Contract) -> WriteLetter:
    """Open the dialog over a window."""
    dialog = WriteLetter(parent, session, contract)
    dialog.open()
    return dialog
