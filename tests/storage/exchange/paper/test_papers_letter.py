"""The words of a letter become blocks: paragraphs, lines, and items; nothing else is markup."""

from hypothesis import given
from hypothesis import strategies as st

from storage.exchange.paper.papers_letter import LetterBlock, letter_blocks


def test_blank_lines_part_paragraphs_and_dashes_begin_items() -> None:
    words = "Dear *you*\n\nFirst line\nsecond line\n- one\n- two\n\n• three\r\n\r\n\n# no heading"
    assert letter_blocks(words) == (
        LetterBlock("paragraph", ("Dear *you*",)),
        LetterBlock("paragraph", ("First line", "second line")),
        LetterBlock("list", ("one", "two")),
        LetterBlock("list", ("three",)),
        LetterBlock("paragraph", ("# no heading",)),
    )


@given(st.text(max_size=200))
def test_no_word_is_lost(words: str) -> None:
    said = " ".join(line for block in letter_blocks(words) for line in block.lines)
    bare = [w for line in words.splitlines() for w in line.replace("• ", " ").split() if w not in ("-", "•")]
    assert [w for w in said.split() if w not in ("-", "•")] == bare
