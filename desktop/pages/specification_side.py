"""The panel at the right of an open specification: what it is, what it is linked to, its versions, and print."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.pages.links_panel import LinkGroup, LinkRow
from desktop.pages.page import Place
from storage.engine.values import show_day
from storage.records.specifications import Version
from widgets.elided import elided_link
from widgets.parts import IconLabel, Item, button, col, line, link, panel, row, scroll, text

ICONS = {"service": "first-aid-kit", "contract": "briefcase", "run": "check-square", "action": "flag"}
BESIDE = 80  # pixels of the panel that are not for the words of a link
MOST = 6  # of the sentences that say what is missing


class SidePanel(QFrame):
    """Rebuilt whenever something in it changes, since it is short."""

    go = Signal(object)  # Place
    version_asked = Signal(int)  # the id of a version; 0 for the draft
    edit_asked = Signal()
    print_asked = Signal()
    command = Signal(str)  # the key of a command to run

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "detail")
        self._head = text("About", "strong")
        self._edit = link("Edit")
        self._edit.setAccessibleName("Edit what stands under About")
        self._edit.clicked.connect(self._ask_edit)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._held: QWidget | None = None
        printing = button("Print…", icon_name="printer")
        printing.clicked.connect(self._ask_print)
        export, compare = button("Export…", icon_name="export"), button("Compare…", icon_name="columns")
        export.clicked.connect(partial(self._run, "text.export"))
        compare.clicked.connect(partial(self._run, "text.compare"))
        foot = col(row(printing, export, None), row(compare, None), gap=8, margins=(16, 10, 16, 16))
        head = row(self._head, None, self._edit, margins=(16, 14, 16, 0))
        self.setLayout(col(head, self._body, foot, gap=0, margins=(1, 0, 0, 0)))

    def show_all(
        self,
        facts: Sequence[tuple[str, str]],
        groups: Sequence[LinkGroup],
        versions: Sequence[Version],
        missing: Sequence[str],
        *,
        viewing: int,
        may_edit: bool,
    ) -> None:
        """Show facts, links and versions; `viewing` is the version shown, `missing` what stops the next one."""
        self._edit.setVisible(may_edit)
        self._edit.setText("Edit")
        items: list[Item] = [
            col(text(label, "label"), text(words, wrap=True), gap=1) for label, words in facts
        ]
        items += [6, line(), 6, text("Linked", "strong"), *self._links(groups)]
        items += [6, line(), 6, text("Versions", "strong"), *self._versions(versions, viewing)]
        if missing:
            items += [6, line(), 6, text("Before it can be issued", "strong"), *_missing(missing)]
        self._put(scroll(panel(col(*items, None, gap=8, margins=(16, 10, 16, 16)), "surface")))

    def show_form(self, form: QWidget) -> None:
        """Show the fields to fill in instead."""
        self._edit.setText("Done")
        self._put(scroll(panel(col(form, margins=(16, 10, 16, 16)), "surface")))

    def _put(self, fresh: QWidget) -> None:
        if self._held is not None:
            self._body.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = fresh
        self._body.addWidget(fresh, 1)

    def _links(self, groups: Sequence[LinkGroup]) -> list[Item]:
        made: list[Item] = []
        for group in groups:
            for each in group.rows:
                made.append(row(IconLabel(ICONS[group.key]), self._link(each), None))
        return made or [text("Nothing is linked to it yet", "soft", wrap=True)]

    def _link(self, each: LinkRow) -> QWidget:
        """A way to a record, its name cut to the panel; the whole of it is on the tool tip."""
        if each.place is None:
            return text(each.words, wrap=True)
        press = elided_link(each.words, self.width() - BESIDE)
        press.clicked.connect(partial(self._go, each.place))
        return press

    def _versions(self, versions: Sequence[Version], viewing: int) -> list[Item]:
        made: list[Item] = []
        if versions:
            made.append(self._version_row("Draft", "", 0, viewing))
        for version in reversed(versions):
            on = show_day(version.issued_on) if version.issued_on else ""
            made.append(self._version_row(f"Version {version.number}", on, version.key, viewing))
        return made or [text("None issued yet", "soft")]

    def _version_row(self, words: str, note: str, number: int, viewing: int) -> Item:
        if number == viewing:
            return row(text(words, "bold"), text(note, "small"), None, text("shown", "small"))
        press = link(words)
        press.clicked.connect(partial(self._ask_version, number))
        return row(press, text(note, "small"), None)

    def _go(self, place: Place, _checked: bool = False) -> None:
        self.go.emit(place)

    def _ask_version(self, number: int, _checked: bool = False) -> None:
        self.version_asked.emit(number)

    def _ask_edit(self) -> None:
        self.edit_asked.emit()

    def _run(self, key: str, _checked: bool = False) -> None:
        self.command.emit(key)

    def _ask_print(self) -> None:
        self.print_asked.emit()


def _missing(sentences: Sequence[str]) -> list[Item]:
    made: list[Item] = [text(words, "small", wrap=True) for words in sentences[:MOST]]
    if len(sentences) > MOST:
        made.append(text(f"And {len(sentences) - MOST} more.", "small"))
    return made
