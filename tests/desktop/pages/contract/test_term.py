"""Term and notice: the drawing, dates that follow, options taken up, breaks and reminders, as a user does it."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.dialogs.form_dialog import FormDialog
from desktop.pages.contract.term_drawing import TermDrawing, term_of
from desktop.pages.contract_detail import ContractDetail
from desktop.pages.tab_extra import WorkedExtra
from desktop.session import Session
from storage.engine.values import Period
from storage.records.contracts import Contract
from storage.records.planning import Reminder
from storage.records.terms import BreakPoint, Extension
from tests.desktop.conftest import TODAY
from tests.desktop.pages.contract.conftest import (
    Tabbed,
    last_step,
    press,
    section_of,
    spoken,
    type_into,
    type_part,
)


def change(session: Session, **values: object) -> Contract:
    session.change(Contract, 1, values)
    return session.store.get(Contract, 1)


def worked(detail: ContractDetail) -> WorkedExtra:
    return next(e for e in detail._extras["term"] if isinstance(e, WorkedExtra))


def labels(detail: ContractDetail) -> list[str]:
    return [value.label for value in worked(detail).list._said.values()]


def test_typing_a_term_gives_the_ends_that_follow(
    detail: ContractDetail, session: Session, tab: Tabbed
) -> None:
    change(session, current_end=None)
    tab("term")
    type_into(detail.forms["term"].editor("term").control, "3+1+1")
    held = session.store.get(Contract, 1)
    assert (held.current_end, held.agreed_end, held.max_by_term) == (
        None,
        date(2027, 3, 31),
        date(2029, 3, 31),
    )
    assert "Maximum end by the term" in labels(detail)
    assert "Current end by the term" not in labels(detail), "it is the end shown already"


def test_a_term_that_cannot_be_read_is_kept_with_the_reason_under_it(
    detail: ContractDetail, session: Session, tab: Tabbed
) -> None:
    tab("term")
    editor = detail.forms["term"].editor("term")
    type_into(editor.control, "as long as it takes")
    assert session.store.get(Contract, 1).term == "as long as it takes"
    assert editor.problem_line.words().startswith("The term is kept as it is written")
    assert editor.problem_line.offered() == ""


def test_an_end_that_differs_from_the_term_is_mended_with_one_press(
    detail: ContractDetail, session: Session, tab: Tabbed
) -> None:
    change(session, term="4+1")
    tab("term")
    editor = detail.forms["term"].editor("current_end")
    assert editor.problem_line.words() == "The term comes to 31 Mar 2028."
    assert editor.problem_line.offered() == "Use 31 Mar 2028"
    press(editor, "Use 31 Mar 2028")
    assert session.store.get(Contract, 1).current_end == date(2028, 3, 31)
    assert last_step(session) == "Change current end of Stroke support"
    assert editor.problem_line.offered() == ""


def test_why_a_date_follows_is_a_press_away(detail: ContractDetail, tab: Tabbed) -> None:
    tab("term")
    extra = worked(detail)
    extra.list.link_of("notice_by").click()
    assert "less 3 months’ notice" in extra.list.why("notice_by")


def test_guidance_for_voluntary_providers_is_shown_only_for_them(
    detail: ContractDetail, session: Session, tab: Tabbed
) -> None:
    tab("term")
    assert "Guidance: three months’ notice by" not in labels(detail)
    change(session, supplier_vcse=True)
    assert "Guidance: three months’ notice by" in labels(detail)


def test_the_next_end_notice_can_reach_is_said_where_it_is_another(
    detail: ContractDetail, session: Session, tab: Tabbed
) -> None:
    change(session, renewal="Rolls over", rolls=Period(1, "y"), notice_commissioner=Period(6, "m"))
    tab("term")
    assert "Next end that notice can still bring about" in labels(detail)
    extra = worked(detail)
    extra.list.link_of("next_end").click()
    assert extra.list.why("next_end")


def test_options_are_created_from_the_term_and_one_is_taken_up(
    qtbot: QtBot, detail: ContractDetail, session: Session, tab: Tabbed
) -> None:
    change(session, term="3+1+1")
    options = section_of(tab("term"), "Options to extend")
    press(options, "Create options from the term")
    assert len(options.rows.ids()) == 2
    made = [b for b in options.findChildren(QPushButton) if b.text() == "Create options from the term"]
    assert made[0].isHidden(), "offered only while there are none"
    assert spoken(options)[0] == (
        "Length: 1 year; Leads to: 31 Mar 2028; Decide by: 31 Dec 2026; Status: Available"
    )
    options.open_part(1)
    type_part(options, "value", "50,000")
    assert options.inside is not None
    press(options.inside, "Take up…")
    dialog = detail.findChild(FormDialog)
    assert dialog is not None
    qtbot.addWidget(dialog)
    type_into(dialog.editor("authority").control, "Board paper 12")
    dialog.accept()
    held = session.store.get(Contract, 1)
    assert (held.current_end, held.current_value, held.extended) == (date(2028, 3, 31), 170_000_00, True)
    taken = session.store.get(Extension, 1)
    assert (taken.status, taken.decided_on, taken.authority) == ("Taken up", TODAY, "Board paper 12")
    assert last_step(session) == "Take up the option of 1 year of Stroke support"
    session.undo()
    assert session.store.get(Contract, 1).current_end == date(2027, 3, 31)


def test_the_drawing_shows_what_is_taken_up_and_open_and_when_to_act(session: Session) -> None:
    held = change(session, term="3+1+1", initial_end=date(2027, 3, 31), current_end=date(2028, 3, 31))
    with session.store.step("Options"):
        session.store.save_many(
            [Extension(contract=1, position=1, length=Period(1, "y"), status="Taken up"),
             Extension(contract=1, position=2, length=Period(1, "y"), decide_by=date(2027, 9, 1))]
        )  # fmt: skip
        session.store.save(BreakPoint(contract=1, on=date(2027, 9, 30), notice=Period(3, "m")))
    held = session.store.get(Contract, 1)
    drawn = term_of(session.store, held, TODAY)
    assert [(p.words, p.end, p.kind) for p in drawn.parts] == [
        ("Core, 3 years", date(2027, 3, 31), "solid"),
        ("Extended", date(2028, 3, 31), "used"),
        ("Option, 1 year", date(2029, 3, 31), "open"),
    ]
    assert [m.words for m in drawn.marks] == [
        "Notice by 31 Dec 2027",
        "Decide on option of 1 year by 1 Sep 2027",
        "Break 30 Sep 2027",
    ]


def test_without_options_one_by_one_the_latest_end_is_drawn_and_without_a_start_nothing(
    detail: ContractDetail, session: Session, tab: Tabbed
) -> None:
    held = change(session, max_end=date(2029, 3, 31))
    assert [p.kind for p in term_of(session.store, held, TODAY).parts] == ["solid", "open"]
    change(session, start=None)
    tab("term")
    drawing = next(e for e in detail._extras["term"] if isinstance(e, TermDrawing))
    assert drawing.isHidden()


def test_a_break_says_by_when_notice_must_be_given_for_it(session: Session, tab: Tabbed) -> None:
    breaks = section_of(tab("term"), "Break dates")
    breaks.add()
    type_part(breaks, "on", "30/9/27")
    type_part(breaks, "notice", "3 months")
    breaks.close_part()
    assert spoken(breaks) == [
        "Ends on: 30 Sep 2027; Who may use it: Either side; Notice: 3 months; Notice by: 30 Jun 2027"
    ]


def test_a_reminder_counts_from_a_date_and_is_dismissed_for_that_date_only(
    session: Session, tab: Tabbed
) -> None:
    reminders = section_of(tab("term"), "Reminders")
    reminders.add()
    type_part(reminders, "lead", "2 months")
    reminders.close_part()
    assert spoken(reminders) == [
        "Counts from: Last day to give notice, 31 Dec 2026; How long before: 2 months; "
        "Reminds on: 31 Oct 2026; Now: Due"
    ]
    reminders.open_part(1)
    assert reminders.inside is not None
    press(reminders.inside, "Dismiss for this date")
    assert session.store.get(Reminder, 1).dismissed_for == date(2026, 12, 31)
    assert spoken(reminders)[0].endswith("Now: Dismissed")
    change(session, current_end=date(2028, 3, 31))
    reminders.reload()
    assert spoken(reminders)[0].endswith("Now: Waits")
