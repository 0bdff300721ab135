"""Forgetting a person leaves no trace of them in the file or in new copies, and a history that still adds up."""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from storage.desk.checklists.run_state import run_state
from storage.desk.checklists.runs import raise_action, reopen, set_evidence, sign, start_run
from storage.desk.lists.own_fields import add_own_field
from storage.desk.meeting.shown_contracts import keep, shown_now
from storage.desk.people.forgetting import erasure, forgetting_person, place_words, somebody
from storage.engine.backup import backups
from storage.engine.backup.backups import BY_HAND, list_copies, make
from storage.engine.check.checking import check
from storage.engine.contents import finished
from storage.engine.errors import Refused, StorageError
from storage.engine.fields import Kind
from storage.engine.forget.forgetting import Erasure, looking, put_in_place
from storage.engine.forget.old_copies import delete, finding
from storage.engine.forget.texts import Place
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.query import Query
from storage.engine.state import State
from storage.engine.steps import FORGET
from storage.engine.store import Store, with_values
from storage.records.actions import Action
from storage.records.assessments import Given, Run
from storage.records.contracts import Contract, ImportRow
from storage.records.organisations import Organisation, Person
from storage.records.reference import Desk
from storage.records.specifications import Specification, Version
from storage.records.views import SavedView
from tests.campaign.frame import report
from tests.storage.desk.register import TODAY, Register, complete, make_register

NAME, EMAIL, PHONE = "Zsófia Quarmby-O’Dell", "z.quarmby@example.nhs.uk", "0113 555 0142"
TRACES = (b"quarmby", b"QUARMBY", b"Quarmby", b"555 0142", b"5550142", "Zsófia".encode())
GONE = "removed on 23 November 2026"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder, with nothing in it."""
    monkeypatch.setenv(backups.HOME, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def named(tmp_path: Path, home: Path) -> Iterator[Register]:
    """A register in which one person stands wherever a person can, as it is now and as it was."""
    made = make_register(tmp_path / "register.desk")
    made.store.steps.who = NAME
    _write_everywhere(made)
    _sign_one(made)
    yield made
    made.store.close()


def _write_everywhere(made: Register) -> None:
    store = made.store
    add_own_field(store, "Zsófia Quarmby-O'Dell says", Kind.NOTE)
    own = next(iter(store.own_fields()["contract"])).name
    with store.step(f"Meet {NAME}"):
        store.save(Person(title=f"Dr {NAME}", email=EMAIL, phone=PHONE, notes="Met in May"))
        store.save(Person(title="Joy Okafor", notes="Works with Quarmby-O'Dell, Zsófia"))
        contract = store.get(Contract, made.contract)
        store.save(with_values(contract, {"notes": f"Ask {NAME.upper()}\nor {EMAIL}", own: f"{NAME}: yes"}))
        store.save(ImportRow(contract=made.contract, cells={"Lead": NAME, NAME: ["x", NAME]}))
        store.save(Organisation(title="Leeds", phone="+44 (0)113 5550142"))
        store.save(Desk(organisation="Leeds", person=NAME))
        shown = {"where": [["lead_commissioner", "is", [NAME]]], "words": NAME}
        store.save(SavedView(page="contracts", title=f"Of {NAME}", shown=shown))
        spec = store.save(Specification(title="Skin", owner=NAME))
        store.save(Version(specification=spec.id, number="1", content={"owner": NAME, "said": [f"“{NAME}”"]}))
    store.change(Contract, made.contract, {"title": f"Clinics of {NAME}", "lead_commissioner": NAME})
    keep(store, f"Board of {NAME}"[:60], shown_now(store))
    store.change(Contract, made.contract, {"title": "Community dermatology clinics"})
    with store.step("Issue"):
        store.save(replace(store.get(Version, 1), issued_on=TODAY, issued_by=NAME))
    state = State(store)
    state.draft(f"person/{store.get(Person, 1).uuid}/notes", f"More of {NAME}")
    state.draft("contract/x/notes", f"Write to {NAME}")
    state.remember("contract.layout", {"filter": NAME, "columns": [own]})


def _sign_one(made: Register) -> None:
    store = made.store
    run = start_run(store, "T01", service=made.service)
    complete(store, run.key)
    gated = next(q for q in run_state(store, run.key).template.questions if q.gate)
    set_evidence(store, run.key, gated.id, f"Letter of {NAME}")
    raise_action(store, run.key, gated.id, "Write", owner=NAME)
    decision = run_state(store, run.key).template.outcomes[0].value
    for _ in range(2):
        sign(store, run.key, name=NAME, role="Director", decision=decision)
        if not store.get(Run, run.key).reopened:
            reopen(store, run.key, reason=f"{NAME} asked for it")


def forget_in(store: Store, removal: Erasure) -> Path:
    """Forget as the program does, and close the file."""
    path = store.file.path
    done = finished(forgetting_person(store.conn.serialize(), removal, path, "Joy Okafor"))
    store.close()
    put_in_place(path, done)
    return path


def traces(*paths: Path) -> list[str]:
    return [f"{p.name}: {t!r}" for p in paths for t in TRACES if t in p.read_bytes()]


def test_s2_forgetting_leaves_no_byte_of_a_person(named: Register, home: Path, tmp_path: Path) -> None:
    before = traces(named.store.file.path)
    path = forget_in(named.store, erasure(somebody(named.store, NAME), TODAY))
    assert len(before) > 3
    with closing(open_store(path, today=lambda: TODAY)) as store:
        make(store, BY_HAND)
        assert not store.find("quarmby") and store.find("clinics")
    beside = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert len(beside) >= 2 and traces(*beside) == []
    report("S2", {"traces before": len(before), "traces left": len(traces(*beside))})


def test_the_name_is_replaced_in_what_was_signed_and_issued(named: Register) -> None:
    path = forget_in(named.store, erasure(somebody(named.store, NAME), TODAY))
    with closing(open_store(path)) as store:
        run = store.get(Run, 1)
        assert (run.signed_by, run.signed_on, run.signed_role) == (GONE, run.signed_on, "Director")
        assert run.standing == "Signed" and GONE in run.reopened and run.as_signed["actions"][0][2] == GONE  # type: ignore[index]
        version = store.get(Version, 1)
        assert version.issued_by == GONE and version.content == {"owner": GONE, "said": [f"“{GONE}”"]}
        assert store.all(Action)[0].owner == GONE and store.get(Person, 2).notes == f"Works with {GONE}"
        assert 1 not in store.many(Person, [1]) and store.all(Organisation)[1].phone == GONE
        with pytest.raises(StorageError, match="signed"), store.step("Change"):
            store.save(replace(run, title="Other"))


def test_a_file_is_whole_after_forgetting_and_says_what_was_done(named: Register) -> None:
    others = {r.id: r for r in named.store.all(Given)}
    path = forget_in(named.store, erasure(somebody(named.store, NAME), TODAY))
    assert check(path).damage == []
    with closing(open_store(path)) as store:
        history = History(store)
        last = history.latest(1)[0]
        assert last.kind == FORGET and last.who == "Joy Okafor"
        assert last.label == "Forget a person. The history was sealed anew from step 2 on."
        assert history.first_broken() is None
        with pytest.raises(Refused, match="Undo stops here"):
            history.undo()
        changed = {r.id for r in store.all(Given) if r != others[r.id]}
        assert changed == {r.id for r in others.values() if NAME in f"{r}"}
        store.change(Contract, named.contract, {"title": "Work goes on"})
        assert history.first_broken() is None


def test_what_is_found_is_told_by_place_with_examples(named: Register) -> None:
    who = somebody(named.store, f"dr {NAME.lower()}")
    assert list(who.people) == [1] and who.spellings[1:] == (EMAIL,) and who.phones == (PHONE,)
    found = finished(looking(named.store.conn.serialize(), erasure(who, TODAY)))
    words = {place_words(p, named.store.own_fields()): f for p, f in found.items()}
    assert (words["Action: owner"].now, words["Action: owner"].former) == (1, 1)
    assert words["Action: owner"].examples == [NAME] and words["History: who made a change"].now > 5
    assert words["Contract: title"].now == 0 and words["Contract: title"].former == 2
    assert {"Checklist: signed by", "Version: content", "Drafts of what is being typed"} <= set(words)
    assert not any(w.startswith(("Person: name", "Person: email")) for w in words)


def test_a_place_that_is_unticked_stays_as_it_is(named: Register) -> None:
    kept = Place("organisation", "phone")
    path = forget_in(named.store, erasure(somebody(named.store, NAME), TODAY, keep=[kept]))
    with closing(open_store(path)) as store:
        assert store.all(Organisation)[1].phone == "+44 (0)113 5550142" and store.all(Action)[0].owner == GONE
    assert check(path).damage == []


def test_a_record_of_somebody_else_of_the_same_name_can_be_spared(named: Register) -> None:
    path = forget_in(named.store, erasure(somebody(named.store, NAME), TODAY, spared=[1]))
    with closing(open_store(path)) as store:
        assert store.get(Person, 1).title == f"Dr {NAME}" and store.all(Action)[0].owner == GONE


def test_old_copies_that_hold_the_person_are_named_and_deleted_when_asked(
    named: Register, home: Path
) -> None:
    copy = make(named.store, BY_HAND)
    packed = home / "weekly.zip"
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("rows.jsonl", f'{{"owner": "{NAME}"}}')
    broken = home / "rescue" / "register.desk"
    broken.parent.mkdir()
    broken.write_bytes(copy.path.read_bytes()[:20_000])
    other = make_register(home / "other.desk").store
    with other.step("Name"):
        other.save(Person(title=NAME))
    other.close()
    who = somebody(named.store, NAME)
    uuid = State(named.store).file_uuid
    path = forget_in(named.store, erasure(who, TODAY))
    found = finished(finding(uuid, path, who.spelling))
    assert {h.path for h in found} == {copy.path, packed, broken} and copy.name in found[-1].summary + found[
        0
    ].summary
    delete(found)
    assert (
        finished(finding(uuid, path, who.spelling)) == []
        and list_copies(uuid) == []
        and (home / "other.desk").exists()
    )


def test_nothing_is_replaced_when_the_file_changed_meanwhile(named: Register) -> None:
    store, path = named.store, named.store.file.path
    done = finished(
        forgetting_person(store.conn.serialize(), erasure(somebody(store, NAME), TODAY), path, "")
    )
    with pytest.raises(StorageError, match="open in this program"):
        put_in_place(path, done)
    done = finished(
        forgetting_person(store.conn.serialize(), erasure(somebody(store, NAME), TODAY), path, "")
    )
    store.change(Contract, named.contract, {"title": "Meanwhile"})
    store.close()
    with pytest.raises(StorageError, match="changed meanwhile"):
        put_in_place(path, done)
    assert [p.name for p in path.parent.iterdir() if p.is_file()] == [path.name] and traces(path)


def test_a_history_altered_from_outside_is_not_sealed_anew(named: Register) -> None:
    named.store.conn.execute("update step set label = 'Nothing' where id = 3")
    with pytest.raises(StorageError, match="altered from outside"):
        forget_in(named.store, erasure(somebody(named.store, NAME), TODAY))


@pytest.mark.parametrize("name", ["", "  ", "-", "J"])
def test_a_name_too_short_is_refused(register: Register, name: str) -> None:
    with pytest.raises(StorageError, match="Type the name"):
        somebody(register.store, name)


def test_somebody_who_is_nowhere_in_the_file_is_found_nowhere(register: Register) -> None:
    who = somebody(register.store, "Nobody Atall", ["N. Atall"])
    assert finished(
        looking(register.store.conn.serialize(), erasure(who, TODAY))
    ) == {} and not register.store.all(Person, Query(binned=True))
