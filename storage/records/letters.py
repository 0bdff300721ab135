"""Letters: the templates they are made from, and a record of each that was made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from storage.engine.fields import Record, choice, data, day, link, note, record, text
from storage.records.running import METHODS

LETTER_KINDS = (
    "Extension", "Non-renewal", "Variation cover", "Performance notice", "Performance meeting", "Award",
    "Unsuccessful bidder", "Other",
)  # fmt: skip


@record("letter_template", "Letter template", named_by=("title",), searched=False)
class LetterTemplate(Record):
    """The words of a kind of letter, with places that the contract fills."""

    title: str = text("Name", required=True, shown=True, width=240)
    kind: str = choice("Kind", LETTER_KINDS, default="Other", shown=True, width=160)
    subject: str = text("Subject", width=280)
    body: str = note(
        "Words", help="Places in curly brackets, such as {provider}, are filled from the contract."
    )


@record("letter", "Letter", named_by=("title",))
class Letter(Record):
    """A letter as it was made: its words and dates stay as they were, whatever changes later."""

    contract: int | None = link("Contract", "contract")
    made_from: int | None = link("Made from", "letter_template")
    title: str = text("Subject", required=True, shown=True, width=260)
    kind: str = choice("Kind", LETTER_KINDS, default="Other", shown=True, width=140)
    addressee: str = note("To")
    body: str = note("Words")
    facts: Mapping[str, object] = data("Dates and figures in it")
    made_on: date | None = day("Made on", shown=True)
    sent_on: date | None = day("Sent on", shown=True)
    method: str = choice("Method", METHODS, width=120)
    acknowledged_on: date | None = day("Acknowledged on", shown=True)
