"""The screen for a checklist that was sent out and comes home: as sent, theirs and mine, taken by question."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from desktop.dialogs.form_rows import FormChoices
from desktop.dialogs.import_lists import problem_list
from desktop.dialogs.merge_sides import MergeSides
from desktop.words import count_words, time_words
from storage.exchange.forms.plan import FormHome
from widgets.empty import EmptyPage
from widgets.parts import TabBar, button, col, row, text
from widgets.shown import set_title

SIZE = (1120, 680)
HEADS = ("", "As sent", "Theirs", "Mine")
TITLE = "Bring a checklist home"
KEPT = "Taking is one change that Undo takes back. A backup is made first."
NOTHING = "Nothing has changed"
NOTHING_SAID = (
    "Every answer says what the checklist says, or what it said when it was sent. There is nothing to take."
)


class FormHomeDialog(QDialog):
    """The differences with the choice of a side for each question, and what could not be read with its reasons."""

    def __init__(self, parent: QWidget, home: FormHome) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, TITLE)
        room = self.screen().availableGeometry()
        self.resize(min(SIZE[0], room.width() - 40), min(SIZE[1], room.height() - 80))
        self.home, self.choices = home, FormChoices(home)
        self.go, self._close = button("", "primary"), button("Cancel" if home.changes else "Close")
        self._stack = QStackedWidget()
        self._pages = self._made_pages()
        self.tabs = TabBar([(key, words) for key, words, _ in self._pages])
        for _, _, page in self._pages:
            self._stack.addWidget(page)
        self.go.clicked.connect(self.accept)
        self._close.clicked.connect(self.reject)
        self.tabs.chosen.connect(self.show_tab)
        kept = text(KEPT if home.changes else "", "small", wrap=True)
        head = text(f"{home.title}: {home.source}", "title", wrap=True)
        said = text(
            " ".join((sent_words(home), self.choices.summary if home.changes else "")), "soft", wrap=True
        )
        warned = text(home.warning, "medium", "amber", wrap=True)
        warned.setVisible(bool(home.warning))
        foot = row(kept, self._close, self.go, gap=12)
        self.setLayout(col(head, said, warned, row(self.tabs), self._stack, foot, gap=12, margins=24))
        self._show_choice()
        self.show_tab(self._pages[0][0])

    def _made_pages(self) -> list[tuple[str, str, QWidget]]:
        """The differences, and what was left out where there is any."""
        home = self.home
        if home.changes:
            self.sides = MergeSides(self.choices, self, HEADS)
            self.sides.changed.connect(self._show_choice)
            first: QWidget = self.sides
        else:
            first = EmptyPage(NOTHING, NOTHING_SAID, [], "check-circle")
        pages = [("changes", f"Changes ({len(home.changes):,})", first)]
        if home.problems:
            pages.append(
                (
                    "told",
                    f"Left out ({len(home.problems):,})",
                    problem_list(home.problems, home.rows_are, "Answer").at_edge(),
                )
            )
        return pages

    def show_tab(self, key: str) -> None:
        """Show one of the tabs; the differences take the keyboard."""
        page = next(page for name, _, page in self._pages if name == key)
        self.tabs.set_value(key)
        self._stack.setCurrentWidget(page)
        if self.home.changes and key == "changes":
            self.sides.view.setFocus()

    def _show_choice(self) -> None:
        chosen, every = len(self.choices.chosen), len(self.home.changes)
        if every:
            self.sides.count.setText(f"{chosen:,} of {count_words(every, 'question')} taken from theirs")
        self.go.setText(f"Take {count_words(chosen, 'answer')}")
        self.go.setEnabled(bool(chosen))
        self.go.setVisible(bool(every))


def sent_words(home: FormHome) -> str:
    """When it was sent, and who filled it in."""
    said = []
    try:
        if home.exported:
            said.append(f"Sent {time_words(datetime.fromisoformat(home.exported).astimezone())}.")
    except ValueError:
        pass  # the day was spoilt: the rest is as good without it
    if home.by:
        said.append(f"Filled in by {home.by}.")
    return " ".join(said)
