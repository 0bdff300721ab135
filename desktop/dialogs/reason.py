"""Asks for the reason of something that stays on the record, such as reopening a signed checklist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from storage.engine.fields import Field, Kind

REASON = Field("Reason", Kind.NOTE, "reason", required=True)


def reason_dialog(
    parent: QWidget, title: str, words: str, do: str, act: Callable[[str], object], today: date
) -> FormDialog:
    """A dialog with one field; `act` gets the reason and may refuse with a `StorageError`."""

    def given(values: Values) -> None:
        act(str(values["reason"]).strip())

    return FormDialog(parent, title, (REASON,), given, do=do, today=today, words=words)
