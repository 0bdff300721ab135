"""Puts a service specification into words for paper: the draft as it stands, or a version as it was issued."""

from __future__ import annotations

from datetime import date

from storage.desk.specification.section_pictures import DrawnPicture, drawn_pictures
from storage.desk.specification.specifications import (
    SectionText,
    Text,
    draft_text,
    version_text,
    versions_of,
)
from storage.desk.writing import found
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.engine.values import long_day
from storage.exchange.paper.papers import Fact, SpecificationPaper, SpecificationSection, SpecificationState
from storage.exchange.paper.print_data import day_words, imprint_of
from storage.records.specifications import Specification, Version
from storage.text.reading import read_markdown
from storage.text.tree import Paragraph, Run, pictures_in

WITHDRAWN = "Withdrawn"


def specification_paper(
    store: Store, specification_id: int, today: date | None = None, *, version: int | None = None
) -> SpecificationPaper:
    """The draft of a specification, or one issued version of it by the version's own id."""
    specification = found(store, Specification, specification_id)
    versions = versions_of(store, specification_id)
    day = today or store.today()
    issued = None
    if version is not None:
        issued = next((v for v in versions if v.id == version), None)
        if issued is None:
            raise StorageError(f"{specification.name} has no such version. Nothing was printed.")
    text = version_text(issued) if issued else draft_text(store, specification_id)
    sections = _sections(text, final=issued is not None)
    return SpecificationPaper(
        imprint=imprint_of(store, day),
        title=text.title or specification.name,
        reference=text.reference,
        status=_status(specification, issued),
        version_words=_issued_words(issued, versions[-1]) if issued else _draft_words(versions, day),
        sections=sections,
        facts=tuple(Fact(label, words) for label, words in text.facts if label != "Reference"),
        pictures=pictures_of(store, sections),
    )


def pictures_of(store: Store, sections: tuple[SpecificationSection, ...]) -> tuple[DrawnPicture, ...]:
    """The pictures of some sections that can be drawn."""
    named = [uuid for section in sections for uuid in pictures_in(section.blocks)]
    return tuple(drawn_pictures(store, named).values()) if named else ()


def current_paper(store: Store, specification_id: int, today: date | None = None) -> SpecificationPaper:
    """The version in force: the last one issued, or the draft while there is none."""
    versions = versions_of(store, specification_id)
    return specification_paper(store, specification_id, today, version=versions[-1].id if versions else None)


def _status(specification: Specification, issued: Version | None) -> SpecificationState:
    if specification.status == WITHDRAWN:
        return "withdrawn"
    return "issued" if issued else "draft"


def _issued_words(version: Version, last: Version) -> str:
    words = f"Version {version.number}, issued {day_words(version.issued_on)}"
    if version.issued_by:
        words += f" by {version.issued_by}"
    return words if version.id == last.id else f"{words}; version {last.number} has been issued since"


def _draft_words(versions: list[Version], day: date) -> str:
    words = f"Draft as it stood on {long_day(day)}"
    return f"{words}, after version {versions[-1].number}" if versions else words


def _sections(text: Text, *, final: bool) -> tuple[SpecificationSection, ...]:
    following = [*text.sections[1:], None]
    return tuple(
        text_section(s, final=final, is_above=_is_above(s, after))
        for s, after in zip(text.sections, following, strict=True)
    )


def text_section(section: SectionText, *, final: bool, is_above: bool) -> SpecificationSection:
    """A section for paper. A heading above others needs no text; any other says that it has none."""
    blocks = read_markdown(section.body)
    blank = not blocks and not is_above
    if blank:
        words = "Nothing is stated here." if final else "Nothing is written here yet."
        blocks = (Paragraph((Run(words, italic=True),)),)
    return SpecificationSection(
        section.number, section.heading, blocks, section.level, uuid=section.uuid, blank=blank
    )


def _is_above(section: SectionText, after: SectionText | None) -> bool:
    return after is not None and after.level > section.level
