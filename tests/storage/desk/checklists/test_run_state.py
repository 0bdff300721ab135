"""A run read again after an answer, by what changed alone, is the run as it is read whole."""

from collections.abc import Callable

from storage.desk.checklists.run_state import after_answers, run_state
from storage.desk.checklists.runs import answer, set_note, start_run
from storage.engine.history import History
from storage.engine.steps import Changes
from storage.records.assessments import Given
from tests.storage.desk.register import Register


def test_after_each_answer_note_and_undo_it_is_the_same_as_read_whole(register: Register) -> None:
    store = register.store
    run = start_run(store, "T08", contract=register.contract).key
    other = start_run(store, "T08", contract=register.contract).key
    state, heard = run_state(store, run), list[Changes]()
    store.steps.listeners.append(heard.append)
    acts: list[Callable[[], object]] = [
        lambda: answer(store, run, "T08-01", "answer", "yes"),
        lambda: answer(store, run, "T08-02", "answer", "no"),
        lambda: set_note(store, run, "T08-02", "As agreed"),
        lambda: answer(store, other, "T08-01", "answer", "no"),
        lambda: answer(store, run, "T08-01", "answer", "no"),
        lambda: list(History(store).undo()),
        lambda: list(History(store).undo()),
        lambda: store.bin(Given, [state.given["T08-02"].key]),
    ]
    for act in acts:
        heard.clear()
        if act is acts[-1]:
            with store.step("Bin"):
                act()
        else:
            act()
        ids = frozenset[int]().union(*(changes.ids(Given.TABLE) for changes in heard))
        state, whole = after_answers(store, state, ids), run_state(store, run)
        assert (state.run, state.given, state.answers) == (whole.run, whole.given, whole.answers)
        assert (state.progress, state.stops) == (whole.progress, whole.stops)
