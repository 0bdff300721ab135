"""Random documents for tests: headings, nested lists, tables, links, quotes, pictures, and odd letters."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from storage.exchange.tables.sheet import clean
from storage.text.reading import tidy
from storage.text.tree import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Run,
    Runs,
    Table,
    words_of,
)

UUID = "0b0e3a52-7d0c-4d5e-9d67-5f0d7c2f2a10"
ODD = (
    "Care", "needs & wants", "<b>bold?</b>", "a*b*c", "_under_", "1. not a list", "- nor this", "# nor this", "|", "\\",
    "`tick`", "[x](y)", "![p](q)", "&amp;", "~~x~~", "===", "---", "> q", "café", "naïve", "العربية", "עברית", "日本",
    "👩‍⚕️", "🇬🇧", "e\u0301", "Pneumonoultramicroscopicsilicovolcanoconiosis", "£1,234.50", "5 < 6", "“quoted”",
    "a\u00a0b",
    "100%", "$x$", "#panic()", "@ref", "x" * 40, "<br>", "http://e.org", "*", "**", "+ plus", "12) twelve", "a ", " b",
)  # fmt: skip
LETTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=12
)
WORDS = st.lists(st.sampled_from(ODD) | LETTERS, min_size=1, max_size=4).map(" ".join).map(clean)
ADDRESSES = st.sampled_from(["", "", "", "https://www.england.nhs.uk/a_(b)?c=d&e", "mailto:a@example.org"])


@st.composite
def runs(draw: st.DrawFn, lines: bool = True) -> Runs:
    made = []
    for _ in range(draw(st.integers(1, 3))):
        words = draw(WORDS)
        if lines and draw(st.integers(0, 5)) == 0:
            words += "\n" + draw(WORDS)
        bold, italic = draw(st.booleans()), draw(st.booleans())
        made.append(Run(words, bold=bold, italic=italic, address=draw(ADDRESSES)))
    return tidy(made) or (Run("words"),)


PARAGRAPHS = runs().map(Paragraph)
PICTURES = st.builds(
    Picture, st.just(UUID), WORDS.map(lambda w: " ".join(w.split())), WORDS.map(lambda w: " ".join(w.split()))
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 3))
    cells = st.tuples(*[st.just(()) | runs()] * width)
    return Table(draw(cells), tuple(draw(st.lists(cells, max_size=3))))


@st.composite
def lists(draw: st.DrawFn, deep: int = 2) -> Listing:
    items = []
    for _ in range(draw(st.integers(1, 3))):
        item: list[Block] = [draw(PARAGRAPHS)]
        if draw(st.integers(0, 3)) == 0:
            item.append(draw(PARAGRAPHS))
        if deep and draw(st.booleans()):
            item.append(draw(lists(deep - 1)))
        items.append(tuple(item))
    ordered = draw(st.booleans())
    return Listing(tuple(items), ordered=ordered, start=draw(st.integers(1, 12)) if ordered else 1)


HEADINGS = st.builds(Heading, runs(lines=False), st.integers(1, 4))
SIMPLE = st.one_of(PARAGRAPHS, HEADINGS, lists(), tables(), PICTURES)
QUOTES = st.builds(Quote, st.lists(PARAGRAPHS | lists(1), min_size=1, max_size=2).map(tuple))
DOCUMENTS = st.lists(SIMPLE | QUOTES, max_size=5).map(tuple)


def plain(block: Block) -> Block:
    """A paragraph or heading without its styles."""
    if isinstance(block, Paragraph | Heading):
        return replace(block, runs=(Run(words_of(block.runs)),))
    return block
