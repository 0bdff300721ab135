"""Puts what has changed since a meeting on one page: the most important first, and what has no room is counted."""

from __future__ import annotations

from storage.desk.meeting.since_meeting import ChangeRow, Since, since_meeting
from storage.engine.store import Store
from storage.engine.values import long_day, show_day
from storage.exchange.paper.papers import Fact
from storage.exchange.paper.papers_since import ChangePaper, SincePaper
from storage.exchange.paper.print_data import imprint_of
from storage.rules.since_meeting import Kind

TITLE = "Changes since the last meeting"
MOST_ROWS = 60  # more than any page holds
LONGEST_VALUE = 120  # letters of a value on paper
NOTHING = "Nothing has changed."


def since_paper(store: Store, found: Since) -> SincePaper:
    """The page of changes. What only follows from others is left out, and the page says so."""
    told = found.told
    follows = len(found.rows) - len(told)
    return SincePaper(
        imprint=imprint_of(store, store.today()),
        title=TITLE,
        subject=f"{found.meeting}, {long_day(found.before_on)} to {long_day(found.after_on)}",
        which=f"Contracts shown: {found.which}.",
        counts=tuple(
            Fact(kind.value, f"{count:,}") for kind, count in found.counts.items() if kind is not Kind.FOLLOWS
        ),
        rows=tuple(_row(row) for row in told[:MOST_ROWS]),
        count=len(told),
        note=_note(follows) if told else NOTHING,
    )


def current_since(store: Store, meeting: str = "") -> SincePaper:
    """The page for the newest snapshot, of a meeting where one is named. Raises `StorageError`, which lists them."""
    return since_paper(store, since_meeting(store, meeting))


def _note(follows: int) -> str:
    if not follows:
        return ""
    many = (
        "1 date or figure that only follows"
        if follows == 1
        else f"{follows:,} dates and figures that only follow"
    )
    return f"Left out: {many} from these."


def _row(row: ChangeRow) -> ChangePaper:
    return ChangePaper(
        row.kind_words,
        row.title or "A contract without a title",
        row.reference,
        row.field,
        _cut(row.before),
        _cut(row.after),
        row.by,
        show_day(row.when) if row.when else "",
    )


def _cut(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= LONGEST_VALUE else f"{one_line[: LONGEST_VALUE - 1].rstrip()}…"
