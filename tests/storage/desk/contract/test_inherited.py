"""Inherited contracts: the way of the portfolio towards the standard contract, counted without gaps."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from storage.desk.contract.inherited import NO_TARGET, STANDARD, portfolio, portfolio_of
from storage.desk.finance.money import read_money
from storage.records.contracts import FITNESS, FORMS, Contract
from tests.storage.desk.register import Register

TODAY = date(2026, 11, 23)


def contract(number: int = 1, **fields: object) -> Contract:
    return Contract(id=number, **({"title": "Day centre"} | fields))  # type: ignore[arg-type]


def test_the_words_tell_progress_overdue_and_the_next_date() -> None:
    found = portfolio_of(
        [
            contract(1, contract_form=FORMS[0]),
            contract(2, contract_form="Council terms", form_target=FORMS[1], form_target_date=date(2026, 9, 30)),
            contract(3, contract_form="Council terms", form_target=FORMS[1], form_target_date=date(2027, 3, 31),
                     fitness="Fit"),
            contract(4, fitness="Not reviewed"),
        ],
        TODAY,
    )  # fmt: skip
    assert found.words() == (
        "1 of 4 contracts on the NHS Standard Contract (25%). 2 still to move, 1 overdue; 1 without a target form. "
        "Fitness reviewed: 1 of 4. Next to be moved by 31 Mar 2027."
    )
    assert [m.contract.id for m in found.waiting] == [2, 3, 4]
    assert [(m.held, m.target, m.contracts, m.overdue) for m in found.moves] == [
        ("Council terms", FORMS[1], 2, 1), ("Not recorded", NO_TARGET, 1, 0), (FORMS[0], FORMS[0], 1, 0),
    ]  # fmt: skip
    assert found.moves[0].next_date == date(2027, 3, 31)
    assert portfolio_of([], TODAY).words() == "No contract runs."


def test_a_contract_on_its_target_form_has_arrived_whatever_its_date() -> None:
    [moved] = portfolio_of(
        [
            contract(
                contract_form="Grant agreement",
                form_target="Grant agreement",
                form_target_date=date(2020, 1, 1),
            )
        ],
        TODAY,
    ).every
    assert moved.arrived and not moved.overdue(TODAY) and moved.inherited


def test_only_contracts_that_run_belong_to_the_portfolio(register: Register) -> None:
    with register.store.step("Add"):
        register.store.save_many(
            [Contract(title="Draft", stage="Draft"), Contract(title="Runs", stage="Signed")]
        )
    assert {m.contract.title for m in portfolio(read_money(register.store)).every} == {
        "Community dermatology clinics", "Runs",
    }  # fmt: skip


@given(
    st.lists(
        st.builds(
            contract,
            contract_form=st.sampled_from(("", *FORMS)),
            form_target=st.sampled_from(("", *FORMS)),
            form_target_date=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
            fitness=st.sampled_from(("", *FITNESS)),
        ),
        max_size=12,
    )
)
def test_every_contract_is_counted_once(contracts: list[Contract]) -> None:
    found = portfolio_of(contracts, TODAY)
    assert sum(m.contracts for m in found.moves) == len(contracts)
    assert sum(m.overdue for m in found.moves) == found.overdue
    assert sum(m.reviewed for m in found.moves) == found.reviewed
    assert len(found.waiting) + sum(m.arrived for m in found.every) == len(contracts)
    assert found.standard == sum(c.contract_form in STANDARD for c in contracts)
