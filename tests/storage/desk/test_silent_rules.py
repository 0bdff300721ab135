"""What is worked out for a whole register without words is what is worked out, with words, for one contract."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

import storage.records  # noqa: F401
from storage.engine.fields import Period, Record
from storage.engine.parts import Parts
from storage.records.contracts import Contract
from storage.records.planning import DecisionMeeting, LeadTime
from storage.records.reference import BankHoliday, Desk
from storage.records.terms import OPTION_STATUSES, Extension
from storage.rules.planning_reference import lead_times
from storage.rules.reference import bank_holidays
from storage.rules.renewal import RENEWALS

DAYS = st.dates(date(2015, 1, 1), date(2040, 1, 1))
PERIODS = st.none() | st.builds(Period, st.integers(1, 18), st.sampled_from("dwm"))
CONTRACTS = st.builds(
    Contract,
    start=st.none() | DAYS,
    current_end=st.none() | DAYS,
    term=st.sampled_from(("", "3+1+1", "36m+12m", "until we say so", "18 months")),
    renewal=st.sampled_from(("", *RENEWALS)),
    rolls=PERIODS,
    minimum_term=PERIODS,
    runs_on=st.none() | st.booleans(),
    stage=st.sampled_from(("Signed", "Notice served", "Terminated", "")),
    notice_commissioner=PERIODS,
    notice_provider=PERIODS,
    notice_to_month_end=st.none() | st.booleans(),
    notice_not_before=st.none() | DAYS,
    supplier_vcse=st.none() | st.booleans(),
    current_value=st.none() | st.integers(0, 10**10),
    route=st.none() | st.just(1),
)
OPTIONS = st.lists(
    st.builds(
        Extension,
        length=PERIODS,
        status=st.sampled_from(OPTION_STATUSES),
        decide_by=st.none() | DAYS,
        value=st.none() | st.integers(0, 10**9),
    ),
    max_size=3,
)
ROUTE = lead_times()[0]
LISTS: dict[str, Sequence[Record]] = {
    "holidays": [BankHoliday(on=day) for day in bank_holidays()],
    "desk": [Desk(cushion_days=14)],
    "lead_times": [
        LeadTime(
            id=1,
            title=ROUTE.title,
            regime=ROUTE.regime,
            mobilisation=ROUTE.mobilisation,
            standstill_days=8,
            tender=ROUTE.tender,
            approval=ROUTE.approval,
            paper_deadline=ROUTE.paper_deadline,
        )
    ],
    "meetings": [
        DecisionMeeting(on=date(2026, 1, 14) + timedelta(days=28 * n), papers_due=None) for n in range(20)
    ],
}


@given(CONTRACTS, OPTIONS, DAYS)
def test_values_without_words_are_the_values_with_words(
    contract: Contract, options: list[Extension], today: date
) -> None:
    found: dict[str, Sequence[Record]] = {**LISTS, "extensions": options}
    spoken, silent = Parts(found, today), Parts(found, today, silent=True)
    for field in Contract.FIELDS.values():
        if field.rule is not None:
            with_words, without = field.rule(contract, spoken), field.rule(contract, silent)
            assert with_words.value == without.value, field.name
            assert with_words.why, field.name
