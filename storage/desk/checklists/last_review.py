"""What the last review of a risk is, and how it stood then: the one place that says so, for checklists and contracts.

*Of a checklist* it is the last signature before the present state: its own, where it was reopened; else that of the
checklist it was carried over or duplicated from, or of one further back. Where none of these was ever signed, it is the
one it was carried from, as it stands. *Of a contract* it is the last review meeting before today, and a risk stood as
the file had it when that day began: so the papers of a meeting and what was decided in it both count as movement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import cast

from storage.checklists.answers import Answer
from storage.checklists.risks import Key, RunRisk, has_risks, moves, risks_of
from storage.checklists.structure import Template
from storage.desk.risk_scales import risk_scales
from storage.engine.conditions import Where
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.row_history import Former, steps_that_set, stood_after, stood_before
from storage.engine.values import long_day
from storage.records.assessments import Given, Run, live_of, template_of
from storage.records.meetings import ReviewMeeting
from storage.records.running import Risk
from storage.rules.risk_movement import Movement, Place, place_of
from storage.rules.risks import Scales

MOST_BACK = 50  # checklists carried one from another
MOST_NAMED = 500  # contracts that a question to the file names one by one
Kept = Mapping[str, object]


@dataclass(frozen=True)
class LastReview:
    """The last review of a run: what it is called, and the risks as they were scored then."""

    since: str
    risks: tuple[RunRisk, ...]

    @cached_property
    def by_question(self) -> Mapping[str, list[RunRisk]]:
        """The risks of each question: a card is drawn without looking through all of them."""
        held: dict[str, list[RunRisk]] = {}
        for risk in self.risks:
            held.setdefault(risk.key[0], []).append(risk)
        return held

    def moved(self, template: Template, answers: Mapping[str, Answer]) -> dict[Key, Movement]:
        """How each risk of a run has moved since."""
        return moves(risks_of(template, answers), self.risks)

    @property
    def kept(self) -> Kept:
        """The same in a form that a signed run keeps for ever."""
        rows = [
            [*risk.key, risk.number, risk.words, risk.named, *risk.place.steps, risk.place.band]
            for risk in self.risks
        ]
        return {"since": self.since, "risks": rows}


@dataclass
class LastReviews:
    """Last reviews as they were looked up, so that each answer to a run does not read its history again."""

    _known: dict[tuple[object, ...], LastReview | None] = field(default_factory=dict)

    def of(self, reader: Reader, run: Run) -> LastReview | None:
        """The last review of a run, None where there was none before."""
        key = (run.uuid, run.signed_on, run.reopened, run.carried_from)
        if key not in self._known:
            self._known[key] = last_review(reader, run)
        return self._known[key]


def last_review(reader: Reader, run: Run) -> LastReview | None:
    """The last review of a run; None where there was none before, or it scores no risk.

    A signed run keeps what it was compared with when it was signed.
    """
    if run.signed_on and "review" in run.as_signed:
        return _from_kept(cast("Kept", run.as_signed["review"]))
    if not (run.reopened or run.carried_from) or not has_risks(template_of(run)):
        return None
    signed = _signed_at(reader, run)[1 if run.signed_on else 0 :] if run.reopened else []
    if signed:
        step, day = signed[0]
        return _review(reader, run, f"its signature of {long_day(day)}", step, day)
    return _of_earlier(reader, run)


def _of_earlier(reader: Reader, run: Run) -> LastReview | None:
    """The nearest signed run it was carried from; the nearest at all where none was signed."""
    earlier = list(_carried_from(reader, run))
    for each in earlier:
        if signed := _signed_at(reader, each):
            step, day = signed[0]
            return _review(reader, each, f"{each.reference}, signed on {long_day(day)}", step, day)
    return _review(reader, earlier[0], f"{earlier[0].reference}, not signed") if earlier else None


def _carried_from(reader: Reader, run: Run) -> Iterable[Run]:
    seen = {run.id}
    number = run.carried_from
    while number is not None and number not in seen and len(seen) < MOST_BACK:
        seen.add(number)
        found = reader.many(Run, [number]).get(number)
        if found is None:
            return
        yield found
        number = found.carried_from


def _signed_at(reader: Reader, run: Run) -> list[tuple[int, date]]:
    """The steps in which a run was signed, with the day, the newest first."""
    found = steps_that_set(reader, Run.TABLE, run.key, "signed_on")
    return [(step, date.fromisoformat(str(day))) for step, day in found]


def _review(
    reader: Reader, run: Run, since: str, step: int | None = None, day: date | None = None
) -> LastReview:
    """The risks of a run as they stood after a step, or as they stand."""
    given = list(reader.parts(run).of(Given, "answers"))
    if step is not None:
        former = stood_after(reader, Given.TABLE, dict.fromkeys((each.key for each in given), step))
        given = [was for each in given if (was := _as_it_was(reader, each, former[each.key])) is not None]
    answers = live_of(replace(run, signed_on=day), given, (), reader.today())
    return LastReview(since, risks_of(template_of(run), answers))


def _as_it_was(reader: Reader, given: Given, former: Former) -> Given | None:
    if former is None:
        return None
    fields = reader.fields(Given)
    values = {n: fields[n].from_sql(v) for n, v in former.items() if n in fields and n not in ("uuid", "run")}
    return replace(given, **values)  # type: ignore[arg-type]


def _from_kept(kept: Kept) -> LastReview | None:
    rows = cast("list[list[object]]", kept.get("risks", []))
    if not kept:
        return None
    risks = []
    for question, part, row, column, number, words, named, likelihood, consequence, band in rows:
        place = Place(cast("int", likelihood), cast("int", consequence), str(band))
        key = (str(question), str(part), str(row), str(column))
        risks.append(RunRisk(key, str(number), str(words), place, str(named)))
    return LastReview(str(kept["since"]), tuple(risks))


# ---- the risks of contracts


@dataclass(frozen=True, slots=True)
class RiskMoves:
    """How a risk of a contract has moved, before and after what is done about it; `since` is empty for no review.

    `counts` is the movement of the place that counts: after what is done about it where that is scored, else before.
    """

    since: str = ""
    now: Movement | None = None
    after: Movement | None = None
    counts: Movement | None = None


def risk_moves(reader: Reader, risks: Sequence[Risk]) -> dict[int, RiskMoves]:
    """How risks of any contracts have moved since the last review meeting of each, by the number of the risk."""
    meetings = _last_meetings(reader, {risk.contract for risk in risks if risk.contract is not None})
    days = {
        risk.key: held.on for risk in risks
        if (held := meetings.get(risk.contract or 0)) is not None and held.on is not None
    }  # fmt: skip
    former, words = stood_before(reader, Risk.TABLE, days), risk_scales(reader)
    return {risk.key: _moved(risk, meetings.get(risk.contract or 0), former, words) for risk in risks}


def _last_meetings(reader: Reader, contracts: set[int]) -> dict[int, ReviewMeeting]:
    where = [Where("on", "before", (reader.today(),))]
    if len(contracts) <= MOST_NAMED:
        where.append(Where("contract", "any of", tuple(sorted(contracts))))
    found = reader.all(ReviewMeeting, Query(tuple(where), (Order("on"), Order("id")))) if contracts else []
    return {meeting.contract: meeting for meeting in found if meeting.contract is not None}


def _moved(
    risk: Risk, meeting: ReviewMeeting | None, former: Mapping[int, Former], words: Scales
) -> RiskMoves:
    if meeting is None or meeting.on is None or risk.key not in former:
        return RiskMoves()
    held = former[risk.key]
    before = (None, None) if held is None else places_of(_as_scored(risk, held), words)
    now, after = places_of(risk, words)
    counting = after or now
    return RiskMoves(
        f"{meeting.title or 'review meeting'}, {long_day(meeting.on)}",
        Movement(now, before[0]) if now else None,
        Movement(after, before[1]) if after else None,
        Movement(counting, before[1] or before[0]) if counting else None,
    )


def places_of(risk: Risk, words: Scales) -> tuple[Place | None, Place | None]:
    """Where a risk of a contract stands on the matrix, before and after what is done about it."""
    return (
        place_of(risk.likelihood, risk.consequence, words),
        place_of(risk.likelihood_after, risk.consequence_after, words),
    )


def place_that_counts(risk: Risk, words: Scales) -> Place | None:
    """Where it stands after what is done about it, or before where that is not scored."""
    before, after = places_of(risk, words)
    return after or before


def _as_scored(risk: Risk, held: Mapping[str, object]) -> Risk:
    def step(name: str) -> int | None:
        return cast("int | None", held[name] if name in held else getattr(risk, name))

    return replace(
        risk,
        likelihood=step("likelihood"),
        consequence=step("consequence"),
        likelihood_after=step("likelihood_after"),
        consequence_after=step("consequence_after"),
    )
