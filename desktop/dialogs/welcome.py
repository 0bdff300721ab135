"""The first start: three ways to begin."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QVBoxLayout

from desktop.file_names import FILES
from desktop.messages import message_box
from storage.desk.beginning.new_file import new_file
from storage.desk.beginning.sample import sample_copy
from storage.engine.backup.backups import home
from storage.engine.errors import StorageError
from storage.engine.place.door import make_at
from storage.engine.place.places import default_folder
from widgets.empty import EmptyPage, FirstAction
from widgets.shown import set_title

USUAL_NAME = "My contracts.desk"
WAYS = (
    FirstAction("tray-arrow-down", "Bring the register I have", "An Excel workbook or a CSV file",
                "Choose…", "import"),
    FirstAction("book-open", "Look around first", "The sample: a made-up organisation with services and contracts",
                "Open the sample", "sample"),
    FirstAction("file-plus", "Start empty", "An empty file in a place you choose", "New file…", "new"),
    FirstAction("folder-open", "Open a file I have", "Made on another computer, or moved", "Open…", "open"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beginning:
    """The file to open, and whether an import follows."""

    path: Path
    then_import: bool = False


class Welcome(QDialog):
    """Asked when no file has been opened on this computer yet."""

    def __init__(self) -> None:
        super().__init__()
        set_title(self, "Commissioning Desk")
        self.resize(900, 640)
        self.beginning: Beginning | None = None
        page = EmptyPage(
            "Welcome to Commissioning Desk",
            "One file on this computer holds your contracts, specifications and checklists. Nothing is sent anywhere.",
            WAYS,
            "notebook",
        )
        page.chosen.connect(self._chosen)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(page)

    def _chosen(self, key: str) -> None:
        try:
            self.beginning = self._begin(key)
        except StorageError as error:
            message_box(str(error), QMessageBox.Icon.Warning, self).exec()
        if self.beginning is not None:
            self.accept()

    def _begin(self, key: str) -> Beginning | None:
        if key == "sample":
            return Beginning(sample_copy(home() / "sample"))
        folder = default_folder()
        folder.mkdir(parents=True, exist_ok=True)
        if key == "open":
            name, _ = QFileDialog.getOpenFileName(self, "Open", str(folder), FILES)
            return Beginning(Path(name)) if name else None
        name, _ = QFileDialog.getSaveFileName(
            self, "Where to keep your file", str(folder / USUAL_NAME), FILES
        )
        if not name:
            return None
        path = Path(name) if name.endswith(".desk") else Path(name + ".desk")
        make_at(path, new_file)
        return Beginning(path, then_import=key == "import")

    @staticmethod
    def ask() -> Beginning | None:
        """Ask; None when the user went away."""
        welcome = Welcome()
        welcome.exec()
        beginning = welcome.beginning
        welcome.deleteLater()
        return beginning
