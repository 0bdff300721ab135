"""What the commands on letters do: write one on the open contract, change the templates."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.commands import Run
from desktop.window import MainWindow
from storage.records.contracts import Contract

NO_CONTRACT = "Open a contract first, then write a letter on it."


class LetterActions:
    """The commands of one window that concern letters."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._session = window.session

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        return {"new.letter": self.write, "letters.templates": self.change_templates}

    def write(self) -> None:
        """Write a letter on the contract that is open."""
        from desktop.dialogs.write_letter import write_letter

        page = self._window.page
        number = page.record_shown() if page.key == "contracts" else 0
        contract = self._session.store.many(Contract, [number]).get(number)
        if contract is None:
            self._window.status.say(NO_CONTRACT)
        else:
            write_letter(self._window, self._session, contract)

    def change_templates(self) -> None:
        """Change the templates of the file."""
        from desktop.dialogs.letter_templates import LetterTemplates

        LetterTemplates(self._window, self._session).open()
