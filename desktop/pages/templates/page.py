"""The page of checklist templates: those of one’s own and of the program, and the draft that is being written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget

from desktop.pages.page import Page
from desktop.pages.templates.editor import TemplateEditor
from desktop.pages.templates.giving import TakingIn, give_away
from desktop.session import Session
from storage.checklists.structure import Template
from storage.checklists.template import by_group, shipped
from storage.desk.checklists import templates
from storage.engine.steps import Changes
from storage.engine.values import show_day
from storage.records.templates import DRAFT, LIVE, OwnTemplate
from widgets.holder import Holder
from widgets.parts import Item, button, col, line, row, scroll, text

INTRO = (
    "Adapt a checklist of the program or write one of your own. A draft is changed here or in Excel; once published it "
    "does not change, and checklists started from it keep it as it was."
)
WORKBOOKS = "Template workbooks (*.xlsx);;Template files (*.toml *.json);;All files (*)"


class TemplatesPage(Page):
    """A list first, then one draft over the whole page."""

    key, title, icon = "templates", "Checklist templates", "list-checks"
    on_rail = False
    tables = ("checklist_template", "checklist_list_entry")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.editor: TemplateEditor | None = None
        self._open = 0
        self._stack = QStackedWidget()
        self._list = Holder()
        self._stack.addWidget(self._list)
        self.setLayout(col(self._stack, gap=0))
        self._draw()

    @property
    def heading(self) -> str:
        """The open draft’s title."""
        own = self.editor.own if self._open and self.editor is not None else None
        return f"{own.title}, version {own.version}" if own else self.title

    @property
    def has_back(self) -> bool:
        """From the draft back to the list."""
        return self._open != 0

    @property
    def primary(self) -> tuple[str, str]:
        """Publish the draft, or begin a new template."""
        if self._open:
            return (
                ("Publish…", "seal-check") if self.editor is not None and self.editor.is_draft else ("", "")
            )
        return ("New template…", "plus") if not self.session.read_only else ("", "")

    def do_primary(self) -> None:
        """Do that."""
        from desktop.dialogs.publish_template import new_template_dialog, publish_dialog

        if self._open and self.editor is not None and self.editor.own is not None:
            self.editor.leave()
            publish_dialog(self, self.session, self.editor.own).open()
        else:
            new_template_dialog(self, self.session, self._made).open()

    def back(self) -> None:
        """Back to the list."""
        if self.editor is not None:
            self.editor.leave()
        self._open = 0
        self._draw()
        self._stack.setCurrentWidget(self._list)
        self.headed.emit()

    def record_shown(self) -> int:
        """The open draft."""
        return self._open

    def open_record(self, number: int, section: str = "") -> None:
        """Open a template in the editor."""
        if self.editor is None:
            self.editor = TemplateEditor(self.session)
            self._stack.addWidget(self.editor)
        if not self.editor.show_template(number):
            self.session.said.emit("This template is in the bin or no longer in the file.")
            return
        self._open = number
        self._stack.setCurrentWidget(self.editor)
        self.headed.emit()

    def refresh(self, changes: Changes) -> None:
        """Draw the editor or the list again."""
        if not self._open or self.editor is None:
            self._draw()
        elif not self.editor.show_template(self._open):
            self.back()
        else:
            self.headed.emit()

    def _made(self, own: OwnTemplate) -> None:
        self.open_record(own.key)

    # ---- the list

    def _draw(self) -> None:
        taking = button("Take in a template…", icon_name="tray-arrow-down")
        taking.setEnabled(not self.session.read_only)
        taking.clicked.connect(self._ask_file)
        items: list[Item] = [text(INTRO, "soft", wrap=True), row(taking, None), 8]
        own = templates.own_templates(self.session.store)
        if own:
            items += [text("Your own", "strong"), line()]
        for each in own:
            items += [self._own_row(each), line()]
        for words, listed in by_group(shipped()):
            items += [10, text(words, "strong"), line()]
            for template in listed:
                items += [self._shipped_row(template), line()]
        inside = QFrame()
        area = scroll(inside, "surface")
        self._list.put(area)
        area.hide()  # filled out of sight, and where it stays: so each part is styled once
        inside.setLayout(col(*items, None, gap=6, margins=(24, 16, 24, 24)))
        area.show()

    def _own_row(self, own: OwnTemplate) -> Item:
        note = " · ".join(
            w for w in (own.code, f"version {own.version}", own.state,
                        f"adapted from {own.adapted_from}" if own.adapted_from else "",
                        f"published {show_day(own.published_on)}" if own.published_on else "") if w
        )  # fmt: skip
        store, key = self.session.store, own.key
        acts: list[tuple[str, Callable[[], object], bool]] = [("Open", partial(self.open_record, key), False)]
        if own.state == DRAFT:
            acts.append(("Throw away", partial(templates.discard, store, key), True))
        elif own.state == LIVE:
            acts.append(("New version", partial(self._next, own), True))
            acts.append(("Retire", partial(templates.retire, store, key), True))
        acts.append(
            ("Give away…", partial(give_away, self, self.session, own.template_text, own.title), False)
        )
        return self._row(own.title, note, acts)

    def _shipped_row(self, template: Template) -> Item:
        note = f"{template.id} · {len(template.questions)} questions"
        from storage.checklists.template import shipped_text

        give = partial(give_away, self, self.session, shipped_text(template.id), template.title)
        acts: list[tuple[str, Callable[[], object], bool]] = [
            ("Adapt…", partial(self._adapt, template.id), True),
            ("Print…", partial(self._print, template), False),
            ("Give away…", give, False),
        ]
        return self._row(template.title, note, acts)

    def _row(self, name: str, note: str, acts: Sequence[tuple[str, Callable[[], object], bool]]) -> Item:
        across = row(gap=6)
        across.addLayout(col(text(name, "medium", wrap=True), text(note, "small", wrap=True), gap=0), 1)
        for words, act, writes in acts:
            made = button(words, "quiet")
            made.setAccessibleName(f"{words} {name}")
            made.setEnabled(not (writes and self.session.read_only))
            made.clicked.connect(partial(self._act, act))
            across.addWidget(made)
        return across

    def _act(self, act: Callable[[], object], _checked: bool = False) -> None:
        self.session.attempt(act)

    def _next(self, own: OwnTemplate) -> None:
        self.open_record(templates.new_version(self.session.store, own.key).key)

    def _adapt(self, template: str) -> None:
        self.open_record(templates.adapt(self.session.store, template).key)

    def _print(self, template: Template) -> None:
        from desktop.dialogs.previews import preview_blank

        preview_blank(self, self.session, template.id, template.title)

    def _ask_file(self, _checked: bool = False) -> None:
        folder = str(self.session.store.file.user_path.parent)
        name, _ = QFileDialog.getOpenFileName(self, "Take in a template", folder, WORKBOOKS)
        if name:
            job = TakingIn(self, self.session, Path(name))
            job.taken.connect(self._made)
            job.start()
