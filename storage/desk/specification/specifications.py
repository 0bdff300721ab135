"""Service specifications: start from an outline, say what is missing, issue numbered versions that never change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from storage.desk.office import who
from storage.desk.specification.own_outlines import outline_of
from storage.desk.specification.sections import numbered, sections_of
from storage.desk.specification.specification_rows import rows_sections
from storage.desk.words import in_words
from storage.desk.writing import found, held, joined_step, next_reference, not_after_today
from storage.engine.errors import Refused, StorageError
from storage.engine.fields import Record
from storage.engine.steps import SEAL
from storage.engine.store import Store
from storage.records.services import Service
from storage.records.specification_parts import LifeEvent
from storage.records.specifications import APPROVED, Section, Specification, Version

LETTERS = "SP"  # what the short reference of a specification begins with
FIRST = "1.0"
HEADER = (
    "reference",
    "service",
    "service_line",
    "level",
    "parent",
    "supersedes",
    "owner",
    "provider_lead",
    "period_from",
    "period_to",
    "review_date",
    "directorate",
    "author",
    "purpose",
    "audience",
    "circulation",
    "cross_reference",
    "action_required",
    "action_by",
    "contact",
)
"""The fields of a specification that stand at the head of a version, in order."""

_NUMBER = re.compile(r"\d{1,4}(\.\d{1,4}){0,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Text:
    """A specification as it reads: the draft as it stands, or a version as it was issued."""

    title: str
    reference: str
    facts: tuple[tuple[str, str], ...]  # label and words, blanks left out
    sections: tuple[SectionText, ...]


@dataclass(frozen=True, slots=True)
class SectionText:
    """One section; `body` is Markdown. The UUID says which section it is, across versions."""

    uuid: str
    number: str
    heading: str
    level: int
    body: str


def start_specification(
    store: Store, outline_id: str, title: str, *, service: int | None = None, reference: str = ""
) -> Specification:
    """Begin a specification with the headings of an outline, of the program or of the user’s own."""
    start = outline_of(store, outline_id)
    if not title.strip():
        raise StorageError("A specification needs a title. Nothing was changed.")
    if service is not None:
        held(store, Service, service)
    specification = Specification(
        title=title.strip(),
        reference=reference.strip() or next_reference(store, Specification, LETTERS),
        service=service,
        template=start.title,
    )
    with joined_step(store, f"Start the specification {specification.reference} {specification.title}"):
        specification = store.save(specification)
        made = [
            Section(
                specification=specification.id,
                heading=s.heading,
                level=s.level,
                needed=s.needed or None,
                guidance=s.guidance,
                body=s.body,
            )
            for s in start.sections
        ]
        store.save_many(numbered(made))
    return store.get(Specification, specification.key)


def versions_of(store: Store, specification_id: int) -> list[Version]:
    """The issued versions of a specification, oldest first."""
    return list(store.parts(found(store, Specification, specification_id)).of(Version, "versions"))


def problems(store: Store, specification_id: int) -> list[str]:
    """What must be mended before a version can be issued, in sentences; empty when nothing."""
    specification = found(store, Specification, specification_id)
    sections = sections_of(store, specification_id)
    said = [problem] if (problem := specification.FIELDS["title"].problem(specification.title)) else []
    if not any(s.body.strip() for s in sections):
        return [*said, "No section has any words yet."]
    return said + [
        f"{s.number} {s.heading} is empty and must be filled in."
        for s in sections
        if s.needed and not s.body.strip()
    ]


def next_numbers(store: Store, specification_id: int) -> tuple[str, ...]:
    """The numbers offered for the next version: 1.0 at first, then a small step and a large one."""
    earlier = [_as_numbers(v.number) for v in versions_of(store, specification_id)]
    if not earlier:
        return (FIRST,)
    large, small = (*max(earlier), 0)[:2]
    return (f"{large}.{small + 1}", f"{large + 1}.0")


def issue(
    store: Store,
    specification_id: int,
    number: str = "",
    *,
    by: str = "",
    on: date | None = None,
    summary: str = "",
) -> Version:
    """Issue the specification as it stands as a version that never changes; writing goes on in the sections.

    Raises `Refused` while something that must be filled is empty, `StorageError` for a number that cannot be.
    """
    specification = held(store, Specification, specification_id)
    if stops := problems(store, specification_id):
        raise Refused(f"{specification.name} cannot be issued yet. {' '.join(stops)}")
    version = Version(
        specification=specification_id,
        number=_next(store, specification_id, number),
        issued_on=not_after_today(store, on or store.today(), "The date of issue"),
        issued_by=who(store, by),
        summary=summary.strip(),
        content=_content(draft_text(store, specification_id)),
    )
    with store.step(f"Issue version {version.number} of {specification.name}", SEAL):
        version = store.save(version)
        store.save(_issued_event(specification, version))
        store.save(replace(specification, status=APPROVED))
    return store.get(Version, version.key)


def _issued_event(specification: Specification, version: Version) -> LifeEvent:
    """That it was approved by being issued."""
    return LifeEvent(
        specification=specification.key,
        before=specification.status,
        status=APPROVED,
        on=version.issued_on,
        by=version.issued_by,
        why=f"Version {version.number} issued.",
    )


def draft_text(store: Store, specification_id: int) -> Text:
    """The specification as it stands now."""
    specification = found(store, Specification, specification_id)
    sections = [_section_text(s) for s in sections_of(store, specification_id)]
    first = sum(s.level == 1 for s in sections) + 1
    for number, rows in enumerate(rows_sections(store, specification_id), start=first):
        sections.append(SectionText(rows.key, f"{number}", rows.heading, 1, rows.body))
    return Text(
        specification.title, specification.reference, tuple(_facts(store, specification)), tuple(sections)
    )


def version_text(version: Version) -> Text:
    """A version as it was issued."""
    content = cast("Mapping[str, str]", version.content)
    facts = cast("list[list[str]]", version.content["facts"])
    sections = cast("list[dict[str, str | int]]", version.content["sections"])
    return Text(
        content["title"],
        content["reference"],
        tuple((label, words) for label, words in facts),
        tuple(SectionText(**s) for s in sections),  # type: ignore[arg-type]
    )


def changed_since_issue(store: Store, specification_id: int) -> bool:
    """Whether the draft reads differently from the last version; False while none has been issued."""
    versions = versions_of(store, specification_id)
    return bool(versions) and version_text(versions[-1]) != draft_text(store, specification_id)


def _content(text: Text) -> dict[str, object]:
    """A text as the JSON that a version holds."""
    return {
        "title": text.title,
        "reference": text.reference,
        "facts": [list(fact) for fact in text.facts],
        "sections": [
            {"uuid": s.uuid, "number": s.number, "heading": s.heading, "level": s.level, "body": s.body}
            for s in text.sections
        ],
    }


def _section_text(section: Section) -> SectionText:
    return SectionText(section.uuid, section.number, section.heading, section.level or 1, section.body)


def _facts(store: Store, specification: Specification) -> list[tuple[str, str]]:
    """The head of a specification in words, the user's own fields last."""
    made = []
    for name in HEADER:
        field = specification.FIELDS[name]
        value = getattr(specification, name)
        words = _linked(store, field.target, value) if field.target else in_words(field, value)
        made.append((field.label, words))
    made += [
        (f.label, in_words(f, f.value_of(specification)))
        for f in store.own_fields().get(specification.TABLE, [])
    ]
    return [(label, words) for label, words in made if words]


def _linked(store: Store, table: str, number: int | None) -> str:
    classes: dict[str, type[Record]] = {"service": Service, "specification": Specification}
    record = store.many(classes[table], [number]).get(number) if number is not None else None
    return record.name if record else ""


def _next(store: Store, specification_id: int, number: str) -> str:
    """The number of the next version, as given or as proposed; it must be above every earlier one."""
    offered = next_numbers(store, specification_id)
    wanted = number.strip() or offered[0]
    if not _NUMBER.fullmatch(wanted):
        raise StorageError(
            f"“{wanted}” is no version number. Nothing was issued. Write it like {offered[-1]}."
        )
    earlier = versions_of(store, specification_id)
    if any(_as_numbers(wanted) <= _as_numbers(v.number) for v in earlier):
        raise StorageError(
            f"Version {wanted} does not come after version {earlier[-1].number}. Nothing was issued. "
            f"The next can be {' or '.join(offered)}."
        )
    return wanted


def _as_numbers(number: str) -> tuple[int, ...]:
    """A version number to compare by: 1.10 comes after 1.9, and 2 is 2.0."""
    parts = tuple(int(part) for part in re.findall(r"\d+", number))
    return (*parts, 0, 0, 0)[:3]
