"""Hand-over packs from the window: made, put on a removable drive, and opened."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QStorageInfo
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop.commands import Run
from desktop.messages import message_box
from desktop.sheet_work import SheetWork
from desktop.window import MainWindow
from desktop.words import time_words
from storage.desk.files.attachments import attachments_folder
from storage.engine.backup.snapshots import compact
from storage.engine.steps import Progress

if TYPE_CHECKING:
    from desktop.file_actions import Opener
    from storage.exchange.handover import Packed

PACKS = "Hand-over pack (*.deskpack)"
ENDING = ".deskpack"
LAST = "pack.last"  # remembered in the file: when and where a pack was last made
ABOUT = (
    "The whole file, the documents attached to it and the register as a workbook, sealed together in one file that "
    "shows nothing of what is in it. Send it, or keep it somewhere else."
)


class Packing:
    """The commands for packs of one window."""

    def __init__(self, desk: Opener, window: MainWindow) -> None:
        self._desk, self._window, self._session = desk, window, window.session

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        return {
            "file.pack": self.pack,
            "file.removable": self.back_up_to_drive,
            "file.unpack": self.unpack,
        }

    def pack(self) -> None:
        """Make a pack to hand over."""
        self._ask("Hand-over pack", "Make the pack…", self._session.store.file.user_path.parent)

    def back_up_to_drive(self) -> None:
        """Make the same pack on a drive that can be taken away."""
        self._ask("Back up to a removable drive", "Choose the drive…", removable_drive() or Path.home())

    def _ask(self, title: str, do: str, folder: Path) -> None:
        from desktop.dialogs.passphrase import PassphraseDialog
        from storage.exchange.handover import passphrase_problem

        words = " ".join(filter(None, (ABOUT, self._last_words())))
        made = PassphraseDialog(
            self._window,
            title,
            words,
            do,
            partial(self._choose_place, title, folder),
            problem=passphrase_problem,
        )
        made.open()

    def _last_words(self) -> str:
        held = self._session.state.recall(LAST)
        if not isinstance(held, dict):
            return ""
        try:
            at = datetime.fromisoformat(str(held.get("at")))
        except ValueError:
            return ""
        return f"The last one was made on {time_words(at)}: {held.get('place')}."

    def _choose_place(self, title: str, folder: Path, passphrase: str) -> None:
        today, path = self._session.today(), self._session.store.file.path
        start = str(folder / f"{path.stem} {today:%Y-%m-%d}{ENDING}")
        name, _ = QFileDialog.getSaveFileName(self._window, title, start, PACKS)
        if name:
            out = Path(name)
            self.write(out if out.suffix.lower() == ENDING else out.with_name(out.name + ENDING), passphrase)

    def write(self, out: Path, passphrase: str) -> None:
        """Write a pack behind a sheet."""
        from storage.exchange.handover import packing

        store = self._session.store
        documents, name, today = (
            attachments_folder(store.file.user_path),
            store.file.path.name,
            self._session.today(),
        )

        def work(held: Path) -> Generator[Progress, None, Packed]:
            take = partial(compact, held)
            return packing(take, out, passphrase, documents=documents, name=name, today=today)

        SheetWork(self._window, "Making the pack", work, self._packed, store=store)

    def _packed(self, result: object) -> None:
        done = cast("Packed", result)
        self._session.state.remember(
            LAST, {"at": datetime.now().astimezone().isoformat(), "place": str(done.path)}
        )
        documents = f" with {done.documents:,} attached documents" if done.documents else ""
        self._window.messages.told(
            f"{done.path.name} was made{documents}, opened again and compared. It opens only with its passphrase: keep "
            f"that apart from it. It lies in {done.path.parent}."
        )

    # ---- opening one

    def unpack(self) -> None:
        """Choose a pack and open it."""
        folder = str(self._session.store.file.user_path.parent)
        name, _ = QFileDialog.getOpenFileName(self._window, "Open a hand-over pack", folder, PACKS)
        if name:
            self.ask_to_open(Path(name))

    def ask_to_open(self, pack: Path, wrong: str = "") -> None:
        """Ask for the passphrase of a pack; `wrong` says what came of the one before."""
        from desktop.dialogs.passphrase import PassphraseDialog

        words = f"{pack.name} is opened into a new folder of your choice. Nothing that lies there is changed."
        act = partial(self._choose_folder, pack)
        PassphraseDialog(
            self._window, "Open a hand-over pack", words, "Choose the folder…", act, wrong=wrong
        ).open()

    def _choose_folder(self, pack: Path, passphrase: str) -> None:
        folder = QFileDialog.getExistingDirectory(
            self._window, "Where the new folder is to be made", str(pack.parent)
        )
        if folder:
            self.take_out(pack, free_folder(Path(folder) / pack.stem), passphrase)

    def take_out(self, pack: Path, folder: Path, passphrase: str) -> None:
        """Take a pack out into a new folder behind a sheet."""
        from storage.exchange.handover import unpacking

        SheetWork(
            self._window,
            "Opening the pack",
            lambda _held: unpacking(pack, folder, passphrase),
            self._taken_out,
            failed=partial(self.ask_to_open, pack),
        )

    def _taken_out(self, result: object) -> None:
        file = cast("Path", result)
        words = (
            f"The pack was whole, and everything in it is now in {file.parent}. It is no longer sealed there."
        )
        box = message_box(words, QMessageBox.Icon.Information, self._window)
        box.addButton("Open the file", QMessageBox.ButtonRole.AcceptRole).clicked.connect(
            partial(self._open, file)
        )
        box.open()

    def _open(self, file: Path, _checked: bool = False) -> None:
        self._desk.open(file)


def removable_drive() -> Path | None:
    """The first drive that can be written to and is neither the system's nor the user's own."""
    fixed = {QStorageInfo.root().rootPath(), QStorageInfo(str(Path.home())).rootPath()}
    places = ("/media/", "/run/media/", "/Volumes/")
    for drive in QStorageInfo.mountedVolumes():
        root = drive.rootPath()
        named = root.startswith(places) or root[1:3] == ":/"
        if named and root not in fixed and drive.isReady() and not drive.isReadOnly():
            return Path(root)
    return None


def free_folder(wanted: Path) -> Path:
    """The folder itself, or with a number behind its name when there is one already."""
    found, again = wanted, 2
    while found.exists():
        found, again = wanted.with_name(f"{wanted.name} ({again})"), again + 1
    return found
