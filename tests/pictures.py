"""Draws the pictures of the guide from the sample: `python -m tests.pictures docs/pictures`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.pictures_made import draw_made, keep

if TYPE_CHECKING:
    from desktop.window import MainWindow

SIZE = (1366, 768)


def main(folder: Path) -> int:
    """Open the sample in the real window, off-screen, and keep a picture of each page."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["COMMISSIONING_DESK_HOME"] = home
        return _draw(folder, Path(home))


PAGES = (
    ("today", 0, "", "today"),
    ("put_right", 0, "", "put_right"),
    ("contracts", 1, "term", "contracts"),
    ("specifications", 2, "", "specification"),
    ("checklists", 1, "T01-13", "checklist"),
    ("money", 0, "", "money"),
    ("forward", 0, "", "forward"),
)


def _draw(folder: Path, home: Path) -> int:
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QApplication

    from desktop.app import Desk
    from desktop.preferences import Preferences
    from storage.desk.beginning.sample import sample_copy

    app = QApplication([])
    app.setFont(QFont("Inter"))
    preferences = Preferences()
    preferences.set_dark(False)
    desk = Desk(app, preferences)
    if not desk.open(sample_copy(home)) or desk.window is None:
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    _walk(desk.window, folder)
    draw_made(desk.window, folder, home)
    desk.window.close()
    return 0


def _walk(window: MainWindow, folder: Path) -> None:
    window.resize(*SIZE)
    for page, record, section, name in PAGES:
        window.show_page(page)
        window.page.open_record(record, section)
        keep(window, folder / f"{name}.png")
    window.show_page("contracts")
    window.top.search_line.setFocus()
    window.top.search_line.setText("prison")
    if window.palette_panel is not None:
        window.palette_panel.search_now()
    keep(window, folder / "search.png")
    window.top.search_line.setText("")
    if window.palette_panel is not None:
        window.palette_panel.hide()
    _check(window, folder / "check.png")


def _check(window: MainWindow, path: Path) -> None:
    """The page that checks the file, on which a backup has been made."""
    from PySide6.QtWidgets import QApplication

    from desktop.pages.check import CheckPage
    from storage.engine.backup.backups import BY_HAND, make

    make(window.session.store, BY_HAND)
    window.run("file.check")
    while isinstance(window.page, CheckPage) and window.page.report is None:
        QApplication.processEvents()
    keep(window, path)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")))
