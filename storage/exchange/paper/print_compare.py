"""Extend, re-procure or stop on paper: what was assumed, spend by year with differences, and the days to decide."""

from __future__ import annotations

from storage.desk.planning.comparing import INPUTS, Compared, compared, signed
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.engine.values import money_brief, show_day, show_money_short, weekday_name
from storage.exchange.paper.papers import Fact
from storage.exchange.paper.papers_plan import WHOLE, ComparePaper, SpendPaper, WayPaper
from storage.exchange.paper.print_data import imprint_of
from storage.records.scenarios import Scenario
from storage.rules.money import financial_year_label
from storage.rules.scenarios import Comparison, Spend


def compare_paper(store: Store, number: int) -> ComparePaper:
    """The comparison of one contract. Raises `StorageError` where there is nothing to compare, saying why."""
    shown = compared(store, number)
    if shown.found is None:
        raise StorageError(f"{shown.missing} Nothing was printed.")
    found = shown.found.value
    names = tuple(each.option.name for each in found.options)
    return ComparePaper(
        imprint=imprint_of(store, store.today()),
        title="Options compared",
        subject=" ".join(each for each in (shown.contract.reference, shown.contract.title) if each),
        sentence=shown.found.why,
        note=shown.no_option,
        facts=tuple(_facts(shown)),
        names=names,
        years=tuple(_years(found)),
        headings=("Year", names[0], *(h for n in names[1:] for h in (n, f"against {names[0].lower()}"))),
        rows=tuple(_rows(found)),
        ways=tuple(_way(each) for each in found.options),
        assumed=shown.notes,
    )


def _facts(shown: Compared) -> list[Fact]:
    """The inputs as they count; those that follow the contract say so."""
    made = []
    for name in INPUTS:
        field = Scenario.FIELDS[name]
        words = field.show(shown.values[name])
        if words:
            made.append(Fact(field.label, words if name in shown.own else f"{words} (from the contract)"))
    return made


def _years(found: Comparison) -> list[SpendPaper]:
    highest = max(1, *(pence for each in found.options for pence in each.years.values()))
    made = []
    for year in found.years:
        pence = [each.years.get(year, 0) for each in found.options]
        highs = tuple(WHOLE * max(0, each) // highest for each in pence)
        made.append(SpendPaper(financial_year_label(year), highs, tuple(map(money_brief, pence))))
    return made


def _rows(found: Comparison) -> list[tuple[str, ...]]:
    lines = [
        (financial_year_label(year), [o.years.get(year, 0) for o in found.options],
         [d.get(year, 0) for d in found.differences])
        for year in found.years
    ]  # fmt: skip
    places = range(len(found.options))
    lines.append(("In all", [each.total for each in found.options], [found.more(place) for place in places]))
    made = []
    for label, spent, more in lines:
        cells = [label, show_money_short(spent[0])]
        for place in places[1:]:
            cells += [show_money_short(spent[place]), signed(more[place])]
        made.append(tuple(cells))
    return made


def _way(spend: Spend) -> WayPaper:
    days = ((f"{weekday_name(d.day)[:3]} {show_day(d.day)}", d.title) for d in spend.option.decisions)
    return WayPaper(spend.option.name, tuple(days))
