"""What the rules say of a procurement decision, each as a line with its reason: standstill, tests, notices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from storage.desk.procurement.procuring import (
    MODIFICATION,
    Case,
    act_change,
    duty,
    kpi_duty,
    over_threshold,
    owed,
    psr_change,
    standstill,
)
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records.procurements import Procurement
from storage.rules.explained import Explained, Reason
from storage.rules.procurement.notices import OwedNotice
from storage.rules.procurement.regimes import LIGHT_TOUCH, PA23, PSR
from storage.rules.procurement.standstill import MUST, NO_STANDSTILL
from widgets.worked import WorkedValue

NOT_YET = "Not known yet"
NO_REGIME = "Choose the regime: standstill, notices and tests follow from it."


def verdicts(reader: Reader, made: Procurement, today: date) -> Sequence[WorkedValue]:
    """Every line there is to say, the standstill first."""
    case = Case(reader, made, today)
    if not case.code:
        return (WorkedValue("regime", "What the rules say", NOT_YET, NO_REGIME),)
    said = [*_standstill(case)]
    if made.kind == MODIFICATION:
        said += _change(case)
    else:
        if case.code in (PA23, LIGHT_TOUCH):
            said.append(_answer("threshold", "Above the threshold?", over_threshold(case), "Yes", "No"))
        if case.code == PA23:
            said.append(_answer("kpis", "KPIs to set and publish?", kpi_duty(case), "Yes", "No"))
    return [*said, *(_notice(each, place, today) for place, each in enumerate(owed(case)))]


def _answer(key: str, label: str, found: Explained[bool | None], yes: str, no: str) -> WorkedValue:
    words = NOT_YET if found.value is None else yes if found.value else no
    return WorkedValue(key, label, words, found.why, found.reasons)


def _standstill(case: Case) -> list[WorkedValue]:
    """The day that is safe under every reading first, then the end of the standstill."""
    found, bound = standstill(case), duty(case)
    if found.value is None:
        if bound is None:
            return []
        if bound.value == NO_STANDSTILL:
            return [WorkedValue("still", "Standstill", "None", bound.why, bound.reasons)]
        words = "Not begun" if bound.value == MUST else "Not begun, a free choice"
        why = f"{bound.why} {found.why}"
        return [WorkedValue("still", "Standstill", words, why, bound.reasons)]
    held, why, steps = found.value, found.why, found.reasons
    if held.cautious_award is None or held.last_day is None:
        words = "Not before every representation is answered"
        return [WorkedValue("award", "Award no earlier than", words, why, steps)]
    awarded = case.made.awarded_on
    early = " (it was awarded before)" if awarded and awarded < held.cautious_award else ""
    return [
        WorkedValue("award", "Award no earlier than", f"{show_day(held.cautious_award)}{early}", why, steps),
        WorkedValue("still", "Standstill ends", show_day(held.last_day), why, steps),
    ]


def _change(case: Case) -> list[WorkedValue]:
    """The test of a change, by the regime it falls under."""
    if case.code == PSR:
        found = psr_change(case)
        permitted = found.value.permitted if found.value else None
        words = NOT_YET if permitted is None else "Permitted" if permitted else "Not permitted"
        if found.value and found.value.notice:
            by = found.value.notice_by
            words += f", notice by {show_day(by)}" if by else ", with a notice"
        return [WorkedValue("change", "May it be changed so?", words, found.why, found.reasons)]
    if case.code in (PA23, LIGHT_TOUCH):
        return [_answer("change", "Change notice", act_change(case), "Owed before the change", "Not owed")]
    return []


def called(notice: OwedNotice) -> str:
    """A notice by its name, with the number people know it by."""
    return f"{notice.title} ({notice.code})" if notice.code.startswith("UK") else notice.title


def standing(notice: OwedNotice, today: date) -> str:
    """Where a notice stands: published, due, overdue, or what is still to be said."""
    if notice.published_on is not None:
        return f"Published {show_day(notice.published_on)}" + (", late" if notice.late else "")
    if notice.overdue(today) and notice.duty == "must" and notice.due.value:
        return f"Overdue since {show_day(notice.due.value)}"
    if notice.missing:
        return f"Needs {notice.missing}"
    if notice.due.value is not None:
        return f"Due {show_day(notice.due.value)}"
    return "May be published" if notice.duty == "may" else "To be published"


def _notice(notice: OwedNotice, place: int, today: date) -> WorkedValue:
    timing = notice.timing[:1].upper() + notice.timing[1:]
    why = f"{timing.rstrip('.')}. {notice.due.why}".strip()
    steps = (*notice.due.reasons, Reason(timing, notice.source))
    return WorkedValue(f"notice {place}", called(notice), standing(notice, today), why, steps)
