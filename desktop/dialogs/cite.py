"""Chooses the evidence for an answer: a fact of the shelf, a new fact, or a reference that is only written down."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.dialogs.pick import PickDialog
from desktop.session import Session
from storage.desk.checklists.run_evidence import cite, cite_new, fact_words, facts, is_stale, take_away
from storage.desk.checklists.run_state import RunState

WRITE = -1  # the line that writes a reference


def cite_dialog(
    parent: QWidget, session: Session, state: RunState, question: str, write: Callable[[], None] | None
) -> PickDialog:
    """A list of the shelf with what is cited first; choosing one of those takes it away."""
    store, run = session.store, state.run.key
    mine = {citation.evidence for citation, _ in state.cited if citation.question == question}
    title = f"Evidence for question {state.template.question(question).number}"
    options = _options(session, mine)
    dialog = PickDialog(parent, title, options, may_add="Put on the shelf and cite", first=len(mine) + 1)

    def take() -> None:
        picked = dialog.picked()
        if picked is None:
            return
        if picked.id == WRITE:
            if write is not None:
                write()
        elif picked.new_name:
            session.attempt(lambda: cite_new(store, run, question, picked.new_name))
        else:
            act = take_away if picked.id in mine else cite
            session.attempt(lambda: act(store, run, question, picked.id))

    dialog.accepted.connect(take)
    return dialog


def _options(session: Session, mine: set[int | None]) -> list[tuple[int, str]]:
    """What is cited, the way to write a reference, and the rest of the shelf."""
    shelf = facts(session.store)
    options = [(fact.key, f"Take away: {fact_words(fact)}") for fact in shelf if fact.key in mine]
    options.append((WRITE, "Write a reference down instead"))
    for fact in shelf:
        if fact.key not in mine:
            stale = "Stale: " if is_stale(fact, session.today()) else ""
            options.append((fact.key, f"{stale}{fact_words(fact)}"))
    return options
