"""Draws the pictures of the guide from the sample: `python -m tests.pictures docs/pictures`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

SIZE = (1366, 768)


def main(folder: Path) -> int:
    """Open the sample in the real window, off-screen, and keep a picture of each page."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["COMMISSIONING_DESK_HOME"] = home
        return _draw(folder, Path(home))


def _draw(folder: Path, home: Path) -> int:
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QApplication

    from desktop.app import Desk
    from desktop.preferences import Preferences
    from storage.desk.sample import sample_copy

    app = QApplication([])
    app.setFont(QFont("Inter"))
    preferences = Preferences()
    preferences.set_dark(False)
    desk = Desk(app, preferences)
    if not desk.open(sample_copy(home)) or desk.window is None:
        return 1
    window = desk.window
    window.resize(*SIZE)
    folder.mkdir(parents=True, exist_ok=True)

    def keep(name: str) -> None:
        for _ in range(40):
            app.processEvents()
            time.sleep(0.01)
        window.grab().save(str(folder / f"{name}.png"))

    for page, record, section, name in (
        ("contracts", 1, "term", "contracts"),
        ("providers", 1, "links", "providers"),
        ("specifications", 2, "", "specification"),
        ("checklists", 1, "T01-13", "checklist"),
        ("actions", 1, "", "actions"),
    ):
        window.show_page(page)
        window.page.open_record(record, section)
        keep(name)
    window.show_page("contracts")
    window.search_line.setFocus()
    window.search_line.setText("prison")
    if window.palette_panel is not None:
        window.palette_panel.search_now()
    keep("search")
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")))
