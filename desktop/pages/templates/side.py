"""Beside a template’s form: its conditions in plain words, and what is to be mended, each with the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal

from desktop.pages.templates.outline import TemplateOutline
from storage.checklists.editing import Place
from storage.checklists.toml_table import Problem
from widgets.holder import Holder
from widgets.icons import IconLabel
from widgets.parts import Item, col, line, link, panel, row, scroll, text

FINE = "Nothing is to be mended. It can be published."
MOST = 40  # problems shown; the rest are counted
WIDE = 300  # pixels


class TemplateSide(Holder):
    """Drawn anew whenever something in it changes, since it is short."""

    chosen = Signal(object)  # Place

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDE)

    def show_all(
        self, words: Sequence[str], found: Sequence[Problem], outline: TemplateOutline, place: Place
    ) -> None:
        """Show the conditions at a place, and everything that is to be mended."""
        items: list[Item] = []
        if words:
            items += [text("In plain words", "strong"), *(text(w, wrap=True) for w in words), 8, line(), 8]
        items.append(text("To mend", "strong"))
        if not found:
            items.append(row(IconLabel("check", "green"), text(FINE, "soft", wrap=True)))
        items += [self._problem(each, outline, place) for each in found[:MOST]]
        if len(found) > MOST:
            items.append(text(f"And {len(found) - MOST} more.", "small"))
        self.put(scroll(panel(col(*items, None, gap=8, margins=(16, 14, 16, 16)), "surface")))

    def _problem(self, problem: Problem, outline: TemplateOutline, here: Place) -> Item:
        """A finding under the words of its place, as they stand in the outline, and the way to it."""
        place = outline.place_named(problem.where)
        said = str(problem) if place is None else f"{outline.words(place)}: {problem.mistake}"
        if place is None or place == here:
            return text(said, "small", wrap=True)
        press = link("Go to it")
        press.setAccessibleName(f"Go to it: {said}")
        press.clicked.connect(partial(self._go, place))
        return col(text(said, "small", wrap=True), row(press, None), gap=2)

    def _go(self, place: Place, _checked: bool = False) -> None:
        self.chosen.emit(place)
