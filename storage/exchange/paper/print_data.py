"""What every printed page takes from the file: whose it is, how it is marked, and what is open in it."""

from __future__ import annotations

from datetime import date

from storage.desk.office import letterhead_picture, office, who
from storage.engine.state import file_uuid
from storage.engine.store import Store
from storage.engine.values import long_day
from storage.exchange.paper.papers import Imprint


def imprint_of(store: Store | None, today: date) -> Imprint:
    """What a page says about itself; without a file, the day alone."""
    if store is None:
        return Imprint(printed_on=today)
    desk = office(store)
    return Imprint(
        printed_on=today,
        printed_by=who(store),
        organisation=desk.organisation,
        marking=desk.marking,
        file_id=file_uuid(store.conn),
        letterhead=letterhead_picture(desk.letterhead),
    )


def day_words(day: date | None) -> str:
    """A date for paper; empty for none."""
    return long_day(day) if day else ""
