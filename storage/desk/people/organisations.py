"""Organisations over time: found by name or made, retired, merged; never lost while a contract names them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from storage.desk.people.joining import join
from storage.desk.writing import found, held, joined_step
from storage.engine.errors import Refused, StorageError
from storage.engine.store import Store
from storage.records.contracts import Contract
from storage.records.organisations import Organisation, OtherName
from storage.records.parties import Party

_FORMS = frozenset(
    ("ltd", "limited", "plc", "llp", "cic", "cio", "inc", "the", "co", "company", "community", "interest")
)  # words about the form of a body, which its name often carries and often does not


def find_by_name(store: Store, name: str) -> Organisation | None:
    """The organisation of this name, or once known by it, capitals and spaces aside; a merged one gives the other."""
    wanted = _folded(name)
    same = [o for o in store.all(Organisation) if _folded(o.title) == wanted] if wanted else []
    if wanted and not same:
        known = [
            o.organisation for o in store.all(OtherName) if o.organisation and _folded(o.title) == wanted
        ]
        same = list(store.many(Organisation, known).values())
    same.sort(key=lambda o: (bool(o.retired), o.key))
    return _surviving(store, same[0]) if same else None


def find_or_make(store: Store, name: str) -> Organisation:
    """The organisation of this name, made when there is none. Alike is not the same: see `candidates`."""
    known = find_by_name(store, name)
    if known is not None:
        return known
    title = " ".join(name.split())
    if not title:
        raise StorageError("An organisation needs a name. Nothing was changed.")
    with joined_step(store, f"Add {title}"):
        made = store.save(Organisation(title=title))
    return store.get(Organisation, made.key)


def candidates(store: Store, name: str) -> list[Organisation]:
    """Other organisations whose name differs only in form, such as Ltd for Limited: to be looked at, not merged."""
    wanted, plain = _folded(name), plain_name(name)
    if not plain:
        return []
    every = store.all(Organisation)
    return [o for o in every if not o.retired and plain_name(o.title) == plain and _folded(o.title) != wanted]


def retire(store: Store, organisation_id: int) -> Organisation:
    """Keep an organisation for its contracts and offer it for new ones no longer."""
    organisation = held(store, Organisation, organisation_id)
    with joined_step(store, f"Retire {organisation.name}"):
        return store.save(replace(organisation, retired=True))


def bring_back(store: Store, organisation_id: int) -> Organisation:
    """Offer a retired organisation again. Raises `StorageError` for one that was merged into another."""
    organisation = held(store, Organisation, organisation_id)
    if organisation.merged_into is not None:
        raise StorageError(f"{organisation.name} was merged into another organisation. Nothing was changed.")
    with joined_step(store, f"Bring back {organisation.name}"):
        return store.save(replace(organisation, retired=None))


def merge(store: Store, old_id: int, into_id: int) -> int:
    """Put one organisation in the place of another everywhere, in one step; how many contracts it changed.

    The old one stays, retired, says what it was merged into, and its name finds the other. Where a contract names
    both in one role, once is kept.
    """
    contracts = {p.contract for p in parties_of(store, old_id)}
    join(store, Organisation, old_id, into_id)
    return len(contracts)


def parties_of(store: Store, organisation_id: int) -> list[Party]:
    """The parts an organisation has in contracts, whatever the role."""
    return list(store.parts(found(store, Organisation, organisation_id)).of(Party, "parties"))


def refuse_while_named(store: Store, ids: Sequence[int]) -> None:
    """Raises `Refused` when a contract that is not in the bin names one of the organisations."""
    for organisation in store.many(Organisation, ids).values():
        numbers = {p.contract for p in parties_of(store, organisation.key) if p.contract is not None}
        count = sum(not contract.binned for contract in store.many(Contract, sorted(numbers)).values())
        if count:
            contracts = "1 contract names" if count == 1 else f"{count:,} contracts name"
            raise Refused(
                f"{contracts} {organisation.name}, so it was not moved to the bin. "
                "Retire it to keep it for those contracts, or merge it into another organisation."
            )


def _surviving(store: Store, organisation: Organisation) -> Organisation:
    """What an organisation was merged into, as long as there is such a one."""
    seen = {organisation.key}
    while organisation.merged_into is not None and organisation.merged_into not in seen:
        seen.add(organisation.merged_into)
        following = store.many(Organisation, [organisation.merged_into]).get(organisation.merged_into)
        if following is None or following.binned:
            break
        organisation = following
    return organisation


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def plain_name(name: str) -> str:
    """A name without the words about its form, marks and spaces."""
    words = re.findall(r"\w+", _folded(name).replace("&", " and ").replace("’", "").replace("'", ""))
    return "".join(word for word in words if word not in _FORMS)
