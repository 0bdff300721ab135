"""Plain words for search: every word of a text, and excerpts without the marks of Markdown."""

import pytest

from storage.text.plain import plain_text, unmarked
from storage.text.reading import read_markdown


def test_every_word_of_a_text_is_in_its_plain_words() -> None:
    text = "# Aims\n\n- one\n  1. two\n\n| A | B |\n|---|---|\n| c<br>d | e |\n\n> said\n\n![alt](attachment:u 'cap')"
    assert " ".join(plain_text(read_markdown(text)).split()) == "Aims one two A B c d e said alt cap"


@pytest.mark.parametrize(
    ("excerpt", "shown"),
    [
        ("| Seen quickly | **95%** | each |", "Seen quickly · 95% · each"),
        ("- the *crisis* worker", "the crisis worker"),
        ("### Who is seen", "Who is seen"),
        ("see [the plan](https://e.org) and 5 * 3", "see the plan and 5 * 3"),
        ("1\\. not a list, `code`", "1. not a list, code"),
        ("… half of **a word", "… half of a word"),
        ("snake_case stays", "snake_case stays"),
    ],
)
def test_an_excerpt_shows_words_only(excerpt: str, shown: str) -> None:
    assert unmarked(excerpt) == shown
