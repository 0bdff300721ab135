"""What the commands on paper do: a letter or a meeting pack for the open contract, the templates of letters."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.commands import Run
from desktop.window import MainWindow
from storage.records.contracts import Contract

NO_CONTRACT = "Open a contract first; this is about one contract."


class PaperActions:
    """The commands of one window that put something on paper for a contract."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._session = window.session

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        return {
            "new.letter": self.write,
            "meeting.pack": self.make_pack,
            "letters.templates": self.change_templates,
        }

    def write(self) -> None:
        """Write a letter on the contract that is open."""
        from desktop.dialogs.write_letter import write_letter

        if contract := self._contract():
            write_letter(self._window, self._session, contract)

    def make_pack(self) -> None:
        """Make the pack for a meeting on the contract that is open."""
        from desktop.dialogs.meeting_pack import MeetingPack

        if contract := self._contract():
            MeetingPack(self._window, self._session, contract).open()

    def _contract(self) -> Contract | None:
        """The contract that is open; without one, say so."""
        page = self._window.page
        number = page.record_shown() if page.key == "contracts" else 0
        contract = self._session.store.many(Contract, [number]).get(number)
        if contract is None:
            self._window.status.say(NO_CONTRACT)
        return contract

    def change_templates(self) -> None:
        """Change the templates of the file."""
        from desktop.dialogs.letter_templates import LetterTemplates

        LetterTemplates(self._window, self._session).open()
