"""Values in full words, as paper and lasting copies show them."""

from __future__ import annotations

from datetime import date
from typing import cast

from storage.engine.conditions import Value
from storage.engine.fields import Field, Kind
from storage.engine.values import long_day, show_money


def in_words(field: Field, value: Value) -> str:
    """A value in full: the month by name, money with its pence; empty for a blank."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return long_day(value)
    return show_money(cast("int", value)) if field.kind is Kind.MONEY else field.show(value)
