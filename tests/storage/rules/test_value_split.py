"""The value of a contract by core term and options."""

from hypothesis import given
from hypothesis import strategies as st

from storage.rules.totals import Amount, Certainty
from storage.rules.value_split import OptionState, OptionValue, value_split

AVAILABLE, TAKEN, DECLINED, LAPSED = OptionState
PENCE = st.integers(0, 10**14)


def test_domain_section_7_4_value_split_of_3_1_1() -> None:
    options = [OptionValue(Amount(10_000_000), TAKEN), OptionValue(Amount(11_000_000))]
    found = value_split(Amount(30_000_000), options)
    assert found.value.core.pence == 30_000_000
    assert found.value.current.pence == 40_000_000
    assert found.value.reachable.pence == found.value.whole_life.pence == 51_000_000
    assert found.why == (
        "Current value £400,000: the core term and one option taken up. "
        "Whole-life value £510,000: the core term and all 2 options."
    )
    assert [reason.words for reason in found.reasons] == [
        "Core term: £300,000.",
        "Option 1: £100,000 (taken up).",
        "Option 2: £110,000 (available).",
    ]


def test_an_option_that_was_declined_stays_in_the_whole_life_value_only() -> None:
    found = value_split(
        Amount(100),
        [OptionValue(Amount(20), DECLINED), OptionValue(Amount(5), LAPSED), OptionValue(Amount(1))],
    ).value
    assert (found.current.pence, found.reachable.pence, found.whole_life.pence) == (100, 101, 126)


def test_an_option_without_a_figure_leaves_a_gap_only_where_it_counts() -> None:
    option = OptionValue(Amount(None, Certainty.TO_BE_CONFIRMED, "Option A"))
    found = value_split(Amount(30_000_000, Certainty.ESTIMATE), [option])
    assert found.value.current.words() == "£300,000 (the figure is an estimate)"
    assert found.value.whole_life.words() == "£300,000 plus 1 to be confirmed (the figure is an estimate)"
    assert "no option taken up" in found.why
    assert "and the one option." in found.why


def test_without_options_there_is_one_value() -> None:
    found = value_split(Amount(None))
    assert found.why == "Value without options: no figure recorded."
    assert found.value.current == found.value.whole_life


@given(
    PENCE,
    st.lists(st.builds(OptionValue, st.builds(Amount, PENCE), st.sampled_from(OptionState)), max_size=6),
)
def test_core_current_reachable_and_whole_life_never_shrink(core: int, options: list[OptionValue]) -> None:
    found = value_split(Amount(core), options).value
    steps = [total.pence or 0 for total in (found.core, found.current, found.reachable, found.whole_life)]
    assert steps == sorted(steps)
    assert steps[-1] == core + sum(option.amount.pence or 0 for option in options)
