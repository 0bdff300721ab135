"""The history says who changed what between two moments."""

from storage.engine.store import Store
from storage.engine.who_changed import last_step_uuid, step_after_which, touches
from tests.storage.engine.library import Shelf


def test_touches_between_two_steps_in_their_order(store: Store) -> None:
    with store.step("Add"):
        one = store.save(Shelf(title="One"))
    first = last_step_uuid(store)
    store.steps.who = "Ann Lee"
    store.change(Shelf, one.key, {"title": "Two"})
    middle = step_after_which(store, last_step_uuid(store), "")
    with store.step("Take away"):
        store.conn.execute("delete from shelf where id = ?", (one.key,))
    after = step_after_which(store, first, "")
    changed, gone = touches(store, after, None, ["shelf"])
    assert (changed.fields, changed.who, changed.row, changed.removed) == (
        frozenset({"title"}),
        "Ann Lee",
        one.key,
        False,
    )
    assert gone.removed and not gone.added
    assert [t.fields for t in touches(store, after, middle, ["shelf"])] == [changed.fields]
    assert next(touches(store, 0, None, ["shelf"])).added
    assert not [*touches(store, after, None, ["book"])]


def test_a_step_that_is_not_in_the_file_is_found_by_its_moment(store: Store) -> None:
    with store.step("Add"):
        store.save(Shelf(title="One"))
    number = step_after_which(store, last_step_uuid(store), "")
    assert step_after_which(store, "not there", "9999") == number
    assert step_after_which(store, "not there", "0000") == 0
