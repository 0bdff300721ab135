"""Text that looks like a formula stays text in a CSV, and comes back as it was."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.exchange.published.guard import guarded
from tests.storage.exchange.publishing import unguarded


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-5", "@SUM(A1)", "\tx", "\rx", "＝1+1", "'=1"])
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Care at home", "’tis", "'tis", "1-2", " =1"])
def test_other_text_is_as_it_was(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


@given(st.text(st.sampled_from("'=+-@\t\r\nab")) | st.text())
@example("''=1")
def test_no_value_is_corrupted(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
