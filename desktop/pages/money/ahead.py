"""What lies ahead: what is committed, and the contracts that end on 31 March with their decisions."""

from __future__ import annotations

from dataclasses import replace

from desktop.pages.money.sheets import Keyed, Sheet, Wish, amount_cell, chosen_lines
from desktop.pages.page import Place
from desktop.words import count_words, days_words
from storage.desk.contract.inherited import Portfolio
from storage.desk.finance.money import Line, Money
from storage.desk.finance.money_tables import (
    Ending,
    commitments,
    endings,
)
from storage.engine.values import show_day
from storage.rules.commitments import CommitmentRow
from storage.rules.money import financial_year_label, last_day_of_year
from widgets.bar_chart import Bar
from widgets.facts import Fact
from widgets.table_listed import Key
from widgets.table_model import Cell, Column, Row
from widgets.table_painter import FoldPlan

_COMMITTED_FOLD = FoldPlan("title", ("provider",), label="Contract", below=1120, least=220)


def committed_sheet(money: Money, _portfolio: Portfolio, wish: Wish) -> Sheet:
    """What is committed from a year on."""
    found = commitments(money, wish.year, chosen_lines(wish, money.lines))
    value, label = found.found.value, financial_year_label
    named = (
        (f"This year, {label(wish.year)}", value.this_year),
        (f"Next year, {label(wish.year + 1)}", value.next_year),
        ("Later", value.later),
    )
    columns = (
        Column("title", "Contract", 220, stretch=True),
        Column("provider", "Provider", 220),
        Column("ends", "Ends", 104),
        Column("this", label(wish.year), 130, "right"),
        Column("next", label(wish.year + 1), 130, "right"),
        Column("later", "Later", 130, "right"),
    )
    rows = tuple(_committed_row(line, row) for line, row in found.rows)
    note = "Drafts and what is over are left out."
    if found.open_ended:
        many = count_words(found.open_ended, "contract that runs", "contracts that run")
        note += f" {many} until ended by notice {'counts' if found.open_ended == 1 else 'count'} for this year alone."
    return Sheet(
        columns, rows, note,
        title="What is committed",
        bars=tuple(Bar(name, total.pence or 0, total.short(), total.words()) for name, total in named),
        fold=_COMMITTED_FOLD,
        leads={line.contract.key: Place("contracts", line.contract.key, "money") for line, _ in found.rows},
        none=f"Nothing is committed from {label(wish.year)} on.",
    )  # fmt: skip


def _committed_row(line: Line, row: CommitmentRow) -> Keyed:
    c = line.contract
    amounts = {"this": row.this_year, "next": row.next_year, "later": row.later}
    ends = "runs on" if line.goes_on else show_day(c.ends) if c.ends else ""
    cells = {
        "title": Cell(line.name), "provider": Cell(c.provider_name, "soft"), "ends": Cell(ends, "soft"),
        **{n: amount_cell(p) for n, p in amounts.items()},
    }  # fmt: skip
    keys: dict[str, Key] = {"title": line.name, "provider": c.provider_name, **amounts}
    keys["ends"] = c.ends.toordinal() if c.ends else None
    return Row(c.key, cells), keys


_ENDING_COLUMNS = (
    Column("title", "Contract", 220, stretch=True),
    Column("provider", "Provider", 210),
    Column("value", "In its last year", 124, "right"),
    Column("decision", "Decision", 210),
    Column("option", "Option", 190),
    Column("notice", "Notice", 176),
    Column("act", "Act by", 170),
)
_ENDING_FOLD = FoldPlan("title", ("provider", "option"), label="Contract", below=1300, least=230)


def ending_sheet(money: Money, _portfolio: Portfolio, wish: Wish) -> Sheet:
    """The contracts that end with a year, and what is decided about each."""
    found = endings(money, wish.year, chosen_lines(wish, money.lines))
    last = last_day_of_year(wish.year)
    open_ones = sum(not e.decided for e in found)
    facts = (
        Fact("count", f"End on {show_day(last)}", count_words(len(found), "contract")),
        Fact(
            "open",
            "Still to be decided",
            count_words(open_ones, "contract"),
            tone="amber" if open_ones else "",
        ),
    )
    rows = tuple(_ending_row(money, e) for e in found)
    leads: dict[int, Place | str] = {
        e.line.contract.key: Place("contracts", e.line.contract.key, "term") for e in found
    }
    columns = tuple(
        replace(c, label=f"In {financial_year_label(wish.year)}") if c.name == "value" else c
        for c in _ENDING_COLUMNS
    )
    return Sheet(columns, rows, "", facts, fold=_ENDING_FOLD, leads=leads,
                 none=f"No contract ends on {show_day(last)}.")  # fmt: skip


def _ending_row(money: Money, e: Ending) -> Keyed:
    c = e.line.contract
    cells = {
        "title": Cell(e.line.name),
        "provider": Cell(c.provider_name, "soft"),
        "value": amount_cell(e.value.pence),
        "decision": Cell(e.decision, "soft" if e.decided else ""),
        "option": Cell(e.option, "" if e.option.startswith("Open") else "soft"),
        "notice": Cell(e.notice, "soft" if e.notice == "Not recorded" else ""),
        "act": act_cell(money, e),
    }
    keys: dict[str, Key] = {name: cell.text for name, cell in cells.items()}
    keys |= {"value": e.value.pence, "act": e.act_by.toordinal() if e.act_by else None}
    return Row(c.key, cells), keys


def act_cell(money: Money, e: Ending) -> Cell:
    """The last safe day to act, red once it is past."""
    if e.act_by is None:
        return Cell()
    late, left = e.act_by < money.today, (e.act_by - money.today).days
    tone = "red" if late else "amber" if left <= 60 else ""
    return Cell(show_day(e.act_by), tone, note="late" if late else days_words(e.act_by, money.today))
