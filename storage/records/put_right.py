"""What a person has decided to leave as it is for now."""

from __future__ import annotations

from datetime import date

from storage.engine.fields import Record, day, record, text


@record(
    "put_aside",
    "Finding put aside",
    "Findings put aside",
    named_by=("title",),
    searched=False,
    one_per=("finding",),
)
class PutAside(Record):
    """One finding that is not to be shown until a day, and why."""

    finding: str = text("Finding", help="Which finding it is, as the program knows it again.")
    title: str = text("What was found")
    reason: str = text("Reason", required=True)
    until: date | None = day("Not before", help="The day from which it is shown again.")
