"""The forward plan for paper: the load by quarter as bars and as a table, the clashes in words, and the dates."""

from __future__ import annotations

from collections.abc import Sequence

from storage.desk.planning.forward import LATE, Ahead, Quarter, What, ahead
from storage.engine.store import Store
from storage.engine.values import long_day, show_day, show_money_short
from storage.exchange.paper.papers_plan import WHOLE, ForwardPaper, LoadPaper, QuarterPaper
from storage.exchange.paper.print_data import imprint_of
from storage.rules.forward_plan import MOST_AT_ONCE, Planned

USUAL_YEARS = 2
MOST_OF_A_QUARTER = 25
"""So many dates of a quarter are printed; the rest are counted."""
HEADINGS = ("Quarter", "To start", "To decide", "To serve", "Ending", "Value that ends", "At once")


def forward_paper(store: Store, years: int = USUAL_YEARS) -> ForwardPaper:
    """What lies ahead over so many years. Raises `StorageError` when the file cannot be read."""
    found = ahead(store, years)
    highest = max([MOST_AT_ONCE + 1, *(each.at_once for each in found.quarters)])
    return ForwardPaper(
        imprint=imprint_of(store, found.first),
        title="Forward plan",
        subject=f"{long_day(found.first)} to {long_day(found.last)}",
        bars=tuple(_bar(each, highest) for each in found.quarters),
        most=WHOLE * MOST_AT_ONCE // highest,
        most_words=f"{MOST_AT_ONCE} at once",
        headings=HEADINGS,
        clashes=found.clashes,
        quarters=tuple(_quarters(found)),
        note=_note(found),
    )


def _bar(quarter: Quarter, highest: int) -> LoadPaper:
    over = quarter.clash is not None
    ending = quarter.ending.short() if quarter.counts[What.ENDS] else ""
    counts = (f"{quarter.counts[what]:,}" for what in What)
    at_once = f"{quarter.at_once:,}{', too many' if over else ''}"
    return LoadPaper(
        quarter.label.split()[0],
        quarter.year,
        f"{quarter.at_once:,}",
        WHOLE * quarter.at_once // highest,
        over,
        (quarter.label, *counts, ending, at_once),
    )


def _quarters(found: Ahead) -> Sequence[QuarterPaper]:
    """What is late first, then every quarter in which something falls."""
    made = [_dates(LATE, "dates that have passed", found.late)] if found.late else []
    return made + [_dates(q.label, q.words(), q.plan.items) for q in found.quarters if q.plan.items]


def _dates(label: str, words: str, items: Sequence[Planned]) -> QuarterPaper:
    more = len(items) - MOST_OF_A_QUARTER
    rows = tuple(
        (show_day(i.day), i.what, i.title, show_money_short(i.pence) if i.pence is not None else "")
        for i in items[:MOST_OF_A_QUARTER]
    )
    return QuarterPaper(label, words, rows, f"And {more:,} more." if more > 0 else "")


def _note(found: Ahead) -> str:
    if not found.unplanned:
        return ""
    many = "1 contract has" if found.unplanned == 1 else f"{found.unplanned:,} contracts have"
    return f"{many} no day to start: no route is chosen."
