"""Brings a Word document into a specification, new or already there: planned first, then written as one step."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from storage.desk.files.attachments import attachments_folder
from storage.desk.specification.outlines import outline
from storage.desk.specification.section_pictures import keeping
from storage.desk.specification.sections import numbered, sections_of
from storage.desk.specification.specification_rows import KEYS, rows_sections
from storage.desk.specification.specifications import start_specification
from storage.desk.writing import held, next_reference
from storage.engine.conditions import Where
from storage.engine.query import Query
from storage.engine.steps import Progress
from storage.engine.store import Store
from storage.exchange.word.placing import (
    LEFT_OUT,
    UNPLACED,
    UNPLACED_HEADING,
    Gathered,
    OwnSection,
    Placing,
    Target,
    gather,
    place,
)
from storage.exchange.word.shape import attached
from storage.exchange.word.source import SourcePicture, WordSource
from storage.records.documents import Document
from storage.records.specifications import Section, Specification
from storage.text.plain import plain_text
from storage.text.reading import read_markdown
from storage.text.writing import write_markdown

AS_IT_IS = "as-it-is"
"""In the place of an outline: the sections are the headings of the document."""

LETTERS = "SP"
_SAME_ROWS = (LEFT_OUT, "kept as rows, which say the same")
_OTHER_ROWS = (UNPLACED, "kept as rows, which say something else: change them there")


@dataclass(slots=True)
class WordPlan:
    """What bringing a document in would do; `placings` may be changed until it is written."""

    source: WordSource
    title: str
    outline: str = AS_IT_IS  # of a new specification
    specification: int | None = None  # the one that is there; None for a new one
    service: int | None = None
    targets: list[Target] = field(default_factory=list)
    placings: list[Placing] = field(default_factory=list)

    @property
    def unplaced(self) -> int:
        """How many parts would go to Unplaced."""
        return sum(p.goes == "unplaced" for p in self.placings)

    def gathered(self) -> Gathered:
        """The text by where it would go."""
        return gather(self.source.parts, self.placings, self.targets)


def plan_word(
    store: Store, source: WordSource, *, specification: int | None = None, outline_id: str = AS_IT_IS
) -> WordPlan:
    """Where each part of a document would go; nothing is written.

    Raises `StorageError` for an outline or specification that is not there.
    """
    title = source.title or Path(source.source).stem
    if specification is not None:
        record = held(store, Specification, specification)
        targets = [Target(s.uuid, s.heading, s.level or 1, s.uuid) for s in sections_of(store, specification)]
        plan = WordPlan(source, record.title, specification=specification, targets=targets)
    elif outline_id == AS_IT_IS:
        plan = WordPlan(source, title)
    else:
        sections = outline(outline_id).sections
        targets = [Target(str(n), s.heading, s.level) for n, s in enumerate(sections)]
        plan = WordPlan(source, title, outline_id, targets=targets)
    plan.placings = place(source.parts, plan.targets)
    if specification is not None:
        _place_rows(store, plan, specification)
    return plan


def _place_rows(store: Store, plan: WordPlan, specification: int) -> None:
    """What was exported from rows stays rows: left out while it says the same, else put where somebody looks at it."""
    rows = {each.key: plain_text(read_markdown(each.body)) for each in rows_sections(store, specification)}
    for number, part in enumerate(plan.source.parts):
        if part.section in KEYS:
            same = plain_text(part.blocks).split() == rows.get(part.section, "").split()
            plan.placings[number] = Placing(*(_SAME_ROWS if same else _OTHER_ROWS))


def bring_in(store: Store, plan: WordPlan) -> Generator[Progress, None, Specification]:
    """Write a plan as one step: pictures first, then the sections. Returns the specification.

    Raises `StorageError` when it cannot; nothing is in the file then, and no picture is left behind.
    """
    label = f"Bring in {plan.source.source}"
    made: list[Path] = []
    done: list[Specification] = []
    folder = attachments_folder(store.file.user_path)
    store.file.check_before_writing()
    try:
        yield from store.long_step(label, _writing(store, plan, folder, made, done))
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise
    return done[0]


def _writing(
    store: Store, plan: WordPlan, folder: Path, made: list[Path], done: list[Specification]
) -> Iterator[Progress]:
    specification = _specification(store, plan)
    documents = yield from _pictures(store, plan.source.pictures, specification.key, folder, made)
    text = plan.gathered()
    sections = sections_of(store, specification.key)
    keys = [s.uuid if plan.specification is not None else str(n) for n, s in enumerate(sections)]
    changed = []
    for key, section in zip(keys, sections, strict=True):
        if blocks := text.sections.get(key):
            words = write_markdown(attached(blocks, documents))
            changed.append(replace(section, body="\n\n".join(filter(None, (section.body.strip(), words)))))
    store.save_many(changed)
    yield Progress(1, 2, f"Bringing in {plan.source.source}")
    more = list(text.own)
    if text.unplaced:
        more.append(OwnSection(UNPLACED_HEADING, 1, text.unplaced))
    _add_sections(store, specification.key, more, documents)
    done.append(store.get(Specification, specification.key))
    yield Progress(2, 2, f"Bringing in {plan.source.source}")


def _specification(store: Store, plan: WordPlan) -> Specification:
    if plan.specification is not None:
        return held(store, Specification, plan.specification)
    if plan.outline != AS_IT_IS:
        return start_specification(store, plan.outline, plan.title, service=plan.service)
    fresh = Specification(
        title=plan.title.strip() or Path(plan.source.source).stem,
        reference=next_reference(store, Specification, LETTERS),
        service=plan.service,
    )
    return store.save(fresh)


def _add_sections(
    store: Store, specification: int, more: Sequence[OwnSection], documents: dict[str, str]
) -> None:
    """Sections at the end, each at the level it had; the first of a specification is at the first."""
    made = [
        Section(
            specification=specification,
            heading=each.heading,
            level=each.level,
            body=write_markdown(attached(each.blocks, documents)),
        )
        for each in more
    ]
    before = sections_of(store, specification)
    added = store.save_many(made)
    after = numbered([*before, *added])
    store.save_many([s for s, old in zip(after, [*before, *added], strict=True) if s != old])


def _pictures(
    store: Store, pictures: Sequence[SourcePicture], specification: int, folder: Path, made: list[Path]
) -> Generator[Progress, None, dict[str, str]]:
    """Attach the pictures; one that is attached already is used again. Returns the UUID of each by its name."""
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="pictures-") as held_in:
        for place, picture in enumerate(pictures, 1):
            digest = hashlib.sha256(picture.content).hexdigest()
            known = store.all(
                Document, Query((Where("sha256", "is", (digest,)), Where("specification", "not blank")))
            )
            if known:
                found[picture.name] = known[0].uuid
                continue
            copy = Path(held_in) / f"{place}.{picture.ending or 'bin'}"
            copy.write_bytes(picture.content)
            title = f"Picture {place}"
            document = yield from keeping(copy, folder, specification, title, picture.ending)
            made.append(folder / document.stored)
            found[picture.name] = store.save(replace(document, added_on=store.today())).uuid
    return found
