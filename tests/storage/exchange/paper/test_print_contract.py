"""A contract on a page: parties, dates, sums, what belongs to it, what comes next; and always one page."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.desk.beginning.sample import build_sample
from storage.desk.bin import move_to_bin
from storage.desk.checklists.runs import raise_action, sign, start_run
from storage.desk.contract.links import add_party, link_specification, parties_of_contract, set_provider
from storage.desk.specification.specifications import start_specification
from storage.engine.opening import new_store
from storage.engine.own_fields import OwnField
from storage.exchange.paper.papers import Fact
from storage.exchange.paper.papers_contract import Explained, LinkedPaper, NumberedAction, PartyPaper
from storage.exchange.paper.print_contract import contract_paper, first_words
from storage.exchange.paper.printing import pdf
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.specifications import Specification
from tests.storage.desk.register import Register, complete, make_register
from tests.storage.exchange.contract_samples import add_everything
from tests.storage.exchange.paper_samples import read, words


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    yield made
    made.store.close()


def by_label(items: tuple[Explained, ...]) -> dict[str, Explained]:
    return {item.label: item for item in items}


def test_dates_and_values_come_with_their_why(register: Register) -> None:
    store = register.store
    store.change(Contract, register.contract, {"value_basis": "Excluding VAT", "directorate": "Planned care"})
    paper = contract_paper(store, register.contract)
    assert (paper.title, paper.reference) == ("Community dermatology clinics", "CD-0064")
    assert paper.status == "Signed. Live: it runs to the end of 31 Mar 2027"
    dates = by_label(paper.dates)
    assert dates["Maximum end"] == Explained("Maximum end", "31 Mar 2028", "If every extension is taken up.")
    assert dates["Last day to give notice"].value == "30 Sep 2026"
    assert dates["Last day to give notice"].why.startswith(
        "End 31 Mar 2027 less 6 months’ notice (clause 17.2)."
    )
    assert dates["Serve notice by"].value == "2 Sep 2026"
    worth = by_label(paper.values)["In all, to the current end"]
    assert (worth.value, worth.why) == ("£125,123", "Excluding VAT. Extensions taken up included.")
    assert Fact("Directorate or service", "Planned care") in paper.facts
    assert paper.buys == "Community dermatology"
    assert paper.reasons == ()


def test_the_next_three_days_stand_at_the_head(register: Register) -> None:
    store = register.store
    store.change(
        Contract, register.contract, {"review_date": date(2026, 11, 24), "insurance_expiry": date(2027, 9, 9)}
    )
    add_everything(store, register.contract)
    days = contract_paper(store, register.contract).next_days
    assert [(d.label, d.day, d.note) for d in days] == [
        ("Review", "24 Nov 2026", "Tuesday, tomorrow"),
        ("Contract review", "3 Dec 2026", "Thursday, in 10 days"),
        ("Break date", "31 Jan 2027", "Sunday, in 69 days"),
    ]
    later = contract_paper(store, register.contract, date(2026, 1, 1)).next_days
    assert [d.label for d in later] != [d.label for d in days]


def test_everything_a_contract_has_is_on_one_tagged_page(register: Register) -> None:
    add_everything(register.store, register.contract)
    content = pdf(contract_paper(register.store, register.contract))
    assert b"pdfuaid" in content
    assert len(read(content).pages) == 1
    printed = words(content)
    for expected in (
        "Option 1", "£70,000", "People seen in time, group 1", "at least 90%", "95%", "Q2 26/27", "Worsening",
        "Send plan 1", "10 Nov 2026, overdue", "Last meeting 3 Sep 2026: 4 agreed there, 1 done since.",
        "Performance: Waits above the limit", "Activity query", "Clinicians leave", "Extreme 16",
        "This year, 2026/27", "£62,000", "£122,000 plus 1 to be confirmed",
    ):  # fmt: skip
        assert expected in printed, expected


@pytest.mark.parametrize(("measures", "actions"), [(12, 20), (30, 60), (0, 40)])
def test_what_is_too_much_for_a_page_is_counted(register: Register, measures: int, actions: int) -> None:
    add_everything(register.store, register.contract, measures=measures, actions=actions)
    content = pdf(contract_paper(register.store, register.contract))
    assert len(read(content).pages) == 1
    assert "more open actions" in words(content)


def test_reasons_stand_behind_the_page(register: Register) -> None:
    content = pdf(contract_paper(register.store, register.contract, reasons=True))
    pages = [page.extract_text() for page in read(content).pages]
    assert len(pages) > 1
    assert "Why these dates and figures" not in pages[0]
    behind = " ".join(pages[1].split())
    assert "Last day to give notice: 30 September 2026" in behind
    assert "6 months’ notice by the commissioner. [clause 17.2]" in behind


def test_every_contract_of_the_sample_is_one_page(tmp_path: Path) -> None:
    with closing(new_store(tmp_path / "sample.desk", today=lambda: date(2026, 11, 23))) as store:
        build_sample(store)
        contracts = store.all(Contract)
        assert any(len(parties_of_contract(store, c.key)) >= 7 for c in contracts)
        pages = {c.reference: len(read(pdf(contract_paper(store, c.key))).pages) for c in contracts}
    assert set(pages.values()) == {1}, pages


def test_parties_stand_in_their_roles(register: Register) -> None:
    store = register.store
    with store.step("Host"):
        host = store.save(Organisation(title="Old Trust", address="1 Street\n\nTown", email="a@b.example"))
    add_party(store, register.contract, host.key, "Host", share="Lot 2")
    with store.step("Bin"):
        store.bin(Organisation, [host.key])
    assert contract_paper(store, register.contract).parties == (
        PartyPaper("Provider", "Millbrook Health CIC"),
        PartyPaper("Host", "Old Trust (in the bin)", "Lot 2"),
    )


def test_what_belongs_to_it_is_listed(register: Register) -> None:
    store = register.store
    specification = start_specification(store, "council", "Dermatology")
    link_specification(store, register.contract, specification.key)
    first = start_run(store, "T04", contract=register.contract)
    raise_action(store, first.key, "T04-01", "Write to partners", owner="Joy", due=date(2026, 11, 20))
    complete(store, first.key)
    sign(store, first.key, name="Dr A Mehta", role="Director", decision="Go on")
    start_run(store, "T01", contract=register.contract)
    paper = contract_paper(store, register.contract)
    assert paper.specifications == (LinkedPaper("Dermatology", "SP-1, not issued yet"),)
    assert [(c.name.split()[0], c.detail) for c in paper.checklists] == [
        ("CL-1", "signed 23 Nov 2026 by Dr A Mehta: Go on"),
        ("CL-2", "in progress, 0 of 27 questions answered"),
    ]
    assert paper.actions == (NumberedAction("1", "Write to partners", "Joy", "20 Nov 2026", late=True),)
    assert paper.actions_said == "No meeting is recorded."
    assert "1 action is overdue." in paper.needs_attention
    move_to_bin(store, Specification, [specification.key])
    assert contract_paper(store, register.contract).specifications[0].detail.endswith("in the bin")


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 1, 1), ()),
        (date(2026, 7, 1), ("Notice, if it is to be given, is to be served by 2 September 2026.",)),
        (
            date(2026, 9, 3),
            ("Notice should have been served by 2 September 2026; the last day is 30 September 2026.",),
        ),
        (date(2026, 10, 1), ("The last day to give notice, 30 September 2026, has passed.",)),
        (date(2027, 4, 1), ()),
    ],
)
def test_days_that_are_near_or_past_are_pointed_out(
    register: Register, today: date, words: tuple[str, ...]
) -> None:
    assert contract_paper(register.store, register.contract, today).needs_attention == words


def test_findings_stand_on_the_page(register: Register) -> None:
    store = register.store
    set_provider(store, register.contract, None)
    store.change(Contract, register.contract, {"unread": "Value: lots", "max_end": date(2020, 1, 1)})
    said = contract_paper(store, register.contract).needs_attention
    assert "No organisation has the role of provider." in said
    assert "Maximum end is before the current end, 31 Mar 2027." in said
    assert any("could not be read" in words for words in said)


def test_a_bare_contract_still_prints(register: Register) -> None:
    store = register.store
    with store.step("Bare"):
        bare = store.save(Contract())
    paper = contract_paper(store, bare.key, reasons=True)
    assert paper.reference == f"number {bare.id}"
    assert paper.dates == (
        Explained("Last day to give notice", "", first_words(store.why(bare, "notice_by"))),
    )
    assert (paper.values, paper.next_days, paper.kpis_said) == ((), (), "")
    assert pdf(paper).startswith(b"%PDF-")
    move_to_bin(store, Contract, [bare.key])
    assert contract_paper(store, bare.key).status.startswith("In the bin. ")


def test_own_fields_and_hostile_words(register: Register) -> None:
    store = register.store
    hostile = '#panic("x") *a* $x$ <b>b</b> @ref \\ `c`'
    with store.step("Own"):
        store.save(OwnField(table="contract", code="panel", label=hostile, kind="text"))
        store.save(OwnField(table="contract", code="cost", label="Cost", kind="money"))
    store.change(Contract, register.contract, {"title": hostile, "own:panel": hostile, "own:cost": 12_50})
    paper = contract_paper(store, register.contract)
    assert paper.own_fields == (Fact(hostile, hostile), Fact("Cost", "£12.50"))
    assert pdf(paper).startswith(b"%PDF-")


@given(st.text(max_size=600))
def test_first_words_are_short_and_lose_no_meaning_at_the_front(text: str) -> None:
    said = first_words(text)
    assert len(said) <= 260
    assert not said or said[:1] != " "
