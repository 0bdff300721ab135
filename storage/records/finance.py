"""The money of a contract: by financial year, by who pays, and how prices move."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from storage.engine.fields import Record, choice, day, link, money, note, number, record, text, whole, yesno
from storage.rules.indexation import IndexationMethod
from storage.rules.phasing import PhasingMethod
from storage.rules.totals import Certainty

CERTAINTIES = tuple(each.value for each in Certainty)
CONTRIBUTIONS = ("Cash", "In kind", "Aligned budget")
INDEXATIONS = tuple(each.value for each in IndexationMethod)
PHASINGS = tuple(each.value for each in PhasingMethod)
FIRST_YEAR, LAST_YEAR = 1990, 2100


@record("value_year", "Year of value", "Years of value", searched=False, one_per=("contract", "year"))
class ValueYear(Record):
    """What a contract was planned to cost, is expected to cost and did cost in one financial year."""

    contract: int | None = link("Contract", "contract")
    year: int | None = whole(
        "Financial year", required=True, low=FIRST_YEAR, high=LAST_YEAR, shown=True, width=110, years=True,
        help="Such as 2026/27.",
    )  # fmt: skip
    planned: int | None = money("Planned", shown=True)
    forecast: int | None = money("Forecast", shown=True)
    actual: int | None = money("Actual", shown=True)
    certainty: str = choice("Certainty", CERTAINTIES, width=120)
    cost_centre: str = text("Cost centre")
    closed: bool | None = yesno("Closed", help="Yes when the year’s figures are final.", width=70)
    notes: str = note("Notes")


@record("contribution", "Contribution", searched=False)
class Contribution(Record):
    """What a partner pays into a contract or pooled fund in one financial year."""

    contract: int | None = link("Contract", "contract")
    organisation: int | None = link("Partner", "organisation", required=True, shown=True, width=200)
    year: int | None = whole(
        "Financial year", low=FIRST_YEAR, high=LAST_YEAR, shown=True, width=110, years=True,
        help="Such as 2026/27.",
    )  # fmt: skip
    kind: str = choice("Kind", CONTRIBUTIONS, default="Cash", shown=True, width=110)
    amount: int | None = money("Amount", shown=True)
    certainty: str = choice("Certainty", CERTAINTIES, default="Actual", shown=True, width=120)
    recurrent: bool | None = yesno("Recurrent", width=90)
    until: date | None = day("Funded until", help="The last day of money that is given for a time only.")
    risk_share: Decimal | None = number("Share of over- and underspend (%)", low=0, high=100)
    notes: str = note("Notes")


@record("price_step", "Price step", searched=False)
class PriceStep(Record):
    """One change of a contract’s price by indexation, each on top of the one before."""

    contract: int | None = link("Contract", "contract")
    on: date | None = day("From", required=True, shown=True)
    method: str = choice("Method", INDEXATIONS, default="Fixed rate", shown=True, width=200)
    rate: Decimal | None = number("Rate or uplift (%)", shown=True, width=100)
    efficiency: Decimal | None = number("Efficiency (%)", help="Taken off an NHS uplift.", width=100)
    floor: Decimal | None = number("Not below (%)")
    cap: Decimal | None = number("Not above (%)")
    source: str = text("Source", width=260, help="Where the rate was published or agreed.")
    notes: str = note("Notes")
