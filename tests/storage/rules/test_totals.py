"""A total never looks surer than the figures in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import read_money
from storage.rules.totals import Amount, Certainty, Total, exact_brief, total

ACTUAL, ESTIMATE, UNDER, TBC = Certainty
PENCE = st.integers(-(10**14), 10**14)
AMOUNTS = st.lists(st.builds(Amount, st.none() | PENCE, st.sampled_from(Certainty)), max_size=20)

FUNDERS = [
    Amount(1_010_000_000, ESTIMATE, "Police forces"),
    Amount(790_000_000, ESTIMATE, "Primary care trusts"),
    Amount(110_000_000, UNDER, "Local authorities"),
    Amount(160_000_000, ACTUAL, "Home Office"),
    Amount(300_000_000, ACTUAL, "Ministry of Justice"),
]
SETTINGS = [
    Amount(47_000_000_000, label="Prisons and young offender institutions"),
    Amount(140_000_000, label="Secure children’s homes"),
    Amount(None, TBC, "Secure training centres"),
    Amount(600_000_000, label="Immigration removal centres"),
    Amount(6_600_000_000, label="Police custody suites"),
    Amount(1_940_000_000, label="Courts"),
]


def test_domain_d12_five_funders_of_one_service() -> None:
    """000 ¶12: £23.7m, of which two figures are estimates and one came from eleven councils only."""
    found = total(FUNDERS)
    assert found.value.pence == 2_370_000_000
    assert found.value.words() == (
        "at least £23.7m (2 of 5 figures are each an estimate; 1 of 5 figures is an under-estimate)"
    )
    assert found.value.short() == "at least £23.7m est."
    assert found.reasons[2].words == "Local authorities: £1.1m, an under-estimate."
    assert total([Amount(one.pence) for one in FUNDERS]).value.words() == "£23.7m"


def test_domain_d12_a_total_with_one_to_be_confirmed_says_so() -> None:
    """001 ¶13: £562.8m and one amount to be confirmed, never £562.8m alone."""
    found = total(SETTINGS)
    assert found.value.pence == 56_280_000_000
    assert found.value.words() == "£562.8m plus 1 to be confirmed"
    assert found.value.short() == "£562.8m + 1 TBC"
    assert found.why == "£562.8m plus 1 to be confirmed: the sum of 5 figures."
    assert found.reasons[2].words == "Secure training centres: to be confirmed."
    assert not found.value.is_complete


@pytest.mark.parametrize(
    ("amounts", "words", "short"),
    [
        ([], "no amounts", "none"),
        ([Amount(0)], "£0", "£0"),
        ([Amount(-50)], "\u2212£0.50", "\u2212£0.50"),
        ([Amount(None, TBC)], "no figure yet (1 to be confirmed)", "1 TBC"),
        (
            [Amount(None, TBC), Amount(None)],
            "no figure yet (1 to be confirmed and 1 with no figure recorded)",
            "1 TBC + 1 blank",
        ),
        ([Amount(None)], "no figure recorded", "1 blank"),
        (
            [Amount(None, TBC), Amount(None, ESTIMATE), Amount(12_345)],
            "£123.45 plus 1 to be confirmed and 1 with no figure recorded",
            "£123.45 + 1 TBC + 1 blank",
        ),
        ([Amount(100_000_000, TBC)], "£1m (£1m of it is still to be confirmed)", "£1m incl. 1 TBC"),
        ([Amount(500, ESTIMATE)], "£5 (the figure is an estimate)", "£5 est."),
        (
            [Amount(500, ESTIMATE), Amount(1, ESTIMATE), Amount(0)],
            "£5.01 (2 of 3 figures are each an estimate)",
            "£5.01 est.",
        ),
        ([Amount(-500, UNDER)], "at most \u2212£5 (the figure is an under-estimate)", "at most \u2212£5"),
        (
            [Amount(-500, UNDER), Amount(500, UNDER), Amount(1, ESTIMATE)],
            "about £0.01 (1 of 3 figures is an estimate; 2 of 3 figures are each an under-estimate)",
            "about £0.01",
        ),
        ([Amount(56_283_412_345)], "£562,834,123.45", "£562.8m"),
    ],
)
def test_totals_in_words(amounts: list[Amount], words: str, short: str) -> None:
    found = total(amounts).value
    assert found.words() == words
    assert found.short() == short


def test_a_total_without_any_figure_is_unknown_and_not_nought() -> None:
    assert total([Amount(None, TBC), Amount(None)]).value.pence is None
    assert total([]).value == Total()
    assert total([]).value.is_complete


def test_of_many_amounts_the_reasons_stay_few_and_lose_nothing() -> None:
    found = total([Amount(100, label=f"Contract {n}") for n in range(40)])
    assert len(found.reasons) == 12
    assert found.reasons[-1].words == "And 29 more, whose figures come to £29.00."


@pytest.mark.parametrize(
    ("words", "certainty"),
    [
        ("", ACTUAL),
        ("Actual", ACTUAL),
        ("Fixed", ACTUAL),
        ("Estimated", ESTIMATE),
        ("estimate", ESTIMATE),
        ("provisional", ESTIMATE),
        ("Under-estimate", UNDER),
        ("underestimate", UNDER),
        ("TBC", TBC),
        (" to be  confirmed ", TBC),
    ],
)
def test_reads_certainty_and_takes_no_unknown_word_for_certain(words: str, certainty: Certainty) -> None:
    assert Certainty.read(words) is certainty


@given(PENCE)
def test_a_figure_in_few_signs_is_still_exact(pence: int) -> None:
    assert read_money(exact_brief(pence)) == pence
    tidy = pence - pence % 10_000_000
    assert read_money(exact_brief(tidy)) == tidy


@given(AMOUNTS)
def test_a_total_always_tells_its_gaps(amounts: list[Amount]) -> None:
    found = total(amounts).value
    known = [amount.pence for amount in amounts if amount.pence is not None]
    assert found.pence == (sum(known) if known else None)
    assert found.figures + found.to_be_confirmed + found.blank == len(amounts)
    waiting = [a for a in amounts if a.certainty is TBC]
    for shown in (found.words(), found.short()):
        assert bool(waiting) == ("to be confirmed" in shown or "TBC" in shown)
    assert found.is_complete == all(a.pence is not None and a.certainty is ACTUAL for a in amounts)
