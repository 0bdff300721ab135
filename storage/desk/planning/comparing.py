"""Extend, re-procure or stop, of one contract: the inputs, what each costs by year, and the days to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from storage.engine.conditions import Where
from storage.engine.fields import Period, Value
from storage.engine.parts import Parts
from storage.engine.query import Query
from storage.engine.reading import Reader
from storage.engine.store import Store, with_values
from storage.engine.values import show_money_short
from storage.records.contract_ends import serve_notice_by
from storage.records.contract_planning import open_option, plan_to_buy, plan_to_extend
from storage.records.contracts import Contract
from storage.records.scenarios import Scenario
from storage.rules.explained import Explained
from storage.rules.months import add_months
from storage.rules.scenarios import Basis, Comparison, compare, extend, reprocure, stop

INPUTS = (
    "until", "yearly_change", "extend_annual", "new_annual", "transition", "double_running", "stop_on",
    "exit_cost",
)  # fmt: skip
USUAL_YEARS, MOST_YEARS = 3, 10
NO_END = "This contract has no end date, so there is nothing to extend, replace or stop. Give it one first."
ENDED = "This contract has ended, so nothing is left to compare."
NO_VALUE = "Nothing is known of what it costs a year. Give its annual value, or its value with start and end."
NO_OPTION = "No option to extend is open, so going on would be a change of the contract."


@dataclass(frozen=True, slots=True)
class Compared:
    """The inputs as they count, and the comparison, or in `missing` why there is none."""

    contract: Contract
    values: Mapping[str, Value]
    own: frozenset[str]  # the inputs somebody changed; the others follow the contract
    notes: str
    found: Explained[Comparison] | None
    missing: str = ""
    no_option: str = ""  # said where the contract gives no right to extend


def compared(reader: Reader, number: int) -> Compared:
    """The comparison of one contract. Raises `KeyError` when it is not there."""
    contract = reader.get(Contract, number)
    held = scenario_of(reader, number)
    parts = reader.parts(contract)
    own = frozenset(name for name in INPUTS if getattr(held, name) is not None)
    values = _usual(contract, reader.today()) | {name: getattr(held, name) for name in own}
    missing = _missing(contract, values, reader.today())
    found = None
    if not missing:
        try:
            found = _compare(contract, values, parts)
        except ValueError as reason:
            missing = str(reason)
    extendable = open_option(contract, parts) is not None or _extends_to(contract) is not None
    no_option = "" if extendable else NO_OPTION
    return Compared(contract, values, own, held.notes, found, missing, no_option)


def scenario_of(reader: Reader, number: int) -> Scenario:
    """What was assumed of a contract; all blank where nobody compared it yet."""
    kept = reader.all(Scenario, Query((Where("contract", "is", (number,)),)))
    return kept[0] if kept else Scenario(contract=number)


def set_input(store: Store, number: int, name: str, value: Value) -> bool:
    """Keep one input with the contract, as a step; None lets it follow the contract again. False when it is so already.

    Raises `KeyError` for a contract or an input that is not there, `StorageError` when it cannot be saved.
    """
    field = Scenario.FIELDS[name]
    contract, before = store.get(Contract, number), scenario_of(store, number)
    after = with_values(before, {name: value})
    if after == before:
        return False
    with store.step(f"Compare options of {contract.name}: {field.label.lower()}"):
        store.save(after)
    return True


def set_back(store: Store, number: int) -> bool:
    """Let every input follow the contract again, as one step; what was noted stays. False when none was changed."""
    before = scenario_of(store, number)
    after = replace(before, **dict.fromkeys(INPUTS))  # type: ignore[arg-type]
    if after == before:
        return False
    with store.step(f"Compare options of {store.get(Contract, number).name}: set back"):
        store.save(after)
    return True


def _usual(contract: Contract, today: date) -> dict[str, Value]:
    """The inputs that follow from the contract."""
    yearly = contract.annual_value if contract.annual_value is not None else contract.annualised
    return {
        "until": _until(contract, today),
        "yearly_change": Decimal(0),
        "extend_annual": yearly,
        "new_annual": yearly,
        "transition": 0,
        "double_running": None,
        "stop_on": contract.ends,
        "exit_cost": 0,
    }


def _until(contract: Contract, today: date) -> date | None:
    """The latest end with the options, or three years after the end; never more than ten years off."""
    if contract.ends is None:
        return None
    furthest = add_months(max(contract.ends, today), 12 * MOST_YEARS)
    if (latest := _extends_to(contract)) is not None:
        return min(latest, furthest)
    return add_months(contract.ends + timedelta(days=1), 12 * USUAL_YEARS) - timedelta(days=1)


def _extends_to(contract: Contract) -> date | None:
    """The latest end there can be, where that is later than the end."""
    latest = contract.max_by_term or contract.max_end
    return latest if latest is not None and contract.ends is not None and latest > contract.ends else None


def _missing(contract: Contract, values: Mapping[str, Value], today: date) -> str:
    """What has to be known before anything can be compared."""
    if contract.ends is None:
        return NO_END
    if contract.ends < today:
        return ENDED
    if values["extend_annual"] is None or values["new_annual"] is None:
        return NO_VALUE
    return ""


def _compare(contract: Contract, values: Mapping[str, Value], parts: Parts) -> Explained[Comparison]:
    end, until, change = contract.ends, values["until"], values["yearly_change"]
    yearly = contract.annual_value if contract.annual_value is not None else contract.annualised
    extended, new = _pence(values["extend_annual"]), _pence(values["new_annual"])
    if end is None or not isinstance(until, date):
        raise ValueError(NO_END)
    basis = Basis(
        first=parts.today,
        until=until,
        end=end,
        annual=extended if yearly is None else yearly,
        yearly_change=change if isinstance(change, Decimal) else Decimal(0),
    )
    stop_on, both = values["stop_on"], values["double_running"]
    return compare(
        [
            extend(basis, plan_to_extend(contract, parts).value, extended),
            reprocure(
                basis, plan_to_buy(contract, parts).value, new, _pence(values["transition"]),
                both if isinstance(both, Period) else None,
            ),
            stop(
                basis, stop_on if isinstance(stop_on, date) else None, _pence(values["exit_cost"]),
                serve_notice_by(contract, parts),
            ),
        ],
        basis,
    )  # fmt: skip


def _pence(value: Value) -> int:
    return value if isinstance(value, int) else 0


def signed(pence: int) -> str:
    """A difference with its sign: +£1,000, −£1,000, the same."""
    if not pence:
        return "the same"
    return f"{'+' if pence > 0 else '−'}{show_money_short(abs(pence))}"
