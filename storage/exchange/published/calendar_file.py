"""The deadlines of a register as a calendar file (RFC 5545), which calendars of every maker can bring in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from storage.desk.office import office
from storage.desk.planning.deadlines import Deadline, deadlines
from storage.engine.errors import StorageError
from storage.engine.history import last_step
from storage.engine.query import ALL, Query
from storage.engine.reading import Reader
from storage.exchange.files_out import not_written, put_in_place
from storage.exchange.workbooks.text import ExportStopped, clean

if TYPE_CHECKING:
    from icalendar import Event

Report = Callable[[int, int], bool]  # deadlines done, deadlines in all; False stops
PRODUCT = "-//Commissioning Desk//Deadlines//EN"
NAME = "Contract deadlines"
OWN_CALENDAR = (
    "Import this into a calendar of its own: then it can be removed whole, and imported again when dates move. "
    "It does not follow the register by itself."
)
ALARM_HOUR = 9
"""Reminders of a whole day sound at this hour of the morning, not at midnight."""
LONGEST_TITLE = 200
_COUNTED_FROM = date(2020, 1, 1)
_AT_A_TIME = 100


class CalendarError(StorageError):
    """The calendar could not be written; the message says why and that an earlier one is as it was."""


@dataclass(frozen=True, slots=True)
class CalendarWritten:
    """A calendar file in its place, and how many days it holds."""

    path: Path
    events: int

    @property
    def said(self) -> str:
        """What became of it, in a sentence."""
        days = "1 deadline" if self.events == 1 else f"{self.events:,} deadlines"
        return f"{self.path.name} written and checked: {days}. Import it into a calendar of its own."


def export_calendar(
    reader: Reader, path: Path, query: Query = ALL, progress: Report | None = None
) -> CalendarWritten:
    """Write what lies ahead of the contracts a query finds to `path`, which ends in .ics.

    `progress` hears how many deadlines of how many are described and returns False to stop.
    Raises CalendarError (ExportStopped when stopped); a file that was at `path` is then as it was.
    """
    if path.suffix.lower() != ".ics":
        raise CalendarError(f"{path.name} is no name for a calendar. Nothing was written. End it in .ics.")
    found = deadlines(reader, query)
    organisation = office(reader).organisation
    content = calendar_bytes(found, reader.today(), last_step(reader), organisation, progress)
    try:
        with put_in_place(path) as made:
            made.write_bytes(content)
            if made.read_bytes() != content:
                raise OSError(None, "what was written could not be read back")
    except OSError as error:
        raise CalendarError(not_written(error, path)) from error
    return CalendarWritten(path, len(found))


def calendar_bytes(
    found: Sequence[Deadline],
    today: date,
    step: int,
    organisation: str = "",
    progress: Report | None = None,
) -> bytes:
    """The calendar as it is written: equal deadlines of the same day and step give equal bytes.

    The number of an event's revision has to rise whenever its day may have moved. Days also move because an option, a
    lead time or today moved, which the history of the contract does not show; so it rises with every step of the
    file and with every day (RFC 5545, section 3.8.7.4).
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    name = f"{NAME}, {_line(organisation)}" if organisation.strip() else NAME
    for key, words in (("name", name), ("x-wr-calname", name), ("description", OWN_CALENDAR),
                       ("x-wr-caldesc", OWN_CALENDAR)):  # fmt: skip
        calendar.add(key, words)
    revision = step + max(0, (today - _COUNTED_FROM).days)
    stamp = datetime.combine(today, time(), UTC)
    for place, each in enumerate(found):
        if progress and place % _AT_A_TIME == 0 and not progress(place, len(found)):
            raise ExportStopped("The calendar was stopped. Nothing was written; an earlier one is as it was.")
        calendar.add_component(_event(each, stamp, revision))
    return bytes(calendar.to_ical())


def _event(deadline: Deadline, stamp: datetime, revision: int) -> Event:
    """A whole day that leaves its owner free, with what it is, why, and its reminders."""
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", f"{deadline.key}@commissioning-desk")
    event.add("dtstamp", stamp)
    event.add("sequence", revision)
    event.add("dtstart", deadline.day)
    if deadline.day < date.max:
        event.add("dtend", deadline.day + timedelta(days=1))
    summary = _line(deadline.words)
    event.add("summary", summary)
    reference = f"Contract {deadline.reference}" if deadline.reference else ""
    event.add("description", clean("\n".join(w for w in (deadline.why, reference) if w)))
    event.add("categories", [deadline.kind])
    event.add("transp", "TRANSPARENT")
    for days in deadline.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", timedelta(hours=ALARM_HOUR) - timedelta(days=days))
        event.add_component(alarm)
    return event


def _line(words: str) -> str:
    """Words on one line, short enough for a calendar."""
    line = " ".join(clean(words).split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1]}…"
