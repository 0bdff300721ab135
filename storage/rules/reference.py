"""The bank holidays of England and Wales that come with the program."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources


def bank_holidays() -> dict[date, str]:
    """Each bank holiday with its name, substitute and proclaimed extra days included."""
    return dict(_listed()[0])


def known_to() -> int:
    """The last year whose bank holidays are listed."""
    return _listed()[1]


@cache
def _listed() -> tuple[tuple[tuple[date, str], ...], int]:
    """The list as it is shipped: days with names in order, and the last year it covers."""
    text = (
        resources.files("resources").joinpath("reference", "bank_holidays.toml").read_text(encoding="utf-8")
    )
    table = tomllib.loads(text)
    days = tuple(sorted((date.fromisoformat(day), str(name)) for day, name in table["days"].items()))
    return days, int(table["known_to"])
