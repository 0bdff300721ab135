"""Words of a file that name nothing that is known, and what all rows belong to: mapped, made, or left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.dialogs.import_columns import Decided, PickButton
from desktop.dialogs.pick import PickDialog
from storage.engine.fields import RECORDS
from storage.engine.store import Store
from storage.exchange.importing.import_headings import CREATE, LEAVE
from storage.exchange.importing.list_kinds import VIA, ListKind
from storage.exchange.importing.list_links import Unmatched, listed, number_of, targets, token
from storage.exchange.importing.plan import ImportPlan
from storage.exchange.importing.providers import folded
from storage.exchange.importing.summary import in_sentence
from widgets.parts import Item, button, card, col, line, pill, row, scroll, text
from widgets.shown import escaped

MOST = 100  # words shown at once
_WIDE = 400
NO_ANSWER = "Not said"


class WordsPanel(QWidget):
    """One line for each word, with a menu of what it may mean."""

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self.decided = Decided()
        self.remembered: Mapping[str, Mapping[str, str]] = {}  # what words meant last time, as in `Choices`
        self._plan: ImportPlan | None = None
        self._names: dict[str, Mapping[int, str]] = {}  # of records by table
        self._area: QWidget | None = None
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)

    @property
    def open_words(self) -> int:
        """How many words nobody has decided on, the owner of all rows among them."""
        if self._plan is None:
            return 0
        return sum(not u.decided for u in self._plan.unmatched) + bool(self._plan.missing)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what is not known in a plan."""
        self._plan = plan
        self._draw()

    def _draw(self) -> None:
        plan = self._plan
        if plan is None:
            return
        down = col(gap=6, margins=(24, 12, 24, 12))
        for part in self._belongs(plan):
            down.addWidget(part)
        if plan.unmatched:
            down.addWidget(text(self._asked(plan), "soft", wrap=True))
        elif not plan.source.kind.owner:
            down.addWidget(
                text("Every name and every listed word in the file is known here.", "soft", wrap=True)
            )
        ordered = sorted(plan.unmatched, key=lambda u: bool(u.decided))
        for unmatched in ordered[:MOST]:
            down.addWidget(line())
            down.addLayout(self._line(unmatched))
        if len(ordered) > MOST:
            down.addWidget(line())
            down.addWidget(text(f"{len(ordered) - MOST:,} more words follow.", "soft"))
        down.addStretch(1)
        made = scroll(down)
        if self._area is not None:
            self._whole.removeWidget(self._area)
            self._area.hide()
            self._area.deleteLater()
        self._area = made
        self._whole.addWidget(made)

    def _asked(self, plan: ImportPlan) -> str:
        """What is asked of the words: what those mean that nobody has decided on, also the last time."""
        left = sum(not unmatched.decided for unmatched in plan.unmatched)
        if left == len(plan.unmatched):
            return "These words of the file name nothing that is known here. Say what each means; it is remembered."
        if left:
            names = "One word names" if left == 1 else f"{left:,} words name"
            return f"{names} nothing that is known here: say what is meant; it is remembered. The rest is decided."
        return "What these words mean is decided. Change what means something else this time."

    def _as_last_time(self, unmatched: Unmatched) -> bool:
        meant = self.remembered.get(unmatched.field, {}).get(folded(unmatched.words))
        return bool(meant) and meant == unmatched.decided

    # ------------------------------------------------------------------ what all rows belong to
    def _belongs(self, plan: ImportPlan) -> Sequence[QWidget]:
        """A card for each link no heading says, that would say what every row belongs to."""
        kind, filled = plan.source.kind, {h.name for h in plan.headings}
        names = [n for n in (kind.owner, VIA + kind.owner) if n in kind.links and n not in filled]
        return [self._for_all(kind, name, needed=name == plan.missing) for name in names]

    def _for_all(self, kind: ListKind, name: str, *, needed: bool) -> QWidget:
        table = kind.links[name]
        label = RECORDS[table].LABEL
        said = self.decided.fixed.get(name, "")
        choose = button(self._called(table, said) if said else f"Choose the {in_sentence(label)}…")
        choose.setAccessibleName(f"The {in_sentence(label)} all rows belong to: {choose.text()}")
        choose.clicked.connect(partial(self._choose_for_all, name, table))
        parts: list[Item] = [choose]
        if said:
            clear = button("Take it back")
            clear.clicked.connect(partial(self._set_for_all, name, ""))
            parts.append(clear)
        asks = "All rows belong to this one:" if said else "Which one do all rows belong to?"
        asked = text(f"No heading says the {in_sentence(label)}. {asks}", "strong", wrap=True)
        head = row(gap=8)
        head.addWidget(asked, 1)
        if needed:
            head.addWidget(pill("Needs your answer", "amber"))
        return card(head, row(*parts, None), gap=8)

    def _choose_for_all(self, name: str, table: str, _checked: bool = False) -> None:
        if (number := self._pick(table, f"Choose the {in_sentence(RECORDS[table].LABEL)}")) is not None:
            self._set_for_all(name, token(number))

    def _set_for_all(self, name: str, said: str, _checked: bool = False) -> None:
        if said:
            self.decided.fixed[name] = said
        else:
            self.decided.fixed.pop(name, None)
        self.changed.emit()

    # ------------------------------------------------------------------ words
    def _line(self, unmatched: Unmatched) -> QHBoxLayout:
        rows = "1 row" if unmatched.rows == 1 else f"{unmatched.rows:,} rows"
        said = text(f"“{unmatched.words}”", "medium", wrap=True)
        said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        menu = QMenu()
        chooser = PickButton(menu)
        words = self._decision(unmatched)
        chooser.show_words(words)
        chooser.setAccessibleName(f"{unmatched.words}: {words}")
        chooser.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        chooser.setFixedWidth(_WIDE)
        menu.aboutToShow.connect(partial(self._fill, menu, unmatched))
        across = row(gap=16, margins=(0, 4, 0, 4))
        again = ", as last time" if self._as_last_time(unmatched) else ""
        across.addLayout(col(said, text(f"{unmatched.label}, {rows}{again}", "small", wrap=True), gap=2), 1)
        across.addWidget(chooser)
        return across

    def _decision(self, unmatched: Unmatched) -> str:
        decided = unmatched.decided
        if decided == CREATE:
            return "Kept as it is" if not unmatched.table else f"A new {in_sentence(unmatched.label)}"
        if decided == LEAVE:
            return "Left out"
        if decided:
            return self._called(unmatched.table, decided) if unmatched.table else decided
        return {"Created": f"A new {in_sentence(unmatched.label)}, unless you say"}.get(
            unmatched.usual, f"{unmatched.usual}, unless you say"
        )

    def _fill(self, menu: QMenu, unmatched: Unmatched) -> None:
        menu.clear()
        for to, words in unmatched.near:
            self._add(menu, f"Perhaps {words}", unmatched, to)
        if unmatched.table:
            menu.addAction("Another…").triggered.connect(partial(self._another, unmatched))
        else:
            others = menu.addMenu("From the list")
            for choice in self._plan.source.fields[unmatched.field].choices if self._plan else ():
                self._add(others, choice, unmatched, choice)
        menu.addSeparator()
        if unmatched.may_create:
            words = f"A new {in_sentence(unmatched.label)}" if unmatched.table else "Keep it as it is"
            self._add(menu, words, unmatched, CREATE)
        self._add(menu, "Leave it out", unmatched, LEAVE)

    def _add(self, menu: QMenu, words: str, unmatched: Unmatched, to: str) -> None:
        menu.addAction(escaped(words)).triggered.connect(partial(self._decide, unmatched, to))

    def _another(self, unmatched: Unmatched, _checked: bool = False) -> None:
        number = self._pick(unmatched.table, f"What is “{unmatched.words}”?")
        if number is not None:
            self._decide(unmatched, token(number))

    def _decide(self, unmatched: Unmatched, to: str, _checked: bool = False) -> None:
        self.decided.meant.setdefault(unmatched.field, {})[folded(unmatched.words)] = to
        self.changed.emit()

    # ------------------------------------------------------------------ records
    def _pick(self, table: str, title: str) -> int | None:
        found = targets(self._store, table)
        self._names[table] = {number: found.told(number) for number in found.called}
        dialog = PickDialog(self, title, listed(found))
        picked = dialog.picked() if dialog.exec() else None
        dialog.deleteLater()
        return picked.id if picked else None

    def _called(self, table: str, said: str) -> str:
        """A record by its name, from its token."""
        number = number_of(said)
        if number is None:
            return said
        if number not in self._names.get(table, {}):
            found = targets(self._store, table)
            self._names[table] = {n: found.told(n) for n in found.called}
        return self._names[table].get(number, f"{RECORDS[table].LABEL} {number}")
