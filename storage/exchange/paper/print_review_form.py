"""The review form of a meeting: questions to go through, with what the file knows filled in and room to write."""

from __future__ import annotations

from datetime import date

from storage.desk.contract.performing import milestones_of
from storage.engine.store import Store
from storage.engine.values import show_day
from storage.exchange.paper.papers_contract import ContractPaper, KpiPaper, LinkedPaper
from storage.exchange.paper.papers_meeting import FormSection
from storage.exchange.paper.print_contract_lists import clipped, of_contract
from storage.records.contracts import Contract
from storage.records.running import ImprovementPlan

MOST = 6  # of each, so that there is room to write
_JUDGEMENTS = ("Going well", "Some concerns", "Serious concerns")


def form_sections(
    store: Store, contract: Contract, page: ContractPaper, today: date
) -> tuple[FormSection, ...]:
    """The questions of a review in their order."""
    return (
        FormSection(
            "Performance", _missed(page.kpis), "No measure is red or amber.",
            "What is the cause, and what will be done by when?", lines=3,
        ),
        FormSection(
            "What people say: complaints, incidents, praise", ask="What was heard, and what was learnt from it?"
        ),
        FormSection("Money", _money(page), "No value is recorded.", "Will the year end on plan? What changes?"),
        FormSection(
            "Plans to put things right", _milestones(store, contract, today), "No plan is running.",
            "Is each step done, on time, or slipping?",
        ),
        FormSection(
            "Risks", page.risks[:MOST], "No risk is open.", "Which scores change? Is there a new one?"
        ),
        FormSection(
            "Notices and changes", page.notices[:MOST], "None.", "Is anything to be served, varied or answered?"
        ),
        FormSection(
            "Dates ahead",
            tuple(LinkedPaper(d.label, f"{d.day} ({d.note})") for d in page.next_days),
            "No date lies ahead.", "Which decision is to be taken, by whom and by when?",
        ),
        FormSection("Overall", choices=_JUDGEMENTS, ask="Why?"),
    )  # fmt: skip


def _missed(kpis: tuple[KpiPaper, ...]) -> tuple[LinkedPaper, ...]:
    """The measures that are red or amber, the red ones first."""
    missed = [k for k in kpis if k.rating in ("Red", "Amber")]
    return tuple(
        LinkedPaper(k.title, f"{k.rating}{', ' + k.marks[-1].value if k.marks else ''}; target {k.target}")
        for k in missed[:MOST]
    )


def _money(page: ContractPaper) -> tuple[LinkedPaper, ...]:
    return tuple(LinkedPaper(row.label, f"{row.value}. {row.why}") for row in page.values[:MOST])


def _milestones(store: Store, contract: Contract, today: date) -> tuple[LinkedPaper, ...]:
    """The steps of running plans that are not done, the one due first at the top."""
    plans = {
        p.key: p
        for p in of_contract(store, ImprovementPlan, contract.key)
        if p.status not in ("Done", "Dropped")
    }
    waiting = [
        (m.due or date.max, m.key, m, plans[number])
        for number, steps in milestones_of(store, list(plans)).items()
        for m in steps
        if m.done_on is None
    ]
    return tuple(
        LinkedPaper(
            clipped(f"{plan.title}: {step.title}", 120),
            (
                f"due {show_day(step.due)}{', overdue' if step.due < today else ''}"
                if step.due
                else "no day set"
            ),
        )
        for _, _, step, plan in sorted(waiting, key=lambda each: each[:2])[:MOST]
    )
