"""What a contract is worth, this year and in all, in words that say what is not sure; and its years one by one."""

from __future__ import annotations

from datetime import date

from storage.desk.finance.contract_money import years_of
from storage.engine.store import Store
from storage.exchange.paper.papers_contract import Explained
from storage.records.contracts import Contract
from storage.records.finance import ValueYear
from storage.rules.money import financial_year, financial_year_label
from storage.rules.totals import Amount, Certainty, exact_brief, summed


def value_rows(store: Store, contract: Contract, today: date) -> tuple[Explained, ...]:
    """Value this year, to the current end, with open options, and of all years together."""
    years = [y for y in years_of(store, contract.key) if y.year is not None]
    rows = [_this_year(store, contract, years, financial_year(today))]
    basis = f"{contract.value_basis}. " if contract.value_basis.endswith("VAT") else ""
    if contract.current_value is not None or contract.value_certainty:
        worth = Amount(contract.current_value, Certainty.read(contract.value_certainty))
        rows.append(
            Explained("In all, to the current end", worth.words(), f"{basis}Extensions taken up included.")
        )
    if contract.value_with_options not in (None, contract.current_value):
        said = store.why(contract, "value_with_options")
        rows.append(
            Explained(
                "With open options",
                exact_brief(contract.value_with_options or 0),
                _first_up(said.partition(" = ")[2]),
            )
        )
    if len(years) > 1:
        together = summed([Amount(y.planned, Certainty.read(y.certainty)) for y in years])
        span = f"{financial_year_label(years[0].year or 0)} to {financial_year_label(years[-1].year or 0)}"
        rows.append(Explained("Years as planned", together.words(), f"{len(years)} years, {span}."))
    return tuple(row for row in rows if row is not None)


def _this_year(store: Store, contract: Contract, years: list[ValueYear], year: int) -> Explained | None:
    label = f"This year, {financial_year_label(year)}"
    held = next((y for y in years if y.year == year), None)
    if held is not None:
        planned = Amount(held.planned, Certainty.read(held.certainty))
        said = [
            f"{w} {exact_brief(v)}"
            for w, v in (("Forecast", held.forecast), ("actual so far", held.actual))
            if v is not None
        ]
        return Explained(label, planned.words(), f"As planned. {', '.join(said)}." if said else "As planned.")
    if contract.annual_value is not None:
        return Explained(
            "A year", exact_brief(contract.annual_value), "As recorded; no year is planned one by one."
        )
    if contract.annualised is not None:
        why = store.why(contract, "annualised")
        return Explained(
            "A year", exact_brief(contract.annualised), _first_up(why.partition(" = ")[2] or why)
        )
    return None


def _first_up(words: str) -> str:
    """The words with a capital in front."""
    return words[:1].upper() + words[1:]
