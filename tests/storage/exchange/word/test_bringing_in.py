"""A Word specification comes in whole: placed by its headings, lists, tables and pictures kept, the rest told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.desk.files.attachments import attachments_folder, stored_file
from storage.desk.specification.sections import edit_section, sections_of
from storage.desk.specification.specifications import start_specification
from storage.engine.contents import finished
from storage.engine.errors import StorageError
from storage.engine.history import History
from storage.engine.store import Store
from storage.exchange.paper.print_specification import specification_paper
from storage.exchange.word.bringing_in import WordPlan, bring_in, plan_word
from storage.exchange.word.door import read_document_bytes
from storage.exchange.word.placing import ABOVE, LEFT_OUT, OWN, UNPLACED, Placing, known_headings
from storage.exchange.word.source import WordSource
from storage.exchange.word.specification import specification_word
from storage.records.documents import Document
from storage.records.specification_parts import SpecificationMeasure
from storage.records.specifications import Specification
from storage.text.plain import plain_text
from storage.text.reading import read_markdown
from storage.text.tree import Listing, Picture, Quote, Table, walk
from tests.storage.desk.register import make_register
from tests.storage.exchange.word_samples import bold_numbers, framed, schedule


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = make_register(tmp_path / "register.desk")
    yield made.store
    made.store.close()


@pytest.fixture(scope="module")
def source() -> WordSource:
    return read_document_bytes(schedule(), "Schedule.docx")


def brought(store: Store, plan: WordPlan) -> dict[str, str]:
    """The text of each section by its heading, once it is written."""
    specification = finished(bring_in(store, plan))
    assert isinstance(specification, Specification)
    return {s.heading: s.body for s in sections_of(store, specification.key)}


def words(text: str) -> list[str]:
    return sorted(text.split())


def test_headings_find_their_sections_and_nothing_is_lost(store: Store, source: WordSource) -> None:
    plan = plan_word(store, source, outline_id="schedule-2a")
    shown = {part.heading: placing.goes for part, placing in zip(source.parts, plan.placings, strict=True)}
    assert shown["Hopes"] == ABOVE and shown["Parking"] == UNPLACED and shown[""] == UNPLACED
    held = brought(store, plan)
    assert held["National and local context and evidence base"].startswith(
        "### National/local context and evidence base\n\nPeople need it.\n\nSeen within five days.\n\n"
        "First half second half."
    )
    assert "### Hopes" in held["Aims and objectives"]
    assert "Free after six." in held["Unplaced"] and "Prepared by the team" in held["Unplaced"]
    read = [b for body in held.values() for b in read_markdown(body)]
    said = f"{plain_text(read)} Population Needs Scope"  # headings that are those of their sections
    assert set(words(" ".join(source.words()))) <= set(words(said))


def test_lists_tables_notes_boxes_and_pictures_stay_in_their_places(store: Store, source: WordSource) -> None:
    held = brought(store, plan_word(store, source, outline_id="schedule-2a"))
    listing = next(b for b in walk(read_markdown(held["Aims and objectives"])) if isinstance(b, Listing))
    assert len(listing.items) == 2 and isinstance(listing.items[0][1], Listing)
    criteria = read_markdown(held["Acceptance and exclusion criteria and thresholds"])
    table = next(b for b in criteria if isinstance(b, Table))
    assert [r.text for r in table.rows[0][1]] == ["Always\nbut not at night"]
    assert any(isinstance(b, Quote) and plain_text((b,)) == "Words in a box" for b in criteria)
    assert plain_text(criteria).endswith("[1] The source of the claim")
    picture = next(b for b in walk(read_markdown(held["Unplaced"])) if isinstance(b, Picture))
    assert (picture.alt, picture.caption) == ("A map of the car park", "Figure 1: where to park")
    document = store.by_uuid(Document, [picture.uuid])[picture.uuid]
    assert stored_file(attachments_folder(store.file.user_path), document).read_bytes().startswith(b"\x89PNG")


def test_changes_comments_and_page_heads_are_told(source: WordSource) -> None:
    told = {(t.sort, t.words, t.by) for t in source.told}
    assert ("deleted", "ten", "Ann Lee") in told and ("inserted", "five", "Bo Day") in told
    assert ("comment", "Is this still so?", "Cy Fox") in told
    assert ("furniture", "Draft for comment", "") in told and ("box", "Words in a box", "") in told
    assert source.title == "Schedule 2 Part A"


def test_bold_lines_and_frames_are_read_as_they_are_meant(store: Store) -> None:
    bold = read_document_bytes(bold_numbers(), "bold.docx", known_headings())
    assert [p.heading for p in bold.parts] == ["Introduction", "Referral", "Safeguarding"]
    held = brought(store, plan_word(store, bold, outline_id="council"))
    assert (
        "Why we buy it." in held["Purpose and background"]
        and "By letter." in held["Eligibility and referral"]
    )
    assert "**This is important, so it is bold.**" in held["Safeguarding"]
    frame = read_document_bytes(framed(), "frame.docx")
    assert [(p.heading, plain_text(p.blocks)) for p in frame.parts] == [
        ("Outcomes", "People are better."),
        ("Location of Provider Premises", "Here."),
    ]


def test_choices_of_the_preview_count(store: Store, source: WordSource) -> None:
    plan = plan_word(store, source, outline_id="schedule-2a")
    parking = next(n for n, p in enumerate(source.parts) if p.heading == "Parking")
    plan.placings[parking] = Placing(OWN)
    held = brought(store, plan)
    assert "Free after six." in held["Parking"]
    assert "Free after six." not in held["Unplaced"]


def test_a_document_of_ours_comes_home_to_its_sections_without_copying_its_pictures(
    store: Store, source: WordSource
) -> None:
    finished(bring_in(store, plan_word(store, source)))
    first = store.all(Specification)[-1]
    before = {s.heading: s.body for s in sections_of(store, first.key)}
    content = specification_word(specification_paper(store, first.key))
    again = read_document_bytes(content, "ours.docx")
    held = brought(store, plan_word(store, again))
    assert held == before
    assert len(store.all(Document)) == 1

    for section in sections_of(store, first.key):
        edit_section(store, section.key, {"body": ""})
    assert brought(store, plan_word(store, again, specification=first.key)) == before


def test_text_goes_behind_what_is_written_and_one_undo_takes_all_back(
    store: Store, source: WordSource
) -> None:
    made = start_specification(store, "schedule-2a", "Skin care")
    aims = next(s for s in sections_of(store, made.key) if s.heading == "Aims and objectives")
    edit_section(store, aims.key, {"body": "Ours first."})
    held = brought(store, plan_word(store, source, specification=made.key))
    assert held["Aims and objectives"].startswith("Ours first.\n\n### Aims and objectives of service")
    for _ in History(store).undo():
        pass
    assert "Unplaced" not in {s.heading for s in sections_of(store, made.key)}


def test_what_cannot_be_leaves_nothing_behind(
    store: Store, source: WordSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StorageError, match="no outline"):
        plan_word(store, source, outline_id="none")
    plan = plan_word(store, source)

    def refuse(*_given: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr("storage.exchange.word.bringing_in._add_sections", refuse)
    with pytest.raises(StorageError, match="disk is full"):
        finished(bring_in(store, plan))
    assert not store.all(Document)
    assert not list(attachments_folder(store.file.user_path).iterdir())


def test_rows_of_a_specification_stay_rows(store: Store) -> None:
    made = start_specification(store, "council", "Meals")
    with store.step("Write"):
        store.save(SpecificationMeasure(specification=made.key, title="Hot meals", threshold="95%"))
    again = read_document_bytes(specification_word(specification_paper(store, made.key)), "ours.docx")
    assert again.parts[-1].section == "rows-measures"
    plan = plan_word(store, again, specification=made.key)
    assert plan.placings[-1].goes == LEFT_OUT
    (measure,) = store.all(SpecificationMeasure)
    store.change(SpecificationMeasure, measure.key, {"threshold": "90%"})
    plan = plan_word(store, again, specification=made.key)
    assert plan.placings[-1].goes == UNPLACED and "say something else" in plan.placings[-1].why
