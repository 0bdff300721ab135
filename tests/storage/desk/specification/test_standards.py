"""A standard is found wherever it is listed or named."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from storage.desk.beginning.new_file import new_file
from storage.desk.specification.sections import add_section
from storage.desk.specification.standards import where_used
from storage.records.specification_parts import STANDARD, SpecificationMeasure
from storage.records.specifications import Specification


def test_a_standard_is_found_as_a_row_and_in_words(tmp_path: Path) -> None:
    with closing(new_file(tmp_path / "file.desk")) as store:
        with store.step("Add"):
            first, second = (store.save(Specification(title=title)) for title in ("Alpha", "Beta"))
            rows = [
                store.save(
                    SpecificationMeasure(specification=s.key, sort=STANDARD, title=t, source="NICE NG76")
                )
                for s, t in ((first, "Child abuse"), (second, "Recognised early"))
            ]
            store.save(SpecificationMeasure(specification=second.key, title="NICE NG76"))
        add_section(store, first.key, "Care", body="As  nice\nNG76 has it.")
        add_section(store, first.key, "Else", body="NG7 only.")
        assert [u.words for u in where_used(store, rows[0])] == ["Alpha, 1 Care", "Beta, among its standards"]
        with store.step("Bin"):
            store.bin(Specification, [first.key])
        assert [u.words for u in where_used(store, rows[0])] == ["Beta, among its standards"]
