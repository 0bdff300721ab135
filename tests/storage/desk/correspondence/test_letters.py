"""Letters are kept word for word with the notice they serve, and stay so whatever changes later."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from storage.desk.beginning.reference_lists import add_lists
from storage.desk.correspondence.letter_places import problems
from storage.desk.correspondence.letters import (
    Draft,
    Serving,
    dated,
    drafted,
    letters_of,
    make_letter,
    notice_days,
    save_template,
    templates,
)
from storage.desk.findings import findings
from storage.desk.office import change_office
from storage.engine.errors import StorageError
from storage.records.contracts import Contract
from storage.records.letters import LETTER_KINDS, Letter, LetterTemplate
from storage.records.running import Notice, Variation
from tests.storage.desk.register import TODAY, Register, make_register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = make_register(tmp_path / "register.desk")
    with made.store.step("Lists"):
        add_lists(made.store)
    change_office(made.store, {"organisation": "Northmarsh ICB", "person": "Joy Okafor", "role": "Manager"})
    yield made
    made.store.close()


def template(register: Register, kind: str) -> LetterTemplate:
    return next(t for t in templates(register.store) if t.kind == kind)


def test_every_kind_of_letter_has_a_template_whose_places_are_known(register: Register) -> None:
    found = templates(register.store)
    assert [t.kind for t in found] == [kind for kind in LETTER_KINDS if kind != "Other"]
    for each in found:
        assert problems(each.subject + each.body) == ()
        assert "Yours sincerely" in each.body


def test_a_letter_is_kept_with_its_notice_in_one_step(register: Register) -> None:
    store = register.store
    draft = drafted(store, register.contract, template(register, "Non-renewal"))
    assert draft.subject == "Notice that Community dermatology clinics will end on 31 March 2027"
    assert draft.addressee == "Millbrook Health CIC\nUnit 4, Mill Lane"
    assert draft.missing == ()
    assert draft.facts["notice by"] == "30 September 2026"
    steps = len(register.labels())
    letter = make_letter(
        store, register.contract, draft, Serving(date(2026, 11, 20), "Email", as_notice=True)
    )
    assert len(register.labels()) == steps + 1
    notice = store.all(Notice)[0]
    assert (notice.kind, notice.served_on, notice.method) == ("Non-renewal", date(2026, 11, 20), "Email")
    assert (notice.latest_valid, notice.takes_effect) == (date(2026, 9, 30), date(2027, 3, 31))
    assert (notice.clause, notice.letter) == ("17.2", letter.title)
    store.change(Contract, register.contract, {"current_end": date(2028, 3, 31), "title": "Renamed"})
    kept = store.get(Letter, letter.key)
    assert "31 March 2027" in kept.body
    assert dict(kept.facts) == {**draft.facts, "dated": "2026-11-20"}
    again = make_letter(
        store, register.contract, drafted(store, register.contract, template(register, "Non-renewal"))
    )
    assert [each.key for each in letters_of(store, register.contract)] == [again.key, letter.key]
    register.undo()
    assert [each.key for each in letters_of(store, register.contract)] == [letter.key]


@pytest.mark.parametrize(
    ("draft", "serving", "said"),
    [
        (Draft("Other", " ", "", "Words"), None, "no subject"),
        (Draft("Other", "About [clause]", "", "by [notice by]"), None, r"\[clause\], \[notice by\]"),
        (Draft("Other", "About", "", ""), Serving(date(2026, 12, 1)), "cannot lie in the future"),
        (Draft("Non-renewal", "About", "", ""), Serving(as_notice=True), "the day it was served is missing"),
        (
            Draft("Performance meeting", "A", "", ""),
            Serving(TODAY, as_notice=True),
            "letters of this kind serve none",
        ),
        (Draft("Other", "About", "", ""), Serving(TODAY, "Pigeon"), "no way to send a letter"),
    ],
)
def test_a_letter_that_is_not_ready_is_refused_whole(
    register: Register, draft: Draft, serving: Serving | None, said: str
) -> None:
    with pytest.raises(StorageError, match=said):
        make_letter(register.store, register.contract, draft, serving)
    assert register.store.all(Letter) == []
    assert register.store.all(Notice) == []


def test_each_notice_knows_its_days(register: Register) -> None:
    store = register.store
    with store.step("Variation"):
        store.save(Variation(contract=register.contract, title="Saturdays", effective_on=date(2027, 1, 1)))
    contract = store.get(Contract, register.contract)
    assert notice_days(store, contract, "Variation cover") == (None, date(2027, 1, 1))
    assert notice_days(store, contract, "Extension") == (None, None)
    assert notice_days(store, contract, "Award") == (None, None)


def test_a_template_with_an_unknown_place_or_a_name_taken_is_refused(register: Register) -> None:
    store = register.store
    made = save_template(store, LetterTemplate(title=" Thanks ", subject="Thank you", body="Dear {provider}"))
    assert made.title == "Thanks"
    with pytest.raises(
        StorageError, match=r"In the words: There is no place \{provdr\}. Did you mean \{provider\}"
    ):
        save_template(store, replace(made, body="Dear {provdr}"))
    with pytest.raises(StorageError, match="no name"):
        save_template(store, replace(made, title=" "))
    with pytest.raises(StorageError, match="a template “THANKS” already"):
        save_template(store, LetterTemplate(title="THANKS"))
    save_template(store, replace(made, subject="Many thanks"))
    assert store.get(LetterTemplate, made.key).subject == "Many thanks"
    assert register.labels()[-1] == "Change the letter template “Thanks”"
    assert (
        drafted(store, register.contract, store.get(LetterTemplate, made.key)).body
        == "Dear Millbrook Health CIC"
    )


def test_a_letter_keeps_the_day_it_carries(register: Register) -> None:
    letter = make_letter(register.store, register.contract, Draft("Other", "Thanks", "", "Dear all"))
    register.store.change(Letter, letter.key, {"sent_on": date(2026, 11, 1)})
    assert dated(register.store.get(Letter, letter.key)) == TODAY
    assert dated(Letter(made_on=date(2026, 1, 2))) == date(2026, 1, 2)


def test_an_unknown_place_is_a_finding_of_its_template(register: Register) -> None:
    found = findings(register.store, LetterTemplate(title="T", subject="{contract}", body="{provdr}"))
    assert found == {"body": "There is no place {provdr}. Did you mean {provider}?"}


def test_a_bidder_is_not_addressed_as_the_provider(register: Register) -> None:
    draft = drafted(register.store, register.contract, template(register, "Unsuccessful bidder"))
    assert draft.addressee == ""
    assert "procurement" in draft.missing
