"""What the commands on texts do: take a specification or all about a service out, and compare two texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from desktop.commands import Run
from desktop.dialogs.paper_ways import folder_of
from desktop.pages.page import Place
from desktop.pages.specifications import SpecificationsPage
from desktop.window import MainWindow
from storage.records.services import Service
from storage.records.specifications import Specification, Version

if TYPE_CHECKING:
    from desktop.dialogs.bring_in_word import BringInWord

DOCUMENTS = "Word documents (*.docx)"
NONE_OPEN = "Open a specification or a service first; this is about one of them."
NO_SPECIFICATION = "Open a specification first; this is about one specification."


class TextActions:
    """The commands of one window on the specification or service that is open."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._session = window.session

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        return {
            "text.export": self.export,
            "text.compare": self.compare,
            "text.import": self.ask_import,
            "text.move": self.move_on,
            "text.outline": self.keep_as_outline,
        }

    def ask_import(self) -> None:
        """Ask for a Word document, and show where its text would go."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Bring in a Word specification", folder_of(self._session), DOCUMENTS
        )
        if name:
            self.bring_in(Path(name))

    def bring_in(self, path: Path) -> BringInWord:
        """Show where the text of a document would go; once it is written, open the specification."""
        from desktop.dialogs.bring_in_word import BringInWord

        dialog = BringInWord(self._window, self._session, path)
        dialog.done_with.connect(self._show)
        dialog.open()
        return dialog

    def _show(self, number: int) -> None:
        self._window.go(Place("specifications", number))

    def move_on(self) -> None:
        """Move the open specification on in its life."""
        from desktop.dialogs.move_on import move_on_dialog

        if held := self._open():
            move_on_dialog(self._window, self._session, held).open()

    def keep_as_outline(self) -> None:
        """Keep the headings of the open specification as an outline to start from."""
        from desktop.dialogs.keep_outline import keep_outline_dialog

        if held := self._open():
            keep_outline_dialog(self._window, self._session, held).open()

    def _open(self) -> Specification | None:
        """The specification that is open; without one, say so."""
        held = self._specification()
        if held is None:
            self._window.status.say(NO_SPECIFICATION)
        return held

    def export(self) -> None:
        """Save the specification as it is shown, or all about the service."""
        if self._window.page.key == "services":
            self._export_service()
        elif held := self._specification():
            self._export_specification(held)
        else:
            self._window.status.say(NONE_OPEN)

    def _export_specification(self, held: Specification) -> None:
        from desktop.dialogs.save_text import ask_text
        from storage.exchange.paper.print_specification import specification_paper

        version = self._version()
        make = partial(
            specification_paper, self._session.store, held.key, version=version.key if version else None
        )
        named = f"version {version.number}" if version else "draft"
        name = f"{held.reference} {held.title} {named}"
        ask_text(self._window, self._session, "Export the specification", name, make)

    def _export_service(self) -> None:
        from desktop.dialogs.save_text import ask_text
        from storage.exchange.paper.service_bundle import bundle_paper

        number = self._window.page.record_shown()
        service = self._session.store.many(Service, [number]).get(number)
        if service is None:
            self._window.status.say(NONE_OPEN)
            return
        make = partial(bundle_paper, self._session.store, service.key)
        name = f"{service.reference} {service.title} bundle"
        ask_text(self._window, self._session, "Export all about the service", name, make)

    def compare(self) -> None:
        """Compare two texts of the specification that is open."""
        from desktop.dialogs.compare_texts import CompareTexts

        held = self._specification()
        if held is None:
            self._window.status.say(NO_SPECIFICATION)
            return
        CompareTexts(self._window, self._session, held).open()

    def _specification(self) -> Specification | None:
        page = self._window.page
        number = page.record_shown() if isinstance(page, SpecificationsPage) else 0
        return self._session.store.many(Specification, [number]).get(number) if number else None

    def _version(self) -> Version | None:
        """The issued version that is shown; None for the draft."""
        page = self._window.page
        if isinstance(page, SpecificationsPage) and page.is_open:
            page.leave_whole()
            return page.view.version
        return None
