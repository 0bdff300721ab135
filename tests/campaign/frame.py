"""How large the campaign's harnesses run, and where they leave their figures."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.campaign.rows import matrix

SIZES: Final = ("quick", "night", "release")
Figure = int | float | str


def size() -> str:
    """The size the harnesses run at: `quick` with all other tests, unless CAMPAIGN_SIZE says otherwise."""
    chosen = os.environ.get("CAMPAIGN_SIZE", SIZES[0])
    assert chosen in SIZES, f"CAMPAIGN_SIZE is {chosen}, which is none of {', '.join(SIZES)}"
    return chosen


def scaled(*, quick: int, night: int, release: int) -> int:
    """How often a harness tries something at the size chosen."""
    return {"quick": quick, "night": night, "release": release}[size()]


def report(row: str, figures: Mapping[str, Figure]) -> None:
    """Keeps what a harness found out about one row, if the run keeps figures (CAMPAIGN_OUT names a folder).

    Every report is a file of its own, so that tests that run side by side never write over one another.
    """
    assert row.upper() in matrix(), f"{row} is no row of the matrix"
    if folder := os.environ.get("CAMPAIGN_OUT"):
        unfinished = Path(folder) / f"{row.upper()}.{secrets.token_hex(8)}"
        unfinished.write_text(json.dumps(dict(figures)), encoding="utf-8")
        unfinished.rename(unfinished.with_name(unfinished.name + ".json"))


def reported(folder: Path) -> dict[str, dict[str, Figure]]:
    """The figures left in a folder, by row; those of several reports on a row are put together."""
    together: dict[str, dict[str, Figure]] = {}
    for path in sorted(folder.glob("*.json")):
        kept = together.setdefault(path.name.split(".")[0], {})
        for name, figure in json.loads(path.read_text(encoding="utf-8")).items():
            kept[name] = combined(kept[name], figure) if name in kept else figure
    return together


def combined(one: Figure, other: Figure) -> Figure:
    """One figure from two reports: whole numbers count things and add up; of fractions the greater stands."""
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return max(one, other)
    return other
