"""A template as one file for a colleague: workbook, TOML or JSON, and what is no template is refused in words."""

from pathlib import Path

import pytest

from storage.checklists.data import read_data, template_text
from storage.checklists.template import read_template, shipped_text
from storage.engine.errors import StorageError
from storage.exchange.tables.sheet import SourceError
from storage.exchange.templates.files import ENDINGS, read_template_file, write_template_file


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_template_goes_out_as_one_file_and_comes_back(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"template{ending}"
    write_template_file(read_data(shipped_text("T08")), path)
    brought = read_template_file(path)
    assert brought.problems == ()
    assert read_template(template_text(brought.data)) == read_template(shipped_text("T08"))


def test_mistakes_of_a_text_name_the_question(tmp_path: Path) -> None:
    path = tmp_path / "template.toml"
    text = shipped_text("T01").replace('kind = "yes_no"', 'kind = "yesno"', 1)
    path.write_text(text, encoding="utf-8")
    (problem,) = read_template_file(path).problems
    assert str(problem).startswith("T01-02")
    assert "did you mean yes_no?" in problem.mistake


@pytest.mark.parametrize("content", [b"dear colleague", b"\xff\xfe\x00", b"{", b"[" * 5_000])
def test_what_is_no_template_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.toml"
    path.write_bytes(content)
    with pytest.raises(SourceError):
        read_template_file(path)


def test_another_ending_and_a_folder_that_is_not_there_are_named(tmp_path: Path) -> None:
    data = read_data(shipped_text("T08"))
    with pytest.raises(StorageError, match="Nothing was written"):
        write_template_file(data, tmp_path / "template.pdf")
    with pytest.raises(StorageError, match="does not exist"):
        write_template_file(data, tmp_path / "nowhere" / "template.toml")
