"""Puts a picture into a section of a specification: the file, what it shows in words, and its caption."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.dialogs.paper_ways import folder_of
from desktop.session import Session
from storage.desk.specification.section_pictures import putting_in
from storage.engine.fields import Field, Kind

PICTURES = "Pictures (*.png *.jpg *.jpeg)"
FIELDS = (
    Field("What it shows", Kind.NOTE, "alt", required=True,
          help="Read out to people who cannot see it: what it shows, not that it is a picture."),
    Field("Caption", Kind.TEXT, "caption", width=300, help="Stands under the picture."),
)  # fmt: skip


def ask_picture(parent: QWidget, session: Session, section: int) -> FormDialog | None:
    """Ask for a file; when one was chosen, for its words."""
    name, _ = QFileDialog.getOpenFileName(parent, "Put in a picture", folder_of(session), PICTURES)
    return picture_dialog(parent, session, section, Path(name)) if name else None


def picture_dialog(parent: QWidget, session: Session, section: int, path: Path) -> FormDialog:
    """Ask what a picture shows, and put it at the end of the section."""

    def act(values: Values) -> None:
        alt, caption = str(values["alt"] or ""), str(values["caption"] or "")
        session.run(putting_in(session.store, section, path, alt, caption), "Putting in a picture")

    dialog = FormDialog(
        parent,
        f"Put in {path.name}",
        FIELDS,
        act,
        do="Put in",
        today=session.today(),
        words="It is attached to the file.",
    )
    dialog.open()
    return dialog
