"""Two copies of one file, worked on separately, are put together by record and field; nothing is lost or made up."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.engine.backup.snapshots import save_as
from storage.engine.contents import finished
from storage.engine.errors import Refused
from storage.engine.fields import OWN, RECORDS, Kind, Record
from storage.engine.history import History
from storage.engine.merge.joining import SEALED, UNREADABLE, Difference, Joining, joining
from storage.engine.merge.later import later_steps
from storage.engine.merge.merging import NO_TARGET, OTHERWISE, Outcome, merging, replaying
from storage.engine.opening import new_store, open_store
from storage.engine.own_fields import OwnField
from storage.engine.query import Query
from storage.engine.steps import REOPEN, SEAL
from storage.engine.store import Store
from tests.storage.engine.conftest import TODAY, all_of, run, stale, unsearched
from tests.storage.engine.library import Author, Book, Edition, Page, Shelf, Writing, only_the_library

R = TypeVar("R", bound=Record)
Contents = dict[tuple[str, str], dict[str, object]]
MERGE = "Merge changes from the other file"


def contents(store: Store, *, derived: bool = False) -> Contents:
    """Every record by its UUID, without blanks; links as the UUIDs of what they lead to."""
    uuids = {(t, r.id): r.uuid for t, found in all_of(store).items() for r in found}
    made: Contents = {}
    for table, found in all_of(store).items():
        for record in found:
            held: dict[str, object] = {OWN + k: v for k, v in record.own.items()}
            for field in type(record).FIELDS.values():
                value = field.to_sql(getattr(record, field.name))
                if field.kind is Kind.LINK and value is not None:
                    value = uuids[field.target, getattr(record, field.name)]
                if value is not None and not field.from_today and (derived or not field.derived):
                    held[field.name] = value
            made[table, record.uuid] = held | ({"binned": record.binned} if record.binned else {})
    return made


def joined(mine: Store, theirs: Store) -> Joining:
    return finished(joining(mine, theirs.conn))


def merge(of: Joining, chosen: list[Difference]) -> Outcome:
    outcome = Outcome()
    run(merging(of, chosen, MERGE, outcome))
    return outcome


def replay(of: Joining) -> Outcome:
    outcome = Outcome()
    run(replaying(of, "Replay later changes", outcome))
    return outcome


def whole(store: Store) -> None:
    assert History(store).first_broken() is None
    assert stale(store) == [] and unsearched(store) == []


@contextmanager
def parted(folder: Path) -> Iterator[tuple[Store, Store, Store]]:
    """Three copies of a file with some records: mine, theirs, and one that nobody works on."""
    with ExitStack() as held:
        first = new_store(folder / "mine.desk", who="Ann", today=lambda: TODAY)
        held.callback(first.close)
        with first.step("Start"):
            first.save(OwnField(table="book", code="ward", label="Ward", position=1))
            first.save(OwnField(table="book", code="spine", label="Spine", position=2))
            first.save(Shelf(title="Top"))
            first.save_many([Author(title="Austen"), Author(title="Stoker")])
            first.save_many(
                [Book(title="Emma", reference="B1", shelf=1), Book(title="Dracula", reference="B2")]
            )
            first.save_many([Writing(book=1, author=1), Writing(book=2, author=2)])
            first.save_many([Edition(number="1"), Edition(number="2")])
            first.save_many([Page(edition=1, words="First"), Page(edition=2, words="Second")])
        with first.step("Issue edition 2", SEAL):
            first.save(replace(first.get(Edition, 2), issued_on=TODAY))
        with first.step("Add one more"):  # which either may undo
            first.save(Writing(book=first.save(Book(title="Persuasion", price=7)).id, author=1))
        others = []
        for name in ("theirs", "aside"):
            save_as(first, folder / f"{name}.desk")
            others.append(open_store(folder / f"{name}.desk", who="Bob", today=lambda: TODAY))
            held.callback(others[-1].close)
        yield first, others[0], others[1]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Mine and theirs."""
    with parted(tmp_path) as (mine, theirs, _):
        yield mine, theirs


# ---- what people do to a file, at random


def pick(store: Store, cls: type[R], number: int, query: Query | None = None) -> R | None:
    ids = store.ids(cls, query or Query())
    return store.get(cls, ids[number % len(ids)]) if ids else None


def change_book(store: Store, number: int, words: str) -> None:
    if book := pick(store, Book, number):
        shelf = pick(store, Shelf, len(words))
        own = dict(book.own) | ({"ward": words} if number % 2 else {"spine": words})
        store.save(replace(book, notes=words, pages=len(words), own=own, shelf=shelf.id if shelf else None))


def change_title(store: Store, number: int, words: str) -> None:
    if author := pick(store, Author, number):
        store.save(replace(author, title=words))
    if number % 2 and (book := pick(store, Book, number)):
        store.save(replace(book, title=words))


def add(store: Store, number: int, words: str) -> None:
    author = store.save(Author(title=words))
    book = store.save(Book(title=words, price=number, shelf=store.save(Shelf(title=words)).id))
    store.save(Writing(book=book.id, author=author.id))


def link(store: Store, number: int, words: str) -> None:
    if (book := pick(store, Book, number)) and (author := pick(store, Author, len(words))):
        store.save(Writing(book=book.id, author=author.id))


def put_in_bin(store: Store, number: int, words: str) -> None:
    if book := pick(store, Book, number):
        store.bin(Book, [book.key])


def take_out(store: Store, number: int, words: str) -> None:
    if book := pick(store, Book, number, Query(binned=True)):
        store.unbin(Book, [book.key])


def page(store: Store, number: int, words: str) -> None:
    edition = pick(store, Edition, number)
    if edition and not edition.issued_on:
        store.save(Page(edition=edition.id, words=words))


def seal(store: Store, number: int, words: str) -> None:
    edition = pick(store, Edition, number)
    if edition and not edition.issued_on:
        store.save(replace(edition, issued_on=TODAY))


def reopen(store: Store, number: int, words: str) -> None:
    edition = pick(store, Edition, number)
    if edition and edition.issued_on:
        store.save(replace(edition, issued_on=None))


def undo(store: Store, number: int, words: str) -> None:
    step = History(store).next_undo()
    if step and not History(store).stops(step):
        run(History(store).undo())


Act = Callable[[Store, int, str], None]
KINDS: dict[Act, str] = {seal: SEAL, reopen: REOPEN}
acts = st.sampled_from([change_book, change_title, add, link, put_in_bin, take_out, page, seal, reopen, undo])
words = st.sampled_from(["", "Emma", "Nørrebro", 'a "quoted" \\ word', "line\nline", "Top shelf"])
edits = st.lists(st.tuples(acts, st.integers(0, 5), words), max_size=8)


def work(store: Store, done: list[tuple[Act, int, str]]) -> None:
    for act, number, given_words in done:
        if act is undo:
            undo(store, number, given_words)
            continue
        with store.step(act.__name__, KINDS.get(act, "edit")):
            act(store, number, given_words)


def expected(before: Contents, taken: list[Difference], left: list[tuple[Difference, str]]) -> Contents:
    """What a file holds after differences were taken, worked out from the differences alone."""
    made = {key: dict(held) for key, held in before.items()}
    for one in taken:
        held = made.setdefault((one.table, one.uuid), {})
        if one.is_new and isinstance(one.theirs, dict):
            held.update({n: v for n, v in one.theirs.items() if n != "uuid"})
        elif one.is_gone:
            held["binned"] = "now"
        elif one.theirs is None:
            held.pop(one.field, None)
        else:
            held[one.field] = one.theirs
    for one, why in left:
        if why == OTHERWISE:
            made[one.table, one.uuid].pop("issued_on", None)
    for (table, _), held in made.items():
        for field in RECORDS[table].FIELDS.values():
            if field.kind is Kind.LINK and (field.target, str(held.get(field.name))) not in made:
                held.pop(field.name, None)
    return made


@settings(max_examples=40, deadline=None)
@given(ours=edits, others=edits, choose=st.lists(st.booleans(), min_size=1, max_size=7))
def test_merging_gives_exactly_the_values_that_were_chosen(
    ours: list[tuple[Act, int, str]], others: list[tuple[Act, int, str]], choose: list[bool]
) -> None:
    with (
        only_the_library(),
        tempfile.TemporaryDirectory() as folder,
        parted(Path(folder)) as (mine, theirs, aside),
    ):
        work(mine, ours)
        work(theirs, others)
        before, there = contents(mine), contents(theirs, derived=True)
        assert not merge(joined(mine, theirs), []).taken and contents(mine) == before
        of = joined(mine, theirs)
        chosen = [d for n, d in enumerate(of.differences) if choose[n % len(choose)]]
        outcome = merge(of, chosen)
        after = contents(mine)
        left = {d for d, why in outcome.left if not (why == OTHERWISE and d.is_new)}
        wanted = expected(before, [d for d in chosen if d not in left], outcome.left)
        for key, held in after.items():
            if wanted[key].get("binned") == "now" and held.get("binned"):
                wanted[key]["binned"] = held["binned"]
        assert after == wanted and outcome.taken == len(chosen) - len(left)
        whole(mine)
        assert replay(joined(aside, theirs)).left == []
        assert contents(aside, derived=True) == there
        whole(aside)


# ---- what must hold in particular


def save(store: Store, *records: Record, kind: str = "edit") -> None:
    with store.step("Work", kind):
        for each in records:
            store.save(each)


def test_both_gave_the_same_number_to_different_records(two: tuple[Store, Store]) -> None:
    mine, theirs = two
    save(mine, Book(title="Ulysses"))
    save(theirs, Book(title="Middlemarch"), Writing(book=4, author=2))
    merge(of := joined(mine, theirs), of.differences)
    assert [b.title for b in mine.all(Book)][3:] == ["Ulysses", "Middlemarch"]
    assert mine.all(Writing)[-1].book == 5 and mine.get(Book, 5).written_by == "Stoker"


def test_own_fields_are_merged_one_by_one(two: tuple[Store, Store]) -> None:
    mine, theirs = two
    save(mine, replace(mine.get(Book, 1), own={"ward": "North"}))
    save(theirs, replace(theirs.get(Book, 1), own={"spine": "Red"}))
    merge(of := joined(mine, theirs), of.differences)
    assert [(d.field, d.conflict) for d in of.differences] == [("own:spine", False)]
    assert mine.get(Book, 1).own == {"ward": "North", "spine": "Red"}


def test_a_conflict_comes_first_and_says_what_each_side_did(two: tuple[Store, Store]) -> None:
    mine, theirs = two
    save(mine, replace(mine.get(Book, 2), title="Dracula, mine", price=100))
    save(
        theirs,
        replace(theirs.get(Book, 1), price=900),
        replace(theirs.get(Book, 2), title="Dracula, theirs", shelf=1),
    )
    of = joined(mine, theirs)
    first, *rest = of.differences
    assert (first.name, first.field, first.base, first.mine, first.theirs) == (
        "Dracula, mine", "title", "Dracula", "Dracula, mine", "Dracula, theirs",
    )  # fmt: skip
    assert first.conflict and not any(d.conflict for d in rest)
    assert [of.words(d.table, d.field, d.theirs) for d in rest] == ["£9", "Top"]
    assert [s.who for s in of.later.steps] == ["Bob"]


def test_a_merge_is_one_step_and_one_undo(two: tuple[Store, Store]) -> None:
    mine, theirs = two
    work(theirs, [(add, 1, "New"), (change_book, 0, "Changed"), (put_in_bin, 1, "")])
    before = contents(mine)
    merge(of := joined(mine, theirs), of.differences)
    assert History(mine).latest(1)[0].label == MERGE and contents(mine) == contents(theirs)
    run(History(mine).undo())
    assert contents(mine) == before
    whole(mine)


def test_what_is_issued_here_stays_and_is_reported(two: tuple[Store, Store]) -> None:
    mine, theirs = two
    save(theirs, replace(theirs.get(Edition, 2), issued_on=None), kind=REOPEN)
    save(theirs, replace(theirs.get(Edition, 2), number="2b"), Page(edition=2, words="More"))
    before = contents(mine)
    outcome = merge(of := joined(mine, theirs), of.differences)
    assert outcome.taken == 0 and {why for _, why in outcome.left} == {SEALED} and len(outcome.left) == 3
    assert contents(mine) == before


def test_what_was_issued_there_is_issued_here_only_if_it_is_the_same(two: tuple[Store, Store]) -> None:
    mine, theirs = two
    save(theirs, replace(theirs.get(Edition, 1), issued_on=TODAY), kind=SEAL)
    save(mine, replace(mine.get(Page, 1), words="Rewritten"))
    outcome = merge(of := joined(mine, theirs), of.differences)
    assert [why for _, why in outcome.left] == [OTHERWISE] and outcome.taken == 0
    assert mine.get(Edition, 1).issued_on is None
    save(mine, replace(mine.get(Page, 1), words="First"))
    outcome = merge(of := joined(mine, theirs), of.differences)
    assert outcome.left == []
    assert mine.get(Edition, 1).issued_on == TODAY
    with pytest.raises(Refused):
        save(mine, replace(mine.get(Page, 1), words="Too late"))
    with pytest.raises(Refused, match="Undo stops here"):
        History(mine).undo()


def test_a_record_whose_owner_was_not_taken_is_left(two: tuple[Store, Store]) -> None:
    mine, theirs = two
    save(theirs, Author(title="Joyce"))
    save(theirs, Writing(book=1, author=3), replace(theirs.get(Writing, 1), author=3))
    of = joined(mine, theirs)
    outcome = merge(of, [d for d in of.differences if d.table == "writing"])
    assert [why for _, why in outcome.left] == [NO_TARGET] * 2 and outcome.taken == 0
    assert len(mine.all(Writing)) == 3 and mine.get(Writing, 1).author == 1


def test_what_both_added_though_there_is_only_one_of_it_is_known_again(two: tuple[Store, Store]) -> None:
    mine, theirs = two
    save(mine, OwnField(table="book", code="lent_to", label="Lent to", position=3))
    save(theirs, OwnField(table="book", code="lent_to", label="On loan to", position=3))
    of = joined(mine, theirs)
    assert [(d.field, d.mine, d.theirs, d.conflict) for d in of.differences] == [
        ("label", "Lent to", "On loan to", True)
    ]
    merge(of, of.differences)
    assert [f.label for f in mine.own_fields()["book"]] == ["Ward", "Spine", "On loan to"]


def test_values_that_no_field_can_hold_are_never_taken(two: tuple[Store, Store]) -> None:
    mine, theirs = two
    save(theirs, replace(theirs.get(Book, 1), published=TODAY))
    later = finished(later_steps(mine.conn, theirs.conn))
    later.rows["book", 1].new = {"published": "the day before"}
    of = Joining(mine, later, {})
    run(of.comparing())
    outcome = merge(of, of.differences)
    assert outcome.taken == 0 and [why for _, why in outcome.left] == [UNREADABLE]


def test_replaying_brings_back_what_was_reopened_and_signed_again(two: tuple[Store, Store]) -> None:
    mine, theirs = two
    save(theirs, replace(theirs.get(Edition, 2), issued_on=None), kind=REOPEN)
    save(theirs, replace(theirs.get(Page, 2), words="Corrected"), Page(edition=2, words="Added"))
    save(theirs, replace(theirs.get(Edition, 2), issued_on=TODAY), kind=SEAL)
    assert replay(joined(mine, theirs)).left == [] and contents(mine) == contents(theirs)
    with pytest.raises(Refused):
        save(mine, replace(mine.get(Page, 2), words="Too late"))
    whole(mine)


def test_a_merge_given_up_half_way_leaves_no_trace(two: tuple[Store, Store]) -> None:
    mine, theirs = two
    work(theirs, [(add, n, f"Book {n}") for n in range(120)])
    before, of = contents(mine), joined(mine, theirs)
    merging_it = merging(of, of.differences, MERGE, Outcome())
    next(merging_it)
    merging_it.close()  # type: ignore[attr-defined]
    assert contents(mine) == before and not mine.steps.busy
