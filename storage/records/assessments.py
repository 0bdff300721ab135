"""Checklist runs: a template worked through for a contract, a service, a provider, or what else it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from storage.engine.conditions import Where
from storage.engine.fields import Kind, Record, choice, data, day, derived, link, note, record, text, yesno
from storage.engine.parts import Parts, Reads
from storage.engine.values import long_day
from storage.records.actions import Action
from storage.records.evidence import Citation
from storage.rules.explained import Explained

if TYPE_CHECKING:
    from storage.checklists.answers import Answer
    from storage.checklists.progress import Progress
    from storage.checklists.stand import Stand
    from storage.checklists.template import Template

ACCEPT, IMPROVE, RETURN = "Accept", "Improve", "Return"
VERDICTS = (ACCEPT, IMPROVE, RETURN)

# The rooms below are imported where a run is looked at: a window on the register opens without them.
_READ: dict[str, Template] = {}  # by their text: a run keeps the whole of it, and many runs share one


def template_of(run: Run) -> Template:
    """The template as it was when the run began."""
    from storage.checklists.template import read_template

    if run.template_text not in _READ:
        _READ[run.template_text] = read_template(run.template_text)
    return _READ[run.template_text]


def answers_of(
    given: Iterable[Given], actions: Iterable[Action] = (), cited: Iterable[Citation] = ()
) -> dict[str, Answer]:
    """Stored answers as the checklist rules take them, by question, with how many actions and citations each has."""
    raised = Counter(action.question for action in actions if not action.binned)
    facts = Counter(citation.question for citation in cited if not citation.binned)
    return {g.question: g.answer(raised[g.question], facts[g.question]) for g in given}


def live_of(
    run: Run, given: Iterable[Given], actions: Iterable[Action], today: date, cited: Iterable[Citation] = ()
) -> Mapping[str, Answer]:
    """The answers of a run with what the conditions of its template make of them.

    For a signed run today is the day it was signed, so that it stays as it was.
    """
    from storage.checklists.live import live_answers

    return live_answers(template_of(run), answers_of(given, actions, cited), run.signed_on or today)


def stand(
    run: Run, given: Iterable[Given], actions: Iterable[Action], today: date, cited: Iterable[Citation] = ()
) -> Stand:
    """How a run stands, worked out from how it stood before. For a signed run today is the day it was signed."""
    from storage.checklists.stand import stand_of

    return stand_of(run.uuid, template_of(run), answers_of(given, actions, cited), run.signed_on or today)


def waiting_for_today(_today: date) -> tuple[tuple[Where, ...], ...]:
    """Open runs of templates whose conditions look at the day."""
    return ((Where("template_text", "contains", ("today(",)), Where("signed_on", "blank")),)


def _stand(run: Run, parts: Parts) -> Stand:
    given, actions = parts.of(Given, "answers"), parts.of(Action, "actions")
    cited = parts.of(Citation, "citations")
    return parts.once("stand", lambda: stand(run, given, actions, parts.today, cited))


def _done(run: Run, parts: Parts) -> Progress:
    return _stand(run, parts).progress


def _progress_words(run: Run, parts: Parts) -> Explained[str]:
    done = _done(run, parts)
    words = f"{done.answered} of {done.applicable}"
    why = f"{words} questions that apply are answered; {done.not_applicable} do not apply."
    return Explained(words, why)


def _score(run: Run, parts: Parts) -> Explained[int | None]:
    done = _done(run, parts)
    if done.score_percent is None:
        return Explained(None, "No question that is scored is answered.")
    why = f"{done.yes} yes, {done.partly} partly and {done.no} no come to {done.score_percent}% by their weights."
    return Explained(done.score_percent, why)


def _standing(run: Run, parts: Parts) -> Explained[str]:
    if run.signed_on:
        return Explained("Signed", f"Signed by {run.signed_by} on {long_day(run.signed_on)}.")
    returned = [review.section for review in parts.of(SectionReview, "reviews") if review.verdict == RETURN]
    if returned:
        return Explained("In progress", f"Returned by a reviewer: section {', '.join(sorted(returned))}.")
    if _done(run, parts).blocked:
        return Explained(
            "In progress", "At least one gate is closed or waiting, or an answer lacks what it requires."
        )
    return Explained("Ready to sign", "Every gate is open or waived, and no answer lacks what it requires.")


def _in_short(run: Run, parts: Parts) -> Explained[str]:
    return Explained(_stand(run, parts).in_short, "One mark for each question.")


@record(
    "checklist_run",
    "Checklist",
    named_by=("title",),
    sealed_by="signed_on",
    reads=(
        Reads("answers", "checklist_answer", link="run"),
        Reads("actions", "action", link="run"),
        Reads("reviews", "section_review", link="run"),
        Reads("citations", "citation", link="run"),
    ),
    daily=waiting_for_today,
)
class Run(Record):
    """One working-through of a checklist. It keeps the whole text of its template; once signed it never changes."""

    title: str = text("Title", required=True, width=280, shown=True)
    reference: str = text("Reference", width=90, shown=True)
    template: str = text("Template", width=80, shown=True)
    template_version: str = text("Template version")
    template_text: str = note("Template text", column=False, search=False)
    subject: str = text("About", width=220, shown=True)  # in words, as it was called when the run began
    contract: int | None = link("Contract", "contract")
    service: int | None = link("Service", "service")
    specification: int | None = link("Specification", "specification")
    provider: int | None = link("Provider", "organisation")
    procurement: int | None = link("Procurement decision", "procurement")
    progress: str = derived("Answered", Kind.TEXT, rule=_progress_words, width=90, shown=True)
    standing: str = derived("State", Kind.TEXT, rule=_standing, width=110, shown=True)
    score: int | None = derived("Score %", Kind.WHOLE, rule=_score, width=80, shown=True)
    in_short: str = derived("Answers in short", Kind.TEXT, rule=_in_short, column=False, search=False)
    carried_from: int | None = link("Carried from", "checklist_run")
    started_on: date | None = day("Started", width=110)
    meeting_on: date | None = day("Meeting", width=110, shown=True)
    completed_by: str = text("Completed by")
    outcome: str = text("Outcome", shown=True)
    next_review: date | None = day("Next review")
    signed_by: str = text("Signed by", group="Sign-off")
    signed_role: str = text("Role", group="Sign-off")
    decision: str = text("Decision", group="Sign-off")
    conditions: str = note("Conditions", group="Sign-off")
    signed_on: date | None = day("Signed on", group="Sign-off", width=110)
    reopened: str = note("Reopened", group="Sign-off")
    as_signed: Mapping[str, object] = data(
        "As signed"
    )  # what the page takes from other records, kept at signing


@record("checklist_answer", "Answer", sealed_with="run", named_by=("question",), one_per=("run", "question"))
class Given(Record):
    """The answer to one question of a run, with its note, evidence and waiver."""

    run: int | None = link("Checklist", "checklist_run")
    question: str = text("Question")
    values: Mapping[str, object] = data("Values")
    not_applicable: bool | None = yesno("Not applicable")
    reason: str = text("Reason")
    evidence: str = note("Evidence")  # one reference a line
    mitigation: str = note("Mitigation")
    note: str = note("Note")  # last of its kind: from here on the name is taken
    answered_on: date | None = day("Answered on")
    answered_by: str = text("Answered by")
    waived_by: str = text("Waived by")
    waived_because: str = text("Reason for the waiver")
    waived_on: date | None = day("Waived on")
    to_confirm: bool | None = yesno(
        "To be confirmed", help="It was given for another wording, or an earlier year."
    )

    def answer(self, actions: int = 0, cited: int = 0) -> Answer:
        """The answer as the checklist rules take it; how many actions were raised from it, and facts cited for it."""
        return replace(self._plain, actions=actions, cited=cited) if actions or cited else self._plain

    @cached_property
    def _plain(self) -> Answer:
        """The answer with nothing raised or cited, the same object each time it is asked for."""
        from storage.checklists.answers import Answer, Waiver

        waiver = None
        if self.waived_by and self.waived_on:
            waiver = Waiver(self.waived_by, self.waived_because, self.waived_on)
        return Answer(
            values=self.values,  # type: ignore[arg-type]
            not_applicable=bool(self.not_applicable),
            reason=self.reason,
            note=self.note,
            evidence=self.evidence,
            waiver=waiver,
            mitigation=self.mitigation,
            to_confirm=bool(self.to_confirm),
        )


@record("section_review", "Review of a section", "Reviews of sections", sealed_with="run",
        named_by=("section",), one_per=("run", "section"))  # fmt: skip
class SectionReview(Record):
    """What a reviewer says of one section of a run: accepted, to be improved, or returned until it is answered anew."""

    run: int | None = link("Checklist", "checklist_run")
    section: str = text("Section")  # its letter
    verdict: str = choice("Verdict", VERDICTS, default=ACCEPT)
    comment: str = note("Comment")
    reviewed_by: str = text("Reviewed by")
    reviewed_on: date | None = day("Reviewed on")
