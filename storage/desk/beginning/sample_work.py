"""The written work of the sample: specifications with their versions, checklists with their answers and signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from storage.checklists.answers import Value, part_problem
from storage.checklists.parts import Kind, Part
from storage.desk.beginning.sample_reading import Entry, Reading, SampleError, part, parts, without, words
from storage.desk.checklists.run_state import SUBJECTS
from storage.desk.checklists.runs import sign, start_run
from storage.desk.specification.sections import sections_of
from storage.desk.specification.specifications import issue, start_specification
from storage.engine.store import Store, with_values
from storage.engine.values import read_money
from storage.records.assessments import Given, Run, template_of
from storage.records.services import Service
from storage.records.specifications import Specification


class Work:
    """Writes specifications and checklists the way a person would, through the acts of the desk."""

    def __init__(self, store: Store, reading: Reading) -> None:
        self._store = store
        self._reading = reading

    # ---- specifications

    def specifications(self, entries: Sequence[Entry]) -> None:
        """Start each specification, issue its versions and write its draft, in the order of their references."""
        for entry in sorted(entries, key=lambda e: words(e, "reference")):
            self._specification(entry)

    def _specification(self, entry: Entry) -> None:
        store, days = self._store, self._reading.days
        reference = words(entry, "reference")
        fields = self._reading.values(Specification.FIELDS, part(entry, "fields"))
        with store.step(f"Start the specification {reference} {words(entry, 'title')}"):
            made = start_specification(
                store,
                words(entry, "outline"),
                words(entry, "title"),
                service=self._reading.number(Service.TABLE, words(entry, "service")),
                reference=reference,
            )
            store.save(with_values(made, fields))
        self._reading.remember(made, reference)
        for version in parts(entry, "issues"):
            self._write(
                made, part(version, "text"), f"Write version {words(version, 'number')} of {reference}"
            )
            issue(
                store,
                made.key,
                words(version, "number"),
                by=words(version, "by"),
                on=days.read(words(version, "on")),
                summary=days.fill(words(version, "summary")),
            )
        self._write(made, part(entry, "draft"), f"Write the next version of {reference}")
        if "status" in fields:
            store.change(Specification, made.key, {"status": fields["status"]})

    def _write(self, specification: Specification, text: Entry, label: str) -> None:
        """Put words under the headings named."""
        by_heading = {s.heading: s for s in sections_of(self._store, specification.key)}
        if unknown := set(text) - set(by_heading):
            raise SampleError(f"{specification.reference} has no heading {', '.join(sorted(unknown))}")
        with self._store.step(label):
            written = {name: self._reading.days.fill(words(text, name)) for name in text}
            self._store.save_many([replace(by_heading[name], body=body) for name, body in written.items()])

    # ---- checklists

    def runs(self, entries: Sequence[Entry]) -> None:
        """Start each checklist and answer it, all in one step a checklist."""
        for entry in sorted(entries, key=lambda e: words(e, "template")):
            about = {name: self._about(entry, name) for name in SUBJECTS}
            with self._store.step(f"Work through {words(entry, 'title')}"):
                run = start_run(
                    self._store,
                    words(entry, "template"),
                    title=words(entry, "title"),
                    **about,  # type: ignore[arg-type]
                )
                head = without(entry, "key", "template", "answers", "signed", *SUBJECTS)
                run = self._store.save(with_values(run, self._reading.values(Run.FIELDS, head)))
                self._store.save_many([self._given(run, answer) for answer in parts(entry, "answers")])
            self._reading.remember(run, words(entry, "key"))

    def _about(self, entry: Entry, name: str) -> int | None:
        return self._reading.number(SUBJECTS[name].TABLE, words(entry, name)) if name in entry else None

    def _given(self, run: Run, entry: Entry) -> Given:
        question = template_of(run).question(words(entry, "question"))
        head = without(entry, "question", "values", "not_applicable", "on", "by")
        given = Given(
            run=run.id,
            question=question.id,
            values={
                key: self._answer(question.part(key), held) for key, held in part(entry, "values").items()
            },
            not_applicable=True if "not_applicable" in entry else None,
            reason=words(entry, "not_applicable"),
            answered_on=self._day(entry, "on") or run.started_on,
            answered_by=words(entry, "by") or run.completed_by,
        )
        return with_values(given, self._reading.values(Given.FIELDS, head))

    def _answer(self, asked: Part, held: object) -> Value:
        """One value in the form a checklist keeps. Raises SampleError for one it cannot hold."""
        value = self._as_kept(asked.kind, held)
        if problem := part_problem(asked, value):
            raise SampleError(problem)
        return value

    def _as_kept(self, kind: Kind, held: object) -> Value:
        if isinstance(held, list):
            if kind is Kind.MATRIX:
                return dict(zip(("likelihood", "consequence"), held, strict=True))
            return [str(one) for one in held]
        if kind is Kind.DATE:
            return self._reading.days.read(str(held)).isoformat()
        if kind is Kind.MONEY:
            return read_money(str(held))
        return self._reading.days.fill(str(held))

    def sign(self, entries: Sequence[Entry]) -> None:
        """Sign the checklists that are signed. This comes last, since undo stops at a signature."""
        for entry in entries:
            if signed := part(entry, "signed"):
                sign(
                    self._store,
                    self._reading.number(Run.TABLE, words(entry, "key")),
                    name=words(signed, "name"),
                    role=words(signed, "role"),
                    decision=words(signed, "decision"),
                    conditions=words(signed, "conditions"),
                    on=self._day(signed, "on"),
                    next_review=self._day(signed, "next_review"),
                )

    def _day(self, entry: Entry, name: str) -> date | None:
        return self._reading.days.read(words(entry, name)) if name in entry else None
