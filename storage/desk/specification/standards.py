"""Where a standard is used: the specifications that list it, and the sections whose words name it."""

from __future__ import annotations

from dataclasses import dataclass

from storage.engine.reading import Reader
from storage.records.specification_parts import STANDARD, SpecificationMeasure
from storage.records.specifications import Section, Specification

_SHORTEST = 4  # letters of a name that can be told from a word


@dataclass(frozen=True, slots=True)
class Used:
    """One place: a specification, and the section whose words name the standard; none where it is listed as a row."""

    specification: Specification
    section: Section | None = None

    @property
    def words(self) -> str:
        """The place in words."""
        where = (
            f"{self.section.number} {self.section.heading}".strip() if self.section else "among its standards"
        )
        return f"{self.specification.name}, {where}"


def where_used(reader: Reader, standard: SpecificationMeasure) -> list[Used]:
    """Every place that names a standard, by its title or by where it is laid down, by specification."""
    names = [n for n in map(_flat, (standard.source, standard.title)) if len(n) >= _SHORTEST]
    specifications = {s.key: s for s in reader.all(Specification)}
    found: list[Used] = []
    for other in reader.all(SpecificationMeasure):
        same = other.sort == STANDARD and any(n in (_flat(other.source), _flat(other.title)) for n in names)
        if same and other.key != standard.key and other.specification in specifications:
            found.append(Used(specifications[other.specification]))
    for section in reader.all(Section):
        body = _flat(section.body)
        if section.specification in specifications and any(n in body for n in names):
            found.append(Used(specifications[section.specification], section))
    return sorted(
        found, key=lambda u: (u.specification.title.casefold(), u.section.position or 0 if u.section else 0)
    )


def _flat(words: str) -> str:
    return " ".join(words.split()).casefold()
