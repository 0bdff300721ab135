"""What goes to the clipboard: tabs and a table, with nothing in it that runs or breaks out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.table_copy import as_html, as_mime, as_text
from widgets.table_model import Cell, Column, Row

COLUMNS = (Column("title", "Title"), Column("value", "Value", align="right"))


def row(title: str, value: str = "") -> Row:
    return Row(1, {"title": Cell(title, note="never copied"), "value": Cell(value)})


def test_text_has_a_line_a_row_and_tabs_between() -> None:
    rows = [row("Falls clinic", "£1,200"), row("Hospice")]
    assert as_text(COLUMNS, rows, headings=True) == "Title\tValue\nFalls clinic\t£1,200\nHospice\t\n"
    assert as_text(COLUMNS, rows[:1], headings=False) == "Falls clinic\t£1,200\n"


def test_markup_is_escaped_in_the_table() -> None:
    html = as_html(COLUMNS, [row("<script>x</script> & co\nnext", "£1")], headings=False)
    assert html == (
        "<table><tr><td>&lt;script&gt;x&lt;/script&gt; &amp; co<br>next</td>"
        '<td style="text-align:right">£1</td></tr></table>'
    )


@pytest.mark.parametrize(
    "words", ["=1+1", "@SUM(A1)", "+44 1603 000000", "-cmd|' /c calc'!A0", "  =1+1", "\u00a0@x"]
)
def test_x1_text_that_looks_like_a_formula_stays_text(words: str) -> None:
    assert as_text(COLUMNS[:1], [row(words)], headings=False) == f"'{words}\n"
    assert "mso-number-format:'\\@'" in as_html(COLUMNS[:1], [row(words)], headings=False)


@pytest.mark.parametrize("words", ["-3,728", "-£45.20", "+12%", "- 4.5", "A-1", "£=", "(3,728)"])
def test_numbers_and_plain_words_are_left_alone(words: str) -> None:
    assert as_text(COLUMNS[:1], [row(words)], headings=False) == f"{words}\n"


@given(st.lists(st.tuples(st.text(), st.text()), max_size=8))
def test_no_text_breaks_out_of_its_cell(cells: list[tuple[str, str]]) -> None:
    rows = [row(*pair) for pair in cells]
    lines = as_text(COLUMNS, rows, headings=True).split("\n")
    assert len(lines) == len(cells) + 2
    assert all(line.count("\t") == 1 for line in lines[:-1])
    html = as_html(COLUMNS, rows, headings=True)
    assert html.count("<td") == 2 * len(cells)
    assert html.count("<tr>") == len(cells) + 1


def test_both_forms_go_together() -> None:
    mime = as_mime(COLUMNS, iter([row("Hospice", "£5")]), headings=False)
    assert mime.text() == "Hospice\t£5\n"
    assert mime.hasHtml()
