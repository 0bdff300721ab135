"""Two records that are one are merged without losing a link, a name or a number, and one undo takes it all back."""

import pytest

from storage.desk.people.doubles import likely_doubles, said_apart, say_apart
from storage.desk.people.joining import compared, join, named_in
from storage.desk.people.organisations import find_by_name
from storage.engine.errors import StorageError
from storage.engine.fields import RECORDS, Kind
from storage.exchange.importing.providers import Providers, reading
from storage.records.actions import Action
from storage.records.contracts import Contract, ContractService
from storage.records.finance import Contribution
from storage.records.organisations import Organisation, OtherName, Person, Site
from storage.records.services import Service
from tests.storage.desk.register import Register


def test_every_record_that_names_an_organisation_names_the_other_after_a_merge(register: Register) -> None:
    store = register.store
    with store.step("More"):
        into = store.save(Organisation(title="Millbrook Health Limited", company_number="01234567"))
        store.save(Site(organisation=register.provider, title="Mill Lane"))
        store.save(Contribution(contract=register.contract, organisation=register.provider, amount=5))
        store.save(Person(title="Joy", organisation=register.provider))
    join(store, Organisation, register.provider, into.key)
    for cls in RECORDS.values():
        for field in cls.FIELDS.values():
            if field.kind is Kind.LINK and field.target == "organisation" and field.name != "merged_into":
                assert register.provider not in {getattr(r, field.name) for r in store.all(cls)}, cls.LABEL
    assert named_in(store, store.get(Organisation, register.provider)) == "nothing"
    kept = store.get(Organisation, into.key)
    assert "1 party to a contract" in named_in(store, kept) and "1 site" in named_in(store, kept)
    assert kept.company_number == "01234567"
    assert kept.address == "Unit 4, Mill Lane", "what the other lacked is taken over"
    register.undo()
    assert store.get(Contract, register.contract).provider_name == "Millbrook Health CIC"
    assert store.all(OtherName) == []


def test_the_old_name_finds_the_other_also_when_a_register_is_imported(register: Register) -> None:
    store = register.store
    with store.step("More"):
        into = store.save(Organisation(title="Millbrook Group"))
    join(store, Organisation, register.provider, into.key)
    found = find_by_name(store, "  millbrook health cic ")
    assert found is not None and found.key == into.key
    *_, providers = reading(store)
    assert isinstance(providers, Providers)
    assert providers.held["millbrook health cic"] == into.key
    with store.step("A name by hand"):
        store.save(OtherName(title="MH Ltd", organisation=into.key))
    by_hand = find_by_name(store, "MH LTD")
    assert by_hand is not None and by_hand.key == into.key


def test_chosen_values_are_taken_over_and_the_rest_stays(register: Register) -> None:
    store = register.store
    with store.step("More"):
        into = store.save(Organisation(title="Millbrook", address="New Street", email="a@b.example"))
    old = store.get(Organisation, register.provider)
    assert [f.name for f in compared(old, into)] == ["title", "address", "email"]
    join(store, Organisation, old.key, into.key, {"address": old.address})
    kept = store.get(Organisation, into.key)
    assert (kept.title, kept.address, kept.email) == ("Millbrook", "Unit 4, Mill Lane", "a@b.example")


def test_people_and_services_go_to_the_bin_and_what_named_them_names_the_other(register: Register) -> None:
    store = register.store
    with store.step("More"):
        into = store.save(Service(title="Dermatology, community"))
        store.save(ContractService(contract=register.contract, service=into.id))
        store.save(Action(title="Look", service=register.service))
    join(store, Service, register.service, into.key)
    assert {c.service for c in store.all(ContractService)} == {into.key}
    assert [a.service for a in store.all(Action)] == [into.key]
    assert store.get(Service, register.service).binned
    with pytest.raises(StorageError, match="into itself"):
        join(store, Service, into.key, into.key)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"title": "Acorn Care Ltd"}, {"title": "ACORN CARE LIMITED"}, "form"),
        ({"title": "Oak & Ash"}, {"title": "Oak and Ash"}, "form"),
        (
            {"title": "Acorn", "company_number": "1234567"},
            {"title": "Different", "company_number": "01234567"},
            "company number",
        ),
        (
            {"title": "Acorn", "charity_number": "1 234 567"},
            {"title": "B", "charity_number": "1234567"},
            "charity",
        ),
        ({"title": "Acorn", "ods_code": "rx1"}, {"title": "B", "ods_code": "RX1"}, "ODS"),
    ],
)
def test_likely_doubles_say_why(
    register: Register, one: dict[str, str], other: dict[str, str], why: str
) -> None:
    store = register.store
    with store.step("More"):
        store.save(Organisation(**one))  # type: ignore[arg-type]
        store.save(Organisation(**other))  # type: ignore[arg-type]
    (found,) = likely_doubles(store)
    assert why.casefold() in found.why.casefold()


def test_what_only_looks_alike_is_no_double_and_a_pair_said_to_be_two_stays_two(register: Register) -> None:
    store = register.store
    with store.step("More"):
        store.save_many([Organisation(title="Acorn North"), Organisation(title="Acorn South")])
        store.save_many([Organisation(title=""), Organisation(title="")])
    assert likely_doubles(store) == []
    with store.step("More"):
        store.save(Organisation(title="Acorn North Ltd"))
    (found,) = likely_doubles(store)
    say_apart(store, found)
    assert likely_doubles(store, said_apart(store)) == []


def test_people_are_known_by_address_and_services_by_name(register: Register) -> None:
    store = register.store
    with store.step("More"):
        store.save_many(
            [Person(title="J. Lee", email="J@x.example"), Person(title="Joy", email="j@X.example")]
        )
        store.save(Service(title="Community Dermatology"))
    assert {type(d.kept) for d in likely_doubles(store)} == {Person, Service}
