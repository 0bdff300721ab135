"""A reviewer's word on one section of a checklist."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.dialogs.form_dialog import FormDialog, Values
from desktop.session import Session
from storage.desk.checklists.run_reviews import review_section, take_back_review
from storage.desk.checklists.run_state import RunState
from storage.desk.office import who
from storage.engine.fields import Field, Kind
from storage.records.assessments import VERDICTS

FIELDS = (
    Field("Verdict", Kind.CHOICE, "verdict", required=True, choices=VERDICTS),
    Field("Reviewed by", Kind.TEXT, "by", required=True),
    Field("Comment", Kind.NOTE, "comment", help="What is to be improved, or done again."),
)


def review_dialog(parent: QWidget, session: Session, state: RunState, letter: str) -> FormDialog:
    """A dialog that keeps what the reviewer says; one given before can be taken back."""
    store, run = session.store, state.run.key
    section = next(each for each in state.template.sections if each.letter == letter)
    before = state.reviews.get(letter)

    def act(values: Values) -> None:
        verdict, comment, by = (str(values[name] or "") for name in ("verdict", "comment", "by"))
        review_section(store, run, letter, verdict, comment, by=by)

    held: dict[str, object] = {"by": who(store)}
    if before is not None:
        held = {"verdict": before.verdict, "comment": before.comment, "by": before.reviewed_by}
    dialog = FormDialog(
        parent,
        f"Review section {letter}, {section.title}",
        FIELDS,
        act,
        do="Keep the review",
        today=session.today(),
        words="Improve is advice. Return stops signing until the section is reviewed again.",
        values=held,
    )
    if before is not None:
        dialog.add_button("Take it back", lambda: take_back_review(store, run, letter))
    return dialog
