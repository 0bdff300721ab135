"""The term of a contract drawn to scale: what is certain, taken up or open, and the days to act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from desktop.pages.tab_extra import TabExtra
from desktop.session import Session
from storage.desk.contract.extending import called, dates_of, options_of
from storage.engine.conditions import Where
from storage.engine.fields import Record
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.records.contract_ends import AVAILABLE
from storage.records.contracts import Contract
from storage.records.terms import BreakPoint, Extension
from storage.rules.months import whole_months
from storage.rules.options import OptionDates
from storage.rules.value_split import OptionState
from widgets.parts import col
from widgets.timeline import Term, TermMark, TermPart, TermTimeline

CLOSE_MONTHS = 6


class TermDrawing(TabExtra):
    """The timeline; nothing while no start is known."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, ("contract", "extension", "break_point", "bank_holiday"))
        self.timeline = TermTimeline()
        self.setLayout(col(self.timeline))

    def draw(self, record: Record, *, afresh: bool) -> None:
        """Draw the term of this contract."""
        term = (
            term_of(self.session.store, record, self.session.today())
            if isinstance(record, Contract)
            else Term()
        )
        self.setVisible(bool(term.parts))
        self.timeline.set_term(term)


def term_of(reader: Reader, contract: Contract, today: date) -> Term:
    """Core term, what was extended, what may still be, breaks, and the days to act."""
    start, end = contract.start, contract.ends
    if start is None or (end is not None and end <= start):
        return Term()
    agreed = contract.agreed_end
    core = contract.initial_end or contract.first_end
    core = core if core and agreed and start < core < agreed else agreed
    options = options_of(reader, contract.key)
    dates = dates_of(reader, contract, today) if agreed and options else {}
    parts = [TermPart(_length("Core", start, core), start, core)]
    if core and agreed and core < agreed:
        parts.append(TermPart("Extended", core + timedelta(days=1), agreed, "used"))
    if agreed and end and agreed < end:
        parts.append(TermPart("Rolled over", agreed + timedelta(days=1), end, "used"))
    if end:
        parts += _open_options(contract, options, dates, end)
    last = max((part.end or date.max for part in parts), default=date.max)
    marks = [mark for mark in _marks(reader, contract, options, dates, today) if mark.day <= last]
    return Term(tuple(parts), tuple(marks), today, end)


def _open_options(
    contract: Contract, options: Sequence[Extension], dates: Mapping[int, OptionDates], end: date
) -> Iterator[TermPart]:
    """The options still open, one after another; without any recorded, up to the latest end."""
    last = end
    for option in options:
        found = dates.get(option.key)
        if found is None or found.standing.value != OptionState.AVAILABLE or found.end.value is None:
            continue
        if found.end.value > last:
            name = option.title or _length("Option", last + timedelta(days=1), found.end.value)
            yield TermPart(name, last + timedelta(days=1), found.end.value, "open")
            last = found.end.value
    latest = contract.max_end or contract.max_by_term
    if last == end and latest and latest > end and not dates:
        yield TermPart("Option", end + timedelta(days=1), latest, "open")


def _marks(
    reader: Reader,
    contract: Contract,
    options: Sequence[Extension],
    dates: Mapping[int, OptionDates],
    today: date,
) -> Iterator[TermMark]:
    """Notice, the next decision on an option, and breaks, those in the time the drawing covers."""
    start = contract.start or date.min
    if contract.notice_by and contract.notice_by > start:
        yield TermMark(
            f"Notice by {_short(contract.notice_by)}", contract.notice_by, _tone(contract.notice_by, today)
        )
    for option in options:
        found = dates.get(option.key)
        by = found.decide_by.value if found else None
        if option.status == AVAILABLE and by and by > start and by != contract.notice_by:
            yield TermMark(
                f"Decide on {called(option).removeprefix('the ')} by {_short(by)}", by, _tone(by, today)
            )
            break
    for each in reader.all(BreakPoint, Query((Where("contract", "is", (contract.key,)),))):
        if each.on and each.on >= today and not each.used_on:
            yield TermMark(f"Break {_short(each.on)}", each.on)


def _tone(day: date, today: date) -> str:
    """Amber while a day comes close; what is past has no colour of its own here."""
    return "amber" if 0 <= (day - today).days <= CLOSE_MONTHS * 31 else ""


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _length(word: str, start: date, end: date | None) -> str:
    months = whole_months(start, end) if end else None
    if not months:
        return word
    if months % 12 == 0:
        return f"{word}, {months // 12} year{'s' if months > 12 else ''}"
    return f"{word}, {months} months"
