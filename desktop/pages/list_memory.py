"""What is remembered of a list outside the history: its usual columns and order, widths, which view was active."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storage.engine.fields import Field
from storage.engine.query import Order
from storage.engine.state import State


class ListMemory:
    """The memory of the list of one page; what it holds may come from another version, so all of it is looked at."""

    def __init__(self, state: State, key: str, order: tuple[Order, ...]) -> None:
        """`order` is the order of the list as long as nobody has chosen another."""
        self._state, self._key, self._order = state, key, order

    def recall(self, what: str) -> object:
        """Something remembered of this list."""
        return self._state.recall(f"{self._key}.{what}")

    def remember(self, what: str, value: object) -> None:
        """Remember something of this list."""
        self._state.remember(f"{self._key}.{what}", value)

    def columns(self, fields: Mapping[str, Field]) -> tuple[str, ...]:
        """The usual columns, in the order they were dragged to."""
        held = self.recall("columns")
        names = [n for n in held if isinstance(n, str) and n in fields] if isinstance(held, list) else []
        names = names or [n for n, f in fields.items() if f.shown]
        order = self.layout().get("order")
        dragged = list(dict.fromkeys(n for n in order if n in names)) if isinstance(order, list) else []
        return (*dragged, *(n for n in names if n not in dragged))

    def remember_columns(self, names: Sequence[str]) -> None:
        """Make these the usual columns."""
        self.remember("columns", list(names))

    def order(self, fields: Mapping[str, Field]) -> tuple[Order, ...]:
        """The usual order."""
        held = self.recall("order")
        pairs = [p for p in held if isinstance(p, list) and len(p) == 2] if isinstance(held, list) else []
        return tuple(Order(str(n), bool(d)) for n, d in pairs if n in fields) or self._order

    def remember_order(self, order: Sequence[Order]) -> None:
        """Make this the usual order."""
        self.remember("order", [[o.field, o.descending] for o in order])

    def group(self, fields: Mapping[str, Field]) -> str:
        """The field the list is usually grouped by, or nothing."""
        held = self.recall("group")
        return held if isinstance(held, str) and held in fields else ""

    def layout(self) -> dict[str, object]:
        """The widths of columns, and the order they were dragged to."""
        held = self.recall("layout")
        return held if isinstance(held, dict) else {}

    def remember_layout(self, layout: Mapping[str, object], *, with_order: bool) -> None:
        """Keep widths, which all views share; the order only where it is the usual one."""
        order = layout.get("order") if with_order else self.layout().get("order", [])
        self.remember("layout", {**layout, "order": order})

    @property
    def view(self) -> str:
        """The key of the view that was active; empty for none."""
        held = self.recall("view")
        return held if isinstance(held, str) else ""

    def remember_view(self, key: str) -> None:
        """Remember which view is active."""
        self.remember("view", key)
