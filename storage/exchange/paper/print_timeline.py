"""The timeline of contracts for paper: the lines that a query finds, over a stretch of time, and their table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from storage.desk.planning.timelines import Act, Line, Mark, Sort, Stretch, in_order, lines
from storage.engine.query import ALL, Query
from storage.engine.store import Store
from storage.engine.values import long_day, show_day
from storage.exchange.paper.papers_plan import WHOLE, Place, Span, TimelineLine, TimelinePaper
from storage.exchange.paper.print_data import imprint_of
from storage.rules.money import financial_year, financial_year_label, first_day_of_year
from storage.rules.months import add_months
from storage.rules.position import EXPIRED

MOST = 500
"""So many contracts fit on paper that somebody reads."""
USUAL_YEARS = 5
LEAST = WHOLE // 250  # so that a short stretch can still be seen
KINDS = {Sort.CERTAIN: "certain", Sort.USED: "used", Sort.OPEN: "open", Sort.ROLLS: "rolls"}
MARKS = {Act.NOTICE: "notice", Act.SERVE: "serve", Act.ACT: "act", Act.BREAK: "break"}
HEADINGS = (
    "Contract", "Provider", "Position", "Start", "Ends", "With options", "Notice by", "Serve by", "Act by",
    "Breaks", "Next date",
)  # fmt: skip


def timeline_paper(
    store: Store,
    query: Query = ALL,
    words: str = "all contracts",
    first: date | None = None,
    years: int = USUAL_YEARS,
) -> TimelinePaper:
    """The contracts of a query on a scale of so many years; `words` say which they are.

    Without a first day it begins a fifth of the time before today. Raises `StorageError` when the file cannot be read.
    """
    today = store.today()
    begins = first or add_months(today, -round(years * 12 / 5)).replace(day=1)
    last = begins + timedelta(days=round(years * 365.25))
    order = in_order(store, query)
    found = lines(store, order[:MOST])
    shown = [found[number] for number in order[:MOST] if number in found]
    left_out = f"The first {MOST:,} of {len(order):,} contracts. Filter the list to print others."
    return TimelinePaper(
        imprint=imprint_of(store, today),
        title="Timeline of contracts",
        subject=f"{words[:1].upper()}{words[1:]}, {long_day(begins)} to {long_day(last)}",
        ticks=tuple(_ticks(begins, last)),
        today=_at(today, begins, last) if begins <= today <= last else -1,
        lines=tuple(_line(each, begins, last) for each in shown),
        headings=HEADINGS,
        left_out=left_out if len(order) > MOST else "",
    )


def _at(day: date, first: date, last: date) -> int:
    """Where a day is on the scale, kept inside it."""
    return max(0, min(WHOLE, WHOLE * (day - first).days // (last - first).days))


def _ticks(first: date, last: date) -> Iterable[Place]:
    """Every financial year and, of a short stretch, every quarter."""
    for year in range(financial_year(first), financial_year(last) + 1):
        begins = first_day_of_year(year)
        for months, name in ((0, financial_year_label(year)), (3, "Jul"), (6, "Oct"), (9, "Jan")):
            day = add_months(begins, months)
            if first <= day <= last and (not months or (last - first).days < 4 * 366):
                yield Place(_at(day, first, last), name, strong=not months)


def _line(line: Line, first: date, last: date) -> TimelineLine:
    ended = f" {_day(line.end)}" if line.end and line.position == EXPIRED else ""
    under = " · ".join(each for each in (line.reference, line.provider) if each)
    return TimelineLine(
        line.title,
        under,
        _day(line.next_day) or "None ahead",
        line.next_what or f"{line.position}{ended}",
        tuple(span for each in line.stretches if (span := _span(each, first, last))),
        tuple(Place(_at(m.day, first, last), MARKS[m.act]) for m in line.marks if first <= m.day <= last),
        _cells(line),
    )


def _span(stretch: Stretch, first: date, last: date) -> Span | None:
    """A stretch as far as it is in sight."""
    begins, ends = stretch.first or first, stretch.last or last
    if ends < first or begins > last:
        return None
    left = min(_at(begins, first, last), WHOLE - LEAST)
    return Span(left, max(_at(ends, first, last), left + LEAST), KINDS[stretch.sort])


def _cells(line: Line) -> tuple[str, ...]:
    """A line of the table, in the order of its headings."""
    name = f"{line.title} ({line.reference})" if line.reference else line.title
    breaks = ", ".join(_day(mark.day) for mark in line.marks if mark.act is Act.BREAK)
    return (
        name,
        line.provider,
        line.position,
        _day(line.start),
        _day(line.end) or "No end date",
        _day(line.latest),
        *(_marked(line.marks, act) for act in (Act.NOTICE, Act.SERVE, Act.ACT)),
        breaks,
        f"{_day(line.next_day)} {line.next_what.lower()}" if line.next_day else "",
    )


def _marked(marks: Iterable[Mark], act: Act) -> str:
    return ", ".join(_day(mark.day) for mark in marks if mark.act is act)


def _day(day: date | None) -> str:
    return show_day(day) if day else ""
