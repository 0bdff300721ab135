"""What was shown at a meeting: which contracts, and every value as it stood, so that the next meeting can compare."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from storage.engine.fields import Record, data, day, note, record, text


@record("meeting_snapshot", "Meeting snapshot", named_by=("title",), searched=False)
class MeetingSnapshot(Record):
    """What one export for a named meeting showed. It is never changed; it can go to the bin."""

    title: str = text("Meeting", required=True, width=220, shown=True, help="Such as Contract board.")
    as_at: date | None = day(
        "As at", shown=True, help="The day its words that follow the calendar stand for."
    )
    kept_at: str = text("Kept at", help="The moment, in universal time.")
    step: str = text("Last step of the history", help="The identity of the last step that it shows.")
    which: str = note("Which contracts", width=260, shown=True)
    arrangement: Mapping[str, object] = data("Columns, filter and order")
    labels: Mapping[str, object] = data("Headings of fields of your own")
    contracts: Mapping[str, object] = data("Contracts shown")  # the UUID of each, and the mark of its values


@record(
    "shown_contract",
    "Contract as shown",
    "Contracts as shown",
    searched=False,
    one_per=("mark",),
)
class ShownContract(Record):
    """The values of one contract as they were shown. Every snapshot that shows the same values shares it."""

    mark: str = text("Mark", help="Made from the contract and its values; equal values have equal marks.")
    held: Mapping[str, object] = data("Values")  # by the name of the field, each as the file holds it
