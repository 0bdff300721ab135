"""What changed from one text of a specification to another: section by section, and in each word by word."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from storage.desk.specification.specifications import SectionText, Text, draft_text, version_text, versions_of
from storage.desk.writing import found
from storage.engine.errors import StorageError
from storage.engine.store import Store
from storage.engine.values import long_day
from storage.records.specifications import Specification, Version
from storage.text.difference import changed_blocks, changed_runs, has_change, marked, paired, words_alike
from storage.text.reading import read_markdown
from storage.text.tree import Block, Run, Runs


@dataclass(frozen=True, slots=True)
class Reading:
    """One text of a specification to compare: the draft as it stands, or with `version` one that was issued."""

    specification: int
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SectionChange:
    """One section of two texts; `old` or `new` is None where it stands in one of them only."""

    old: SectionText | None
    new: SectionText | None
    heading: Runs
    blocks: tuple[Block, ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it differs."""
        return (
            self.old is None
            or self.new is None
            or any(r.change for r in self.heading)
            or has_change(self.blocks)
        )

    @property
    def shown(self) -> SectionText:
        """The section as it is now, or as it was when it is gone."""
        section = self.new or self.old
        assert section is not None  # noqa: S101 - one of the two is always there
        return section


@dataclass(frozen=True, slots=True)
class Compared:
    """Two texts of a specification beside one another, and what each is called."""

    old: Text
    new: Text
    old_name: str
    new_name: str
    sections: tuple[SectionChange, ...]

    @property
    def changes(self) -> int:
        """How many sections differ."""
        return sum(each.changed for each in self.sections)


def compare(store: Store, old: Reading, new: Reading) -> Compared:
    """Compare two texts, of one specification or of a local one and the national one above it.

    Raises `StorageError` when one of them is not there.
    """
    first, first_name = _read(store, old, named=old.specification != new.specification)
    second, second_name = _read(store, new, named=old.specification != new.specification)
    return Compared(first, second, first_name, second_name, compare_sections(first.sections, second.sections))


def usual_readings(store: Store, specification_id: int) -> tuple[Reading, Reading]:
    """What is compared first: the draft with the last version, or with the national text above it.

    Where there is neither, the draft stands on both sides.
    """
    draft = Reading(specification_id)
    if versions := versions_of(store, specification_id):
        return Reading(specification_id, versions[-1].key), draft
    above = national_reading(store, specification_id)
    return (above or draft), draft


def national_reading(store: Store, specification_id: int) -> Reading | None:
    """The text of the specification above in force: its last version, or its draft; None where there is none above."""
    parent = found(store, Specification, specification_id).parent
    above = store.many(Specification, [parent]).get(parent) if parent else None
    if above is None or above.binned:
        return None
    versions = versions_of(store, above.key)
    return Reading(above.key, versions[-1].key if versions else None)


def reading_named(store: Store, specification_id: int, words: str) -> Reading:
    """A text by how people name it: the number of a version, `draft`, or `national`. Raises `StorageError`."""
    wanted = words.strip().lower()
    if wanted == "draft":
        return Reading(specification_id)
    if wanted == "national":
        if (above := national_reading(store, specification_id)) is not None:
            return above
        raise StorageError("There is no national specification above it. Nothing was compared.")
    held = versions_of(store, specification_id)
    version = next((v for v in held if v.number == wanted.removeprefix("version ").strip()), None)
    if version is None:
        numbers = ", ".join(v.number for v in held) or "none"
        raise StorageError(
            f"There is no version {words.strip()}. Nothing was compared. Versions issued: {numbers}."
        )
    return Reading(specification_id, version.key)


def readings_of(store: Store, specification_id: int) -> list[tuple[Reading, str]]:
    """Every text that can be compared, the newest first, with what it is called; the national one last."""
    offered = [Reading(specification_id)]
    offered += [Reading(specification_id, v.key) for v in reversed(versions_of(store, specification_id))]
    above = national_reading(store, specification_id)
    if above is not None:
        offered.append(above)
    return [(each, _read(store, each, named=each is above)[1]) for each in offered]


def compare_sections(old: Sequence[SectionText], new: Sequence[SectionText]) -> tuple[SectionChange, ...]:
    """The sections of two texts beside one another: by what they are, else by their headings."""
    both = {s.uuid for s in old} & {s.uuid for s in new}

    def key(section: SectionText) -> Hashable:
        return section.uuid if section.uuid in both else (section.level, section.heading.casefold().strip())

    return tuple(_change(a, b) for a, b in paired(old, new, key=key, likeness=_likeness))


def _likeness(old: SectionText, new: SectionText) -> float:
    if old.uuid == new.uuid:
        return 1.0
    return max(words_alike(old.heading, new.heading), words_alike(old.body, new.body) if old.body else 0.0)


def _change(old: SectionText | None, new: SectionText | None) -> SectionChange:
    before = read_markdown(old.body) if old is not None else ()
    after = read_markdown(new.body) if new is not None else ()
    if old is None:
        blocks = tuple(marked(block, "in") for block in after)
    elif new is None:
        blocks = tuple(marked(block, "out") for block in before)
    else:
        blocks = after if old.body == new.body else changed_blocks(before, after)
    return SectionChange(old, new, changed_runs(_heading(old), _heading(new)), blocks)


def _heading(section: SectionText | None) -> Runs:
    return (Run(section.heading),) if section is not None and section.heading else ()


def _read(store: Store, reading: Reading, *, named: bool) -> tuple[Text, str]:
    specification = found(store, Specification, reading.specification)
    before = f"{specification.name}, " if named else ""
    if reading.version is None:
        words = "draft as it stands" if named else "Draft as it stands"
        return draft_text(store, specification.key), before + words
    version = next((v for v in versions_of(store, specification.key) if v.key == reading.version), None)
    if version is None:
        raise StorageError(f"{specification.name} has no such version. Nothing was compared.")
    words = _version_words(version)
    return version_text(version), before + (words[0].lower() + words[1:] if named else words)


def _version_words(version: Version) -> str:
    on = f", issued {long_day(version.issued_on)}" if version.issued_on else ""
    return f"Version {version.number}{on}"
