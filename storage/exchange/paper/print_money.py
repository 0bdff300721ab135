"""Puts the money of a year on paper: by directorate, cost centre and contract, with what is committed and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from storage.desk.contract.inherited import NO_TARGET, Portfolio, portfolio
from storage.desk.finance.money import Line, Money, read_money
from storage.desk.finance.money_tables import (
    COST_CENTRE,
    DIRECTORATE,
    Committed,
    YearTotals,
    by_group,
    commitments,
    endings,
    pooled,
    this_year,
    year_totals,
)
from storage.desk.finance.money_words import (
    amount_words,
    exact_words,
    figure_words,
    over_words,
    sum_words,
    unsure_words,
)
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.engine.values import show_day
from storage.exchange.paper.papers import Imprint
from storage.exchange.paper.papers_money import (
    WHOLE,
    MoneyBar,
    MoneyColumn,
    MoneyFact,
    MoneyPaper,
    MoneySection,
    MoneyTable,
)
from storage.exchange.paper.print_data import imprint_of
from storage.rules.money import financial_year_label, last_day_of_year

FIRST_YEAR, LAST_YEAR = 1990, 2100
WORKED_OUT = (
    "A planned value with * is not recorded: it is worked out from the value of the contract, and totals take it for "
    "an estimate. Over or under plan goes by the actual of a closed year, otherwise by the forecast."
)
_GROUPS = ("Planned", "Forecast", "Actual", "Over or under plan")


def money_paper(store: Store, year: int | None = None) -> MoneyPaper:
    """The money of a financial year (2026 for 2026/27), of the one that runs where none is named.

    Raises `StorageError` for a year outside 1990 to 2100.
    """
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise StorageError(
            f"{year} is no financial year that can be shown. Nothing was written. "
            f"Give the year in which it begins, {FIRST_YEAR} to {LAST_YEAR}."
        )
    money = read_money(store)
    return money_paper_of(imprint_of(store, money.today), money, this_year(money) if year is None else year)


def money_paper_of(
    imprint: Imprint, money: Money, year: int, words: str = "", most: int | None = None
) -> MoneyPaper:
    """The money of a year from what was read; `words` says what it was filtered by, `most` cuts longer tables."""
    lines = money.of_year(year)
    every = year_totals(money, year, lines)
    ahead = commitments(money, year)
    sections = (
        _groups(money, year, lines, DIRECTORATE, "By directorate"),
        _groups(money, year, lines, COST_CENTRE, "By cost centre"),
        _committed(ahead, year),
        _ending(money, year),
        _paid_in(money, year),
        *_inherited(portfolio(money)),
        _contracts(money, year, lines, every, ahead),
    )
    subject = f"Financial year {financial_year_label(year)}" + (
        f", contracts with “{words}”" if words else ""
    )
    return MoneyPaper(imprint, "Money", subject, tuple(_cut(s, most) for s in sections), _facts(every))


def inherited_paper(store: Store) -> MoneyPaper:
    """How far the contracts that run have come towards the standard contract."""
    money = read_money(store)
    return inherited_paper_of(imprint_of(store, money.today), portfolio(money))


def inherited_paper_of(
    imprint: Imprint, found: Portfolio, words: str = "", most: int | None = None
) -> MoneyPaper:
    """The same from what was read, filtered and cut as `money_paper_of` says."""
    subject = "Towards the NHS Standard Contract" + (f", contracts with “{words}”" if words else "")
    sections = tuple(_cut(s, most) for s in _inherited(found, said=False))
    return MoneyPaper(imprint, "Inherited contracts", subject, sections, said=found.words())


def _cut(section: MoneySection, most: int | None) -> MoneySection:
    """A section with no more rows than so many; what is left out is told."""
    table = section.table
    if most is None or len(table.rows) <= most:
        return section
    said = f"{section.said} Only the first {most:,} of {len(table.rows):,} rows are shown.".strip()
    return replace(section, table=replace(table, rows=table.rows[:most]), said=said)


def _facts(every: YearTotals) -> tuple[MoneyFact, ...]:
    named = (("Planned", every.planned), ("Forecast", every.forecast), ("Actual", every.actual))
    return (
        MoneyFact("Contracts", f"{every.contracts:,}"),
        *(MoneyFact(name, sum_words(total), unsure_words(total)) for name, total in named),
        MoneyFact(
            "Over or under plan", over_words(every.variance.pence) or "–", unsure_words(every.variance)
        ),
    )


def _figures(labels: Sequence[str], share: int = 2) -> tuple[MoneyColumn, ...]:
    return tuple(MoneyColumn(label, share, figures=True) for label in labels)


def _groups(money: Money, year: int, lines: Sequence[Line], grouping: str, heading: str) -> MoneySection:
    rows = tuple(
        (g.name, f"{g.contracts:,}", exact_words(g.planned), exact_words(g.forecast), exact_words(g.actual),
         over_words(g.variance.pence))
        for g in by_group(money, year, lines, grouping)
    )  # fmt: skip
    columns = (
        MoneyColumn("Name", 5), MoneyColumn("Contracts", 2, figures=True), *_figures(_GROUPS[:2], 6),
        *_figures(_GROUPS[2:3], 5), *_figures(_GROUPS[3:], 4),
    )  # fmt: skip
    return MoneySection(heading, MoneyTable(columns, rows, none="No contract runs in this year."))


def _contracts(
    money: Money, year: int, lines: Sequence[Line], every: YearTotals, ahead: Committed
) -> MoneySection:
    """Each contract with its year and what it commits afterwards."""
    later = {line.contract.key: row for line, row in ahead.rows}
    rows = []
    for line in lines:
        planned, row = line.planned(year), later.get(line.contract.key)
        apart = line.variance(year, money.today).value
        rows.append((
            line.name, line.contract.provider_name, line.cost_centre(year),
            figure_words(planned) + ("*" if planned.worked_out else ""),
            figure_words(line.forecast(year)), figure_words(line.actual(year)),
            over_words(apart.pence if apart else None),
            amount_words(row.next_year) if row else "–", amount_words(row.later) if row else "–",
        ))  # fmt: skip
    total = (
        "Total", "", "", exact_words(every.planned), exact_words(every.forecast), exact_words(every.actual),
        over_words(every.variance.pence), "", "",
    )  # fmt: skip
    columns = (
        MoneyColumn("Contract", 10), MoneyColumn("Provider", 8), MoneyColumn("Cost centre", 4),
        *_figures(_GROUPS[:3], 6), *_figures(_GROUPS[3:], 7), *_figures((financial_year_label(year + 1), "Later"), 6),
    )  # fmt: skip
    table = MoneyTable(columns, tuple(rows), total if rows else (), "No contract runs in this year.")
    return MoneySection("Contract by contract", table, WORKED_OUT if rows else "")


def _committed(ahead: Committed, year: int) -> MoneySection:
    value, label = ahead.found.value, financial_year_label
    named = (
        (f"This year, {label(year)}", value.this_year),
        (f"Next year, {label(year + 1)}", value.next_year),
        ("Later", value.later),
    )
    widest = max((abs(total.pence or 0) for _, total in named), default=0) or 1
    bars = tuple(
        MoneyBar(name, WHOLE * abs(total.pence or 0) // widest, exact_words(total), unsure_words(total))
        for name, total in named
    )
    columns = (MoneyColumn("When", 3), MoneyColumn("Committed", 3, figures=True), MoneyColumn("Not sure", 5))
    rows = tuple((name, sum_words(total), unsure_words(total)) for name, total in named)
    said = "Drafts and what is over are left out."
    if ahead.open_ended:
        said += (
            f" {ahead.open_ended:,} of the contracts run until ended by notice and count for this year alone."
        )
    return MoneySection("Committed", MoneyTable(columns, rows), said, bars)


def _ending(money: Money, year: int) -> MoneySection:
    found = endings(money, year)
    rows = tuple(
        (e.line.name, e.line.contract.provider_name, amount_words(e.value.pence), e.decision, e.option, e.notice,
         show_day(e.act_by) if e.act_by else "")
        for e in found
    )  # fmt: skip
    columns = (
        MoneyColumn("Contract", 5), MoneyColumn("Provider", 4),
        MoneyColumn(f"In {financial_year_label(year)}", 3, figures=True), MoneyColumn("Decision", 4),
        MoneyColumn("Option", 4), MoneyColumn("Notice", 4), MoneyColumn("Act by", 3),
    )  # fmt: skip
    last = show_day(last_day_of_year(year))
    return MoneySection(f"Ending {last}", MoneyTable(columns, rows, none=f"No contract ends on {last}."))


def _paid_in(money: Money, year: int) -> MoneySection:
    whole, partners = pooled(money, year)
    rows = tuple(
        (p.name, f"{len(p.contributions):,}", exact_words(p.total), p.share,
         exact_words(p.ending) if p.ending.figures else "")
        for p in partners
    )  # fmt: skip
    columns = (
        MoneyColumn("Partner", 5), MoneyColumn("Contributions", 2, figures=True),
        MoneyColumn("Pays in", 3, figures=True), MoneyColumn("Share", 2, figures=True),
        MoneyColumn("Falls away after the year", 3, figures=True),
    )  # fmt: skip
    total = ("Total", "", exact_words(whole.value.total), "", exact_words(whole.value.ending) if rows else "")
    table = MoneyTable(columns, rows, total if rows else (), "No partner pays into a contract in this year.")
    return MoneySection("Paid in by partners", table)


def _inherited(found: Portfolio, *, said: bool = True) -> tuple[MoneySection, ...]:
    """The portfolio by form, then each contract that is still to be moved."""
    forms = tuple(
        (m.held, "already there" if m.arrived else m.target, f"{m.contracts:,}", f"{m.overdue:,}" if m.overdue else "",
         f"{m.reviewed:,}", show_day(m.next_date) if m.next_date else "")
        for m in found.moves
    )  # fmt: skip
    by_form = (
        MoneyColumn("Form held now", 4), MoneyColumn("Form to move to", 4), *_figures(("Contracts", "Overdue"), 2),
        MoneyColumn("Fitness reviewed", 2, figures=True), MoneyColumn("Next date", 2),
    )  # fmt: skip
    moving = tuple(
        (m.name, m.held, m.target, _by(found, m.contract.form_target_date), m.contract.fitness,
         show_day(m.contract.fitness_on) if m.contract.fitness_on else "")
        for m in found.waiting if m.target != NO_TARGET or m.inherited
    )  # fmt: skip
    each = (
        MoneyColumn("Contract", 5), MoneyColumn("Form held now", 5), MoneyColumn("Form to move to", 5),
        MoneyColumn("By", 3), MoneyColumn("Fitness", 2), MoneyColumn("Reviewed on", 2),
    )  # fmt: skip
    words, named = (found.words(), "Inherited contracts") if said else ("", "By form")
    return (
        MoneySection(
            named,
            MoneyTable(by_form, forms, none="No contract runs."),
            words,
        ),
        MoneySection(
            "Still to be moved", MoneyTable(each, moving, none="No contract is waiting to be moved.")
        ),
    )


def _by(found: Portfolio, day: date | None) -> str:
    """The day to be moved by, with a word where it is past."""
    if day is None:
        return ""
    return f"{show_day(day)}, overdue" if day < found.today else show_day(day)
