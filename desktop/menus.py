"""The menus of a window, made from the commands: what is offered, its keys, whether it can run now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop.commands import BY_KEY, COMMANDS, MENUS, Command, Run
from desktop.session import Session
from widgets.shown import escaped

LONGEST = 60  # letters of what Undo would undo


class Menus:
    """Every action of one window by the key of its command."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        self._window, self._session = window, session
        self._actions: dict[str, QAction] = {}
        self._menus: dict[str, QMenu] = {}

    def fill(self, runs: Mapping[str, Run], places: Iterable[tuple[str, str, Run]]) -> None:
        """Offer commands with what they do, and under Go the places: words, keys and what leads there."""
        bar = self._window.menuBar()
        self._menus = {name: bar.addMenu(f"&{name}") for name in MENUS}
        for words, keys, run in places:
            action = self._menus["Go"].addAction(escaped(words))
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(partial(_plainly, run))
        self._menus["Go"].addSeparator()
        for command in COMMANDS:
            if command.key in runs:
                self._add(self._menu(command), command, runs[command.key])
        self.show_undo()

    def _menu(self, command: Command) -> QMenu:
        """Where a command stands; a menu inside another is made for the first of its commands."""
        outer, _, inner = command.menu.partition("/")
        known = self._menus.get(command.menu)
        if command.divides:
            (known or self._menus[outer]).addSeparator()
        if known is None:
            known = self._menus[command.menu] = self._menus[outer].addMenu(inner)
        return known

    def _add(self, menu: QMenu, command: Command, run: Run) -> None:
        action = QAction(command.title, self._window)
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
        action.setEnabled(not (command.writes and self._session.read_only))
        action.triggered.connect(partial(_plainly, run))
        menu.addAction(action)
        self._actions[command.key] = action

    def run(self, key: str) -> None:
        """Run a command, if it can be run now."""
        if action := self._actions.get(key):
            action.trigger()

    def words(self, key: str) -> str:
        """What a command is called just now."""
        return self._actions[key].text()

    def commands(self) -> list[Command]:
        """The commands that can be run now, for the search."""
        return [BY_KEY[k] for k, a in self._actions.items() if a.isEnabled()]

    def show_undo(self) -> str:
        """Say in the menu what Undo and Redo would do; what Undo would undo, for the status bar."""
        history = self._session.history
        undo, redo = history.next_undo(), history.next_redo()
        undone = undo.label if undo and not history.stops(undo) else ""
        redone = redo.label if redo else ""
        for key, step, label in (("edit.undo", undo, undone), ("edit.redo", redo, redone)):
            if action := self._actions.get(key):
                action.setEnabled(step is not None and not self._session.read_only)
                words = BY_KEY[key].title
                action.setText(escaped(f"{words}: {label[:LONGEST]}") if label else words)
        return undone


def _plainly(run: Run, _checked: bool = False) -> None:
    run()
