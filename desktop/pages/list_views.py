"""The views of a list, beside the title of its page: which is active, whether it was changed, picking another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from desktop.pages.list_memory import ListMemory
from desktop.pages.record_list import RecordList, RegisterPlan
from desktop.session import Session
from storage.desk.lists.views import View, change_view, save_view, views_of
from storage.engine.fields import Field, Kind, Record
from storage.engine.steps import Changes
from widgets.elided import ElidedMenuButton
from widgets.icons import icon
from widgets.shown import escaped

NAME = Field("Name", Kind.TEXT, name="name", required=True, width=300)
ABOUT = "Columns, filters, order and groups are kept under this name. Widths are the same in every view."


class ListViews(QObject):
    """Knows the active view of one list. Its key is empty while none is."""

    def __init__(
        self,
        session: Session,
        page: str,
        plan: RegisterPlan,
        records: RecordList,
        memory: ListMemory,
        first: View | None,
    ) -> None:
        super().__init__(records)
        self._session, self._page, self._plan = session, page, plan
        self._records, self._memory = records, memory
        self._active = first
        menu = QMenu()
        menu.aboutToShow.connect(partial(fill, menu, self))
        self.button = ElidedMenuButton(menu)
        self.button.setAccessibleDescription("Columns, filters, order and groups kept under a name")
        records.arranged.connect(self._show)
        session.changed.connect(self._hear)
        self._show()

    @property
    def every(self) -> str:
        """What the list is called while no view is active."""
        return f"All {self._plan.nouns[1]}"

    @property
    def active(self) -> View | None:
        """The active view."""
        return self._active

    @property
    def changed(self) -> bool:
        """Whether the list shows something else than its view. The usual columns and order are nobody's change."""
        now = self._records.arrangement()
        if self._active is None:
            return bool(now.where or now.words)
        return now != self._records.filled(self._active.arrangement)

    def views(self) -> list[View]:
        """Every view of the list."""
        return views_of(self._session.store, self._page, self._plan.cls)

    def words(self) -> str:
        """What the list shows in words, for the sheet that goes out."""
        said = self._records.filter_words()
        return said if self._active is None or self.changed else f"view “{self._active.name}”: {said}"

    # ---- picking

    def pick(self, key: str, _checked: bool = False) -> None:
        """Show a view as it was saved, or with no key the whole list; one that cannot be used says why."""
        view = next((v for v in self.views() if v.key == key), None) if key else None
        if view is not None and view.missing:
            self._session.said.emit(view.missing)
            return
        self._active = view
        self._memory.remember_view(view.key if view else "")
        self._records.arrange(view.arrangement if view else self._records.usual(), keeps=view is None)
        self._show()
        if view is not None and view.left_out:
            self._session.said.emit(f"{view.name}: {' '.join(view.left_out)}")

    def step(self, by: int) -> None:
        """Go to the next view, or the one before; the whole list comes first."""
        keys = ["", *(v.key for v in self.views() if not v.missing)]
        here = keys.index(self.key) if self.key in keys else 0
        there = max(0, min(here + by, len(keys) - 1))
        if there != here or self.changed:
            self.pick(keys[there])

    def open(self) -> None:
        """Open the list of views, for the keyboard."""
        self.button.showMenu()

    @property
    def key(self) -> str:
        """The key of the active view, or nothing."""
        return self._active.key if self._active else ""

    @property
    def may_save(self) -> bool:
        """False in a file that is open to read only."""
        return not self._session.read_only

    # ---- keeping

    def save_as(self, _checked: bool = False) -> None:
        """Ask for a name and keep what is shown under it."""
        from desktop.dialogs.form_dialog import FormDialog, Values

        def save(values: Values) -> None:
            self._keep(str(values["name"]))

        FormDialog(
            self._window(), "Save as a view", [NAME], save, do="Save", today=self._session.today(), words=ABOUT
        ).open()  # fmt: skip

    def update(self, _checked: bool = False) -> None:
        """Let the active view show what is shown now; of one that comes with the program, the user gets their own."""
        view = self._active
        if view is None:
            return
        if not view.own:
            self._session.attempt(partial(self._keep, view.name))
        elif self._session.attempt(partial(self._change, view.number)):
            self._session.said.emit(f"Saved in the view {view.name}.")

    def _keep(self, name: str) -> None:
        shown = self._records.arrangement()
        saved = save_view(self._session.store, self._page, self._plan.cls, name, shown)
        self.pick(saved.uuid)

    def _change(self, number: int) -> None:
        change_view(self._session.store, self._plan.cls, number, self._records.arrangement())

    def manage(self, _checked: bool = False) -> None:
        """Rename views, put them in order, throw them away."""
        from desktop.dialogs.views import ViewsDialog

        ViewsDialog(self._window(), self._session, self._page, self._plan.cls, self.every).open()

    def _window(self) -> QWidget:
        return self._records.window()

    # ---- showing

    def _hear(self, changes: Changes) -> None:
        """A view was changed, renamed or thrown away, here or by undoing."""
        if self._active is not None and changes.touches("saved_view", "own_field", "desk"):
            key = self._active.key
            self._active = next((v for v in self.views() if v.key == key), None)
            self._records.keeps = self._active is None
            if self._active is None:
                self._memory.remember_view("")
            self._show()

    def _show(self) -> None:
        name = self._active.name if self._active else self.every
        self.button.show_words(name, "changed" if self.changed else "")
        self.button.setAccessibleName(f"View: {name}{', changed' if self.changed else ''}")


def opening_view(session: Session, page: str, cls: type[Record], memory: ListMemory) -> View | None:
    """The view that was active when the file was last open, if it is still there and can be used."""
    key = memory.view
    if not key:
        return None
    return next((v for v in views_of(session.store, page, cls) if v.key == key and not v.missing), None)


def fill(menu: QMenu, views: ListViews) -> None:
    """Offer every view, and below them what can be done with what is shown."""
    menu.clear()
    _offer(menu, views, "", views.every)
    every = views.views()
    for own in (True, False):
        some = [v for v in every if v.own == own]
        if some:
            menu.addSeparator()
        for view in some:
            _offer(menu, views, view.key, view.name)
    menu.addSeparator()
    name = views.active.name if views.active else views.every
    if views.changed:
        back = partial(views.pick, views.key)
        _do(menu, f"Back to “{name}”", back, "arrow-counter-clockwise")
    if views.changed and views.active is not None:
        _do(menu, f"Save the changes to “{name}”", views.update, "floppy-disk", views.may_save)
    _do(menu, "Save as a view…", views.save_as, "plus", views.may_save)
    _do(menu, "Rename and order views…", views.manage, "pencil-simple", views.may_save)


def _offer(menu: QMenu, views: ListViews, key: str, name: str) -> None:
    action = menu.addAction(escaped(name))
    if key == views.key:
        action.setIcon(icon("check", "accent"))
    action.triggered.connect(partial(views.pick, key))


def _do(menu: QMenu, words: str, run: Callable[[bool], object], icon_name: str, enabled: bool = True) -> None:
    action = menu.addAction(icon(icon_name), escaped(words))
    action.triggered.connect(run)
    action.setEnabled(enabled)
