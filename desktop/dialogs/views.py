"""The user’s own views of one list: rename one, move it up or down, throw it away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.dialogs.list_dialog import ListDialog, list_row
from desktop.session import Session
from storage.desk.lists.arrangement import described, in_order
from storage.desk.lists.views import View, bin_view, move_view, rename_view, views_of, watch_view
from storage.engine.fields import Field, Kind, Record
from widgets.parts import button

NAME = Field("Name", Kind.TEXT, name="name", required=True, width=300)
ON_TODAY, OFF_TODAY = ("Show in Today", "sun"), ("Not in Today", "sun")
WORDS = (
    "Your own views stand first in the menu, in this order. Those that come with the program follow and cannot be "
    "changed; save one under its name to have your own in its place."
)


class ViewsDialog(ListDialog):
    """A row for each view; what it shows stands under its name."""

    none = "None yet. Choose columns, filters and order, then save them as a view."

    def __init__(self, parent: QWidget, session: Session, page: str, cls: type[Record], every: str) -> None:
        self._page, self._cls, self._every = page, cls, every
        super().__init__(parent, session, f"Views of {cls.PLURAL.lower()}", WORDS)
        self.resize(760, 480)

    def rows(self) -> Sequence[QLayout]:
        """The user's own views."""
        own = [v for v in views_of(self.session.store, self._page, self._cls) if v.own]
        return [self._row(view, place, len(own)) for place, view in enumerate(own)]

    def _row(self, view: View, place: int, count: int) -> QLayout:
        up = self._press(view, "Up", "arrow-up", partial(move_view, by=-1), place > 0)
        down = self._press(view, "Down", "arrow-down", partial(move_view, by=1), place < count - 1)
        rename = button("Rename…", "link", "pencil-simple")
        rename.setAccessibleName(f"Rename {view.name}")
        rename.setEnabled(not self.session.read_only)
        rename.clicked.connect(partial(self._rename, view))
        watch = self._press(view, *(OFF_TODAY if view.on_today else ON_TODAY), watch_view)
        away = self._press(view, "Bin", "trash", bin_view)
        return list_row(view.name, self._about(view), watch, up, down, rename, away)

    def _about(self, view: View) -> str:
        store, shown = self.session.store, view.arrangement
        said = [described(store, self._cls, shown, self._every), in_order(store, self._cls, shown)]
        return " · ".join([*(words for words in said if words), *view.left_out])

    def _press(
        self, view: View, words: str, icon_name: str, act: Callable[..., object], possible: bool = True
    ) -> QPushButton:
        made = button(words, "link", icon_name)
        made.setAccessibleName(f"{words}: {view.name}")
        made.setEnabled(possible and not self.session.read_only)
        made.clicked.connect(partial(self._do, act, view.number))
        return made

    def _do(self, act: Callable[..., object], number: int, _checked: bool = False) -> None:
        self.session.attempt(partial(act, self.session.store, number))

    def _rename(self, view: View, _checked: bool = False) -> None:
        def rename(values: Values) -> None:
            rename_view(self.session.store, view.number, str(values["name"]))

        FormDialog(
            self, f"Rename {view.name}", [NAME], rename, do="Rename", today=self.session.today(),
            values={"name": view.name},
        ).open()  # fmt: skip
