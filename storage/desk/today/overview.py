"""The whole of Today in one look: what is due, what lies ahead, what was changed last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from storage.desk.put_right.register import Register
from storage.desk.today import deciding, running, specified
from storage.desk.today.ahead import Quarter, quarters_ahead
from storage.desk.today.due import Due
from storage.desk.today.recent import Recent, changed_last
from storage.desk.today.reminders import reminders
from storage.desk.today.watched import Watched, watched
from storage.engine.reading import Reader

SOURCES: tuple[Callable[[Register], Iterator[Due]], ...] = (
    deciding.decisions,
    deciding.standstills,
    running.work,
    running.meetings,
    running.returns,
    specified.specified,
    specified.of_services,
    reminders,
)


@dataclass(frozen=True, slots=True)
class Overview:
    """What Today shows, as of one day."""

    day: date
    due: tuple[Due, ...]
    quarters: tuple[Quarter, ...]
    recent: tuple[Recent, ...]
    watched: tuple[Watched, ...]
    contracts: int  # how many the file has


def overview(reader: Reader) -> Overview:
    """Look over the file. Reads one query a table; nothing is written."""
    register = Register(reader)
    due = tuple(each for source in SOURCES for each in source(register))
    quarters, recent = quarters_ahead(register), changed_last(reader)
    return Overview(register.today, due, quarters, recent, watched(reader), len(register.contracts))
