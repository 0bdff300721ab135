"""HTML of the tree: the same words in the same structure when it is parsed back, and nothing in it that could act."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given, settings

from storage.text.html import HtmlWriter
from storage.text.plain import plain_text
from storage.text.tree import Block, Code, Heading, Listing, Paragraph, Picture, Run, Table, walk
from tests.storage.text.making import DOCUMENTS

KNOWN = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td",
    "blockquote", "pre", "figure", "figcaption", "em", "strong", "s", "code", "a", "br", "hr", "img", "ins", "del",
    "span",
}  # fmt: skip


class Read(HTMLParser):
    """What a browser would make of a page: its tags, its attributes and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.given: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.given += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def letters(self) -> str:
        """All that is said, without spaces."""
        return "".join("".join(self.words).split())


def letters(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=50, deadline=None)
@given(DOCUMENTS)
def test_words_and_structure_come_back(blocks: tuple[Block, ...]) -> None:
    read = Read(HtmlWriter(lambda uuid: f"data:,{uuid}").blocks(blocks))
    drawn = [b for b in walk(blocks) if isinstance(b, Picture)]
    said = plain_text([b for b in blocks if not isinstance(b, Picture)])
    for picture in drawn:
        assert ("alt", picture.alt) in read.given
    captions = sum(len(letters(p.caption)) for p in drawn)
    assert sorted(read.letters) == sorted(letters(said) + "".join(letters(p.caption) for p in drawn))
    assert len(read.letters) == len(letters(said)) + captions
    assert set(read.tags) <= KNOWN
    for kind, tags in (
        (Heading, "h1 h2 h3 h4 h5 h6"),
        (Listing, "ul ol"),
        (Table, "table"),
        (Picture, "img"),
    ):
        assert sum(isinstance(b, kind) for b in walk(blocks)) == sum(read.tags.count(t) for t in tags.split())
    items = sum(len(b.items) for b in walk(blocks) if isinstance(b, Listing))
    assert read.tags.count("li") == items


def test_nothing_in_the_words_becomes_markup() -> None:
    sly = '"><script>alert(1)</script><img src=x onerror=go()>'
    page = HtmlWriter().blocks((Paragraph((Run(sly, bold=True),)), Picture("u", sly, sly), Code(sly)))
    assert set(Read(page).tags) == {"p", "strong", "figure", "em", "figcaption", "pre"}


def test_changes_are_marked_and_said() -> None:
    page = HtmlWriter(spoken=True).blocks((Paragraph((Run("new", change="in"), Run("old", change="out"))),))
    assert "<ins>" in page and "<del>" in page
    assert "".join(Read(page).words) == "inserted: newend of insertion. deleted: oldend of deletion. "
