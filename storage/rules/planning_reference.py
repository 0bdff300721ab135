"""The lead times by route that come with the program, as local defaults for a commissioner to change."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from storage.engine.values import Period


@dataclass(frozen=True, slots=True)
class LeadTime:
    """How long each stage of one way of buying takes, from the first work on it to the new contract's start.

    In the order of time: `approval` (writing the paper and clearing it), `paper_deadline` (papers in, before the
    meeting), `tender` (choosing the provider), `standstill_working_days`, `mobilisation`. `total_months` is the
    usual whole, shortest and longest.
    """

    route: str  # the code of the route: DA-C, PA23-open, quote
    title: str
    regime: str  # PSR or PA23: whose way of counting the standstill follows
    mobilisation: Period
    standstill_working_days: int
    tender: Period
    approval: Period
    paper_deadline: Period
    total_months: tuple[int, int]
    effective_from: date
    effective_to: date | None
    source: str


def lead_times() -> tuple[LeadTime, ...]:
    """The default lead times of every route, quickest family first, as they are shipped."""
    return _listed()


def lead_time(route: str, among: tuple[LeadTime, ...] | None = None) -> LeadTime | None:
    """The lead time of a route, by default among those shipped; None when none is listed for it."""
    return next((each for each in (lead_times() if among is None else among) if each.route == route), None)


@cache
def _listed() -> tuple[LeadTime, ...]:
    """The list as it is shipped."""
    text = resources.files("resources").joinpath("reference", "lead_times.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return tuple(
        LeadTime(
            route=str(row["route"]),
            title=str(row["title"]),
            regime=str(row["regime"]),
            mobilisation=Period.from_code(row["mobilisation"]),
            standstill_working_days=int(row["standstill_working_days"]),
            tender=Period.from_code(row["tender"]),
            approval=Period.from_code(row["approval"]),
            paper_deadline=Period.from_code(row["paper_deadline"]),
            total_months=(int(row["total_months"][0]), int(row["total_months"][1])),
            effective_from=row.get("effective_from", table["effective_from"]),
            effective_to=row.get("effective_to"),
            source=str(row["source"]),
        )
        for row in table["routes"]
    )
