"""Bringing home what went out, a register or a checklist to fill in: chosen from the menu, or dropped on the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desktop.file_names import ENDING
from desktop.window import MainWindow

FILES = "Workbooks and PDF forms (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.pdf);;All files (*)"
Bring = Callable[[str], object]


def choose_home(window: MainWindow, bring: Bring) -> None:
    """Choose a file that went out and bring it home; `bring` imports what is none of ours."""
    folder = str(window.session.store.file.user_path.parent)
    name, _ = QFileDialog.getOpenFileName(window, "Bring a workbook or form home", folder, FILES)
    if name:
        _begin(window, bring, name, dropped=False)


def take_dropped(window: MainWindow, bring: Bring, name: str) -> None:
    """A file dropped on the window: a workbook or form of ours comes home, anything else is brought in or opened."""
    if Path(name).suffix.lower() == ENDING:
        bring(name)
    else:
        _begin(window, bring, name, dropped=True)


def _begin(window: MainWindow, bring: Bring, name: str, *, dropped: bool) -> None:
    from desktop.dialogs.home_flow import HomeFlow

    if _is_checklist(Path(name)):
        from desktop.form_flow import FormFlow

        FormFlow(window, Path(name)).begin()
        return
    HomeFlow(window, window.session, Path(name), partial(bring, name), dropped=dropped).begin()


def _is_checklist(path: Path) -> bool:
    """Whether it is a checklist that was sent out; a file that cannot be read is told of where it is read."""
    from storage.engine.errors import StorageError
    from storage.exchange.forms.reading import is_form

    try:
        return is_form(path)
    except StorageError:
        return False
