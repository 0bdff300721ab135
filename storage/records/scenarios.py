"""What somebody assumed when the ways on from a contract were compared."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from storage.engine.fields import Period, Record, day, link, money, note, number, period, record


@record("scenario", "Comparison of options", "Comparisons of options", searched=False, one_per=("contract",))
class Scenario(Record):
    """The inputs of one contract’s comparison: extend, re-procure or stop. What is blank follows the contract."""

    contract: int | None = link("Contract", "contract")
    until: date | None = day("Compare up to", help="The last day that is compared.")
    yearly_change: Decimal | None = number(
        "Price change a year (%)", help="Of every price, on each 1 April: 2.5 for a rise, -1 for a fall."
    )
    extend_annual: int | None = money("Extension, a year", help="At today’s prices.")
    new_annual: int | None = money("New contract, a year", help="At today’s prices.")
    transition: int | None = money("Cost of changing over", help="Once: tendering, mobilisation, transfer.")
    double_running: Period | None = period(
        "Both running for", help="How long before the end the new contract is paid as well."
    )
    stop_on: date | None = day("Stop on", help="Blank: at its end.")
    exit_cost: int | None = money(
        "Cost of leaving", help="Once, on the last day: redundancies, clearing, refunds."
    )
    notes: str = note("What was assumed")
