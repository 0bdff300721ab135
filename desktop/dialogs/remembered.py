"""The kinds of file that were brought in before: what is remembered of each, to look at and to forget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import cast

from PySide6.QtWidgets import QLayout, QWidget

from desktop.dialogs.list_dialog import ListDialog, list_row
from desktop.session import Session
from storage.engine.query import Order, Query
from storage.engine.values import show_day
from storage.exchange.importing.import_headings import known_fields
from storage.exchange.importing.list_kinds import BY_KEY
from storage.records.imports import RememberedImport
from widgets.parts import button

TITLE = "Remembered imports"
WORDS = (
    "A file with the same headings as one of these is brought in the same way, whatever its name. "
    "Forget one, and the next such file is asked about again. Records that came in stay."
)
_MOST = 8  # headings told


class Remembered(ListDialog):
    """A row for each kind of file, with where its headings go."""

    none = "No file has been brought in yet."

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent, session, TITLE, WORDS)

    def rows(self) -> Sequence[QLayout]:
        """The kinds of file, the last used first."""
        held = self.session.store.all(RememberedImport, Query((), (Order("used_on", descending=True),)))
        return [self._row(memory) for memory in held]

    def _row(self, memory: RememberedImport) -> QLayout:
        forget = button("Forget", "quiet", "trash")
        forget.setAccessibleName(f"Forget {memory.title}")
        forget.setEnabled(not self.session.read_only)
        forget.clicked.connect(partial(self._forget, memory))
        kind = BY_KEY.get(memory.list)
        used = f", last on {show_day(memory.used_on)}" if memory.used_on else ""
        note = f"Brought in as {kind.title if kind else memory.list}{used}. {self._placed(memory)}"
        return list_row(memory.title or "A file without a name", note, forget)

    def _placed(self, memory: RememberedImport) -> str:
        """Where its headings go, in words."""
        kind = BY_KEY.get(memory.list)
        fields = known_fields(self.session.store, kind).fields if kind else {}
        decided = cast("Mapping[str, Mapping[str, str]]", memory.decided)
        told = [
            heading if fields[name].label == heading else f"{heading} → {fields[name].label}"
            for heading, name in decided.get("fields", {}).items()
            if name in fields
        ]
        words = sum(len(said) for said in decided.get("meant", {}).values())
        more = f", and {len(told) - _MOST} more" if len(told) > _MOST else ""
        meant = {0: "", 1: " What one word means is remembered."}.get(
            words, f" What {words:,} words mean is remembered."
        )
        return f"Headings: {', '.join(told[:_MOST])}{more}.{meant}"

    def _forget(self, memory: RememberedImport, _checked: bool = False) -> None:
        store = self.session.store

        def act() -> None:
            with store.step(f"Forget how files like {memory.title} are brought in"):
                store.bin(RememberedImport, [memory.key])

        self.session.attempt(act)
