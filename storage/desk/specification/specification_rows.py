"""What a specification keeps as rows, as sections of its text: so screen, paper, Word and comparison all show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from storage.engine.conditions import Where
from storage.engine.fields import Record
from storage.engine.query import Order, Query
from storage.engine.reading import Reader
from storage.engine.values import show_day
from storage.records.evidence import Citation, Evidence
from storage.records.specification_parts import (
    MEASURE,
    OUTCOME,
    ClinicalPolicy,
    Derogation,
    LegalBasis,
    PathwayStep,
    SpecificationMeasure,
)

R = TypeVar("R", bound=Record)
_MARKED = re.compile(r"([\\`*_{}\[\]<>#+\-.!|~&])")


@dataclass(frozen=True, slots=True)
class RowsSection:
    """One such section: a name that never changes, its heading, its text as Markdown."""

    key: str
    heading: str
    body: str


def rows_sections(reader: Reader, specification_id: int) -> list[RowsSection]:
    """The sections that have rows, in the order they are read."""
    made = [
        RowsSection(key, heading, body)
        for key, heading, make in _SECTIONS
        if (body := make(reader, specification_id))
    ]
    return made


def of(reader: Reader, cls: type[R], specification_id: int, *order: Order) -> list[R]:
    """The rows of one kind, in their order."""
    where = Where("specification", "is", (specification_id,))
    return reader.all(cls, Query((where,), (*order, Order("id"))))


def plain(words: str) -> str:
    """Words as Markdown that says just these words, in one line of a table."""
    lines = [_MARKED.sub(r"\\\1", line.strip()) for line in words.splitlines() if line.strip()]
    return "".join(f"{line}{' ' if line[-1] in '.?!:;,' else '; '}" for line in lines[:-1]) + "".join(
        lines[-1:]
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table of plain words; columns in which nothing stands are left out."""
    kept = [n for n in range(len(heads)) if not rows or n == 0 or any(row[n].strip() for row in rows)]
    lines = [
        "| " + " | ".join(plain(heads[n]) for n in kept) + " |",
        "|" + " --- |" * len(kept),
        *("| " + " | ".join(plain(row[n]) or " " for n in kept) + " |" for row in rows),
    ]
    return "\n".join(lines)


def _measures(reader: Reader, specification_id: int) -> str:
    found = of(reader, SpecificationMeasure, specification_id, Order("position"))
    outcomes = [m for m in found if m.sort == OUTCOME]
    names = {m.key: m.title for m in outcomes}
    said = []
    if outcomes:
        said.append(table(("Outcome", "Framework"), [(m.title, m.domain) for m in outcomes]))
    standards = [m for m in found if m.sort not in (OUTCOME, MEASURE)]
    if standards:
        rows = [(m.title, m.source, m.threshold, names.get(m.outcome or 0, "")) for m in standards]
        said.append(table(("Standard", "Laid down in", "Threshold", "For the outcome"), rows))
    measures = [m for m in found if m.sort == MEASURE]
    if measures:
        heads = ("Measure", "Threshold", "How and how often", "If it is missed", "For the outcome")
        five = [
            (
                m.title,
                m.asked,
                _sentences(m.method, m.frequency),
                m.consequence,
                names.get(m.outcome or 0, ""),
            )
            for m in measures
        ]
        said.append(table(heads, five))
    return "\n\n".join(said)


def _sentences(*words: str) -> str:
    """Words one after another, each with a full stop."""
    return " ".join(w if w.endswith((".", "?", "!")) else f"{w}." for w in map(str.strip, words) if w)


def _pathway(reader: Reader, specification_id: int) -> str:
    found = of(reader, PathwayStep, specification_id, Order("position"))
    names = {s.key: s.title for s in found}
    rows = [
        (
            s.title,
            _sentences(s.what, "People can come by themselves" if s.self_referral else ""),
            ", ".join(
                w for w in (s.provided_by, f"bought by {s.commissioned_by}" if s.commissioned_by else "") if w
            ),
            _sentences(f"To {names[s.next_step]}" if s.next_step in names else "", s.handover, s.information),
        )
        for s in found
    ]
    return table(("Stage", "What happens", "By whom", "Handover"), rows) if rows else ""


def policies(reader: Reader, specification_id: int) -> str:
    """The clinical policies beneath a specification as a table; they change apart from it, so its text has none."""
    found = of(reader, ClinicalPolicy, specification_id, Order("title"))
    rows = [(f"{p.reference} {p.title}".strip(), p.status, p.criteria, p.evidence) for p in found]
    return table(("Policy", "Status", "Criteria", "Evidence"), rows) if rows else ""


def _derogations(reader: Reader, specification_id: int) -> str:
    found = of(reader, Derogation, specification_id, Order("until"))
    heads = ("What is waived", "Why", "Clinical view", "From", "Until", "Agreed by")
    rows = [
        (
            d.title, d.reason, f"{d.clinical_view}\n{d.clinical_lead}".strip(),
            show_day(d.starts) if d.starts else "", show_day(d.until) if d.until else "no end", d.agreed_by,
        )
        for d in found
    ]  # fmt: skip
    return table(heads, rows) if rows else ""


def _legal(reader: Reader, specification_id: int) -> str:
    found = of(reader, LegalBasis, specification_id)
    rows = [(b.act, b.section, b.kind, b.agreement, b.what) for b in found]
    return table(("Act or regulations", "Section", "Kind", "Agreement", "What it says"), rows) if rows else ""


def _needs(reader: Reader, specification_id: int) -> str:
    cited = [c.evidence for c in of(reader, Citation, specification_id) if c.evidence]
    facts = [e for e in reader.many(Evidence, list(dict.fromkeys(cited))).values() if not e.binned]
    rows = [(e.title, e.figure, e.group, e.source, e.year, e.weakness) for e in facts]
    return table(("Fact", "Figure", "Of whom", "Source", "Year", "Known weakness"), rows) if rows else ""


_SECTIONS: tuple[tuple[str, str, Callable[[Reader, int], str]], ...] = (
    ("rows-evidence", "Evidence relied on", _needs),
    ("rows-measures", "Outcomes, standards and measures", _measures),
    ("rows-pathway", "Pathway and handovers", _pathway),
    ("rows-derogations", "Departures from the national specification", _derogations),
    ("rows-legal", "Legal basis", _legal),
)
KEYS = tuple(key for key, _, _ in _SECTIONS)
"""The names of these sections, in the place of a UUID."""
