"""Two editors on one record: what changed elsewhere while somebody typed is never overwritten unseen."""

import random
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.pages import detail_forms
from desktop.pages.detail_forms import DetailForms
from desktop.session import Session
from storage.records.organisations import Organisation
from widgets.form import Group, RecordForm

NAMES = ("title", "notes", "email")
TAB = "all"


class Asked:
    """Answers the question which of two values is to stay, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answer = True
        self.questions: list[tuple[str, str, str]] = []

    def __call__(self, _parent: object, label: str, held: str, typed: str) -> bool:
        self.questions.append((label, held, typed))
        return self.answer


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    made = Asked()
    monkeypatch.setattr(detail_forms, "asked_which", made)
    return made


@pytest.fixture
def two(qtbot: QtBot, session: Session) -> Iterator[tuple[RecordForm, RecordForm]]:
    """Two forms of the first provider, as two windows would show it."""
    forms = [DetailForms(session, Organisation, lambda form: None, session) for _ in range(2)]

    def draw(_changes: object = None) -> None:
        for each in forms:
            each.fill(TAB, session.store.get(Organisation, 1), read_only=False)

    for each in forms:
        qtbot.addWidget(each.make(TAB, [Group("All", NAMES)]))
    draw()
    session.changed.connect(draw)
    yield forms[0][TAB], forms[1][TAB]
    session.changed.disconnect(draw)


def typed(form: RecordForm, name: str, words: str) -> None:
    editor = form.editor(name)
    editor._put(words)
    editor._on_typed()


def held(session: Session, name: str) -> str:
    return str(getattr(session.store.get(Organisation, 1), name))


def test_g3_a_value_that_changed_while_it_was_typed_is_shown_beside_what_was_typed(
    session: Session, two: tuple[RecordForm, RecordForm], asked: Asked
) -> None:
    first, second = two
    typed(first, "title", "Northmoor Care Ltd")
    typed(second, "title", "Northmoor Homecare")
    assert second.editor("title").commit() and held(session, "title") == "Northmoor Homecare"
    asked.answer = False
    first.editor("title").commit()
    assert asked.questions == [("Name", "Northmoor Homecare", "Northmoor Care Ltd")]
    assert held(session, "title") == "Northmoor Homecare" == first.editor("title").words()
    typed(first, "title", "Northmoor")
    first.editor("title").commit()
    assert len(asked.questions) == 1 and held(session, "title") == "Northmoor"


def test_g3_other_fields_of_the_record_are_saved_without_a_question(
    session: Session, two: tuple[RecordForm, RecordForm], asked: Asked
) -> None:
    first, second = two
    typed(first, "notes", "Mine")
    typed(second, "email", "office@northmoor.example")
    second.editor("email").commit()
    first.editor("notes").commit()
    assert held(session, "notes") == "Mine" and held(session, "email") == "office@northmoor.example"
    assert asked.questions == []


def test_g3_undo_while_somebody_types_is_not_overwritten_unseen(
    qtbot: QtBot, session: Session, two: tuple[RecordForm, RecordForm], asked: Asked
) -> None:
    first, _ = two
    session.change(Organisation, 1, {"title": "Once"})
    typed(first, "title", "Twice")
    session.undo()
    qtbot.waitUntil(lambda: held(session, "title") == "Northmoor Care")
    first.editor("title").commit()
    assert asked.questions == [("Name", "Northmoor Care", "Twice")] and held(session, "title") == "Twice"


def test_g3_typing_that_was_given_up_asks_nothing_later(
    session: Session, two: tuple[RecordForm, RecordForm], asked: Asked
) -> None:
    first, _ = two
    typed(first, "title", "Once")
    session.change(Organisation, 1, {"title": "Elsewhere"})
    first.editor("title").restore()
    typed(first, "title", "Twice")
    first.editor("title").commit()
    assert asked.questions == [] and held(session, "title") == "Twice"


def test_g3_a_random_walk_of_two_editors_overwrites_nothing_unseen(
    session: Session, two: tuple[RecordForm, RecordForm], asked: Asked
) -> None:
    chance = random.Random(3)  # noqa: S311
    began: dict[tuple[int, str], str] = {}
    silent = 0
    for step in range(300):
        side, name = chance.randrange(2), chance.choice(NAMES)
        editor = two[side].editor(name)
        if chance.random() < 0.5:
            began.setdefault((side, name), held(session, name))
            typed(two[side], name, f"{step}@example.org")
            continue
        before, questions, words = held(session, name), len(asked.questions), editor.words()
        asked.answer = chance.random() < 0.5
        editor.commit()
        moved_on = (side, name) in began and began.pop((side, name)) != before and before != words
        silent += moved_on and len(asked.questions) == questions
        if len(asked.questions) > questions and not asked.answer:
            assert held(session, name) == before
    assert silent == 0 and len(asked.questions) > 20
