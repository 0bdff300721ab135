"""One HTML file: readable by everybody, with nothing that is fetched or run, whatever is typed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from storage.exchange.word.html_page import HtmlError, html_page, write_html
from storage.text.reading import read_markdown
from storage.text.tree import Paragraph, Run
from tests.storage.exchange.text_papers import paper_of
from tests.storage.text.test_html import Read

SLY = "</style><script>alert(1)</script>\"'><img src=//e.org/x>"


def test_it_has_a_language_one_title_and_levels_without_gaps() -> None:
    page = html_page(paper_of(*[read_markdown("###### Deep\n\ntext")] * 6))
    read = Read(page)
    assert '<html lang="en-GB">' in page and "<title>Skin care – " in page
    assert read.tags.count("h1") == 1 and read.tags.count("main") == 1
    levels = [int(tag[1]) for tag in read.tags if tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert ("href", "#section-0") in read.given and ("id", "section-0") in read.given
    assert ("href", "#text") in read.given


def test_tables_have_headings_and_pictures_words() -> None:
    text = (
        "| A | B |\n|---|---|\n| 1 | 2 |\n\n![A map](attachment:0b0e3a52-7d0c-4d5e-9d67-5f0d7c2f2a10 'Where')"
    )
    read = Read(html_page(paper_of(read_markdown(text))))
    assert read.given.count(("scope", "col")) == 2
    assert ("alt", "A map") in read.given and "figcaption" in read.tags
    sources = [value or "" for name, value in read.given if name == "src"]
    assert len(sources) == 1 and sources[0].startswith("data:image/png;base64,")


def test_nothing_is_run_or_fetched_whatever_is_typed() -> None:
    page = html_page(paper_of((Paragraph((Run(SLY),)),), title=SLY))
    read = Read(page)
    assert "script" not in read.tags and "img" not in read.tags and "link" not in read.tags
    assert "default-src 'none'" in page
    assert all("//" not in (value or "") for name, value in read.given if name in ("src", "href"))


def test_it_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    write_html(paper_of(), tmp_path / "spec.html")
    assert (tmp_path / "spec.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    with pytest.raises(HtmlError, match=r"End it in \.html"):
        write_html(paper_of(), tmp_path / "spec.txt")
    with pytest.raises(HtmlError, match="does not exist"):
        write_html(paper_of(), tmp_path / "none" / "spec.html")
