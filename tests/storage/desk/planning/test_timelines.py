"""Lines of time: every sort of stretch where it belongs, the days to act, and the next day ahead first."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from storage.desk.planning.timelines import Act, Line, Sort, _stretches, in_order, lines
from storage.engine.conditions import Where
from storage.engine.fields import Period
from storage.engine.query import Query
from storage.records.contracts import Contract
from storage.records.terms import BreakPoint, Extension
from tests.storage.desk.register import Register

START = date(2024, 4, 1)


def line_of(register: Register, contract: Contract, *parts: Extension | BreakPoint) -> Line:
    store = register.store
    with store.step("Add"):
        made = store.save(contract)
        for part in parts:
            store.save(replace(part, contract=made.id))
    return lines(store, [made.key])[made.key]


def sorts(line: Line) -> list[tuple[Sort, date | None, date | None]]:
    return [(each.sort, each.first, each.last) for each in line.stretches]


def test_core_extension_and_options_follow_one_another(register: Register) -> None:
    contract = Contract(
        title="A", stage="Signed", start=START, initial_end=date(2026, 3, 31), current_end=date(2027, 3, 31)
    )
    line = line_of(register, contract, Extension(length=Period(12, "m")), Extension(length=Period(6, "m")))
    assert sorts(line) == [
        (Sort.CERTAIN, START, date(2026, 3, 31)),
        (Sort.USED, date(2026, 4, 1), date(2027, 3, 31)),
        (Sort.OPEN, date(2027, 4, 1), date(2028, 3, 31)),
        (Sort.OPEN, date(2028, 4, 1), date(2028, 9, 30)),
    ]
    assert line.latest == date(2028, 9, 30)


def test_a_maximum_end_alone_is_one_open_stretch(register: Register) -> None:
    line = lines(register.store, [register.contract])[register.contract]
    assert sorts(line)[-1] == (Sort.OPEN, date(2027, 4, 1), date(2028, 3, 31))


def test_an_option_refused_or_lapsed_is_not_drawn(register: Register) -> None:
    contract = Contract(title="A", stage="Signed", start=START, current_end=date(2027, 3, 31))
    line = line_of(register, contract, Extension(length=Period(12, "m"), status="Declined"))
    assert [each.sort for each in line.stretches] == [Sort.CERTAIN]


def test_what_runs_on_or_has_no_end_goes_on_hatched(register: Register) -> None:
    ran = Contract(title="A", stage="Signed", start=START, current_end=date(2026, 3, 31), runs_on=True)
    assert sorts(line_of(register, ran))[-1] == (Sort.ROLLS, date(2026, 4, 1), None)
    endless = Contract(title="B", stage="Signed", start=START)
    assert sorts(line_of(register, endless)) == [(Sort.ROLLS, START, None)]


def test_what_rolls_over_is_hatched_from_its_agreed_end(register: Register) -> None:
    rolls = Contract(
        title="A", stage="Signed", start=START, current_end=date(2026, 3, 31),
        renewal="Rolls over", rolls=Period(12, "m"), notice_commissioner=Period(3, "m"),
    )  # fmt: skip
    line = line_of(register, rolls)
    assert line.end == date(2027, 3, 31)
    assert sorts(line)[1:] == [
        (Sort.ROLLS, date(2026, 4, 1), date(2027, 3, 31)),
        (Sort.ROLLS, date(2027, 4, 1), None),
    ]


def test_what_is_over_has_no_marks_no_options_and_nothing_ahead(register: Register) -> None:
    over = Contract(
        title="A", stage="Terminated", start=START, current_end=date(2027, 3, 31), max_end=date(2028, 3, 31)
    )
    line = line_of(register, over, BreakPoint(on=date(2026, 12, 31)))
    assert line.settled and not line.marks and line.next_day is None
    assert [each.sort for each in line.stretches] == [Sort.CERTAIN]


def test_marks_are_the_legal_day_the_day_to_serve_and_breaks_not_used(register: Register) -> None:
    contract = Contract(
        title="A",
        stage="Signed",
        start=START,
        current_end=date(2027, 9, 30),
        notice_commissioner=Period(6, "m"),
    )
    used = BreakPoint(on=date(2026, 12, 31), used_on=date(2026, 9, 1))
    line = line_of(register, contract, BreakPoint(on=date(2027, 1, 31)), used)
    assert line.day(Act.NOTICE) == date(2027, 3, 30) or line.day(Act.NOTICE) == date(2027, 3, 31)
    assert line.day(Act.SERVE) and line.day(Act.SERVE) < line.day(Act.NOTICE)  # type: ignore[operator]
    assert line.day(Act.BREAK) == date(2027, 1, 31)
    assert (line.next_day, line.next_what) == (date(2027, 1, 31), "Break")


def test_under_notice_only_the_end_is_ahead(register: Register) -> None:
    contract = Contract(
        title="A",
        stage="Notice served",
        start=START,
        current_end=date(2027, 9, 30),
        notice_commissioner=Period(6, "m"),
    )
    line = line_of(register, contract)
    assert (line.next_day, line.next_what) == (date(2027, 9, 30), "Ends") and not line.marks


def test_the_order_is_that_of_the_next_days_whatever_kind_they_are(register: Register) -> None:
    line_of(register, Contract(title="Later", stage="Signed", start=START, current_end=date(2029, 3, 31)))
    line_of(
        register,
        Contract(title="Broken", stage="Signed", start=START, current_end=date(2030, 3, 31)),
        BreakPoint(on=date(2026, 12, 1)),
    )
    line_of(register, Contract(title="Gone", stage="Cancelled", start=START, current_end=date(2027, 1, 1)))
    line_of(
        register,
        Contract(title="Starts", stage="Signed", start=date(2026, 12, 24), current_end=date(2031, 1, 1)),
    )
    order = in_order(register.store)
    found = lines(register.store, order)
    ahead = [found[number].next_day or date.max for number in order]
    assert ahead == sorted(ahead)
    assert found[order[0]].title == "Broken" and found[order[-1]].title == "Gone"


def test_the_filters_of_the_list_apply(register: Register) -> None:
    line_of(register, Contract(title="Other", stage="Draft", start=START))
    drafts = Query((Where("stage", "is", ("Draft",)),))
    assert [lines(register.store, [n])[n].title for n in in_order(register.store, drafts)] == ["Other"]
    assert in_order(register.store, Query(words="dermatology")) == [register.contract]


def test_a_contract_that_has_gone_is_left_out(register: Register) -> None:
    assert lines(register.store, [register.contract, 999]).keys() == {register.contract}
    assert lines(register.store, []) == {}


def test_a_year_that_stands_for_no_end_is_drawn_without_an_error(register: Register) -> None:
    endless = Contract(title="A", stage="Signed", start=START, current_end=date.max)
    line = line_of(register, endless, Extension(length=Period(12, "m")))
    assert sorts(line) == [(Sort.CERTAIN, START, date.max)]


DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
PERIODS = st.builds(Period, st.integers(1, 60), st.just("m"))


@given(
    st.none() | DAYS, st.none() | DAYS, st.none() | DAYS, st.none() | DAYS,
    st.lists(PERIODS, max_size=4), st.sampled_from(("Live", "Expired", "Running on", "Open-ended", "Rolling")),
)  # fmt: skip
def test_stretches_never_overlap_and_go_forward(
    start: date | None,
    initial: date | None,
    agreed: date | None,
    latest: date | None,
    lengths: list[Period],
    position: str,
) -> None:
    contract = Contract(start=start, initial_end=initial, agreed_end=agreed, ends=agreed, max_end=latest)
    found = list(_stretches(contract, position, [Extension(length=each) for each in lengths]))
    for each in found:
        assert each.first is None or each.last is None or each.first <= each.last
    for before, after in pairwise(found):
        assert before.last is not None and after.first == before.last + timedelta(days=1)
