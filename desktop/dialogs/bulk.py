"""Change many records at once: what is to be done, a preview of each, one step that one Undo takes back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from desktop.dialogs.bulk_form import BulkForm
from desktop.dialogs.bulk_modes import MODES
from desktop.dialogs.bulk_preview import Preview, preview_columns
from desktop.pages.record_list import RegisterPlan
from desktop.session import Session
from desktop.words import count_words
from desktop.work import SlicedWork
from storage.desk.lists.bulk import Change, Plan, changing, label, planning
from widgets.parts import Segmented, button, col, line, row, text
from widgets.shown import escaped, set_title
from widgets.table_model import RecordTable
from widgets.table_view import RecordView

SIZE = (1000, 640)
WAIT = 200  # ms after the last letter until all records are looked at again
PART = 164  # pixels of each thing that can be done
LONGEST = 48  # letters on the button
ASK = "Nothing is changed before you press the button."


class BulkDialog(QDialog):
    """One change to the records chosen in a list."""

    def __init__(self, parent: QWidget, session: Session, plan: RegisterPlan, ids: Sequence[int]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._plan, self._ids = session, plan, ids
        self._modes = {mode.key: mode for mode in MODES[plan.cls]}
        self._looking: SlicedWork | None = None
        self._found = Plan()
        self._change: Change | None = None
        self._seen: object = None  # what was given when all records were last looked at
        self._preview = Preview(session.store, plan.cls, ids)
        self._table = RecordTable(self._preview, preview_columns(plan.cls.LABEL))
        self._switch = Segmented([(m.key, m.words) for m in self._modes.values()], PART)
        self._about = text("", "soft", wrap=True)
        self._summary = text("", "soft")
        self._do = button("", "primary")
        self._wait = QTimer(self, singleShot=True, interval=WAIT)
        self.form = self._made_form(next(iter(self._modes)))
        self._lay_out()
        self._switch.chosen.connect(self.choose)
        self._wait.timeout.connect(self.look)
        self._do.clicked.connect(self.accept)
        self.choose(self.form.key)

    def _lay_out(self) -> None:
        title = f"Change {count_words(len(self._ids), *self._plan.nouns)}"
        set_title(self, title)
        self.resize(*SIZE)
        self._switch.setAccessibleName("What is done to them")
        self._switch.setVisible(len(self._modes) > 1)
        view = RecordView(self._table)
        view.setAccessibleName("Preview")
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        self._place = col(self.form)
        head = col(
            text(title, "record"), self._switch, self._about, self._place, gap=12, margins=(24, 20, 24, 16)
        )
        foot = row(self._summary, None, cancel, self._do, margins=(24, 12, 24, 16))
        whole = col(head, line(), gap=0)
        whole.addWidget(view, 1)
        whole.addWidget(line())
        whole.addLayout(foot)
        self.setLayout(whole)

    def _made_form(self, key: str) -> BulkForm:
        made = BulkForm(self._session.store, self._plan.cls, self._modes[key], self._session.today())
        made.edited.connect(self._edited)
        return made

    # ---- what is to be done

    def choose(self, key: str) -> None:
        """Ask for what this change needs."""
        self._switch.set_value(key)
        self._about.setText(self._modes[key].about)
        if key != self.form.key:
            before, self.form = self.form, self._made_form(key)
            self._place.replaceWidget(before, self.form)
            before.hide()
            before.deleteLater()
            self.form.show()
            self.form.focus_first()
        self.look()

    def showEvent(self, event: QShowEvent) -> None:
        """Typing can begin at once."""
        super().showEvent(event)
        self.form.focus_first()

    def _edited(self) -> None:
        if self.form.given() != self._seen:
            self._do.setEnabled(False)  # until what it would do has been seen
            self._wait.start()

    # ---- what becomes of each

    def look(self) -> None:
        """Look at every record again, in slices when there are many."""
        self._wait.stop()
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self._seen, self._change, found = self.form.given(), self.form.change(), Plan()
        self._show(found if self._change is None else None)
        if self._change is None:
            return
        work = planning(self._session.store, self._plan.cls, self._ids, self._change, found)
        self._looking = SlicedWork(work, self)
        self._looking.finished.connect(partial(self._looked, found))
        self._looking.failed.connect(self._session.failed)
        self._looking.start()

    def _looked(self, found: Plan) -> None:
        if self._looking is not None:
            self._looking.deleteLater()
            self._looking = None
        self._show(found)

    def _show(self, found: Plan | None) -> None:
        """Show what was found so far: nothing while it is looked for."""
        self._found = found or Plan()
        self._preview.show(self._change, found if self._change else None, self.form.shown())
        self._table.refill()
        self._do.setText(escaped(self._does()))
        self._do.setEnabled(bool(self._found.changing))
        self._summary.setText(self._words(found))

    def _does(self) -> str:
        """The words of the button: what the step will be called, unless that is too long for one."""
        ids = self._found.changing
        if self._change is None or not ids:
            return "Change"
        whole = label(self._session.store, self._plan.cls, self._change, ids)
        return whole if len(whole) <= LONGEST else f"Change {count_words(len(ids), *self._plan.nouns)}"

    def _words(self, found: Plan | None) -> str:
        if self._change is None:
            return ASK
        if found is None:
            return "Looking at what changes…"
        said = [f"{len(found.changing):,} will change" if found.changing else "None will change"]
        if stay := len(found.staying):
            said.append(
                f"{stay:,} {'stays' if stay == 1 else 'stay'} as {'it is' if stay == 1 else 'they are'}"
            )
        if warned := len(found.warned):
            said.append(f"{warned:,} to look at")
        return "; ".join(said) + "."

    # ---- doing it

    def accept(self) -> None:
        """Change those that change, as one step; what cannot be read, or has not been seen yet, comes first."""
        if not self.form.settle():
            return
        if self.form.given() != self._seen:
            self.look()
            return
        if self._change is None or not self._found.changing:
            return
        change, ids, session = self._change, self._found.changing, self._session
        words = count_words(len(ids), *self._plan.nouns)
        super().accept()
        work = changing(session.store, self._plan.cls, ids, change)
        session.run(
            work, f"Changing {words}", partial(session.said.emit, f"{words} changed. Undo takes it back.")
        )

    def done(self, result: int) -> None:
        """Stop looking when it closes."""
        self._wait.stop()
        if self._looking is not None:
            self._looking.cancel()
        super().done(result)
