"""What a specification follows and who follows it: where it departs, and what changed above, settled one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.pages.page import Place
from desktop.pages.tab_extra import TabExtra
from desktop.session import Session
from storage.desk.specification.lineage import (
    Change,
    News,
    Standing,
    followers,
    keep,
    merge,
    news,
    standings,
    take,
)
from storage.engine.errors import StorageError
from storage.engine.fields import Record
from storage.records.specifications import Specification, Version
from storage.text.plain import unmarked
from widgets.elided import elided_link
from widgets.holder import Holder
from widgets.parts import Item, button, col, line, row, text

TABLES = ("specification", "specification_section", "specification_version")
NONE = "It follows no other specification, and none follows it."
LOCAL = "Local"
APART = "It was written apart: its sections follow none above, so nobody is told when those change."
ROOM = 320  # pixels of the name of another specification
SETTLED = "Nothing has changed above since it was taken."


class Lineage(TabExtra):
    """Parent, departures, news from above with its three answers, and the local specifications beneath."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, TABLES)
        self.told: Sequence[News] = ()
        self._holder = Holder()
        self.setLayout(col(self._holder, gap=0))

    def draw(self, record: Record, *, afresh: bool) -> None:
        """Draw all of it."""
        if not isinstance(record, Specification):
            return
        items = [*self._above(record), *self._below(record)]
        fresh = QWidget()
        fresh.setLayout(col(*(items or [text(NONE, "soft", wrap=True)]), gap=8))
        self._holder.put(fresh)

    def _above(self, record: Specification) -> list[Item]:
        store = self.session.store
        parent = store.many(Specification, [record.parent or 0]).get(record.parent or 0)
        if parent is None:
            self.told = ()
            return []
        version = store.many(Version, [record.parent_version or 0]).get(record.parent_version or 0)
        taken = f", taken from version {version.number}" if version else ""
        self.told = news(store, record.key)
        counts = Counter(standings(store, record.key).values())
        said = [f"{counts[s]:,} {w}" for s, w in _COUNTED.items() if counts[s]]
        made: list[Item] = [
            text("It follows", "strong"),
            row(self._way(parent), None),
            text(f"{parent.level}{taken}", "soft", wrap=True),
            text("Sections: " + ", ".join(said), "soft", wrap=True) if said else 0,
            6,
            text("Changed above", "strong"),
        ]
        if not self.told:
            apart = counts[Standing.OWN] == sum(counts.values())
            return [*made, text(APART if apart else SETTLED, "soft", wrap=True)]
        for told in self.told:
            made += [self._news(record.key, told), line()]
        return made

    def _news(self, number: int, told: News) -> QWidget:
        """One change above: how it read, how it reads, and what to do about it."""
        held = QWidget()
        taking = button("Take it")
        taking.clicked.connect(partial(self._settle, take, number, told))
        keeping = button("Leave it out" if told.section is None else "Keep ours")
        keeping.clicked.connect(partial(self._settle, keep, number, told))
        presses = [taking, keeping]
        if told.change is Change.CHANGED:
            merging = button("Merge")
            merging.clicked.connect(partial(self._merge, number, told))
            look = button("Look", "quiet", "columns")
            look.clicked.connect(partial(self._look, told))
            presses += [merging, look]
        named = " ".join(w for w in (told.number, told.heading) if w)
        for press in presses:
            press.setAccessibleName(f"{press.text()}: {named}")
        for press in presses[:3]:
            press.setEnabled(not self.session.read_only)
        held.setLayout(
            col(row(text(f"{told.change}", "label"), None), text(named, "medium", wrap=True),
                text(_short(told.now or told.before), "soft", wrap=True), row(*presses, None, gap=8), gap=4)
        )  # fmt: skip
        return held

    def _settle(self, how: object, number: int, told: News, _checked: bool = False) -> None:
        if callable(how):
            self.session.attempt(partial(how, self.session.store, number, told))

    def _merge(self, number: int, told: News, _checked: bool = False) -> None:
        try:
            clashes = merge(self.session.store, number, told)
        except StorageError as error:
            self.session.failed.emit(str(error))
            return
        if clashes:
            many = "1 paragraph was" if clashes == 1 else f"{clashes:,} paragraphs were"
            self.session.said.emit(
                f"{many} changed on both sides: both readings stand there. Choose in the text."
            )
            if told.section is not None:
                self.go.emit(Place("specifications", number, told.section.uuid))
        else:
            self.session.said.emit(f"“{told.heading}” holds the changes of both sides.")

    def _look(self, told: News, _checked: bool = False) -> None:
        from desktop.dialogs.three_readings import ThreeReadings

        ThreeReadings(self, self.session, told).open()

    def _below(self, record: Specification) -> list[Item]:
        found = followers(self.session.store, record.key)
        if record.level == LOCAL and not found:
            return []
        copying = button("Begin a local copy…", icon_name="plus")
        copying.setEnabled(not self.session.read_only)
        copying.clicked.connect(partial(self._copy, record))
        made: list[Item] = [12, text("Local specifications that follow it", "strong")]
        made += [] if found else [text("None follows it yet.", "soft")]
        for each in found:
            waiting = len(news(self.session.store, each.key))
            many = f"{waiting} change{'' if waiting == 1 else 's'} not settled" if waiting else "up to date"
            made += [row(self._way(each), None), text(many, "soft", wrap=True)]
        return [*made, row(copying, None)]

    def _copy(self, record: Specification, _checked: bool = False) -> None:
        from desktop.dialogs.start_specification import copy_of, start_dialog

        start_dialog(self, self.session, self._started, first=copy_of(record)).open()

    def _started(self, made: Specification) -> None:
        self.go.emit(Place("specifications", made.key, "lineage"))

    def _way(self, to: Specification) -> QWidget:
        press = elided_link(to.title or to.reference, ROOM)
        press.clicked.connect(partial(self._walk, to.key))
        return press

    def _walk(self, number: int, _checked: bool = False) -> None:
        self.go.emit(Place("specifications", number, "lineage"))


_COUNTED = {Standing.FOLLOWS: "as above", Standing.DEPARTS: "depart from it", Standing.OWN: "of its own"}


def _short(words: str) -> str:
    flat = unmarked(" ".join(words.split()))
    return flat if len(flat) <= 160 else f"{flat[:158].rsplit(' ', 1)[0]} …"
