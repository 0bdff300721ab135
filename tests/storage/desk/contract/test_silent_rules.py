"""What is worked out for a whole register is what is worked out, with words and all its fields, for one contract."""

from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar, cast

from hypothesis import given
from hypothesis import strategies as st

import storage.records  # noqa: F401
from storage.desk.beginning.sample import new_sample
from storage.engine.derive import read_parts, with_derived
from storage.engine.fields import RECORDS, Period, Record
from storage.engine.parts import Parts
from storage.records.contracts import Contract, Party
from storage.records.organisations import Organisation
from storage.records.planning import DecisionMeeting, LeadTime
from storage.records.reference import BankHoliday, Desk
from storage.records.terms import OPTION_STATUSES, Extension
from storage.rules.planning_reference import lead_times
from storage.rules.reference import bank_holidays
from storage.rules.renewal import RENEWALS

R = TypeVar("R", bound=Record)
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


PROVIDERS: dict[str, Sequence[Record]] = {
    "parties": [Party(contract=1, organisation=1)],
    "organisations": [Organisation(id=1, title="Northmoor Care", vcse=True)],
}


def noting(record: R, looked_at: set[str]) -> R:
    """The record, which from now on notes the fields of it that are looked at."""

    def look(self: Record, name: str) -> object:
        if name in type(record).FIELDS:
            looked_at.add(name)
        return object.__getattribute__(self, name)

    kind = cast("type[R]", type("Noting", (type(record),), {"__getattribute__": look}))
    made = object.__new__(kind)
    made.__dict__.update(record.__dict__)
    return made


@given(CONTRACTS, OPTIONS, DAYS)
def test_values_without_words_are_the_values_with_words(
    contract: Contract, options: list[Extension], today: date
) -> None:
    found: dict[str, Sequence[Record]] = {**LISTS, **PROVIDERS, "extensions": options}
    looked_at: set[str] = set()
    spoken, silent = Parts(found, today), Parts(found, today, silent=True)
    for field in Contract.FIELDS.values():
        if field.rule is not None:
            with_words = field.rule(contract, spoken)
            without = field.rule(noting(contract, looked_at), silent)
            assert with_words.value == without.value, field.name
            assert with_words.why, field.name
    assert looked_at <= set(Contract.RULES_READ)


def test_rules_read_no_more_than_what_is_fetched_for_them() -> None:
    with TemporaryDirectory() as folder, closing(new_sample(Path(folder) / "sample.desk")) as store:
        for cls in RECORDS.values():
            rules = [f.rule for f in cls.FIELDS.values() if f.rule is not None]
            for record in store.all(cls) if rules else ():
                whole = read_parts(store.conn, cls, [record], store.today())[record.key]
                seen: dict[str, set[str]] = {reads.name: set() for reads in cls.READS}
                found = {
                    name: [noting(r, looked) for r in whole.of(Record, name)] for name, looked in seen.items()
                }
                for rule in rules:
                    rule(record, Parts(found, store.today(), silent=True))
                assert not [r for r in cls.READS if r.fields and not seen[r.name] <= set(r.fields)]
                assert with_derived(store.conn, record, store.today()) == record
