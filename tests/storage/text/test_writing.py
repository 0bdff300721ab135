"""What is written as Markdown reads back to the same words in the same structure, whatever the letters."""

import pytest
from hypothesis import given, settings

from storage.text.plain import plain_text
from storage.text.reading import read_markdown
from storage.text.tree import Block, Listing, Paragraph, Run, Table, children, walk
from storage.text.writing import write_markdown
from tests.storage.text.making import DOCUMENTS


def shape(blocks: tuple[Block, ...]) -> list[object]:
    """Kinds of blocks, one within another, with what lists and tables say of themselves."""
    found: list[object] = []
    for block in blocks:
        of_list = (block.ordered, block.start, len(block.items)) if isinstance(block, Listing) else ()
        of_table = (len(block.header), len(block.rows)) if isinstance(block, Table) else ()
        found.append((block.kind, of_list, of_table, shape(children(block))))
    return found


@settings(max_examples=50, deadline=None)
@given(DOCUMENTS)
def test_words_and_structure_come_back(blocks: tuple[Block, ...]) -> None:
    found = read_markdown(write_markdown(blocks))
    assert plain_text(found) == plain_text(blocks)
    assert shape(found) == shape(blocks)


@pytest.mark.parametrize(
    "blocks",
    [
        (Paragraph((Run("a "), Run("b", bold=True), Run(" c "), Run("d", italic=True))),),
        (Paragraph((Run("plan", address="https://e.org/x"), Run(" and "), Run("x", code=True))),),
        (Paragraph((Run("old", struck=True), Run(" new"))),),
        (Table(((Run("a\nb", bold=True),), ()), (((Run("c|d"),), (Run("x"),)),)),),
        (Listing(((Paragraph((Run("a"),)),),)), Listing(((Paragraph((Run("b"),)),),))),
    ],
)
def test_styles_come_back(blocks: tuple[Block, ...]) -> None:
    assert read_markdown(write_markdown(blocks)) == blocks


def test_a_style_that_cannot_be_said_costs_no_words() -> None:
    blocks = (Paragraph((Run("a"), Run("“b”", bold=True), Run("c"))),)
    found = read_markdown(write_markdown(blocks))
    assert plain_text(found) == "a“b”c"
    assert len(list(walk(found))) == 1
