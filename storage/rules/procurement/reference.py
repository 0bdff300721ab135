"""The procurement reference data that comes with the program, read from the files it is shipped in."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from storage.rules.procurement.thresholds import Threshold


@cache
def thresholds() -> tuple[Threshold, ...]:
    """Every limit and count of days, as shipped; the file may hold corrected ones."""
    return tuple(
        Threshold(
            key=str(row["key"]),
            title=str(row["title"]),
            effective_from=first_day(row),
            effective_to=last_day(row),
            source=str(row["source"]),
            pence=row.get("pence"),
            number=Decimal(str(row["number"])) if "number" in row else None,
        )
        for row in table("thresholds")["thresholds"]
    )


def table(name: str) -> dict[str, Any]:
    """One of the shipped files as a table. TOML holds values of any kind, so they are checked where they are used."""
    text = resources.files("resources").joinpath("reference", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def first_day(row: dict[str, Any]) -> date | None:
    """The day from which a row holds."""
    found: date | None = row.get("effective_from")
    return found


def last_day(row: dict[str, Any]) -> date | None:
    """The last day on which a row holds; None while no end is known."""
    found: date | None = row.get("effective_to")
    return found


def words(row: dict[str, Any], key: str) -> tuple[str, ...]:
    """A list of words of a row; empty when there is none."""
    return tuple(str(word) for word in row.get(key, ()))
