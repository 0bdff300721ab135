"""The commands that bring rows in from elsewhere: a block that was copied, and what is remembered of files."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QApplication

from desktop.commands import Run
from desktop.dialogs.import_register import import_register
from desktop.dialogs.import_source import block_source
from desktop.dialogs.remembered import Remembered
from desktop.pages.register import RegisterPage
from desktop.window import MainWindow
from storage.exchange.importing.list_kinds import BY_RECORD, ListKind
from storage.records.contracts import Contract

NO_ROWS = "The clipboard holds no rows. Copy them in Excel with their headings, then paste."
_MOST = 20_000_000  # letters


class Bringing:
    """The commands of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        return {"edit.paste": self.paste, "view.remembered": self.remembered}

    def paste(self) -> None:
        """Bring a block copied from a spreadsheet into the list of the page; what will happen is shown first."""
        words = QApplication.clipboard().text()
        if not is_block(words):
            self._window.status.say(NO_ROWS)
            return
        kind, contract = self._where()
        import_register(self._window, self._window.session, block_source(words, kind, contract))

    def _where(self) -> tuple[ListKind | None, int]:
        """The list of the page, and the contract that is open: on the page of contracts its KPIs may be meant."""
        page = self._window.page
        if not isinstance(page, RegisterPage):
            return None, 0
        if page.plan.cls is Contract:
            return None, page.record_shown()
        return BY_RECORD.get(page.plan.cls), 0

    def remembered(self) -> None:
        """Show what is remembered of the files that were brought in."""
        Remembered(self._window, self._window.session).open()


def is_block(words: str) -> bool:
    """Whether copied text is rows of cells: more than one of either, and not a whole book."""
    return len(words) <= _MOST and ("\t" in words or "\n" in words.strip())
