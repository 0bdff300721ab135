"""What is forgotten is gone from every text of a file, and nothing else of it is different."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.engine.backup.snapshots import save_as
from storage.engine.contents import finished
from storage.engine.errors import StorageError
from storage.engine.forget import forgetting as module
from storage.engine.forget.forgetting import Erasure, forgetting, looking, put_in_place
from storage.engine.forget.spelling import Spelling
from storage.engine.history import History
from storage.engine.merge.later import NotRelated, later_steps
from storage.engine.opening import new_store, open_store
from storage.engine.replaying import unrecorded
from storage.engine.state import State
from storage.engine.store import Store
from tests.campaign.frame import scaled
from tests.storage.engine.conftest import stale, unsearched
from tests.storage.engine.library import Author, Book, Edition, Page, Shelf, Writing

CANARY = "Qwyjibo Zorn"
ANYTHING = st.text(max_size=12)
TEXTS = st.one_of(
    ANYTHING,
    st.tuples(ANYTHING, ANYTHING).map(lambda ends: f"{ends[0]} {CANARY}, {ends[1]}"),
    st.just(CANARY),
)
VALUES = st.recursive(
    TEXTS | st.integers() | st.none(), lambda v: st.lists(v) | st.dictionaries(TEXTS, v), max_leaves=6
)


def without(store: Store, erasure: Erasure) -> Path:
    """Forget and close."""
    path = store.file.path
    made = finished(forgetting(store.conn.serialize(), erasure, path, who="Ann", label="Forget"))
    store.close()
    put_in_place(path, made)
    return path


def erasure(**more: object) -> Erasure:
    return Erasure(Spelling([CANARY]), "gone", **more)  # type: ignore[arg-type]


def assert_whole(store: Store) -> None:
    assert History(store).first_broken() is None
    assert [
        n for cls in (Author, Book, Edition, Page, Shelf, Writing) for n in unrecorded(store.conn, cls)
    ] == []
    assert stale(store) == [] and unsearched(store) == []


def test_rows_go_with_their_history_and_their_drafts_and_links_to_them_are_emptied(store: Store) -> None:
    with store.step("Add"):
        author, shelf = store.save(Author(title="Other")), store.save(Shelf(title=CANARY))
        book = store.save(Book(title="Emma", shelf=shelf.id, own={"place": f"with {CANARY}"}))
        store.save(Writing(book=book.id, author=author.id))
    store.change(Shelf, 1, {"title": "Under another name"})
    State(store).draft(f"shelf/{shelf.uuid}/title", "half typed")
    path = without(store, erasure(rows={"shelf": {1}}))
    with closing(open_store(path)) as again:
        assert (
            again.many(Shelf, [1]) == {}
            and History(again).of("shelf", 1) == []
            and State(again).drafts() == {}
        )
        assert again.get(Book, 1).shelf is None and again.get(Book, 1).own == {"place": "with gone"}
        assert again.get(Author, 1).books_held == 1
        assert_whole(again)
    assert b"another name" not in path.read_bytes() and b"half typed" not in path.read_bytes()


def test_what_is_sealed_loses_the_words_and_stays_sealed(store: Store) -> None:
    with store.step("Add"):
        edition = store.save(Edition(number=f"By {CANARY}", issued_on=store.today()))
    path = without(store, erasure())
    with closing(open_store(path)) as again:
        assert again.get(Edition, edition.key).number == "By gone"
        with pytest.raises(StorageError, match="issued or signed"):
            again.change(Edition, edition.key, {"number": "Other"})
        assert_whole(again)


def test_steps_before_the_words_keep_their_seal(store: Store) -> None:
    with store.step("First"):
        store.save(Book(title="Emma"))
    kept = store.conn.execute("select hash from step").fetchall()
    store.change(Book, 1, {"notes": CANARY})
    path = without(store, erasure())
    with closing(open_store(path)) as again:
        assert again.conn.execute("select hash from step order by id").fetchall()[:1] == kept
        assert History(again).latest(1)[0].label == "Forget. The history was sealed anew from step 2 on."


def test_a_disk_that_fails_leaves_the_file_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    store.change(Book, _book(store), {"notes": CANARY})
    before = store.file.path.read_bytes()
    monkeypatch.setattr(module, "copied", full)
    with pytest.raises(StorageError, match="the disk is full"):
        finished(forgetting(store.conn.serialize(), erasure(), store.file.path, who="", label="Forget"))
    assert store.file.path.read_bytes() == before
    assert [p.name for p in store.file.path.parent.iterdir() if "forgotten" in p.name] == []


def test_a_file_in_which_something_would_be_left_is_not_used(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.change(Book, _book(store), {"notes": CANARY})
    monkeypatch.setattr(Spelling, "replaced", lambda _self, text, _words: text)
    with pytest.raises(StorageError, match="something would have been left"):
        finished(forgetting(store.conn.serialize(), erasure(), store.file.path, who="", label="Forget"))
    assert [p.name for p in store.file.path.parent.iterdir() if "forgotten" in p.name] == []


def test_a_copy_from_before_is_not_joined_again_and_one_from_after_is(store: Store, tmp_path: Path) -> None:
    old, new = tmp_path / "old.desk", tmp_path / "new.desk"
    store.change(Book, _book(store), {"notes": CANARY})
    save_as(store, old)
    path = without(store, erasure())
    with closing(open_store(path)) as here:
        save_as(here, new)
        with closing(open_store(new)) as later:
            later.change(Book, 1, {"notes": "Later"})
        with closing(open_store(old)) as before, pytest.raises(NotRelated, match="bring that person back"):
            finished(later_steps(here.conn, before.conn))
        with closing(open_store(new)) as after:
            assert [s.label for s in finished(later_steps(here.conn, after.conn)).steps] == [
                "Change notes of Emma"
            ]


def _book(store: Store) -> int:
    with store.step("Add"):
        return store.save(Book(title="Emma")).key


@settings(max_examples=scaled(quick=25, night=300, release=1_000))
@given(st.lists(st.tuples(TEXTS, TEXTS, VALUES, TEXTS), min_size=1, max_size=4))
def test_s2_no_text_however_written_hides_the_name(written: list[tuple[str, str, object, str]]) -> None:
    with TemporaryDirectory() as folder:
        store = new_store(Path(folder) / "books.desk", who=CANARY)
        for title, notes, value, own in written:
            with store.step(f"Add {title}"):
                store.save(
                    Book(title=title, notes=notes, extra={"a": value}, own={"place": own} if own else {})
                )
        State(store).remember("looked at", [list(each) for each in written])
        before = [(b.price, b.uuid) for b in store.all(Book)]
        path = without(store, erasure())
        assert finished(looking(path.read_bytes(), erasure())) == {}
        assert CANARY.encode() not in path.read_bytes()
        with closing(open_store(path)) as again:
            assert [(b.price, b.uuid) for b in again.all(Book)] == before
            for book, (title, *_) in zip(again.all(Book), written, strict=True):
                assert book.title == Spelling([CANARY]).replaced(title.replace("\0", "\ufffd"), "gone")
            assert_whole(again)
