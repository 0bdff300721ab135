"""Two texts of a specification as one, with what was put in and taken out: for paper, web page and tracked changes."""

from __future__ import annotations

from datetime import date

from storage.desk.specification.redline import Compared, Reading, SectionChange, compare
from storage.engine.store import Store
from storage.exchange.paper.papers import Fact, SpecificationPaper, SpecificationSection
from storage.exchange.paper.print_data import imprint_of
from storage.exchange.paper.print_specification import pictures_of

KICKER = "Service specification, compared"


def redline_paper(
    store: Store, old: Reading, new: Reading, today: date | None = None, *, only_changed: bool = False
) -> SpecificationPaper:
    """The second text with what changed since the first marked in it; `only_changed` leaves out the other sections.

    Raises `StorageError` when one of the two is not there.
    """
    shown = compare(store, old, new)
    kept = [s for s in shown.sections if s.changed or not only_changed]
    sections = tuple(map(_section, kept))
    return SpecificationPaper(
        imprint=imprint_of(store, today or store.today()),
        title=shown.new.title or shown.old.title,
        reference=shown.new.reference or shown.old.reference,
        status="redline",
        version_words=f"{shown.new_name} against {_inside(shown.old_name)}",
        sections=sections,
        facts=(Fact("Sections that differ", _counted(shown, len(kept))), *_facts(shown)),
        contents=False,
        kicker=KICKER,
        pictures=pictures_of(store, sections),
    )


def _counted(shown: Compared, kept: int) -> str:
    words = f"{shown.changes} of {len(shown.sections)}"
    return words if kept == len(shown.sections) else f"{words}; the others are left out"


def _facts(shown: Compared) -> list[Fact]:
    """The facts at the head that differ."""
    before, after = dict(shown.old.facts), dict(shown.new.facts)
    made = [("Title", shown.old.title, shown.new.title)]
    made += [(label, before.get(label, ""), after.get(label, "")) for label in {**before, **after}]
    return [
        Fact(label, f"{new or 'nothing'} (was {old or 'nothing'})") for label, old, new in made if old != new
    ]


def _section(change: SectionChange) -> SpecificationSection:
    section = change.shown
    return SpecificationSection(
        section.number, section.heading, change.blocks, section.level, change.heading, section.uuid
    )


def _inside(name: str) -> str:
    """A name of a text inside a sentence."""
    return name[0].lower() + name[1:] if name.startswith(("Version ", "Draft ")) else name
