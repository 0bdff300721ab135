"""The sample builds on any day, is whole, shows every position, and names nobody real."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storage.checklists.gates import GateState, gate_state
from storage.desk.beginning.sample import NAME, build_sample, sample_copy
from storage.desk.checklists.run_state import proposals, run_state
from storage.desk.findings import findings
from storage.desk.people.doubles import likely_doubles
from storage.desk.put_right.finding import GROUPS
from storage.desk.put_right.listing import put_right
from storage.desk.specification.specifications import changed_since_issue, problems, versions_of
from storage.engine.conditions import Where
from storage.engine.errors import Refused, StorageError
from storage.engine.fields import RECORDS, Kind, Record
from storage.engine.history import History
from storage.engine.opening import new_store, open_store
from storage.engine.query import Query
from storage.engine.steps import SEAL
from storage.engine.store import Store
from storage.records.actions import Action
from storage.records.assessments import Given, Run, template_of
from storage.records.contracts import OUR_ROLES, TIERS, Contract, ContractService
from storage.records.finance import CERTAINTIES, Contribution, ValueYear
from storage.records.measures import ASPECTS, Kpi, KpiResult
from storage.records.organisations import Organisation, Person
from storage.records.parties import Party
from storage.records.planning import DecisionMeeting
from storage.records.procurements import REGIMES, Procurement, Representation
from storage.records.reference import Desk
from storage.records.running import VARIATION_STATUSES, Notice, PerformanceNotice, Variation
from storage.records.services import Service
from storage.records.specifications import Section, Specification
from storage.records.terms import OPTION_STATUSES, Extension
from storage.rules.kpis import DIRECTIONS
from storage.rules.position import CANCELLED, POSITIONS
from storage.rules.renewal import RENEWALS

TODAY = date(2026, 11, 23)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d{1,2} \d[A-Z]{2}\b")
TELEPHONE = re.compile(r"\b0\d[\d ]{8,}\d\b")
EMAIL = re.compile(r"[\w.+-]+@[\w.-]+")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample of one day, only read by the tests that share it."""
    path = sample_copy(tmp_path_factory.mktemp("sample"), today=lambda: TODAY)
    store = open_store(path, today=lambda: TODAY)
    yield store
    store.close()


def every_record(store: Store) -> Iterator[Record]:
    for cls in RECORDS.values():
        yield from store.all(cls)


def positions(store: Store) -> Counter[object]:
    position = Contract.FIELDS["position"]
    return Counter(position.value_of(contract, store.today()) for contract in store.all(Contract))


@settings(max_examples=12, deadline=None)
@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
@example(date(2024, 2, 29))
@example(date(2025, 3, 31))
@example(date(2026, 4, 1))
@example(date(2026, 8, 31))
@example(date(2028, 2, 29))
@example(date(2026, 9, 30))
def test_it_builds_on_any_day(today: date) -> None:
    with TemporaryDirectory() as folder:
        store = new_store(Path(folder) / "sample.desk", today=lambda: today)
        try:
            build_sample(store)
            assert set(POSITIONS) == set(positions(store))
            assert not [(r.name, f) for r in every_record(store) if (f := findings(store, r))]
            assert 1 <= days_to_notice(store, "WH-101") <= 6
            assert 28 <= days_to_notice(store, "WH-112") <= 36
            assert days_to_notice(store, "WH-104") < 0
            assert {run.standing for run in store.all(Run)} == {"In progress", "Signed"}
            assert History(store).first_broken() is None
        finally:
            store.close()


def days_to_notice(store: Store, reference: str) -> int:
    """How many days are left to give notice of a contract that is in force."""
    (contract,) = store.all(Contract, Query(where=(Where("reference", "is", (reference,)),)))
    assert Contract.FIELDS["position"].value_of(contract, store.today()) == "Live"
    assert contract.notice_by is not None
    return (contract.notice_by - store.today()).days


def test_it_holds_what_it_promises(sample: Store) -> None:
    counts = {cls.TABLE: len(sample.ids(cls)) for cls in (Contract, Service, Specification, Run, Desk)}
    assert counts == {"contract": 31, "service": 12, "specification": 3, "checklist_run": 6, "desk": 1}
    assert len(sample.ids(Organisation)) >= 12
    assert len(sample.ids(Action)) >= 8
    assert len(sample.ids(Person)) >= 8
    found = positions(sample)
    assert set(found) == set(POSITIONS)
    assert found["Live"] >= 5
    assert found[CANCELLED] == 1


def test_contracts_come_in_every_way_of_buying_and_running(sample: Store) -> None:
    held = sample.all(Contract)
    for name, some in {
        "regime": REGIMES, "renewal": RENEWALS, "our_role": OUR_ROLES, "tier": TIERS, "value_certainty": CERTAINTIES,
    }.items():  # fmt: skip
        assert set(some) <= {getattr(c, name) for c in held}, name
    assert {"Section 75 agreement", "Grant agreement"} <= {c.contract_form for c in held}
    assert {c.process for c in held} >= {
        "Direct award process C", "Most suitable provider process", "Competitive process",
    }  # fmt: skip
    assert len({c.cqc_rating for c in held} - {""}) >= 4
    assert len({c.indexation for c in held} - {""}) >= 5
    assert len({c.term for c in held} - {""}) >= 10
    assert all(c.first_end for c in held if c.term)
    assert [c for c in held if c.form_target and c.form_target_date]
    assert [c for c in held if c.minimum_term and c.notice_to_month_end]
    assert [c for c in held if c.notice_not_before]


def test_the_guidance_for_voluntary_bodies_comes_before_the_last_day_for_notice(sample: Store) -> None:
    (therapy,) = sample.all(Contract, Query(where=(Where("reference", "is", ("WH-119",)),)))
    assert therapy.guidance_notice_by is not None
    assert therapy.notice_by is not None
    assert TODAY < therapy.guidance_notice_by < therapy.notice_by


def test_what_belongs_to_a_contract_comes_in_every_state(sample: Store) -> None:
    assert {e.status for e in sample.all(Extension)} == set(OPTION_STATUSES)
    assert {k.aspect for k in sample.all(Kpi)} == set(ASPECTS)
    assert {k.better for k in sample.all(Kpi)} == set(DIRECTIONS)
    assert {k.rating for k in sample.all(Kpi)} >= {"Green", "Amber", "Red"}
    assert [k for k in sample.all(Kpi) if k.over]
    assert {v.status for v in sample.all(Variation)} == set(VARIATION_STATUSES)
    assert {n.direction for n in sample.all(Notice)} == {"Served by us", "Received by us"}
    assert len({p.status for p in sample.all(PerformanceNotice)}) >= 4
    assert {p.kind for p in sample.all(Procurement)} >= {"Award", "Abandoned"}
    assert sample.all(Representation)
    coming = [m for m in sample.all(DecisionMeeting) if m.on and m.on > TODAY]
    assert max(m.on - TODAY for m in coming if m.on) > timedelta(days=330)
    assert [a for a in sample.all(Action) if a.meeting]
    assert len(likely_doubles(sample)) == 1


def test_five_partners_pay_for_one_service_and_one_of_them_does_not_know_how_much(sample: Store) -> None:
    (centre,) = sample.ids(Contract, Query(where=(Where("reference", "is", ("WH-101",)),)))
    held = [c for c in sample.all(Contribution) if c.contract == centre and c.year == 2026]
    assert len({c.organisation for c in held}) == 5
    assert {c.certainty for c in held} == set(CERTAINTIES)
    assert [c for c in held if c.amount is None and c.until]
    last = [c.amount for c in sample.all(Contribution) if c.contract == centre and c.year == 2025]
    (planned,) = [y.planned for y in sample.all(ValueYear) if y.contract == centre and y.year == 2025]
    assert sum(amount or 0 for amount in last) == planned


def test_measures_have_results_up_to_the_period_that_is_over(sample: Store) -> None:
    results = Counter(r.kpi for r in sample.all(KpiResult))
    assert sum(count >= 5 for count in results.values()) >= 15
    assert max(results.values()) == 8
    assert {k.latest_period for k in sample.all(Kpi)} >= {"Q2 2026/27", "Oct 2026", "H1 2026/27"}


def test_there_is_something_to_put_right_in_every_group(sample: Store) -> None:
    found = put_right(sample).findings
    assert {f.kind.group for f in found} == set(GROUPS) - {"The record itself"}
    assert len({f.kind.key for f in found}) >= 30
    assert len(found) <= 80


def test_every_link_leads_to_a_record_in_use(sample: Store) -> None:
    for record in every_record(sample):
        for name, field in record.FIELDS.items():
            number = getattr(record, name)
            if field.kind is Kind.LINK and number is not None:
                assert not sample.get(RECORDS[field.target], number).binned, f"{record.name}: {name}"


def test_some_contracts_buy_several_services_and_some_services_need_several_contracts(sample: Store) -> None:
    links = sample.all(ContractService)
    assert max(Counter(link.contract for link in links).values()) >= 3
    assert max(Counter(link.service for link in links).values()) >= 3
    assert {link.service for link in links} == set(sample.ids(Service))
    assert {party.role for party in sample.all(Party)} >= {
        "Provider", "Sub-contractor", "Co-ordinating commissioner", "Associate commissioner", "Funder", "Host",
    }  # fmt: skip


def test_money_comes_with_and_without_pence_and_on_every_vat_basis(sample: Store) -> None:
    held = sample.all(Contract)
    assert {bool((c.annual_value or 0) % 100) for c in held} == {True, False}
    assert {c.value_basis for c in held} == {"Excluding VAT", "Including VAT", "Not said"}
    years_apart = [c.reference for c in held if not _agrees(c)]
    assert not years_apart


def _agrees(contract: Contract) -> bool:
    """Whether the value a year is the current value spread over the term, within half of one per cent."""
    worked_out, said = contract.annualised, contract.annual_value
    return worked_out is None or said is None or abs(worked_out - said) <= said // 200


def test_the_users_own_fields_are_filled_in(sample: Store) -> None:
    own = {field.label: field for field in sample.own_fields()["contract"]}
    assert {label: field.kind for label, field in own.items()} == {
        "Clinical lead": Kind.TEXT, "Data protection review": Kind.DAY, "Continuity plan": Kind.CHOICE,
    }  # fmt: skip
    held = sample.all(Contract)
    for field in own.values():
        assert any(field.value_of(contract) for contract in held)


def test_the_specifications_stand_at_different_points(sample: Store) -> None:
    national, local, draft = sorted(sample.all(Specification), key=lambda s: s.reference)
    assert (national.level, local.level, local.parent) == ("National", "Local", national.id)
    assert [len(versions_of(sample, s.key)) for s in (national, local, draft)] == [1, 2, 0]
    assert changed_since_issue(sample, local.key)
    assert not changed_since_issue(sample, national.key)
    assert not problems(sample, local.key)
    assert problems(sample, draft.key)
    assert any("\n|---" in section.body for section in sample.all(Section))


def test_the_checklists_stand_at_different_points(sample: Store) -> None:
    states = {run.template: run_state(sample, run.key) for run in sample.all(Run)}
    decision, review, equality, quality = (states[f"T0{number}"] for number in range(1, 5))
    gates = {gate_state(q, decision.answers.get(q.id)) for q in decision.template.questions}
    assert {GateState.CLOSED, GateState.WAITING, GateState.WAIVED, GateState.OPEN} <= gates
    assert 40 <= decision.progress.percent <= 70
    assert review.progress.percent <= 25
    assert proposals(sample, review.run)
    grid = [q for q in equality.template.questions if q.first.key == "effect"]
    assert len(grid) == 17
    assert all(equality.answers[q.id].values for q in grid)
    assert equality.run.service is not None
    assert not quality.stops
    assert (quality.progress.percent, quality.run.standing) == (100, "Signed")


def test_several_choices_are_kept_in_the_order_of_the_template(sample: Store) -> None:
    for answered in sample.all(Given):
        question = template_of(sample.get(Run, answered.run or 0)).question(answered.question)
        for key, value in answered.values.items():
            if isinstance(value, list):
                assert value == [v for v in question.part(key).values if v in value]


def test_actions_are_overdue_soon_and_done(sample: Store) -> None:
    held = sample.all(Action)
    open_ones = [a.due for a in held if a.status == "Open" and a.due]
    assert min(open_ones) < TODAY < max(open_ones)
    assert [a for a in held if a.status == "Done"]
    for action in held:
        if action.run is not None:
            template_of(sample.get(Run, action.run)).question(action.question)


def test_undo_stops_at_the_signature(sample: Store) -> None:
    history = History(sample)
    last = history.next_undo()
    assert last is not None
    assert (last.kind, last.label.startswith("Sign ")) == (SEAL, True)
    with pytest.raises(Refused):
        history.undo()


def test_everybody_is_invented(sample: Store) -> None:
    for organisation in sample.all(Organisation):
        assert organisation.ods_code.startswith("EX-"), organisation.title
        for number in (organisation.company_number, organisation.charity_number, organisation.other_id):
            assert not number or number.startswith("EX-"), organisation.title
    values = [getattr(record, name) for record in every_record(sample) for name in record.FIELDS]
    said = "\n".join(value for value in values if isinstance(value, str))
    assert all(found.startswith("Q") for found in POSTCODE.findall(said))  # no postcode area begins with Q
    assert all(found.endswith(".example") for found in EMAIL.findall(said))  # a name kept for examples
    assert all(found.startswith("01632 960") for found in TELEPHONE.findall(said))  # numbers kept for drama
    assert len(EMAIL.findall(said)) >= 20


def test_it_goes_into_an_empty_file_only(sample: Store) -> None:
    with pytest.raises(StorageError, match="empty file"):
        build_sample(sample)


def test_a_copy_nobody_has_open_is_replaced_and_one_in_use_is_not(tmp_path: Path) -> None:
    first = sample_copy(tmp_path / "new folder")
    assert first.name == f"{NAME}.desk"
    assert sample_copy(first.parent) == first
    store = open_store(first)
    try:
        second = sample_copy(first.parent)
        assert second.name == f"{NAME} 2.desk"
        assert store.ids(Contract)
    finally:
        store.close()
    assert sample_copy(first.parent) == first
    assert sorted(path.name for path in first.parent.iterdir()) == [f"{NAME} 2.desk", f"{NAME}.desk"]


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StorageError, match="make the sample"):
        sample_copy(tmp_path / "taken" / "inside")
