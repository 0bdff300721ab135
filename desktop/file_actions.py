"""What the File commands do. What only one command needs is imported in it, so that the window opens quickly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog

from desktop.bringing_home import choose_home
from desktop.commands import Run
from desktop.exporting import Exporting
from desktop.file_names import ENDING, FILES, with_ending
from desktop.pages.page import Place
from desktop.pages.register import RegisterPage
from desktop.window import MainWindow
from storage.desk.lists.arrangement import Arrangement
from storage.engine.backup import backups
from storage.engine.backup.backups import Copy
from storage.engine.backup.snapshots import save_as
from storage.engine.errors import StorageError

REGISTERS = (
    "Registers (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.docx);;"
    "Commissioning Desk files (*.desk);;All files (*)"
)
WITHOUT_DOCUMENTS = " Attached documents stay where they are; a hand-over pack takes them along."


class Opener(Protocol):
    """What opens files: the running program."""

    def open(self, path: Path, *, read_only: bool = False, anyway: bool = False) -> bool:
        """Open a file in a window; the one that is open closes. False when none was opened."""

    def restore(self, path: Path, copy: Copy, *, replay: bool = False) -> bool:
        """Put a copy in the place of a file and open it; False when it could not be opened."""


class FileActions:
    """The File menu of one window."""

    def __init__(self, desk: Opener, window: MainWindow) -> None:
        self._desk = desk
        self._window = window
        self._session = window.session
        self._exporting = Exporting(window)

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        return {
            "file.new": self.new_file,
            "file.open": self.open_file,
            "file.again": partial(open_again, self._desk, self._window),
            "file.sample": self.open_sample,
            "file.copy": self.save_copy,
            "file.import": self.choose_import,
            "file.home": partial(choose_home, self._window, self.import_file),
            "file.export": self.export,
            "file.calendar": self.export_calendar,
            "file.psr": partial(summarise, self._window),
            "file.print": self.print_page,
            "file.blank": self.print_blank,
            "file.backup": self.back_up,
            "file.restore": self.restore,
            "file.repair": partial(repair, self._desk, self._window),
            "file.check": self.check,
            "file.settings": self.settings,
            "file.quit": self._window.close,
        }

    # ---- files

    def _folder(self) -> str:
        return str(self._session.store.file.user_path.parent)

    def new_file(self) -> None:
        """Make an empty file and open it."""
        from storage.desk.beginning.new_file import new_file
        from storage.engine.place.door import make_at

        name, _ = QFileDialog.getSaveFileName(self._window, "New file", self._folder(), FILES)
        if name:
            path = with_ending(Path(name), ENDING)
            if self._try(lambda: make_at(path, new_file)):
                self._desk.open(path)

    def open_file(self) -> None:
        """Open another file."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", self._folder(), FILES)
        if name:
            self._desk.open(Path(name))

    def open_sample(self) -> None:
        """Open a fresh copy of the sample; the user's own file is not touched."""
        from storage.desk.beginning.sample import sample_copy

        made: list[Path] = []
        if self._try(lambda: made.append(sample_copy(backups.home() / "sample"))):
            self._desk.open(made[0])

    def save_copy(self) -> None:
        """Write the whole file under another name."""
        from storage.desk.files.attachments import attachments_folder

        proposed = self._session.store.file.user_path
        start = str(proposed.with_name(f"{proposed.stem} copy{ENDING}"))
        name, _ = QFileDialog.getSaveFileName(self._window, "Save a copy", start, FILES)
        if name:
            path = with_ending(Path(name), ENDING)
            if self._try(lambda: save_as(self._session.store, path)):
                more = WITHOUT_DOCUMENTS if attachments_folder(proposed).is_dir() else ""
                self._window.status.say(f"Copy saved as {path.name}.{more}")

    # ---- import, export, print

    def choose_import(self) -> None:
        """Choose a register and bring it in."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Import a register or list", self._folder(), REGISTERS
        )
        if name:
            self.import_file(name)

    def import_file(self, name: str) -> None:
        """Bring in a file that was chosen or dropped."""
        path = Path(name)
        if path.suffix.lower() == ENDING:
            self._desk.open(path)
            return
        from desktop.dialogs.import_register import import_register

        import_register(self._window, self._session, path)

    def export(self) -> None:
        """Write the register, as filtered on its page, to a workbook."""
        if "contracts" not in self._window.pages:  # a window that shows no records
            self._exporting.ask(Arrangement(), "all contracts")
        elif isinstance(page := self._window.pages["contracts"], RegisterPage):
            active = page.views.active if not page.views.changed else None
            name = active.name if active else ""
            self._exporting.ask(page.list.arrangement(), page.views.words(), name)

    def export_calendar(self) -> None:
        """Write the deadlines of the register, as filtered on its page, to a calendar file."""
        page = self._window.pages.get("contracts")
        shown = page.list.arrangement() if isinstance(page, RegisterPage) else Arrangement()
        self._exporting.ask_calendar(shown)

    def print_page(self) -> None:
        """Print what is open: a contract, a checklist, a specification."""
        from desktop.dialogs.previews import preview_record

        page = self._window.page
        if page.print_page():
            return
        number = page.record_shown()
        if not number or preview_record(self._window, self._session, page.key, number) is None:
            self._window.status.say("Open a contract, a checklist or a specification first, then print it.")

    def print_blank(self) -> None:
        """Print a blank checklist to fill in by hand."""
        from desktop.dialogs.pick import PickDialog
        from desktop.dialogs.previews import preview_blank
        from storage.checklists.template import by_group, shipped

        offered = [(words, t) for words, group in by_group(shipped()) for t in group]
        options = [(place, f"{words}: {t.title} ({t.id})") for place, (words, t) in enumerate(offered, 1)]
        dialog = PickDialog(self._window, "Print a blank checklist", options)
        picked = dialog.picked() if dialog.exec() else None
        dialog.deleteLater()
        if picked is not None:
            template = offered[picked.id - 1][1]
            preview_blank(self._window, self._session, template.id, template.title)

    # ---- safety

    def back_up(self) -> None:
        """Make a checked copy now."""
        work = backups.making(self._session.store.file, backups.BY_HAND)
        self._session.run(work, "Making a backup", self._backed_up)

    def _backed_up(self) -> None:
        copies = backups.list_copies(self._session.store.file.path)
        if copies:
            self._window.status.show_copy(f"Backed up {copies[0].made.astimezone():%H:%M}")
            self._window.status.say(f"Backed up and checked: {copies[0].name}")

    def restore(self) -> None:
        """Go back to a copy: the file as it is now is kept aside."""
        from desktop.dialogs.restore import RestoreDialog
        from storage.engine.former import all_hashes

        path = self._session.store.file.path
        known = all_hashes(self._session.store)
        dialog = RestoreDialog(self._window, path, known)
        if dialog.exec() and (copy := dialog.chosen()):
            self._desk.restore(path, copy, replay=dialog.replay)
        dialog.deleteLater()

    def check(self) -> None:
        """Look the whole file over, on a page that shows what was found."""
        from desktop.pages.check import CheckPage

        if not isinstance(self._window.page, CheckPage):
            self._window.go(Place(CheckPage.key))
        self._window.page.do_primary()

    def settings(self) -> None:
        """My organisation and me."""
        from desktop.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(self._window, self._session)
        dialog.open()

    def _try(self, do: Callable[[], object]) -> bool:
        try:
            do()
        except StorageError as error:
            self._window.messages.failed(str(error))
            return False
        return True


def open_again(desk: Opener, window: MainWindow) -> None:
    """Open the same file afresh: to change what could only be read, or to see what another program has written."""
    path = window.session.store.file.user_path
    if window.close():
        desk.open(path)


def repair(desk: Opener, window: MainWindow) -> None:
    """Make a new file of what can be read of this one; nothing of this one is changed."""
    from desktop.dialogs.repair import repaired

    if made := repaired(window, window.session.store.file.path):
        desk.open(made)


def summarise(window: MainWindow) -> None:
    """Write the annual summary of provider selection."""
    from desktop.summarising import write_summary

    write_summary(window)
