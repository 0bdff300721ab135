"""Places in a letter: filled once, never run, and an unknown one is told with the nearest that is known."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.desk.correspondence.letter_places import PLACES, Filled, fill, gap, gaps_left, problems
from storage.engine.errors import StorageError

VALUES: Mapping[str, str] = {"provider": "Larkmoor & Co {contract}", "contract": "Night care", "clause": ""}


def test_places_are_filled_and_gaps_are_told() -> None:
    found = fill("To {provider}, on { Contract } ({contract}), {notice_by} under {clause}.", VALUES)
    assert found == Filled(
        "To Larkmoor & Co {contract}, on Night care (Night care), [notice by] under [clause].",
        ("provider", "contract", "notice by", "clause"),
        ("notice by", "clause"),
    )
    assert gaps_left(found.words) == ("clause", "notice by")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{provder}", "There is no place {provder}. Did you mean {provider}?"),
        ("{currentend}", "There is no place {currentend}. Did you mean {current end}?"),
        ("{zzzzqq}", "There is no place {zzzzqq}. The list of places shows those there are."),
        ("{}", "There is a place without a name: {}."),
        ("{provider.__class__}", "There is no place {provider.__class__}. Did you mean {provider address}?"),
        ("Dear {provider", "A curly bracket has no partner, near “Dear {provider”."),
        ("a } b", "A curly bracket has no partner, near “a } b”."),
        ("{{provider}}", "A curly bracket has no partner, near “{{provider}}”."),
    ],
)
def test_what_is_wrong_is_named(words: str, said: str) -> None:
    assert problems(words)[0] == said
    with pytest.raises(StorageError, match="Nothing was changed"):
        fill(words, VALUES)


@given(st.text(alphabet=st.characters(exclude_characters="{}"), max_size=80))
def test_words_without_brackets_stay_as_they_are(words: str) -> None:
    assert fill(words, VALUES) == Filled(words)


@given(st.sampled_from(sorted(PLACES)), st.text(min_size=1, max_size=40))
def test_what_fills_a_place_is_data(name: str, value: str) -> None:
    assert fill(f"<{{{name}}}>", {name: value}).words == f"<{value}>"
    assert fill(f"<{{{name}}}>", {}).words == f"<{gap(name)}>"
