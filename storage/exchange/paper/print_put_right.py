"""Puts the list of what is to be put right on paper: one owner’s by how grave, everybody’s under each owner."""

from __future__ import annotations

from collections.abc import Sequence

from storage.desk.put_right.finding import Finding, Severity, counted
from storage.desk.put_right.listing import NOBODY, grouped_by, of_owner, owners, put_right
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.exchange.paper.papers_put_right import FindingPaper, FindingsPaper, PutRightPaper
from storage.exchange.paper.print_data import imprint_of

EVERYBODY = "Everybody"
_SECTIONS = {
    Severity.MUST: "Must be put right",
    Severity.SHOULD: "Should be put right",
    Severity.COULD: "Could be put right",
}


def put_right_paper(store: Store, found: Sequence[Finding], owner: str = "", aside: int = 0) -> PutRightPaper:
    """The findings given, which are those of `owner`, or of everybody without one."""
    if owner:
        by = {_SECTIONS[s]: [f for f in found if f.kind.severity is s] for s in Severity}
        groups = {heading: those for heading, those in by.items() if those}
    else:
        groups = {name: [*those] for name, those in grouped_by(found, "owner").items()}
    counts = [(s.words.lower(), sum(f.kind.severity is s for f in found)) for s in Severity]
    said = ", ".join(f"{n:,} {words}" for words, n in counts if n)
    return PutRightPaper(
        imprint=imprint_of(store, store.today()),
        title="To put right",
        owner=owner or EVERYBODY,
        counts=f"{counted(len(found), 'finding')}: {said}." if found else "Nothing is to be put right.",
        sections=tuple(_section(heading, those) for heading, those in groups.items()),
        aside=f"{counted(aside, 'finding')} put aside {'is' if aside == 1 else 'are'} not in this list."
        if aside
        else "",
    )


def _section(heading: str, found: Sequence[Finding]) -> FindingsPaper:
    rows = (FindingPaper(f.kind.severity.words, f.subject, f.reference, f.words) for f in found)
    return FindingsPaper(heading, counted(len(found), "finding"), tuple(rows))


def current_put_right(store: Store, owner: str = "") -> PutRightPaper:
    """The list as it stands, of one owner where one is named.

    Raises `StorageError`, which lists the owners there are, when nobody of that name has anything to put right.
    """
    listed = put_right(store)
    if not owner:
        return put_right_paper(store, listed.findings, aside=len(listed.aside))
    found = of_owner(listed.findings, owner)
    if not found:
        names = ", ".join([*owners(listed.findings), NOBODY])
        raise StorageError(f"{owner} has nothing to put right. Nothing was written. Those who have: {names}.")
    return put_right_paper(store, found, found[0].owner or NOBODY, len(of_owner(listed.aside, owner)))
