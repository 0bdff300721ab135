"""The sheets that only the workbook for a meeting has: cover, decisions, KPIs, money and what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from storage.desk.lists.arrangement import Arrangement
from storage.desk.meeting.shown_contracts import Shown, latest_snapshot, shown_now
from storage.desk.meeting.since_meeting import cells_of, since
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.exchange.workbooks.block import Block
from storage.exchange.workbooks.changes import SHEET as CHANGES
from storage.exchange.workbooks.changes import Changes, changes_table, changes_words
from storage.exchange.workbooks.columns import Register
from storage.exchange.workbooks.cover import SHEET as COVER
from storage.exchange.workbooks.cover import Content, Cover, write_cover
from storage.exchange.workbooks.decisions import SHEET as DECISIONS
from storage.exchange.workbooks.decisions import decisions, decisions_table
from storage.exchange.workbooks.kit import Kit, Part
from storage.exchange.workbooks.kpis import SHEET as KPIS
from storage.exchange.workbooks.kpis import kpis_of, kpis_table
from storage.exchange.workbooks.money import (
    finance_of,
    funding_table,
    money_blocks,
    years_table,
)
from storage.exchange.workbooks.origin import CONTRACTS
from storage.exchange.workbooks.readme import README, Imprint
from storage.exchange.workbooks.summary import SUMMARY
from storage.exchange.workbooks.sync import Sync
from storage.exchange.workbooks.table import Table, table_part
from storage.exchange.workbooks.text import clean


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a workbook is made for. A name that was used before brings what has changed since; all may be empty.

    `ask` and `marking` stand in the place of what My organisation and me says.
    """

    name: str = ""
    on: date | None = None
    ask: str = ""
    marking: str = ""


@dataclass(frozen=True, slots=True)
class MeetingBook:
    """What the further sheets are made of; `shown` is what can be kept so that the next meeting can compare."""

    meeting: Meeting
    decisions: Table
    kpis: Table
    money: Sequence[Table]
    blocks: Sequence[Block]  # what the summary says about money
    changes: Changes | None
    shown: Shown | None


def gather_meeting(
    reader: Reader, register: Register, meeting: Meeting, arrangement: Arrangement
) -> MeetingBook:
    """Read what the further sheets say of the contracts of a register."""
    meeting = Meeting(_line(meeting.name), meeting.on, _line(meeting.ask), _line(meeting.marking))
    shown = shown_now(reader, arrangement) if meeting.name else None
    finance = finance_of(reader, register)
    money = [years_table(finance), *([funding_table(finance)] if finance.funding else [])]
    return MeetingBook(
        meeting,
        decisions_table(reader, register, decisions(register)),
        kpis_table(reader, register, kpis_of(reader, register)),
        money,
        money_blocks(finance),
        _changes(reader, meeting.name, shown),
        shown,
    )


def said_for(meeting: Meeting, whose: Imprint) -> Imprint:
    """Whom to ask and the marking as they were given for the meeting, otherwise as the file says."""
    return replace(whose, keeper=meeting.ask or whose.keeper, marking=meeting.marking or whose.marking)


def _line(words: str) -> str:
    return clean(" ".join(words.split()))


def _changes(reader: Reader, meeting: str, shown: Shown | None) -> Changes | None:
    """What has changed since the last meeting of that name; None where there was none."""
    before = latest_snapshot(reader, meeting) if shown else None
    if before is None or shown is None:
        return None
    found = since(reader, before, shown)
    return Changes(clean(found.meeting), found.span, cells_of(found.told))


def data_tables(book: MeetingBook) -> tuple[list[Table], list[Table]]:
    """The tables before the sheet Contracts, and those after it."""
    changes = [changes_table(book.changes)] if book.changes else []
    return [book.decisions], [book.kpis, *book.money, *changes]


def meeting_parts(
    book: MeetingBook, kit: Kit, cover: Cover, summary: Part, contracts: Part, rest: Sequence[Part]
) -> list[Part]:
    """Every sheet of the workbook in its order."""
    before, after = ([table_part(table, kit) for table in tables] for tables in data_tables(book))
    first = Part(COVER, lambda sheet: write_cover(sheet, cover, kit))
    return [first, summary, *before, contracts, *after, *rest]


def cover_of(book: MeetingBook, register: Register, whose: Imprint, sync: Sync, total_pence: int) -> Cover:
    """What the cover says."""
    meeting = book.meeting
    return Cover(
        meeting=meeting.name,
        on=meeting.on,
        organisation=whose.organisation,
        marking=whose.marking,
        view=sync.view,
        chosen=sync.chosen,
        as_at=register.as_at,
        contracts=register.rows,
        total_pence=total_pence,
        ask=whose.keeper,
        file_name=whose.file_name,
        exported=_moment(sync.exported),
        contents=_contents(book, register),
    )


def _moment(exported: str) -> str:
    at = datetime.fromisoformat(exported)
    return f"{show_day(at.date())} at {at:%H:%M}"


def _contents(book: MeetingBook, register: Register) -> list[Content]:
    """A line for each sheet a reader can see."""
    found = [
        Content(
            SUMMARY, "Counts and values by status, end, year, funder, directorate and provider; two charts."
        ),
        Content(DECISIONS, book.decisions.words),
        Content(
            CONTRACTS, f"The register: {register.rows:,} contracts, one row each, to filter and to correct."
        ),
        Content(KPIS, book.kpis.words),
        *(Content(table.sheet, table.words) for table in book.money),
    ]
    if book.changes:
        found.append(Content(CHANGES, f"{book.changes.span}. {changes_words(book.changes)}"))
    return [*found, Content(README, "How to read it, and what every column means.")]
