"""Providers and inherited contracts: who is named, whether they still exist, and how far an old form has moved."""

from __future__ import annotations

from collections.abc import Iterator

from storage.desk.put_right.finding import Finding, Kind, Severity
from storage.desk.put_right.register import Register, owner_of
from storage.engine.values import show_day
from storage.records.contracts import Contract
from storage.records.organisations import Organisation, Succession

_PROVIDERS, _INHERITED = "Providers", "Inherited contracts"
MUST, SHOULD, COULD = Severity.MUST, Severity.SHOULD, Severity.COULD

NO_PROVIDER = Kind("no_provider", MUST, _PROVIDERS, "No provider", "No organisation has the role of provider.",
    "provider_name")  # fmt: skip
IN_BIN = Kind("provider_binned", MUST, _PROVIDERS, "Provider in the bin", "{0}, its provider, is in the bin.",
    "provider_name")  # fmt: skip
RETIRED = Kind("provider_retired", SHOULD, _PROVIDERS, "Retired provider",
    "{0}, its provider, is marked as retired.", "provider_name")  # fmt: skip
REPLACED = Kind("provider_replaced", SHOULD, _PROVIDERS, "Predecessor still named",
    "{0} was taken over by {1}{2}, and the contract still names it.", "provider_name")  # fmt: skip
NO_NUMBER = Kind("vcse_number", SHOULD, _PROVIDERS, "Voluntary provider without a number",
    "{0} is a voluntary, community or social enterprise, but neither a charity nor a company number is recorded.",
    "charity_number")  # fmt: skip
PAST_TARGET = Kind("form_late", MUST, _INHERITED, "Past the day to move",
    "It was to move to “{0}” by {1}.", "contract_form")  # fmt: skip
NO_TARGET_DATE = Kind("form_undated", COULD, _INHERITED, "No day to move by",
    "It is to move to “{0}”, but no day is set.", "form_target_date")  # fmt: skip
NOT_REVIEWED = Kind("not_reviewed", SHOULD, _INHERITED, "Fitness not reviewed",
    "It is to move to another form of contract, and nobody has reviewed whether it is fit.", "fitness")  # fmt: skip


def providers(register: Register) -> Iterator[Finding]:
    """Contracts whose provider is missing, gone or replaced, and voluntary providers without a number."""
    heirs = _heirs(register)
    told: set[int] = set()
    for contract in register.active:
        held = register.providers.get(contract.key, ())
        if not held:
            yield register.found(NO_PROVIDER, contract)
        for organisation in held:
            yield from _about_provider(register, contract, organisation, heirs)
            if organisation.vcse and organisation.key not in told and not _numbered(organisation):
                told.add(organisation.key)
                yield Finding(NO_NUMBER, organisation.TABLE, organisation.key, organisation.uuid, "charity_number",
                              0, organisation.name, "", owner_of(contract), (organisation.name,))  # fmt: skip


def marked_voluntary(register: Register) -> Iterator[Finding]:
    """Contracts that mark their supplier as voluntary, where neither they nor the provider give a number."""
    for c in register.active:
        if not c.supplier_vcse or c.supplier_company_number.strip() or c.supplier_charity_number.strip():
            continue
        if not any(o.vcse or _numbered(o) for o in register.providers.get(c.key, ())):
            yield register.found(
                NO_NUMBER, c, c.provider_name or "The supplier", field="supplier_charity_number"
            )


def _about_provider(
    register: Register, contract: Contract, organisation: Organisation, heirs: dict[int, tuple[str, str]]
) -> Iterator[Finding]:
    if organisation.binned:
        yield register.found(IN_BIN, contract, organisation.name)
    elif organisation.key in heirs:
        yield register.found(REPLACED, contract, organisation.name, *heirs[organisation.key])
    elif organisation.retired:
        yield register.found(RETIRED, contract, organisation.name)


def _heirs(register: Register) -> dict[int, tuple[str, str]]:
    """Who took over from an organisation, and since when in words, where that day has come."""
    found: dict[int, tuple[str, str]] = {}
    for each in register.rows(Succession, "predecessor", "successor", "on"):
        heir = register.organisations.get(each.successor or 0)
        if each.predecessor is None or heir is None or (each.on is not None and each.on > register.today):
            continue
        found[each.predecessor] = heir.name, f" on {show_day(each.on)}" if each.on else ""
    return found


def _numbered(organisation: Organisation) -> bool:
    return bool(organisation.company_number.strip() or organisation.charity_number.strip())


def inherited(register: Register) -> Iterator[Finding]:
    """Contracts that were to move to another form and have not, or that nobody has looked at."""
    for c in register.active:
        if not c.form_target or c.form_target == c.contract_form:
            continue
        if c.form_target_date is None:
            yield register.found(NO_TARGET_DATE, c, c.form_target)
        elif c.form_target_date < register.today:
            yield register.found(PAST_TARGET, c, c.form_target, c.form_target_date)
        if c.fitness in ("", "Not reviewed"):
            yield register.found(NOT_REVIEWED, c)
