"""What the export commands on lists do: the list on screen, or another one, as a workbook of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.commands import Run
from desktop.exporting import WORKBOOKS, Exporting, Write
from desktop.file_names import with_ending
from desktop.pages.register import RegisterPage
from desktop.window import MainWindow
from storage.desk.lists.arrangement import Arrangement
from storage.engine.conditions import Where
from storage.engine.reading import Reader
from storage.exchange.files_out import safe_name
from storage.records.contracts import Contract

if TYPE_CHECKING:
    from desktop.dialogs.pick import PickDialog
    from storage.exchange.workbooks.list import ListWritten, Sheets
    from storage.exchange.workbooks.list_sheets import ListSheet

NO_LIST = "This page has no list to export. Go to one that has, or choose “Export another list to Excel…”."
CONTRACTS = "contracts"
LISTS_OUT = "lists out"


class ListExporting:
    """The commands of one window that write lists."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.exporting = Exporting(window)
        self.exporting.setObjectName(LISTS_OUT)

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        return {"list.export": self.export_shown, "list.other": self.export_other}

    def export_shown(self) -> None:
        """Export the list on screen as it is filtered, sorted and grouped."""
        from desktop.page_sheets import sheets_of
        from storage.exchange.workbooks.list_sheets import LISTS

        page = self._window.page
        if page.key == CONTRACTS:
            self._window.run("file.export")
        elif isinstance(page, RegisterPage) and page.key in LISTS and page.beside is not None:
            view = page.views.active.name if page.views.active and not page.views.changed else ""
            self.ask(LISTS[page.key], page.list.arrangement(), view)
        elif (sheets := sheets_of(page)) is not None:
            self._ask(sheets.title, partial(_write_sheets, sheets))
        else:
            self._window.status.say(NO_LIST)

    def export_other(self) -> None:
        """Ask which list, and export the whole of it, or only what belongs to the contract that is open."""
        from desktop.dialogs.pick import PickDialog

        ways = self._ways()
        options = [(number, words) for number, (words, _, _) in enumerate(ways, 1)]
        dialog = PickDialog(self._window, "Export which list?", options)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._picked, dialog, ways))
        dialog.open()

    def _ways(self) -> list[tuple[str, ListSheet, Arrangement]]:
        """Every list that holds something, in words; first those of the contract that is open."""
        from storage.exchange.workbooks.list_sheets import LISTS

        store, page = self._window.session.store, self._window.page
        number = page.record_shown() if page.key == CONTRACTS else 0
        contract = store.many(Contract, [number]).get(number)
        made: list[tuple[str, ListSheet, Arrangement]] = []
        if contract is not None:
            of_it = Arrangement(where=(Where("contract", "is", (number,)),))
            made = [
                (f"{each.title} of {contract.reference or contract.title}", each, of_it)
                for each in LISTS.values()
                if "contract" in each.cls.FIELDS
            ]
        made += [(each.title, each, Arrangement()) for each in LISTS.values()]
        counted = [(way, store.count_and_total(way[1].cls, "id", way[2].query)[0]) for way in made]
        return [(f"{words} ({count:,})", each, shown) for (words, each, shown), count in counted if count]

    def _picked(self, dialog: PickDialog, ways: Sequence[tuple[str, ListSheet, Arrangement]]) -> None:
        if (picked := dialog.picked()) is not None:
            _, what, shown = ways[picked.id - 1]
            self.ask(what, shown)

    def ask(self, what: ListSheet, shown: Arrangement, view: str = "") -> None:
        """Ask for a name and write a list."""
        self._ask(what.title, partial(_write_list, what, shown, view))

    def _ask(self, title: str, make: Callable[[Path], Write]) -> None:
        session = self._window.session
        name = safe_name(f"{title} {session.today():%Y-%m-%d}.xlsx", ".xlsx", "List")
        start = str(session.store.file.user_path.with_name(name))
        chosen, _ = QFileDialog.getSaveFileName(self._window, f"Export {title}", start, WORKBOOKS)
        if chosen:
            path = with_ending(Path(chosen), ".xlsx")
            self.exporting.start(path, f"Exporting {title}", make(path))


def _write_list(what: ListSheet, shown: Arrangement, view: str, path: Path) -> Write:
    def write(reader: Reader, progress: Callable[[int, int], bool]) -> ListWritten:
        from storage.exchange.workbooks.list import export_list

        return export_list(reader, path, what, shown, view=view, today=reader.today(), progress=progress)

    return write


def _write_sheets(sheets: Sheets, path: Path) -> Write:
    def write(reader: Reader, _progress: Callable[[int, int], bool]) -> ListWritten:
        from storage.exchange.workbooks.list import write_sheets

        return write_sheets(reader, path, sheets)

    return write
