"""What the View and Help commands do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QApplication

from desktop.commands import COMMANDS, Run
from desktop.pages.page import Place
from desktop.preferences import Preferences
from desktop.window import MainWindow
from storage.engine.backup.backups import folder_of
from widgets.theme import apply_theme

KEYS = (
    ("Ctrl+1 … Ctrl+9", "Go to a page"),
    ("Alt+Left", "Back"),
    ("Enter, double click", "Open the row"),
    ("Letters over a table", "Filter it"),
    ("Shift and click on a heading", "Sort by several columns"),
    ("Shift and an arrow, Ctrl+A", "Choose several rows, to change them at once"),
    ("Left, Right on a group heading", "Close or open the group"),
    ("Ctrl+C in a table", "Copy the chosen rows for Excel or Word"),
    ("Left  Right  +  −", "On the timeline: earlier, later, closer, further"),
    ("Y  P  N  A", "Answer the question in focus: yes, partly, no, not applicable"),
    ("E  T", "Add evidence, add an action"),
    ("F1", "Show the guidance of a question"),
)


class ViewActions:
    """The View and Help menus of one window."""

    def __init__(self, app: QApplication, window: MainWindow, preferences: Preferences) -> None:
        self._app = app
        self._window = window
        self._preferences = preferences

    def runs(self) -> Mapping[str, Run]:
        """Each command with what it does."""
        return {
            "view.system": partial(self.dress, None),
            "view.light": partial(self.dress, False),
            "view.dark": partial(self.dress, True),
            "view.fields": self.fields,
            "view.lists": self.lists,
            "view.bin": self.show_bin,
            "view.history": self.history,
            "help.keys": self.keys,
            "help.where": self.where,
            "help.safety": partial(self._window.go, Place("safety")),
            "templates.open": partial(self._window.go, Place("templates")),
            "help.report": self.problems,
            "help.about": self.about,
        }

    def dress(self, dark: bool | None) -> None:
        """Light, dark, or as the system says."""
        self._preferences.set_dark(dark)
        apply_theme(self._app, dark)

    def fields(self) -> None:
        """The fields users added to contracts."""
        from desktop.dialogs.own_fields import OwnFieldsDialog

        OwnFieldsDialog(self._window, self._window.session).open()

    def lists(self) -> None:
        """The reference lists that dates and duties are worked out from."""
        from desktop.dialogs.lists import ListsDialog

        ListsDialog(self._window, self._window.session).open()

    def show_bin(self) -> None:
        """What was thrown away, and putting it back."""
        from desktop.dialogs.bin import BinDialog

        BinDialog(self._window, self._window.session).open()

    def history(self) -> None:
        """The last steps of the file."""
        from desktop.dialogs.texts import show_history

        show_history(self._window, self._window.session)

    def _show(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        from desktop.dialogs.texts import show_text

        show_text(self._window, title, rows)

    def keys(self) -> None:
        """The shortcuts, as a list that can be copied and printed."""
        rows = [(c.shortcut, c.title) for c in COMMANDS if c.shortcut]
        self._show("Keyboard shortcuts", [*rows, *KEYS])

    def where(self) -> None:
        """Where the file and its copies lie."""
        session = self._window.session
        file = session.store.file
        rows = [
            ("This file", str(file.user_path)),
            *([("Its working copy here", str(file.path))] if file.path != file.user_path else []),
            ("Its copies", str(folder_of(session.state.file_uuid))),
            ("Settings", str(self._preferences.path)),
            ("File number", session.state.file_uuid),
        ]
        self._show("Where my file and copies are", rows)

    def problems(self) -> None:
        """What went wrong in the program, ready to be copied into a report."""
        from desktop.dialogs.texts import show_problems

        show_problems(self._window)

    def about(self) -> None:
        """Which version this is."""
        from PySide6.QtCore import qVersion

        from storage.engine.versions import versions

        parts = {**versions(), "Qt": qVersion()}
        rows = [
            ("Version", parts.pop("Commissioning Desk")),
            (
                "What it is",
                "A register, specifications and checklists for commissioners in England, in one file.",
            ),
            ("Network", "The program makes no network connection."),
            ("Licence", "MIT. Icons: Phosphor (MIT). Printed pages: Inter (SIL Open Font Licence)."),
            ("Made of", "\n".join(f"{name} {found}" for name, found in parts.items())),
        ]
        self._show("About Commissioning Desk", rows)
