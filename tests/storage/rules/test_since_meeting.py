"""What counts as new, gone, extended, slipped, up, down or rated otherwise; and that what is told is complete."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.since_meeting import Change, Kind, Showing, Values, compare

MARCH, JUNE = date(2026, 3, 4), date(2026, 6, 1)
WORKED_OUT = frozenset(
    ("agreed_end", "ends", "act_by", "decide_by", "start_by", "extend_by", "notice_by", "position",
     "provider_name", "kpi_rating")
)  # fmt: skip
LIVE: Values = {"title": "Care", "position": "Live", "current_end": "2027-03-31", "agreed_end": "2027-03-31",
                "ends": "2027-03-31"}  # fmt: skip


def told(old: Values, new: Values) -> dict[str, Kind]:
    """The kind of each change of one contract, by its field."""
    found = compare(Showing(MARCH, {"a": old}), Showing(JUNE, {"a": new}), WORKED_OUT)
    return {change.field: change.kind for change in found}


def moved(**values: str | int) -> dict[str, Kind]:
    """What is told when a live contract gets these values."""
    return told(LIVE, {**LIVE, **values})


ENDS_2028 = {"current_end": "2028-03-31", "agreed_end": "2028-03-31", "ends": "2028-03-31"}


def test_new_and_gone() -> None:
    found = compare(Showing(MARCH, {"a": LIVE, "b": LIVE}), Showing(JUNE, {"b": LIVE, "c": LIVE}), WORKED_OUT)
    assert found == [Change(Kind.GONE, "a"), Change(Kind.NEW, "c")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"options_taken": 0}, {"options_taken": 1}),
        ({}, {"extended": 1}),
        ({"extended": 1}, {"extended": 1}),
        ({"max_end": "2028-03-31"}, {"max_end": "2028-03-31"}),
        ({"max_by_term": "2029-03-31"}, {"max_by_term": "2029-03-31"}),
    ],
)
def test_a_later_end_through_an_extension_is_an_extension(before: Values, after: Values) -> None:
    found = told({**LIVE, **before}, {**LIVE, **ENDS_2028, **after})
    assert found.pop("current_end") is Kind.EXTENDED
    assert set(found.values()) <= {Kind.FOLLOWS}


def test_a_later_end_without_an_extension_is_a_change_and_no_slip() -> None:
    found = told({**LIVE, "act_by": "2026-09-01"}, {**LIVE, **ENDS_2028, "act_by": "2027-09-01"})
    assert found == {
        "current_end": Kind.CHANGED, "agreed_end": Kind.FOLLOWS, "ends": Kind.FOLLOWS, "act_by": Kind.FOLLOWS,
    }  # fmt: skip


def test_an_earlier_end_is_no_extension() -> None:
    assert moved(current_end="2026-12-31", agreed_end="2026-12-31", extended=1)["current_end"] is Kind.CHANGED


def test_an_end_that_follows_from_its_term_alone_is_told_once() -> None:
    old: Values = {"position": "Live", "agreed_end": "2027-03-31", "ends": "2027-03-31", "options_taken": 0}
    new: Values = {"position": "Live", "agreed_end": "2028-03-31", "ends": "2028-03-31", "options_taken": 1}
    assert told(old, new) == {
        "agreed_end": Kind.EXTENDED, "ends": Kind.FOLLOWS, "options_taken": Kind.FOLLOWS,
    }  # fmt: skip


def test_a_contract_that_rolled_over_is_changed_by_itself() -> None:
    assert moved(ends="2028-03-31") == {"ends": Kind.CHANGED}


@pytest.mark.parametrize("name", ["act_by", "decide_by", "review_date", "form_target_date", "start_by"])
def test_a_planned_day_that_moved_later_slipped(name: str) -> None:
    assert told({**LIVE, name: "2026-09-01"}, {**LIVE, name: "2026-10-01"})[name] is Kind.SLIPPED
    assert told({**LIVE, name: "2026-10-01"}, {**LIVE, name: "2026-09-01"})[name] is not Kind.SLIPPED
    assert told(LIVE, {**LIVE, name: "2026-09-01"})[name] is not Kind.SLIPPED


def test_the_day_of_a_plan_that_is_the_last_safe_day_is_told_once() -> None:
    old = {**LIVE, "act_by": "2026-09-01", "start_by": "2026-09-01"}
    new = {**LIVE, "act_by": "2026-10-01", "start_by": "2026-10-01"}
    assert told(old, new) == {"act_by": Kind.SLIPPED, "start_by": Kind.FOLLOWS}


def test_the_next_day_after_a_decision_is_no_slip() -> None:
    old = {**LIVE, "act_by": "2026-05-01", "options_open": 2}
    assert told(old, {**LIVE, "act_by": "2026-10-01", "options_open": 1})["act_by"] is Kind.FOLLOWS
    assert "act_by" not in told(old, {**old, "options_open": 1})


def test_a_start_slips_only_while_it_lies_ahead() -> None:
    old = {**LIVE, "start": "2026-05-01"}
    assert told(old, {**old, "start": "2026-07-01"})["start"] is Kind.SLIPPED
    assert told(old, {**old, "start": "2026-05-15"})["start"] is Kind.CHANGED
    assert told(old, old) == {}


@pytest.mark.parametrize("name", ["act_by", "decide_by", "review_date", "form_target_date"])
def test_a_day_that_passed_with_nothing_done_slipped(name: str) -> None:
    held = {**LIVE, name: "2026-05-01", "form_target": "Grant agreement"}
    found = compare(Showing(MARCH, {"a": held}), Showing(JUNE, {"a": held}), WORKED_OUT)
    assert found == [Change(Kind.SLIPPED, "a", name, "2026-05-01", "2026-05-01", passed=True)]


@pytest.mark.parametrize(
    "held",
    [
        {"act_by": "2026-03-03"},  # had passed before
        {"act_by": "2026-06-01"},  # today is still in time
        {"act_by": "2026-05-01", "position": "Notice served"},
        {"act_by": "2026-05-01", "position": "Expired"},
        {"act_by": "2026-05-01", "buying_again": 1},
        {
            "form_target_date": "2026-05-01",
            "form_target": "Grant agreement",
            "contract_form": "Grant agreement",
        },
    ],
)
def test_a_day_that_passed_after_all_was_done_did_not_slip(held: Values) -> None:
    assert told({**LIVE, **held}, {**LIVE, **held}) == {}


def test_values_up_and_down() -> None:
    old = {**LIVE, "current_value": 100, "annual_value": 50}
    assert told(old, {**old, "current_value": 101, "annual_value": 49}) == {
        "current_value": Kind.UP, "annual_value": Kind.DOWN,
    }  # fmt: skip


def test_a_value_that_was_not_known_is_neither_up_nor_down() -> None:
    assert moved(current_value=100) == {"current_value": Kind.CHANGED}
    assert told({**LIVE, "annual_value": 5}, LIVE) == {"annual_value": Kind.CHANGED}


def test_ratings_and_other_changes() -> None:
    assert moved(kpi_rating="Red", cqc_rating="Good", title="Home care", provider_name="North") == {
        "kpi_rating": Kind.RATING, "cqc_rating": Kind.RATING, "title": Kind.CHANGED,
        "provider_name": Kind.CHANGED,
    }  # fmt: skip
    assert moved(position="Expired", notice_by="2026-09-30") == {
        "position": Kind.CHANGED, "notice_by": Kind.FOLLOWS,
    }  # fmt: skip


DAYS = st.dates(date(2026, 1, 1), date(2028, 1, 1)).map(date.isoformat)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("current_end", "agreed_end", "ends", "act_by", "start_by", "review_date", "start"), DAYS),
        **dict.fromkeys(("current_value", "annual_value", "options_taken", "options_open"), st.integers(0, 3)),
        "position": st.sampled_from(("Live", "Expired")),
        "kpi_rating": st.sampled_from(("Green", "Red")),
        "title": st.text(max_size=3),
    },
)  # fmt: skip
SHOWINGS = st.builds(
    Showing,
    st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    st.dictionaries(st.sampled_from("abcd"), VALUES, max_size=4),
)


@given(SHOWINGS)
def test_a_showing_held_against_itself_shows_nothing(shown: Showing) -> None:
    assert compare(shown, shown, WORKED_OUT) == []


def applied(before: Showing, after: Showing, found: list[Change]) -> dict[str, dict[str, str | int]]:
    """The earlier contracts with the changes made to them."""
    made = {contract: dict(values) for contract, values in before.contracts.items()}
    for change in found:
        if change.kind is Kind.NEW:
            made[change.contract] = dict(after.contracts[change.contract])
        elif change.kind is Kind.GONE:
            del made[change.contract]
        else:
            values = made[change.contract]
            assert values.pop(change.field, None) == change.before
            if change.after is not None:
                values[change.field] = change.after
    return made


@given(SHOWINGS, SHOWINGS)
def test_the_changes_turn_one_showing_into_the_other(before: Showing, after: Showing) -> None:
    found = compare(before, after, WORKED_OUT)
    assert applied(before, after, found) == {c: dict(v) for c, v in after.contracts.items()}
    each = [(change.contract, change.field) for change in found]
    assert len(each) == len(set(each))
