"""Procurement decisions put to the rules: standstill, tests of a change, indicators owed, notices owed, publication."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from storage.desk.contract.performing import holidays
from storage.desk.limits import limits
from storage.desk.office import office
from storage.engine.conditions import Where
from storage.engine.fields import Record
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from storage.records.procurements import Procurement, PublishedNotice, Representation
from storage.rules.explained import Explained
from storage.rules.procurement import standstill as standing
from storage.rules.procurement.notice_rules import notice_rules
from storage.rules.procurement.notices import ContractFacts, OwedNotice, notices_owed
from storage.rules.procurement.procurement_act import (
    Change,
    ChangedContract,
    above_threshold,
    change_notice,
    kpis_owed,
)
from storage.rules.procurement.psr_modification import Modification, Verdict, modification
from storage.rules.procurement.regimes import LIGHT_TOUCH, PA23, PSR, Process, process_called, regime_called
from storage.rules.procurement.thresholds import Threshold
from storage.rules.procurement.transparency import transparency_due

R = TypeVar("R", bound=Record)
MODIFICATION, ABANDONED, FRAMEWORK = "Modification", "Abandoned", "Framework"
DIRECT_A_OR_B = ("DA-A", "DA-B")
LETTING = ("Award", "Framework", "Call-off", "Urgent award")  # decisions by which a contract is let


@dataclass(frozen=True)
class Case:
    """One decision with all that the rules ask of the file about it; read once, when it is first asked for."""

    reader: Reader
    made: Procurement
    today: date
    shared: dict[str, tuple[Threshold, ...]] = field(default_factory=dict)

    @cached_property
    def contract(self) -> Contract:
        """The contract it is about; an empty one when it is gone."""
        number = self.made.contract or 0
        return self.reader.many(Contract, [number]).get(number) or Contract()

    @cached_property
    def limits(self) -> tuple[Threshold, ...]:
        """The limits of the law, read once for several decisions that share them."""
        if "limits" not in self.shared:
            self.shared["limits"] = limits(self.reader)
        return self.shared["limits"]

    @property
    def code(self) -> str:
        """The code of its regime, as it says itself or else its contract; empty for none that is known."""
        found = regime_called(self.made.regime or self.contract.regime)
        return found.code if found else ""

    @property
    def process(self) -> Process | None:
        """The process it names; None for words that name none of its regime."""
        return process_called(self.made.process or self.contract.process, self.code)

    @property
    def on(self) -> date:
        """The day whose law counts: that of the decision, or today while it is not taken."""
        return self.made.decided_on or self.today

    @property
    def value(self) -> int | None:
        """The lifetime value: of the decision, else of the contract with every option, else as it stands."""
        for found in (self.made.lifetime_value, self.contract.award_value, self.contract.current_value):
            if found is not None:
                return found
        return None

    @cached_property
    def published(self) -> list[PublishedNotice]:
        """The notices published for it."""
        return self._of(PublishedNotice)

    @cached_property
    def others(self) -> list[Procurement]:
        """Every decision on the contract, this one too, in the order they were taken."""
        where = Where("contract", "is", (self.made.contract or 0,))
        return self.reader.all(Procurement, Query((where,), (Order("decided_on"), Order("id"))))

    def representations(self) -> list[standing.Representation]:
        """What was said against it, each answered on the day recorded for all."""
        return [
            standing.Representation(r.received_on, self.made.representations_closed)
            for r in self._of(Representation)
            if r.received_on is not None
        ]

    def _of(self, cls: type[R]) -> list[R]:
        return self.reader.all(cls, Query((Where("procurement", "is", (self.made.key,)),), (Order("id"),)))


def standstill(case: Case) -> Explained[standing.Standstill | None]:
    """The standstill of a decision, counted from the notice that starts it."""
    return standing.standstill(
        case.code, case.made.intention_on, holidays(case.reader), case.limits, case.representations()
    )


def duty(case: Case) -> Explained[str] | None:
    """Whether a standstill has to be kept; None while the process is not known."""
    return standing.standstill_duty(case.process, case.code) if case.process else None


def _let(case: Case) -> Procurement | None:
    """The decision by which the contract was let, before this one."""
    return next((d for d in case.others if d.kind in LETTING and d.id != case.made.id), None)


def psr_change(case: Case) -> Explained[Verdict | None]:
    """Whether a change of a health care contract is permitted, all changes since award counted together."""
    let = _let(case)
    said = (let.process if let else "") or case.contract.process
    awarded_by = process_called(said, PSR)
    before = case.made.decided_on
    changes = [
        d.value_change
        for d in case.others
        if d.kind == MODIFICATION
        and (d.id == case.made.id or (before and d.decided_on and d.decided_on <= before))
    ]
    together = None if any(c is None for c in changes) else sum(c for c in changes if c is not None)
    made = case.made
    change = Modification(
        original_pence=(let.lifetime_value if let else None) or case.contract.award_value,
        cumulative_pence=together,
        change_pence=made.value_change,
        awarded_by_a_or_b=awarded_by.code in DIRECT_A_OR_B if awarded_by else None if not said else False,
        provided_for=made.provided_for,
        succession=made.succession,
        external=made.external,
        material=made.material,
    )
    return modification(change, case.on, case.limits, made.decided_on)


def act_change(case: Case) -> Explained[bool | None]:
    """Whether a change owes a notice under the Procurement Act; of the longest term, options are a part."""
    held = case.contract
    last = max((d for d in (held.max_end, held.max_by_term, held.agreed_end) if d), default=None)
    longest = (last - held.start).days + 1 if last and held.start else None
    return change_notice(
        ChangedContract(case.code, case.value, longest),
        Change(case.made.value_change or 0, case.made.term_days or 0),
        case.on,
        case.limits,
        restructuring=bool(case.made.succession),
    )


def kpi_duty(case: Case) -> Explained[bool | None]:
    """Whether key performance indicators have to be set and published."""
    return kpis_owed(
        case.code,
        case.value,
        case.on,
        case.limits,
        framework=case.made.kind == FRAMEWORK,
        not_appropriate=bool(case.contract.kpi_exempt),
    )


def over_threshold(case: Case) -> Explained[bool | None]:
    """Whether the value makes a public contract under the Act; the NHS has the lower threshold of central bodies."""
    begun = case.made.begun_on or case.on
    is_light = case.code == LIGHT_TOUCH or bool(case.made.light_touch)
    central = is_council(case.reader) is not True
    return above_threshold(case.value, begun, case.limits, light_touch=is_light, central=central)


def is_council(reader: Reader) -> bool | None:
    """Whether the organisation that keeps this file is a council; None while it is not among the organisations."""
    ours = office(reader).organisation.strip().casefold()
    if not ours:
        return None
    named = (o for o in reader.all(Organisation) if o.title.strip().casefold() == ours and o.kind)
    found = next(named, None)
    return None if found is None else found.kind == "Council"


def transparency(reader: Reader, contract: Contract, today: date) -> Explained[bool | None]:
    """Whether a council has to publish the contract each quarter."""
    value = contract.award_value if contract.award_value is not None else contract.current_value
    return transparency_due(value, today, limits(reader), council=is_council(reader))


def owed(case: Case) -> tuple[OwedNotice, ...]:
    """The notices a decision owes, those published among them: of a change, those of changes only."""
    changed = case.made.kind == MODIFICATION
    rules = [r for r in notice_rules() if (r.when == "modification_noticed") == changed]
    return notices_owed(_facts(case, changed), case.on, case.limits, rules)


def _facts(case: Case, changed: bool) -> ContractFacts:
    made, held = case.made, case.contract
    days: dict[str, list[date]] = {}
    for each in case.published:
        if each.published_on is not None:
            days.setdefault(each.code.strip(), []).append(each.published_on)
    noticed = None
    if changed:
        found = psr_change(case).value if case.code == PSR else None
        noticed = (found.notice if found else None) if case.code == PSR else act_change(case).value
    return ContractFacts(
        regime=case.code,
        process=case.process.code if case.process else "",
        value_pence=case.value,
        market_engaged=made.market_engaged,
        awarded_on=made.awarded_on or held.award_date,
        signed_on=held.signed_on,
        start_on=held.start,
        expected_end=held.ends,
        abandoned_on=made.decided_on if made.kind == ABANDONED else None,
        modified_on=made.decided_on if changed else None,
        modification_noticed=noticed,
        kpis_owed=kpi_duty(case).value if case.code == PA23 else False,
        published=days,
    )
