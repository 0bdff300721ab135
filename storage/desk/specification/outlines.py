"""The outlines a specification can start from: headings with guidance, read from files that come with the program."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from storage.checklists.toml_table import TemplateError, TomlTable, read_toml
from storage.engine.errors import StorageError

DEEPEST = 4  # levels of heading
_ORDER = ("schedule-2a", "specialised", "council")


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """One heading of an outline. `needed` sections must be filled before a version is issued."""

    heading: str
    level: int
    needed: bool
    guidance: str
    body: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A set of headings for a new specification."""

    id: str
    title: str
    about: str
    sections: tuple[OutlineSection, ...]


def outlines() -> list[Outline]:
    """The outlines that come with the program, the best known first."""
    return list(_shipped())


def outline(outline_id: str) -> Outline:
    """One outline by its id. Raises `StorageError` when there is none."""
    for known in _shipped():
        if known.id == outline_id:
            return known
    raise StorageError(
        f"There is no outline {outline_id}. Nothing was changed. "
        f"Choose one of {', '.join(known.id for known in _shipped())}."
    )


@cache
def _shipped() -> tuple[Outline, ...]:
    folder = files("resources").joinpath("specifications")
    texts = (entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".toml"))
    found = [read_outline(text) for text in texts]
    return tuple(sorted(found, key=lambda o: (_ORDER.index(o.id) if o.id in _ORDER else len(_ORDER), o.id)))


def read_outline(text: str) -> Outline:
    """Read and check one outline. Raises TemplateError, which names the mistake."""
    table = read_toml(text, "Outline")
    made = Outline(
        id=table.text("id"),
        title=table.text("title"),
        about=table.text("about"),
        sections=tuple(_section(section) for section in table.tables("sections")),
    )
    table.finish()
    level = 0
    for section in made.sections:
        if not 1 <= section.level <= min(level + 1, DEEPEST):
            raise TemplateError(f"{made.id}: “{section.heading}” cannot stand at level {section.level}")
        level = section.level
    return made


def _section(table: TomlTable) -> OutlineSection:
    level = table.whole("level")
    made = OutlineSection(
        heading=table.text("heading"),
        level=1 if level is None else level,
        needed=table.flag("needed", default=False),
        guidance=table.text("guidance"),
        body="\n".join(table.texts("body")),  # a list of lines in the file
    )
    table.finish()
    return made
