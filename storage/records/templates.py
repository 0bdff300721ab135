"""Checklist templates of one's own, and the lists that templates draw on."""

from __future__ import annotations

from datetime import date

from storage.checklists.lists import ListEntry
from storage.engine.fields import Record, choice, day, note, record, text, whole

DRAFT, LIVE, REPLACED, RETIRED = "Draft", "Live", "Replaced", "Retired"


@record("checklist_template", "Checklist template", named_by=("title",))
class OwnTemplate(Record):
    """One version of a template of one's own. Only a draft changes; the others are kept as they were published."""

    title: str = text("Title", required=True, width=280, shown=True)
    code: str = text("Code", width=80, shown=True, help="Stays the same in every version, such as L01.")
    version: str = text("Version", width=80, shown=True)
    state: str = choice("State", (DRAFT, LIVE, REPLACED, RETIRED), default=DRAFT, width=100, shown=True)
    adapted_from: str = text("Adapted from", width=120, shown=True)
    published_on: date | None = day("Published on", width=110, shown=True)
    published_by: str = text("Published by", width=140)
    template_text: str = note("Template text", column=False, search=False)
    changes: str = note("What has changed")


@record("checklist_list_entry", "List entry", plural="List entries", named_by=("title",), searched=False)
class ListItem(Record):
    """One entry of a list that checklists draw on, with the days between which it holds."""

    list_name: str = text("List", required=True, width=180, shown=True)
    value: str = text("Value", width=120, help="What answers keep. It never changes once it was used.")
    title: str = text("Words", required=True, width=280, shown=True)
    number: int | None = whole(
        "Figure", shown=True, help="The figure of a limit, or the highest score of a band."
    )
    colour: str = text("Colour", width=90)
    escalate_to: str = text("Goes to", width=160)
    from_on: date | None = day("From", shown=True)
    until: date | None = day("Until", shown=True)
    source: str = text("Source", width=280, shown=True)

    def entry(self) -> ListEntry:
        """The entry as the checklist rules take it."""
        return ListEntry(
            list=self.list_name,
            value=self.value,
            label=self.title,
            number=self.number,
            colour=self.colour,
            escalate_to=self.escalate_to,
            from_on=self.from_on,
            until=self.until,
            source=self.source,
        )
