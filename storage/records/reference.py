"""Reference data kept in the file, so that a commissioner can correct it: bank holidays, and who works here."""

from __future__ import annotations

from datetime import date

from storage.engine.fields import Record, choice, day, link, note, record, text, whole

MARKINGS = ("", "OFFICIAL", "OFFICIAL-SENSITIVE", "NHS CONFIDENTIAL", "Commercial in confidence")
CUSHION_DAYS = (
    28  # how long before the last working day a notice should be ready, unless the desk says otherwise
)


@record("bank_holiday", "Bank holiday", named_by=("title",), searched=False)
class BankHoliday(Record):
    """A day that is not a working day in England."""

    on: date | None = day("Date", required=True)
    title: str = text("Name")


@record(
    "desk",
    "My organisation and me",
    plural="My organisation and me",
    named_by=("organisation",),
    searched=False,
)
class Desk(Record):
    """Who keeps this file: one row, asked for once and changed in Settings."""

    organisation: str = text("Organisation", help="The name that letters and printed pages carry.")
    code: str = text("ODS code or council code", help="An ODS code such as Q99, or the council's own code.")
    address: str = note("Address for notices", help="Where a provider sends a notice to you.")
    letterhead: str = note(
        "Letterhead picture", column=False, help="A PNG or JPEG shown at the head of printed pages."
    )
    marking: str = choice("Marking", MARKINGS[1:], help="Printed at the foot of every page.")
    person: str = text("My name")
    role: str = text("My role")
    default_route: int | None = link(
        "Usual route for buying again",
        "lead_time",
        help="Taken for contracts that name no route of their own.",
    )
    cushion_days: int | None = whole(
        "Days to spare before serving notice",
        default=CUSHION_DAYS,
        low=0,
        high=365,
        help="How many days before the last working day a notice should be ready to serve.",
    )
