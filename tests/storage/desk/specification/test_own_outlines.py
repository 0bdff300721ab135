"""A specification written here becomes an outline to start others from."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from storage.desk.beginning.new_file import new_file
from storage.desk.specification.own_outlines import every_outline, keep_as_outline
from storage.desk.specification.sections import edit_section, sections_of
from storage.desk.specification.specifications import start_specification
from storage.engine.errors import StorageError
from storage.records.specifications import OwnOutline, Specification


def test_headings_and_advice_come_along_and_words_only_when_wanted(tmp_path: Path) -> None:
    with closing(new_file(tmp_path / "file.desk")) as store:
        first = start_specification(store, "council", "Shelter")
        section = sections_of(store, first.key)[0]
        edit_section(store, section.key, {"heading": "Why", "body": "Because."})
        bare = keep_as_outline(store, first.key, "Ours", "For shelters", words=False)
        full = keep_as_outline(store, first.key, "Ours, with words", "", words=True)
        assert [o.title for o in every_outline(store)][:2] == ["Ours", "Ours, with words"]
        for held, body in ((bare, ""), (full, "Because.")):
            made = start_specification(store, f"own:{held.uuid}", "Another")
            copied = sections_of(store, made.key)
            assert made.template == held.title
            assert (copied[0].heading, copied[0].body) == ("Why", body)
            assert [(s.heading, s.level, s.guidance) for s in copied] == [
                (s.heading, s.level, s.guidance) for s in sections_of(store, first.key)
            ]


def test_an_outline_needs_a_name_and_headings_and_must_be_there(tmp_path: Path) -> None:
    with closing(new_file(tmp_path / "file.desk")) as store:
        with store.step("Add"):
            bare = store.save(Specification(title="Bare"))
        with pytest.raises(StorageError, match="needs a name"):
            keep_as_outline(store, bare.key, "Ours", "", words=True)
        first = start_specification(store, "council", "Shelter")
        held = keep_as_outline(store, first.key, "Ours", "", words=False)
        with store.step("Bin"):
            store.bin(OwnOutline, [held.key])
        with pytest.raises(StorageError, match="in the bin"):
            start_specification(store, f"own:{held.uuid}", "Another")
