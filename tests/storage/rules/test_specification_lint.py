"""What makes a text hard to read is found, and what everybody knows or the text explains is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.specification_lint import (
    HARD,
    LONG,
    PASSIVE,
    abbreviations,
    defined,
    reading_age,
    sentences,
    word_findings,
)

PLAIN = "The team sees each person within two days. It writes down what they want. " * 8
HEAVY = (
    "Notwithstanding organisational interdependencies, multidisciplinary accountability arrangements necessitate "
    "comprehensive, demonstrably proportionate documentation of responsibilities. " * 10
)


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("A sexual assault referral centre (SARC) is open.", {"SARC"}),
        ("The SARC (sexual assault referral centre) is open.", {"SARC"}),
        ("An integrated care board (ICB) and ICBs.", {"ICB"}),
        ("The Department of Health and Social Care (DHSC) asks.", {"DHSC"}),
        ("FME: forensic medical examiner", {"FME"}),
        ("We met on Monday (TBC).", set()),
    ],
)
def test_an_abbreviation_that_is_written_out_is_explained(text: str, explained: set[str]) -> None:
    assert defined(text) == explained


def test_what_everybody_knows_is_no_abbreviation_to_explain() -> None:
    assert abbreviations("The NHS and CQC ask the FME and two ISVAs. An ISVA rings.") == ["FME", "ISVA"]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Referrals are triaged within one day.", PASSIVE),
        ("Notes must be kept safe.", PASSIVE),
        (" ".join(["word"] * 31) + ".", LONG),
        ("The provider triages referrals within one day.", None),
        (" ".join(["word"] * 30) + ".", None),
    ],
)
def test_long_and_passive_sentences_are_named(sentence: str, kind: str | None) -> None:
    assert [f.kind for f in word_findings(sentence)] == ([kind] if kind else [])


def test_reading_age_tells_plain_from_heavy_words() -> None:
    plain, heavy = reading_age(PLAIN), reading_age(HEAVY)
    assert plain is not None and heavy is not None and plain < 14 < 20 < heavy
    assert reading_age("Too short to say.") is None
    assert HARD in [f.kind for f in word_findings(HEAVY)]


def test_tables_headings_and_marks_are_no_sentences() -> None:
    table = "| is given | was made |\n| --- | --- |"
    words = f"# A heading\n\nIt is **open**. Call [us](https://example.org).\n\n{table}\n\n- One.\n- Two."
    assert sentences(words) == ["It is open.", "Call us.", "One.", "Two."]


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(words: str) -> None:
    list(word_findings(words))
    defined(words)
    abbreviations(words)
