"""My organisation and me: asked once on one screen that can be skipped, and changed here later."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.letterhead import fitted
from desktop.session import Session
from storage.desk.office import change_office, letterhead_words, office
from storage.desk.planning.contract_plan import routes
from storage.engine.errors import StorageError, explain_os
from storage.records.reference import Desk
from widgets.parts import button, text

NAMES = ("organisation", "code", "address", "marking", "person", "role", "cushion_days", "default_route")
PICTURES = "Pictures (*.png *.jpg *.jpeg)"
ASKED = "settings.asked"  # remembered in the file: the first screen was seen


class SettingsDialog(FormDialog):
    """Who keeps this file. It heads letters and printed pages, and is suggested wherever a name is asked for."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        self._session = session
        held = office(session.store)
        first = held.id is None
        super().__init__(
            parent,
            "My organisation and me",
            [Desk.FIELDS[name] for name in NAMES],
            self._save,
            do="Save",
            today=session.today(),
            words="This heads your printed pages and is suggested wherever a name is asked for. You can skip it "
            "now and fill it in later under Settings." if first else "",
            leave="Skip for now" if first else "Cancel",
            values={name: getattr(held, name) for name in NAMES},
        )  # fmt: skip
        self.set_options("default_route", routes(session.store))
        self._letterhead = held.letterhead
        choose = button("Letterhead picture…", icon_name="file-plus")
        choose.clicked.connect(self._choose_picture)
        self._more.addWidget(choose)
        self._picture_words = text("One is chosen" if held.letterhead else "", "small")
        self._more.addWidget(self._picture_words)
        session.state.remember(ASKED, True)

    def _choose_picture(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Letterhead picture", "", PICTURES)
        if not name:
            return
        try:
            self._letterhead = letterhead_words(fitted(Path(name).read_bytes()))
        except OSError as error:
            self._say(str(explain_os(error, f"read {Path(name).name}")))
            return
        except StorageError as error:
            self._say(str(error))
            return
        self._picture_words.setText(f"{Path(name).name} is chosen")

    def _save(self, values: Values) -> None:
        change_office(self._session.store, {**values, "letterhead": self._letterhead})
        self._session.store.steps.who = office(self._session.store).person
