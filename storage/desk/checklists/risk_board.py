"""All risks on one matrix: those of a checklist, of a contract, or every open one of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from storage.checklists.risks import risks_of
from storage.desk.checklists.last_review import last_review, place_that_counts, risk_moves
from storage.desk.checklists.run_state import RunState, run_state, subject_of, subject_words
from storage.desk.risk_scales import risk_scales
from storage.desk.writing import found
from storage.engine.conditions import Where
from storage.engine.query import Query
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.running import Risk
from storage.rules.risk_movement import Movement, Place
from storage.rules.risks import Scales, scales

_OPEN = Where("status", "is not", ("Closed",))
EACH_CONTRACT = "the last review meeting of each contract"


@dataclass(frozen=True, slots=True)
class BoardRisk:
    """One risk on the matrix. `number` stands in its square; `about` is the contract, where there are several.

    `question` or `risk` and `contract` say where it is kept. `movement` is None where nothing is known of a review.
    """

    number: str
    words: str
    place: Place
    movement: Movement | None = None
    about: str = ""
    owner: str = ""
    review_on: date | None = None
    question: str = ""
    risk: int = 0
    contract: int = 0


@dataclass(frozen=True, slots=True)
class RiskBoard:
    """A matrix with its risks. `since` names the last review, empty for none; `unscored` have no place on it."""

    subject: str
    risks: tuple[BoardRisk, ...]
    since: str = ""
    unscored: int = 0
    scales: Scales = field(default_factory=scales)

    def at(self, likelihood: int, consequence: int) -> tuple[BoardRisk, ...]:
        """The risks in one square."""
        return tuple(risk for risk in self.risks if risk.place.steps == (likelihood, consequence))

    @property
    def counts(self) -> Mapping[str, int]:
        """How many risks are in each band, the gravest first; bands without any are left out."""
        held = Counter(risk.place.band for risk in self.risks)
        order = {band.name: -band.highest for band in self.scales.bands}
        return {band: held[band] for band in sorted(held, key=lambda name: order.get(name, 0))}

    @property
    def words(self) -> str:
        """The same in words: 2 extreme, 1 low; 3 not scored."""
        said = ", ".join(f"{number:,} {band.lower()}" for band, number in self.counts.items())
        more = f"{self.unscored:,} not scored" if self.unscored else ""
        return "; ".join(words for words in (said, more) if words) or "No risk is scored."


def board_of_run(store: Store, run_id: int) -> RiskBoard:
    """The scores of a checklist, by the numbers of their questions. Raises `StorageError` when there is none."""
    return board_of_state(store, run_state(store, run_id))


def board_of_state(store: Store, state: RunState) -> RiskBoard:
    """The same of a checklist that is read already."""
    run, review = state.run, last_review(store, state.run)
    moved = review.moved(state.template, state.answers) if review else {}
    shown = tuple(
        BoardRisk(r.number, r.words, r.place, moved.get(r.key), question=r.key[0])
        for r in risks_of(state.template, state.answers)
    )
    about = None if run.signed_on else subject_of(store, run)
    subject = " – ".join(
        words for words in (run.title, subject_words(about) if about else run.subject) if words
    )
    return RiskBoard(subject, shown, review.since if review else "", scales=state.template.scales)


def board_of_contract(store: Store, contract_id: int) -> RiskBoard:
    """The open risks of a contract, the gravest first. Raises `StorageError` when there is no such contract."""
    contract = found(store, Contract, contract_id)
    risks = store.all(
        Risk, Query(where=(Where("contract", "is", (contract_id,)), Where("status", "is not", ("Closed",))))
    )
    return _board(store, risks, subject_words(contract), {})


def board_of_file(store: Store) -> RiskBoard:
    """Every open risk of every contract that is not in the bin, the gravest first."""
    risks = store.all(Risk, Query(where=(_OPEN,)))
    numbers = sorted({risk.contract for risk in risks if risk.contract is not None})
    contracts = {n: each for n, each in store.many(Contract, numbers).items() if not each.binned}
    kept = [risk for risk in risks if risk.contract is None or risk.contract in contracts]
    return _board(store, kept, "All contracts", {n: subject_words(each) for n, each in contracts.items()})


def _board(store: Store, risks: Sequence[Risk], subject: str, contracts: Mapping[int, str]) -> RiskBoard:
    moved, words = risk_moves(store, risks), risk_scales(store)
    placed = [(risk, place) for risk in risks if (place := place_that_counts(risk, words)) is not None]
    placed.sort(key=lambda each: (-each[1].points, -each[1].consequence, each[0].key))
    shown = tuple(
        BoardRisk(
            str(number), risk.title, place, moved[risk.key].counts, contracts.get(risk.contract or 0, ""),
            risk.owner, risk.review_on, risk=risk.key, contract=risk.contract or 0,
        )
        for number, (risk, place) in enumerate(placed, start=1)
    )  # fmt: skip
    reviews = {moves.since for moves in moved.values() if moves.since}
    since = EACH_CONTRACT if contracts and reviews else next(iter(reviews), "")
    return RiskBoard(subject, shown, since, len(risks) - len(placed), words)
