"""The lists of a contract on a page: options, measures with their last periods, actions, notices, risks."""

from __future__ import annotations

import re
from datetime import date
from typing import TypeVar

from storage.desk.checklists.last_review import place_that_counts, risk_moves
from storage.desk.contract.contract_actions import last_meeting, numbered_actions
from storage.desk.risk_scales import risk_scales
from storage.engine.conditions import Where
from storage.engine.fields import Record
from storage.engine.query import Query
from storage.engine.store import Store
from storage.engine.values import show_day
from storage.exchange.paper.papers_contract import (
    KpiPaper,
    LinkedPaper,
    MarkPaper,
    NumberedAction,
    OptionPaper,
)
from storage.records.actions import Action
from storage.records.contract_ends import notice_terms, options_of, term_of
from storage.records.contracts import Contract
from storage.records.measure_rules import rule_of
from storage.records.measures import Kpi, KpiResult
from storage.records.running import Notice, PerformanceNotice, Risk
from storage.records.terms import Extension
from storage.rules.kpi_periods import ONCE, period_label
from storage.rules.kpis import AMBER, GREEN, RED, TREND_PERIODS, UNRATED, rating, show_number, target_words
from storage.rules.options import Extendable, Option, OptionDates, option_dates
from storage.rules.totals import exact_brief

_CENTURY = re.compile(r"20(?=\d\d/\d\d)")  # Q1 26/27 takes less room than Q1 2026/27
R = TypeVar("R", bound=Record)
LONGEST = 150  # letters of a title on the page
_WORST_FIRST = {RED: 0, AMBER: 1, UNRATED: 2, "": 2, GREEN: 3}


def clipped(words: str, most: int = LONGEST) -> str:
    """Words on one line, cut at a word where they are long."""
    plain = " ".join(words.split())
    if len(plain) <= most:
        return plain
    return plain[: most - 1].rsplit(" ", 1)[0][: most - 1].rstrip(",;: ") + "…"


def of_contract(store: Store, cls: type[R], contract_id: int) -> list[R]:
    """The parts of one kind that a contract has."""
    return store.all(cls, Query(where=(Where("contract", "is", (contract_id,)),)))


def option_papers(store: Store, contract: Contract, today: date) -> tuple[OptionPaper, ...]:
    """Each option with the end it leads to and the day to decide by, as of today."""
    kept = options_of(contract, store.parts(contract))
    term = term_of(contract).value
    rules = tuple(Option(o.length, o.status, o.decide_by, o.title) for o in kept if o.length is not None)
    whole = Extendable(contract.start, term.core if term else None, rules, contract.initial_end)
    dates = option_dates(whole, notice_terms(contract, "commissioner"), None, today)
    return tuple(_option(n, o, d) for n, (o, d) in enumerate(zip(kept, dates, strict=True), 1))


def _option(number: int, option: Extension, dates: OptionDates) -> OptionPaper:
    until, by = dates.end.value, dates.decide_by.value
    waits = dates.standing.value == "Available"
    return OptionPaper(
        clipped(option.title or f"Option {number}", 60),
        str(option.length),
        f"to {show_day(until)}" if until else "",
        exact_brief(option.value) if option.value is not None else "no value recorded",
        show_day(by) if by and waits else show_day(option.decided_on) if option.decided_on else "",
        dates.standing.value,
    )


def kpi_papers(store: Store, contract_id: int, *, notes: bool = False) -> tuple[KpiPaper, ...]:
    """The measures, the worst first, each with its last four periods; with `notes`, what the scorecard adds."""
    kpis = of_contract(store, Kpi, contract_id)
    kpis.sort(key=lambda k: (_WORST_FIRST.get(k.rating, 2), k.position or 0, k.key))
    asked = Query(where=(Where("kpi", "any of", tuple(k.key for k in kpis)),))
    results: dict[int, list[KpiResult]] = {}
    for result in store.all(KpiResult, asked) if kpis else ():
        if result.period_start is not None and result.period_start <= store.today():  # not one opened ahead
            results.setdefault(result.kpi or 0, []).append(result)
    return tuple(_kpi(k, results.get(k.key, []), notes=notes) for k in kpis)


def _kpi(kpi: Kpi, results: list[KpiResult], *, notes: bool) -> KpiPaper:
    rule = rule_of(kpi)
    last = sorted(results, key=lambda r: r.period_start or date.min)[-TREND_PERIODS:]
    marks = tuple(
        MarkPaper(
            rating(r.value, rule).value,
            show_number(r.value, kpi.unit) if r.value is not None else "none",
            _period(kpi, r.period_start or date.min),
        )
        for r in last
    )
    said = [last[-1].comment if last else "", "Over-performing: ask why." if kpi.over else ""]
    note = clipped(" ".join(w for w in said if w), 240) if notes else ""
    title = f"{kpi.title} ({kpi.aspect.lower()})" if kpi.aspect else kpi.title
    return KpiPaper(clipped(title, 110), target_words(rule), marks, kpi.rating, kpi.trend, note, kpi.aspect)


def _period(kpi: Kpi, first: date) -> str:
    if kpi.frequency in ("", ONCE):
        return show_day(first).partition(" ")[2]
    return _CENTURY.sub("", period_label(kpi.frequency, first))


def action_papers(actions: dict[int, Action], today: date) -> tuple[NumberedAction, ...]:
    """Actions under their numbers, the one due first at the top."""
    first = sorted(actions.items(), key=lambda pair: (pair[1].due or date.max, pair[0]))
    return tuple(
        NumberedAction(
            str(number),
            clipped(action.title),
            clipped(action.owner, 40),
            show_day(action.due) if action.due else "",
            late=action.due is not None and action.due < today,
        )
        for number, action in first
    )


def open_actions_with_words(
    store: Store, contract_id: int, today: date
) -> tuple[tuple[NumberedAction, ...], str]:
    """The open actions, and what has happened since the last meeting: how many were added and how many done."""
    every = numbered_actions(store, contract_id)
    papers = action_papers({n: a for n, a in every.items() if a.status == "Open"}, today)
    last = last_meeting(store, contract_id, today)
    if last is None or last.on is None:
        return papers, "No meeting is recorded." if papers else ""
    arose = sum(a.meeting == last.key for a in every.values())
    done = sum(a.status == "Done" and a.done_on is not None and a.done_on >= last.on for a in every.values())
    return papers, f"Last meeting {show_day(last.on)}: {arose} agreed there, {done} done since."


def notice_papers(store: Store, contract_id: int) -> tuple[LinkedPaper, ...]:
    """Notices served and received, the latest first, after performance notices that are still open."""
    breaches = [
        LinkedPaper(
            f"Performance: {clipped(b.title, 90)}", _joined(b.status.lower(), _on("served", b.served_on))
        )
        for b in of_contract(store, PerformanceNotice, contract_id)
        if b.status not in ("Closed", "Withdrawn")
    ]
    served = sorted(
        of_contract(store, Notice, contract_id), key=lambda n: (n.served_on or date.min, n.key), reverse=True
    )
    return (*breaches, *(LinkedPaper(n.kind, _notice(n)) for n in served))


def _notice(notice: Notice) -> str:
    return _joined(
        f"{notice.direction.lower()} {show_day(notice.served_on) if notice.served_on else '(no day)'}",
        _on("takes effect", notice.takes_effect),
        _on("acknowledged", notice.acknowledged_on) or "not acknowledged",
    )


def risk_papers(store: Store, contract_id: int) -> tuple[LinkedPaper, ...]:
    """The open risks, the gravest first, as they stand after what is done about them."""
    rated = []
    risks = [risk for risk in of_contract(store, Risk, contract_id) if risk.status == "Open"]
    moved, words = risk_moves(store, risks), risk_scales(store)
    for risk in risks:
        place, movement = place_that_counts(risk, words), moved[risk.key].counts
        detail = _joined(
            f"{place.band} {place.points}" if place else "not scored", movement.short if movement else "",
            clipped(risk.owner, 40), _on("review", risk.review_on), "escalated" if risk.escalated else "",
        )  # fmt: skip
        points = place.points if place else 0
        rated.append((-points, risk.key, LinkedPaper(clipped(risk.title, 110), detail)))
    return tuple(paper for _, _, paper in sorted(rated, key=lambda each: each[:2]))


def _on(words: str, day: date | None) -> str:
    return f"{words} {show_day(day)}" if day else ""


def _joined(*words: str) -> str:
    return ", ".join(w for w in words if w)
