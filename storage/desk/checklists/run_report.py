"""Many runs of one template side by side: how each question was answered, and what the runs score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from storage.checklists.short import read_short
from storage.engine.conditions import Where
from storage.engine.query import ALL, Query
from storage.engine.reading import Reader
from storage.records.assessments import Run


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run of the report. `score` is in per cent, None when nothing that is scored is answered."""

    id: int
    title: str
    about: str
    standing: str
    score: int | None


@dataclass(frozen=True, slots=True)
class Across:
    """What many runs say. `answers` counts the marks of each question: an answer, x not applicable, - not asked,
    + answered in words; a run where the question is open counts nowhere. `mean` is of the scores there are."""

    runs: tuple[RunLine, ...]
    answers: Mapping[str, Mapping[str, int]]

    @property
    def mean(self) -> int | None:
        """The mean score in per cent, halves up; None when no run has one."""
        scores = [run.score for run in self.runs if run.score is not None]
        return (2 * sum(scores) + len(scores)) // (2 * len(scores)) if scores else None

    @property
    def standings(self) -> Mapping[str, int]:
        """How many runs stand in each way."""
        return Counter(run.standing for run in self.runs)


def across(reader: Reader, template_id: str, query: Query = ALL) -> Across:
    """The runs of a template, in every version, that a query finds; adapted templates are templates of their own."""
    only = replace(query, where=(*query.where, Where("template", "is", (template_id,))))
    found = reader.values(Run, ("title", "subject", "standing", "score", "in_short"), only)
    lines = []
    marks: Counter[str] = Counter()
    for number, (title, about, standing, score, short) in found:
        lines.append(
            RunLine(number, str(title), str(about), str(standing), score if isinstance(score, int) else None)
        )
        marks.update(str(short).split())
    answers: dict[str, dict[str, int]] = {}
    for each, times in marks.items():
        for question, mark in read_short(each).items():
            answers.setdefault(question, {})[mark] = times
    return Across(tuple(lines), answers)
